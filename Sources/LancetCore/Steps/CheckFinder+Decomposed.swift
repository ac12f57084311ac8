// A whole number and the sum or product it is said to be: "91 = 7 * 13", "48 = 2 * 18 + 12".

extension CheckFinder {
  /// The check of a number that is taken apart, where nothing else can be meant; nil when something can.
  ///
  /// What is blamed is the right side: the number is what was given.
  func decomposed(_ left: ProseExpression, _ right: ProseExpression) -> Check? {
    guard left.tokens.count == 1, left.unit == nil, let value = left.value, value.isInteger,
      right.operators > 0, !right.hasWords, !right.isPercent, !right.mixesPercent,
      let other = right.value, opensClause(left.tokens.lowerBound), isPlain(right.tokens),
      endsPlainly(right.tokens.upperBound)
    else { return nil }
    let (whole, parts) = (bytes(of: left.tokens), bytes(of: right.tokens))
    reader.effort.spend(30)
    return Check(
      bytes: whole.lowerBound..<parts.upperBound, statedBytes: parts, expression: string(whole),
      stated: string(parts), computed: value.spelling, verdict: value == other ? .right : .wrong)
  }

  /// Whether only whole numbers and signs of arithmetic stand here.
  private func isPlain(_ range: Range<Int>) -> Bool {
    range.allSatisfy { i in
      switch reader.kind(i) {
      case .number: !reader.numbers[tokens[i].number].hasPoint
      case .op(let op): op != .slash && !bytes[tokens[i].start].isLetter
      case .open, .close: true
      default: false
      }
    }
  }

  private func endsPlainly(_ end: Int) -> Bool {
    switch reader.kind(end) {
    case nil, .newline, .stop: true
    case .comma: !(reader.kind(end + 1) == .number && isTight(end + 1))
    default: false
    }
  }
}
