// What a run has measured so far: every update and every probe, none sampled away.

/// The figures of one update.
///
/// A figure that the file does not hold, or that is no number, is NaN.
public struct UpdatePoint: Hashable, Sendable {
  /// The update, from 1.
  public var step: Int
  /// Passes over the pairs so far.
  public var epoch = Double.nan
  /// The loss.
  public var loss = Double.nan
  /// δ after the update.
  public var delta = Double.nan
  /// The mean reward of y⁺.
  public var rewardChosen = Double.nan
  /// The mean reward of y⁻.
  public var rewardRejected = Double.nan
  /// r⁺ − r⁻.
  public var margin = Double.nan
  /// The share of pairs with r⁺ > r⁻.
  public var accuracy = Double.nan
  /// The mean of log π(y⁺|x), in nats.
  public var logProbChosen = Double.nan
  /// The mean of log π(y⁻|x), in nats.
  public var logProbRejected = Double.nan
  /// The gradient's length before clipping.
  public var gradientNorm = Double.nan
  /// The learning rate of this update.
  public var learningRate = Double.nan
  /// Tokens that went through the model in a second.
  public var tokensPerSecond = Double.nan
  /// Pairs trained on in a second.
  public var pairsPerSecond = Double.nan
  /// The mean tether λ.
  public var tether = Double.nan
  /// The share of gradient weight on edited tokens.
  public var surgery = Double.nan
  /// The pairs of the update with r⁺ and r⁻ of each.
  public var pairs: [PairReward] = []

  /// An update of which nothing is known yet.
  public init(step: Int) { self.step = step }
}

/// A pair in an update.
public struct PairReward: Hashable, Sendable {
  /// The pair's number in the session; a trace's number in an `rft` run.
  public var pair: Int
  /// r⁺ at that update.
  public var chosen: Double
  /// r⁻ at that update.
  public var rejected: Double

  /// A pair with its rewards.
  public init(pair: Int, chosen: Double, rejected: Double) {
    self.pair = pair
    self.chosen = chosen
    self.rejected = rejected
  }
}

/// One suite of a probe.
public struct SuitePoint: Hashable, Sendable {
  /// The suite's name: `in-domain`, `OOD`, `instruction`, or a file's.
  public var suite: String
  /// The share of right answers; nil for a plain text.
  public var accuracy: Double?
  /// −log p per token of the known answers, in nats.
  public var logLoss: Double
  /// KL to the reference per token, in nats; nil for a plain text.
  public var divergence: Double?

  /// A suite's figures.
  public init(suite: String, accuracy: Double?, logLoss: Double, divergence: Double?) {
    self.suite = suite
    self.accuracy = accuracy
    self.logLoss = logLoss
    self.divergence = divergence
  }
}

/// All suites after one update.
public struct ProbePoint: Hashable, Sendable {
  /// The update; 0 before the first.
  public var step: Int
  /// The suites, in the order of the probe files.
  public var suites: [SuitePoint]

  /// A probe.
  public init(step: Int, suites: [SuitePoint]) {
    self.step = step
    self.suites = suites
  }
}

/// What was new in a run's metrics.
public struct RunNews: Hashable, Sendable {
  /// Whether everything before must be forgotten: the file was cut or replaced.
  public var startsOver = false
  /// The new updates, in order.
  public var updates: [UpdatePoint] = []
  /// The new probes, in order.
  public var probes: [ProbePoint] = []
  /// Lines of the file that could not be read, since its beginning.
  public var badLines = 0

  /// Nothing new.
  public init() {}
}

/// The curves of a run.
public struct RunCurves: Hashable, Sendable {
  /// Every update, by its number.
  public private(set) var updates: [UpdatePoint] = []
  /// Every probe, by its update.
  public private(set) var probes: [ProbePoint] = []
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
  public func update(near step: Double) -> UpdatePoint? {
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
    for key in [\UpdatePoint.gradientNorm, \UpdatePoint.loss] {
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
