// One setting of a run, described: what the command line, its help, the form, `run.json` and the comparison of two runs
// need to know of it. The list of them is in RunSettings.swift.

/// A setting and its words.
public struct RunField: Sendable, Identifiable {
  /// How many words follow the option's name.
  public enum Arity: Sendable { case none, one, many }

  /// Whether another value makes another run.
  public enum Change: Sendable {
    /// It changes numbers of the run.
    case numbers
    /// It changes numbers unless it is idle under both values' settings.
    case numbersWhenUsed
    /// It changes what is watched, kept or how fast it goes, and no number.
    case nothing
  }

  /// A word that may be chosen.
  public struct Choice: Hashable, Sendable {
    /// The word.
    public let word: String
    /// What it means; empty when the setting's own line says it.
    public let meaning: String

    init(_ word: String, _ meaning: String) {
      self.word = word
      self.meaning = meaning
    }
  }

  /// Its name, which is also its key in `run.json`.
  public let id: RunFieldID
  /// The option of `lancet train` without dashes; nil for constants that nobody sets.
  public let option: String?
  /// What stands for the value in the help; empty for a switch.
  public let valueName: String
  /// How many words follow the option.
  public let arity: Arity
  /// Its name on the screen.
  public let title: String
  /// What it means, in a line.
  public let meaning: String
  /// What may be given, in a phrase.
  public let expected: String
  /// The paper's value; empty when it says none.
  public let paper: String
  /// What an empty line of the form means.
  public let whenEmpty: String
  /// Whether another value makes another run.
  public let changes: Change
  /// The words it may have; nil when it is typed.
  public let choices: [Choice]?
  private let more: String
  private let idle: @Sendable (RunSettings) -> Bool
  private let readText: @Sendable (RunSettings) -> String
  private let readJSON: @Sendable (RunSettings) -> JSON
  private let writeText: @Sendable (inout RunSettings, String) -> Bool
  private let writeJSON: @Sendable (inout RunSettings, JSON) -> Bool
  private let write: @Sendable (inout RunSettings, RunSettings) -> Void

  /// More about it than its line says; `text` is what it is set to.
  public func advice(_ text: String) -> String {
    if let choice = choices?.first(where: { $0.word == text }), !choice.meaning.isEmpty {
      return choice.meaning
    }
    if !more.isEmpty { return more }
    return paper.isEmpty ? meaning : "\(meaning); the paper: \(paper)"
  }

  /// Whether it does nothing with the others as they are.
  public func isIdle(in settings: RunSettings) -> Bool { idle(settings) }

  /// Its value as a person types it.
  public func text(_ settings: RunSettings) -> String { readText(settings) }

  /// Its value as it stands in `run.json`.
  public func json(_ settings: RunSettings) -> JSON { readJSON(settings) }

  /// Takes what a person typed.
  public func set(_ settings: inout RunSettings, text: String) throws(RunFieldProblem) {
    guard writeText(&settings, text) else {
      throw RunFieldProblem(field: id, value: text, expected: expected)
    }
  }

  /// Takes what stands in `run.json`.
  public func set(_ settings: inout RunSettings, json: JSON) throws(RunFieldProblem) {
    guard writeJSON(&settings, json) else {
      throw RunFieldProblem(field: id, value: json.string ?? json.serialized(), expected: expected)
    }
  }

  /// Takes the value that it has in other settings.
  public func copy(from other: RunSettings, to settings: inout RunSettings) {
    write(&settings, other)
  }

  /// The words of a command line that say its value; none for a constant, or when it says nothing.
  public func arguments(_ settings: RunSettings) -> [String] {
    guard let option else { return [] }
    let name = "--" + option
    switch arity {
    case .none: return json(settings) == .bool(true) ? [name] : []
    case .one:
      let text = text(settings)
      return text.isEmpty ? [] : [name, text]
    case .many: return (json(settings).array ?? []).flatMap { [name, $0.string ?? ""] }
    }
  }
}

/// A value that a setting cannot have.
public struct RunFieldProblem: Error, Hashable {
  /// The setting.
  public var field: RunFieldID
  /// The value as it was given.
  public var value: String
  /// What may be given, in a phrase.
  public var expected: String

  /// `beta cannot be "x": give a number from 1e-12 to 1000000, like 0.1`.
  public var sentence: String {
    value.isEmpty
      ? "\(field.rawValue) is missing"
      : "\(field.rawValue) cannot be \"\(value)\": give \(expected)"
  }
}

/// Where a setting's value stands.
typealias RunPath<Value> = any WritableKeyPath<RunSettings, Value> & Sendable

