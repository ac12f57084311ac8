// Wrong usage, as facts. Every sentence a person can read about it is made here.

import LancetCore

/// What is wrong with a command line.
///
/// Ends with exit status 2.
public enum UsageError: LancetError, Equatable {
  case unknownCommand(String, closest: String?)
  case unknownOption(String, command: String, closest: String?)
  case missingValue(option: String, command: String)
  case unexpectedValue(option: String, command: String)
  case repeatedOption(String, command: String)
  /// Arguments and options that must be given, all of them.
  case missing([String], command: String)
  case tooManyArguments(extra: String, command: String)
  case conflictingOptions(String, String, command: String)
  case badValue(option: String, value: String, expected: String, command: String)
  /// The command exists in the contract but not in this version.
  case laterVersion(String, instead: String)

  /// What happened.
  public var what: String {
    switch self {
    case .unknownCommand(let name, _): "unknown command or session \"\(name)\""
    case .unknownOption(let name, _, _): "unknown option \(name)"
    case .missingValue(let option, _): "--\(option) needs a value"
    case .unexpectedValue(let option, _): "--\(option) takes no value"
    case .repeatedOption(let option, _): "--\(option) is given twice"
    case .missing(let names, _):
      names.dropLast().joined(separator: ", ") + (names.count > 1 ? " and " : "")
        + (names.last ?? "") + (names.count > 1 ? " are missing" : " is missing")
    case .tooManyArguments(let extra, _): "unexpected argument \"\(extra)\""
    case .conflictingOptions(let a, let b, _): "--\(a) and --\(b) exclude each other"
    case .badValue(let option, let value, _, _): "--\(option) cannot be \"\(value)\""
    case .laterVersion(let what, _): "\(what) is not part of this version"
    }
  }

  /// Where it happened.
  public var place: String {
    switch self {
    case .unknownCommand: "first argument"
    case .unknownOption(_, let command, _), .missingValue(_, let command),
      .unexpectedValue(_, let command), .repeatedOption(_, let command),
      .missing(_, let command), .tooManyArguments(_, let command),
      .conflictingOptions(_, _, let command),
      .badValue(_, _, _, let command):
      "lancet \(command)"
    case .laterVersion: "lancet"
    }
  }

  /// What the person can do.
  public var advice: String {
    switch self {
    case .unknownCommand(_, let closest?): "did you mean \"\(closest)\"? lancet --help lists all"
    case .unknownCommand(_, nil): "lancet --help lists the commands, lancet sessions the sessions"
    case .unknownOption(_, let command, let closest?):
      "did you mean --\(closest)? see lancet \(command) --help"
    case .badValue(_, _, let expected, let command):
      "give \(expected); see lancet \(command) --help"
    case .unknownOption(_, let command, nil), .missingValue(_, let command),
      .unexpectedValue(_, let command), .repeatedOption(_, let command),
      .missing(_, let command), .tooManyArguments(_, let command),
      .conflictingOptions(_, _, let command):
      "see lancet \(command) --help"
    case .laterVersion(_, let instead): instead
    }
  }

  /// The exit status a command ends with.
  public var exitCode: ExitCode { .usage }
}
