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
  private func tuple(
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
    return (x - y).magnitude <= 0.01 * max(x.magnitude, y.magnitude)
  }

  // MARK: Names

  private static let nameCommands: Set<String> = [
    "angle", "overline", "triangle", "widehat", "hat", "vec", "mathcal", "Delta", "bar", "prime",
    "measuredangle", "overrightarrow",
  ]

  /// The left side of `name = value`: a variable, `f(x)`, `AB` or words.
  func name(_ range: Range<Int>) -> String? {
    guard let first = range.first, range.count <= 16 else { return nil }
    if tokens[first].isCommand("frac") { return quotientName(range) }
    if case .letter(let letter) = tokens[first].kind {
      if range.count == 1 { return letter == "e" || letter == "i" ? nil : letter }
      if let call = callName(range, letter) { return call }
    }
    var (letters, words, out) = ([String](), 0, [String]())
    var (commands, marks) = (0, 0)
    var i = first
    while i < range.upperBound {
      switch tokens[i].kind {
      case .word(let word):
        if UnitPhrase.isNoUnit(word), word != "of" { return nil }
        words += 1
        out.append(word)
      case .letter(let letter):
        letters.append(letter)
        out.append(letter)
      case .command(let name) where Self.nameCommands.contains(name): commands += 1
      case .symbol(.underscore):
        // A subscript, as far as it reaches.
        i += 1
        if i < range.upperBound, tokens[i].isSymbol("{") {
          i += 1
          while i < range.upperBound, !tokens[i].isSymbol("}") {
            out.append("_" + tokens[i].spelling)
            i += 1
          }
        } else if i < range.upperBound {
          out.append("_" + tokens[i].spelling)
        }
      case .symbol(.openBrace), .symbol(.closeBrace): break
      // "(x, y)", "|AB|", "A:B"
      case .symbol(.openParen), .symbol(.closeParen), .symbol(.comma), .symbol(.bar),
        .symbol(.colon):
        marks += 1
        out.append(tokens[i].spelling)
      case .symbol(.apostrophe): out.append("'")
      default: return nil
      }
      i += 1
    }
    if marks > 0, words == 0, !letters.isEmpty {
      // "x(y)" is a product.
      let isWrapped = tokens[first].isSymbol("(") || tokens[first].isSymbol("|")
      return isWrapped || out.contains(":") ? out.joined() : nil
    }
    if words == 0, commands == 0, letters.count > 1 {
      // "AB" is a segment, "ab" a product.
      guard letters.allSatisfy({ $0.utf8.count == 1 && $0.utf8.allSatisfy(\.isUpper) }) else {
        return nil
      }
      return out.joined()
    }
    guard words > 0 || commands > 0 || letters.count == 1 else { return nil }
    return words > 0 ? out.joined(separator: " ") : out.joined()
  }

  /// `\frac{NO}{BO}`: the quotient of two segments.
  private func quotientName(_ range: Range<Int>) -> String? {
    var (parts, open) = ([""], false)
    for token in tokens[range].dropFirst() {
      switch token.kind {
      case .symbol(.openBrace) where !open: open = true
      case .symbol(.closeBrace) where open:
        open = false
        parts.append("")
      case .letter(let letter) where open && letter.utf8.allSatisfy(\.isUpper),
        .word(let letter) where open && letter.utf8.count == 2:
        parts[parts.count - 1] += letter.lowercased()
      default: return nil
      }
    }
    guard parts.count == 3, parts[0].utf8.count == 2, parts[1].utf8.count == 2 else { return nil }
    return "frac \(parts[0]) \(parts[1])"
  }

  /// `f(x)`, `f(2)`, `P(A)`: a letter in front of a bracket of letters and numbers.
  private func callName(_ range: Range<Int>, _ letter: String) -> String? {
    var i = range.lowerBound + 1
    var name = letter
    // f^{-1}, f'
    while i < range.upperBound, !tokens[i].isSymbol("(") {
      switch tokens[i].kind {
      case .symbol(.caret), .symbol(.openBrace), .symbol(.closeBrace), .symbol(.minus),
        .symbol(.apostrophe), .number, .command("prime"), .symbol(.underscore):
        name += tokens[i].spelling
      default: return nil
      }
      i += 1
    }
    guard i < range.upperBound, tokens[range.upperBound - 1].isSymbol(")") else { return nil }
    var arguments = ""
    var hasNumber = false
    for token in tokens[(i + 1)..<(range.upperBound - 1)] {
      switch token.kind {
      case .letter(let name): arguments += name
      case .number:
        hasNumber = true
        arguments += token.digits
      case .symbol(.comma), .symbol(.minus): arguments += token.spelling
      default: return nil
      }
    }
    // "x(x-1)" is a product.
    guard !arguments.isEmpty, !arguments.contains(letter),
      ExpressionParser.isFunctionName(letter) || hasNumber || arguments.utf8.count == 1
    else { return nil }
    return hasNumber ? "\(name)(\(arguments))" : name
  }

  // MARK: Inequalities

  private static let unclear = Unreadable(reason: "an inequality that is not understood")

  private func unequal(_ parts: [Range<Int>], depth: Int) throws(Unreadable) -> AnswerValue {
    guard case .quantity(let l, _) = try value(parts[0], depth: depth + 1),
      case .quantity(let r, _) = try value(parts[1], depth: depth + 1)
    else { throw Unreadable(reason: "a relation that is not understood") }
    for (one, other, range) in [(l, r, parts[0]), (r, l, parts[1])] where other.isConstant {
      guard let name = name(range), !one.isConstant else { continue }
      let gap = AnswerValue.quantity(other, nil)
      return .named(
        name,
        .union([
          .group(open: .openParen, close: .closeParen, [.infinity(negative: true), gap]),
          .group(open: .openParen, close: .closeParen, [gap, .infinity(negative: false)]),
        ]))
    }
    return .relation("!=", ExpressionParser.add(l, ExpressionParser.negate(r)))
  }

  /// `x < 5`, `1 <= x < 2` as the interval they describe; `-x > -1` as what it comes to; anything else as the difference
  /// of its sides.
  private func inequality(
    _ parts: [Range<Int>], _ operators: [String]
  ) throws(Unreadable) -> AnswerValue {
    if let distance = try distance(parts, operators) { return distance }
    if parts.count == 2 { return try half(parts, operators[0]) }
    guard parts.count == 3, let name = name(parts[1]) else { throw Self.unclear }
    let up = operators[0].hasPrefix("<")
    guard operators[1].hasPrefix("<") == up else { throw Self.unclear }
    let (a, b) = (try constant(parts[0]), try constant(parts[2]))
    return .named(
      name,
      .group(
        open: Self.bracket(operators[up ? 0 : 1], low: true),
        close: Self.bracket(operators[up ? 1 : 0], low: false), up ? [a, b] : [b, a]))
  }

  func constant(_ range: Range<Int>) throws(Unreadable) -> AnswerValue {
    let value = try value(range, depth: 4)
    switch value {
    case .infinity: return value
    case .quantity(let q, let unit) where q.isConstant && unit == nil || unit?.known != nil:
      return value
    default: throw Self.unclear
    }
  }

  static func bracket(_ op: String, low: Bool) -> UInt8 {
    op.utf8.count == 2
      ? (low ? .openBracket : .closeBracket) : (low ? .openParen : .closeParen)
  }

  private func half(_ parts: [Range<Int>], _ op: String) throws(Unreadable) -> AnswerValue {
    let isLess = op.hasPrefix("<")
    for (side, other, upper) in [(parts[0], parts[1], isLess), (parts[1], parts[0], !isLess)] {
      if let name = name(side), name.utf8.count < 40, let bound = try? constant(other) {
        return .named(name, Self.halfLine(op, bound, isUpper: upper))
      }
    }
    guard case .quantity(let l, _) = try value(parts[0], depth: 4),
      case .quantity(let r, _) = try value(parts[1], depth: 4)
    else { throw Self.unclear }
    // As "difference > 0".
    let difference =
      isLess
      ? ExpressionParser.add(r, ExpressionParser.negate(l))
      : ExpressionParser.add(l, ExpressionParser.negate(r))
    if let (name, slope, rest) = difference.linear, let bound = rest.negated.divided(by: slope) {
      let strictly = op.utf8.count == 1 ? "<" : "<="
      return .named(
        name,
        Self.halfLine(strictly, .quantity(Quantity(bound), nil), isUpper: slope.isNegative))
    }
    return .relation(op.utf8.count == 1 ? ">" : ">=", difference)
  }

  private static func halfLine(_ op: String, _ bound: AnswerValue, isUpper: Bool) -> AnswerValue {
    isUpper
      ? .group(
        open: .openParen, close: bracket(op, low: false), [.infinity(negative: true), bound])
      : .group(
        open: bracket(op, low: true), close: .closeParen, [bound, .infinity(negative: false)])
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
