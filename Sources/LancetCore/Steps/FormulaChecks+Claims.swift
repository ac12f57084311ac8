// Named quantities, congruences and identities.

extension FormulaChecker {
  // MARK: Named quantities

  /// Checks two lines about one quantity, the second of which says the value.
  ///
  /// "Total = 20 + 23. Total = 42."
  mutating func named(_ chain: FormulaChain, _ reads: [ReadFormula?]) {
    guard let first = chain.members.first, chain.relations[0] == .equals,
      let member = chain.members.last, !member.isEmpty, let last = reads.last ?? nil
    else { return quantities.forget() }
    let relation = first.upperBound
    let end = span(member).upperBound
    let name = quantities.name(endingAt: tokens[relation].start)
    let before = quantities.last
    quantities.keep(name, member, end: end, isWhole: isWhole(chain))
    guard let before, let name, before.name == name, before.isWhole,
      quantities.adjoins(before.end, tokens[relation].start, name, context),
      chain.members.count == 2,
      let l = reader.readWithTerms(before.member), l.operators > 0
    else { return }
    // The numbers of a plain line end where a unit begins.
    guard endsClean(chain, chain.relations.count - 1) || isInMath(member) else { return }
    let (left, right) = (before.member, member)
    // The slip stands where the value is said, which may be another step than the expression's.
    let here = statedSpan(right)
    if l.unknowns.isEmpty, last.unknowns.isEmpty, last.single != nil {
      let outcome = reader.compare(left, l, right, last, about: false)
      let whole = span(left).lowerBound..<span(right).upperBound
      guard outcome.verdict == .wrong, !context.isHedged(whole), !context.hasForeignArithmetic
      else { return }
      add(left, right, .wrong, computed: outcome.computed)
      findings.checks[findings.checks.count - 1].bytes = here
    } else if Identities.judge(l, last, inChain: true) == .wrong, !hasDecimals(l),
      !hasDecimals(last), l.doubts.isEmpty, last.doubts.isEmpty
    {
      add(left, right, .wrong, computed: l.polynomial?.spelled)
      findings.checks[findings.checks.count - 1].bytes = here
    }
  }

  /// Whether a chain's last member ends where its line or formula does.
  func isWhole(_ chain: FormulaChain) -> Bool {
    guard let next = chain.next else { return true }
    return tokens[next].kind != .word
  }

  // MARK: Congruences

  mutating func congruence(
    _ left: Range<Int>, _ right: Range<Int>, _ modulus: Range<Int>, _ l: ReadFormula,
    _ r: ReadFormula
  ) {
    findings.claimed.append(span(left).lowerBound..<span(right).upperBound)
    guard l.unknowns.isEmpty, r.unknowns.isEmpty,
      let m = modulusValue(modulus), m > 1, let a = l.formula.exact, let b = r.formula.exact,
      a.isInteger, b.isInteger, let difference = a.subtracting(b)
    else { return }
    let isRight = difference.numerator % Int128(m) == 0
    var verdict: CheckVerdict = isRight ? .right : .wrong
    let whole = span(left).lowerBound..<span(modulus).upperBound
    if !isRight, context.isHedged(whole) { verdict = .unknown }
    let rest = a.numerator % Int128(m)
    let computed = Rational(rest < 0 ? rest + Int128(m) : rest, over: 1)
    add(left, right, verdict, computed: isRight ? r.formula.exact?.spelling : computed?.spelling)
  }

  func modulusValue(_ range: Range<Int>) -> Int? {
    for i in range {
      if case .number(let index) = tokens[i].kind { return reader.numbers[index].value?.int }
    }
    return nil
  }

  // MARK: Identities

  mutating func identity(
    _ chain: FormulaChain, _ i: Int, _ l: ReadFormula, _ r: ReadFormula
  ) {
    let (left, right) = (chain.members[i], chain.members[i + 1])
    claim(left, right, l, r)
    guard isInMath(left) && isInMath(right) || isCleanOutside(chain, i), !l.isPair, !r.isPair,
      !l.unknowns.contains("i"), !r.unknowns.contains("i"), chain.relations[i] == .equals
    else { return }
    let verdict = Identities.judge(l, r, inChain: i > 0)
    guard verdict != .unknown, l.operators > 0 else { return }
    let whole = span(left).lowerBound..<span(right).upperBound
    if verdict == .wrong {
      guard !hasDecimals(l), !hasDecimals(r), !context.isHedged(whole), !context.definesOperation,
        !context.hasForeignArithmetic, l.doubts.isEmpty, r.doubts.isEmpty
      else { return }
    }
    add(left, right, verdict, computed: l.polynomial?.spelled)
  }

  func hasDecimals(_ read: ReadFormula) -> Bool {
    read.numbers.contains { reader.numbers[$0].hasPoint }
  }
}
