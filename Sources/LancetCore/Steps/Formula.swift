// An expression read whole, with its value: exact where it is rational, in doubles where it is not, and at chosen
// values of its unknowns.

/// An expression of numbers, unknowns and the functions of school mathematics.
indirect enum Formula {
  enum Operator { case add, subtract, multiply, divide, power }
  enum Function {
    case sine, cosine, tangent, cotangent, secant, cosecant
    case naturalLog, absolute, floor, ceiling
  }
  /// What several whole numbers are put into.
  enum Joint { case gcd, lcm, largest, smallest }

  case number(Rational)
  case unknown(String)
  case pi
  case negated(Formula)
  case binary(Operator, Formula, Formula)
  case root(Formula, degree: Int)
  case factorial(Formula)
  case binomial(Formula, Formula)
  case remainder(Formula, Formula)
  case function(Function, Formula)
  case logarithm(base: Formula, Formula)
  case joint(Joint, [Formula])
}

extension Formula {
  /// The exact value; nil with unknowns, when it is not rational, or when it does not fit.
  var exact: Rational? { exact(at: [:]) }

  /// The exact value at the given values of the unknowns.
  func exact(at place: [String: Rational]) -> Rational? {
    switch self {
    case .number(let value): return value
    case .unknown(let name): return place[name]
    case .pi: return nil
    case .negated(let inner): return inner.exact(at: place)?.negated
    case .binary(let op, let a, let b):
      guard let l = a.exact(at: place), let r = b.exact(at: place) else { return nil }
      return Self.exact(op, l, r)
    case .root(let inner, let degree):
      guard let value = inner.exact(at: place), let e = Rational(1, over: Int128(degree)) else {
        return nil
      }
      return ClosedForm.root(of: value, exponent: e)?.rational
    case .factorial(let inner): return Self.exactFactorial(inner.exact(at: place)?.int)
    case .binomial(let n, let k):
      return Self.exactBinomial(n.exact(at: place)?.int, k.exact(at: place)?.int)
    case .remainder(let a, let b):
      return Self.exactRemainder(a.exact(at: place)?.int, b.exact(at: place)?.int)
    case .function(let function, let inner):
      return inner.exact(at: place).flatMap { Self.exact(function, $0) }
    case .logarithm: return nil
    case .joint(let joint, let parts):
      let values = parts.compactMap { $0.exact(at: place) }
      return values.count == parts.count ? Self.exact(joint, values) : nil
    }
  }

  private static func exact(_ op: Operator, _ l: Rational, _ r: Rational) -> Rational? {
    switch op {
    case .add: return l.adding(r)
    case .subtract: return l.subtracting(r)
    case .multiply: return l.multiplied(by: r)
    case .divide: return l.divided(by: r)
    case .power:
      guard let e = r.int else { return ClosedForm.root(of: l, exponent: r)?.rational }
      guard e.magnitude <= 1000 else { return nil }
      if e == 0, !l.isZero { return .one }
      return l.power(e)
    }
  }

  private static func exact(_ function: Function, _ value: Rational) -> Rational? {
    switch function {
    case .absolute: return value.magnitude
    case .floor: return value.wholeAndRest.map { Rational($0.0) }
    case .ceiling: return value.negated.wholeAndRest.map { Rational(-$0.0) }
    default: return nil
    }
  }

  private static func exactFactorial(_ n: Int?) -> Rational? {
    guard let n, n >= 0, n <= 33 else { return nil }
    return (0..<n).reduce(Rational.one as Rational?) { $0?.multiplied(by: Rational($1 + 1)) }
  }

  private static func exactBinomial(_ n: Int?, _ k: Int?) -> Rational? {
    guard let n, let k, n >= 0, k >= 0, n <= 100_000 else { return nil }
    if k > n { return .zero }
    let small = min(k, n - k)
    guard small <= 200 else { return nil }
    var out = Rational.one
    for i in 0..<small {
      guard let next = out.multiplied(by: Rational(n - i))?.divided(by: Rational(i + 1)) else {
        return nil
      }
      out = next
    }
    return out
  }

  private static func exactRemainder(_ a: Int?, _ b: Int?) -> Rational? {
    guard let a, let b, b > 0 else { return nil }
    let rest = a % b
    return Rational(rest < 0 ? rest + b : rest)
  }

  private static func exact(_ joint: Joint, _ values: [Rational]) -> Rational? {
    guard let first = values.first else { return nil }
    switch joint {
    case .largest: return values.dropFirst().reduce(first) { $0.isLess(than: $1) ? $1 : $0 }
    case .smallest: return values.dropFirst().reduce(first) { $1.isLess(than: $0) ? $1 : $0 }
    case .gcd, .lcm:
      let whole = values.compactMap(\.int)
      guard whole.count == values.count, whole.allSatisfy({ $0 > 0 }) else { return nil }
      var out = whole[0]
      for value in whole.dropFirst() {
        let common = greatestCommonDivisor(out, value)
        if joint == .gcd {
          out = common
        } else {
          let (product, overflow) = (out / common).multipliedReportingOverflow(by: value)
          if overflow { return nil }
          out = product
        }
      }
      return Rational(out)
    }
  }

  private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
    var (x, y) = (a, b)
    while y != 0 { (x, y) = (y, x % y) }
    return x
  }
}

