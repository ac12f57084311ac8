// Where numbers stand in a text, for whoever has to follow a value through it.

/// One number in a text.
package struct NumberMention: Sendable {
  /// Its bytes, with its sign when that belongs to it, without signs of money or percent.
  package var bytes: Range<Int>
  package var value: Rational
  /// Digits after the point that are shown.
  package var decimals: Int
  package var hasPercent: Bool
  /// Whether an operator or an opening bracket stands right in front of it.
  package var followsOperator: Bool
  /// A label ("Step 3", "2)") or the lower part of a small fraction (1/3): no use of a value.
  package var isLabel: Bool
  /// Whether it stands inside a calculator mark.
  package var inMark: Bool
}

/// The numbers of a text, those inside calculator marks too, in order.
package func numberMentions(in text: String) -> [NumberMention] {
  let bytes = Array(text.utf8)
  let lexer = ProseLexer(bytes, range: 0..<bytes.count)
  var out: [NumberMention] = []
  collect(lexer, inMark: false, into: &out)
  for token in lexer.tokens where token.kind == .mark {
    collect(
      ProseLexer(bytes, range: (token.start + 2)..<(token.end - 2), inMark: true), inMark: true,
      into: &out)
  }
  return out.sorted { $0.bytes.lowerBound < $1.bytes.lowerBound }
}

private let labels: Set<String> = [
  "step", "day", "week", "month", "year", "question", "problem", "part", "case", "number",
  "equation", "figure", "option", "round", "chapter", "grade", "page",
]

private func collect(
  _ lexer: ProseLexer, inMark: Bool, into out: inout [NumberMention]
) {
  let tokens = lexer.tokens
  func kind(_ i: Int) -> ProseToken.Kind? { i >= 0 && i < tokens.count ? tokens[i].kind : nil }
  func small(_ i: Int) -> Rational? {
    guard kind(i) == .number else { return nil }
    return lexer.numbers[tokens[i].number].value
  }
  for (i, token) in tokens.enumerated() where token.kind == .number {
    let written = lexer.numbers[token.number]
    guard var value = written.value else { continue }
    var start = token.start
    var before = i - 1
    if kind(before) == .currency { before -= 1 }
    var follows = false
    switch kind(before) {
    case .op(.minus):
      // A sign, when no operand stands in front of it.
      switch kind(before - 1) {
      // "The answer is -3" has a sign, "12 apples - 3" an operator.
      case .word where !token.spaceBefore && tokens[before].spaceBefore && before == i - 1:
        value = value.negated
        start = tokens[before].start
      case .number, .close, .word, .percent, .letter, .mark: follows = true
      default:
        if before == i - 1, !token.spaceBefore {
          value = value.negated
          start = tokens[before].start
        }
      }
    case .op, .open: follows = true
    default: break
    }
    var isLabel = false
    if kind(before) == .word {
      let word = loweredText(lexer.bytes, tokens[before].start..<tokens[before].end)
      isLabel = labels.contains(word)
    }
    let opensLine = kind(i - 1) == nil || kind(i - 1) == .newline
    if opensLine, kind(i + 1) == .stop || kind(i + 1) == .close { isLabel = true }
    if kind(i - 1) == .op(.slash), !token.spaceBefore, let upper = small(i - 2),
      upper.isLess(than: value), value.isLess(than: Rational(13)), kind(i - 3) != .op(.slash)
    {
      isLabel = true
    }
    out.append(
      NumberMention(
        bytes: start..<token.end, value: value, decimals: written.decimals,
        hasPercent: kind(i + 1) == .percent, followsOperator: follows, isLabel: isLabel,
        inMark: inMark))
  }
}

extension Rational {
  /// The value of a spelling as ``spelling`` makes it, or of plain digits with thousands separators.
  package init?(spelling text: String) {
    var parts = text.split(separator: "/", omittingEmptySubsequences: false)[...]
    guard let first = parts.popFirst(), parts.count <= 1 else { return nil }
    func value(_ part: Substring) -> Rational? {
      let negative = part.utf8.first == .minus
      let digits = negative ? part.dropFirst() : part
      guard digits.utf8.contains(where: \.isDigit),
        digits.utf8.allSatisfy({ $0.isDigit || $0 == .dot || $0 == .comma })
      else { return nil }
      let number = WrittenNumber(digits: digits.utf8).value
      return negative ? number?.negated : number
    }
    guard let upper = value(first) else { return nil }
    guard let second = parts.first else {
      self = upper
      return
    }
    guard let lower = value(second), let quotient = upper.divided(by: lower) else { return nil }
    self = quotient
  }
}
