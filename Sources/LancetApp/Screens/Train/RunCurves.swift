// What a run has measured so far: every update and every probe, none sampled away.

import LancetCore

/// The curves of a run.
public struct RunCurves: Hashable, Sendable {
  /// Every update, by its number.
  public private(set) var updates: [UpdateMetrics] = []
  /// Every probe, by its update.
  public private(set) var probes: [ProbeResult] = []
  /// Lines that could not be read.
  public private(set) var badLines = 0
  /// Updates that stand out: the loss or the gradient is far above what was usual in the twenty updates before, or is no
  /// number at all.
  public private(set) var spikes: [Int] = []

  /// No curves yet.
  public init() {}

  /// Takes what is new.
  ///
  /// A resumed run writes updates again after its last checkpoint: they replace those that were here.
  public mutating func take(_ news: RunNews) {
    if news.startsOver { self = RunCurves() }
    if let first = news.updates.first, let last = updates.last, first.step <= last.step {
      updates.removeAll { $0.step >= first.step }
      probes.removeAll { $0.step >= first.step }
      spikes.removeAll { $0 >= first.step }
    }
    let known = updates.count
    updates += news.updates
    for index in known..<updates.count where isSpike(index) { spikes.append(updates[index].step) }
    for probe in news.probes {
      if let last = probes.last, probe.step <= last.step {
        probes.removeAll { $0.step >= probe.step }
      }
      probes.append(probe)
    }
    badLines = news.badLines
  }

  /// The update nearest to a number; nil when there is none.
  public func update(near step: Double) -> UpdateMetrics? {
    index(near: step).map { updates[$0] }
  }

  /// The place of the update nearest to a number.
  func index(near step: Double) -> Int? {
    guard !updates.isEmpty, step.isFinite else { return nil }
    var low = 0
    var high = updates.count
    while low < high {
      let middle = (low + high) / 2
      if Double(updates[middle].step) < step { low = middle + 1 } else { high = middle }
    }
    let after = min(low, updates.count - 1)
    let before = max(0, after - 1)
    let isBefore =
      step - Double(updates[before].step) <= (Double(updates[after].step) - step).magnitude
    return isBefore ? before : after
  }

  /// The rewards of one pair each time it was seen, in order.
  public func history(of pair: Int) -> [(step: Int, reward: PairReward)] {
    updates.flatMap { update in
      update.pairs.filter { $0.pair == pair }.map { (update.step, $0) }
    }
  }

  /// The suites in the order they first appeared.
  var suites: [String] {
    var names: [String] = []
    for probe in probes {
      for suite in probe.suites where !names.contains(suite.suite) { names.append(suite.suite) }
    }
    return names
  }

  private func isSpike(_ index: Int) -> Bool {
    let update = updates[index]
    if !update.loss.isFinite || !update.gradientNorm.isFinite { return true }
    guard index >= 5 else { return false }
    let before = updates[max(0, index - 20)..<index]
    for key in [\UpdateMetrics.gradientNorm, \UpdateMetrics.loss] {
      let sorted = before.map { $0[keyPath: key] }.filter(\.isFinite).sorted()
      guard !sorted.isEmpty else { continue }
      let median = sorted[sorted.count / 2]
      let spread = sorted[sorted.count * 3 / 4] - sorted[sorted.count / 4]
      // Both far off in ratio and far outside the usual scatter, so that a calm falling curve has no spikes.
      if median > 0, update[keyPath: key] > 3 * median, update[keyPath: key] > median + 4 * spread {
        return true
      }
    }
    return false
  }
}
