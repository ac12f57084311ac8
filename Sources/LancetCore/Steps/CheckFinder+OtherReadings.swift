// Sums in prose that have another reading, in which they may be right.

extension CheckFinder {
  /// Whether the signs or words of a sum leave another reading, in which it may be right.
  func isOtherwise(_ left: ProseExpression, _ right: ProseExpression) -> Bool {
    isSpan(left, right) || isSignedPower(left) || isWholeCount(left, right)
      || left.hasWords && !isScaledAlike(left, right) && hasMultiples(left.tokens)
      || readsWithPoints(left, right) || isMean(left, right) || bindsOtherwise(left)
      || isBulleted(left, right)
  }

  /// "6 ÷ 2(1 + 2)", "2^3^2": people bind these one way and the other.
  private func bindsOtherwise(_ left: ProseExpression) -> Bool {
    left.tokens.contains { i in
      guard reader.kind(i + 1) == .number, i + 2 < left.tokens.upperBound else { return false }
      switch reader.kind(i) {
      case .op(.slash): return reader.kind(i + 2) == .open && isTight(i + 2)
      case .op(.caret): return reader.kind(i + 2) == .op(.caret)
      default: return false
      }
    }
  }

  /// "- 5 + 3 = -2": what looks like the dash of a list is a sign.
  private func isBulleted(_ left: ProseExpression, _ right: ProseExpression) -> Bool {
    guard reader.kind(left.tokens.lowerBound - 1) == .op(.minus), let first = left.firstValue,
      let twice = first.multiplied(by: Rational(2))
    else { return false }
    return left.value?.subtracting(twice) == right.value
  }

  /// "80 + 90 + 100 / 3 = 90": a mean whose brackets were left out.
  private func isMean(_ left: ProseExpression, _ right: ProseExpression) -> Bool {
    let kinds = left.tokens.map { reader.kind($0) }
    guard left.operators >= 2, kinds.count >= 5, kinds[kinds.count - 2] == .op(.slash),
      kinds[kinds.count - 1] == .number,
      kinds.count(where: { $0 == .op(.plus) })
        == left.operators - 1, right.operators == 0, let value = left.value, let said = right.value,
      let below = reader.numbers[tokens[left.tokens.upperBound - 1].number].value
    else { return false }
    // a + b + c / n = said: then (a + b + c) / n is what was meant when n · said is the sum.
    let last = kinds.lastIndex(of: .op(.plus)).map { left.tokens.lowerBound + $0 + 1 }
    var inner = reader
    guard let last, let part = inner.expression(last)?.value,
      let upper = part.multiplied(by: below),
      let sum = value.subtracting(part)?.adding(upper)
    else { return false }
    return sum.divided(by: below) == said
  }

  /// "Pages 10-20 = 11 pages": written closely, from one number to a larger one.
  private func isSpan(_ left: ProseExpression, _ right: ProseExpression) -> Bool {
    let first = left.tokens.lowerBound
    return left.operators == 1 && left.tokens.count == 3 && reader.kind(first + 1) == .op(.minus)
      && isTight(first + 1) && isTight(first + 2) && left.approximate < 0 && right.approximate > 0
  }

  /// "-2^2 = 4".
  private func isSignedPower(_ left: ProseExpression) -> Bool {
    let first = left.tokens.lowerBound
    return reader.kind(first) == .op(.minus) && reader.kind(first + 1) == .number
      && reader.kind(first + 2) == .op(.caret)
  }

  /// "She needs 17 / 5 = 4 buses (rounded up)".
  private func isWholeCount(_ left: ProseExpression, _ right: ProseExpression) -> Bool {
    guard right.operators == 0, right.decimals == 0, right.value?.isInteger ?? false,
      left.value.map({ !$0.isInteger }) ?? false,
      (left.approximate - right.approximate).magnitude < 1
    else { return false }
    return context.countsWholeThings(around: bytes(of: left.tokens))
  }

  /// Whether a word among the operands says how much one of them is.
  private func hasMultiples(_ range: Range<Int>) -> Bool {
    range.contains { reader.kind($0) == .word && ProseWords.multiples.contains(reader.text($0)) }
  }

  /// "2.5 million + 1.5 million = 4 million": one word behind every number.
  func isScaledAlike(_ left: ProseExpression, _ right: ProseExpression) -> Bool {
    let end = right.tokens.upperBound
    guard right.operators == 0, reader.kind(end) == .word else { return false }
    let scale = reader.text(end)
    guard ProseWords.multiples.contains(scale) else { return false }
    return (left.tokens.lowerBound...left.tokens.upperBound).allSatisfy { i in
      switch reader.kind(i) {
      case .number: reader.text(i + 1) == scale
      case .op(let op): op == .plus || op == .minus
      default: true
      }
    }
  }

  /// "1.000 + 500 = 1.500": points that part thousands.
  private func readsWithPoints(_ left: ProseExpression, _ right: ProseExpression) -> Bool {
    let range = tokens[left.tokens.lowerBound].start..<tokens[right.tokens.upperBound - 1].end
    let numbers = (left.tokens.lowerBound..<right.tokens.upperBound).filter {
      reader.kind($0) == .number && reader.numbers[tokens[$0].number].hasPoint
    }
    guard right.operators == 0, !numbers.isEmpty, range.count < 200,
      numbers.allSatisfy({ reader.numbers[tokens[$0].number].decimals == 3 })
    else { return false }
    let text = bytes[range].filter { $0 != .dot }
    let lexer = ProseLexer(text, range: 0..<text.count)
    var other = ProseReader(
      bytes: text, tokens: lexer.tokens, numbers: lexer.numbers, effort: reader.effort)
    guard let a = other.expression(0),
      let relation = lexer.tokens.firstIndex(where: {
        $0.kind == .equals || $0.kind == .approximately
      }), let b = other.expression(relation + 1)
    else { return false }
    return a.value != nil && a.value == b.value
  }
}
