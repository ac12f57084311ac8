// Arithmetic on quantities: exact where it can be, and in doubles beside it.

extension ExpressionParser {
  private static func combine(
    _ a: Quantity, _ b: Quantity, _ exact: (ClosedForm, ClosedForm) -> ClosedForm?,
    _ approximate: (Double, Double) -> Double, _ tree: (Term, Term) -> Term
  ) -> Quantity {
    var out = Quantity(exact: nil, approximate: nil, overflowed: a.overflowed || b.overflowed)
    if let x = a.exact, let y = b.exact {
      out.exact = exact(x, y)
      if out.exact == nil { out.overflowed = true }
    }
    if let x = a.approximate, let y = b.approximate {
      let value = approximate(x, y)
      out.approximate = value.isFinite ? value : nil
    }
    if let value = out.exact?.rational {
      out.approximate = value.double
    } else if let x = a.term, let y = b.term {
      out.tree = tree(x, y)
    }
    return out
  }

  static func add(_ a: Quantity, _ b: Quantity) -> Quantity {
    combine(a, b, { $0.adding($1) }, { $0 + $1 }, Term.adding)
  }

  static func multiply(_ a: Quantity, _ b: Quantity) -> Quantity {
    combine(a, b, { $0.multiplied(by: $1) }, { $0 * $1 }, Term.multiplying)
  }

  static func negate(_ a: Quantity) -> Quantity {
    var out = a
    out.exact = a.exact?.negated
    out.approximate = a.approximate.map { -$0 }
    out.tree = a.tree.map { .negative($0) }
    out.plain = a.plain?.negated
    out.isBareInteger = false
    if var written = a.written {
      written.value = written.value?.negated
      out.written = written
    }
    return out
  }

  static func divide(_ a: Quantity, _ b: Quantity) throws(Unreadable) -> Quantity {
    if b.exact?.rational?.isZero ?? (b.approximate == 0) {
      throw Unreadable(reason: "a division by zero")
    }
    return combine(a, b, { $0.divided(by: $1) }, { $0 / $1 }, { .quotient($0, $1) })
  }

  static func raise(_ base: Quantity, to exponent: Quantity) throws(Unreadable) -> Quantity {
    var out = Quantity(
      exact: nil, approximate: nil, overflowed: base.overflowed || exponent.overflowed)
    if let x = base.approximate, let y = exponent.approximate {
      out.approximate = RealFunctions.power(x, y)
    }
    if let e = exponent.exact?.rational {
      if base.exact?.rational?.isZero ?? false, !(Rational.zero.isLess(than: e)) {
        throw Unreadable(reason: "zero to a power that is not positive")
      }
      if let whole = e.int {
        out.exact = base.exact?.power(whole)
        if out.exact == nil {
          if e.isZero { return Quantity(.one) }
          out.overflowed = true
        }
      } else if let value = base.exact?.rational {
        out.exact = fractional(value, e)
        if out.exact == nil { out.overflowed = out.approximate == nil }
      } else if let form = base.exact, out.approximate == nil {
        out.exact = ClosedForm(
          Polynomial(.opaque("(\(form.spelling))^\(e.spelling)")))
      }
    } else if let b = base.exact, let e = exponent.exact, out.approximate == nil {
      out.exact = ClosedForm(Polynomial(.opaque("(\(b.spelling))^(\(e.spelling))")))
    }
    if let value = out.exact?.rational {
      out.approximate = value.double
    } else if let x = base.term, let y = exponent.term {
      out.tree = .power(x, y)
    }
    return out
  }

  /// A rational number to a fractional power: the whole part first, so that 8^(2/3) stays small.
  private static func fractional(_ value: Rational, _ exponent: Rational) -> ClosedForm? {
    guard exponent.denominator <= 64, exponent.numerator.magnitude <= 64 else { return nil }
    return ClosedForm.root(of: value, exponent: exponent)
  }
}

/// Functions of one argument.
enum Functions {
  static func apply(_ name: String, to x: Quantity, base: Quantity?, degrees: Bool) -> Quantity {
    var out = Quantity(exact: nil, approximate: nil, overflowed: x.overflowed)
    if let argument = x.term {
      let scaled =
        degrees
        ? Term.quotient(.multiplying(argument, .pi), .number(Rational(180))) : argument
      out.tree = .call(name, scaled, base: base?.term)
    }
    if let value = x.approximate {
      out.approximate = number(name, degrees ? value * Double.pi / 180 : value, base: base)
      return out
    }
    guard let form = x.exact else { return out }
    let under = base?.exact.map { "_\($0.spelling)" } ?? ""
    out.exact = ClosedForm(
      Polynomial(.opaque("\(name)\(under)\(degrees ? "°" : "")(\(form.spelling))")))
    return out
  }

  static func number(_ name: String, _ x: Double, base: Quantity?) -> Double? {
    switch name {
    case "sin": return RealFunctions.sin(x)
    case "cos": return RealFunctions.cos(x)
    case "tan": return RealFunctions.tan(x)
    case "sec": return RealFunctions.cos(x).flatMap { $0.magnitude > 1e-12 ? 1 / $0 : nil }
    case "csc": return RealFunctions.sin(x).flatMap { $0.magnitude > 1e-12 ? 1 / $0 : nil }
    case "cot": return RealFunctions.tan(x).flatMap { $0.magnitude > 1e-12 ? 1 / $0 : nil }
    case "arctan": return RealFunctions.arctan(x)
    case "arcsin":
      guard x.magnitude <= 1 else { return nil }
      if x.magnitude == 1 { return x * Double.pi / 2 }
      return RealFunctions.squareRoot(1 - x * x).flatMap { RealFunctions.arctan(x / $0) }
    case "arccos":
      guard let s = number("arcsin", x, base: nil) else { return nil }
      return Double.pi / 2 - s
    case "abs": return x.magnitude
    case "exp": return RealFunctions.exp(x)
    case "ln": return RealFunctions.log(x)
    case "log":
      let below = base?.approximate ?? 10
      guard let upper = RealFunctions.log(x), let lower = RealFunctions.log(below), lower != 0
      else { return nil }
      return upper / lower
    default: return nil
    }
  }
}
