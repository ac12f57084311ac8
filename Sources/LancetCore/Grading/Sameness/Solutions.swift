// Whether values are the solutions of an equation: `x^2 = 4` and `x = \pm 2` say the same.

enum Solutions {
  /// An equation in one unknown against the values that an answer gives for it.
  ///
  /// Equal when as many different values solve it as it has roots at most, different when one does not; nil when neither is
  /// sure.
  static func compare(
    _ name: String, _ values: [Quantity], _ l: Quantity, _ r: Quantity
  ) -> Comparison? {
    let difference = ExpressionParser.add(l, ExpressionParser.negate(r))
    guard let form = difference.exact, form.lower == Polynomial(.one), form.variables == [name],
      !values.isEmpty, values.count <= 8
    else { return nil }
    var coefficients: [Int: Rational] = [:]
    for (monomial, value) in form.upper.terms {
      switch monomial.factors.count {
      case 0: coefficients[0] = value
      case 1:
        guard monomial.factors[0].atom == .variable(name),
          let power = monomial.factors[0].exponent.int,
          (1...8).contains(power)
        else { return nil }
        coefficients[power] = value
      default: return nil
      }
    }
    guard let degree = coefficients.keys.max(), degree >= 1 else { return nil }
    var places: [Quantity] = []
    for value in values {
      guard let isRoot = isRoot(value, coefficients, degree) else { return nil }
      if !isRoot { return .different("a value that does not solve the equation") }
      if !places.contains(where: { AnswerComparison.values($0, value).isEqual }) {
        places.append(value)
      }
    }
    if places.count == degree { return .equal }
    // Of two roots the other one is known.
    if degree == 2, places.count == 1, let a = coefficients[2],
      let sum = (coefficients[1] ?? .zero).divided(by: a)?.negated
    {
      let other = ExpressionParser.add(Quantity(sum), ExpressionParser.negate(places[0]))
      return AnswerComparison.values(other, places[0]).isEqual
        ? .equal : .different("one of two solutions")
    }
    return nil
  }

  /// Whether a value solves the equation, exactly.
  private static func isRoot(
    _ value: Quantity, _ coefficients: [Int: Rational], _ degree: Int
  ) -> Bool? {
    guard value.isConstant else { return nil }
    var sum = Quantity(.zero)
    for power in stride(from: degree, through: 0, by: -1) {
      sum = ExpressionParser.add(
        ExpressionParser.multiply(sum, value), Quantity(coefficients[power] ?? .zero))
    }
    if let exact = sum.exact?.rational { return exact.isZero }
    guard let near = sum.approximate, near.magnitude > 1e-6 else { return nil }
    return false
  }
}