extension RunField {
  /// A setting of any kind of value.
  init<Value: RunValue>(
    _ id: RunFieldID, _ path: RunPath<Value>, _ option: String?,
    _ title: String, _ meaning: String, expected: String, paper: String = "",
    whenEmpty: String = "", changes: Change = .numbers, more: String = "",
    isIdle: @escaping @Sendable (RunSettings) -> Bool = { _ in false },
    allows: @escaping @Sendable (Value) -> Bool = { _ in true }
  ) {
    self.init(
      id, option, title, meaning, expected: expected, paper: paper, whenEmpty: whenEmpty,
      changes: changes, more: more, isIdle: isIdle, get: { $0[keyPath: path] },
      set: { $0[keyPath: path] = $1 }, allows: allows)
  }

  /// A setting that is one of a few words; `paper` says that the paper's value is the default.
  init<Word: RunWord>(
    _ id: RunFieldID, _ path: RunPath<Word>, _ option: String?,
    _ title: String, _ meaning: String, paper: Bool = false
  ) {
    self.init(
      id, option, title, meaning,
      expected: listed(Word.allCases.map(\.rawValue)),
      paper: paper ? RunSettings()[keyPath: path].rawValue : "", whenEmpty: "", changes: .numbers,
      more: "", isIdle: { _ in false }, get: { WordValue($0[keyPath: path]) },
      set: { $0[keyPath: path] = $1.word }, allows: { _ in true })
  }

  /// A number in a range.
  init(
    _ id: RunFieldID, _ path: RunPath<Double>, _ option: String?,
    _ title: String, _ meaning: String, in range: ClosedRange<Double>, paper: String = "",
    changes: Change = .numbers, more: String = "",
    isIdle: @escaping @Sendable (RunSettings) -> Bool = { _ in false }
  ) {
    self.init(
      id, path, option, title, meaning,
      expected: numberPhrase(range, like: RunSettings()[keyPath: path]), paper: paper,
      changes: changes, more: more, isIdle: isIdle, allows: { range.contains($0) })
  }

  /// A whole number in a range.
  init(
    _ id: RunFieldID, _ path: RunPath<Int>, _ option: String?,
    _ title: String, _ meaning: String, in range: ClosedRange<Int>, paper: String = "",
    changes: Change = .numbers,
    isIdle: @escaping @Sendable (RunSettings) -> Bool = { _ in false }
  ) {
    self.init(
      id, path, option, title, meaning, expected: wholeNumberPhrase(range), paper: paper,
      changes: changes, isIdle: isIdle, allows: { range.contains($0) })
  }

  /// A whole number in a range, or nothing.
  init(
    _ id: RunFieldID, _ path: RunPath<Int?>, _ option: String?,
    _ title: String, _ meaning: String, in range: ClosedRange<Int>, whenEmpty: String,
    changes: Change = .numbers
  ) {
    self.init(
      id, path, option, title, meaning, expected: wholeNumberPhrase(range), whenEmpty: whenEmpty,
      changes: changes, allows: { $0.map { range.contains($0) } ?? true })
  }

  private init<Value: RunValue>(
    _ id: RunFieldID, _ option: String?, _ title: String, _ meaning: String, expected: String,
    paper: String, whenEmpty: String, changes: Change, more: String,
    isIdle: @escaping @Sendable (RunSettings) -> Bool,
    get: @escaping @Sendable (RunSettings) -> Value,
    set: @escaping @Sendable (inout RunSettings, Value) -> Void,
    allows: @escaping @Sendable (Value) -> Bool
  ) {
    @Sendable func take(_ settings: inout RunSettings, _ value: Value?) -> Bool {
      guard let value, allows(value) else { return false }
      set(&settings, value)
      return true
    }
    self.id = id
    let words = (option ?? "").split(separator: " ")
    self.option = words.first.map { String($0.dropFirst(2)) }
    valueName = words.count > 1 ? String(words[1]) : ""
    arity = Value.arity
    self.title = title
    self.meaning = meaning
    self.expected = expected
    self.paper = paper
    self.whenEmpty = whenEmpty
    self.changes = changes
    self.more = more
    choices = Value.choices
    idle = isIdle
    readText = { get($0).text }
    readJSON = { get($0).json }
    writeText = { take(&$0, Value(text: $1)) }
    writeJSON = { take(&$0, Value(json: $1)) }
    write = { set(&$0, get($1)) }
  }
}

/// `a number from 0 to 1`, `a number from 1e-12`, with an example where the range alone says little.
public func numberPhrase(_ range: ClosedRange<Double>, like example: Double? = nil) -> String {
  let least = "a number from \(plain(range.lowerBound))"
  let most =
    range.upperBound == .greatestFiniteMagnitude ? "" : " to \(plain(range.upperBound))"
  return least + most + (example.map { ", like \(plain($0))" } ?? "")
}

/// `a whole number from 1 to 1024`, `a whole number from 1`.
public func wholeNumberPhrase(_ range: ClosedRange<Int>) -> String {
  "a whole number from \(range.lowerBound)"
    + (range.upperBound == Int.max ? "" : " to \(range.upperBound)")
}

/// `a, b or c`.
public func listed(_ words: [String]) -> String {
  guard let last = words.last, words.count > 1 else { return words.first ?? "" }
  return words.dropLast().joined(separator: ", ") + " or " + last
}
