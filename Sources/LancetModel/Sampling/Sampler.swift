// Draws one token from logits: greedy, by temperature, from the likeliest part. The order of the steps is that of Transformers:
// repetition penalty, temperature, the likeliest k, the likeliest part p, the least probability.

import Glibc

/// Draws tokens one after the other, with its own random numbers.
public struct Sampler: Sendable {
  private let temperature: Double
  private let topP: Double
  private let topK: Int
  private let minP: Double
  private let penalty: Float
  private var random: SplitMix64
  /// The tokens that are there already, when that matters.
  private var seen: Set<Int32> = []

  /// A sampler for these options.
  public init(_ options: SamplingOptions) {
    temperature = Double(options.temperature)
    topP = Double(options.topP)
    topK = options.topK
    minP = Double(options.minP)
    penalty = options.repetitionPenalty
    random = SplitMix64(seed: options.seed)
  }

  /// Notes tokens as being there already.
  public mutating func note(_ tokens: [Int32]) {
    if penalty != 1 { seen.formUnion(tokens) }
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
    guard penalty != 1, !seen.isEmpty else {
      let token = temperature > 0 ? pick(logits, top: top, best: best) : best
      return (Int32(truncatingIfNeeded: token), logProb(token))
    }
    var changed = Array(logits)
    for token in seen where changed.indices.contains(Int(token)) {
      let value = changed[Int(token)]
      changed[Int(token)] = value < 0 ? value * penalty : value / penalty
    }
    let token = changed.withUnsafeBufferPointer { changed in
      var best = 0
      for index in changed.indices where changed[index] > changed[best] { best = index }
      return temperature > 0 ? pick(changed, top: Double(changed[best]), best: best) : best
    }
    return (Int32(truncatingIfNeeded: token), logProb(token))
  }

  private mutating func pick(_ logits: UnsafeBufferPointer<Float>, top: Double, best: Int) -> Int {
    var weights = logits.map { exp((Double($0) - top) / temperature) }
    var candidates = Array(weights.indices)
    if topK > 0, topK < weights.count {
      // The k-th likeliest and all its equals are kept, as in Transformers.
      let least = weights.sorted(by: >)[topK - 1]
      for index in candidates where weights[index] < least { weights[index] = 0 }
      candidates = candidates.filter { weights[$0] > 0 || $0 == best }
    }
    let total = weights.reduce(0, +)
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
    if minP > 0 { candidates = candidates.filter { weights[$0] >= minP * weights[best] } }
    var left = random.nextUnit() * candidates.reduce(0) { $0 + weights[$1] }
    for token in candidates {
      left -= weights[token]
      if left < 0 { return token }
    }
    return candidates.last { weights[$0] > 0 } ?? best
  }
}
