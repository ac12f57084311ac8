// Whether two equations or inequalities say the same.

enum SameRelations {
  static func equations(
    _ name: String, _ value: AnswerValue, _ l: Quantity, _ r: Quantity
  ) -> Comparison {
    guard name.utf8.count == 1 else { return .unclear("only one side is an equation") }
    let members: [AnswerValue] =
      switch value {
      case .list(let several), .set(let several): several
      default: [value]
      }
    let values = members.compactMap { member in
      if case .quantity(let q, nil) = member { q } else { nil }
    }
    if values.count == members.count, let outcome = Solutions.compare(name, values, l, r) {
      return outcome
    }
    guard case .quantity(let q, _) = value else {
      return .unclear("only one side is an equation")
    }
    return equations(ExpressionParser.named(name), q, l, r)
  }

  /// Two equations are the same when one difference of sides is a constant multiple of the other.
  static func equations(
    _ l: Quantity, _ r: Quantity, _ m: Quantity, _ s: Quantity
  ) -> Comparison {
    let a = ExpressionParser.add(l, ExpressionParser.negate(r))
    let b = ExpressionParser.add(m, ExpressionParser.negate(s))
    if let x = a.exact, let y = b.exact, x.equals(y) ?? false { return .equal }
    if let x = a.term, let y = b.term, Identity.ratio(x, y) != nil { return .equal }
    if a.isLinear, b.isLinear { return .different("another equation") }
    return .unclear("equations that differ in form")
  }

  /// Differences compared with zero: the same when one is a positive multiple of the other.
  static func compare(_ p: String, _ a: Quantity, _ q: String, _ b: Quantity) -> Comparison {
    guard p == q else { return .unclear("relations of different kinds") }
    guard let x = a.term, let y = b.term, let ratio = Identity.ratio(x, y) else {
      return .unclear("relations that differ in form")
    }
    return ratio > 0 || p == "!=" ? .equal : .different("the opposite relation")
  }
}

extension Quantity {
  /// Whether it is a polynomial of first degree.
  var isLinear: Bool {
    guard let exact, exact.lower == Polynomial(.one) else { return false }
    return exact.upper.terms.keys.allSatisfy { monomial in
      let variables = monomial.factors.filter {
        if case .variable = $0.atom { true } else { false }
      }
      return variables.isEmpty || variables.count == 1 && variables[0].exponent == .one
    } && !exact.isOpaque
  }
}
