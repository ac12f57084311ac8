// `lancet train`: the settings of a run come from their one list in LancetCore; here stand only the options that are none.

import LancetCore

/// `lancet train`.
public struct TrainOptions: Sendable, Equatable {
  /// Where the pairs come from; nil for the frozen pairs of a run that is resumed.
  public var pairs: PairSource?
  /// Where the result goes.
  public var out: String
  /// The settings that were given.
  public var given: RunChanges
  /// Whether the run in the folder is resumed from its newest valid checkpoint.
  public var resume = false
  /// Resumes although something differs from the run's first start; the log says "not bit-exact".
  public var force = false
  /// Whether JSON is printed instead of text for people.
  public var json = false

  /// The settings of a new run: the defaults, and what was given.
  ///
  /// A resumed run puts what was given over its own.
  public var settings: RunSettings { given.over(RunSettings()) }

  /// The options, in the order of the help.
  static let options: [OptionSpecification] =
    [
      OptionSpecification("pairs", .one, "FILE", "pairs from a file instead of a session"),
      OptionSpecification("out", .one, "DIR", "the run folder", need: .required),
    ] + RunFieldID.allCases.compactMap { OptionSpecification($0.field) } + [
      OptionSpecification(
        "resume", .none, "", "resume from the newest valid checkpoint, with the run's own settings"),
      OptionSpecification("force", .none, "", "resume although something differs"),
    ]

  init(_ a: ParsedArguments) throws(UsageError) {
    resume = a.isSet("resume")
    pairs = resume && a.positionals.isEmpty && a.text("pairs") == nil ? nil : try PairSource(a)
    out = try a.required("out")
    given = try a.settings()
    force = a.isSet("force")
    json = a.isSet("json")
  }
}

extension OptionSpecification {
  /// The option of a setting; nil when it has none.
  init?(_ field: RunField) {
    guard let name = field.option else { return nil }
    let arity: Arity =
      switch field.arity {
      case .none: .none
      case .one: .one
      case .many: .many
      }
    var help = field.meaning
    if arity == .one, let choices = field.choices {
      help += ": " + listed(choices.map(\.word))
    }
    // What a run starts from and what it minimizes are said, not guessed.
    let need: Need? = [.model, .objective].contains(field.id) ? .unless("resume") : nil
    let fallback = field.text(RunSettings())
    if arity == .one, need == nil, !fallback.isEmpty { help += " (\(fallback))" }
    self.init(name, arity, field.valueName, help, need: need)
  }
}

extension ParsedArguments {
  /// The settings of a run that stand among the arguments.
  func settings() throws(UsageError) -> RunChanges {
    if text("epochs") != nil, text("steps") != nil {
      throw .conflictingOptions("epochs", "steps", command: command)
    }
    var changes = RunChanges()
    for id in RunFieldID.allCases {
      let field = id.field
      guard let name = field.option else { continue }
      do throws(RunFieldProblem) {
        switch field.arity {
        case .none: if isSet(name) { try changes.take(field, json: .bool(true)) }
        case .one: if let text = text(name) { try changes.take(field, text: text) }
        case .many:
          if !list(name).isEmpty {
            try changes.take(field, json: .array(list(name).map(JSON.string)))
          }
        }
      } catch {
        throw .badValue(
          option: name, value: error.value, expected: error.expected, command: command)
      }
    }
    return changes
  }
}
