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
    case .unknownFormat(let keys):
      "no known format has the keys "
        + (keys.isEmpty ? "of an empty object" : keys.prefix(8).joined(separator: ", "))
    }
  }

  /// The field.
  public var place: String {
    switch self {
    case .notAnObject, .unknownFormat: "the row"
    case .missing(let field), .wrongType(let field, _, _), .empty(let field): "field \(field)"
    }
  }

  /// What to do.
  public var advice: String {
    switch self {
    case .notAnObject: "write one object a line"
    case .unknownFormat: "name the format with --format"
    case .missing, .wrongType, .empty: "mend the row, or name another format with --format"
    }
  }

  /// Bad input data.
  public var exitCode: ExitCode { .badData }
}
