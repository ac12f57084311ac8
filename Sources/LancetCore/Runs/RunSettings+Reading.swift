// Settings read and written as a whole: `run.json`, a command line, and what differs between two runs. Nothing here knows
// a setting by name except where two of them are one fact: the length of a run.

extension RunSettings {
  /// The settings as they stand under `settings` in `run.json`; the model stands beside them, with its digest.
  public var json: JSON {
    .object(
      RunFieldID.allCases.filter { $0 != .model }.map { .init($0.rawValue, $0.field.json(self)) })
  }

  /// Reads what ``json`` wrote.
  ///
  /// A run from before a setting existed has its default. What is minimized must stand there: nothing can stand in for it.
  public init(json: JSON) throws(RunFieldProblem) {
    self.init()
    for id in RunFieldID.allCases where id != .model {
      guard let value = json[id.rawValue] else {
        guard id != .objective else {
          throw RunFieldProblem(field: id, value: "", expected: id.field.expected)
        }
        continue
      }
      try id.field.set(&self, json: value)
    }
  }

  /// Reads a whole `run.json`, with the model beside the settings; nil when they are missing or a value is impossible.
  public init?(run: JSON) {
    guard let json = run["settings"], let settings = try? RunSettings(json: json) else {
      return nil
    }
    self = settings
    model = run["model"]?.string ?? ""
  }

  /// The words of a command line that say these settings.
  public var arguments: [String] {
    // Both lengths on one line exclude each other.
    RunFieldID.allCases.filter { $0 != .epochs || updates == nil }
      .flatMap { $0.field.arguments(self) }
  }

  /// Pairs of one update.
  public var pairsPerUpdate: Int {
    let (product, overflow) = max(1, batch).multipliedReportingOverflow(by: max(1, accumulate))
    return overflow ? Int.max : product
  }

  /// The updates of a run over this many pairs: ⌈epochs · ⌈⌈pairs / batch⌉ / accumulate⌉⌉, at least one (transformers
  /// 4.53.3).
  public func totalUpdates(pairs: Int) -> Int {
    if let updates { return updates }
    guard pairs > 0, batch > 0, accumulate > 0, epochs.isFinite else { return 0 }
    let batches = (pairs - 1) / batch + 1
    let total = (epochs * Double((batches - 1) / accumulate + 1)).rounded(.up)
    return total < 1e12 ? max(1, Int(total)) : Int.max
  }

  /// The updates with a rising rate of a run of so many: ⌈updates · share⌉ (transformers 4.53.3).
  public func warmupUpdates(of total: Int) -> Int {
    let count = (Double(total) * warmup).rounded(.up)
    return count < 1e18 ? Int(count) : Int.max
  }
}

extension RunSettings {
  /// What makes a run of these settings another run than one of `old`, over this many pairs: `beta was 0.1 and is 0.2`.
  ///
  /// Only what changes a number of the run is one: not where the model lies, how fast it goes, or what is watched.
  public func differences(from old: RunSettings, pairs: Int) -> [String] {
    let sameLength = totalUpdates(pairs: pairs) == old.totalUpdates(pairs: pairs)
    return RunFieldID.allCases.compactMap { id in
      let field = id.field
      if field.json(self) == field.json(old) { return nil }
      switch field.changes {
      case .nothing: return nil
      case .numbersWhenUsed where field.isIdle(in: self) && field.isIdle(in: old): return nil
      case .numbers, .numbersWhenUsed: break
      }
      if id == .epochs || id == .updates, sameLength { return nil }
      func shown(_ settings: RunSettings) -> String {
        let text = field.text(settings)
        return text.isEmpty ? field.whenEmpty : text
      }
      return "\(id.rawValue) was \(shown(old)) and is \(shown(self))"
    }
  }

  /// Why no weight can move in a run of so many updates; nil when one can.
  public func causeOfStandstill(updates: Int) -> String? {
    if learningRate == 0 { return "the learning rate is 0, so no weight moves: raise --lr" }
    if updates == 1, warmupUpdates(of: 1) > 0 {
      return "the only update begins the warm-up and has learning rate 0, so no weight moves: "
        + "take more updates, or --warmup 0"
    }
    return nil
  }
}

/// Settings that were given one by one, over others that stand already.
public struct RunChanges: Sendable, Hashable {
  private var values = RunSettings()
  private var given: Set<RunFieldID> = []

  /// Nothing given.
  public init() {}

  /// Whether a setting was given.
  public func has(_ id: RunFieldID) -> Bool { given.contains(id) }

  /// Takes one setting as it was typed.
  public mutating func take(_ field: RunField, text: String) throws(RunFieldProblem) {
    try field.set(&values, text: text)
    given.insert(field.id)
  }

  /// Takes a setting as a value: a switch, or several words.
  public mutating func take(_ field: RunField, json: JSON) throws(RunFieldProblem) {
    try field.set(&values, json: json)
    given.insert(field.id)
  }

  /// The settings with these in their place.
  public func over(_ settings: RunSettings) -> RunSettings {
    var settings = settings
    // A run is as long as was said last.
    if has(.epochs), !has(.updates) { settings.updates = nil }
    for id in given { id.field.copy(from: values, to: &settings) }
    return settings
  }
}
