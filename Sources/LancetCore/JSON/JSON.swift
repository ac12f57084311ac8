// The JSON value. Objects keep the order of their keys, and numbers keep the text they were written with, so that
// reading and writing again loses nothing.

/// A JSON value (RFC 8259).
public enum JSON: Hashable, Sendable {
  case null
  case bool(Bool)
  /// A number as written; see ``int`` and ``double``.
  case number(String)
  case string(String)
  case array([JSON])
  case object([Member])

  /// One key and its value.
  public struct Member: Hashable, Sendable {
    /// The key.
    public var key: String
    /// The value.
    public var value: JSON
    /// A key with its value.
    public init(_ key: String, _ value: JSON) {
      self.key = key
      self.value = value
    }
  }

  /// A number from an integer.
  public static func int(_ value: Int) -> JSON { .number(String(value)) }

  /// A number from a double in the shortest text that reads back the same; `null` when it is not finite, since JSON
  /// has no such numbers.
  public static func double(_ value: Double) -> JSON {
    value.isFinite ? .number("\(value)") : .null
  }

  /// The value under a key; nil when this is no object or has no such key.
  public subscript(key: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key.bytesEqual(key) }?.value
  }

  /// The text, when this is a string.
  public var string: String? { if case .string(let s) = self { s } else { nil } }
  /// The truth value, when this is one.
  public var bool: Bool? { if case .bool(let b) = self { b } else { nil } }
  /// The elements, when this is an array.
  public var array: [JSON]? { if case .array(let a) = self { a } else { nil } }
  /// The members, when this is an object.
  public var object: [Member]? { if case .object(let m) = self { m } else { nil } }
  /// The whole number, when this is a number written without fraction and exponent that fits.
  public var int: Int? { if case .number(let n) = self { Int(n) } else { nil } }
  /// The nearest double, when this is a number.
  public var double: Double? { if case .number(let n) = self { Double(n) } else { nil } }

  /// What kind of value this is, in a word, for error sentences.
  public var kind: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}
