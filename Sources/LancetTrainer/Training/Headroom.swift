// Reward headroom: how far r⁺ can rise at all. A probability cannot pass 1, so r⁺ ≤ −β·log π_ref(y⁺|x). When that is
// small the tether never tightens and the negative term runs away.

/// The headroom of a set of pairs, and the β that would give enough.
public struct Headroom: Sendable, Hashable {
  /// Below this the tether λ = 1 − σ(r⁺ − δ) stays well above zero however well a pair is learned.
  public static let enough = 2.0

  /// β, and −β·mean log π_ref(y⁺|x).
  public var beta: Double
  /// −β·mean log π_ref(y⁺|x).
  public var headroom: Double

  /// A headroom measured with this β.
  public init(beta: Double, headroom: Double) {
    self.beta = beta
    self.headroom = headroom
  }

  /// The smallest β, rounded up to one significant digit, that gives enough; nil when there is enough or no β helps.
  public var proposedBeta: Double? {
    guard headroom < Self.enough, headroom > 0, beta > 0 else { return nil }
    let wanted = beta * Self.enough / headroom
    var scale = 1.0
    while wanted / scale >= 10 { scale *= 10 }
    while wanted / scale < 1 { scale /= 10 }
    return (wanted / scale).rounded(.up) * scale
  }

  /// A warning for a person.
  public var sentence: String {
    let shown = (headroom * 100).rounded() / 100
    let advice = proposedBeta.map { "; β \($0) would give about 2" } ?? ""
    return
      "reward headroom \(shown): r⁺ cannot rise above it, so the tether hardly tightens\(advice)"
  }
}
