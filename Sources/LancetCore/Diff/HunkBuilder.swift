// From matched units to hunks: byte-exact edits, trimmed to what changed, merged where an edit reads as one.

/// Builds the hunks of two texts.
struct HunkBuilder {
  /// A hunk in bytes, and the units inside it.
  struct Hunk {
    var minus: Range<Int>
    var plus: Range<Int>
    var minusUnits: Range<Int>
    var plusUnits: Range<Int>
  }

  let minus: [UInt8]
  let plus: [UInt8]
  let minusUnits: [Range<Int>]
  let plusUnits: [Range<Int>]
  var hunks: [Hunk] = []

  init(minus: [UInt8], plus: [UInt8], minusUnits: [Range<Int>], plusUnits: [Range<Int>]) {
    self.minus = minus
    self.plus = plus
    self.minusUnits = minusUnits
    self.plusUnits = plusUnits
  }

  /// One hunk for every stretch between two matched units whose bytes differ.
  mutating func build(from matches: [(a: Int, b: Int)]) {
    var a = 0
    var b = 0
    var minusAt = 0
    var plusAt = 0
    for match in matches {
      let minusUnit = minusUnits[match.a]
      let plusUnit = plusUnits[match.b]
      add(
        Hunk(
          minus: minusAt..<minusUnit.lowerBound, plus: plusAt..<plusUnit.lowerBound,
          minusUnits: a..<match.a, plusUnits: b..<match.b))
      a = match.a + 1
      b = match.b + 1
      minusAt = minusUnit.upperBound
      plusAt = plusUnit.upperBound
    }
    add(
      Hunk(
        minus: minusAt..<minus.count, plus: plusAt..<plus.count,
        minusUnits: a..<minusUnits.count, plusUnits: b..<plusUnits.count))
  }

  /// Adds a hunk without the white space both sides share at its ends; nothing when nothing differs.
  private mutating func add(_ hunk: Hunk) {
    var hunk = hunk
    let (m, p) = (hunk.minus, hunk.plus)
    if m.isEmpty, p.isEmpty { return }
    // Only what lies between units may be trimmed: a shared beginning of two words stays in the hunk.
    let headLimit = min(
      (hunk.minusUnits.isEmpty ? m.upperBound : minusUnits[hunk.minusUnits.lowerBound].lowerBound)
        - m.lowerBound,
      (hunk.plusUnits.isEmpty ? p.upperBound : plusUnits[hunk.plusUnits.lowerBound].lowerBound)
        - p.lowerBound)
    var head = 0
    while head < headLimit, minus[m.lowerBound + head] == plus[p.lowerBound + head] { head += 1 }
    let tailLimit = min(
      m.upperBound
        - (hunk.minusUnits.isEmpty
          ? m.lowerBound + head : minusUnits[hunk.minusUnits.upperBound - 1].upperBound),
      p.upperBound
        - (hunk.plusUnits.isEmpty
          ? p.lowerBound + head : plusUnits[hunk.plusUnits.upperBound - 1].upperBound))
    var tail = 0
    while tail < tailLimit, minus[m.upperBound - 1 - tail] == plus[p.upperBound - 1 - tail] {
      tail += 1
    }
    hunk.minus = m.lowerBound + head..<m.upperBound - tail
    hunk.plus = p.lowerBound + head..<p.upperBound - tail
    if hunk.minus.isEmpty, hunk.plus.isEmpty { return }
    append(hunk)
  }

  private mutating func append(_ hunk: Hunk) {
    guard let last = hunks.last,
      hunk.minus.lowerBound <= last.minus.upperBound || hunk.plus.lowerBound <= last.plus.upperBound
    else {
      hunks.append(hunk)
      return
    }
    hunks[hunks.count - 1] = Self.hull(last, hunk)
  }

  private static func hull(_ first: Hunk, _ second: Hunk) -> Hunk {
    func span(_ a: Range<Int>, _ b: Range<Int>) -> Range<Int> {
      min(a.lowerBound, b.lowerBound)..<max(a.upperBound, b.upperBound)
    }
    return Hunk(
      minus: span(first.minus, second.minus), plus: span(first.plus, second.plus),
      minusUnits: span(first.minusUnits, second.minusUnits),
      plusUnits: span(first.plusUnits, second.plusUnits))
  }

  /// Merges neighbours that read as one edit, and widens edits inside a number to the whole number.
  mutating func mergeIslands() {
    let before = hunks
    hunks = []
    for hunk in before {
      if let last = hunks.last, readsAsOne(last, hunk) {
        hunks[hunks.count - 1] = Self.hull(last, hunk)
      } else {
        hunks.append(hunk)
      }
    }
    let merged = hunks
    hunks = []
    for hunk in merged { append(wideningNumbers(hunk)) }
  }

