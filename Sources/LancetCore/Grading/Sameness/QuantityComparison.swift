// Whether two quantities are the same: exact forms first, written decimals by their digits, doubles last.

extension Quantity {
  /// The name, when this is one variable and nothing else.
  var singleVariable: String? {
    guard let form = exact, form.lower == Polynomial(.one), form.upper.terms.count == 1,
      let (monomial, value) = form.upper.terms.first, value == .one, monomial.factors.count == 1,
      monomial.factors[0].exponent == .one
    else { return nil }
    switch monomial.factors[0].atom {
    case .variable(let name): return name
    case .euler: return "e"
    case .imaginary: return "i"
    default: return nil
    }
  }

  /// The letters of several choices written as one word: "ACD".
  var choiceLetters: Set<String>? {
    guard let form = exact, form.lower == Polynomial(.one), form.upper.terms.count == 1,
      let (monomial, value) = form.upper.terms.first, value == .one, monomial.factors.count > 1
    else { return nil }
    var out: Set<String> = []
    for factor in monomial.factors {
      guard factor.exponent == .one, case .variable(let name) = factor.atom,
        name.utf8.count == 1, name >= "A", name <= "J"
      else { return nil }
      out.insert(name)
    }
    return out
  }

  /// Whether this number was written with so many digits that it is what a machine printed.
  fileprivate var isMachinePrecise: Bool {
    guard let written else { return false }
    return written.hasPoint && written.significant >= 15
  }
}

extension AnswerComparison {
  static func quantities(
    _ a: Quantity, _ u: AnswerUnit?, _ b: Quantity, _ v: AnswerUnit?
  ) -> Comparison {
    let values = values(a, b)
    guard let u, let v else { return unitOnOneSide(values, a, u, b, v) }
    if u.words == v.words { return values }
    if let x = UnitMeasure(u.words), let y = UnitMeasure(v.words) {
      guard x.dimensions == y.dimensions else { return .different("different units") }
      return x.factor == y.factor ? values : converted(a, x.factor, b, y.factor)
    }
    if u.isTemperature, v.isTemperature { return .unclear("different scales of temperature") }
    if let angles = angles(a, u, b, v) { return angles }
    guard values.isEqual else { return values }
    // "duck eggs" and "eggs", "eggs per day" and "eggs".
    if u.words.isWithin(v.words) || v.words.isWithin(u.words) { return .equal }
    if (u.known == nil) != (v.known == nil), Set(u.words).isDisjoint(with: v.words) {
      return .different("different units")
    }
    return .unclear("different units")
  }

  /// Quantities in units of one dimension: the same when they convert exactly.
  ///
  /// Months, years and units of volume have several lengths and sizes.
  private static func converted(
    _ a: Quantity, _ x: Rational, _ b: Quantity, _ y: Rational
  ) -> Comparison {
    let (p, q) = (
      ExpressionParser.multiply(a, Quantity(x)), ExpressionParser.multiply(b, Quantity(y))
    )
    if p.exact?.rational != nil, plainValues(p, q).isEqual { return .equal }
    guard let one = p.approximate, let other = q.approximate else {
      return .unclear("different units")
    }
    return (one - other).magnitude <= 0.03 * max(one.magnitude, other.magnitude)
      ? .unclear("nearly the same quantity in another unit") : .different("different units")
  }

  /// Degrees against radians.
  private static func angles(
    _ a: Quantity, _ u: AnswerUnit, _ b: Quantity, _ v: AnswerUnit
  ) -> Comparison? {
    switch (u.words, v.words) {
    case (["°"], ["rad"]): return plainValues(inRadians(a), b)
    case (["rad"], ["°"]): return plainValues(a, inRadians(b))
    default: return nil
    }
  }

  private static func inRadians(_ degrees: Quantity) -> Quantity {
    var pi = Quantity(exact: ClosedForm(Polynomial(.pi)), approximate: Double.pi)
    pi.tree = .pi
    let part = Rational(1, over: 180).map { Quantity($0) } ?? Quantity(.zero)
    return ExpressionParser.multiply(degrees, ExpressionParser.multiply(pi, part))
  }

  /// A unit on one side only does not count, unless the other number is the same quantity in another unit: 60 may be
  /// meant as the minutes of "1 hour".
  private static func unitOnOneSide(
    _ values: Comparison, _ a: Quantity, _ u: AnswerUnit?, _ b: Quantity, _ v: AnswerUnit?
  ) -> Comparison {
    guard case .different = values, let unit = u ?? v else { return values }
    let (measured, bare) = u == nil ? (b, a) : (a, b)
    if unit.words == ["°"], plainValues(inRadians(measured), bare).isEqual {
      return .unclear("degrees or radians")
    }
    guard let measure = UnitMeasure(unit.words), let x = measured.exact?.rational,
      let y = bare.exact?.rational, !y.isZero, let whole = x.multiplied(by: measure.factor)
    else { return values }
    return Units.factors(alike: unit.words).contains { y.multiplied(by: $0) == whole }
      ? .unclear("the number of another unit, perhaps") : values
  }

  static func values(_ a: Quantity, _ b: Quantity) -> Comparison {
    let outcome = plainValues(a, b)
    guard case .different = outcome else { return outcome }
    if let periodic = a.periodic, periodic == b.exact?.rational { return .equal }
    if let periodic = b.periodic, periodic == a.exact?.rational { return .equal }
    // 50% against 50, 3 million against 3.
    if a.plain != nil, b.plain == nil, a.plain == b.exact?.rational { return scaleDoubt(a) }
    if b.plain != nil, a.plain == nil, b.plain == a.exact?.rational { return scaleDoubt(b) }
    return outcome
  }

