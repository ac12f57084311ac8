// The lines of a trace that hold anything, with displays, equation environments and blocks of code as one line each.

struct TraceLines {
  /// One line, or several that belong together.
  struct Line {
    /// Trimmed.
    var range: Range<Int>
    /// Whether a blank line stands in front.
    var followsBlank: Bool
    /// Whether it is a block of several lines.
    var isBlock: Bool
  }

  private let bytes: [UInt8]
  private(set) var lines: [Line] = []

  init(_ bytes: [UInt8], spans: [MathSpan]) {
    self.bytes = bytes
    let blocks = blocks(spans)
    var next = 0
    var start = 0
    var i = 0
    while i <= bytes.count {
      guard i == bytes.count || bytes[i] == 10 || bytes[i] == 13 else {
        i += 1
        continue
      }
      while next < blocks.count, blocks[next].upperBound <= start { next += 1 }
      // A line that ends inside a block goes on to the block's end.
      if next < blocks.count, blocks[next].contains(i) {
        i = blocks[next].upperBound
        while i < bytes.count, bytes[i] != 10, bytes[i] != 13 { i += 1 }
        add(start..<i, isBlock: true)
        // Another block may have begun on the same line: then both are one.
        start = min(i + 1, bytes.count)
        if i == bytes.count { break }
        i += 1
        continue
      }
      add(start..<i, isBlock: false)
      start = i + 1
      i += 1
    }
  }

  private mutating func add(_ range: Range<Int>, isBlock: Bool) {
    let line = trim(range)
    guard !line.isEmpty else { return }
    lines.append(
      Line(range: line, followsBlank: isBlankBefore(line.lowerBound), isBlock: isBlock))
  }

  // MARK: Blocks

  /// What must not be cut: displays over several lines and fenced code.
  private func blocks(_ spans: [MathSpan]) -> [Range<Int>] {
    let displays = spans.map(\.outer).filter { bytes[$0].contains(10) }
    let fences = fences()
    guard !fences.isEmpty else { return displays }
    var next = 0
    let outside = displays.filter { display in
      while next < fences.count, fences[next].upperBound <= display.lowerBound { next += 1 }
      return next == fences.count || !fences[next].overlaps(display)
    }
    return (outside + fences).sorted { $0.lowerBound < $1.lowerBound }
  }

  /// Blocks between lines that begin with "```" or "~~~".
  private func fences() -> [Range<Int>] {
    var out: [Range<Int>] = []
    var open: (at: Int, mark: UInt8)?
    var start = 0
    for i in 0...bytes.count where i == bytes.count || bytes[i] == 10 {
      defer { start = i + 1 }
      var at = start
      while at < i, bytes[at].isBlank { at += 1 }
      guard i - at >= 3, bytes[at] == 96 || bytes[at] == 126, bytes[at + 1] == bytes[at],
        bytes[at + 2] == bytes[at]
      else { continue }
      if let begun = open {
        if begun.mark == bytes[at] {
          out.append(begun.at..<i)
          open = nil
        }
      } else {
        open = (at, bytes[at])
      }
    }
    return out
  }

  // MARK: White space

  private func isBlankBefore(_ at: Int) -> Bool {
    var (i, breaks) = (at, 0)
    while i > 0, bytes[i - 1].isBlank {
      i -= 1
      if bytes[i] == 10 { breaks += 1 }
    }
    return breaks >= 2
  }

  private func trim(_ range: Range<Int>) -> Range<Int> { bytes.trimmed(range) }
}

extension [UInt8] {
  /// A range without the white space at its ends.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high, white(low) > 0, low + white(low) <= high { low += white(low) }
    while high > low, self[high - 1].isBlank || self[high - 1] == 11 || self[high - 1] == 12 {
      high -= 1
    }
    while high - low >= 2, self[high - 2] == 0xC2, self[high - 1] == 0xA0 { high -= 2 }
    return low..<high
  }

  /// The length of the white space character at a place; 0 when there is none.
  private func white(_ at: Int) -> Int {
    let byte = self[at]
    if byte.isBlank || byte == 11 || byte == 12 { return 1 }
    if byte == 0xC2, at + 1 < count, self[at + 1] == 0xA0 { return 2 }
    return 0
  }
}
