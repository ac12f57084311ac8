// What every error of Lancet can say of itself. Errors are facts; the sentence is put together by whoever shows it.

/// The exit statuses of the command line contract (the numbers of sysexits.h where it has one).
public enum ExitCode: Int32, Sendable {
  case done = 0
  /// The work was done and the answer is "no".
  case no = 1
  case usage = 2
  case badData = 65
  case missingInput = 66
  case unavailable = 69
  case bug = 70
  case cannotCreate = 73
  case inputOutput = 74
  case tryAgain = 75
  case interrupted = 130
}

/// An error that says what happened, where, and what to do.
public protocol LancetError: Error, Sendable {
  /// What happened, in a few words without a full stop.
  var what: String { get }
  /// The file, line, byte, field or argument it happened at.
  var place: String { get }
  /// What the person can do about it.
  var advice: String { get }
  /// The exit status a command ends with because of it.
  var exitCode: ExitCode { get }
}

extension LancetError {
  /// The one sentence a person reads: `WHAT (WHERE): WHAT TO DO`.
  ///
  /// Facts quote names and keys from outside; a part that is too long to be read is cut, with a sign that says so.
  public var sentence: String { "\(readable(what)) (\(readable(place))): \(readable(advice))" }
}

/// A text of at most 1,000 bytes or so: its beginning and its end.
private func readable(_ text: String) -> String {
  let limit = 1000
  let scalars = text.unicodeScalars
  guard text.utf8.count > limit else { return text }
  return String(String.UnicodeScalarView(scalars.prefix(limit / 2))) + " … "
    + String(String.UnicodeScalarView(scalars.suffix(limit / 4)))
}