  private static func scaleDoubt(_ q: Quantity) -> Comparison {
    .unclear(
      q.isPercent
        ? "percent on one side only"
        : q.isFactorial ? "a factorial or an exclamation" : "a multiple of ten on one side only")
  }

  private static func plainValues(_ a: Quantity, _ b: Quantity) -> Comparison {
    if let x = a.exact, let y = b.exact {
      if let p = x.rational, let q = y.rational {
        if p == q { return .equal }
        return digits(a, b) ? .equal : .different("another value")
      }
      let same = x.equals(y)
      if same ?? false { return .equal }
      if a.approximate != nil, b.approximate != nil {
        if digits(a, b) { return .equal }
        return numeric(a, b, mayBeEqual: false)
      }
      return symbolic(a, b)
    }
    if digits(a, b) { return .equal }
    if a.isConstant, b.isConstant {
      // Numbers too large for 128 bits are exact in a prime field.
      if let p = a.term, let q = b.term, let same = Identity.rational(p, q) {
        return same ? .equal : .different("another value")
      }
    } else {
      return symbolic(a, b)
    }
    return numeric(a, b, mayBeEqual: !a.overflowed && !b.overflowed)
  }

  /// Whether a decimal written with ten or more significant digits is the other value rounded or cut to those digits,
  /// or both differ by no more than the noise of doubles.
  private static func digits(_ a: Quantity, _ b: Quantity) -> Bool {
    func matches(_ decimal: Quantity, _ other: Quantity) -> Bool {
      guard let written = decimal.written, written.hasPoint, written.significant >= 10,
        let x = decimal.approximate, let y = other.approximate, !other.overflowed
      else { return false }
      let noise = y.magnitude * 1e-15
      if decimal.isMachinePrecise, (x - y).magnitude <= 2 * noise { return true }
      if let exact = other.exact?.rational, exact.decimalPlaces != nil { return false }
      var step = 1.0
      for _ in 0..<min(written.decimals, 300) { step /= 10 }
      return (x - y).magnitude <= step + noise
    }
    return matches(a, b) || matches(b, a)
  }

  private static func numeric(_ a: Quantity, _ b: Quantity, mayBeEqual: Bool) -> Comparison {
    guard let x = a.approximate, let y = b.approximate else {
      return .unclear("too large or too unusual to compute")
    }
    let scale = max(x.magnitude, y.magnitude, 1e-300)
    let distance = (x - y).magnitude / scale
    if distance > 1e-7 { return .different("another value") }
    // Doubles of this size do not tell a value from the whole number beside it.
    if scale > 1e9 { return .unclear("too close to tell apart") }
    if mayBeEqual, distance < 1e-11 || (scale < 1e-12 && mayBeEqual) { return .equal }
    return .unclear("too close to tell apart")
  }

  private static func symbolic(_ a: Quantity, _ b: Quantity) -> Comparison {
    if let n = a.singleVariable, let m = b.singleVariable {
      if n.lowercased() == m.lowercased() { return .unclear("the letters differ in case") }
      // "\\vec v" and "\\mathbf{v}"
      if n.hasSuffix(" \(m)") || m.hasSuffix(" \(n)") {
        return .unclear("a letter with a mark on one side")
      }
      return .different("another letter")
    }
    if let p = a.term, let q = b.term {
      let outcome = Identity.compare(p, q)
      if outcome.isEqual { return outcome }
      if p.variables == q.variables { return outcome }
    } else if let x = a.exact, let y = b.exact, x.variables == y.variables, !x.isOpaque,
      !y.isOpaque
    {
      return .different("another expression")
    }
    return otherVariables(a, b)
  }

  /// Expressions of different variables: "5m" against 5 may be a unit or a variable.
  private static func otherVariables(_ a: Quantity, _ b: Quantity) -> Comparison {
    guard let x = a.exact, let y = b.exact else { return .unclear("expressions that may be equal") }
    let (form, constant) = x.variables.isEmpty ? (y, x) : (x, y)
    guard constant.variables.isEmpty, !constant.isOpaque, !form.variables.isEmpty else {
      return .unclear("different variables")
    }
    if form.variables.count == 1, form.upper.terms.count == 1,
      let name = form.variables.first, Units.letters.contains(name),
      let factor = form.upper.terms.values.first, constant.rational == factor
    {
      return .unclear("a letter that may be a unit")
    }
    // "5 nm", "5 tsp": letters that multiply, or a word that is not known
    if form.isLetters, form.upper.terms.values.first == constant.rational {
      return .unclear("letters that may be a unit")
    }
    return .different("a number against an expression")
  }
}

extension ClosedForm {
  /// Whether it is a number times two to four different letters: what a short word reads as.
  fileprivate var isLetters: Bool {
    guard lower == Polynomial(.one), upper.terms.count == 1, let monomial = upper.terms.keys.first,
      (2...4).contains(monomial.factors.count)
    else { return false }
    return monomial.factors.allSatisfy { factor in
      guard case .variable(let name) = factor.atom else { return false }
      return name.utf8.count == 1 && factor.exponent == .one
    }
  }
}

extension AnswerUnit {
  /// "°C", "K": scales that differ by more than a factor.
  fileprivate var isTemperature: Bool {
    words == ["K"] || words.count == 2 && words[0] == "°" && ["C", "F", "K"].contains(words[1])
  }
}

extension [String] {
  /// Whether these words stand among others in their order.
  fileprivate func isWithin(_ others: [String]) -> Bool {
    var rest = self[...]
    for word in others where word == rest.first { rest.removeFirst() }
    return rest.isEmpty
  }
}
