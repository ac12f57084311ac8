// Calculator marks: `<<48/2=24>>24`.

extension CheckFinder {
  /// The expression and the result inside a mark.
  func read(_ markAt: Int) -> (ProseReader, ProseExpression, ProseExpression)? {
    let token = tokens[markAt]
    let lexer = ProseLexer(bytes, range: (token.start + 2)..<(token.end - 2), inMark: true)
    var inner = ProseReader(
      bytes: bytes, tokens: lexer.tokens, numbers: lexer.numbers, effort: reader.effort)
    guard let left = inner.expression(0), !left.isBlocked,
      inner.kind(left.tokens.upperBound) == .equals,
      let right = inner.expression(left.tokens.upperBound + 1), !right.isBlocked,
      right.operators == 0, right.tokens.upperBound == lexer.tokens.count
    else { return nil }
    return (inner, left, right)
  }

  func markAgrees(_ markAt: Int, _ stated: ProseExpression) -> Bool {
    guard let (_, left, right) = read(markAt) else { return false }
    return CheckRules.agree(left, right) && CheckRules.agree(right, stated)
  }

  mutating func mark(_ markAt: Int) {
    guard let (inner, left, right) = read(markAt) else { return }
    let verdict = judge(
      left, right, unitBehind: nil, certain: true, about: false, inChain: true)
    let inside = inner.tokens
    let expression =
      inside[left.tokens.lowerBound].start..<inside[left.tokens.upperBound - 1].end
    let stated = inside[right.tokens.lowerBound].start..<inside[right.tokens.upperBound - 1].end
    add(expression, stated, computed: left.value?.spelling, verdict)
    // The number behind the mark, when no prose in front stated it.
    guard !settledMarks.contains(markAt) else { return }
    var next = markAt + 1
    if reader.kind(next) == .currency { next += 1 }
    guard reader.kind(next) == .number || reader.startsOperand(next),
      next < tokens.count, tokens[next].start - tokens[markAt].end <= 1,
      var after = reader.expression(next)
    else { return }
    if after.operators > 0 {
      after.tokens = next..<max(after.firstEnd, next + 1)
      after.value = after.firstValue
      after.approximate = after.firstValue?.double ?? .nan
      after.operators = 0
      after.decimals = decimals(after.tokens)
    }
    var outcome = judge(
      left, after, unitBehind: unitBehind(after), certain: true, about: false, inChain: true)
    if outcome != .right, CheckRules.agree(right, after), verdict != .wrong { outcome = verdict }
    if outcome == .wrong, doubtfulEnd(after) { outcome = .unknown }
    add(expression, statedBytes(after.tokens), computed: left.value?.spelling, outcome)
  }
}
