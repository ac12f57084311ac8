// The shift δ of `spot-bco`: ½·E[r⁺ + r⁻], running over micro-batches.

import LancetCore

/// The state of δ.
///
/// A checkpoint keeps it, so that a resumed run goes on where it stopped.
public struct Shift: Sendable, Hashable {
  /// How it runs.
  public let rule: ShiftRule
  /// The micro-batches seen.
  public private(set) var count: Double
  private var raw: Double

  /// A shift that has seen nothing.
  public init(_ rule: ShiftRule) {
    self.rule = rule
    count = 1e-24
    raw = 0
  }

  /// A shift as a checkpoint kept it.
  public init(_ rule: ShiftRule, count: Double, raw: Double) {
    self.rule = rule
    self.count = count
    self.raw = raw
  }

  /// The number a checkpoint keeps beside ``count``.
  public var state: Double { raw }

  /// δ now.
  ///
  /// Zero before the first micro-batch.
  public var value: Double {
    switch rule {
    case .mean: raw
    case .ema(let decay): count < 1 ? 0 : raw / (1 - power(decay, Int(count.rounded())))
    case .zero: 0
    }
  }

  /// Takes in one micro-batch; `mean` is the mean of its 2B rewards.
  ///
  /// Called before the loss, as TRL does, so that δ already contains the micro-batch it is
  /// applied to.
  public mutating func update(mean: Double) {
    switch rule {
    case .mean:
      raw += (mean - raw) * 1 / (count + 1)
      count += 1
    case .ema(let decay):
      raw = decay * raw + (1 - decay) * mean
      count += 1
    case .zero: break
    }
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    var result = 1.0
    var factor = base
    var left = exponent
    while left > 0 {
      if left & 1 == 1 { result *= factor }
      factor *= factor
      left >>= 1
    }
    return result
  }
}
