// From one equation to the next: what a step of solving leaves unchanged must be unchanged.

/// Follows equations through a text, as long as each is said to come from the one before.
struct EquationSteps {
  /// One equation of the text.
  struct Equation {
    var unknowns: Set<String>
    var left: ReadFormula
    var right: ReadFormula
    /// Left minus right; nil when it is no polynomial.
    var difference: Polynomial?
    var range: Range<Int>
    /// Its first two members, in tokens.
    var leftTokens: Range<Int>
    var rightTokens: Range<Int>
    /// The most digits that a number of it shows behind the point.
    var decimals: Int
    /// Whether none of its numbers looks rounded.
    var isExact: Bool

    var hasDecimals: Bool { decimals > 0 }
  }

  let bytes: [UInt8]
  let context: ClaimContext
  private var last: Equation?
  /// The last equations read, for what is put into them later.
  private(set) var earlier: [Equation] = []

  init(bytes: [UInt8], context: ClaimContext) {
    self.bytes = bytes
    self.context = context
  }

  /// Takes the next chain; a check when it states what does not follow from the equation before.
  mutating func follow(
    _ chain: FormulaChain, _ reads: [ReadFormula?], _ reader: inout FormulaReader
  ) -> Check? {
    guard chain.modulus == nil, chain.relations.allSatisfy({ $0 == .equals }),
      let l = reads.first ?? nil, let r = reads[1], chain.members.allSatisfy({ !$0.isEmpty }),
      let equation = equation(chain, l, r, reader)
    else {
      last = nil
      return nil
    }
    defer { keep(equation, last) }
    guard let before = last else {
      last = lastOf(chain, reads, equation, reader)
      return substituted(equation, reader)
    }
    reader.effort.spend(60)
    let gap = before.range.upperBound..<max(before.range.upperBound, equation.range.lowerBound)
    let passage = context.passage(gap)
    let check =
      passage == .none || before.unknowns != equation.unknowns
      ? substituted(equation, reader) : judge(before, equation, chain, reader, passage)
    last = lastOf(chain, reads, equation, reader)
    // Two equations side by side that do not come from each other: alternatives or a system.
    if passage == .none || passage == .bare, gap.count < 60, before.unknowns == equation.unknowns,
      !isEquivalent(before, equation)
    {
      last = nil
    }
    return check
  }

  private func equation(
    _ chain: FormulaChain, _ l: ReadFormula, _ r: ReadFormula, _ reader: FormulaReader
  ) -> Equation? {
    let unknowns = l.unknowns.union(r.unknowns)
    guard !unknowns.isEmpty, unknowns.count <= 4, !unknowns.contains("i"), l.doubts.isEmpty,
      r.doubts.isEmpty, !l.isPair, let first = chain.members.first, let end = chain.members.last,
      !first.isEmpty, !end.isEmpty
    else { return nil }
    let range = reader.tokens[first.lowerBound].start..<reader.tokens[end.upperBound - 1].end
    // Outside mathematics a line may have lost its breaks: "-14 = x + 2 -16 = x".
    if chain.members.count > 2, !reader.tokens[first.lowerBound].inMath,
      chain.members.dropFirst().contains(where: { member in
        reader.tokens[member].contains { if case .letter = $0.kind { true } else { false } }
      })
    {
      return nil
    }
    let difference = l.polynomial.flatMap { a in
      r.polynomial.flatMap { a.adding($0.negated) }
    }
    if let difference, difference.isZero { return nil }
    let numbers = (l.numbers + r.numbers).map { reader.numbers[$0] }
    return Equation(
      unknowns: unknowns, left: l, right: r, difference: difference, range: range,
      leftTokens: first, rightTokens: chain.members[1],
      decimals: numbers.filter(\.hasPoint).map(\.decimals).max() ?? 0,
      isExact: numbers.allSatisfy { $0.slack == 0 })
  }

  /// "x = 350 - 150 = 200": what is known afterwards is the last value.
  private func lastOf(
    _ chain: FormulaChain, _ reads: [ReadFormula?], _ first: Equation, _ reader: FormulaReader
  ) -> Equation? {
    guard chain.members.count > 2 else { return first }
    guard let l = reads.first ?? nil, let r = reads.last ?? nil else { return nil }
    return equation(chain, l, r, reader)
  }

  private mutating func keep(_ equation: Equation, _ last: Equation?) {
    earlier.append(equation)
    if let last, last.range != equation.range { earlier.append(last) }
    if earlier.count > 8 { earlier.removeFirst(earlier.count - 8) }
  }

  // MARK: Judging

