// Stored numbers to fp32. Nothing is assumed about alignment: other writers skip the padding.

/// Turns stored numbers into fp32.
///
/// - Parameters:
///   - bytes: little-endian numbers of the type, as many as `out` holds.
///   - type: F32, F16 or BF16.
func decodeFloats(
  _ bytes: UnsafeRawBufferPointer, type: TensorType, into out: UnsafeMutableBufferPointer<Float>
) {
  switch type {
  case .float32:
    for i in 0..<min(out.count, bytes.count / 4) {
      out[i] = Float(
        bitPattern: UInt32(
          littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * i, as: UInt32.self)))
    }
  case .bfloat16:
    for i in 0..<min(out.count, bytes.count / 2) {
      let half = UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 2 * i, as: UInt16.self))
      out[i] = Float(bitPattern: UInt32(half) << 16)
    }
  case .float16:
    for i in 0..<min(out.count, bytes.count / 2) {
      let half = UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 2 * i, as: UInt16.self))
      out[i] = float(half: half)
    }
  default: break
  }
}

/// A half-precision number as fp32, exactly; subnormal, infinite and NaN ones too.
@inline(__always)
func float(half: UInt16) -> Float {
  let sign = UInt32(half & 0x8000) << 16
  let magnitude = UInt32(half & 0x7FFF)
  if magnitude >= 0x7C00 { return Float(bitPattern: sign | 0x7F80_0000 | magnitude << 13) }
  // The exponent's bias differs by 112; a product also makes subnormal halves normal.
  let scaled = Float(bitPattern: magnitude << 13) * Float(bitPattern: 0x7780_0000)
  return Float(bitPattern: sign | scaled.bitPattern)
}

/// How many numbers are NaN or infinite.
func countNonFinite(_ numbers: UnsafeBufferPointer<Float>) -> Int {
  var count = 0
  for number in numbers where number.bitPattern & 0x7F80_0000 == 0x7F80_0000 { count += 1 }
  return count
}
