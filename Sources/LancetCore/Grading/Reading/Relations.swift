// Relations of an answer: `name = value`, chains of equal values, equations, inequalities as the intervals they
// describe.

extension AnswerParser {
  func relation(_ range: Range<Int>, depth: Int) throws(Unreadable) -> AnswerValue? {
    var operators: [String] = []
    let pieces = split(range) { token in
      switch token.kind {
      case .symbol(.equals), .command("equiv"): operators.append("=")
      case .command("in"): operators.append("in")
      case .command("approx"): operators.append("~")
      case .symbol(.less): operators.append("<")
      case .symbol(.greater): operators.append(">")
      case .command("le"): operators.append("<=")
      case .command("ge"): operators.append(">=")
      case .command("ne"): operators.append("!=")
      default: return false
      }
      return true
    }
    guard pieces.count > 1 else { return nil }
    let parts = pieces.map(trimmed)
    return try related(parts, operators, depth: depth)
  }

  private func related(
    _ parts: [Range<Int>], _ operators: [String], depth: Int
  ) throws(Unreadable) -> AnswerValue {
    if operators.allSatisfy({ $0 == "=" || $0 == "~" }) {
      return try equality(parts, operators, depth: depth)
    }
    if operators == ["in"] {
      guard let name = name(parts[0]) else {
        throw Unreadable(reason: "a relation that is not understood")
      }
      return .named(name, try value(parts[1], depth: depth + 1))
    }
    if operators == ["!="] { return try unequal(parts, depth: depth) }
    // "a = b < c" and the like.
    guard operators.allSatisfy({ ["<", ">", "<=", ">="].contains($0) }) else {
      throw Unreadable(reason: "a relation that is not understood")
    }
    return try inequality(parts, operators)
  }

  // MARK: Equality

  private func equality(
    _ parts: [Range<Int>], _ operators: [String], depth: Int
  ) throws(Unreadable) -> AnswerValue {
    guard let first = parts.first, let last = parts.last, !last.isEmpty else {
      throw Unreadable(reason: "an equation that is cut off")
    }
    // "= 5"
    if first.isEmpty { return try chain(Array(parts[1...]), Array(operators[1...]), depth: depth) }
    if let named = try tuple(first, parts, operators, depth: depth) { return named }
    if parts.count == 2, operators == ["="], let ends = try ends(first, last) { return ends }
    if let name = name(first) {
      if let (a, b) = ratioLetters(first), b < a {
        throw Unreadable(reason: "a ratio of letters in another order")
      }
      let inner = try chain(Array(parts[1...]), Array(operators[1...]), depth: depth)
      return .named(name, inner)
    }
    if parts.count == 2, operators == ["="], let name = name(last),
      case .quantity(let q, _) = try? value(first, depth: depth + 1), q.isConstant
    {
      return .named(name, try value(first, depth: depth + 1))
    }
    let left = try value(first, depth: depth + 1)
    if case .quantity(let l, _) = left, !l.isConstant, parts.count == 2, operators == ["="] {
      guard case .quantity(let r, _) = try value(last, depth: depth + 1) else {
        throw Unreadable(reason: "an equation that is not understood")
      }
      return .equation(l, r)
    }
    return try chain(parts, operators, depth: depth)
  }

  /// `(x, y) = (1, 2)`: the values of its letters.
  func tuple(
    _ left: Range<Int>, _ parts: [Range<Int>], _ operators: [String], depth: Int
  ) throws(Unreadable) -> AnswerValue? {
    guard operators == ["="], left.count >= 5, tokens[left.lowerBound].isSymbol("("),
      tokens[left.upperBound - 1].isSymbol(")")
    else { return nil }
    var names: [String] = []
    for piece in split((left.lowerBound + 1)..<(left.upperBound - 1), at: { $0.isSymbol(",") }) {
      guard case .letter? = tokens[piece].first?.kind, let name = name(piece) else { return nil }
      names.append(name)
    }
    guard names.count > 1 else { return nil }
    let right = try value(parts[1], depth: depth + 1)
    func members(_ value: AnswerValue) -> AnswerValue? {
      guard case .group(.openParen, .closeParen, let members) = value, members.count == names.count
      else { return nil }
      return .list(zip(names, members).map { .named($0, $1) })
    }
    if let one = members(right) { return one }
    guard case .list(let several) = right else { return nil }
    let all = several.compactMap(members)
    return all.count == several.count ? .list(all) : nil
  }

