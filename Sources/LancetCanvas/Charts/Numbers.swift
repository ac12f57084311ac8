// Numbers as charts and tables print them, and the few functions of analysis the charts need. No libm here.

/// A number with a fixed count of decimals; `nan`, `inf` and `-inf` for what is none.
public func fixed(_ value: Double, _ decimals: Int) -> String {
  guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
  let decimals = min(max(0, decimals), 12)
  let scale = powerOfTen(decimals)
  let scaled = (value.magnitude * scale).rounded(.toNearestOrAwayFromZero)
  guard scaled < 9e15 else { return "\(value)" }
  let digits = String(Int64(scaled))
  let sign = value < 0 && scaled > 0 ? "-" : ""
  guard decimals > 0 else { return sign + digits }
  let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.utf8.count)) + digits
  let cut = padded.index(padded.endIndex, offsetBy: -decimals)
  return sign + padded[..<cut] + "." + padded[cut...]
}

/// A number in few characters: `0.0312`, `4.2`, `148`, `12.3k`, `1e-5`.
public func short(_ value: Double, digits: Int = 3) -> String {
  guard value.isFinite else { return fixed(value, 0) }
  if value == 0 { return "0" }
  let digits = min(max(1, digits), 9)
  let size = Int(log10(value.magnitude).rounded(.down))
  if size < -3 || size > 11 {
    let mantissa = trimmedZeros(fixed(value / powerOfTen(size), digits - 1))
    return "\(mantissa)e\(size)"
  }
  if size >= 4 {
    let (unit, name) = size >= 9 ? (1e9, "G") : size >= 6 ? (1e6, "M") : (1e3, "k")
    return short(value / unit, digits: digits) + name
  }
  return trimmedZeros(fixed(value, max(0, digits - 1 - size)))
}

/// 10 to a power.
func powerOfTen(_ exponent: Int) -> Double {
  var result = 1.0
  var left = min(exponent.magnitude, 400)
  var factor = 10.0
  while left > 0 {
    if left & 1 == 1 { result *= factor }
    factor *= factor
    left >>= 1
  }
  return exponent < 0 ? 1 / result : result
}

/// The logarithm to base 10 of a positive finite number; -infinity for anything else.
func log10(_ value: Double) -> Double {
  guard value > 0, value.isFinite else { return -.infinity }
  // ln m = 2 artanh((m - 1) / (m + 1)) for the significand m, brought near 1.
  var exponent = Double(value.exponent)
  var significand = value.significand
  if significand > 1.4142135623730951 {
    significand /= 2
    exponent += 1
  }
  let ratio = (significand - 1) / (significand + 1)
  let square = ratio * ratio
  var sum = 0.0
  for odd in stride(from: 31.0, through: 1, by: -2) { sum = sum * square + 1 / odd }
  return (2 * ratio * sum + exponent * 0.6931471805599453) / 2.302585092994046
}

private func trimmedZeros(_ text: String) -> String {
  guard text.utf8.contains(0x2E) else { return text }
  var bytes = Array(text.utf8)
  while bytes.last == 0x30 { bytes.removeLast() }
  if bytes.last == 0x2E { bytes.removeLast() }
  return String(decoding: bytes, as: UTF8.self)
}

/// Smooths values by an exponential moving average without the bias towards its start (Adam's correction).
///
/// last = w·last + (1 − w)·x, shown divided by 1 − wⁿ. A value that is not finite stays as it is and is left out of
/// the average. Constant in gives constant out; weight 0 changes nothing.
public func smoothed(_ values: [Double], weight: Double) -> [Double] {
  let weight = weight.isFinite ? min(max(0, weight), 0.9999) : 0
  guard weight > 0 else { return values }
  var last = 0.0
  var share = 1.0
  return values.map { value in
    guard value.isFinite else { return value }
    last = weight * last + (1 - weight) * value
    share *= weight
    return last / (1 - share)
  }
}
