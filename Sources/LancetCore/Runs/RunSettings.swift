// Every setting of a run, once: its place in memory, its key in `run.json`, its option of `lancet train`, its line in the
// form, its range, its default and its words. To add a setting, add a property with the value that runs had before it, a
// key, and a description; the command line, its help, the form, `run.json` and the comparison of runs follow.

/// The settings of a run; the paper's defaults where it has them.
public struct RunSettings: Sendable, Hashable {
  /// The starting model, a Hugging Face folder; it is also the reference.
  public var model = ""
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
  /// Pairs of a micro-batch.
  public var batch = 4
  /// Micro-batches of an update.
  public var accumulate = 1
  /// The share of updates with a rising rate.
  public var warmup = 0.05
  /// How the rate falls after the warm-up.
  public var schedule = ScheduleShape.cosine
  /// How δ runs.
  public var shift = ShiftRule.mean
  /// The longest gradient.
  public var clip = 1.0
  /// AdamW's decay.
  public var weightDecay = 0.01
  /// For the order of the pairs.
  public var seed: UInt64 = 0
  /// The order of the pairs.
  public var order = PairOrder.file
  /// The rule for end tokens.
  public var endOfTurn = EndOfTurnRule.trl
  /// Whether texts go through the chat template.
  public var template = TemplateRule.chat
  /// The most tokens of a row; nil never cuts.
  public var maxLength: Int?
  /// Whether activations are computed again in the backward pass.
  public var recompute = false
  /// Processor threads; nil for all there are.
  public var threads: Int?
  /// Files of probes.
  public var probes: [String] = []
  /// Updates between two probes.
  public var probeEvery = 10
  /// Updates between two checkpoints.
  public var checkpointEvery = 50
  /// The first moment's decay (this and the next two: the paper's appendix).
  public var adamBeta1 = 0.9
  /// The second moment's decay.
  public var adamBeta2 = 0.95
  /// Added to the second moment's root.
  public var adamEpsilon = 1e-8

  /// The defaults; `model` is the folder to start from.
  public init(model: String = "") { self.model = model }
}

/// The settings by name, in the order of the form; the raw value is the key in `run.json`.
public enum RunFieldID: String, CaseIterable, Hashable, Sendable {
  case model, objective, beta
  case learningRate = "learning_rate"
  case epochs, updates, batch, accumulate, warmup, schedule, delta, clip
  case weightDecay = "weight_decay"
  case seed, order
  case endOfTurn = "end_of_turn"
  case template
  case maxLength = "max_length"
  case recompute, threads
  case probes = "probe_files"
  case probeEvery = "probe_every"
  case checkpointEvery = "checkpoint_every"
  case adamBeta1 = "adam_beta1"
  case adamBeta2 = "adam_beta2"
  case adamEpsilon = "adam_epsilon"

