// Commands of an expression: fractions, roots, binomials, functions, sums, rounding.

extension ExpressionParser {
  /// The absolute value of an expression with variables.
  func absolute(_ value: Quantity) throws(Unreadable) -> Quantity {
    guard let form = value.exact, let term = value.term else {
      throw Unreadable(reason: "an absolute value")
    }
    var out = Quantity(
      exact: ClosedForm(Polynomial(.opaque("|\(form.spelling)|"))), approximate: nil)
    out.tree = .call("abs", term, base: nil)
    return out
  }

  mutating func argument() throws(Unreadable) -> Quantity {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthLimit else { throw Unreadable(reason: "nested too deeply") }
    if isSymbol("{") { return try group("}") }
    guard let token = here else { throw Unreadable(reason: "the expression is cut off") }
    // \frac12: one digit each; \frac1{72}
    if token.kind == .number, token.digits.utf8.count > 1, !token.number.hasPoint {
      throw Unreadable(reason: "digits behind \\frac without braces")
    }
    return try primary()
  }

  mutating func command(_ name: String) throws(Unreadable) -> Quantity {
    at += 1
    switch name {
    case "frac":
      // \frac12 comes as the one number 12.
      if let token = here, token.kind == .number, token.digits.utf8.count == 2,
        !token.number.hasPoint, let digits = Int(token.digits)
      {
        at += 1
        return try Self.divide(
          Quantity(Rational(digits / 10)), Quantity(Rational(digits % 10)))
      }
      if let token = here, token.kind == .number, token.digits.utf8.count > 1, at + 1 < end,
        !tokens[at + 1].isSymbol("{"), tokens[at + 1].kind != .number
      {
        throw Unreadable(reason: "digits behind \\frac without braces")
      }
      if let derivative = derivative() { return derivative }
      let upper = try argument()
      return try Self.divide(upper, try argument())
    case "sqrt":
      var exponent = Quantity(Rational(1, over: 2) ?? .one)
      if take("[") {
        let degree = try sum()
        guard take("]") else { throw Unreadable(reason: "a bracket is not closed") }
        if let n = degree.exact?.rational, n.int.map({ $0 < 2 || $0 > 64 }) ?? true {
          throw Unreadable(reason: "a root that is not understood")
        }
        exponent = try Self.divide(Quantity(.one), degree)
      }
      let inner = isSymbol("{") || isSymbol("(") ? try primary() : try power()
      return try Self.raise(inner, to: exponent)
    case "fourthroot":
      return try Self.raise(try primary(), to: Quantity(Rational(1, over: 4) ?? .one))
    case "lfloor", "lceil": return try rounded(up: name == "lceil")
    case "cbrt":
      return try Self.raise(try primary(), to: Quantity(Rational(1, over: 3) ?? .one))
    case "pi":
      var out = Quantity(exact: ClosedForm(Polynomial(.pi)), approximate: Double.pi)
      out.tree = .pi
      return out
    case "binom":
      let (n, k) = (try argument(), try argument())
      if !n.isConstant, let k = k.exact?.rational?.int, (0...6).contains(k) {
        // n(n-1)…/k!
        var value = Quantity(.one)
        for i in 0..<k {
          let factor = Self.add(n, Quantity(Rational(-i)))
          value = try Self.divide(Self.multiply(value, factor), Quantity(Rational(i + 1)))
        }
        return value
      }
      if !n.isConstant || !k.isConstant, let x = n.exact, let y = k.exact {
        return Self.named("C(\(x.spelling),\(y.spelling))")
      }
      guard let n = n.exact?.rational?.int, let k = k.exact?.rational?.int, n >= 0, k >= 0,
        n <= 100
      else { throw Unreadable(reason: "a binomial that is not understood") }
      guard k <= n else { return Quantity(.zero) }
      var value = Rational.one
      for i in 0..<min(k, n - k) {
        guard let next = value.multiplied(by: Rational(n - i))?.divided(by: Rational(i + 1))
        else { throw Unreadable(reason: "a binomial that does not fit") }
        value = next
      }
      return Quantity(value)
    case "sum", "prod": return try series(name)
    case "sin", "cos", "tan", "sec", "csc", "cot", "arcsin", "arccos", "arctan", "log", "ln",
      "exp", "sinh", "cosh", "tanh":
      return try function(name)
    case "vec", "hat", "tilde":
      return try marked(name)
    default:
      throw Unreadable(reason: "\\\(name) is not understood")
    }
  }

