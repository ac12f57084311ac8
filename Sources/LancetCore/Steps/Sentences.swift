// The sentences of one line: at full stops that end one, in Latin and in Chinese letters.

struct Sentences {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The length of a Chinese or Japanese full stop, question mark or exclamation mark; 0 when there is none.
  private func fullStop(_ at: Int, _ end: Int) -> Int {
    guard at + 3 <= end, bytes[at] == 0xE3 || bytes[at] == 0xEF else { return 0 }
    let mark = (bytes[at], bytes[at + 1], bytes[at + 2])
    // 。 ！ ？
    return mark == (0xE3, 0x80, 0x82) || mark == (0xEF, 0xBC, 0x81) || mark == (0xEF, 0xBC, 0x9F)
      ? 3 : 0
  }

  /// Behind 」 』 ” ） that close what the sentence says.
  private func closingMarks(from start: Int, _ end: Int) -> Int {
    var i = start
    while i + 3 <= end {
      let mark = (bytes[i], bytes[i + 1], bytes[i + 2])
      guard
        mark == (0xE3, 0x80, 0x8D) || mark == (0xE3, 0x80, 0x8F) || mark == (0xE2, 0x80, 0x9D)
          || mark == (0xEF, 0xBC, 0x89)
      else { break }
      i += 3
    }
    return i
  }

  /// Abbreviations that a sentence never ends with, and those that it may end with.
  private static let titles: Set<String> = [
    "mr", "mrs", "ms", "dr", "st", "vs", "approx", "e.g", "i.e", "eg", "ie", "fig", "eq", "prof",
    "jr", "sr", "cf", "avg", "est",
  ]

  /// The sentences of one line, trimmed.
  func ranges(in line: Range<Int>) -> [Range<Int>] {
    var out: [Range<Int>] = []
    var start = line.lowerBound
    var i = start
    var formula = 0
    while i < line.upperBound {
      let byte = bytes[i]
      if byte == 92, i + 1 < line.upperBound {
        if bytes[i + 1] == 40 || bytes[i + 1] == 91 { formula += 1 }
        if bytes[i + 1] == 41 || bytes[i + 1] == 93 { formula -= 1 }
        i += 2
        continue
      }
      let full = formula <= 0 ? fullStop(i, line.upperBound) : 0
      if full > 0
        || (byte == 46 || byte == 33 || byte == 63) && formula <= 0
          && ends(i, start, line.upperBound)
      {
        var stop = i + max(full, 1)
        stop = closingMarks(from: stop, line.upperBound)
        while stop < line.upperBound, bytes[stop] == 34 || bytes[stop] == 41 || bytes[stop] == 39 {
          stop += 1
        }
        let sentence = bytes.trimmed(start..<stop)
        if !sentence.isEmpty { out.append(sentence) }
        start = stop
        i = stop
        continue
      }
      i += 1
    }
    let rest = bytes.trimmed(start..<line.upperBound)
    if !rest.isEmpty { out.append(rest) }
    return out
  }

  /// Whether the mark at `i` ends a sentence: not behind an abbreviation, an initial or an enumerator.
  private func ends(_ i: Int, _ start: Int, _ limit: Int) -> Bool {
    var after = i + 1
    while after < limit, bytes[after] == 34 || bytes[after] == 41 || bytes[after] == 39 {
      after += 1
    }
    guard after < limit else { return true }
    guard bytes[after].isBlank else { return false }
    while after < limit, bytes[after].isBlank { after += 1 }
    guard after < limit else { return true }
    if bytes[after] >= 97, bytes[after] <= 122 { return false }
    // "5! = 120"
    if bytes[i] == 33, [61, 43, 45, 42, 47, 94, 60, 62, 41, 44].contains(bytes[after]) {
      return false
    }
    guard bytes[i] == 46 else { return true }
    var low = i
    while low > start, bytes[low - 1].isLetter || bytes[low - 1] == 46 { low -= 1 }
    let word = String(
      decoding: bytes[low..<i].map { $0 >= 65 && $0 <= 90 ? $0 + 32 : $0 }, as: UTF8.self)
    if Self.titles.contains(word) { return false }
    if word == "no", bytes[after].isDigit { return false }
    // An initial: "J. Smith".
    if word.utf8.count == 1, bytes[low].isUpper, bytes[low] != 73, low > start { return false }
    // An enumerator at the beginning: "1. First".
    var digits = i
    while digits > start, bytes[digits - 1].isDigit { digits -= 1 }
    if digits < i, bytes.trimmed(start..<digits).isEmpty { return false }
    return true
  }
}
