// Numbers as tokens: separators of thousands, exponents, ordinals, digits that repeat.

extension AnswerLexer {
  mutating func number() {
    var digits: [UInt8] = []
    var thousands = true
    let first = at
    var hasPointBehind = false
    while at < end {
      let byte = bytes[at]
      if byte.isDigit {
        digits.append(byte)
        at += 1
      } else if byte == .dot, peek(1).isDigit, !digits.contains(.dot) {
        digits.append(byte)
        at += 1
        thousands = false
      } else if byte == .dot, !digits.contains(.dot), at > first, at + 1 < end,
        !bytes[at + 1].isLetter, bytes[at + 1] != .space, bytes[at + 1] != .dot
      {
        at += 1  // "5." before something else: a full stop that says nothing, or 0.\overline{3}
        hasPointBehind = true
        break
      } else if thousands, let skip = separator(from: first) {
        at += skip
      } else {
        break
      }
    }
    var token = AnswerToken(.number, spaceBefore: space)
    token.number = WrittenNumber(digits: digits)
    token.hasPointBehind = hasPointBehind
    token.digits = String(decoding: digits, as: UTF8.self)
    // 1.5e-3
    if peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
      let sign = peek(1) == .minus || peek(1) == .plus ? 1 : 0
      var i = at + 1 + sign
      var exponent = 0
      while i < end, bytes[i].isDigit, exponent < 10_000 {
        exponent = exponent * 10 + Int(bytes[i] - 48)
        i += 1
      }
      if i > at + 1 + sign, i >= end || !bytes[i].isLetter, !(i < end && bytes[i].isDigit) {
        let negative = sign == 1 && peek(1) == .minus
        at = i
        let scale = Rational(10).power(negative ? -exponent : exponent)
        token.number.value = scale.flatMap { token.number.value?.multiplied(by: $0) }
        token.number.hasPoint = true
        token.number.decimals += negative ? exponent : -min(exponent, token.number.decimals)
      }
    }
    // "3rd"
    if at + 1 < end, at > first, !token.number.hasPoint,
      WrittenNumber.isOrdinal(bytes[at], bytes[at + 1]), at + 2 >= end || !bytes[at + 2].isLetter
    {
      at += 2
    }
    if let period = ellipsis(token) {
      token.repeating = period
    }
    tokens.append(token)
    space = false
  }

  /// Behind "0.333…": how many digits repeat, the ellipsis read; nil without one.
  ///
  /// One digit has to be shown three times, several of them twice.
  mutating func ellipsis(_ token: AnswerToken) -> Int? {
    guard token.number.hasPoint else { return nil }
    var length = 0
    if peek() == .dot, peek(1) == .dot, peek(2) == .dot {
      length = 3
    } else if peek() == 0xE2, peek(1) == 0x80, peek(2) == 0xA6 {
      length = 3
    } else {
      for name in ["\\ldots", "\\dots", "\\cdots"] where matches(name) { length = name.utf8.count }
    }
    guard length > 0 else { return nil }
    let digits = Array(token.digits.utf8.drop { $0 != .dot }.dropFirst())
    for period in stride(from: 1, through: digits.count / 2, by: 1) {
      let shown = period == 1 ? 3 : 2 * period
      guard digits.count >= shown else { break }
      let tail = digits.suffix(shown)
      let block = digits.suffix(period)
      let isRepeated = tail.enumerated().allSatisfy { i, digit in
        digit == block[block.startIndex + i % period]
      }
      if isRepeated {
        at += length
        return period
      }
    }
    return nil
  }

  func matches(_ name: String) -> Bool {
    at + name.utf8.count <= end && bytes[at..<(at + name.utf8.count)].elementsEqual(name.utf8)
  }

  func separator(from first: Int) -> Int? {
    // Inside brackets a bare comma parts the members of a tuple.
    let allowed: WrittenNumber.Separators =
      openBrackets > 0 ? [.latex, .space, .narrow] : [.comma, .latex, .space, .narrow]
    guard
      let length = WrittenNumber.separator(in: bytes, at: at, end: end, first: first, allowed)
    else { return nil }
    // "1 234/567" is no thousands group.
    return peek() == .space && peek(length + 3) == .slash ? nil : length
  }
}
