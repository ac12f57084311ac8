// One micro-batch: from the log-probabilities of its trees to its loss, its figures, and the derivative of the update's
// loss by every scored token's log-probability.

import Glibc
import LancetCore
import LancetModel

/// What a micro-batch shows of itself; rewards in nats times β, log-probabilities in nats, all means over its pairs.
public struct MicroBatchFigures: Sendable, Hashable {
  /// The loss: the mean over the pairs, or over the answer tokens for objectives that are token means.
  public var loss: Double
  /// δ after this micro-batch went in.
  public var shift: Double
  /// r⁺ and r⁻ of every pair, in order.
  public var rewardsChosen: [Double]
  /// r⁻ of every pair.
  public var rewardsRejected: [Double]
  /// log π_θ of both answers of every pair, in order.
  public var logProbsChosen: [Double]
  /// log π_θ of y⁻ of every pair.
  public var logProbsRejected: [Double]
  /// The mean tether λ.
  public var tether: Double
  /// Gradient weight on edited answer tokens: Σ |c_t|·(1 − p_t).
  public var weightEdited: Double
  /// The same over all answer tokens.
  public var weightAll: Double
}

/// One pair in a micro-batch.
struct BatchedPair {
  /// Its tokens.
  var tokens: PairTokens
  /// Which tokens of y⁺ are edited.
  var editedChosen: [Bool]
  /// Which tokens of y⁻ are edited.
  var editedRejected: [Bool]
  /// log π_ref(y⁺), in nats.
  var referenceChosen: Double
  /// log π_ref(y⁻), in nats.
  var referenceRejected: Double
}

extension Objective {
  /// The loss of a micro-batch and the coefficients for ``Transformer/backward(_:)``.
  ///
  /// - Parameters:
  ///   - pairs: the pairs, in order.
  ///   - logProbs: one entry a pair, from the forward pass over their trees (branch 0 is y⁺, branch 1 is y⁻).
  ///   - beta: β.
  ///   - shift: δ's state, which takes in this micro-batch.
  ///   - accumulate: G, the configured micro-batches of an update; a short last window is divided by it too, as in
  ///     Transformers.
  /// - Returns: the figures, and dLoss/dlog p of every scored token. A shared token carries the sum of both answers'.
  func evaluate(
    _ pairs: [BatchedPair], logProbs: [TreeLogProbs], beta: Double, shift: inout Shift,
    accumulate: Int
  ) -> (figures: MicroBatchFigures, coefficients: [TreeLogProbs]) {
    let sums = zip(pairs, logProbs).map { pair, logs in
      PairLogProbs(
        chosen: logs.rowSum(branch: 0), rejected: logs.rowSum(branch: 1),
        referenceChosen: pair.referenceChosen, referenceRejected: pair.referenceRejected)
    }
    let rewardsChosen = sums.map { $0.rewardChosen(beta: beta) }
    let rewardsRejected = sums.map { $0.rewardRejected(beta: beta) }
    let rewardSum = rewardsChosen.reduce(0, +) + rewardsRejected.reduce(0, +)
    if usesShift { shift.update(mean: rewardSum / Double(2 * pairs.count)) }
    let delta = usesShift ? shift.value : 0

    let chosenTokens = pairs.reduce(0) { $0 + $1.tokens.chosen.count }
    let divisor = isTokenMean ? Double(max(1, chosenTokens)) : Double(pairs.count)
    var figures = MicroBatchFigures(
      loss: 0, shift: delta, rewardsChosen: rewardsChosen, rewardsRejected: rewardsRejected,
      logProbsChosen: sums.map(\.chosen), logProbsRejected: sums.map(\.rejected), tether: 0,
      weightEdited: 0, weightAll: 0)
    var coefficients: [TreeLogProbs] = []
    coefficients.reserveCapacity(pairs.count)
    for (index, pair) in pairs.enumerated() {
      let term = pairTerm(sums[index], beta: beta, shift: delta)
      figures.tether += term.tether / Double(pairs.count)
      let scale = 1 / (divisor * Double(accumulate))
      let up = term.chosenWeight * scale
      let down = term.rejectedWeight * scale
      let logs = logProbs[index]
      var weights = TreeLogProbs(
        shared: [Float](repeating: Float(up + down), count: logs.shared.count),
        branches: [
          [Float](repeating: Float(up), count: logs.branches[0].count),
          [Float](repeating: Float(down), count: logs.branches[1].count),
        ])
      if self == .dft {
        weights.shared = logs.shared.map { Float(-Double(exp($0)) * scale) }
        weights.branches[0] = logs.branches[0].map { Float(-Double(exp($0)) * scale) }
        let tokenLosses = (logs.shared + logs.branches[0]).map { -Double(exp($0)) * Double($0) }
        figures.loss += tokenLosses.reduce(0, +) / divisor
      } else {
        figures.loss += term.loss / divisor
      }
      figures.addSurgery(pair, logs, weights)
      coefficients.append(weights)
    }
    return (figures, coefficients)
  }
}

extension MicroBatchFigures {
  /// Adds one pair to the surgery meter.
  ///
  /// A shared token counts once, with the sum of both coefficients: that is where the positive
  /// and the negative gradient cancel.
  fileprivate mutating func addSurgery(
    _ pair: BatchedPair, _ logs: TreeLogProbs, _ weights: TreeLogProbs
  ) {
    func weight(_ coefficient: Float, _ logProb: Float) -> Double {
      Double(abs(coefficient)) * (1 - Double(exp(logProb)))
    }
    let shared = logs.shared.count
    for t in 0..<shared {
      let w = weight(weights.shared[t], logs.shared[t])
      weightAll += w
      if pair.editedChosen[t] && pair.editedRejected[t] { weightEdited += w }
    }
    for (branch, edited) in [pair.editedChosen, pair.editedRejected].enumerated() {
      for t in 0..<logs.branches[branch].count {
        let w = weight(weights.branches[branch][t], logs.branches[branch][t])
        weightAll += w
        if edited[shared + t] { weightEdited += w }
      }
    }
  }

  /// Whether every number is finite.
  var isFinite: Bool {
    loss.isFinite && shift.isFinite && logProbsChosen.allSatisfy(\.isFinite)
      && logProbsRejected.allSatisfy(\.isFinite)
  }
}
