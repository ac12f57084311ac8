// Where the final answer of a trace stands. Marks and phrases announce it; the last strong one wins, a weak one only
// when there is no strong one, and a text that announces nothing is an answer only when it is a bare value.

/// A final answer found in a text.
public struct ExtractedAnswer: Hashable, Sendable {
  /// The answer as written, without the words and marks that announce it.
  public var text: String
  /// Where it stands, in bytes of the text it was found in.
  public var bytes: Range<Int>

  /// An answer and its place.
  public init(text: String, bytes: Range<Int>) {
    self.text = text
    self.bytes = bytes
  }
}

/// Finds the final answer of a trace; nil when the text announces none and is no bare value itself.
///
/// Strong marks: `\boxed{…}`, `\fbox{…}`, `####`, a line that begins with `A:` or `Answer:`, and "final answer is" or
/// "final answer:". Weak ones: "answer is", "answer:" elsewhere. A box that is not closed (a trace that was cut off)
/// announces nothing.
public func extractAnswer(from text: String) -> ExtractedAnswer? {
  let finder = AnswerFinder(Array(text.utf8))
  guard let range = finder.find() else { return nil }
  return ExtractedAnswer(text: finder.string(range), bytes: range)
}

struct AnswerFinder {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// A place that may announce an answer: what is there is read only when no later place has one, so that a text of
  /// many announcements is still read in one go.
  private enum Candidate {
    case box(open: Int)
    case phrase(start: Int)
  }

  func find() -> Range<Int>? {
    var strong: [Candidate] = []
    var weak: [Candidate] = []
    var at = 0
    var lineStart = true
    while at < bytes.count {
      let byte = bytes[at]
      switch byte {
      case .newline, .carriageReturn:
        lineStart = true
        at += 1
        continue
      case .backslash:
        if let open = boxStart(at) { strong.append(.box(open: open)) }
      case .hash:
        if has("####", at), at == 0 || bytes[at - 1] != byte {
          strong.append(.phrase(start: at + 4))
        }
      case UInt8(ascii: "A"), UInt8(ascii: "a"):
        if at > 0, bytes[at - 1].isLetter { break }
        if byte == UInt8(ascii: "A"), lineStart, has("A:", at) {
          strong.append(.phrase(start: at + 2))
        } else if hasWord("answer", at), let after = announcement(at + 6) {
          var before = at
          while before > 0, bytes[before - 1] == .space { before -= 1 }
          if lineStart || (before >= 5 && hasWord("final", before - 5)) {
            strong.append(.phrase(start: after))
          } else {
            weak.append(.phrase(start: after))
          }
        }
      case UInt8(ascii: "C"), UInt8(ascii: "c"):
        if at > 0, bytes[at - 1].isLetter { break }
        for word in ["correct option", "correct choice"] where hasWord(word, at) {
          if let after = announcement(at + word.utf8.count) { weak.append(.phrase(start: after)) }
        }
      default: break
      }
      // Marks of emphasis and headings do not end the start of a line; "Final Answer:" begins one too.
      if lineStart, !byte.isBlank, byte != .star, byte != .hash,
        byte != .greater, byte != .underscore,
        !hasWord("final ", at) && !inFinal(at)
      {
        lineStart = false
      }
      at += 1
    }
    return last(strong) ?? last(weak) ?? bare()
  }

  /// The last candidate that has an answer.
  private func last(_ candidates: [Candidate]) -> Range<Int>? {
    var closing: [Int: Int]?
    var budget = 200_000
    for candidate in candidates.reversed() {
      switch candidate {
      case .phrase(let start):
        if let found = payload(start) { return found }
        budget -= 1000
      case .box(let open):
        if bytes[open] == .openBrace {
          let closed = closing ?? closingBraces()
          closing = closed
          guard let close = closed[open] else { continue }
          let inner = trim((open + 1)..<close)
          if !inner.isEmpty { return inner }
        } else if let number = bareBox(open) {
          return number
        }
      }
      if budget < 0 { return nil }
    }
    return nil
  }

  /// For every open brace that is closed, the place of its closing one.
  private func closingBraces() -> [Int: Int] {
    var out: [Int: Int] = [:]
    var stack: [Int] = []
    var i = 0
    while i < bytes.count {
      switch bytes[i] {
      case .backslash: i += 1
      case .openBrace: stack.append(i)
      case .closeBrace: if let open = stack.popLast() { out[open] = i }
      default: break
      }
      i += 1
    }
    return out
  }