  /// The letters of `a:b`.
  private func ratioLetters(_ range: Range<Int>) -> (String, String)? {
    guard range.count == 3, case .letter(let a) = tokens[range.lowerBound].kind,
      tokens[range.lowerBound + 1].isSymbol(":"),
      case .letter(let b) = tokens[range.lowerBound + 2].kind
    else { return nil }
    return (a, b)
  }

  /// A value and its repeated forms: `7/2 = 3.5`, `\pi \approx 3.14`.
  ///
  /// Forms that differ are no answer.
  private func chain(
    _ parts: [Range<Int>], _ operators: [String], depth: Int
  ) throws(Unreadable) -> AnswerValue {
    var out = try value(parts[0], depth: depth + 1)
    for (i, op) in operators.enumerated() {
      let next = try value(parts[i + 1], depth: depth + 1)
      let base: AnswerValue = if case .approximated(let exact, _) = out { exact } else { out }
      switch AnswerComparison.compare(base, next) {
      case .equal:
        // Keep the form that names a unit, and the approximation.
        if case .quantity(_, .some) = next, case .quantity = out { out = next }
      default:
        guard op == "~" || Self.isRounded(base, next) else {
          throw Unreadable(
            reason:
              "it states two values: \(spelling(parts[0].lowerBound..<parts[i + 1].upperBound))")
        }
        guard Self.isNear(base, next) else {
          throw Unreadable(reason: "an approximation of another value")
        }
        if case .approximated = out { continue }
        out = .approximated(base, next)
      }
    }
    return out
  }

  /// Whether a decimal is the value rounded to the digits it shows.
  private static func isRounded(_ value: AnswerValue, _ decimal: AnswerValue) -> Bool {
    guard case .quantity(let q, _) = value, case .quantity(let d, _) = decimal,
      let x = q.approximate, let y = d.approximate, let written = d.written, written.hasPoint
    else { return false }
    var step = 1.0
    for _ in 0..<min(written.decimals, 40) { step /= 10 }
    return (x - y).magnitude <= step / 2 * (1 + 1e-9)
  }

  private static func isNear(_ value: AnswerValue, _ decimal: AnswerValue) -> Bool {
    guard case .quantity(let q, _) = value, case .quantity(let d, _) = decimal,
      let x = q.approximate, let y = d.approximate
    else { return false }
    // Rounded or cut to the places that are shown, or nearer than people round.
    let distance = (x - y).magnitude
    let isWhole = !(d.written?.hasPoint ?? false)
    return distance <= (isWhole ? 0.5 : 1.01) * d.shownStep || distance <= 2e-4 * x.magnitude
  }
}

extension Quantity {
  /// Whether it has no variables.
  var isConstant: Bool {
    if let exact { return exact.variables.isEmpty && !exact.isOpaque }
    return tree?.variables.isEmpty ?? true
  }

  /// `a·x + b` with rational a and b, for one variable x.
  var linear: (name: String, slope: Rational, rest: Rational)? {
    guard let exact, exact.lower == Polynomial(.one), exact.variables.count == 1,
      let name = exact.variables.first
    else { return nil }
    var (slope, rest) = (Rational.zero, Rational.zero)
    for (monomial, value) in exact.upper.terms {
      if monomial.factors.isEmpty {
        rest = value
      } else if monomial.factors.count == 1, monomial.factors[0].exponent == .one,
        monomial.factors[0].atom == .variable(name)
      {
        slope = value
      } else {
        return nil
      }
    }
    return slope.isZero ? nil : (name, slope, rest)
  }
}
