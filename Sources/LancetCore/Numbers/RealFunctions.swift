// The few real functions that closed forms need, since the core imports nothing. Accurate to about 1e-14 relative in
// the ranges that answers use.

enum RealFunctions {
  static let ln2 = 0.693_147_180_559_945_3

  /// The natural logarithm; nil unless x > 0 and finite.
  static func log(_ x: Double) -> Double? {
    guard x > 0, x.isFinite, x.isNormal else { return nil }
    var mantissa = x.significand
    var exponent = Double(x.exponent)
    if mantissa > 1.414 {
      mantissa /= 2
      exponent += 1
    }
    let t = (mantissa - 1) / (mantissa + 1)
    let square = t * t
    var (term, sum, k) = (t, 0.0, 1.0)
    while k < 60 {
      sum += term / k
      term *= square
      k += 2
    }
    return 2 * sum + exponent * ln2
  }

  /// The nearest whole number of a double far below 2^53, without the C library's `round`.
  private static func whole(_ x: Double) -> Double {
    Double(Int64(x < 0 ? x - 0.5 : x + 0.5))
  }

  /// The square root; nil below zero.
  static func squareRoot(_ x: Double) -> Double? {
    guard x > 0 else { return x == 0 ? 0 : nil }
    guard let l = log(x), var root = exp(l / 2) else { return nil }
    for _ in 0..<2 { root = (root + x / root) / 2 }
    return root
  }

  /// e to the x; nil when it does not fit a double.
  static func exp(_ x: Double) -> Double? {
    guard x.isFinite, x < 709, x > -700 else { return nil }
    let n = whole(x / ln2)
    let r = x - n * ln2
    var (term, sum, k) = (1.0, 1.0, 1.0)
    while k < 24 {
      term *= r / k
      sum += term
      k += 1
    }
    return sum * Double(sign: .plus, exponent: Int(n), significand: 1)
  }

  /// x to the y; nil where it is not real or does not fit.
  static func power(_ x: Double, _ y: Double) -> Double? {
    if y == 0.5 { return squareRoot(x) }
    if y.magnitude <= 512, y == whole(y) {
      var result = 1.0
      for _ in 0..<Int(y.magnitude) { result *= x }
      if y < 0 { result = 1 / result }
      return result.isFinite ? result : nil
    }
    if x == 0 { return y > 0 ? 0 : nil }
    guard let l = log(x) else { return nil }
    return exp(l * y)
  }

  /// The sine of an angle in radians; nil when the angle is too large to be reduced exactly enough.
  static func sin(_ x: Double) -> Double? {
    guard x.magnitude < 1e6 else { return nil }
    let turns = whole(x / (2 * Double.pi))
    let r = x - turns * 2 * Double.pi
    let square = r * r
    var (term, sum, k) = (r, r, 1.0)
    while k < 40 {
      term *= -square / ((k + 1) * (k + 2))
      sum += term
      k += 2
    }
    return sum
  }

  /// The cosine of an angle in radians.
  static func cos(_ x: Double) -> Double? { sin(x + Double.pi / 2) }

  /// The tangent of an angle in radians; nil at its poles.
  static func tan(_ x: Double) -> Double? {
    guard let s = sin(x), let c = cos(x), c.magnitude > 1e-12 else { return nil }
    return s / c
  }

  /// The angle in (−π/2, π/2) whose tangent is x.
  static func arctan(_ x: Double) -> Double? {
    guard x.isFinite else { return nil }
    if x.magnitude > 1 {
      guard let inner = arctan(1 / x) else { return nil }
      return (x > 0 ? 1 : -1) * Double.pi / 2 - inner
    }
    // Halve the angle twice, then the series.
    guard let outer = squareRoot(1 + x * x) else { return nil }
    let once = x / (1 + outer)
    guard let inner = squareRoot(1 + once * once) else { return nil }
    let t = once / (1 + inner)
    let square = t * t
    var (term, sum, k) = (t, 0.0, 1.0)
    while k < 60 {
      sum += term / k
      term *= -square
      k += 2
    }
    return 4 * sum
  }
}