  mutating func function(_ name: String) throws(Unreadable) -> Quantity {
    var base: Quantity?
    var exponent: Quantity?
    if name == "log", take("_") { base = try argument() }
    if take("^") { exponent = try isSymbol("{") ? primary() : signedPower() }
    var name = name
    if exponent?.exact?.rational?.isNegative ?? false {
      guard exponent?.exact?.rational?.int == -1, ["sin", "cos", "tan"].contains(name) else {
        throw Unreadable(reason: "an inverse function")
      }
      name = "arc" + name
      exponent = nil
    }
    let outer = unit
    unit = nil
    var inner = try isSymbol("(") || isSymbol("{") ? primary() : power()
    // "\sin 2x" is the sine of 2x.
    if inner.written != nil {
      while let token = here, token.kind != .letter("e") {
        guard case .letter = token.kind else {
          guard token.isCommand("pi") else { break }
          inner = Self.multiply(inner, try power())
          continue
        }
        inner = Self.multiply(inner, try power())
      }
    }
    let inDegrees = unit?.words == ["°"]
    unit = outer
    var value =
      try Self.hyperbolic(name, inner)
      ?? Functions.apply(name, to: inner, base: base, degrees: inDegrees)
    if let exponent { value = try Self.raise(value, to: exponent) }
    return value
  }

  /// sinh, cosh and tanh by the exponential function.
  private static func hyperbolic(
    _ name: String, _ x: Quantity
  ) throws(Unreadable) -> Quantity? {
    guard ["sinh", "cosh", "tanh"].contains(name) else { return nil }
    let up = Functions.apply("exp", to: x, base: nil, degrees: false)
    let down = Functions.apply("exp", to: negate(x), base: nil, degrees: false)
    let (sine, cosine) = (add(up, negate(down)), add(up, down))
    switch name {
    case "sinh": return try divide(sine, Quantity(Rational(2)))
    case "cosh": return try divide(cosine, Quantity(Rational(2)))
    default: return try divide(sine, cosine)
    }
  }

  /// `\sum_{k=a}^{b} f(k)`: it equals what is written the same up to the order of sums and products, and perhaps others.
  private mutating func series(_ name: String) throws(Unreadable) -> Quantity {
    let unclear = Unreadable(reason: "\\\(name) is not understood")
    guard take("_"), take("{"), case .letter(let index)? = here?.kind else { throw unclear }
    at += 1
    guard take("="), let low = try sum().exact, take("}"), take("^"),
      let high = try argument().exact, let body = try product().exact
    else { throw unclear }
    let spelling = "\(name)[\(index)=\(low.spelling)..\(high.spelling)](\(body.spelling))"
    return Quantity(exact: ClosedForm(Polynomial(.opaque(spelling))), approximate: nil)
  }

  /// `\lfloor x \rfloor` of a constant.
  mutating func rounded(up: Bool) throws(Unreadable) -> Quantity {
    let inner = try sum()
    guard here?.isCommand(up ? "rceil" : "rfloor") ?? false else {
      throw Unreadable(reason: "a bracket is not closed")
    }
    at += 1
    guard let value = inner.exact?.rational, let (whole, rest) = value.wholeAndRest else {
      // An expression that is rounded equals only the same one.
      guard let form = inner.exact, !inner.isConstant else {
        throw Unreadable(reason: "a rounded expression")
      }
      return Self.named("\(up ? "ceil" : "floor")(\(form.spelling))")
    }
    return Quantity(Rational(up && !rest.isZero ? whole + 1 : whole))
  }
}
