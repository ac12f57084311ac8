// Numbers of formulas: plain, repeating, cut off, in another base.

extension FormulaLexer {
  mutating func number() {
    let first = at
    var i = at
    var hasPoint = false
    while i < end {
      if bytes[i].isDigit {
        i += 1
      } else if bytes[i] == .dot, !hasPoint, i + 1 < end, bytes[i + 1].isDigit {
        hasPoint = true
        i += 1
      } else if !hasPoint,
        let length = WrittenNumber.separator(
          in: bytes, at: i, end: end, first: first, [.comma, .latex])
      {
        i += length
      } else {
        break
      }
    }
    let written = WrittenNumber(digits: bytes[first..<i])
    if i < end, let (value, next) = repeating(from: i, hasPoint: hasPoint, first..<i) {
      numbers.append(
        FormulaNumber(value: value, decimals: 30, hasPoint: false, isRepeating: true, slack: 0))
      return put(.number(numbers.count - 1), next - first)
    }
    // "33.3…" says that digits are missing; "1011_2" is written in another base; "3:40" is no number.
    if truncated(i) { return put(.unreadable, i - first) }
    if i < end, bytes[i] == .underscore { return based(first..<i) }
    if !inMath, i < end, bytes[i].isLetter, i + 1 < end, bytes[i + 1].isLetter {
      // "3rd", "12mm"
      while i < end, bytes[i].isLetter { i += 1 }
      return put(.word, i - first)
    }
    if i + 1 < end, bytes[i] == .colon, bytes[i + 1].isDigit {
      return put(.unreadable, i - first)
    }
    numbers.append(
      FormulaNumber(
        value: written.value, decimals: written.decimals, hasPoint: hasPoint,
        slack: roundingSlack(bytes, end: i, written)))
    put(.number(numbers.count - 1), i - first)
  }

  mutating func put(whole value: Rational?, _ length: Int) {
    numbers.append(
      FormulaNumber(value: value, decimals: 0, hasPoint: false, isBased: true, slack: 0))
    put(.number(numbers.count - 1), length)
  }

  func truncated(_ i: Int) -> Bool {
    if i + 1 < end, bytes[i] == .dot, bytes[i + 1] == .dot { return true }
    var j = i
    while j < end, bytes[j] == 32 { j += 1 }
    guard j < end, bytes[j] == .backslash || bytes[j].isHigh else { return false }
    return Self.truncations.contains { bytes[j..<end].starts(with: $0) }
  }

  /// What says that digits are missing.
  private static let truncations: [[UInt8]] = [
    "\\ldots", "\\dots", "\\cdots", "…", "\\overline", "\\bar",
  ].map { Array($0.utf8) }

  /// A repeating decimal: "0.\overline{27}", "0.1\overline{6}", "0.(3)"; its value and end.
  func repeating(from i: Int, hasPoint: Bool, _ head: Range<Int>) -> (Rational?, Int)? {
    var (j, point) = (i, hasPoint)
    if !point {
      guard bytes[j] == .dot else { return nil }
      j += 1
      point = true
    }
    var open = j
    var closing = UInt8.closeParen
    if j < end, bytes[j] == .backslash {
      var k = j + 1
      while k < end, bytes[k].isLetter { k += 1 }
      let name = String(decoding: bytes[(j + 1)..<k], as: UTF8.self)
      guard name == "overline" || name == "bar" else { return nil }
      while k < end, bytes[k] == 32 { k += 1 }
      guard k < end, bytes[k] == .openBrace else { return nil }
      open = k
      closing = .closeBrace
    } else {
      guard j < end, bytes[j] == .openParen, !hasPoint else { return nil }
    }
    var close = open + 1
    while close < end, bytes[close].isDigit, close - open < 20 { close += 1 }
    guard close > open + 1, close < end, bytes[close] == closing else { return nil }
    return (Self.value(head: bytes[head], period: bytes[(open + 1)..<close]), close + 1)
  }

  static func value(head: ArraySlice<UInt8>, period: ArraySlice<UInt8>) -> Rational? {
    let whole = WrittenNumber(digits: head)
    let tail = WrittenNumber(digits: period)
    let shift = Rational(10).power(whole.decimals) ?? .one
    guard let base = whole.value, let digits = tail.value,
      let nines = Rational(10).power(period.count)?.subtracting(.one),
      let part = digits.divided(by: nines)?.divided(by: shift)
    else { return nil }
    return base.adding(part)
  }

  /// "1011_2", "1011_{2}": the value in that base.
  mutating func based(_ digits: Range<Int>) {
    var i = digits.upperBound + 1
    let braced = i < end && bytes[i] == .openBrace
    if braced { i += 1 }
    var base = 0
    let from = i
    while i < end, bytes[i].isDigit, i - from < 2 {
      base = base * 10 + Int(bytes[i] - 48)
      i += 1
    }
    if braced, i < end, bytes[i] == .closeBrace { i += 1 } else if braced { base = 0 }
    var value = Rational.zero as Rational?
    for byte in bytes[digits] {
      guard byte.isDigit, Int(byte - 48) < base else {
        value = nil
        break
      }
      value = value?.multiplied(by: Rational(base))?.adding(Rational(Int(byte - 48)))
    }
    guard let value, base >= 2 else { return put(.unreadable, max(i, digits.upperBound) - at) }
    put(whole: value, i - digits.lowerBound)
  }
}
