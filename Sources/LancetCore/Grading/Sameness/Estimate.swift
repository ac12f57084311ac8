// Doubles with a bound of their error: what two expressions may differ by when they are equal.

struct Estimate {
  var value: Double
  var error: Double

  private static let unit = 4.5e-16

  init(_ value: Double, error: Double = 0) {
    self.value = value
    self.error = error
  }

  /// A result with the error that its operands bring along and one rounding.
  private static func result(_ value: Double, _ carried: Double, noise: Double = unit) -> Estimate?
  {
    guard value.isFinite, carried.isFinite, value.magnitude < 1e150 else { return nil }
    return Estimate(value, error: carried + value.magnitude * noise)
  }

  static func + (a: Estimate, b: Estimate) -> Estimate? {
    result(a.value + b.value, a.error + b.error)
  }

  static func * (a: Estimate, b: Estimate) -> Estimate? {
    result(
      a.value * b.value,
      a.value.magnitude * b.error + b.value.magnitude * a.error + a.error * b.error)
  }

  static func / (a: Estimate, b: Estimate) -> Estimate? {
    guard b.value.magnitude > 2 * b.error, b.value != 0 else { return nil }
    let quotient = a.value / b.value
    return result(
      quotient, (a.error + quotient.magnitude * b.error) / (b.value.magnitude - b.error))
  }

  /// The value of an expression at a point; nil where it is not real, not defined or not sure.
  static func of(_ term: Term, at point: [String: Double]) -> Estimate? {
    switch term {
    case .number(let number): return result(number.double, 0)
    case .digits: return nil
    case .variable(let name): return point[name].map { Estimate($0) }
    case .pi: return result(Double.pi, 0)
    case .euler: return result(2.718_281_828_459_045, 0)
    case .sum(let parts):
      var sum = Estimate(0)
      for part in parts {
        guard let next = of(part, at: point), let total = sum + next else { return nil }
        sum = total
      }
      return sum
    case .product(let parts):
      var product = Estimate(1)
      for part in parts {
        guard let next = of(part, at: point), let total = product * next else { return nil }
        product = total
      }
      return product
    case .negative(let a): return of(a, at: point).map { Estimate(-$0.value, error: $0.error) }
    case .quotient(let a, let b):
      guard let upper = of(a, at: point), let lower = of(b, at: point) else { return nil }
      return upper / lower
    case .power(let a, let b): return power(a, b, at: point)
    case .call(let name, let a, let base): return call(name, a, base, at: point)
    }
  }

  private static func power(_ a: Term, _ b: Term, at point: [String: Double]) -> Estimate? {
    guard let exponent = of(b, at: point) else { return nil }
    // Odd roots of negative numbers are real.
    if case .number(let e) = b, !e.isInteger, e.denominator % 2 == 1, let base = of(a, at: point),
      base.value < 0
    {
      guard let root = RealFunctions.power(-base.value, e.double) else { return nil }
      let relative = (base.error / base.value.magnitude) * e.double.magnitude
      return result(e.numerator % 2 == 0 ? root : -root, root * relative, noise: 1e-14)
    }
    guard let base = of(a, at: point) else { return nil }
    if base.value == 0, exponent.value <= 0 { return nil }
    if base.value < 0, exponent.value != Double(Int(exactly: exponent.value) ?? .max) {
      return nil
    }
    guard let value = RealFunctions.power(base.value, exponent.value) else { return nil }
    guard base.value != 0 else { return Estimate(0, error: base.error) }
    guard base.error < base.value.magnitude / 4 else { return nil }
    var relative = (base.error / base.value.magnitude) * exponent.value.magnitude
    if exponent.error > 0 {
      guard let log = RealFunctions.log(base.value.magnitude) else { return nil }
      relative += exponent.error * log.magnitude
    }
    return result(
      value, value.magnitude * relative * 2,
      noise: 2e-14 * (1 + exponent.value.magnitude))
  }

  private static func call(
    _ name: String, _ argument: Term, _ base: Term?, at point: [String: Double]
  ) -> Estimate? {
    guard let x = of(argument, at: point) else { return nil }
    func bounded(_ slope: Double, _ value: Double?) -> Estimate? {
      value.flatMap { result($0, slope * x.error, noise: 1e-14) }.map {
        Estimate($0.value, error: $0.error + 1e-14 * (1 + x.value.magnitude))
      }
    }
    let value = x.value
    switch name {
    case "abs": return Estimate(value.magnitude, error: x.error)
    case "ln", "log":
      guard value > 2 * x.error, let upper = bounded(2 / value, RealFunctions.log(value)) else {
        return nil
      }
      if name == "ln" { return upper }
      let below = base.map { of($0, at: point) } ?? Estimate(10)
      guard let below, below.value > 0, let log = RealFunctions.log(below.value) else { return nil }
      return upper / Estimate(log, error: below.error / below.value + 1e-15)
    case "exp":
      return RealFunctions.exp(value).flatMap { bounded($0 * 2, $0) }
    case "sin", "cos":
      return bounded(1, name == "sin" ? RealFunctions.sin(value) : RealFunctions.cos(value))
    case "tan", "sec", "csc", "cot":
      guard let s = RealFunctions.sin(value), let c = RealFunctions.cos(value) else { return nil }
      let noise = x.error + 1e-14 * (1 + value.magnitude)
      let (sine, cosine) = (Estimate(s, error: noise), Estimate(c, error: noise))
      guard (name == "tan" || name == "sec" ? c : s).magnitude > 1e-4 else { return nil }
      switch name {
      case "tan": return sine / cosine
      case "sec": return Estimate(1) / cosine
      case "csc": return Estimate(1) / sine
      default: return cosine / sine
      }
    default:
      let slope = value.magnitude < 0.99 ? 8.0 : 1e3
      return bounded(slope, Functions.number(name, value, base: nil))
    }
  }
}
