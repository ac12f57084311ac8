// The words a run's settings can be: objectives, schedules, orders, rules. They stand in `run.json`, on the command line
// and in the form for a new run, and are the same everywhere because they stand here only.

/// A setting that is one of a few words.
public protocol RunWord: RawRepresentable, CaseIterable, Hashable, Sendable
where RawValue == String {
  /// What choosing this word means, in a line; empty when the setting's own line says it.
  var meaning: String { get }
}

extension RunWord {
  /// Nothing beyond what the setting's own line says.
  public var meaning: String { "" }
}

/// What a run minimizes (arXiv 2603.01683; TRL 0.20.0, `dpo_trainer.py`), the paper's best first.
public enum Objective: String, RunWord {
  /// −log σ(r⁺ − δ) − log σ(−(r⁻ − δ)).
  case spotBCO = "spot-bco"
  /// −log σ(r⁺) − log σ(−r⁻).
  case spotBCE = "spot-bce"
  /// −log σ(r⁺ − r⁻).
  case dpo
  /// −log σ(r⁺).
  case rewardSFT = "reward-sft"
  /// −log π_θ(y⁺|x), the mean over the answer tokens of a micro-batch.
  case sftPlus = "sft+"
  /// −stopgrad(p_t)·log p_t, the mean over the answer tokens of a micro-batch.
  case dft
  /// As `sft+`, on the model's own right samples.
  case rft

  /// Whether the loss is a mean over answer tokens rather than over pairs.
  public var isTokenMean: Bool {
    switch self {
    case .sftPlus, .dft, .rft: true
    case .spotBCO, .spotBCE, .dpo, .rewardSFT: false
    }
  }

  /// Whether the loss is made of rewards, so that a headroom limits it.
  public var hasReward: Bool { !isTokenMean }

  /// Whether the shift δ moves the loss.
  public var usesShift: Bool { self == .spotBCO }

  /// The loss and what the paper found, in a line.
  public var meaning: String {
    switch self {
    case .spotBCO: "−log σ(r⁺ − δ) − log σ(δ − r⁻): best in the paper, learns and does not forget"
    case .spotBCE: "−log σ(r⁺) − log σ(−r⁻): best retention in the paper"
    case .dpo:
      "−log σ(r⁺ − r⁻): keeps knowledge, little gain: it lowers y⁻ rather than raising y⁺"
    case .rewardSFT: "−log σ(r⁺): keeps knowledge, lifts y⁻ along"
    case .sftPlus: "−log π(y⁺): plain fine-tuning on corrections; forgets, lifts y⁻ along"
    case .dft:
      "−stopgrad(p)·log p for each token of y⁺; worse than plain fine-tuning in the paper"
    case .rft: "−log π(y) on the model's own right samples; small gain, forgets"
    }
  }
}

/// How the learning rate falls after the warm-up.
public enum ScheduleShape: String, RunWord { case cosine, linear, constant }

/// In which order the pairs of an epoch are seen.
public enum PairOrder: String, RunWord { case file, shuffle }

/// Whether an answer gets an end token although the template already ended the turn.
public enum EndOfTurnRule: String, RunWord {
  /// Always appends it, as TRL up to 0.27 does: the paper's runs.
  case trl
  /// Appends it only where the answer's tokens do not already hold it.
  case template
}

/// How the shift δ of `spot-bco` runs.
public enum ShiftRule: Sendable, Hashable {
  /// The plain mean over all micro-batches so far, each counted once whatever its size: TRL 0.20.0's `RunningMoments`.
  case mean
  /// An exponential moving average with this decay, debiased: the paper's text.
  case ema(Double)
  /// Always zero: then `spot-bco` is `spot-bce`.
  case zero

  /// The rule as it is spelled everywhere: `mean`, `ema:D` or `zero`.
  public var text: String {
    switch self {
    case .mean: "mean"
    case .ema(let decay): "ema:\(decay)"
    case .zero: "zero"
    }
  }

  /// Reads what ``text`` wrote; nil for anything else, and for a decay that is not between 0 and 1.
  public init?(text: String) {
    switch text {
    case "mean": self = .mean
    case "zero": self = .zero
    default:
      guard text.hasPrefix("ema:"), let decay = Double(text.dropFirst(4)), decay > 0, decay < 1
      else { return nil }
      self = .ema(decay)
    }
  }
}
