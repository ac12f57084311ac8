// The learning rate of every update (transformers 4.53.3, `optimization.py`).

import Glibc
import LancetCore

/// How the learning rate runs over an update's number.
public struct Schedule: Sendable, Hashable {
  /// The highest rate.
  public let peak: Double
  /// How the rate falls.
  public let shape: ScheduleShape
  /// Updates of the whole run.
  public let updates: Int
  /// Updates with a rising rate.
  public let warmup: Int

  /// The schedule of a run of so many updates.
  public init(_ settings: RunSettings, updates: Int) {
    peak = settings.learningRate
    shape = settings.schedule
    self.updates = updates
    warmup = settings.warmupUpdates(of: updates)
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
