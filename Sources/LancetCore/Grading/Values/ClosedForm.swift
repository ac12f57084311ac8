// Exact closed forms: quotients of sums of rational multiples of products of roots, π, e, i and variables. Square
// roots of different square-free numbers (and, more generally, products of fractional powers of primes) are linearly
// independent over the rationals (Besicovitch 1940), so a sum in this normal form is zero only when it is empty.

/// What products in a closed form are made of.
enum Atom: Hashable, Comparable, Sendable {
  /// A prime, with an exponent strictly between 0 and 1.
  case prime(Int)
  case pi
  case euler
  case imaginary
  case variable(String)
  /// A function of something, by its canonical spelling; equal spellings are equal values, not the other way round.
  case opaque(String)

  private var order: (Int, Int, String) {
    switch self {
    case .prime(let p): (0, p, "")
    case .pi: (1, 0, "")
    case .euler: (2, 0, "")
    case .imaginary: (3, 0, "")
    case .variable(let name): (4, 0, name)
    case .opaque(let text): (5, 0, text)
    }
  }

  static func < (a: Atom, b: Atom) -> Bool { a.order < b.order }

  var name: String {
    switch self {
    case .prime(let p): "\(p)"
    case .pi: "π"
    case .euler: "e"
    case .imaginary: "i"
    case .variable(let name): name
    case .opaque(let text): "[\(text)]"
    }
  }
}

/// A product of atoms with rational exponents, sorted by atom; none is zero.
struct Monomial: Hashable, Sendable {
  struct Factor: Hashable, Sendable {
    var atom: Atom
    var exponent: Rational
  }
  var factors: [Factor] = []

  /// The product as a monomial and the rational number that came out of whole powers of primes and of i².
  func multiplied(by other: Monomial) -> (Monomial, Rational)? {
    var out: [Factor] = []
    var number = Rational.one
    var (i, j) = (0, 0)
    while i < factors.count || j < other.factors.count {
      var factor: Factor
      if j == other.factors.count
        || (i < factors.count && factors[i].atom < other.factors[j].atom)
      {
        factor = factors[i]
        i += 1
      } else if i == factors.count || other.factors[j].atom < factors[i].atom {
        factor = other.factors[j]
        j += 1
      } else {
        guard let sum = factors[i].exponent.adding(other.factors[j].exponent) else { return nil }
        factor = Factor(atom: factors[i].atom, exponent: sum)
        i += 1
        j += 1
      }
      switch factor.atom {
      case .prime(let p):
        guard let (whole, rest) = factor.exponent.wholeAndRest,
          let power = Rational(p).power(whole) ?? (whole == 0 ? .one : nil),
          let next = number.multiplied(by: power)
        else { return nil }
        number = next
        factor.exponent = rest
      case .imaginary:
        guard let k = factor.exponent.int else { return nil }
        let turn = ((k % 4) + 4) % 4
        if turn >= 2 { number = number.negated }
        factor.exponent = Rational(turn % 2)
      default: break
      }
      if !factor.exponent.isZero { out.append(factor) }
    }
    return (Monomial(factors: out), number)
  }

  var spelling: String {
    factors.map { "\($0.atom.name)^\($0.exponent.spelling)" }.joined(separator: "·")
  }
}

extension Rational {
  /// The value as a whole number and a rest in [0, 1); nil when the whole number does not fit.
  var wholeAndRest: (Int, Rational)? {
    var whole = numerator / denominator
    if numerator % denominator < 0 { whole -= 1 }
    guard let small = Int(exactly: whole), let rest = subtracting(Rational(small)) else {
      return nil
    }
    return (small, rest)
  }
}

/// A sum of rational multiples of monomials; none is zero.
struct Polynomial: Hashable, Sendable {
  static let termLimit = 96
  private(set) var terms: [Monomial: Rational] = [:]

