// When `A = B` with unknowns is a step of calculation that went wrong, and not an equation to be solved.

enum Identities {
  /// The verdict on two sides with unknowns.
  ///
  /// Right when both sides are the same for all values; wrong when the right side is the left one multiplied out or
  /// collected with a slip: the same unknowns, and nearly the same monomials. Anything else is an equation.
  static func judge(_ l: ReadFormula, _ r: ReadFormula, inChain: Bool) -> CheckVerdict {
    if let a = l.polynomial, let b = r.polynomial {
      if a == b { return .right }
      // Brackets on both sides are an equation, unless the chain says that it calculates.
      guard inChain || !r.formula.isUnexpanded else { return .unknown }
      return isSlip(from: l, a, to: r, b, inChain: inChain) ? .wrong : .unknown
    }
    return agreesEverywhere(l, r) ? .right : .unknown
  }

  /// Whether `b` is what somebody wrote who meant `a`.
  static func isSlip(
    from l: ReadFormula, _ a: Polynomial, to r: ReadFormula, _ b: Polynomial,
    inChain: Bool = false
  ) -> Bool {
    guard l.unknowns == r.unknowns, !l.unknowns.isEmpty else { return false }
    let isWorkToDo = l.formula.isUnexpanded || l.formula.addends > a.terms.count
    if a.terms.count == 1, b.terms.count == 1 {
      // 3x + 5x = 9x, (2x)^3 = 6x^3
      return a.terms.keys.first == b.terms.keys.first && r.formula.isPlainMonomial
        && !l.formula.isPlainMonomial
    }
    return isWorkToDo && (near(a, b) || inChain && isHalfAgreed(a, b))
  }

  /// Two terms of which one agrees: enough where a chain says that it calculates, not in an equation by itself.
  private static func isHalfAgreed(_ a: Polynomial, _ b: Polynomial) -> Bool {
    guard a.terms.count == 2, Set(a.terms.keys) == Set(b.terms.keys) else { return false }
    return a.terms.count { b.terms[$0.key] == $0.value } == 1
  }

  /// The same monomials with other coefficients, or all but one; at least three, and one that agrees.
  static func near(_ a: Polynomial, _ b: Polynomial) -> Bool {
    guard let difference = a.adding(b.negated) else { return false }
    let all = Set(a.terms.keys).union(b.terms.keys)
    let sameSupport = a.terms.count == all.count && b.terms.count == all.count
    guard all.count >= 3, sameSupport || difference.terms.count == 1 else { return false }
    return all.contains { !$0.factors.isEmpty && a.terms[$0] == b.terms[$0] }
  }

  /// Whether two sides agree at several places: then they are the same, since school formulas have few zeros.
  private static func agreesEverywhere(_ l: ReadFormula, _ r: ReadFormula) -> Bool {
    let names = l.unknowns.union(r.unknowns).sorted()
    guard names.count <= 12 else { return false }
    var seen = 0
    for round in 1...6 {
      var place: [String: Double] = [:]
      for (i, name) in names.enumerated() {
        place[name] = 0.7 + Double((round * 37 + i * 61) % 29) / 11
      }
      guard let x = l.formula.value(at: place), let y = r.formula.value(at: place) else { continue }
      seen += 1
      let scale = max(x.magnitude, y.magnitude, 1e-9)
      if (x - y).magnitude > scale * 1e-8 { return false }
    }
    return seen >= 3
  }
}
