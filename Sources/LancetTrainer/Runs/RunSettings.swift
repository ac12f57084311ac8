// Every setting of a run, as it stands in `run.json`.

import LancetCore

/// The settings of a run; the paper's defaults where it has them.
public struct RunSettings: Sendable, Hashable {
  /// What is minimized.
  public var objective = Objective.spotBCO
  /// β of the reward.
  public var beta = 0.1
  /// The highest learning rate.
  public var learningRate = 1e-6
  /// Passes over the pairs; used when `updates` is nil.
  public var epochs = 2.0
  /// The updates of the whole run, when they are given instead of epochs.
  public var updates: Int?
  /// Pairs of a micro-batch, and micro-batches of an update.
  public var batch = 4
  /// Micro-batches of an update.
  public var accumulate = 1
  /// The share of updates with a rising rate.
  public var warmup = 0.05
  /// How the rate falls after the warm-up.
  public var schedule = Schedule.Shape.cosine
  /// AdamW's decay.
  public var weightDecay = 0.01
  /// The longest gradient.
  public var clip = 1.0
  /// AdamW's constants (the paper's appendix).
  public var adamBeta1 = 0.9
  /// The second moment's decay.
  public var adamBeta2 = 0.95
  /// Added to the second moment's root.
  public var adamEpsilon = 1e-8
  /// For the order of the pairs.
  public var seed: UInt64 = 0
  /// The order of the pairs.
  public var order = PairOrderPlan.Order.file
  /// Processor threads.
  public var threads = 2
  /// How δ runs.
  public var shift = ShiftRule.mean
  /// The rule for end tokens.
  public var endOfTurn = EndOfTurnRule.trl
  /// The most tokens of a row; nil never cuts.
  public var maxLength: Int?
  /// Whether activations are computed again in the backward pass.
  public var recompute = false
  /// Files of probes.
  public var probeFiles: [String] = []
  /// Updates between two probes.
  public var probeEvery = 10
  /// Updates between two checkpoints.
  public var checkpointEvery = 50

  /// The defaults.
  public init() {}

  /// The updates of a run over this many pairs (transformers 4.53.3: ⌈epochs · updates per epoch⌉).
  public func totalUpdates(pairs: Int) -> Int {
    if let updates { return updates }
    let perEpoch = plan(pairs: pairs).updatesPerEpoch
    return max(1, Int((epochs * Double(perEpoch)).rounded(.up)))
  }

  /// The order of the pairs over the run.
  public func plan(pairs: Int) -> PairOrderPlan {
    PairOrderPlan(pairs: pairs, batch: batch, accumulate: accumulate, order: order, seed: seed)
  }

  /// The settings as they stand in `run.json`.
  public var json: JSON {
    .object([
      .init("objective", .string(objective.rawValue)), .init("beta", .double(beta)),
      .init("learning_rate", .double(learningRate)), .init("epochs", .double(epochs)),
      .init("updates", updates.map(JSON.int) ?? .null), .init("batch", .int(batch)),
      .init("accumulate", .int(accumulate)), .init("warmup", .double(warmup)),
      .init("schedule", .string(schedule.rawValue)), .init("weight_decay", .double(weightDecay)),
      .init("clip", .double(clip)), .init("adam_beta1", .double(adamBeta1)),
      .init("adam_beta2", .double(adamBeta2)), .init("adam_epsilon", .double(adamEpsilon)),
      .init("seed", .number(String(seed))), .init("order", .string(order.rawValue)),
      .init("threads", .int(threads)), .init("delta", .string(shift.text)),
      .init("end_of_turn", .string(endOfTurn.rawValue)),
      .init("max_length", maxLength.map(JSON.int) ?? .null), .init("recompute", .bool(recompute)),
      .init("probe_files", .array(probeFiles.map(JSON.string))),
      .init("probe_every", .int(probeEvery)), .init("checkpoint_every", .int(checkpointEvery)),
    ])
  }

  /// Reads what ``json`` wrote; nil when a field is missing or has an impossible value.
  public init?(json: JSON) {
    guard let objective = json["objective"]?.string.flatMap(Objective.init(rawValue:)),
      let beta = json["beta"]?.double, let rate = json["learning_rate"]?.double,
      let epochs = json["epochs"]?.double, let batch = json["batch"]?.int, batch > 0,
      let accumulate = json["accumulate"]?.int, accumulate > 0,
      let warmup = json["warmup"]?.double,
      let schedule = json["schedule"]?.string.flatMap(Schedule.Shape.init(rawValue:)),
      let decay = json["weight_decay"]?.double, let clip = json["clip"]?.double,
      let beta1 = json["adam_beta1"]?.double, let beta2 = json["adam_beta2"]?.double,
      let epsilon = json["adam_epsilon"]?.double, case .number(let seedText)? = json["seed"],
      let seed = UInt64(seedText),
      let order = json["order"]?.string.flatMap(PairOrderPlan.Order.init(rawValue:)),
      let threads = json["threads"]?.int, threads > 0,
      let shift = json["delta"]?.string.flatMap(ShiftRule.init(text:)),
      let endOfTurn = json["end_of_turn"]?.string.flatMap(EndOfTurnRule.init(rawValue:)),
      let recompute = json["recompute"]?.bool, let probes = json["probe_files"]?.array,
      let probeEvery = json["probe_every"]?.int, probeEvery > 0,
      let checkpointEvery = json["checkpoint_every"]?.int, checkpointEvery > 0
    else { return nil }
    self.objective = objective
    self.beta = beta
    learningRate = rate
    self.epochs = epochs
    updates = json["updates"]?.int
    self.batch = batch
    self.accumulate = accumulate
    self.warmup = warmup
    self.schedule = schedule
    weightDecay = decay
    self.clip = clip
    adamBeta1 = beta1
    adamBeta2 = beta2
    adamEpsilon = epsilon
    self.seed = seed
    self.order = order
    self.threads = threads
    self.shift = shift
    self.endOfTurn = endOfTurn
    maxLength = json["max_length"]?.int
    self.recompute = recompute
    probeFiles = probes.compactMap(\.string)
    self.probeEvery = probeEvery
    self.checkpointEvery = checkpointEvery
  }
}

extension ShiftRule {
  /// The rule as the command line spells it: `mean`, `ema:D` or `zero`.
  public var text: String {
    switch self {
    case .mean: "mean"
    case .ema(let decay): "ema:\(decay)"
    case .zero: "zero"
    }
  }

  /// Reads what ``text`` wrote.
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
