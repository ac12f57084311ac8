// Draws one token from logits: greedy, by temperature, from the likeliest part.

import Glibc

/// Draws tokens one after the other, with its own random numbers.
public struct Sampler: Sendable {
  private let temperature: Double
  private let topP: Double
  private var random: SplitMix64

  /// A sampler for these options.
  public init(_ options: SamplingOptions) {
    temperature = Double(options.temperature)
    topP = Double(options.topP)
    random = SplitMix64(seed: options.seed)
  }

  /// The next token and its log-probability at temperature 1; nil when a logit is NaN or +∞, or all are −∞.
  public mutating func draw(
    _ logits: UnsafeBufferPointer<Float>
  ) -> (token: Int32, logProb: Float)? {
    var best = -1
    for (index, value) in logits.enumerated() {
      if value.isNaN || value == .infinity { return nil }
      if value > (best < 0 ? -.infinity : logits[best]) { best = index }
    }
    guard best >= 0 else { return nil }
    let top = Double(logits[best])
    let total = logits.reduce(0.0) { $0 + exp(Double($1) - top) }
    func logProb(_ token: Int) -> Float { Float(Double(logits[token]) - top - log(total)) }
    guard temperature > 0 else { return (Int32(truncatingIfNeeded: best), logProb(best)) }
    let token = pick(logits, top: top, best: best)
    return (Int32(truncatingIfNeeded: token), logProb(token))
  }

  private mutating func pick(_ logits: UnsafeBufferPointer<Float>, top: Double, best: Int) -> Int {
    let weights = logits.map { exp((Double($0) - top) / temperature) }
    let total = weights.reduce(0, +)
    var candidates = Array(weights.indices)
    if topP < 1 {
      // All tokens below this line together have less than 1 − topP, so none of them can be needed.
      let line = total * (1 - topP) / Double(weights.count)
      candidates = candidates.filter { weights[$0] >= line || $0 == best }
      candidates.sort { weights[$0] != weights[$1] ? weights[$0] > weights[$1] : $0 < $1 }
      var sum = 0.0
      var keep = 0
      while keep < candidates.count, keep == 0 || sum < topP * total {
        sum += weights[candidates[keep]]
        keep += 1
      }
      candidates.removeSubrange(keep...)
    }
    var left = random.nextUnit() * candidates.reduce(0) { $0 + weights[$1] }
    for token in candidates {
      left -= weights[token]
      if left < 0 { return token }
    }
    return candidates.last { weights[$0] > 0 } ?? best
  }
}
