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
  public var pairs: PairSource
  public var model: String
  public var out: String
  public var objective: ObjectiveName
  public var beta = 0.1
  public var learningRate = 1e-6
  /// Exactly one of epochs and steps decides the length; epochs are 2 when neither is given.
  public var epochs: Double?
  public var steps: Int?
  public var batch = 4
  public var accumulate = 1
  public var warmup = 0.05
  public var schedule = ScheduleName.cosine
  public var weightDecay = 0.01
  public var clip = 1.0
  public var seed: UInt64 = 0
  public var order = PairOrder.file
  public var threads: Int?
  public var resume = false
  /// Goes on although something differs from the run's first start; the log says "not bit-exact".
  public var force = false
  public var probes: [String] = []
  public var probeEvery = 10
  public var checkpointEvery = 50
  public var delta = DeltaChoice.mean
  public var endOfTurn = EndOfTurn.trl
  /// The most tokens of a row; nil never cuts, a longer pair is listed and refused.
  public var maxLength: Int?
  /// Whether activations are computed again in the backward pass instead of kept.
  public var recompute = false
  public var json = false
}
