// The values a template computes with, and how Python would print and compare them.

import LancetCore

/// A value of a template.
enum JinjaValue: Sendable {
  /// A name or key that is not there; prints nothing.
  case undefined(String)
  case none
  case bool(Bool)
  case int(Int)
  case double(Double)
  case string(String)
  case list([JinjaValue])
  /// Keys in the order they came.
  case dictionary([(key: String, value: JinjaValue)])
  /// A `namespace()`, by its number in the evaluator.
  case namespace(Int)

  /// A value from JSON.
  init(_ json: JSON) {
    switch json {
    case .null: self = .none
    case .bool(let value): self = .bool(value)
    case .number: self = json.int.map { .int($0) } ?? .double(json.double ?? .nan)
    case .string(let text): self = .string(text)
    case .array(let elements): self = .list(elements.map { JinjaValue($0) })
    case .object(let members): self = .dictionary(members.map { ($0.key, JinjaValue($0.value)) })
    }
  }

  /// Whether a condition takes it for true.
  var isTrue: Bool {
    switch self {
    case .undefined, .none: false
    case .bool(let value): value
    case .int(let value): value != 0
    case .double(let value): value != 0
    case .string(let text): !text.isEmpty
    case .list(let elements): !elements.isEmpty
    case .dictionary(let members): !members.isEmpty
    case .namespace: true
    }
  }

  /// The word for what it is, in messages.
  var kind: String {
    switch self {
    case .undefined(let name): "‘\(name.prefix(60))’, which is undefined"
    case .none: "none"
    case .bool: "a truth value"
    case .int, .double: "a number"
    case .string: "a string"
    case .list: "a list"
    case .dictionary: "a mapping"
    case .namespace: "a namespace"
    }
  }

  var text: String? { if case .string(let text) = self { text } else { nil } }

  /// The number, truth values counting as 0 and 1.
  var number: Double? {
    switch self {
    case .bool(let value): value ? 1 : 0
    case .int(let value): Double(value)
    case .double(let value): value
    default: nil
    }
  }

  var wholeNumber: Int? {
    switch self {
    case .bool(let value): value ? 1 : 0
    case .int(let value): value
    default: nil
    }
  }

  /// The text Python's `str` makes.
  var printed: String {
    switch self {
    case .undefined: ""
    case .string(let text): text
    default: represented
    }
  }

  /// The text Python's `repr` makes.
  var represented: String {
    switch self {
    case .undefined: return "Undefined"
    case .none: return "None"
    case .bool(let value): return value ? "True" : "False"
    case .int(let value): return String(value)
    case .double(let value):
      let text = "\(value)"
      return text == "inf" || text == "-inf" || text == "nan" ? text : text
    case .string(let text): return Self.quoted(text)
    case .list(let elements):
      return "[" + elements.map(\.represented).joined(separator: ", ") + "]"
    case .dictionary(let members):
      return "{"
        + members.map { "\(Self.quoted($0.key)): \($0.value.represented)" }.joined(separator: ", ")
        + "}"
    case .namespace: return "<Namespace>"
    }
  }

  private static func quoted(_ text: String) -> String {
    let quote: UnicodeScalar =
      text.unicodeScalars.contains("'") && !text.unicodeScalars.contains("\"") ? "\"" : "'"
    var out = String.UnicodeScalarView()
    out.append(quote)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": out.append(contentsOf: "\\n".unicodeScalars)
      case "\r": out.append(contentsOf: "\\r".unicodeScalars)
      case "\t": out.append(contentsOf: "\\t".unicodeScalars)
      case "\\": out.append(contentsOf: "\\\\".unicodeScalars)
      case quote: out.append(contentsOf: ["\\", quote])
      default: out.append(scalar)
      }
    }
    out.append(quote)
    return String(out)
  }

  /// Python's `==`.
  func equals(_ other: JinjaValue) -> Bool {
    switch (self, other) {
    case (.undefined, .undefined), (.none, .none): return true
    case (.string(let a), .string(let b)): return a.bytesEqual(b)
    case (.list(let a), .list(let b)):
      return a.count == b.count && zip(a, b).allSatisfy { $0.equals($1) }
    case (.dictionary(let a), .dictionary(let b)):
      return a.count == b.count
        && a.allSatisfy { member in
          b.first { $0.key.bytesEqual(member.key) }?.value.equals(member.value) ?? false
        }
    case (.namespace(let a), .namespace(let b)): return a == b
    default:
      if let a = wholeNumber, let b = other.wholeNumber { return a == b }
      if let a = number, let b = other.number { return a == b }
      return false
    }
  }

  /// The text Transformers' `tojson` makes: `json.dumps` with non-ASCII kept.
  func json(indent: Int?, level: Int = 0) -> String? {
    let inner = indent.map { "\n" + String(repeating: " ", count: $0 * (level + 1)) }
    let outer = indent.map { "\n" + String(repeating: " ", count: $0 * level) } ?? ""
    let comma = indent == nil ? ", " : ","
    switch self {
    case .undefined, .namespace: return nil
    case .none: return "null"
    case .bool(let value): return value ? "true" : "false"
    case .string(let text): return JSON.string(text).serialized()
    case .int, .double: return represented
    case .list(let elements):
      if elements.isEmpty { return "[]" }
      var parts: [String] = []
      for element in elements {
        guard let part = element.json(indent: indent, level: level + 1) else { return nil }
        parts.append((inner ?? "") + part)
      }
      return "[" + parts.joined(separator: comma) + outer + "]"
    case .dictionary(let members):
      if members.isEmpty { return "{}" }
      var parts: [String] = []
      for member in members {
        guard let part = member.value.json(indent: indent, level: level + 1) else { return nil }
        parts.append((inner ?? "") + JSON.string(member.key).serialized() + ": " + part)
      }
      return "{" + parts.joined(separator: comma) + outer + "}"
    }
  }
}
