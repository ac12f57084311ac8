// Inequalities of a distance: `|x| < 3`, `1 <= |z| <= 3/2`, `|2x - 1| > 5` as the intervals they describe on the line.

extension AnswerParser {
  /// The intervals of a distance; nil when the parts are something else.
  func distance(_ parts: [Range<Int>], _ operators: [String]) throws(Unreadable) -> AnswerValue? {
    let middle = parts.count == 3 ? 1 : isDistance(parts[0]) ? 0 : 1
    guard parts.count == 2 || parts.count == 3, let inner = linearDistance(parts[middle]) else {
      return nil
    }
    // Each bound as "distance > bound" or "distance < bound".
    var (least, most): (Bound?, Bound?)
    for (i, op) in operators.enumerated() {
      let isBehind = i == middle
      guard let bound = bound(parts[isBehind ? i + 1 : i], op) else { return nil }
      if op.hasPrefix("<") == isBehind {
        guard most == nil else { return nil }
        most = bound
      } else {
        guard least == nil else { return nil }
        least = bound
      }
    }
    if let least, let most, !(least.size < most.size) { return nil }
    return .named(inner.name, try Self.intervals(inner, least, most))
  }

  /// `|x - 2| = 3`: the two places at that distance; nil when the sides are something else.
  ///
  /// A capital letter between the bars is a segment, a determinant or a set, and z is complex.
  func ends(_ left: Range<Int>, _ right: Range<Int>) throws(Unreadable) -> AnswerValue? {
    guard let inner = linearDistance(left), inner.name.utf8.count == 1,
      inner.name.utf8.allSatisfy({ !$0.isUpper }), inner.name != "z", inner.name != "w",
      case .quantity(let distance, nil)? = try? value(right, depth: 5), distance.isConstant,
      let size = distance.approximate, size >= 0
    else { return nil }
    let low = AnswerValue.quantity(try inner.place(ExpressionParser.negate(distance)), nil)
    let high = AnswerValue.quantity(try inner.place(distance), nil)
    return .named(inner.name, size == 0 ? high : .list([low, high]))
  }

  private struct Bound {
    var value: Quantity
    var size: Double
    var isStrict: Bool
  }

  private struct Inner {
    var name: String
    var slope: Rational
    var rest: Rational

    /// Where the distance has a value, on one side of its zero.
    func place(_ value: Quantity) throws(Unreadable) -> Quantity {
      try ExpressionParser.divide(
        ExpressionParser.add(value, Quantity(rest.negated)), Quantity(slope))
    }
  }

  private func isDistance(_ range: Range<Int>) -> Bool {
    range.count >= 3 && tokens[range.lowerBound].isSymbol("|")
      && tokens[range.upperBound - 1].isSymbol("|")
      && !tokens[(range.lowerBound + 1)..<(range.upperBound - 1)].contains { $0.isSymbol("|") }
  }

  /// `ax + b` between the bars, with a positive a: the distance is the same for the negative.
  private func linearDistance(_ range: Range<Int>) -> Inner? {
    guard isDistance(range),
      case .quantity(let q, nil)? = try? value(
        (range.lowerBound + 1)..<(range.upperBound - 1), depth: 5),
      let (name, slope, rest) = q.linear
    else { return nil }
    return slope.isNegative
      ? Inner(name: name, slope: slope.negated, rest: rest.negated)
      : Inner(name: name, slope: slope, rest: rest)
  }

  /// A positive number.
  private func bound(_ range: Range<Int>, _ op: String) -> Bound? {
    guard case .quantity(let q, nil)? = try? constant(range), let size = q.approximate, size > 0
    else { return nil }
    return Bound(value: q, size: size, isStrict: op.utf8.count == 1)
  }

  private static func intervals(
    _ inner: Inner, _ least: Bound?, _ most: Bound?
  ) throws(Unreadable) -> AnswerValue {
    func end(_ bound: Bound, left: Bool) throws(Unreadable) -> AnswerValue {
      let value = left ? ExpressionParser.negate(bound.value) : bound.value
      return .quantity(try inner.place(value), nil)
    }
    func opening(_ bound: Bound?) -> UInt8 { bound?.isStrict ?? true ? .openParen : .openBracket }
    func closing(_ bound: Bound?) -> UInt8 { bound?.isStrict ?? true ? .closeParen : .closeBracket }
    guard let least else {
      guard let most else { throw Unreadable(reason: "an inequality that is not understood") }
      return .group(
        open: opening(most), close: closing(most),
        [try end(most, left: true), try end(most, left: false)])
    }
    let far = try most.map { bound throws(Unreadable) in
      (try end(bound, left: true), try end(bound, left: false))
    }
    return .union([
      .group(
        open: opening(most), close: closing(least),
        [far?.0 ?? .infinity(negative: true), try end(least, left: true)]),
      .group(
        open: opening(least), close: closing(most),
        [try end(least, left: false), far?.1 ?? .infinity(negative: false)]),
    ])
  }
}
