// Where the steps of a trace begin and end: numbered units, else paragraphs, else lines, else the sentences of one line.
// A display, an equation environment and a block of code are never cut.

struct StepSplitter {
  private let bytes: [UInt8]
  private let spans: [MathSpan]

  init(_ bytes: [UInt8]) { self.init(bytes, spans: mathSpans(bytes)) }

  init(_ bytes: [UInt8], spans: [MathSpan]) {
    self.bytes = bytes
    self.spans = spans
  }

  /// The steps, trimmed, in order.
  func ranges() -> [Range<Int>] {
    let lines = TraceLines(bytes, spans: spans).lines
    if lines.count <= 1 {
      guard let only = lines.first else { return [] }
      return isBlock(only) ? [only.range] : Sentences(bytes).ranges(in: only.range)
    }
    let marks = lines.map { UnitMark(bytes, $0.range) }
    for level in [UnitMark.named, .heading, .numbered] {
      let begins = lines.indices.filter { marks[$0] == level && !lines[$0].isBlock }
      // Headings above numbered units are titles of sections: the units are the steps.
      if level == .heading, marks.contains(.numbered) { continue }
      if begins.count >= 2 { return units(lines, Set(begins)) }
    }
    let paragraphs = paragraphs(lines)
    if paragraphs.count >= 3, paragraphs.count * 4 >= lines.count { return paragraphs }
    return lines.map(\.range)
  }

  private func isBlock(_ line: TraceLines.Line) -> Bool { line.isBlock }

  // MARK: Units

  private func units(_ lines: [TraceLines.Line], _ begins: Set<Int>) -> [Range<Int>] {
    var out: [Range<Int>] = []
    var current: Range<Int>?
    var started = false
    for (i, line) in lines.enumerated() {
      let conclusion = started && line.followsBlank && concludes(line.range)
      if begins.contains(i) || !started || conclusion {
        if let current { out.append(current) }
        current = line.range
        if begins.contains(i) { started = true }
        if conclusion { started = false }
      } else if let open = current {
        current = open.lowerBound..<line.range.upperBound
      }
    }
    if let current { out.append(current) }
    return out
  }

  private static let conclusions = [
    "therefore", "thus", "so", "hence", "the final", "final", "answer", "the answer", "in total",
    "a:", "####", "\\boxed", "in conclusion", "finally", "**",
  ]

  private func concludes(_ line: Range<Int>) -> Bool {
    let head = loweredText(bytes, line.lowerBound..<min(line.upperBound, line.lowerBound + 16))
    return Self.conclusions.contains { head.hasPrefix($0) }
  }

  /// Runs of lines without a blank line between.
  private func paragraphs(_ lines: [TraceLines.Line]) -> [Range<Int>] {
    var out: [Range<Int>] = []
    for line in lines {
      if let last = out.last, !line.followsBlank {
        out[out.count - 1] = last.lowerBound..<line.range.upperBound
      } else {
        out.append(line.range)
      }
    }
    return out
  }
}

/// How a line begins a unit.
enum UnitMark: Equatable {
  /// "Step 4", "**Step 4:**", "第一步": a step by name.
  case named
  /// "## Counting".
  case heading
  /// "1.", "2)", "(3)".
  case numbered

  /// The mark of a line, with marks of emphasis before it; nil for a plain line.
  init?(_ bytes: [UInt8], _ line: Range<Int>) {
    var i = line.lowerBound
    var hashes = 0
    while i < line.upperBound, [42, 35, 32, 95].contains(bytes[i]) {
      if bytes[i] == 35 { hashes += 1 }
      i += 1
    }
    if Self.isNamed(bytes, i, line.upperBound) {
      self = .named
      return
    }
    if Self.isNumbered(bytes, i, line.upperBound) {
      self = .numbered
      return
    }
    // "#### 72" is GSM8K's answer.
    guard hashes >= 1, hashes <= 3, bytes[line.lowerBound] == 35, i < line.upperBound else {
      return nil
    }
    self = .heading
  }

  private static func isNamed(_ bytes: [UInt8], _ at: Int, _ end: Int) -> Bool {
    if end - at >= 6, bytes[at] | 32 == 115, bytes[at + 1] | 32 == 116, bytes[at + 2] | 32 == 101,
      bytes[at + 3] | 32 == 112, bytes[at + 4] == 32, bytes[at + 5].isDigit || bytes[at + 5] == 35
    {
      return true
    }
    // 第…步, 步骤…
    guard end - at >= 9, at + 3 <= end else { return false }
    if bytes[at..<(at + 3)].elementsEqual("第".utf8) {
      return bytes[(at + 3)..<min(end, at + 12)].containsSequence(Array("步".utf8))
    }
    return bytes[at..<min(end, at + 6)].elementsEqual("步骤".utf8)
  }

  private static func isNumbered(_ bytes: [UInt8], _ at: Int, _ end: Int) -> Bool {
    var i = at
    let bracket = i < end && bytes[i] == 40
    if bracket { i += 1 }
    let first = i
    while i < end, bytes[i].isDigit, i - first < 3 { i += 1 }
    guard i > first, i < end else { return false }
    if bracket { return bytes[i] == 41 }
    if bytes[i...].starts(with: "、".utf8) { return true }
    guard bytes[i] == 46 || bytes[i] == 41 || bytes[i] == 58 else { return false }
    return i + 1 < end && (bytes[i + 1] == 32 || bytes[i + 1] == 42)
  }
}

extension ArraySlice<UInt8> {
  /// Whether a short run of bytes stands in here.
  fileprivate func containsSequence(_ other: [UInt8]) -> Bool {
    guard count >= other.count else { return false }
    return (startIndex...(endIndex - other.count)).contains {
      self[$0..<($0 + other.count)].elementsEqual(other)
    }
  }
}
