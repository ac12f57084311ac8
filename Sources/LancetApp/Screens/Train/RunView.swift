// A run as the Train screen sees it. The rim makes these from run folders, whoever wrote them.
import LancetCore

/// What a run is doing.
public enum RunCondition: String, CaseIterable, Hashable, Sendable {
  /// Its process was started and has not made its folder yet.
  case starting
  /// It reads the model, measures the longest pair, computes the reference.
  case preparing
  case running, paused
  /// It ended early with a checkpoint.
  case stopped
  case done
  /// It ended with an error.
  case failed
  /// It says it works and no process does.
  case died

  /// Whether a process works on it.
  public var isAlive: Bool {
    switch self {
    case .starting, .preparing, .running, .paused: true
    case .stopped, .done, .failed, .died: false
    }
  }

  /// Whether it can be gone on with.
  public var isResumable: Bool { self == .stopped || self == .failed || self == .died }
}

/// One run of the session.
public struct RunView: Hashable, Sendable, Identifiable {
  /// The folder's name, `0007-spot-bco`; what effects and events call the run by.
  public var name: String
  /// Its number.
  public var number: Int
  /// Its settings; nil when they cannot be read.
  public var settings: RunSettings?
  /// What it is doing.
  public var condition: RunCondition
  /// Updates taken.
  public var step: Int
  /// Updates of the whole run; 0 while that is unknown.
  public var steps: Int
  /// What it last said that a person should know; empty for nothing.
  public var message: String
  /// The most memory its process had, in bytes; 0 while unknown.
  public var memory: Int
  /// The number of pairs it trains on; 0 while unknown.
  public var pairs: Int
  /// The mean of log π_ref(y⁺|x) over its pairs, in nats; nil before the reference was computed.
  public var referenceChosen: Double?
  /// The trained model's folder; nil before there is one.
  public var trained: String?

  /// What effects and events call it by.
  public var id: String { name }

  /// A run.
  public init(
    name: String, number: Int, settings: RunSettings?, condition: RunCondition, step: Int = 0,
    steps: Int = 0, message: String = "", memory: Int = 0, pairs: Int = 0,
    referenceChosen: Double? = nil, trained: String? = nil
  ) {
    self.name = name
    self.number = number
    self.settings = settings
    self.condition = condition
    self.step = step
    self.steps = steps
    self.message = message
    self.memory = memory
    self.pairs = pairs
    self.referenceChosen = referenceChosen
    self.trained = trained
  }

  /// The most that r⁺ can reach: −β·mean log π_ref(y⁺|x), since no probability passes 1.
  ///
  /// Nil without a reward or a reference.
  public var headroom: Double? {
    guard let settings, settings.objective.hasReward, let referenceChosen else { return nil }
    return -settings.beta * referenceChosen
  }

  /// The share of its updates it has taken.
  public var progress: Double {
    steps > 0 ? min(1, Double(step) / Double(steps)) : condition == .done ? 1 : 0
  }
}
