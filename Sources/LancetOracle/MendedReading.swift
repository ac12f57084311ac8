// Whether a mended text reads as a person would have written it: what stands beside a new value must still hold.

import LancetCore

/// A trace and its mended text, compared.
struct MendedReading {
  private let original: [UInt8]
  private let mended: [UInt8]
  private let before: [Check]
  private let after: [Check]

  /// - Parameters:
  ///   - before: the checks of the trace.
  ///   - after: the checks of the mended text.
  init(_ original: String, _ before: [Check], mended: String, _ after: [Check]) {
    self.original = Array(original.utf8)
    self.mended = Array(mended.utf8)
    self.before = before
    self.after = after
  }

  /// A calculator mark with the number behind it.
  private struct Mark {
    var bytes: Range<Int>
    var result: Rational?
    var behind: Rational?
    var decimals: Int
  }

  /// The number behind a calculator mark that was changed and now differs from the mark's own result.
  func besideMark() -> Range<Int>? {
    let (before, after) = (marks(in: original), marks(in: mended))
    guard before.count == after.count else { return nil }
    return zip(before, after).first { old, new in
      guard !original[old.bytes].elementsEqual(mended[new.bytes]), let result = new.result,
        let behind = new.behind, let distance = result.subtracting(behind)?.magnitude,
        let unit = Rational(10).power(-new.decimals)
      else { return false }
      // "0.25>>25%" is told in another unit.
      let isScaled = result.multiplied(by: Rational(100)) == behind
      return !isScaled && !distance.isLess(than: unit)
    }?.1.bytes
  }

  private func marks(in bytes: [UInt8]) -> [Mark] {
    var out: [Mark] = []
    var i = 0
    while i + 3 < bytes.count {
      guard bytes[i] == .less, bytes[i + 1] == .less else {
        i += 1
        continue
      }
      var close = i + 2
      while close + 1 < bytes.count, close - i < 120, bytes[close] != .newline,
        bytes[close] != .greater || bytes[close + 1] != .greater
      {
        close += 1
      }
      guard close + 1 < bytes.count, bytes[close] == .greater else {
        i += 2
        continue
      }
      var start = close + 2
      if start < bytes.count, bytes[start] == .dollar { start += 1 }
      var end = start
      while end < bytes.count, bytes[end].isDigit || ".,-".utf8.contains(bytes[end]) { end += 1 }
      while end > start, !bytes[end - 1].isDigit { end -= 1 }
      let inside = String(decoding: bytes[(i + 2)..<close], as: UTF8.self)
      let number = String(decoding: bytes[start..<end], as: UTF8.self)
      let point = number.utf8.lastIndex(of: .dot)
      out.append(
        Mark(
          bytes: i..<end, result: inside.split(separator: "=").last.flatMap { result(String($0)) },
          behind: Rational(spelling: number),
          decimals: point.map { number.utf8.distance(from: $0, to: number.utf8.endIndex) - 1 } ?? 0)
      )
      i = end
    }
    return out
  }

  private func result(_ text: String) -> Rational? {
    Rational(spelling: String(text.filter { $0 != " " && $0 != "$" && $0 != "%" }))
  }

  /// The answer, where y⁻ took it from its last calculation and the mended text does not any more.
  func leftAnswer() -> Range<Int>? {
    guard let old = end(of: original, before), old.answer == old.last,
      let new = end(of: mended, after),
      new.answer != new.last
    else { return nil }
    return new.bytes
  }

  /// The answer of a text and the result of the last calculation in front of it.
  private func end(
    of bytes: [UInt8], _ checks: [Check]
  ) -> (answer: Rational, last: Rational, bytes: Range<Int>)? {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let range = extractAnswer(from: text)?.bytes,
      let answer = Rational(spelling: string(bytes, range).filter { $0 != "$" && $0 != " " }),
      let check = checks.last(where: { $0.statedBytes.upperBound <= range.lowerBound }),
      let last = Rational(spelling: check.stated)
    else { return nil }
    return (answer, last, range)
  }

  private func string(_ bytes: [UInt8], _ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }
}