  private func judge(
    _ before: Equation, _ now: Equation, _ chain: FormulaChain, _ reader: FormulaReader,
    _ passage: ClaimContext.Passage
  ) -> Check? {
    guard before.unknowns == now.unknowns, !context.definesOperation,
      !context.hasForeignArithmetic, !context.isHedged(now.range), !isEquivalent(before, now),
      !context.opensCase(now.range.lowerBound)
    else { return nil }
    if now.unknowns.count == 1, let name = now.unknowns.first,
      let root = before.difference.flatMap({ self.root($0, name) }),
      let next = now.difference.flatMap({ self.root($0, name) })
    {
      if isCollected(before, now) { return collected(before, now, reader) }
      guard root != next, !isEvaluated(before, at: root), !now.right.isPair,
        isDerived(before, now, passage, reader) || isRewritten(before, now),
        !roundsTo(next, from: root, before, now)
      else { return nil }
      return check(now, chain, reader, root: root)
    }
    guard !before.hasDecimals, !now.hasDecimals, passage != .bare, !now.right.isPair else {
      return now.right.isPair ? pair(before, now, chain, reader, passage) : nil
    }
    if let name = now.unknowns.first, let value = statedValue(now), !isSolved(before) {
      // The stated solution is put into the equation before.
      let place = [name: value]
      guard let l = before.left.formula.exact(at: place),
        let r = before.right.formula.exact(at: place), l != r
      else { return nil }
      return check(now, chain, reader, root: nil)
    }
    if passage == .strong, isFactored(before, now) { return check(now, chain, reader, root: nil) }
    if isRewritten(before, now) || passage == .strong && isNearlyProportional(before, now) {
      return check(now, chain, reader, root: nil)
    }
    return nil
  }

  /// "x = 2 gives 3x + 1 = 7, x = 3 gives …": what the unknown was said to be is put in, and nothing is solved.
  private func isEvaluated(_ before: Equation, at root: Rational) -> Bool {
    guard !isSolved(before),
      let given = earlier.filter({ $0.range.upperBound <= before.range.lowerBound })
        .max(by: { $0.range.upperBound < $1.range.upperBound })
    else { return false }
    return given.unknowns == before.unknowns && statedValue(given) == root
  }

  /// The same right side, and the left one multiplied out or collected with a slip.
  private func isRewritten(_ before: Equation, _ now: Equation) -> Bool {
    guard let a = before.left.polynomial, let b = now.left.polynomial,
      let c = before.right.polynomial, c == now.right.polynomial
    else { return false }
    // "3(x - 2) = 9", then "3x - 2 = 9": what was multiplied out need not be long.
    return Identities.isSlip(
      from: before.left, a, to: now.left, b, inChain: before.left.formula.isUnexpanded)
  }

  /// A polynomial set to zero, then written as a product that is another polynomial of the same degree.
  private func isFactored(_ before: Equation, _ now: Equation) -> Bool {
    guard now.unknowns.count == 1, now.right.formula.exact == .zero,
      before.right.formula.exact == .zero, now.left.formula.isUnexpanded,
      now.left.formula.addends == 1, let a = before.difference, let b = now.difference,
      degree(a) == degree(b)
    else { return false }
    return !isProportional(a, b)
  }

  private func degree(_ polynomial: Polynomial) -> Double {
    polynomial.terms.keys.map { $0.factors.reduce(0) { $0 + $1.exponent.double } }.max() ?? 0
  }

  /// Terms moved to the other side, all but one rightly.
  private func isNearlyProportional(_ before: Equation, _ now: Equation) -> Bool {
    guard let a = before.difference, let b = now.difference, a.terms.count >= 3,
      Set(a.terms.keys) == Set(b.terms.keys)
    else { return false }
    for sign in [Rational.one, Rational(-1)] {
      let others = a.terms.count { monomial, value in
        b.terms[monomial] != value.multiplied(by: sign)
      }
      if others == 1 { return true }
    }
    return false
  }

  /// `x = \frac{-b \pm …}{2a}`: both values are put into the equation before.
  private func pair(
    _ before: Equation, _ now: Equation, _ chain: FormulaChain, _ reader: FormulaReader,
    _ passage: ClaimContext.Passage
  ) -> Check? {
    guard case .unknown(let name) = now.left.formula, now.right.unknowns.isEmpty,
      passage != .bare, now.right.pairSigns == 1, !before.right.isPair, !isSolved(before),
      let other = reader.read(chain.members[1], as: .lowerSign)
    else { return nil }
    for formula in [now.right.formula, other.formula] {
      guard let value = formula.value(at: [:]),
        let l = before.left.formula.value(at: [name: value]),
        let r = before.right.formula.value(at: [name: value])
      else { return nil }
      let scale = max(l.magnitude, r.magnitude, value.magnitude * value.magnitude, 1)
      if (l - r).magnitude > scale * 1e-6 { return check(now, chain, reader, root: nil) }
    }
    return nil
  }

