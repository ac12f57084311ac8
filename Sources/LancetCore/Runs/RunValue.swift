// What a setting's value can be, and how it is written as text (command line, form) and as JSON (`run.json`).

/// A value of a setting, written and read in both spellings without loss.
protocol RunValue: Hashable, Sendable {
  /// How many words follow the option's name.
  static var arity: RunField.Arity { get }
  /// The words it is chosen from; nil when it is typed.
  static var choices: [RunField.Choice]? { get }
  var text: String { get }
  init?(text: String)
  var json: JSON { get }
  init?(json: JSON)
}

extension RunValue {
  static var arity: RunField.Arity { .one }
  static var choices: [RunField.Choice]? { nil }
}

extension Double: RunValue {
  var text: String { plain(self) }
  init?(text: String) { self.init(text) }
  var json: JSON { .double(self) }
  init?(json: JSON) {
    guard let value = json.double else { return nil }
    self = value
  }
}

extension Int: RunValue {
  var text: String { String(self) }
  init?(text: String) { self.init(text) }
  var json: JSON { .int(self) }
  init?(json: JSON) {
    guard let value = json.int else { return nil }
    self = value
  }
}

extension UInt64: RunValue {
  var text: String { String(self) }
  init?(text: String) { self.init(text) }
  var json: JSON { .number(String(self)) }
  init?(json: JSON) {
    guard case .number(let text) = json else { return nil }
    self.init(text)
  }
}

extension Bool: RunValue {
  static var arity: RunField.Arity { .none }
  static var choices: [RunField.Choice]? { [.init("no", ""), .init("yes", "")] }
  var text: String { self ? "yes" : "no" }
  init?(text: String) {
    guard text == "yes" || text == "no" else { return nil }
    self = text == "yes"
  }
  var json: JSON { .bool(self) }
  init?(json: JSON) {
    guard let value = json.bool else { return nil }
    self = value
  }
}

extension String: RunValue {
  var text: String { self }
  init?(text: String) { self = text }
  var json: JSON { .string(self) }
  init?(json: JSON) {
    guard let value = json.string else { return nil }
    self = value
  }
}

/// Files: on the command line one word each, in the form with commas between.
extension [String]: RunValue {
  static var arity: RunField.Arity { .many }
  var text: String { joined(separator: ", ") }
  init?(text: String) {
    self = text.split(separator: ",").map { withoutOuterSpaces(String($0)) }.filter { !$0.isEmpty }
  }
  var json: JSON { .array(map(JSON.string)) }
  init?(json: JSON) {
    guard let list = json.array else { return nil }
    let texts = list.compactMap(\.string)
    guard texts.count == list.count else { return nil }
    self = texts
  }
}

extension Int?: RunValue {
  var text: String { map { String($0) } ?? "" }
  init?(text: String) {
    if text.isEmpty {
      self = .none
    } else {
      guard let value = Int(text) else { return nil }
      self = value
    }
  }
  var json: JSON { map(JSON.int) ?? .null }
  init?(json: JSON) {
    if json == .null {
      self = .none
    } else {
      guard let value = json.int else { return nil }
      self = value
    }
  }
}

extension ShiftRule: RunValue {
  var json: JSON { .string(text) }
  init?(json: JSON) {
    guard let text = json.string else { return nil }
    self.init(text: text)
  }
}

/// A word of a list as a value: only its raw value is written.
struct WordValue<Word: RunWord>: RunValue {
  let word: Word
  static var choices: [RunField.Choice]? {
    Word.allCases.map { RunField.Choice($0.rawValue, $0.meaning) }
  }
  init(_ word: Word) { self.word = word }
  var text: String { word.rawValue }
  init?(text: String) {
    guard let word = Word(rawValue: text) else { return nil }
    self.word = word
  }
  var json: JSON { .string(word.rawValue) }
  init?(json: JSON) {
    guard let text = json.string else { return nil }
    self.init(text: text)
  }
}

/// A number as a person types it: `0.1`, `1e-6`, `2`; it reads back as the same number.
public func plain(_ value: Double) -> String {
  guard value.isFinite else { return "\(value)" }
  if value.magnitude < 1e15, value == value.rounded(.towardZero) { return "\(Int(value))" }
  let text = "\(value)"
  return text.replacing("e-0", with: "e-").replacing(".0e", with: "e")
}

/// A text without the spaces around it.
public func withoutOuterSpaces(_ text: String) -> String {
  var text = text[...]
  while text.first == " " { text.removeFirst() }
  while text.last == " " { text.removeLast() }
  return String(text)
}