extension Formula {
  /// The value in doubles at the given values of the unknowns; nil where it is not real or an unknown has none.
  func value(at place: [String: Double]) -> Double? {
    let out: Double?
    switch self {
    case .number(let value): out = value.double
    case .unknown(let name): out = place[name]
    case .pi: out = Double.pi
    case .negated(let inner): out = inner.value(at: place).map { -$0 }
    case .binary(let op, let a, let b):
      guard let l = a.value(at: place), let r = b.value(at: place) else { return nil }
      switch op {
      case .add: out = l + r
      case .subtract: out = l - r
      case .multiply: out = l * r
      case .divide: out = r == 0 ? nil : l / r
      case .power: out = RealFunctions.power(l, r)
      }
    case .root(let inner, let degree):
      guard let value = inner.value(at: place) else { return nil }
      if degree == 2 {
        out = RealFunctions.squareRoot(value)
      } else if value < 0, degree % 2 == 1 {
        out = RealFunctions.power(-value, 1 / Double(degree)).map { -$0 }
      } else {
        out = RealFunctions.power(value, 1 / Double(degree))
      }
    case .function(let function, let inner):
      out = inner.value(at: place).flatMap { Self.apply(function, $0) }
    case .logarithm(let base, let inner):
      guard let b = base.value(at: place).flatMap(RealFunctions.log), b != 0,
        let value = inner.value(at: place).flatMap(RealFunctions.log)
      else { return nil }
      out = value / b
    case .factorial, .binomial, .remainder, .joint: out = exact?.double
    }
    guard let out, out.isFinite else { return nil }
    return out
  }

  private static func apply(_ function: Function, _ x: Double) -> Double? {
    switch function {
    case .sine: RealFunctions.sin(x)
    case .cosine: RealFunctions.cos(x)
    case .tangent: RealFunctions.tan(x)
    case .cotangent: RealFunctions.tan(x).flatMap { $0 == 0 ? nil : 1 / $0 }
    case .secant: RealFunctions.cos(x).flatMap { $0.magnitude < 1e-9 ? nil : 1 / $0 }
    case .cosecant: RealFunctions.sin(x).flatMap { $0.magnitude < 1e-9 ? nil : 1 / $0 }
    case .naturalLog: RealFunctions.log(x)
    case .absolute: x.magnitude
    case .floor, .ceiling: nil
    }
  }
}

extension Formula {
  /// This formula as a polynomial in its unknowns; nil when it is none or too large, or when the effort does not suffice.
  func polynomial(_ effort: Effort) -> Polynomial? {
    guard effort.spend(4) else { return nil }
    switch self {
    case .number(let value): return Polynomial(value)
    case .unknown(let name): return Polynomial(.variable(name))
    case .pi: return Polynomial(.pi)
    case .negated(let inner): return inner.polynomial(effort)?.negated
    case .binary(let op, let a, let b):
      guard let l = a.polynomial(effort) else { return nil }
      if op == .power {
        guard let e = b.exact?.int, e >= 0, e <= 12 else { return nil }
        return (0..<e).reduce(Polynomial(.one) as Polynomial?) { out, _ in
          out.flatMap { Self.product($0, l, effort) }
        }
      }
      guard let r = b.polynomial(effort) else { return nil }
      switch op {
      case .add: return l.adding(r)
      case .subtract: return l.adding(r.negated)
      case .multiply: return Self.product(l, r, effort)
      case .divide:
        return r.rational.flatMap { Rational.one.divided(by: $0) }
          .flatMap { l.multiplied(by: Polynomial($0)) }
      case .power: return nil
      }
    default: return exact.map { Polynomial($0) }
    }
  }

  /// A product of polynomials of the size that people multiply out by hand.
  private static func product(_ a: Polynomial, _ b: Polynomial, _ effort: Effort) -> Polynomial? {
    let products = a.terms.count * b.terms.count
    return products <= 120 && effort.spend(products * 12) ? a.multiplied(by: b) : nil
  }

  /// Whether a product or power of sums stands in it that is not multiplied out, or terms that are not collected.
  var isUnexpanded: Bool {
    switch self {
    case .negated(let inner): return inner.isSum || inner.isUnexpanded
    case .binary(.multiply, let a, let b):
      return a.isSum || b.isSum || a.isUnexpanded || b.isUnexpanded
    case .binary(.divide, let a, _): return a.isSum || a.isUnexpanded
    case .binary(.power, let a, _): return a.isSum
    case .binary(_, let a, let b): return a.isUnexpanded || b.isUnexpanded
    default: return false
    }
  }

  private var isSum: Bool {
    switch self {
    case .binary(.add, _, _), .binary(.subtract, _, _): true
    case .negated(let inner): inner.isSum
    default: false
    }
  }

  /// A number times powers of unknowns, with nothing left to do.
  var isPlainMonomial: Bool {
    var numbers = 0
    func isPlain(_ formula: Formula) -> Bool {
      switch formula {
      case .number:
        numbers += 1
        return numbers <= 1
      case .unknown: return true
      case .negated(let inner): return isPlain(inner)
      case .binary(.multiply, let a, let b): return isPlain(a) && isPlain(b)
      case .binary(.divide, .number, .number):
        numbers += 1
        return numbers <= 1
      case .binary(.power, .unknown, .number): return true
      default: return false
      }
    }
    return isPlain(self)
  }

  /// How many addends, after signs are taken off.
  var addends: Int {
    switch self {
    case .binary(.add, let a, let b), .binary(.subtract, let a, let b): a.addends + b.addends
    case .negated(let inner): inner.addends
    default: 1
    }
  }
}

extension Formula {
  /// Whether the expression goes on from a value: "8 * 2" behind "5 + 3 =".
  func begins(with value: Rational) -> Bool {
    if exact == value { return true }
    switch self {
    case .binary(_, let a, _): return a.begins(with: value)
    default: return false
    }
  }
}
