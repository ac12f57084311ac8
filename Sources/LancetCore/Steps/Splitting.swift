// A trace taken apart into its steps: numbered units, else paragraphs, else lines, else the sentences of one line.

/// Splits a trace into steps, each with its checks and verdict; white space around a step belongs to none.
public func splitSteps(_ text: String) -> [Step] {
  steps(of: text, at: StepSplitter(Array(text.utf8)).ranges())
}

/// The steps that stand at these bytes of a text, each with its checks and verdict.
func steps(of text: String, at ranges: [Range<Int>]) -> [Step] {
  let found = checks(in: text)
  var steps: [Step] = []
  steps.reserveCapacity(ranges.count)
  var next = 0
  for (index, range) in ranges.enumerated() {
    while next < found.count, found[next].bytes.lowerBound < range.lowerBound { next += 1 }
    var own: [Check] = []
    while next < found.count, found[next].bytes.lowerBound < range.upperBound {
      own.append(found[next])
      next += 1
    }
    steps.append(Step(index: index, bytes: range, checks: own, verdict: verdict(of: own)))
  }
  return steps
}

/// The index of the first step with a wrong check; nil when no check is wrong.
public func firstError(in steps: [Step]) -> Int? {
  steps.first { $0.verdict == .wrong }?.index
}

/// Wrong when a check is wrong, right when all are right and there is at least one, else unknown.
private func verdict(of checks: [Check]) -> CheckVerdict {
  if checks.contains(where: { $0.verdict == .wrong }) { return .wrong }
  if checks.isEmpty || checks.contains(where: { $0.verdict == .unknown }) { return .unknown }
  return .right
}

struct StepSplitter {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func ranges() -> [Range<Int>] {
    let lines = lines()
    if lines.count <= 1 {
      guard let only = lines.first else { return [] }
      return sentences(only)
    }
    let numbered = lines.indices.filter { isNumbered(lines[$0]) }
    if numbered.count >= 2 { return numberedUnits(lines, Set(numbered)) }
    let paragraphs = paragraphs(lines)
    if paragraphs.count >= 3, paragraphs.count * 4 >= lines.count { return paragraphs }
    return displaysJoined(lines)
  }

  /// Lines that hold anything, trimmed.
  private func lines() -> [Range<Int>] {
    var out: [Range<Int>] = []
    var start = 0
    for i in 0...bytes.count
    where i == bytes.count || bytes[i] == .newline || bytes[i] == .carriageReturn {
      let line = trim(start..<i)
      if !line.isEmpty { out.append(line) }
      start = i + 1
    }
    return out
  }

  private func trim(_ range: Range<Int>) -> Range<Int> {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high, isWhite(low) > 0, low + isWhite(low) <= high { low += isWhite(low) }
    while high > low, bytes[high - 1].isBlank || bytes[high - 1] == 11 || bytes[high - 1] == 12 {
      high -= 1
    }
    while high - low >= 2, bytes[high - 2] == 0xC2, bytes[high - 1] == 0xA0 { high -= 2 }
    return low..<high
  }

  /// The length of the white space character at a place; 0 when there is none.
  private func isWhite(_ at: Int) -> Int {
    let byte = bytes[at]
    if byte.isBlank || byte == 11 || byte == 12 { return 1 }
    if byte == 0xC2, at + 1 < bytes.count, bytes[at + 1] == 0xA0 { return 2 }
    return 0
  }

  /// Whether a line begins a numbered unit: "1.", "2)", "(3)", "Step 4", with marks of emphasis before it.
  private func isNumbered(_ line: Range<Int>) -> Bool {
    var i = line.lowerBound
    while i < line.upperBound,
      bytes[i] == .star || bytes[i] == .hash || bytes[i] == .space || bytes[i] == .underscore
    {
      i += 1
    }
    if line.upperBound - i >= 6, bytes[i] | 32 == UInt8(ascii: "s"),
      bytes[i + 1] | 32 == UInt8(ascii: "t"),
      bytes[i + 2] | 32 == UInt8(ascii: "e"), bytes[i + 3] | 32 == UInt8(ascii: "p"),
      bytes[i + 4] == .space,
      bytes[i + 5].isDigit || bytes[i + 5] == .hash
    {
      return true
    }
    let bracket = i < line.upperBound && bytes[i] == .openParen
    if bracket { i += 1 }
    let first = i
    while i < line.upperBound, bytes[i].isDigit, i - first < 3 { i += 1 }
    guard i > first, i < line.upperBound else { return false }
    if bracket { return bytes[i] == .closeParen }
    guard bytes[i] == .dot || bytes[i] == .closeParen || bytes[i] == .colon else { return false }
    return i + 1 < line.upperBound && (bytes[i + 1] == .space || bytes[i + 1] == .star)
  }

  private func numberedUnits(_ lines: [Range<Int>], _ numbered: Set<Int>) -> [Range<Int>] {
    var out: [Range<Int>] = []
    var current: Range<Int>?
    var started = false
    for (i, line) in lines.enumerated() {
      let conclusion = started && isBlankBefore(line.lowerBound) && concludes(line)
      if numbered.contains(i) || !started || conclusion {
        if let current { out.append(current) }
        current = line
        if numbered.contains(i) { started = true }
        if conclusion { started = false }
      } else if let open = current {
        current = open.lowerBound..<line.upperBound
      }
    }
    if let current { out.append(current) }
    return out
  }

