// What the equations of a text make of its unknowns: "2x = 40" makes x 20.

/// That an equation gives an unknown a value.
struct UnknownValue: Hashable, Sendable {
  /// The letter.
  var name: UInt8
  var value: Rational
  /// The equation, in bytes of the text.
  var bytes: Range<Int>
}

/// The linear equations in one unknown of a text, solved: each side a sum of numbers, letters and numbers before letters.
///
/// Whatever else stands beside an equals sign is passed over; so are equations that hold for every value or for none.
func unknownValues(in bytes: [UInt8]) -> [UnknownValue] {
  var out: [UnknownValue] = []
  for at in bytes.indices where bytes[at] == UInt8(ascii: "=") {
    guard at > 0, at + 1 < bytes.count, !"=<>!:".utf8.contains(bytes[at - 1]),
      bytes[at + 1] != UInt8(ascii: "="),
      let (left, start) = LinearSide.before(at, in: bytes),
      let (right, end) = LinearSide.behind(at + 1, in: bytes)
    else { continue }
    guard let name = left.name ?? right.name, (left.name ?? name) == (right.name ?? name),
      let slope = left.slope.subtracting(right.slope), !slope.isZero,
      let rest = right.rest.subtracting(left.rest), let value = rest.divided(by: slope)
    else { continue }
    out.append(UnknownValue(name: name, value: value, bytes: start..<end))
  }
  return out
}

/// A sum `slope · name + rest`.
private struct LinearSide {
  var name: UInt8?
  var slope = Rational.zero
  var rest = Rational.zero

  /// The sum that ends at a byte, and where it begins; nil when what stands there is none.
  static func before(_ end: Int, in bytes: [UInt8]) -> (LinearSide, Int)? {
    var start = end
    while start > 0, end - start < 80, isPart(start - 1, in: bytes) { start -= 1 }
    while start < end, !begins(start, in: bytes) {
      // Behind an operator that was passed over stands half of a larger sum.
      if "+-".utf8.contains(bytes[start]) { return nil }
      start += 1
    }
    var before = start
    while before > 0, bytes[before - 1] == 32 { before -= 1 }
    if before > 0, "+-*/^".utf8.contains(bytes[before - 1]) { return nil }
    guard start < end, let side = LinearSide(bytes[start..<end]) else { return nil }
    return (side, start)
  }

  /// The sum that begins at a byte, and where it ends.
  static func behind(_ start: Int, in bytes: [UInt8]) -> (LinearSide, Int)? {
    var end = start
    while end < bytes.count, end - start < 80, isPart(end, in: bytes) { end += 1 }
    while end > start, bytes[end - 1] == 32 { end -= 1 }
    // What follows must not be arithmetic that was not read.
    if end < bytes.count, "*/^({\\".utf8.contains(bytes[end]) { return nil }
    guard start < end, let side = LinearSide(bytes[start..<end]) else { return nil }
    return (side, end)
  }

  /// Whether a byte may belong to a sum: a digit, a sign, a blank, or a letter by itself.
  private static func isPart(_ at: Int, in bytes: [UInt8]) -> Bool {
    let byte = bytes[at]
    if byte.isDigit || " +-".utf8.contains(byte) { return true }
    if byte == UInt8(ascii: ".") {
      return at > 0 && bytes[at - 1].isDigit && at + 1 < bytes.count && bytes[at + 1].isDigit
    }
    guard byte.isLetter else { return false }
    let before = at > 0 && (bytes[at - 1].isLetter || bytes[at - 1] == UInt8(ascii: "\\"))
    let behind = at + 1 < bytes.count && bytes[at + 1].isLetter
    return !before && !behind
  }

  /// Whether a sum may begin at a byte: not in the middle of a number, a product or a sentence.
  private static func begins(_ at: Int, in bytes: [UInt8]) -> Bool {
    guard bytes[at].isDigit || bytes[at].isLetter || bytes[at] == UInt8(ascii: "-") else {
      return false
    }
    guard at > 0 else { return true }
    return
      !(bytes[at - 1].isLetter || bytes[at - 1].isDigit || "*/^)}_".utf8.contains(bytes[at - 1]))
  }

  private init?(_ text: ArraySlice<UInt8>) {
    var at = text.startIndex
    var sign = Rational.one
    var isFirst = true
    func skip() { while at < text.endIndex, text[at] == 32 { at += 1 } }
    skip()
    while at < text.endIndex {
      if "+-".utf8.contains(text[at]) {
        sign = text[at] == UInt8(ascii: "-") ? Rational(-1) : .one
        at += 1
        skip()
      } else if !isFirst {
        return nil
      }
      isFirst = false
      let start = at
      while at < text.endIndex, text[at].isDigit || text[at] == UInt8(ascii: ".") { at += 1 }
      var factor = Rational.one
      if at > start {
        guard let number = WrittenNumber(digits: text[start..<at]).value else { return nil }
        factor = number
      }
      guard let term = factor.multiplied(by: sign) else { return nil }
      if at < text.endIndex, text[at].isLetter {
        guard name == nil || name == text[at], let sum = slope.adding(term) else { return nil }
        name = text[at]
        slope = sum
        at += 1
      } else {
        guard at > start, let sum = rest.adding(term) else { return nil }
        rest = sum
      }
      sign = .one
      skip()
    }
    guard !isFirst else { return nil }
  }
}
