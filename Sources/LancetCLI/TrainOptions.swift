// `lancet train`: every setting of a run that can be given on the command line, with the paper's defaults.

import LancetCore

/// The objectives of the method's table.
public enum ObjectiveName: String, CaseIterable, Sendable {
  case sftPlus = "sft+"
  case rft
  case dpo
  case rewardSFT = "reward-sft"
  case dft
  case spotBCE = "spot-bce"
  case spotBCO = "spot-bco"
}

/// How the learning rate falls after the warm-up.
public enum ScheduleName: String, CaseIterable, Sendable { case cosine, linear, constant }

/// In which order pairs are seen.
public enum PairOrder: String, CaseIterable, Sendable { case file, shuffle }

/// How the shift δ of `spot-bco` runs.
public enum DeltaChoice: Sendable, Equatable {
  /// The mean over all micro-batches so far (TRL 0.20.0).
  case mean
  /// An exponential moving average with this decay (the paper's text).
  case ema(Double)
  /// No shift: `spot-bce`.
  case zero
}

/// `lancet train`.
public struct TrainOptions: Sendable, Equatable {
  /// Where the pairs come from.
  public var pairs: PairSource
  /// The model folder.
  public var model: String
  /// Where the result goes.
  public var out: String
  /// What is minimized.
  public var objective: ObjectiveName
  /// The reward's scale β.
  public var beta = 0.1
  /// The highest learning rate.
  public var learningRate = 1e-6
  /// Exactly one of epochs and steps decides the length; epochs are 2 when neither is given.
  public var epochs: Double?
  /// Updates of the run, instead of epochs.
  public var steps: Int?
  /// Pairs of a micro-batch.
  public var batch = 4
  /// Micro-batches of an update.
  public var accumulate = 1
  /// The share of updates with a rising rate.
  public var warmup = 0.05
  /// How the rate falls.
  public var schedule = ScheduleName.cosine
  /// AdamW's decay.
  public var weightDecay = 0.01
  /// The longest gradient.
  public var clip = 1.0
  /// The beginning of the random numbers.
  public var seed: UInt64 = 0
  /// The order of the pairs.
  public var order = PairOrder.file
  /// Processor threads; nil for all there are.
  public var threads: Int?
  /// Whether the newest valid checkpoint is gone on with.
  public var resume = false
  /// Goes on although something differs from the run's first start; the log says "not bit-exact".
  public var force = false
  /// Files of probes.
  public var probes: [String] = []
  /// Updates between two probes.
  public var probeEvery = 10
  /// Updates between two checkpoints.
  public var checkpointEvery = 50
  /// How δ runs.
  public var delta = DeltaChoice.mean
  /// The rule for end tokens.
  public var endOfTurn = EndOfTurn.trl
  /// The most tokens of a row; nil never cuts, a longer pair is listed and refused.
  public var maxLength: Int?
  /// Whether activations are computed again in the backward pass instead of kept.
  public var recompute = false
  /// Whether JSON is printed instead of text for people.
  public var json = false
}