  /// Everything else about the setting.
  public var field: RunField {
    switch self {
    case .model:
      .init(
        self, \.model, "--model DIR", "model", "the starting model's folder; also the reference",
        expected: "the folder of a model (config.json, model.safetensors, tokenizer.json)",
        paper: "Qwen3-8B", whenEmpty: "a folder", changes: .nothing,
        more: "A folder as Hugging Face writes it: Qwen3, Qwen2 or Llama. ~ is your home.",
        allows: { !$0.isEmpty })
    case .objective:
      .init(self, \.objective, "--objective NAME", "objective", "what is minimized", paper: true)
    case .beta:
      .init(
        self, \.beta, "--beta X", "β", "scale of the reward r = β·log(π/π_ref)", in: 1e-12...1e6,
        paper: "0.1", isIdle: { !$0.objective.hasReward })
    case .learningRate:
      .init(
        self, \.learningRate, "--lr X", "learning rate",
        "the highest; 8B models 1e-6, small ones 1e-4", in: 0...1e6, paper: "1e-6",
        more: "Too high and y⁻'s term runs away; too low and nothing moves")
    case .epochs:
      .init(
        self, \.epochs, "--epochs N", "epochs", "passes over the pairs", in: 1e-6...1e6,
        paper: "2", changes: .numbersWhenUsed, isIdle: { $0.updates != nil })
    case .updates:
      .init(
        self, \.updates, "--steps N", "updates", "updates of the whole run, instead of epochs",
        in: 1...1_000_000_000, whenEmpty: "by epochs")
    case .batch:
      .init(
        self, \.batch, "--batch N", "batch", "pairs that go through the model at once",
        in: 1...1_000_000, paper: "32")
    case .accumulate:
      .init(
        self, \.accumulate, "--accumulate N", "accumulate", "batches of one update",
        in: 1...1_000_000)
    case .warmup:
      .init(
        self, \.warmup, "--warmup X", "warm-up", "share of updates with a rising rate", in: 0...1,
        paper: "0.05")
    case .schedule:
      .init(
        self, \.schedule, "--schedule NAME", "schedule", "how the rate falls after warm-up",
        paper: true)
    case .delta:
      .init(
        self, \.shift, "--delta RULE", "δ rule", "mean, ema:D or zero; only spot-bco uses it",
        expected: "mean, zero, or ema:D with D between 0 and 1", paper: "mean",
        changes: .numbersWhenUsed,
        more: "mean as TRL 0.20.0 does, ema:0.9 as the paper writes, zero makes it spot-bce",
        isIdle: { !$0.objective.usesShift })
    case .clip:
      .init(
        self, \.clip, "--clip X", "clip", "the longest gradient; longer ones are cut",
        in: 1e-12...Double.greatestFiniteMagnitude, paper: "1")
    case .weightDecay:
      .init(
        self, \.weightDecay, "--weight-decay X", "weight decay", "pull of the weights to 0",
        in: 0...Double.greatestFiniteMagnitude, paper: "0.01")
    case .seed:
      .init(
        self, \.seed, "--seed N", "seed", "of a shuffled order", expected: "a whole number from 0",
        changes: .numbersWhenUsed, isIdle: { $0.order == .file })
    case .order:
      .init(self, \.order, "--order NAME", "order", "in which order pairs are seen")
    case .endOfTurn:
      .init(
        self, \.endOfTurn, "--end-of-turn RULE", "end of turn",
        "trl appends the end token to every answer", paper: true)
    case .template:
      .init(
        self, \.template, "--template RULE", "chat template",
        "none takes texts as they are", paper: true)
    case .maxLength:
      .init(
        self, \.maxLength, "--max-length N", "max length", "cut the question of a longer row",
        in: 2...Int.max, whenEmpty: "never cut")
    case .recompute:
      .init(
        self, \.recompute, "--recompute", "recompute", "less memory, one more forward pass",
        expected: "yes or no", changes: .nothing)
    case .threads:
      .init(
        self, \.threads, "--threads N", "threads", "processor threads", in: 1...1024,
        whenEmpty: "all")
    case .probes:
      .init(
        self, \.probes, "--probe FILE", "probes", "files of questions or text, to see forgetting",
        expected: "files with commas between", whenEmpty: "none", changes: .nothing,
        more: "Files with commas between: {\"question\",\"answer\",\"suite\"} a line, or plain text"
      )
    case .probeEvery:
      .init(
        self, \.probeEvery, "--probe-every N", "probe every", "updates between two probes",
        in: 1...Int.max, changes: .nothing, isIdle: { $0.probes.isEmpty })
    case .checkpointEvery:
      .init(
        self, \.checkpointEvery, "--checkpoint-every N", "checkpoint every",
        "updates between two checkpoints; two are kept", in: 1...Int.max, changes: .nothing)
    case .adamBeta1:
      .init(self, \.adamBeta1, nil, "Adam β1", "the first moment's decay", in: 0...1)
    case .adamBeta2:
      .init(self, \.adamBeta2, nil, "Adam β2", "the second moment's decay", in: 0...1)
    case .adamEpsilon:
      .init(self, \.adamEpsilon, nil, "Adam ε", "added to the second moment's root", in: 0...1)
    }
  }
}
