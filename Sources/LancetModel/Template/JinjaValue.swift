// The values a template computes with. What they print and how they compare, as Python does it, is in JinjaText.

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
  /// A text marked `safe`: what is joined to it is escaped for HTML, as Python's `Markup` does.
  case markup(String)
  case list(JinjaSequence)
  case dictionary(JinjaMapping)
  /// A `namespace()`, by its number in the evaluator.
  case namespace(Int)
  /// The `loop` of a `for`, by its number in the evaluator.
  case loop(Int)
  /// A macro or a `caller`, by its number in the evaluator.
  case macro(Int)
  /// A function that every template may call.
  case function(String)
  /// A method not called yet, such as `schema.items`: Python finds methods before keys.
  indirect case method(JinjaValue, String)

  /// A value from JSON.
  init(_ json: JSON) {
    switch json {
    case .null: self = .none
    case .bool(let value): self = .bool(value)
    case .number: self = json.int.map { .int($0) } ?? .double(json.double ?? .nan)
    case .string(let text): self = .string(text)
    case .array(let elements): self = .list(JinjaSequence(elements.map { JinjaValue($0) }))
    case .object(let members):
      self = .dictionary(JinjaMapping(members.map { ($0.key, JinjaValue($0.value)) }))
    }
  }

  /// How many lists and mappings lie one in another.
  var depth: Int {
    switch self {
    case .list(let sequence): sequence.depth
    case .dictionary(let mapping): mapping.depth
    case .method(let receiver, _): receiver.depth
    default: 0
    }
  }

  /// Whether a condition takes it for true.
  var isTrue: Bool {
    switch self {
    case .undefined, .none: false
    case .bool(let value): value
    case .int(let value): value != 0
    case .double(let value): value != 0
    case .string(let text), .markup(let text): !text.isEmpty
    case .list(let sequence): !sequence.elements.isEmpty
    case .dictionary(let mapping): !mapping.members.isEmpty
    case .namespace, .loop, .macro, .function, .method: true
    }
  }

  /// The word for what it is, in messages.
  var kind: String {
    switch self {
    case .undefined(let name): "‘\(name.prefix(60))’, which is undefined"
    case .none: "none"
    case .bool: "a truth value"
    case .int, .double: "a number"
    case .string, .markup: "a string"
    case .list(let sequence): sequence.isTuple ? "a tuple" : "a list"
    case .dictionary: "a mapping"
    case .namespace: "a namespace"
    case .loop: "a loop"
    case .macro: "a macro"
    case .function(let name): "the function ‘\(name)’"
    case .method(_, let name): "the method ‘\(name.prefix(60))’"
    }
  }

  var text: String? {
    switch self {
    case .string(let text), .markup(let text): text
    default: nil
    }
  }

  /// The value without its mark.
  var plain: JinjaValue { if case .markup(let text) = self { .string(text) } else { self } }

  /// The text under which a mapping keeps it as a key; nil for what is no key here.
  var keyText: String? {
    switch self {
    case .string(let text), .markup(let text): text
    case .none: Self.keyMark + "n"
    case .double(let number) where Int(exactly: number) == nil: Self.keyMark + "d\(number)"
    default: (wholeNumber ?? number.flatMap { Int(exactly: $0) }).map { Self.keyMark + "i\($0)" }
    }
  }

  /// The key that a mapping keeps under this text.
  init(key text: String) {
    guard text.utf8.starts(with: Self.keyMark.utf8) else {
      self = .string(text)
      return
    }
    let rest = text.dropFirst(Self.keyMark.count)
    switch rest.first {
    case "i": self = Int(rest.dropFirst()).map { .int($0) } ?? .string(text)
    case "d": self = Double(rest.dropFirst()).map { .double($0) } ?? .string(text)
    default: self = .none
    }
  }

  /// What no key of a JSON file begins with by accident.
  private static let keyMark = "\u{0}\u{1}"

  /// The elements of a list or tuple.
  var elements: [JinjaValue]? { if case .list(let list) = self { list.elements } else { nil } }

  var isUndefined: Bool { if case .undefined = self { true } else { false } }

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
}

/// A list or a tuple.
struct JinjaSequence: Sendable {
  let elements: [JinjaValue]
  let isTuple: Bool
  /// Whether it is a group of `groupby`, whose two parts have names.
  var isGroup = false
  /// One more than the deepest element.
  let depth: Int

  init(_ elements: [JinjaValue], isTuple: Bool = false) {
    self.elements = elements
    self.isTuple = isTuple
    depth = 1 + (elements.lazy.map(\.depth).max() ?? 0)
  }
}

/// A mapping in the order its members came; keys that are no texts are kept as ``JinjaValue/keyText``.
struct JinjaMapping: Sendable {
  let members: [(key: String, value: JinjaValue)]
  /// One more than the deepest value.
  let depth: Int

  /// The members; of several with one key the last counts, in the place of the first, as in Python.
  init(_ members: [(key: String, value: JinjaValue)]) {
    depth = 1 + (members.lazy.map(\.value.depth).max() ?? 0)
    // Compared as bytes: Swift's strings are equal already when they look alike.
    var places: [[UInt8]: Int] = [:]
    places.reserveCapacity(members.count)
    var kept: [(key: String, value: JinjaValue)] = []
    for member in members {
      let key = Array(member.key.utf8)
      if let place = places[key] {
        kept[place].value = member.value
      } else {
        places[key] = kept.count
        kept.append(member)
      }
    }
    self.members = kept
  }

  subscript(_ key: String) -> JinjaValue? {
    members.first { $0.key.bytesEqual(key) }?.value
  }
}
