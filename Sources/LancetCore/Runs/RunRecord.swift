// A run as its folder tells of it: settings, stage, and whether a process works there. One value for `lancet runs`, the
// Train screen and whoever starts runs; the rim reads it from disk.

/// The stages of a run's life, as its `state.json` says them.
public enum RunStage: String, CaseIterable, Sendable {
  /// It reads the model, measures the longest pair, computes the reference.
  case preparing
  case running, paused
  /// It ended early with a checkpoint and can be resumed.
  case stopped
  case done
  /// It ended with an error; the message says which.
  case failed
}

/// What a run is doing: its stage, unless it says it works and no process does.
public enum RunCondition: String, CaseIterable, Hashable, Sendable {
  case preparing, running, paused, stopped, done, failed
  /// It says it works and no process does.
  case died

  /// The condition of a run that last said this; nil when it said nothing yet.
  public init(stage: RunStage?, isAlive: Bool) {
    switch stage {
    case .stopped: self = .stopped
    case .done: self = .done
    case .failed: self = .failed
    case .preparing where isAlive, nil where isAlive: self = .preparing
    case .running where isAlive: self = .running
    case .paused where isAlive: self = .paused
    case .preparing, .running, .paused, nil: self = .died
    }
  }

  /// Whether a process works on it.
  public var isAlive: Bool {
    switch self {
    case .preparing, .running, .paused: true
    case .stopped, .done, .failed, .died: false
    }
  }
}

/// What a run says of itself in `state.json`.
public struct RunState: Sendable, Hashable {
  /// The stage of the run's life.
  public var stage: RunStage
  /// Updates taken.
  public var step: Int
  /// Updates of the whole run; 0 while that is unknown.
  public var steps: Int
  /// The process that wrote this; 0 while unknown.
  public var process: Int
  /// One sentence for a person; empty when there is nothing to say.
  public var message: String
  /// The most memory its process had, in bytes; 0 while unknown.
  public var peakMemory: Int

  /// Values given one by one.
  public init(
    stage: RunStage, step: Int = 0, steps: Int = 0, process: Int = 0, message: String = "",
    peakMemory: Int = 0
  ) {
    self.stage = stage
    self.step = step
    self.steps = steps
    self.process = process
    self.message = message
    self.peakMemory = peakMemory
  }

  /// As it stands in `state.json`.
  public var json: JSON {
    .object([
      .init("state", .string(stage.rawValue)), .init("step", .int(step)),
      .init("steps", .int(steps)), .init("pid", .int(process)),
      .init("message", .string(message)), .init("peak_memory", .int(peakMemory)),
    ])
  }

  /// Reads what ``json`` wrote; nil for anything else.
  public init?(json: JSON) {
    guard let stage = json["state"]?.string.flatMap(RunStage.init(rawValue:)),
      let step = json["step"]?.int, let steps = json["steps"]?.int
    else { return nil }
    self.init(
      stage: stage, step: step, steps: steps, process: json["pid"]?.int ?? 0,
      message: json["message"]?.string ?? "", peakMemory: json["peak_memory"]?.int ?? 0)
  }
}

/// One run folder as it stands on disk now.
public struct RunRecord: Sendable, Hashable, Identifiable {
  /// The run's folder.
  public var path: String
  /// Its settings; nil when they cannot be read.
  public var settings: RunSettings?
  /// What the run last said; nil before it said anything.
  public var state: RunState?
  /// Whether a process works in the folder now.
  public var isAlive: Bool
  /// The number of pairs it trains on; 0 while unknown.
  public var pairs: Int
  /// The mean of log π_ref(y⁺|x) over its pairs, in nats; nil before the reference was computed.
  public var referenceChosen: Double?

  /// A run.
  public init(
    path: String, settings: RunSettings?, state: RunState?, isAlive: Bool, pairs: Int = 0,
    referenceChosen: Double? = nil
  ) {
    self.path = path
    self.settings = settings
    self.state = state
    self.isAlive = isAlive
    self.pairs = pairs
    self.referenceChosen = referenceChosen
  }

  /// What effects and events call it by.
  public var id: String { name }
  /// The folder's name, `0007-spot-bco`.
  public var name: String { path.split(separator: "/").last.map(String.init) ?? path }
  /// The number at the beginning of the name; 0 when it has none.
  public var number: Int { Int(name.prefix { $0.isASCII && $0.isNumber }) ?? 0 }
  /// What it is doing.
  public var condition: RunCondition { RunCondition(stage: state?.stage, isAlive: isAlive) }
  /// Updates taken.
  public var step: Int { state?.step ?? 0 }
  /// Updates of the whole run; 0 while that is unknown.
  public var steps: Int { state?.steps ?? 0 }
  /// What it last said that a person should know; empty for nothing.
  public var message: String { state?.message ?? "" }
  /// The most memory its process had, in bytes; 0 while unknown.
  public var memory: Int { state?.peakMemory ?? 0 }
  /// The trained model's folder; nil before there is one.
  public var trained: String? { condition == .done ? path + "/model" : nil }

  /// The most that r⁺ can reach on its pairs; nil without a reward or a reference.
  public var headroom: Double? {
    guard let settings, settings.objective.hasReward, let referenceChosen else { return nil }
    return Headroom(beta: settings.beta, meanLogProb: referenceChosen).value
  }

  /// The share of its updates it has taken.
  public var progress: Double {
    steps > 0 ? min(1, Double(step) / Double(steps)) : condition == .done ? 1 : 0
  }

  /// One row of `lancet runs`.
  public var json: JSON {
    .object([
      .init("id", .int(number)), .init("name", .string(name)), .init("path", .string(path)),
      .init("state", .string(condition.rawValue)), .init("step", .int(step)),
      .init("steps", .int(steps)),
      .init("objective", settings.map { .string($0.objective.rawValue) } ?? .null),
      .init("beta", settings.map { .double($0.beta) } ?? .null),
      .init("learning_rate", settings.map { .double($0.learningRate) } ?? .null),
      .init("message", .string(message)),
    ])
  }
}