  private func isEquivalent(_ a: Equation, _ b: Equation) -> Bool {
    guard let p = a.difference, let q = b.difference else { return false }
    return isProportional(p, q)
  }

  func isProportional(_ a: Polynomial, _ b: Polynomial) -> Bool {
    guard a.terms.count == b.terms.count, let (monomial, value) = a.terms.first,
      let other = b.terms[monomial], let scale = other.divided(by: value)
    else { return false }
    return a.multiplied(by: Polynomial(scale)) == b
  }

  /// Whether the second equation says that it comes from the first.
  private func isDerived(
    _ before: Equation, _ now: Equation, _ passage: ClaimContext.Passage, _ reader: FormulaReader
  ) -> Bool {
    if isSolved(before) {
      // "x = 350 - 150. Therefore x = 200."
      guard before.right.operators > 0, !isFraction(before.right) else { return false }
      if passage == .weak || passage == .strong, now.right.single != nil { return true }
      return isSimplified(before, now, reader)
    }
    switch passage {
    case .none: return false
    case .strong: return true
    case .weak, .bare:
      // Nearer to the solution: k·x = c.
      return now.left.formula.addends == 1 && now.right.unknowns.isEmpty
    }
  }

  func isSolved(_ equation: Equation) -> Bool {
    guard case .unknown = equation.left.formula else { return false }
    return equation.right.unknowns.isEmpty
  }

  private func isFraction(_ read: ReadFormula) -> Bool {
    var formula = read.formula
    if case .negated(let inner) = formula { formula = inner }
    guard case .binary(.divide, .number, .number) = formula else { return false }
    return true
  }

  /// The value, when an equation is `x = c`.
  private func statedValue(_ equation: Equation) -> Rational? {
    guard case .unknown = equation.left.formula, equation.right.unknowns.isEmpty else { return nil }
    return equation.right.formula.exact
  }

  /// The root of a linear polynomial in one unknown.
  private func root(_ polynomial: Polynomial, _ name: String) -> Rational? {
    var (slope, constant) = (Rational.zero, Rational.zero)
    for (monomial, value) in polynomial.terms {
      if monomial.factors.isEmpty {
        constant = value
      } else if monomial.factors.count == 1, monomial.factors[0].exponent == .one,
        monomial.factors[0].atom == .variable(name)
      {
        slope = value
      } else {
        return nil
      }
    }
    return constant.negated.divided(by: slope)
  }

  private func substitute(_ value: Rational, _ name: String, _ polynomial: Polynomial) -> Rational?
  {
    var sum = Rational.zero
    for (monomial, coefficient) in polynomial.terms {
      var term = coefficient
      for factor in monomial.factors {
        guard factor.atom == .variable(name), let e = factor.exponent.int,
          let power = value.isZero ? (e == 0 ? .one : .zero) : value.power(e),
          let next = term.multiplied(by: power)
        else { return nil }
        term = next
      }
      guard let next = sum.adding(term) else { return nil }
      sum = next
    }
    return sum
  }

  /// Whether a stated solution is the true one rounded or cut, or computed from rounded numbers.
  private func roundsTo(
    _ stated: Rational, from root: Rational, _ before: Equation, _ now: Equation
  ) -> Bool {
    let distance = (stated.double - root.double).magnitude
    let scale = max(stated.double.magnitude, root.double.magnitude)
    if before.hasDecimals || now.hasDecimals, distance <= 0.02 * scale { return true }
    if now.right.single != nil, stated.isInteger, !root.isInteger, distance < 1 { return true }
    return false
  }

  private func check(
    _ now: Equation, _ chain: FormulaChain, _ reader: FormulaReader, root: Rational?
  ) -> Check? {
    let tokens = reader.tokens
    let (left, right) = (chain.members[0], chain.members[1])
    let expression = tokens[left.lowerBound].start..<tokens[left.upperBound - 1].end
    let stated = tokens[right.lowerBound].start..<tokens[right.upperBound - 1].end
    var computed: Rational?
    if let root, let name = now.unknowns.first, now.right.unknowns.isEmpty,
      let left = now.left.polynomial
    {
      computed = substitute(root, name, left)
    }
    return Check(
      bytes: expression.lowerBound..<stated.upperBound, statedBytes: stated,
      expression: String(decoding: bytes[expression], as: UTF8.self),
      stated: String(decoding: bytes[stated], as: UTF8.self), computed: computed?.spelling,
      verdict: .wrong)
  }
}
