// Whether ratios are the same, and times of day that look like them.

extension AnswerComparison {
  /// 6:8 is 3:4, unless both may be times of day.
  static func ratios(_ x: [AnswerValue], _ y: [AnswerValue]) -> Comparison {
    let outcome = inOrder(x, y)
    guard case .different = outcome, x.count == y.count, x.count > 1 else { return outcome }
    var quantities: [(Quantity, Quantity)] = []
    for case (.quantity(let a, nil), .quantity(let b, nil)) in zip(x, y) {
      quantities.append((a, b))
    }
    guard quantities.count == x.count, let (a, b) = quantities.first else { return outcome }
    for (c, d) in quantities.dropFirst() {
      let cross = values(ExpressionParser.multiply(a, d), ExpressionParser.multiply(b, c))
      guard cross.isEqual else { return outcome }
    }
    guard !quantities.contains(where: { isZero($0.0) || isZero($0.1) }) else { return outcome }
    let areTimes = clock(x) != nil && clock(y) != nil && (looksLikeTime(x) || looksLikeTime(y))
    return areTimes ? .unclear("a ratio or a time") : .equal
  }

  static func isZero(_ q: Quantity) -> Bool { q.exact?.rational?.isZero ?? false }

  /// Whether the minutes have two digits.
  private static func looksLikeTime(_ parts: [AnswerValue]) -> Bool {
    guard case .quantity(let q, _)? = parts.last else { return false }
    return (q.exact?.rational?.int ?? 0) >= 10
  }

  /// Hours and minutes as minutes.
  static func clock(_ parts: [AnswerValue]) -> Int? {
    guard parts.count == 2, let hours = whole(parts[0])?.value?.int,
      let minutes = whole(parts[1])?.value?.int, hours >= 0, hours <= 24, minutes >= 0, minutes < 60
    else { return nil }
    return hours * 60 + minutes
  }
}
