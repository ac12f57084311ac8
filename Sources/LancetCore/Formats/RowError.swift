// What can be wrong with a row of an imported file, and the sentences for it.

/// A row was refused.
///
/// The caller knows the file and the line.
public enum RowError: LancetError, Hashable {
  /// The row is no object.
  case notAnObject(found: String)
  /// A field is not there; the names it may have, the usual one first.
  case missing(field: String)
  /// A field has another type.
  case wrongType(field: String, expected: String, found: String)
  /// A field has no text.
  case empty(field: String)
  /// A part of the row is no text and cannot be kept.
  case notText(field: String, what: String)
  /// Prompt and answer are one text, and nothing says where the answer begins.
  case noBoundary
  /// Two fields say different things of the same.
  case disagreement(field: String, with: String)
  /// A list where one value is due.
  case several(field: String, count: Int)
  /// Neither a trace nor a known answer; the columns that nobody reads.
  case nothingToKeep(field: String, columns: [String])
  /// No format has these keys.
  case unknownFormat(keys: [String])

  /// What happened.
  public var what: String {
    switch self {
    case .notAnObject(let found): "object expected, found \(found)"
    case .missing(let field): "\(field) is missing"
    case .wrongType(let field, let expected, let found):
      "\(field): \(expected) expected, found \(found)"
    case .empty(let field): "\(field) is empty"
    case .notText(let field, let what): "\(field): \(what) is no text that Lancet can keep"
    case .noBoundary:
      "chosen and rejected are whole texts, and nothing says where the prompt ends"
    case .disagreement(let field, let other): "\(field) and \(other) say different things"
    case .several(let field, let count):
      "\(field): \(count) answers in a list, and nothing says whether each or all of them are right"
    case .nothingToKeep(let field, let columns):
      "\(field) is missing" + (columns.isEmpty ? "" : ", and nobody reads \(Self.listed(columns))")
    case .unknownFormat(let keys):
      "no known format has the keys " + (keys.isEmpty ? "of an empty object" : Self.listed(keys))
    }
  }

  /// Names of columns, the first few of them and each within bounds.
  private static func listed(_ names: [String]) -> String {
    let shown = names.prefix(8).map { name in
      name.unicodeScalars.count <= 40
        ? name : String(String.UnicodeScalarView(name.unicodeScalars.prefix(40))) + "…"
    }
    let rest = names.count - shown.count
    return shown.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }

  /// The field.
  public var place: String {
    switch self {
    case .notAnObject, .unknownFormat, .noBoundary: "the row"
    case .missing(let field), .wrongType(let field, _, _), .empty(let field),
      .notText(let field, _), .disagreement(let field, _), .several(let field, _),
      .nothingToKeep(let field, _):
      "field \(field)"
    }
  }

  /// What to do.
  public var advice: String {
    switch self {
    case .notAnObject: "write one object a line"
    case .unknownFormat, .nothingToKeep:
      "name the format with --format, or the columns with --field"
    case .noBoundary: "give the prompt in a column of its own"
    case .notText: "take the row out, or keep its text alone"
    case .disagreement: "keep one of them"
    case .several: "write one answer: the one that counts, or all of them in one text"
    case .missing, .wrongType, .empty: "correct the row, or name another format with --format"
    }
  }

  /// Bad input data.
  public var exitCode: ExitCode { .badData }
}