  init() {}
  init(_ value: Rational) { if !value.isZero { terms[Monomial()] = value } }
  init(_ monomial: Monomial, times value: Rational = .one) {
    if !value.isZero { terms[monomial] = value }
  }
  init(_ atom: Atom) { self.init(Monomial(factors: [.init(atom: atom, exponent: .one)])) }

  var isZero: Bool { terms.isEmpty }

  /// The value, when there are no atoms.
  var rational: Rational? {
    if terms.isEmpty { return .zero }
    return terms.count == 1 ? terms[Monomial()] : nil
  }

  mutating func add(_ monomial: Monomial, _ value: Rational) -> Bool {
    guard let sum = (terms[monomial] ?? .zero).adding(value) else { return false }
    terms[monomial] = sum.isZero ? nil : sum
    return true
  }

  func adding(_ other: Polynomial) -> Polynomial? {
    var sum = self
    for (monomial, value) in other.terms where !sum.add(monomial, value) { return nil }
    return sum.terms.count <= Self.termLimit ? sum : nil
  }

  var negated: Polynomial {
    var out = self
    out.terms = terms.mapValues(\.negated)
    return out
  }

  func multiplied(by other: Polynomial) -> Polynomial? {
    guard terms.count * other.terms.count <= Self.termLimit * 4 else { return nil }
    var out = Polynomial()
    for (m1, c1) in terms {
      for (m2, c2) in other.terms {
        guard let (monomial, number) = m1.multiplied(by: m2), let c = c1.multiplied(by: c2),
          let value = c.multiplied(by: number), out.add(monomial, value)
        else { return nil }
      }
    }
    return out.terms.count <= Self.termLimit ? out : nil
  }

  var atoms: Set<Atom> {
    var out: Set<Atom> = []
    for monomial in terms.keys { for factor in monomial.factors { out.insert(factor.atom) } }
    return out
  }

  /// A spelling that depends on the value only, for the names of opaque atoms.
  var spelling: String {
    terms.map { "\($0.value.spelling)·\($0.key.spelling)" }.sorted().joined(separator: "+")
  }
}

/// A quotient of two sums.
struct ClosedForm: Sendable {
  var upper: Polynomial
  var lower: Polynomial

  init(_ upper: Polynomial, over lower: Polynomial = Polynomial(.one)) {
    self.upper = upper
    self.lower = lower
  }
  init(_ value: Rational) { self.init(Polynomial(value)) }

  /// The value, when it is a rational number.
  var rational: Rational? {
    if upper.isZero { return .zero }
    if let u = upper.rational, let l = lower.rational { return u.divided(by: l) }
    guard let (monomial, below) = lower.terms.first, let above = upper.terms[monomial],
      let quotient = above.divided(by: below), quotientIs(quotient)
    else { return nil }
    return quotient
  }

  private func quotientIs(_ value: Rational) -> Bool {
    guard let scaled = lower.multiplied(by: Polynomial(value)) else { return false }
    return scaled == upper
  }

  func adding(_ other: ClosedForm) -> ClosedForm? {
    if lower == other.lower {
      guard let sum = upper.adding(other.upper) else { return nil }
      return ClosedForm(sum, over: lower)
    }
    guard let a = upper.multiplied(by: other.lower), let b = other.upper.multiplied(by: lower),
      let sum = a.adding(b), let below = lower.multiplied(by: other.lower)
    else { return nil }
    return ClosedForm(sum, over: below).tidied
  }

  var negated: ClosedForm { ClosedForm(upper.negated, over: lower) }

  func multiplied(by other: ClosedForm) -> ClosedForm? {
    guard let above = upper.multiplied(by: other.upper),
      let below = lower.multiplied(by: other.lower)
    else { return nil }
    return ClosedForm(above, over: below).tidied
  }

  /// The quotient; nil when dividing by zero.
  func divided(by other: ClosedForm) -> ClosedForm? {
    guard !other.upper.isZero else { return nil }
    return multiplied(by: ClosedForm(other.lower, over: other.upper))
  }

