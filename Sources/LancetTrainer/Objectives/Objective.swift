// The objectives of the method's table: from log-probabilities to a loss and to the coefficient of every answer
// token. Formulas: arXiv 2603.01683 and TRL 0.20.0 (`dpo_trainer.py`, `dpo_loss`).

import Glibc
import LancetCore

/// The log-probabilities of one pair: sums over answer tokens, under the model and under the reference, in nats.
public struct PairLogProbs: Sendable, Hashable {
  /// log π_θ(y⁺|x) and log π_θ(y⁻|x).
  public var chosen: Double
  /// y⁻.
  public var rejected: Double
  /// log π_ref(y⁺|x) and log π_ref(y⁻|x).
  public var referenceChosen: Double
  /// log π_ref(y⁻|x).
  public var referenceRejected: Double

  /// Four sums in nats.
  public init(
    chosen: Double, rejected: Double, referenceChosen: Double, referenceRejected: Double
  ) {
    self.chosen = chosen
    self.rejected = rejected
    self.referenceChosen = referenceChosen
    self.referenceRejected = referenceRejected
  }

  /// r⁺ = β·(log π_θ(y⁺|x) − log π_ref(y⁺|x)).
  public func rewardChosen(beta: Double) -> Double { beta * (chosen - referenceChosen) }
  /// r⁻, likewise.
  public func rewardRejected(beta: Double) -> Double { beta * (rejected - referenceRejected) }
}

/// What one pair contributes: its loss, and how its answers' tokens are weighted in the gradient.
public struct PairTerm: Sendable, Hashable {
  /// The loss of this pair, before the mean over the micro-batch.
  public var loss: Double
  /// dLoss/dlog π of every token of y⁺, before the mean over the micro-batch.
  public var chosenWeight: Double
  /// The same of every token of y⁻.
  public var rejectedWeight: Double
  /// The tether λ = 1 − σ(r⁺ − δ): 1 for objectives without a reward, as SFT's weight is for ever.
  public var tether: Double
}

extension Objective {
  /// The term of one pair, for the objectives that are a mean over pairs.
  ///
  /// - Parameters:
  ///   - beta: β of the reward.
  ///   - shift: δ, taken as a constant; only `spot-bco` uses it.
  func pairTerm(_ pair: PairLogProbs, beta: Double, shift: Double) -> PairTerm {
    let chosen = pair.rewardChosen(beta: beta)
    let rejected = pair.rewardRejected(beta: beta)
    switch self {
    case .dpo:
      let margin = chosen - rejected
      let weight = beta * sigmoid(-margin)
      return PairTerm(
        loss: softplus(-margin), chosenWeight: -weight, rejectedWeight: weight,
        tether: sigmoid(-margin))
    case .rewardSFT:
      return PairTerm(
        loss: softplus(-chosen), chosenWeight: -beta * sigmoid(-chosen), rejectedWeight: 0,
        tether: sigmoid(-chosen))
    case .spotBCE, .spotBCO:
      let up = chosen - (self == .spotBCO ? shift : 0)
      let down = rejected - (self == .spotBCO ? shift : 0)
      return PairTerm(
        loss: softplus(-up) + softplus(down), chosenWeight: -beta * sigmoid(-up),
        rejectedWeight: beta * sigmoid(down), tether: sigmoid(-up))
    case .sftPlus, .rft, .dft:
      return PairTerm(loss: -pair.chosen, chosenWeight: -1, rejectedWeight: 0, tether: 1)
    }
  }
}

/// σ(x) without overflow.
func sigmoid(_ x: Double) -> Double {
  x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x))
}

/// log(1 + eˣ) without overflow; −log σ(x) = softplus(−x).
func softplus(_ x: Double) -> Double {
  max(x, 0) + log1p(exp(-abs(x)))
}