  private func isBlankBefore(_ at: Int) -> Bool {
    var (i, breaks) = (at, 0)
    while i > 0, bytes[i - 1].isBlank {
      i -= 1
      if bytes[i] == .newline { breaks += 1 }
    }
    return breaks >= 2
  }

  private static let conclusions = [
    "therefore", "thus", "so", "hence", "the final", "final", "answer", "the answer", "in total",
    "a:", "####", "\\boxed", "in conclusion", "finally", "**",
  ]

  private func concludes(_ line: Range<Int>) -> Bool {
    let head = String(
      decoding: bytes[line.lowerBound..<min(line.upperBound, line.lowerBound + 16)].map {
        $0.lowercased
      }, as: UTF8.self)
    return Self.conclusions.contains { head.hasPrefix($0) }
  }

  /// Runs of lines without a blank line between.
  private func paragraphs(_ lines: [Range<Int>]) -> [Range<Int>] {
    var out: [Range<Int>] = []
    for line in lines {
      if let last = out.last, !isBlankBefore(line.lowerBound) {
        out[out.count - 1] = last.lowerBound..<line.upperBound
      } else {
        out.append(line)
      }
    }
    return out
  }

  /// Lines, with a displayed formula as one unit.
  private func displaysJoined(_ lines: [Range<Int>]) -> [Range<Int>] {
    var out: [Range<Int>] = []
    var open = false
    for line in lines {
      if open, let last = out.last {
        out[out.count - 1] = last.lowerBound..<line.upperBound
      } else {
        out.append(line)
      }
      var i = line.lowerBound
      while i + 1 < line.upperBound {
        if bytes[i] == .backslash, bytes[i + 1] == .openBracket { open = true }
        if bytes[i] == .backslash, bytes[i + 1] == .closeBracket { open = false }
        if bytes[i] == .dollar, bytes[i + 1] == .dollar {
          open.toggle()
          i += 1
        }
        i += 1
      }
    }
    return out
  }

  // MARK: Sentences

  /// Abbreviations that a sentence never ends with, and those that it may end with.
  private static let titles: Set<String> = [
    "mr", "mrs", "ms", "dr", "st", "vs", "approx", "e.g", "i.e", "eg", "ie", "fig", "eq", "prof",
    "jr", "sr", "cf", "avg", "est",
  ]

  /// The sentences of one line.
  private func sentences(_ line: Range<Int>) -> [Range<Int>] {
    var out: [Range<Int>] = []
    var start = line.lowerBound
    var i = start
    var formula = 0
    while i < line.upperBound {
      let byte = bytes[i]
      if byte == .backslash, i + 1 < line.upperBound {
        if bytes[i + 1] == .openParen || bytes[i + 1] == .openBracket { formula += 1 }
        if bytes[i + 1] == .closeParen || bytes[i + 1] == .closeBracket { formula -= 1 }
        i += 2
        continue
      }
      if byte == .dot || byte == .exclamation || byte == .question, formula <= 0,
        ends(i, start, line.upperBound)
      {
        var stop = i + 1
        while stop < line.upperBound,
          bytes[stop] == .quote || bytes[stop] == .closeParen || bytes[stop] == .apostrophe
        {
          stop += 1
        }
        let sentence = trim(start..<stop)
        if !sentence.isEmpty { out.append(sentence) }
        start = stop
        i = stop
        continue
      }
      i += 1
    }
    let rest = trim(start..<line.upperBound)
    if !rest.isEmpty { out.append(rest) }
    return out
  }

  /// Whether the mark at `i` ends a sentence: not behind an abbreviation, an initial or an enumerator.
  private func ends(_ i: Int, _ start: Int, _ limit: Int) -> Bool {
    var after = i + 1
    while after < limit,
      bytes[after] == .quote || bytes[after] == .closeParen || bytes[after] == .apostrophe
    {
      after += 1
    }
    guard after < limit else { return true }
    guard bytes[after].isBlank else { return false }
    while after < limit, bytes[after].isBlank { after += 1 }
    guard after < limit else { return true }
    if bytes[after].isLower { return false }
    guard bytes[i] == .dot else { return true }
    var low = i
    while low > start, bytes[low - 1].isLetter || bytes[low - 1] == .dot { low -= 1 }
    let word = String(
      decoding: bytes[low..<i].map { $0.lowercased }, as: UTF8.self)
    if Self.titles.contains(word) { return false }
    if word == "no", bytes[after].isDigit { return false }
    // An initial: "J. Smith".
    if word.utf8.count == 1, bytes[low].isUpper, bytes[low] != UInt8(ascii: "I"), low > start {
      return false
    }
    // An enumerator at the beginning: "1. First".
    var digits = i
    while digits > start, bytes[digits - 1].isDigit { digits -= 1 }
    if digits < i, trim(start..<digits).isEmpty { return false }
    return true
  }
}
