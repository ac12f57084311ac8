// Steps that say what they do with an equation: terms collected, a value simplified, one equation put into another.

extension EquationSteps {
  // MARK: Terms collected

  /// "0.75x + 0.5x = 9" to "1.3x = 9": the coefficients are added, and their sum needs no more digits than are shown.
  func isCollected(_ before: Equation, _ now: Equation) -> Bool {
    guard before.isExact, now.isExact, let a = before.left.polynomial,
      let b = now.left.polynomial, a.terms.count == 1, b.terms.count == 1,
      a.terms.keys == b.terms.keys, let sum = a.terms.values.first?.decimalPlaces,
      let c = before.right.polynomial, c == now.right.polynomial,
      before.left.formula.addends > 1, now.left.formula.isPlainMonomial
    else { return false }
    return a != b && sum <= now.decimals
  }

  /// The slip in a sum of coefficients.
  func collected(_ before: Equation, _ now: Equation, _ reader: FormulaReader) -> Check {
    let (left, right) = (bytes(before.leftTokens, reader), bytes(now.leftTokens, reader))
    return Check(
      bytes: right, statedBytes: right, expression: string(left),
      stated: string(right), computed: before.left.polynomial?.spelled, verdict: .wrong)
  }

  // MARK: A value simplified

  /// "S = 165 · 6/11", then "S = 9 · 6": fewer numbers, of which one is the same; "x = 5 - 2", then "x = 5 + 2", are two
  /// values.
  func isSimplified(_ before: Equation, _ now: Equation, _ reader: FormulaReader) -> Bool {
    func values(_ read: ReadFormula) -> [Rational] {
      read.numbers.compactMap { reader.numbers[$0].value }
    }
    let (old, new) = (values(before.right), values(now.right))
    return before.right.operators > now.right.operators && now.right.operators > 0
      && old.count > new.count && new.contains { old.contains($0) }
      && !before.right.isIrrational && !before.right.isPair
  }

  // MARK: One equation put into another

  /// "Substituting the first equation into the second": an equation that none of those read before gives, and that
  /// differs from one they do give in a single number.
  func substituted(_ now: Equation, _ reader: FormulaReader) -> Check? {
    guard now.decimals == 0, !now.right.isPair, !context.definesOperation,
      !context.hasForeignArithmetic, let stated = now.difference, says(before: now.range),
      !context.isHedged(now.range)
    else { return nil }
    var near: [Polynomial] = []
    for solved in earlier {
      guard case .unknown(let name) = solved.left.formula, !solved.right.unknowns.contains(name)
      else { continue }
      for other in earlier where other.unknowns.contains(name) && other.range != solved.range {
        guard
          let l = other.left.formula.replacing(name, by: solved.right.formula)
            .polynomial(reader.effort),
          let r = other.right.formula.replacing(name, by: solved.right.formula)
            .polynomial(reader.effort),
          let given = l.adding(r.negated)
        else { continue }
        if isProportional(given, stated) || given.isZero { return nil }
        // What nothing was put into must be the same, else another equation is meant.
        let isSameOther =
          now.right.formula.exact == nil || other.right.formula.exact == nil
          || now.right.formula.exact == other.right.formula.exact
        if isSameOther, differsOnce(given, stated) { near.append(given) }
      }
    }
    guard let first = near.first, near.allSatisfy({ isProportional($0, first) }) else { return nil }
    let (left, right) = (bytes(now.leftTokens, reader), bytes(now.rightTokens, reader))
    return Check(
      bytes: left.lowerBound..<right.upperBound, statedBytes: right, expression: string(left),
      stated: string(right), computed: nil, verdict: .wrong)
  }

  /// Whether the words in front say that something is put into an equation.
  private func says(before range: Range<Int>) -> Bool {
    let words = bytes[max(0, range.lowerBound - 160)..<range.lowerBound]
    return words.indices.contains { i in
      switch words[i] {
      case UInt8(ascii: "s"), UInt8(ascii: "S"): words[(i + 1)...].starts(with: "ubstitut".utf8)
      case UInt8(ascii: "p"), UInt8(ascii: "P"): words[(i + 1)...].starts(with: "lugging".utf8)
      default: false
      }
    }
  }

  /// The same monomials with the same coefficients but one, up to a common sign.
  private func differsOnce(_ a: Polynomial, _ b: Polynomial) -> Bool {
    guard a.terms.count >= 2, Set(a.terms.keys) == Set(b.terms.keys) else { return false }
    return [Rational.one, Rational(-1)].contains { sign in
      a.terms.count { b.terms[$0.key] != $0.value.multiplied(by: sign) } == 1
    }
  }

  private func bytes(_ range: Range<Int>, _ reader: FormulaReader) -> Range<Int> {
    reader.tokens[range.lowerBound].start..<reader.tokens[range.upperBound - 1].end
  }

  private func string(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }
}

extension Formula {
  /// This formula with another in the place of an unknown.
  func replacing(_ name: String, by other: Formula) -> Formula {
    func inner(_ formula: Formula) -> Formula { formula.replacing(name, by: other) }
    switch self {
    case .unknown(name): return other
    case .number, .unknown, .pi: return self
    case .negated(let a): return .negated(inner(a))
    case .binary(let op, let a, let b): return .binary(op, inner(a), inner(b))
    case .root(let a, let degree): return .root(inner(a), degree: degree)
    case .factorial(let a): return .factorial(inner(a))
    case .binomial(let a, let b): return .binomial(inner(a), inner(b))
    case .remainder(let a, let b): return .remainder(inner(a), inner(b))
    case .function(let function, let a): return .function(function, inner(a))
    case .logarithm(let base, let a): return .logarithm(base: inner(base), inner(a))
    case .joint(let joint, let parts): return .joint(joint, parts.map(inner))
    }
  }
}
