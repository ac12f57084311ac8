// What the optimizer does to whole arenas: AdamW in one pass, the norm of the gradient, and the count of numbers that are not
// finite. Arenas are cut into pieces of fixed size, so that sums do not depend on the number of threads.

import Glibc

/// The constants of AdamW.
public struct AdamW: Sendable, Hashable {
  /// The decay of the first moment.
  public var beta1: Double
  /// The decay of the second moment.
  public var beta2: Double
  /// Added to the root of the second moment.
  public var epsilon: Double
  /// The share of a weight that is taken away per unit of learning rate, where decay applies.
  public var weightDecay: Double

  /// The settings of the method, unless others are given.
  public init(
    beta1: Double = 0.9, beta2: Double = 0.95, epsilon: Double = 1e-8, weightDecay: Double = 0.01
  ) {
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
  }

  /// The floats of a piece of work.
  static let piece = 1 << 16

  /// One update, in place: p −= lr·wd·p (inside `decaying`), m and v move towards g and g² with g = `gradientScale`·gradient,
  /// p −= lr/(1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε).
  ///
  /// All four arenas have the same length. `step` counts from 1. In the order of torch.optim.AdamW.
  public func update(
    parameters: UnsafeMutableBufferPointer<Float>, gradients: UnsafeMutableBufferPointer<Float>,
    firstMoments: UnsafeMutableBufferPointer<Float>,
    secondMoments: UnsafeMutableBufferPointer<Float>, decaying: Range<Int>, learningRate: Double,
    step: Int, gradientScale: Float = 1, threads: Int
  ) {
    let count = parameters.count
    precondition(gradients.count == count && firstMoments.count == count)
    precondition(secondMoments.count == count && step > 0)
    guard count > 0 else { return }
    let rate = Float(learningRate / (1 - pow(beta1, Double(step))))
    let root = Float(1 / (1 - pow(beta2, Double(step))).squareRoot())
    let shrink = Float(1 - learningRate * weightDecay)
    let pieces = Self.pieces(count, cutAt: decaying)
    Workers(threads: max(1, threads)).run(pieces.count) { _, index in
      let piece = pieces[index]
      adamW(
        parameters.firstElement + piece.lowerBound,
        gradients.firstElement + piece.lowerBound,
        firstMoments.firstElement + piece.lowerBound,
        secondMoments.firstElement + piece.lowerBound, piece.count,
        shrink: decaying.contains(piece.lowerBound) ? shrink : 1, scale: gradientScale,
        rate: rate, root: root)
    }
  }

  /// `0..<count` in pieces, none of which crosses an end of `range`.
  private static func pieces(_ count: Int, cutAt range: Range<Int>) -> [Range<Int>] {
    let inner = range.clamped(to: 0..<count)
    return [0..<inner.lowerBound, inner, inner.upperBound..<count].flatMap { part in
      stride(from: part.lowerBound, to: part.upperBound, by: piece).map {
        $0..<min(part.upperBound, $0 + piece)
      }
    }
  }

  private func adamW(
    _ p: UnsafeMutablePointer<Float>, _ g: UnsafePointer<Float>, _ m: UnsafeMutablePointer<Float>,
    _ v: UnsafeMutablePointer<Float>, _ count: Int, shrink: Float, scale: Float, rate: Float,
    root: Float
  ) {
    let towards = Float(1 - beta1)
    let keep = Float(beta2)
    let square = Float(1 - beta2)
    let epsilon = Float(epsilon)
    var i = 0
    while i < count {
      let left = count - i
      let gradient = load(g + i, left) * scale
      var first = load(m + i, left)
      first += (gradient - first) * towards
      let second = load(v + i, left) * keep + gradient * gradient * square
      store(first, m + i, left)
      store(second, v + i, left)
      let step = first / (second.squareRoot() * root + epsilon)
      store(load(p + i, left) * shrink - step * rate, p + i, left)
      i += 8
    }
  }
}

/// √Σx² in double precision.
public func euclideanNorm(_ values: UnsafeMutableBufferPointer<Float>, threads: Int) -> Double {
  sumOverPieces(values, threads: threads) { pointer, count in
    var even = SIMD4<Double>()
    var odd = SIMD4<Double>()
    var i = 0
    while i + 8 <= count {
      let value = load(pointer + i, 8)
      let low = SIMD4<Double>(value.lowHalf)
      let high = SIMD4<Double>(value.highHalf)
      even += low * low
      odd += high * high
      i += 8
    }
    var sum = (even + odd).sum()
    while i < count {
      sum += Double(pointer[i]) * Double(pointer[i])
      i += 1
    }
    return sum
  }.squareRoot()
}

/// How many of the numbers are NaN or infinite.
public func nonFiniteCount(_ values: UnsafeMutableBufferPointer<Float>, threads: Int) -> Int {
  Int(
    sumOverPieces(values, threads: threads) { pointer, count in
      typealias Bits = SIMD8<UInt32>
      let exponent = Bits(repeating: 0x7F80_0000)
      var found = Bits()
      var i = 0
      while i < count {
        let bits = unsafeBitCast(load(pointer + i, count - i), to: Bits.self)
        found.replace(with: found &+ 1, where: bits & exponent .== exponent)
        i += 8
      }
      return Double(found.wrappedSum())
    })
}

/// The sum of `body` over pieces of fixed size, added in order.
private func sumOverPieces(
  _ values: UnsafeMutableBufferPointer<Float>, threads: Int,
  _ body: (UnsafePointer<Float>, Int) -> Double
) -> Double {
  guard !values.isEmpty else { return 0 }
  let start = values.firstElement
  let count = (values.count + AdamW.piece - 1) / AdamW.piece
  var sums = [Double](repeating: 0, count: count)
  sums.withUnsafeMutableBufferPointer { sums in
    let sums = sums.firstElement
    Workers(threads: max(1, threads)).run(count) { _, index in
      let first = index * AdamW.piece
      sums[index] = body(start + first, min(AdamW.piece, values.count - first))
    }
  }
  return sums.reduce(0, +)
}
