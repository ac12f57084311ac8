// The objectives against their formulas, written a second time and plainly; and against finite differences.

import Foundation
import LancetCore
import LancetModel
import Testing

@testable import LancetTrainer

private func logSigmoid(_ x: Double) -> Double { -log(1 + exp(-x)) }

private let pair = PairLogProbs(
  chosen: -41.5, rejected: -39.25, referenceChosen: -44, referenceRejected: -38)

@Suite struct ObjectiveTests {
  @Test func `every loss is the formula of the method`() {
    let beta = 0.3
    let up = beta * (-41.5 + 44)
    let down = beta * (-39.25 + 38)
    let delta = 0.17
    func loss(_ objective: Objective) -> Double {
      objective.pairTerm(pair, beta: beta, shift: delta).loss
    }
    #expect(abs(loss(.dpo) - -logSigmoid(up - down)) < 1e-12)
    #expect(abs(loss(.rewardSFT) - -logSigmoid(up)) < 1e-12)
    #expect(abs(loss(.spotBCE) - (-logSigmoid(up) - logSigmoid(-down))) < 1e-12)
    #expect(
      abs(loss(.spotBCO) - (-logSigmoid(up - delta) - logSigmoid(-(down - delta)))) < 1e-12)
    #expect(loss(.sftPlus) == 41.5)
  }

  @Test(arguments: [Objective.dpo, .rewardSFT, .spotBCE, .spotBCO, .sftPlus])
  func `the weights are the derivatives of the loss`(objective: Objective) {
    let h = 1e-5
    func loss(_ chosen: Double, _ rejected: Double) -> Double {
      var moved = pair
      moved.chosen += chosen
      moved.rejected += rejected
      return objective.pairTerm(moved, beta: 0.4, shift: 0.2).loss
    }
    let term = objective.pairTerm(pair, beta: 0.4, shift: 0.2)
    #expect(abs((loss(h, 0) - loss(-h, 0)) / (2 * h) - term.chosenWeight) < 1e-7)
    #expect(abs((loss(0, h) - loss(0, -h)) / (2 * h) - term.rejectedWeight) < 1e-7)
  }

  @Test func `losses at the start are the known constants`() {
    let start = PairLogProbs(
      chosen: -10, rejected: -12, referenceChosen: -10, referenceRejected: -12)
    #expect(abs(Objective.dpo.pairTerm(start, beta: 0.1, shift: 0).loss - log(2)) < 1e-12)
    #expect(abs(Objective.spotBCO.pairTerm(start, beta: 0.1, shift: 0).loss - 2 * log(2)) < 1e-12)
    #expect(Objective.spotBCO.pairTerm(start, beta: 0.1, shift: 0).tether == 0.5)
  }

  @Test func `extreme rewards neither overflow nor lose their sign`() {
    let far = PairLogProbs(
      chosen: 1e6, rejected: -1e6, referenceChosen: 0, referenceRejected: 0)
    for objective in [Objective.dpo, .spotBCE, .rewardSFT] {
      let term = objective.pairTerm(far, beta: 1, shift: 0)
      #expect(term.loss.isFinite && term.chosenWeight.isFinite && term.rejectedWeight.isFinite)
    }
  }

  @Test func `on the shared beginning both gradients cancel before the first step`() {
    let tokens = PairTokens(prompt: [1, 2], chosen: [5, 6, 7], rejected: [5, 6, 8, 9])
    #expect(
      tokens.tree == TokenTree(shared: [1, 2, 5, 6], branches: [[7], [8, 9]], scoreFrom: 2))
    let logs = TreeLogProbs(shared: [-1, -2], branches: [[-3], [-1, -1]])
    let edited = tokens.editedTokens()
    let batched = BatchedPair(
      tokens: tokens, editedChosen: edited.chosen, editedRejected: edited.rejected,
      referenceChosen: -6, referenceRejected: -5)
    var shift = Shift(.mean)
    let (figures, weights) = Objective.spotBCO.evaluate(
      [batched], logProbs: [logs], beta: 0.1, shift: &shift, accumulate: 1)
    #expect(weights[0].shared == [0, 0])
    #expect(abs(weights[0].branches[0][0] + 0.05) < 1e-7)
    #expect(abs(weights[0].branches[1][0] - 0.05) < 1e-7)
    #expect(figures.weightEdited == figures.weightAll)
  }

  @Test func `the token mean counts every answer token of the micro-batch`() {
    let one = PairTokens(prompt: [1], chosen: [2, 3, 4], rejected: [9])
    let two = PairTokens(prompt: [1], chosen: [2], rejected: [9])
    func batched(_ tokens: PairTokens) -> BatchedPair {
      BatchedPair(
        tokens: tokens, editedChosen: tokens.editedTokens().chosen,
        editedRejected: tokens.editedTokens().rejected, referenceChosen: 0, referenceRejected: 0)
    }
    let logs = [
      TreeLogProbs(shared: [], branches: [[-1, -2, -3], [-1]]),
      TreeLogProbs(shared: [], branches: [[-4], [-1]]),
    ]
    var shift = Shift(.mean)
    let sft = Objective.sftPlus.evaluate(
      [batched(one), batched(two)], logProbs: logs, beta: 0.1, shift: &shift, accumulate: 2)
    #expect(abs(sft.figures.loss - 2.5) < 1e-12)
    #expect(sft.coefficients[0].branches[0] == [-0.125, -0.125, -0.125])
    let dft = Objective.dft.evaluate(
      [batched(one), batched(two)], logProbs: logs, beta: 0.1, shift: &shift, accumulate: 1)
    let expected = (exp(-1.0) + 2 * exp(-2) + 3 * exp(-3) + 4 * exp(-4)) / 4
    #expect(abs(dft.figures.loss - expected) < 1e-6)
    #expect(abs(Double(dft.coefficients[0].branches[0][1]) + exp(-2) / 4) < 1e-7)
  }
}

