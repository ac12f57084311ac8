// Chains without unknowns.

extension FormulaChecker {
  mutating func numbers(
    _ chain: FormulaChain, _ i: Int, _ l: ReadFormula, _ r: ReadFormula
  ) {
    let (left, right) = (chain.members[i], chain.members[i + 1])
    let inMath = isInMath(left) && isInMath(right)
    // Outside mathematics only what the prose reader does not know.
    guard inMath || isBeyondProse(left) || isBeyondProse(right) else { return }
    findings.claimed.append(span(left).lowerBound..<span(right).upperBound)
    guard l.operators > 0 || (i > 0 && chain.relations[i - 1] == .equals) || r.operators > 0 else {
      return
    }
    if let value = l.formula.exact, r.operators > 0, r.formula.exact != value,
      r.formula.begins(with: value)
    {
      return  // "5 + 3 = 8 * 2": the calculation goes on from the result
    }
    let about = chain.relations[i] == .approximately
    if let found = quotient(left, l, right, r) {
      findings.checks.append(found)
      return
    }
    let outcome = reader.compare(left, l, right, r, about: about)
    var verdict = outcome.verdict
    if verdict == .wrong,
      !isCertain(chain, i, l, r, inMath: inMath) || endsInExclamation(left, l, right, about)
        || isInOtherUnit(chain, i, l, r)
    {
      verdict = .unknown
    }
    if verdict == .unknown, l.operators == 0 { return }
    add(left, right, verdict, computed: outcome.computed)
  }

  /// "So 3 + 4 = 7!": outside mathematics the sign may be the sentence's.
  private mutating func endsInExclamation(
    _ left: Range<Int>, _ l: ReadFormula, _ right: Range<Int>, _ about: Bool
  ) -> Bool {
    guard right.count > 1, tokens[right.upperBound - 1].kind == .bang,
      !tokens[right.upperBound - 1].inMath
    else { return false }
    let plain = right.lowerBound..<right.upperBound - 1
    guard let r = reader.read(plain) else { return false }
    return reader.compare(left, l, plain, r, about: about).verdict == .right
  }

  /// "= 500$ nm": a unit behind a formula that is a thousandth or a million of the one it was computed in.
  private func isInOtherUnit(
    _ chain: FormulaChain, _ i: Int, _ l: ReadFormula, _ r: ReadFormula
  ) -> Bool {
    guard i == chain.relations.count - 1, let a = l.formula.exact, let b = r.formula.exact,
      let ratio = a.divided(by: b), ratio.isPowerOfTen, ratio != Rational(10)
    else { return false }
    var at = span(chain.members[i + 1]).upperBound
    // Behind the delimiter and \text{ or \mathrm{.
    let limit = min(bytes.count, at + 16)
    while at < limit {
      if bytes[at] == .backslash, at + 1 < limit, bytes[at + 1].isLetter {
        at += 1
        while at < limit, bytes[at].isLetter { at += 1 }
      } else if bytes[at].isLetter || bytes[at] >= 0x80 {
        break
      } else {
        at += 1
      }
    }
    var end = at
    while end < bytes.count, bytes[end].isLetter || bytes[end] >= 0x80, end - at < 5 { end += 1 }
    return Self.prefixed.contains(String(decoding: bytes[at..<end], as: UTF8.self))
  }

  private static let prefixed: Set<String> = [
    "nm", "mm", "cm", "km", "mg", "kg", "ms", "ns", "mL", "ml", "mA", "mV", "kV", "kW", "MW", "kJ",
    "MJ", "kN", "kPa", "MPa", "Hz", "kHz", "MHz", "GHz", "eV", "keV", "MeV", "pm", "μm", "µm", "μs",
    "mW", "mJ", "cm³", "cm²", "nC", "μC",
  ]

  /// "706 ÷ 7 = 100 with a remainder of 6".
  func quotient(
    _ left: Range<Int>, _ l: ReadFormula, _ right: Range<Int>, _ r: ReadFormula
  ) -> Check? {
    guard case .binary(.divide, let above, let below) = l.formula, r.single != nil,
      let a = above.exact, let b = below.exact, let q = r.formula.exact
    else { return nil }
    return Quotients(bytes).check(
      a, by: b, expression: span(left), quotient: statedSpan(right), stated: q)
  }

  func isBeyondProse(_ member: Range<Int>) -> Bool {
    tokens[member].contains {
      switch $0.kind {
      case .pi, .bang, .binom, .choose, .joint, .bar, .function, .log, .plusMinus, .remainder: true
      case .number(let index): reader.numbers[index].isRepeating
      // 2³
      case .op(.caret): $0.start == $0.end
      case .letter("C"): true
      case .root(let degree): degree != 2 || !$0.inMath
      default: false
      }
    }
  }

  func isCertain(
    _ chain: FormulaChain, _ i: Int, _ l: ReadFormula, _ r: ReadFormula, inMath: Bool
  ) -> Bool {
    if context.hasForeignArithmetic, !l.hasRemainder, l.operators <= 3, !l.isIrrational,
      !l.hasDivision
    {
      return false
    }
    if context.definesOperation, l.hasAsterisk || r.hasAsterisk { return false }
    // "sin 30 = cos 60°" mixes two measures of angles; "cos 60° = 1" does not.
    if l.hasDegrees != r.hasDegrees, l.hasTrigonometry, r.hasTrigonometry { return false }
    if l.hasTrigonometry, r.hasDegrees, !r.hasTrigonometry { return false }
    // "60° = π/3".
    if l.hasDegrees != r.hasDegrees, l.isIrrational || r.isIrrational, !l.hasTrigonometry,
      !r.hasTrigonometry
    {
      return false
    }
    let whole = span(chain.members[i]).lowerBound..<span(chain.members[i + 1]).upperBound
    if context.isHedged(whole) { return false }
    return inMath || isCleanOutside(chain, i)
  }

  /// Outside mathematics a word behind the last number may change it ("5 million", "3 more").
  func isCleanOutside(_ chain: FormulaChain, _ i: Int) -> Bool {
    if i == 0, let first = chain.members.first, first.lowerBound > 0,
      tokens[first.lowerBound - 1].kind == .word
    {
      let word = loweredText(
        bytes, tokens[first.lowerBound - 1].start..<tokens[first.lowerBound - 1].end)
      if !["is", "of", "so", "thus", "gives", "are", "then", "have", "get"].contains(word) {
        return false
      }
    }
    return endsClean(chain, i)
  }

  func endsClean(_ chain: FormulaChain, _ i: Int) -> Bool {
    guard i == chain.relations.count - 1, let next = chain.next, tokens[next].kind == .word else {
      return true
    }
    return !ProseWords.changesNumber(loweredText(bytes, tokens[next].start..<tokens[next].end))
  }
}

extension Rational {
  /// 1000, 1/100 and the like; 1 is none.
  fileprivate var isPowerOfTen: Bool {
    var (above, below) = (numerator, denominator)
    while above % 10 == 0, above > 0 { above /= 10 }
    while below % 10 == 0, below > 0 { below /= 10 }
    return above == 1 && below == 1 && self != .one
  }
}