  private func inFinal(_ at: Int) -> Bool {
    var start = at
    while start > 0, bytes[start - 1].isLetter { start -= 1 }
    return hasWord("final", start)
  }

  /// Behind "answer": where the answer begins; nil when nothing is announced.
  private func announcement(_ start: Int) -> Int? {
    var at = start
    func skipBlanks() {
      while at < bytes.count, bytes[at] == .space || bytes[at] == .star { at += 1 }
    }
    if at < bytes.count, bytes[at].isLetter { return nil }
    skipBlanks()
    // "answer to the question is"
    if hasWord("to ", at) || hasWord("for ", at) {
      var i = at
      while i < bytes.count, i - at < 80, bytes[i] != .newline, bytes[i] != .dot,
        !hasWord(" is ", i)
      {
        i += 1
      }
      guard hasWord(" is ", i) else { return nil }
      at = i + 1
    }
    let colon = at < bytes.count && (bytes[at] == .colon || bytes[at] == .equals)
    if colon {
      at += 1
    } else if hasWord("is", at), at + 2 >= bytes.count || !bytes[at + 2].isLetter,
      at + 2 < bytes.count, bytes[at + 2] != .apostrophe
    {
      at += 2
      if at < bytes.count, bytes[at] == .colon { at += 1 }
    } else if at > start, at < bytes.count, bytes[at] == .newline, bytes[start] == .star {
      // "**Final Answer**" on a line of its own
    } else {
      return nil
    }
    skipBlanks()
    for word in ["therefore ", "thus ", "then ", "simply ", "just ", "indeed ", "hence "]
    where hasWord(word, at) {
      at += word.utf8.count
    }
    if hasWord("not ", at) || hasWord("wrong", at) || hasWord("incorrect", at)
      || hasWord("unclear", at) || hasWord("unknown", at)
    {
      return nil
    }
    return at
  }

  private func has(_ text: StaticString, _ at: Int) -> Bool {
    guard at + text.utf8CodeUnitCount <= bytes.count else { return false }
    return text.withUTF8Buffer { buffer in
      for i in 0..<buffer.count where bytes[at + i] != buffer[i] { return false }
      return true
    }
  }

  /// ASCII letters in either case.
  private func hasWord(_ text: String, _ at: Int) -> Bool {
    var i = at
    for byte in text.utf8 {
      guard i < bytes.count else { return false }
      let here = bytes[i].lowercased
      guard here == byte else { return false }
      i += 1
    }
    return true
  }

  /// Where the content of a box that begins here stands: at its brace, or at a bare number.
  private func boxStart(_ at: Int) -> Int? {
    var open = at
    if has("\\boxed", at) {
      open = at + 6
    } else if has("\\fbox", at) {
      open = at + 5
    } else {
      return nil
    }
    let start = open
    while open < bytes.count, bytes[open] == .space { open += 1 }
    guard open < bytes.count, bytes[open] == .openBrace || open > start else { return nil }
    return open
  }

  /// A box without braces: `\boxed 5`.
  private func bareBox(_ open: Int) -> Range<Int>? {
    var end = open
    while end < bytes.count, bytes[end].isDigit || bytes[end] == .dot || bytes[end] == .minus {
      end += 1
    }
    while end > open, bytes[end - 1] == .dot { end -= 1 }
    return end > open ? open..<end : nil
  }

  /// The answer that begins at or behind `start`: the rest of its sentence, or the next line when this one is empty.
  private func payload(_ start: Int) -> Range<Int>? {
    var low = start
    while low < bytes.count, bytes[low] == .space || bytes[low] == .star || bytes[low] == .tab {
      low += 1
    }
    if low < bytes.count, bytes[low] == .newline || bytes[low] == .carriageReturn {
      var lines = 0
      while low < bytes.count, bytes[low].isBlank, lines < 3 {
        if bytes[low] == .newline { lines += 1 }
        low += 1
      }
    }
    var high = low
    while high < bytes.count, high - low < Self.longest, bytes[high] != .newline,
      bytes[high] != .carriageReturn
    {
      high += 1
    }
    if has("\\[", low) || has("$$", low) {
      let limit = min(bytes.count, low + Self.longest)
      var i = low + 2
      while i + 1 < limit, !has("\\]", i), !has("$$", i) { i += 1 }
      if i + 1 < limit { return nonEmpty(trim((low + 2)..<i)) }
    }
    guard low < high else { return nil }
    if bytes[low] == .dollar, let close = mathEnd(low, high) {
      // "$18$ eggs": with the unit when nothing but words follow up to the stop.
      let end = sentenceEnd(close + 1, high)
      let tail = bytes[(close + 1)..<end]
      if tail.allSatisfy({ $0.isLetter || $0 == .space || $0 == .percent }), tail.count < 24 {
        return nonEmpty(trim(low..<end))
      }
      return nonEmpty(trim(low..<(close + 1)))
    }
    return nonEmpty(trim(low..<sentenceEnd(low, high)))
  }