  /// Divides a lower part of a single term into the upper part, so that most forms have no lower part.
  private var tidied: ClosedForm {
    guard lower.terms.count == 1, let (monomial, value) = lower.terms.first,
      let inverse = Rational.one.divided(by: value)
    else { return self }
    let turned = Monomial(
      factors: monomial.factors.map { .init(atom: $0.atom, exponent: $0.exponent.negated) })
    // Negative powers of primes and of i are brought back to their range by multiplying.
    guard let (clean, number) = turned.multiplied(by: Monomial()),
      let factor = inverse.multiplied(by: number),
      let above = upper.multiplied(by: Polynomial(clean, times: factor))
    else { return self }
    return ClosedForm(above)
  }

  /// An integer power.
  func power(_ exponent: Int) -> ClosedForm? {
    if let value = rational { return value.power(exponent).map { ClosedForm($0) } }
    guard exponent != 0, exponent.magnitude <= 64 else { return nil }
    if exponent < 0 {
      return ClosedForm(Rational.one).divided(by: self)?.power(-exponent)
    }
    var result = self
    for _ in 1..<exponent {
      guard let next = result.multiplied(by: self) else { return nil }
      result = next
    }
    return result
  }

  /// A fractional power of a rational number that is not negative, as powers of primes.
  static func root(of value: Rational, exponent: Rational) -> ClosedForm? {
    if value.isZero { return exponent.isNegative ? nil : ClosedForm(.zero) }
    if value.isNegative {
      // Only square roots: √−n = i√n.
      guard exponent == Rational(1, over: 2),
        let positive = root(of: value.negated, exponent: exponent)
      else {
        // Odd roots of negative numbers are real.
        guard exponent.denominator % 2 == 1,
          let positive = root(of: value.negated, exponent: exponent)
        else { return nil }
        return exponent.numerator % 2 == 0 ? positive : positive.negated
      }
      return positive.multiplied(by: ClosedForm(Polynomial(.imaginary)))
    }
    guard let above = factors(of: value.numerator), let below = factors(of: value.denominator)
    else { return nil }
    var powers: [Int: Rational] = [:]
    for (prime, count) in above {
      powers[prime] = Rational(count).multiplied(by: exponent)
    }
    for (prime, count) in below {
      powers[prime] = Rational(-count).multiplied(by: exponent)
    }
    let monomial = Monomial(
      factors: powers.sorted { $0.key < $1.key }.map {
        .init(atom: .prime($0.key), exponent: $0.value)
      })
    guard let (clean, number) = monomial.multiplied(by: Monomial()) else { return nil }
    return ClosedForm(Polynomial(clean, times: number))
  }

  /// The prime factors of a positive number; nil when it is too large to be factored quickly.
  private static func factors(of value: Int128) -> [(Int, Int)]? {
    guard value > 0, let start = Int(exactly: value) else { return nil }
    var (rest, prime) = (start, 2)
    var out: [(Int, Int)] = []
    while prime * prime <= rest {
      if prime > 20_000 { return nil }
      var count = 0
      while rest % prime == 0 { (rest, count) = (rest / prime, count + 1) }
      if count > 0 { out.append((prime, count)) }
      prime += prime == 2 ? 1 : 2
    }
    if rest > 1 { out.append((rest, 1)) }
    return out
  }

  /// Whether two forms are the same; nil when the products do not fit.
  func equals(_ other: ClosedForm) -> Bool? {
    guard let a = upper.multiplied(by: other.lower), let b = other.upper.multiplied(by: lower)
    else { return nil }
    return a == b
  }

  var atoms: Set<Atom> { upper.atoms.union(lower.atoms) }
  var variables: Set<String> {
    var out: Set<String> = []
    for atom in atoms { if case .variable(let name) = atom { out.insert(name) } }
    return out
  }
  var isOpaque: Bool {
    atoms.contains { if case .opaque = $0 { true } else { false } }
  }
  var spelling: String {
    if let value = rational { return value.spelling }
    return lower == Polynomial(.one) ? upper.spelling : "(\(upper.spelling))/(\(lower.spelling))"
  }
}
