// Rotary positions (the half-split form of Hugging Face): the angles, the rotation, and the rotation back.

import Glibc

/// Cosines and sines of positions 0..<count, `headDim / 2` of each a position.
struct RopeTable {
  private(set) var count = 0
  let half: Int
  private(set) var cosines: [Float] = []
  private(set) var sines: [Float] = []
  private let frequencies: [Float]
  /// What cosines and sines are multiplied by; the rotation back then carries it too, as the derivative must.
  private let factor: Float

  init(_ config: ModelConfig) {
    half = config.headDim / 2
    frequencies = ropeFrequencies(config)
    if case .perFrequency(_, let attention) = config.ropeScaling {
      factor = Float(attention)
    } else {
      factor = 1
    }
  }

  /// Makes the table long enough for `positions` positions.
  mutating func extend(to positions: Int) {
    guard positions > count else { return }
    cosines.reserveCapacity(positions * half)
    sines.reserveCapacity(positions * half)
    for position in count..<positions {
      for frequency in frequencies {
        // The product is rounded to single precision first, as Transformers does.
        let angle = Double(Float(position) * frequency)
        cosines.append(Float(cos(angle)) * factor)
        sines.append(Float(sin(angle)) * factor)
      }
    }
    count = positions
  }
}

/// The angle by which each pair of a head turns from one position to the next, stretched as the configuration says.
func ropeFrequencies(_ config: ModelConfig) -> [Float] {
  (0..<config.headDim / 2).map { pair in
    let plain = 1 / pow(config.ropeTheta, Double(2 * pair) / Double(config.headDim))
    switch config.ropeScaling {
    case .none: return Float(plain)
    case .perFrequency(let factors, _): return Float(plain / factors[pair])
    case .linear(let factor): return Float(plain / factor)
    case .llama3(let factor, let low, let high, let original):
      let wavelength = 2 * Double.pi / plain
      let positions = Double(original)
      if wavelength > positions / low { return Float(plain / factor) }
      if wavelength < positions / high { return Float(plain) }
      let smooth = (positions / wavelength - low) / (high - low)
      return Float((1 - smooth) * plain / factor + smooth * plain)
    }
  }
}

/// Rotates one head in place: (a, b) → (a·cos − b·sin, b·cos + a·sin), a the first half and b the second.
@inline(__always)
func rotate(
  _ x: UnsafeMutablePointer<Float>, cosines: UnsafePointer<Float>, sines: UnsafePointer<Float>,
  half: Int
) {
  var i = 0
  while i < half {
    let left = half - i
    let a = load(x + i, left)
    let b = load(x + half + i, left)
    let c = load(cosines + i, left)
    let s = load(sines + i, left)
    store(a * c - b * s, x + i, left)
    store(b * c + a * s, x + half + i, left)
    i += 8
  }
}

/// The derivative of ``rotate``, which is the rotation back.
@inline(__always)
func rotateBack(
  _ x: UnsafeMutablePointer<Float>, cosines: UnsafePointer<Float>, sines: UnsafePointer<Float>,
  half: Int
) {
  var i = 0
  while i < half {
    let left = half - i
    let a = load(x + i, left)
    let b = load(x + half + i, left)
    let c = load(cosines + i, left)
    let s = load(sines + i, left)
    store(a * c + b * s, x + i, left)
    store(b * c - a * s, x + half + i, left)
    i += 8
  }
}