  /// Answers that are announced are shorter than this.
  private static let longest = 2000

  private func nonEmpty(_ range: Range<Int>) -> Range<Int>? { range.isEmpty ? nil : range }

  /// The `$` that closes the formula opened at `low`, when what stands between is no prose ("$18 and $20").
  private func mathEnd(_ low: Int, _ high: Int) -> Int? {
    var i = low + 1
    while i < high {
      if bytes[i] == .backslash {
        i += 2
        continue
      }
      if bytes[i] == .dollar { return i > low + 1 ? i : nil }
      if bytes[i] == .space, hasWord(" and ", i) || hasWord(" or ", i) || hasWord(" per ", i) {
        return nil
      }
      i += 1
    }
    return nil
  }

  private static let clauses = [
    " because", " since ", ", so ", ", which", ", not ", " which ", ", as ", ", where", " when ",
    ", because", ", and the", ", but ", " rather than ", " (because", " (since",
  ]

  /// The end of the sentence or clause: a full stop, an exclamation mark or a clause that explains.
  private func sentenceEnd(_ low: Int, _ high: Int) -> Int {
    var i = low
    while i < high {
      switch bytes[i] {
      case .dot, .exclamation:
        if i + 1 >= high || bytes[i + 1] == .space || bytes[i + 1] == .star { return i }
      case .space, .comma:
        for clause in Self.clauses where hasWord(clause, i) { return i }
      default: break
      }
      i += 1
    }
    return high
  }

  /// Without white space, emphasis, full stops and the marks of a formula around.
  private func trim(_ range: Range<Int>) -> Range<Int> {
    var (low, high) = (range.lowerBound, range.upperBound)
    var changed = true
    while changed, low < high {
      changed = false
      while low < high, bytes[low].isBlank || bytes[low] == .star || bytes[low] == .backtick {
        (low, changed) = (low + 1, true)
      }
      while high > low,
        bytes[high - 1].isBlank || bytes[high - 1] == .star || bytes[high - 1] == .backtick
          || bytes[high - 1] == .comma || bytes[high - 1] == .semicolon
          || (bytes[high - 1] == .dot && !endsWithRightDot(low, high))
      {
        (high, changed) = (high - 1, true)
      }
      for (open, close) in [("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]")] {
        let length = open.utf8.count
        if high - low > 2 * length, hasWord(open, low), hasWord(close, high - length),
          !(length == 1 && bytes[high - 2] == .backslash), isSingleFormula(low, high, open)
        {
          (low, high, changed) = (low + length, high - length, true)
        }
      }
    }
    return low..<high
  }

  private func isSingleFormula(_ low: Int, _ high: Int, _ open: String) -> Bool {
    guard open == "$" else { return true }
    var i = low + 1
    while i < high - 1 {
      if bytes[i] == .backslash { i += 1 } else if bytes[i] == .dollar { return false }
      i += 1
    }
    return true
  }

  /// `\right.` at the end keeps its point.
  private func endsWithRightDot(_ low: Int, _ high: Int) -> Bool {
    high - low >= 7 && has("\\right.", high - 7)
  }

  /// The whole text, when it is short enough to be a bare value.
  private func bare() -> Range<Int>? {
    let range = trim(0..<bytes.count)
    guard !range.isEmpty, range.count <= 400 else { return nil }
    // A box that was cut off says that the answer is not complete.
    guard !range.contains(where: { bytes[$0] == .backslash && boxStart($0) != nil }) else {
      return nil
    }
    guard !bytes[range].contains(10) || has("\\begin", range.lowerBound) else { return nil }
    let text = string(range)
    guard let value = try? AnswerParser.parse(text) else {
      // What cannot be read may still equal the other side as text.
      return range.count <= 40 ? range : nil
    }
    if case .text = value { return range.count <= 60 ? range : nil }
    return range
  }
}