  /// Whether the equal stretch between two hunks is too small to be read as kept.
  ///
  /// That is at most three units, no more than were edited on either side, within one line. A number that only becomes another stays an edit of its own.
  private func readsAsOne(_ first: Hunk, _ second: Hunk) -> Bool {
    let island = second.plusUnits.lowerBound - first.plusUnits.upperBound
    let edited = { (hunk: Hunk) in max(hunk.minusUnits.count, hunk.plusUnits.count) }
    guard island <= 3, island <= edited(first), island <= edited(second) else { return false }
    guard !minus[first.minus.upperBound..<second.minus.lowerBound].contains(0x0A) else {
      return false
    }
    return !isValue(first) && !isValue(second)
  }

  /// Whether a hunk replaces a bare number by a bare number.
  private func isValue(_ hunk: Hunk) -> Bool {
    Self.isNumber(minus[hunk.minus]) && Self.isNumber(plus[hunk.plus])
  }

  private static func isNumber(_ bytes: ArraySlice<UInt8>) -> Bool {
    var digits = false
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits = true
      case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "/"), UInt8(ascii: "-"),
        UInt8(ascii: "%"), UInt8(ascii: "$"):
        continue
      default: return false
      }
    }
    return digits
  }

  private static func isDigit(_ bytes: [UInt8], _ i: Int) -> Bool {
    bytes.indices.contains(i) && bytes[i] >= UInt8(ascii: "0") && bytes[i] <= UInt8(ascii: "9")
  }

  private static func isPoint(_ bytes: [UInt8], _ i: Int) -> Bool {
    bytes.indices.contains(i) && (bytes[i] == UInt8(ascii: ".") || bytes[i] == UInt8(ascii: ","))
  }

  /// The hunk, taking in the rest of a number it cuts: `1,200` → `1,300` instead of `200` → `300`.
  private func wideningNumbers(_ hunk: Hunk) -> Hunk {
    var hunk = hunk
    var left = 0
    let (m, p) = (hunk.minus.lowerBound, hunk.plus.lowerBound)
    if Self.isDigit(minus, m) || Self.isDigit(plus, p) {
      while Self.isPoint(minus, m - left - 1), Self.isDigit(minus, m - left - 2),
        Self.isPoint(plus, p - left - 1), Self.isDigit(plus, p - left - 2)
      {
        var reach = left + 2
        while Self.isDigit(minus, m - reach - 1), Self.isDigit(plus, p - reach - 1) { reach += 1 }
        guard minus[(m - reach)..<m].elementsEqual(plus[(p - reach)..<p]) else { break }
        left = reach
      }
    }
    var right = 0
    let (mEnd, pEnd) = (hunk.minus.upperBound, hunk.plus.upperBound)
    if Self.isDigit(minus, mEnd - 1) || Self.isDigit(plus, pEnd - 1) {
      while Self.isPoint(minus, mEnd + right), Self.isDigit(minus, mEnd + right + 1),
        Self.isPoint(plus, pEnd + right), Self.isDigit(plus, pEnd + right + 1)
      {
        var reach = right + 2
        while Self.isDigit(minus, mEnd + reach), Self.isDigit(plus, pEnd + reach) { reach += 1 }
        guard minus[mEnd..<mEnd + reach].elementsEqual(plus[pEnd..<pEnd + reach]) else { break }
        right = reach
      }
    }
    hunk.minus = m - left..<mEnd + right
    hunk.plus = p - left..<pEnd + right
    return hunk
  }

  /// Moves the ends of hunks outward to the borders of characters (scalars), where units cut them.
  mutating func alignToCharacters() {
    func isInside(_ bytes: [UInt8], _ i: Int) -> Bool {
      bytes.indices.contains(i) && bytes[i] & 0xC0 == 0x80
    }
    let before = hunks
    hunks = []
    for var hunk in before {
      var (m, p) = (hunk.minus.lowerBound, hunk.plus.lowerBound)
      while m > 0, p > 0, isInside(minus, m) || isInside(plus, p) {
        m -= 1
        p -= 1
      }
      var (mEnd, pEnd) = (hunk.minus.upperBound, hunk.plus.upperBound)
      while mEnd < minus.count, pEnd < plus.count, isInside(minus, mEnd) || isInside(plus, pEnd) {
        mEnd += 1
        pEnd += 1
      }
      hunk.minus = m..<mEnd
      hunk.plus = p..<pEnd
      append(hunk)
    }
  }
}