@Suite struct ShiftTests {
  @Test func `the mean counts each micro-batch once`() {
    var shift = Shift(.mean)
    for value in [0.0, 0.4, -0.1] { shift.update(mean: value) }
    #expect(abs(shift.value - 0.1) < 1e-12)
  }

  @Test func `a moving average of one constant is that constant from the first step on`() {
    var shift = Shift(.ema(0.9))
    for _ in 0..<5 {
      shift.update(mean: 0.7)
      #expect(abs(shift.value - 0.7) < 1e-12)
    }
  }

  @Test(arguments: [ShiftRule.mean, .ema(0.8), .zero])
  func `a shift goes on where a checkpoint left it`(rule: ShiftRule) {
    var whole = Shift(rule)
    for value in [0.3, 0.1] { whole.update(mean: value) }
    var resumed = Shift(rule, count: whole.count, raw: whole.state)
    whole.update(mean: -0.4)
    resumed.update(mean: -0.4)
    #expect(resumed == whole)
  }
}

private func schedule(
  peak: Double, _ shape: ScheduleShape, updates: Int, warmup: Double
) -> Schedule {
  var settings = RunSettings()
  (settings.learningRate, settings.schedule, settings.warmup) = (peak, shape, warmup)
  return Schedule(settings, updates: updates)
}

@Suite struct ScheduleTests {
  @Test func `the first update of a warm-up has rate zero, the cosine ends near zero`() {
    let schedule = schedule(peak: 1e-4, .cosine, updates: 8, warmup: 0.25)
    #expect(schedule.warmup == 2)
    #expect(schedule.rate(at: 0) == 0)
    #expect(abs(schedule.rate(at: 1) - 5e-5) < 1e-18)
    #expect(schedule.rate(at: 2) == 1e-4)
    #expect(abs(schedule.rate(at: 5) - 1e-4 * 0.5 * (1 + cos(.pi * 0.5))) < 1e-18)
  }

  @Test func `linear and constant do as they say`() {
    let linear = schedule(peak: 1, .linear, updates: 4, warmup: 0)
    #expect((0..<4).map(linear.rate) == [1, 0.75, 0.5, 0.25])
    let constant = schedule(peak: 1, .constant, updates: 4, warmup: 0.5)
    #expect((0..<4).map(constant.rate) == [0, 0.5, 1, 1])
  }
}

@Suite struct PairOrderTests {
  @Test func `file order goes through all pairs, with a short last micro-batch`() {
    let plan = PairOrderPlan(pairs: 5, batch: 2, accumulate: 2, order: .file, seed: 0)
    #expect(plan.updatesPerEpoch == 2)
    #expect(plan.microBatches(ofUpdate: 0) == [[0, 1], [2, 3]])
    #expect(plan.microBatches(ofUpdate: 1) == [[4]])
    #expect(plan.microBatches(ofUpdate: 2) == [[0, 1], [2, 3]])
  }

  @Test func `a shuffle is a permutation, the same for the same seed, another each epoch`() {
    let plan = PairOrderPlan(pairs: 40, batch: 8, accumulate: 1, order: .shuffle, seed: 7)
    let first = plan.permutation(ofEpoch: 0)
    #expect(first.sorted() == Array(0..<40))
    #expect(first == plan.permutation(ofEpoch: 0))
    #expect(first != plan.permutation(ofEpoch: 1))
    #expect(first != Array(0..<40))
  }
}

@Suite struct DivergenceTests {
  @Test func `twenty high losses in a row end a run, nineteen do not`() {
    var watch = DivergenceWatch()
    for step in 1...30 { #expect(watch.see(1, step: step) == nil) }
    for step in 31...49 { #expect(watch.see(11, step: step) == nil) }
    #expect(watch.see(11, step: 50) == .diverged(update: 50, loss: 11, median: 1))
    var calm = DivergenceWatch(recent: [1, 1, 1])
    for _ in 0..<19 { _ = calm.see(11, step: 1) }
    #expect(calm.see(1, step: 2) == nil)
    #expect(calm.see(11, step: 3) == nil)
  }
}
