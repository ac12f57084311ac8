// What the curves mean, in one plain sentence: learning, forgetting, pull-up, suppression, stuck, and why. Pure, so that it
// is held by tests. The patterns are the failure modes of arXiv 2603.01683 and the questions people ask of trainers.
import LancetCanvas
import LancetCore

/// A sentence about a run.
public struct Diagnosis: Hashable, Sendable {
  /// How good the news is.
  public enum Verdict: Hashable, Sendable { case waiting, good, watch, bad }

  /// How good the news is.
  public var verdict: Verdict
  /// The sentence.
  public var text: String

  init(_ verdict: Verdict, _ text: String) {
    self.verdict = verdict
    self.text = text
  }

  /// The role it is drawn with.
  var role: Role {
    switch verdict {
    case .waiting: .muted
    case .good: .right
    case .watch: .warning
    case .bad: .error
    }
  }
}

/// What the curves of a run say; `run` names its settings and its headroom.
public func diagnose(_ run: RunRecord, _ curves: RunCurves) -> Diagnosis {
  let updates = curves.updates
  if run.condition == .failed || run.condition == .died {
    return Diagnosis(.bad, ended(run))
  }
  guard let first = updates.first, let last = updates.last else {
    return Diagnosis(.waiting, beginning(run))
  }
  if let broken = updates.last(where: { !$0.loss.isFinite || !$0.gradientNorm.isFinite }) {
    return Diagnosis(
      .bad,
      "Not a finite number at update \(broken.step): look at its pairs, lower the learning rate.")
  }
  if let stuck = stuck(run, updates) { return Diagnosis(.bad, stuck) }
  guard updates.count >= 5 else {
    return Diagnosis(.waiting, "Too early to say: \(updates.count) of the first 5 updates.")
  }
  let forgetting = forgetting(curves)
  if let lost = forgetting.lost { return Diagnosis(.bad, lost) }
  // The middle of the last updates, so that one odd batch does not turn the sentence around.
  let recent = updates.suffix(max(10, updates.count / 5))
  let chosen = median(recent.map(\.rewardChosen))
  let rejected = median(recent.map(\.rewardRejected))
  // Less than this is the noise of a batch.
  let enough = 0.05
  let probes = forgetting.text
  let rewards = "(r⁺ \(fixed(chosen, 2)), r⁻ \(fixed(rejected, 2)))"
  if chosen > enough, rejected > enough, rejected > 0.3 * chosen {
    return Diagnosis(
      .watch,
      "Both rise: pull-up \(rewards); "
        + ([.spotBCO, .spotBCE].contains(run.settings?.objective)
          ? "y⁻'s own term works against it." : "spot-bco holds y⁻ down."))
  }
  if chosen < -enough, rejected < -enough {
    if chosen > rejected + 0.02 {
      return Diagnosis(.watch, "Both fall: the margin grows by suppression \(rewards).")
    }
    return chosen < rejected - 0.02
      ? Diagnosis(.watch, "Both fall and y⁺ falls more \(rewards): lower the learning rate.")
      : Diagnosis(.waiting, "Both fall alike so far \(rewards): no margin yet.")
  }
  if let headroom = run.headroom, headroom < Headroom.enough, rejected < -2 * headroom,
    rejected < -1
  {
    return Diagnosis(
      .watch,
      "r⁺ cannot pass \(fixed(headroom, 2)) and the negative term runs away (r⁻ \(fixed(rejected, 1))): "
        + "raise β.")
  }
  if chosen > enough || (chosen > -enough && rejected < -enough) {
    return Diagnosis(
      .good, "Learning" + (probes.map { ", \($0)" } ?? "; no probes watch for forgetting."))
  }
  if first.learningRate == 0, updates.count < 10 {
    return Diagnosis(
      .waiting, "Too early to say: the first update had learning rate 0, as warm-up begins.")
  }
  let advice = last.learningRate < 1e-4 ? "; a small model wants 1e-4 or more" : ""
  return Diagnosis(
    .waiting,
    "Hardly moving yet: r⁺ \(fixed(chosen, 3)), r⁻ \(fixed(rejected, 3)) at learning rate "
      + "\(short(last.learningRate))\(advice).")
}

/// Why nothing moves at all, when nothing does.
private func stuck(_ run: RunRecord, _ updates: [UpdateMetrics]) -> String? {
  guard updates.count >= 3, run.settings?.objective.hasReward == true else { return nil }
  let isStill = updates.suffix(20).allSatisfy {
    ($0.rewardChosen.magnitude < 1e-9) && ($0.rewardRejected.magnitude < 1e-9)
  }
  guard isStill else { return nil }
  let causes: String
  if run.settings?.beta == 0 {
    causes = "β is 0, so every reward is 0"
  } else if updates.allSatisfy({ $0.learningRate == 0 }) {
    causes =
      updates.count <= 3
      ? "the learning rate is still 0, as warm-up begins" : "the learning rate is 0 at every update"
  } else if updates.allSatisfy({ $0.gradientNorm == 0 }) {
    causes = "the gradient is 0: y⁺ equals y⁻, or the answers are empty"
  } else {
    causes =
      "updates are taken and no reward moves: the learning rate is too small for the weights' precision"
  }
  return "The loss is stuck and all rewards are 0: \(causes)."
}

/// What the probes say: how accuracy changed since the first of them, and the worst loss when it is one.
private func forgetting(_ curves: RunCurves) -> (text: String?, lost: String?) {
  guard let first = curves.probes.first, let last = curves.probes.last, last.step > first.step
  else {
    return (nil, nil)
  }
  var parts: [String] = []
  var lost: (suite: String, change: Double)?
  for suite in last.suites {
    guard let before = first.suites.first(where: { $0.suite == suite.suite }) else { continue }
    if let now = suite.accuracy, let then = before.accuracy {
      let change = 100 * (now - then)
      parts.append("\(suite.suite) \(signed(change, 1))")
      if change < -5, change < (lost?.change ?? 0) { lost = (suite.suite, change) }
    } else {
      let change = suite.logLoss - before.logLoss
      parts.append("\(suite.suite) log-loss \(signed(change, 2))")
      if change > 0.2, lost == nil { lost = (suite.suite, -change) }
    }
  }
  guard !parts.isEmpty else { return (nil, nil) }
  let list = parts.joined(separator: ", ")
  if let lost {
    return (nil, "Forgetting: \(lost.suite) got worse (\(list) since update \(first.step)).")
  }
  return ("no forgetting seen: \(list) since update \(first.step).", nil)
}

/// Why a run is not going on, and what to do.
private func ended(_ run: RunRecord) -> String {
  if !run.message.isEmpty { return run.message }
  return run.condition == .died
    ? "Its process is gone without a word; r resumes from the last checkpoint."
    : "It failed; r resumes from the last checkpoint."
}

/// What a run without an update is doing.
private func beginning(_ run: RunRecord) -> String {
  switch run.condition {
  case .preparing:
    "Preparing: the model is read, the longest pair is measured, the reference is computed."
  case .paused: "Paused before its first update; p continues."
  case .running: "Running; the first update is not here yet."
  case .stopped: "Stopped before its first update; r resumes."
  case .done: "Done without an update."
  case .failed, .died: ended(run)
  }
}

private func median(_ values: [Double]) -> Double {
  let sorted = values.filter(\.isFinite).sorted()
  return sorted.isEmpty ? .nan : sorted[sorted.count / 2]
}
