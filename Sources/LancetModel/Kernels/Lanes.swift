// Eight floats at a time: loads, stores, sums and the exponential that the elementwise kernels are made of.

/// The width the kernels work in.
typealias Lanes = SIMD8<Float>

/// The floats `p[0..<min(8, left)]`, then zeros.
@inline(__always)
func load(_ p: UnsafePointer<Float>, _ left: Int) -> Lanes {
  if left >= Lanes.scalarCount { return UnsafeRawPointer(p).loadUnaligned(as: Lanes.self) }
  return loadTail(p, left)
}

/// Writes the first `min(8, left)` lanes.
@inline(__always)
func store(_ value: Lanes, _ p: UnsafeMutablePointer<Float>, _ left: Int) {
  if left >= Lanes.scalarCount {
    UnsafeMutableRawPointer(p).storeBytes(of: value, as: Lanes.self)
  } else {
    storeTail(value, p, left)
  }
}

@inline(never)
private func loadTail(_ p: UnsafePointer<Float>, _ left: Int) -> Lanes {
  var value = Lanes()
  for lane in 0..<max(0, left) { value[lane] = p[lane] }
  return value
}

@inline(never)
private func storeTail(_ value: Lanes, _ p: UnsafeMutablePointer<Float>, _ left: Int) {
  for lane in 0..<max(0, left) { p[lane] = value[lane] }
}

/// eˣ in every lane, within 2 units in the last place; below −87.3 it is about 1e-38, above 88.3 about 2e38; NaN stays NaN.
///
/// x = n·ln 2 + r with n rounded by adding 1.5·2²³, so that no instruction of rounding is needed; a polynomial of degree six
/// (Cephes) gives eʳ, and n goes into the exponent's bits.
@inline(__always)
func exponential(_ x: Lanes) -> Lanes {
  typealias Bits = SIMD8<UInt32>
  var x = x
  x.replace(with: 88.3, where: x .> 88.3)
  x.replace(with: -87.3, where: x .< -87.3)
  let rounded = x * 1.442_695_04 + 12_582_912
  let n = rounded - 12_582_912
  var r = x - n * 0.693_359_375
  r = r + n * 2.121_944_4e-4
  var p = r * 1.987_569_15e-4 + 1.398_199_95e-3
  p = p * r + 8.333_451_9e-3
  p = p * r + 4.166_579_6e-2
  p = p * r + 1.666_666_55e-1
  p = p * r + 0.5
  p = p * (r * r) + r + 1
  let exponent = unsafeBitCast(rounded, to: Bits.self) &<< Bits(repeating: 23)
  return p * unsafeBitCast(exponent &+ Bits(repeating: 0x3F80_0000), to: Lanes.self)
}

/// Σ a·b.
@inline(__always)
func dot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int) -> Float {
  var even = Lanes()
  var odd = Lanes()
  var i = 0
  while i + 16 <= count {
    even += load(a + i, 8) * load(b + i, 8)
    odd += load(a + i + 8, 8) * load(b + i + 8, 8)
    i += 16
  }
  while i < count {
    even += load(a + i, count - i) * load(b + i, count - i)
    i += 8
  }
  return (even + odd).sum()
}

/// y += x.
@inline(__always)
func add(_ x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>, _ count: Int) {
  var i = 0
  while i < count {
    let left = count - i
    store(load(y + i, left) + load(x + i, left), y + i, left)
    i += 8
  }
}

/// x *= factor.
@inline(__always)
func scale(_ x: UnsafeMutablePointer<Float>, by factor: Float, _ count: Int) {
  var i = 0
  while i < count {
    store(load(x + i, count - i) * factor, x + i, count - i)
    i += 8
  }
}
