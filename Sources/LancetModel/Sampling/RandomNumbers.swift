// The random numbers of sampling: SplitMix64 (Steele, Lea, Flood 2014), the same on every machine for the same seed.

/// A stream of 64-bit random numbers.
public struct SplitMix64: Sendable, Hashable {
  private var state: UInt64

  /// The stream that belongs to this seed.
  public init(seed: UInt64) { state = seed }

  /// The next number.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// The next number as a fraction in 0..<1, from its upper 53 bits.
  public mutating func nextUnit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
