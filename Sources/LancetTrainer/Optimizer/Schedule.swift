// The learning rate of every update (transformers 4.53.3, `optimization.py`).

import Glibc

/// How the learning rate runs over an update's number.
public struct Schedule: Sendable, Hashable {
  /// The shape after the warm-up.
  public enum Shape: String, CaseIterable, Sendable { case cosine, linear, constant }

  /// The highest rate.
  public let peak: Double
  /// How the rate falls.
  public let shape: Shape
  /// Updates of the whole run, and those with a rising rate: ⌈updates · share⌉.
  public let updates: Int
  /// Updates with a rising rate.
  public let warmup: Int

  /// A schedule over a number of updates; `warmup` is the share of them with a rising rate.
  public init(peak: Double, shape: Shape, updates: Int, warmup: Double) {
    self.peak = peak
    self.shape = shape
    self.updates = updates
    self.warmup = Int((Double(updates) * warmup).rounded(.up))
  }

  /// The rate of update `k`, counted from 0.
  ///
  /// With a warm-up the first update has rate 0, as in Transformers.
  public func rate(at k: Int) -> Double {
    if shape == .constant { return k < warmup ? peak * Double(k) / Double(max(1, warmup)) : peak }
    if k < warmup { return peak * Double(k) / Double(max(1, warmup)) }
    let progress = Double(k - warmup) / Double(max(1, updates - warmup))
    switch shape {
    case .cosine: return peak * max(0, 0.5 * (1 + cos(.pi * progress)))
    case .linear: return peak * max(0, 1 - progress)
    case .constant: return peak
    }
  }
}
