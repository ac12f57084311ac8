// Numbers that look rounded, and how far they may be from what was meant.

/// How far a decimal that looks rounded (3.33, 0.167, or three and more digits) may be from what was meant.
func roundingSlack(_ bytes: [UInt8], end: Int, _ written: WrittenNumber) -> Double {
  guard written.decimals >= 2 else { return 0 }
  let tail = (bytes[end - 2], bytes[end - 1])
  let thirds: [(UInt8, UInt8)] = [
    (51, 51), (54, 55), (54, 54), (49, 55), (56, 51), (49, 54), (49, 52), (49, 49), (50, 57),
    (52, 51), (53, 55), (55, 49), (56, 54),
  ]
  guard written.decimals >= 3 || thirds.contains(where: { $0 == tail }) else { return 0 }
  var step = 1.0
  for _ in 0..<min(written.decimals, 40) { step /= 10 }
  return step
}
