// Division with a remainder, as people say it: "17 ÷ 5 = 3 remainder 2".

/// Finds stated remainders behind stated quotients.
struct Quotients {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The check of a quotient whose remainder is stated behind it; nil when none is.
  ///
  /// The quotient is blamed when no remainder could make it right, else the remainder.
  func check(
    _ a: Rational, by b: Rational, expression: Range<Int>, quotient: Range<Int>, stated q: Rational
  ) -> Check? {
    guard let a = a.int, let b = b.int, let q = q.int, b > 0, a >= 0,
      let (r, range) = remainder(behind: quotient.upperBound)
    else { return nil }
    let isRight = a / b == q && a % b == r
    let blamesQuotient = a / b != q
    let place = !isRight && !blamesQuotient ? range : quotient
    let computed = !isRight && !blamesQuotient ? a % b : a / b
    return Check(
      bytes: expression.lowerBound..<max(range.upperBound, quotient.upperBound), statedBytes: place,
      expression: string(expression), stated: string(place), computed: String(computed),
      verdict: isRight ? .right : .wrong)
  }

  private func string(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  private static let between: Set<String> = [
    "with", "a", "and", "the", "remainder", "of", "is", "r", "text", "leaving", "quad", "leaves",
    "rem", "has",
  ]

  /// The length of a Chinese sign of a remainder: dots between two numbers, or 余.
  private func sign(at start: Int) -> Int? {
    if bytes[start...].starts(with: "余".utf8) { return 3 }
    var end = start
    while bytes[end...].starts(with: "…".utf8) { end += 3 }
    guard end > start, end < bytes.count, bytes[end].isDigit, start > 0, bytes[start - 1].isDigit
    else { return nil }
    return end - start
  }

  /// The number behind "remainder" or "R", close behind a place.
  private func remainder(behind start: Int) -> (Int, Range<Int>)? {
    var i = start
    var said = false
    while i < bytes.count, i - start < 48 {
      let byte = bytes[i]
      if byte.isDigit {
        var j = i
        while j < bytes.count, bytes[j].isDigit, j - i < 12 { j += 1 }
        let isWhole = j >= bytes.count || !(bytes[j].isDigit || bytes[j] == 37 || bytes[j] == 47)
        let isDecimal = j + 1 < bytes.count && bytes[j] == 46 && bytes[j + 1].isDigit
        guard said, isWhole, !isDecimal, let value = Int(string(i..<j)) else { return nil }
        return (value, i..<j)
      }
      if byte.isLetter {
        var j = i
        while j < bytes.count, bytes[j].isLetter { j += 1 }
        let word = loweredText(bytes, i..<j)
        guard Self.between.contains(word) else { return nil }
        if word == "remainder" || word == "rem" || word == "r" { said = true }
        i = j
      } else if let length = sign(at: i) {
        // "17 ÷ 5 = 3……2", "17 ÷ 5 = 3 余 2"
        said = true
        i += length
      } else {
        // Brackets, dollars, commas and spaces; a full stop or another sign ends it.
        guard [32, 36, 40, 41, 44, 58, 61, 91, 92, 93, 123, 125, 126].contains(byte) else {
          return nil
        }
        i += 1
      }
    }
    return nil
  }
}
