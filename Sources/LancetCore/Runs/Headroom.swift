// Reward headroom: how far r⁺ can rise at all. A probability cannot pass 1, so r⁺ ≤ −β·log π_ref(y⁺|x). When that is
// small the tether never tightens and the negative term runs away.

/// The headroom of a set of pairs under one β.
public struct Headroom: Sendable, Hashable {
  /// Below this the tether λ = 1 − σ(r⁺ − δ) stays well above zero however well a pair is learned.
  public static let enough = 2.0

  /// The mean of log π_ref(y⁺|x) over the pairs, in nats.
  public var meanLogProb: Double
  /// The reward's scale.
  public var beta: Double

  /// The headroom of pairs with this mean log π_ref(y⁺|x).
  public init(beta: Double, meanLogProb: Double) {
    self.beta = beta
    self.meanLogProb = meanLogProb
  }

  /// −β·mean log π_ref(y⁺|x): the most that r⁺ can reach.
  public var value: Double { -beta * meanLogProb }

  /// Whether the tether can tighten.
  public var isEnough: Bool { value >= Self.enough }

  /// The smallest β of one significant digit that gives enough; nil when no β does.
  public var proposedBeta: Double? {
    guard meanLogProb < 0 else { return nil }
    let wanted = Self.enough / -meanLogProb
    guard wanted.isFinite, wanted > 0 else { return nil }
    var scale = 1.0
    while wanted / scale >= 10, scale < 1e12 { scale *= 10 }
    while wanted / scale < 1, scale > 1e-12 { scale /= 10 }
    // A quotient that is a digit but for the last bits of a double is that digit.
    let digit = (wanted / scale * (1 - 1e-12)).rounded(.up)
    // Division and not multiplication by a fraction, so that 0.3 is written as 0.3.
    return scale < 1 ? digit / (1 / scale).rounded() : digit * scale
  }

  /// A warning for a person.
  public var sentence: String {
    let shown = (value * 100).rounded() / 100
    let advice = proposedBeta.map { "; β \(plain($0)) would give about 2" } ?? ""
    return
      "reward headroom \(shown): r⁺ cannot rise above it, so the tether hardly tightens\(advice)"
  }
}
