// Inequalities as the intervals they describe.

extension AnswerParser {
  static let unclear = Unreadable(reason: "an inequality that is not understood")

  func unequal(_ parts: [Range<Int>], depth: Int) throws(Unreadable) -> AnswerValue {
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
  func inequality(
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

  func half(_ parts: [Range<Int>], _ op: String) throws(Unreadable) -> AnswerValue {
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
