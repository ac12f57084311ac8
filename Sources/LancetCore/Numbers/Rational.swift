// Exact fractions of 128-bit integers. Whatever does not fit is reported as nil, never rounded.

extension Int128 {
  /// The value as one machine word, when it fits.
  @inline(__always) fileprivate var word: Int? {
    self >= -0x7FFF_FFFF_FFFF_FFFF && self <= 0x7FFF_FFFF_FFFF_FFFF
      ? Int(truncatingIfNeeded: self) : nil
  }
}

/// A fraction in lowest terms with a positive denominator.
package struct Rational: Hashable, Sendable {
  /// The upper number, which carries the sign.
  package let numerator: Int128
  /// The lower number, always positive.
  package let denominator: Int128

  package static let zero = Rational(0)
  package static let one = Rational(1)

  package init(_ value: Int) {
    numerator = Int128(value)
    denominator = 1
  }

  private init(reduced numerator: Int128, _ denominator: Int128) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// A fraction of any two integers; nil for a zero denominator or when it does not fit.
  package init?(_ numerator: Int128, over denominator: Int128) {
    guard denominator != 0, numerator != .min, denominator != .min else { return nil }
    if denominator == 1 {
      self.init(reduced: numerator, 1)
      return
    }
    if let n = numerator.word, let d = denominator.word, n != .min, d != .min {
      let common = Self.gcd(n.magnitude, d.magnitude)
      let sign = d < 0 ? -1 : 1
      self.init(reduced: Int128(sign * (n / Int(common))), Int128(sign * (d / Int(common))))
      return
    }
    let divisor = Self.gcd(numerator.magnitude, denominator.magnitude)
    let common = Int128(truncatingIfNeeded: divisor)
    let sign: Int128 = denominator < 0 ? -1 : 1
    self.init(reduced: sign * (numerator / common), sign * (denominator / common))
  }

  private static func gcd(_ a: UInt, _ b: UInt) -> UInt {
    var (x, y) = (a, b)
    while y != 0 { (x, y) = (y, x % y) }
    return max(x, 1)
  }

  private static func gcd(_ a: UInt128, _ b: UInt128) -> UInt128 {
    var (x, y) = (a, b)
    while y != 0 { (x, y) = (y, x % y) }
    return max(x, 1)
  }

  package var isInteger: Bool { denominator == 1 }
  package var isZero: Bool { numerator == 0 }
  package var isNegative: Bool { numerator < 0 }
  package var negated: Rational { Rational(reduced: -numerator, denominator) }
  package var magnitude: Rational { isNegative ? negated : self }
  /// The nearest double.
  package var double: Double {
    // The short way first: conversions of 128 bits are slow.
    if let n = numerator.word {
      if denominator == 1 { return Double(n) }
      if let d = denominator.word { return Double(n) / Double(d) }
    }
    return Double(numerator) / Double(denominator)
  }
  /// The value, when it is an integer that fits.
  package var int: Int? { denominator == 1 ? numerator.word : nil }

  package func adding(_ other: Rational) -> Rational? {
    if denominator == 1, other.denominator == 1 {
      let (sum, overflow) = numerator.addingReportingOverflow(other.numerator)
      return overflow || sum == .min ? nil : Rational(reduced: sum, 1)
    }
    let (a, o1) = numerator.multipliedReportingOverflow(by: other.denominator)
    let (b, o2) = other.numerator.multipliedReportingOverflow(by: denominator)
    let (n, o3) = a.addingReportingOverflow(b)
    let (d, o4) = denominator.multipliedReportingOverflow(by: other.denominator)
    return o1 || o2 || o3 || o4 ? nil : Rational(n, over: d)
  }

  package func subtracting(_ other: Rational) -> Rational? { adding(other.negated) }

  package func multiplied(by other: Rational) -> Rational? {
    let (n, o1) = numerator.multipliedReportingOverflow(by: other.numerator)
    let (d, o2) = denominator.multipliedReportingOverflow(by: other.denominator)
    return o1 || o2 ? nil : Rational(n, over: d)
  }

  /// The quotient; nil when dividing by zero or when it does not fit.
  package func divided(by other: Rational) -> Rational? {
    let (n, o1) = numerator.multipliedReportingOverflow(by: other.denominator)
    let (d, o2) = denominator.multipliedReportingOverflow(by: other.numerator)
    return o1 || o2 ? nil : Rational(n, over: d)
  }

  /// An integer power; nil for 0 to a negative power or when it does not fit.
  package func power(_ exponent: Int) -> Rational? {
    if exponent < 0 {
      guard exponent > -4096, let inverse = Rational.one.divided(by: self) else { return nil }
      return inverse.power(-exponent)
    }
    if exponent == 0 { return isZero ? nil : .one }
    if self == .one || isZero { return self }
    if self == Rational(-1) { return exponent % 2 == 0 ? .one : self }
    guard exponent <= 127 else { return nil }
    var result = Rational.one
    for _ in 0..<exponent {
      guard let next = result.multiplied(by: self) else { return nil }
      result = next
    }
    return result
  }

  /// Whether this is less than another; decided in doubles when the exact products do not fit.
  package func isLess(than other: Rational) -> Bool {
    let (a, o1) = numerator.multipliedReportingOverflow(by: other.denominator)
    let (b, o2) = other.numerator.multipliedReportingOverflow(by: denominator)
    return o1 || o2 ? double < other.double : a < b
  }

  /// Digits after the point when the value ends as a decimal; nil when it repeats for ever.
  package var decimalPlaces: Int? {
    if denominator == 1 { return 0 }
    var rest = denominator
    var (twos, fives) = (0, 0)
    while rest % 2 == 0 { (rest, twos) = (rest / 2, twos + 1) }
    while rest % 5 == 0 { (rest, fives) = (rest / 5, fives + 1) }
    return rest == 1 ? max(twos, fives) : nil
  }

  /// The value rounded half away from zero to so many digits after the point, spelled with exactly those digits; nil
  /// when it does not fit.
  package func spelled(decimals: Int) -> String? {
    guard decimals >= 0, let scale = decimals == 0 ? Rational.one : Rational(10).power(decimals),
      let scaled = magnitude.multiplied(by: scale)
    else { return nil }
    var whole = scaled.numerator / scaled.denominator
    let rest = scaled.numerator % scaled.denominator
    let (twice, overflow) = rest.multipliedReportingOverflow(by: 2)
    if overflow || twice >= scaled.denominator { whole += 1 }
    var digits = String(whole)
    while digits.utf8.count <= decimals { digits = "0" + digits }
    let isZero = whole == 0
    if decimals > 0 {
      digits = "\(digits.dropLast(decimals)).\(digits.suffix(decimals))"
    }
    return isNegative && !isZero ? "-\(digits)" : digits
  }

  /// The shortest exact spelling: a whole number, a decimal that ends, or a fraction.
  package var spelling: String {
    if isInteger { return numerator.word.map { String($0) } ?? String(numerator) }
    if let places = decimalPlaces, places <= 12, let text = spelled(decimals: places) {
      return text
    }
    return "\(numerator)/\(denominator)"
  }
}
