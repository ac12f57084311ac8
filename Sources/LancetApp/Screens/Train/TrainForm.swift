// The form for a new run: every setting with what it means and the paper's value, checked while it is typed.
import LancetCanvas
import LancetCore

/// What is known of the headroom before a start: the mean of log π_ref(y⁺|x) under a model.
public struct ModelReference: Hashable, Sendable {
  /// The model's folder.
  public var model: String
  /// The mean over the pairs measured, in nats.
  public var chosen: Double
  /// How many pairs were measured.
  public var pairs: Int

  /// A measured reference.
  public init(model: String, chosen: Double, pairs: Int) {
    self.model = model
    self.chosen = chosen
    self.pairs = pairs
  }

  /// The headroom under one β.
  func headroom(beta: Double) -> Headroom { Headroom(beta: beta, meanLogProb: chosen) }
}

/// The form as a value.
public struct TrainForm: Sendable {
  /// One line of the form.
  struct Field: Sendable {
    var id: RunFieldID
    var text: TextField
    /// The words it may have; nil when it is typed.
    var choices: [String]? { id.field.choices?.map(\.word) }
  }

  /// The lines, in order.
  private(set) var fields: [Field]
  /// The line under the cursor.
  private(set) var cursor = 0
  /// The first line drawn.
  var top = 0
  /// What the rim said against the start, and the setting it is about.
  var refusal: (field: RunFieldID?, sentence: String)?
  /// Whether a start was asked for and not answered yet.
  var isStarting = false

  /// A form that begins with these settings.
  init(_ settings: RunSettings) {
    fields = Self.shown.map { Field(id: $0, text: TextField($0.field.text(settings))) }
  }

  /// The settings that have a line.
  static let shown = RunFieldID.allCases.filter { $0.field.option != nil }

  /// The line under the cursor.
  var current: Field { fields[cursor] }

  /// The text of a setting.
  func text(_ id: RunFieldID) -> String {
    fields.first { $0.id == id }.map { withoutOuterSpaces($0.text.text) } ?? ""
  }

  mutating func set(_ id: RunFieldID, to text: String) {
    for index in fields.indices where fields[index].id == id { fields[index].text.set(text) }
    refusal = nil
  }

  /// Moves to another line, around at the ends.
  mutating func move(by lines: Int) {
    cursor = ((cursor + lines) % fields.count + fields.count) % fields.count
  }

  mutating func move(to id: RunFieldID) {
    cursor = fields.firstIndex { $0.id == id } ?? cursor
  }

  mutating func move(toIndex index: Int) { cursor = min(max(0, index), fields.count - 1) }

  /// Takes the next word of a line with words, or moves in the text of another one.
  mutating func turn(by step: Int, key: Key) {
    refusal = nil
    guard let choices = current.choices else {
      _ = fields[cursor].text.handle(key)
      return
    }
    let here = choices.firstIndex(of: current.text.text) ?? 0
    fields[cursor].text.set(choices[(here + step + choices.count) % choices.count])
  }

  /// Takes typed or pasted text; words are chosen by their first letter.
  mutating func take(_ input: InputEvent) {
    if let choices = current.choices {
      guard case .key(.char(let character)) = input else { return }
      if character == " " { return turn(by: 1, key: .right) }
      let from = (choices.firstIndex(of: current.text.text) ?? 0) + 1
      let order = choices.indices.map { choices[($0 + from) % choices.count] }
      if let next = order.first(where: { $0.first == character }) { fields[cursor].text.set(next) }
      refusal = nil
      return
    }
    if fields[cursor].text.handle(input) == .changed { refusal = nil }
  }

  /// The settings, or the first line that will not do.
  var settings: Result<RunSettings, RunFieldProblem> {
    var settings = RunSettings()
    do throws(RunFieldProblem) {
      for field in fields {
        // Epochs do nothing beside updates, whatever stands there.
        if field.id == .epochs, !text(.updates).isEmpty { continue }
        try field.id.field.set(&settings, text: text(field.id))
      }
    } catch {
      return .failure(error)
    }
    return .success(settings)
  }

  /// The settings as far as they can be read: what cannot has its default.
  var readable: RunSettings {
    var settings = RunSettings()
    for field in fields { try? field.id.field.set(&settings, text: text(field.id)) }
    return settings
  }
}

extension RunFieldProblem {
  /// What to give, after the setting's name.
  var advice: String { "give \(expected)" }
}
