// The settings of a run as the Train screen knows them: the words are those of the command line, so that the rim hands
// them on without a translation of its own.

/// Every setting of a run that a person chooses.
public struct TrainSettings: Hashable, Sendable {
  /// The starting model, a Hugging Face folder; it is also the reference.
  public var model: String
  /// `sft+`, `rft`, `dpo`, `reward-sft`, `dft`, `spot-bce` or `spot-bco`.
  public var objective: String
  /// β of the reward.
  public var beta: Double
  /// The highest learning rate.
  public var learningRate: Double
  /// Passes over the pairs; used when `updates` is nil.
  public var epochs: Double
  /// The updates of the whole run, when they are given instead of epochs.
  public var updates: Int?
  /// Pairs of a micro-batch.
  public var batch: Int
  /// Micro-batches of an update.
  public var accumulate: Int
  /// The share of updates with a rising rate.
  public var warmup: Double
  /// `cosine`, `linear` or `constant`.
  public var schedule: String
  /// `mean`, `ema:D` or `zero`.
  public var delta: String
  /// The longest gradient.
  public var clip: Double
  /// AdamW's weight decay.
  public var weightDecay: Double
  /// The seed of a shuffled order.
  public var seed: UInt64
  /// `file` or `shuffle`.
  public var order: String
  /// `trl` or `template`.
  public var endOfTurn: String
  /// Probe files.
  public var probes: [String]
  /// Updates between two probes.
  public var probeEvery: Int
  /// Updates between two checkpoints.
  public var checkpointEvery: Int

  /// The paper's defaults for a model, with the objective that was best there.
  public init(model: String = "") {
    self.model = model
    objective = "spot-bco"
    beta = 0.1
    learningRate = 1e-6
    epochs = 2
    updates = nil
    batch = 4
    accumulate = 1
    warmup = 0.05
    schedule = "cosine"
    delta = "mean"
    clip = 1
    weightDecay = 0.01
    seed = 0
    order = "file"
    endOfTurn = "trl"
    probes = []
    probeEvery = 10
    checkpointEvery = 50
  }

  /// Whether the loss is made of rewards, so that a headroom limits it.
  public var hasReward: Bool { !["sft+", "rft", "dft"].contains(objective) }

  /// Whether δ moves the loss.
  public var usesShift: Bool { objective == "spot-bco" }

  /// Pairs of one update.
  public var pairsPerUpdate: Int {
    max(1, batch).multipliedReportingOverflow(by: max(1, accumulate)).partialValue
  }

  /// The updates of a run over this many pairs: ⌈epochs · ⌈⌈pairs / batch⌉ / accumulate⌉⌉, at least one.
  public func totalUpdates(pairs: Int) -> Int {
    if let updates { return updates }
    guard pairs > 0, batch > 0, accumulate > 0, epochs.isFinite else { return 0 }
    let batches = (pairs - 1) / batch + 1
    let total = (epochs * Double((batches - 1) / accumulate + 1)).rounded(.up)
    return total < 1e12 ? max(1, Int(total)) : Int.max
  }

  /// The settings by name, for comparing runs; the model without its folder.
  public var rows: [(name: String, value: String)] {
    [
      ("model", model.split(separator: "/").last.map(String.init) ?? model),
      ("objective", objective), ("β", plain(beta)), ("learning rate", plain(learningRate)),
      ("length", updates.map { "\($0) updates" } ?? "\(plain(epochs)) epochs"),
      ("batch", "\(batch)"), ("accumulate", "\(accumulate)"), ("warm-up", plain(warmup)),
      ("schedule", schedule), ("δ", delta), ("clip", plain(clip)),
      ("weight decay", plain(weightDecay)), ("seed", "\(seed)"), ("order", order),
      ("end of turn", endOfTurn),
      ("probes", probes.isEmpty ? "none" : "\(probes.count), every \(probeEvery)"),
      ("checkpoint", "every \(checkpointEvery)"),
    ]
  }
}

/// A number as a person types it: `0.1`, `1e-6`, `2`.
func plain(_ value: Double) -> String {
  guard value.isFinite else { return "\(value)" }
  if value.magnitude < 1e15, value == value.rounded(.towardZero) { return "\(Int(value))" }
  let text = "\(value)"
  return text.replacing("e-0", with: "e-").replacing(".0e", with: "e")
}
