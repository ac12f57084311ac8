// Exact evaluation of rational expressions at random points of a prime field: two that agree at random points of two
// large fields are equal but for a chance of about one in 2^100 (Schwartz 1980, Zippel 1979).

struct PrimeField {
  let prime: UInt64
  /// Makes the point: equal seeds give equal values to equal names.
  let seed: UInt64

  /// 2^61 − 1, and the largest prime below 2^62.
  static let primes: [UInt64] = [2_305_843_009_213_693_951, 4_611_686_018_427_387_847]

  func multiply(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let (high, low) = a.multipliedFullWidth(by: b)
    return prime.dividingFullWidth((high, low)).remainder
  }

  func add(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let sum = a + b  // both below 2^62
    return sum >= prime ? sum - prime : sum
  }

  func negate(_ a: UInt64) -> UInt64 { a == 0 ? 0 : prime - a }

  func power(_ base: UInt64, _ exponent: UInt64) -> UInt64 {
    var (result, square, e) = (UInt64(1), base, exponent)
    while e > 0 {
      if e & 1 == 1 { result = multiply(result, square) }
      square = multiply(square, square)
      e >>= 1
    }
    return result
  }

  /// The inverse; nil of zero.
  func inverse(_ a: UInt64) -> UInt64? { a == 0 ? nil : power(a, prime - 2) }

  func value(_ number: Rational) -> UInt64? {
    func reduce(_ n: Int128) -> UInt64 {
      let rest = n % Int128(prime)
      return UInt64(rest < 0 ? rest + Int128(prime) : rest)
    }
    if number.isInteger { return reduce(number.numerator) }
    return inverse(reduce(number.denominator)).map { multiply(reduce(number.numerator), $0) }
  }

  /// The value a name has at this point.
  func point(_ name: String) -> UInt64 {
    var hash = seed ^ 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
    return (hash ^ (hash >> 31)) % prime
  }

  /// The value of a rational expression at this point; nil for other expressions and at a pole.
  ///
  /// π and e are treated as unknowns, as which they behave in rational expressions.
  func value(_ term: Term) -> UInt64? {
    switch term {
    case .number(let number): return value(number)
    case .digits(let digits):
      var sum: UInt64 = 0
      for byte in digits.utf8 where byte.isDigit {
        sum = add(multiply(sum, 10), UInt64(byte - .zero))
      }
      return sum
    case .variable(let name): return point(name)
    case .pi: return point("\\pi")
    case .euler: return point("\\e")
    case .sum(let parts):
      var sum: UInt64 = 0
      for part in parts {
        guard let next = value(part) else { return nil }
        sum = add(sum, next)
      }
      return sum
    case .product(let parts):
      var product: UInt64 = 1
      for part in parts {
        guard let next = value(part) else { return nil }
        product = multiply(product, next)
      }
      return product
    case .negative(let a): return value(a).map(negate)
    case .quotient(let a, let b):
      guard let upper = value(a), let lower = value(b).flatMap(inverse) else { return nil }
      return multiply(upper, lower)
    case .power(let a, let b):
      guard let exponent = Self.wholeNumber(b), let base = value(a) else { return nil }
      if exponent >= 0 { return base == 0 && exponent == 0 ? nil : power(base, UInt64(exponent)) }
      return inverse(base).map { power($0, UInt64(exponent.magnitude)) }
    case .call: return nil
    }
  }

  /// A constant whole number, as exponents have it.
  private static func wholeNumber(_ term: Term) -> Int? {
    switch term {
    case .number(let number): return number.int
    case .negative(let inner): return wholeNumber(inner).map { -$0 }
    case .sum(let parts):
      var sum = 0
      for part in parts {
        guard let next = wholeNumber(part) else { return nil }
        let (total, overflow) = sum.addingReportingOverflow(next)
        if overflow { return nil }
        sum = total
      }
      return sum
    case .product(let parts):
      var product = 1
      for part in parts {
        guard let next = wholeNumber(part) else { return nil }
        let (total, overflow) = product.multipliedReportingOverflow(by: next)
        if overflow { return nil }
        product = total
      }
      return product
    case .power(let a, let b):
      guard let base = wholeNumber(a), let e = wholeNumber(b), e >= 0, e < 64 else { return nil }
      var product = 1
      for _ in 0..<e {
        let (total, overflow) = product.multipliedReportingOverflow(by: base)
        if overflow { return nil }
        product = total
      }
      return product
    default: return nil
    }
  }
}
