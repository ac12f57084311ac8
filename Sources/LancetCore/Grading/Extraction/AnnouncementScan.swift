// The places of a reply that announce an answer, in order: what they announce is read later, from the last one back, so
// that a text of many announcements is still read in one go.

/// A place that may announce an answer.
enum Announcement {
  /// A box, with the place of its brace or of what stands behind the command.
  case box(command: Int, open: Int)
  /// `<answer>` or a box token, with the place of what it holds and its end, and whether its closing tag is there.
  case tag(inner: Range<Int>, isClosed: Bool)
  /// `####`, which is also a heading of Markdown: an answer only with a value behind it.
  case hashes(Int)
  /// A heading or a phrase that begins at a place; an answer stands behind it.
  case phrase(place: Int, Int)
  /// A phrase in the middle of a line: it counts only with something like a value behind it.
  case remark(place: Int, Int)
}

struct AnnouncementScan {
  let text: ByteText
  let range: Range<Int>
  private(set) var found: [Announcement] = []
  /// Where the reply to the question ends: another question begins there.
  private(set) var limit: Int
  private var at = 0
  private var atLineStart = true
  /// A section that only checks the answer: phrases in it announce nothing.
  private var inCheck = false

  init(text: ByteText, range: Range<Int>) {
    self.text = text
    self.range = range
    limit = range.upperBound
  }

  mutating func run() {
    at = range.lowerBound
    while at < limit {
      let byte = text.bytes[at]
      if byte.isLineEnd {
        atLineStart = true
        at += 1
        continue
      }
      if atLineStart, !byte.isBlank { line() }
      guard at < limit else { break }
      look(at: text.bytes[at])
      at += 1
    }
  }

  // MARK: Lines

  /// Looks at the beginning of a line: headings, questions, `A:`, `Answer:`.
  private mutating func line() {
    atLineStart = false
    let start = at
    var i = at
    var hashes = 0
    while i < limit {
      let byte = text.bytes[i]
      if byte == .hash { hashes += 1 }
      guard
        byte == .hash || byte == .star || byte == .underscore || byte == .greater
          || byte == .space || byte == .tab
      else { break }
      i += 1
    }
    if hashes == 4, text.has("####", start) {
      let behind = text.skipping(start + 4) { $0 == .space }
      if behind < limit, !text.bytes[behind].isLineEnd { found.append(.hashes(start + 4)) }
    }
    guard i < limit else { return }
    // A comment of LaTeX.
    if text.bytes[i] == .percent {
      at = text.lineEnd(i, limit)
      return
    }
    if !found.isEmpty, beginsQuestion(i) {
      limit = start
      return
    }
    let isMarked = i > start
    if isMarked || text.bytes[i].isUpper { section(i, isHeading: hashes > 0 || isMarked) }
    for word in ["final answer", "the final answer", "answer", "ans", "correct answer"]
    where text.hasWord(word, i) {
      let behind = i + word.utf8.count
      if let start = answerBehindHeading(behind, marked: isMarked) {
        found.append(.phrase(place: i, start))
        at = max(at, behind)
        return
      }
      if let start = AnnouncementWords(text: text).behindAnswer(behind) {
        found.append(.phrase(place: i, start))
        at = max(at, behind)
        return
      }
      // "Ans. 12"
      if word == "ans", text.has(". ", behind) {
        found.append(.phrase(place: i, behind + 2))
        return
      }
    }
    if text.has("A:", i) || text.has("A：", i) {
      found.append(.phrase(place: i, i + (text.has("A:", i) ? 2 : 4)))
    } else if text.has("答：", i) || text.has("答:", i) {
      found.append(.phrase(place: i, i + (text.has("答:", i) ? 4 : 6)))
    }
  }

  /// "# Answer" or "**Final Answer**" alone on its line: where the next line that is not empty begins.
  private func answerBehindHeading(_ behind: Int, marked: Bool) -> Int? {
    var i = behind
    while i < limit,
      text.bytes[i] == .star || text.bytes[i] == .colon || text.bytes[i] == .space
        || text.bytes[i] == .underscore || text.bytes[i] == .hash
    {
      i += 1
    }
    // "Answer" in front of a display.
    if text.has("\\[", i) || text.has("$", i) { return i }
    guard i < limit, text.bytes[i].isLineEnd,
      marked || text.bytes[behind] == .colon || i == behind
    else { return nil }
    return text.skipping(i) { $0.isBlank }
  }

  private static let questions = [
    "question:", "q:", "problem:", "user:", "human:", "instruction:", "input:", "question ",
    "problem ", "exercise:", "next question", "new question", "问题：", "问：", "题目：",
  ]

  private func beginsQuestion(_ at: Int) -> Bool {
    Self.questions.contains { word in
      guard text.hasFolded(word, at) else { return false }
      guard word.utf8.last == .space else { return true }
      // "Question 2:"
      let digits = text.skipping(at + word.utf8.count) { $0.isDigit }
      return word.hasPrefix("ne")
        || digits > at + word.utf8.count && digits < limit
          && (text.bytes[digits] == .colon || text.bytes[digits] == .dot)
    }
  }

  private mutating func section(_ at: Int, isHeading: Bool) {
    if ["verification", "check", "double-check", "note", "remark"].contains(where: {
      text.hasWord($0, at)
    }) {
      inCheck = !found.isEmpty && isHeading
    } else if isHeading {
      inCheck = false
    }
  }

  // MARK: Marks and phrases

  private mutating func look(at byte: UInt8) {
    switch byte {
    case .backslash: if !struckCommand() { box() }
    case .less: if !struckTag() { tag() }
    case .openBracket where text.hasFolded("[answer]", at): tag()
    case .tilde where text.has("~~", at): pass(behind: "~~", from: at + 2)
    case UInt8(ascii: "a"), UInt8(ascii: "A"):
      guard text.beginsWord(at), text.hasWord("answer", at) || text.hasWord("answers", at) else {
        return
      }
      let behind = at + (text.hasWord("answers", at) ? 7 : 6)
      if let start = AnnouncementWords(text: text).behindAnswer(behind) { remark(start) }
    case UInt8(ascii: "c"), UInt8(ascii: "C"), UInt8(ascii: "s"), UInt8(ascii: "S"),
      UInt8(ascii: "f"), UInt8(ascii: "F"), UInt8(ascii: "b"), UInt8(ascii: "B"):
      guard text.beginsWord(at) else { return }
      for word in [
        "correct option", "correct choice", "best option", "best choice", "solution",
        "final result",
      ]
      where text.hasWord(word, at) {
        let start = AnnouncementWords(text: text).behindAnswer(at + word.utf8.count)
        if let start { remark(start) }
      }
    case 0xE5...0xE9: chinese()
    default: break
    }
  }

  private mutating func remark(_ start: Int) {
    if !inCheck { found.append(.remark(place: at, start)) }
  }

  // MARK: What is crossed out

  /// Passes over everything up to a mark; without the mark nothing is passed.
  private mutating func pass(behind mark: String, from start: Int) {
    let line = mark == "~~" ? text.lineEnd(start, limit) : limit
    if let end = text.find(mark, from: start, to: line) { at = end + mark.utf8.count - 1 }
  }

  /// `\cancel{…}`, `\sout{…}`: what is crossed out announces nothing.
  private mutating func struckCommand() -> Bool {
    let names: [StaticString] = ["\\cancel{", "\\xcancel{", "\\bcancel{", "\\sout{", "\\st{"]
    guard let name = names.first(where: { text.has($0, at) }) else { return false }
    let open = at + name.utf8CodeUnitCount - 1
    if let close = closingBrace(of: text.bytes, at: open, end: min(limit, open + 2000)) {
      at = close
    }
    return true
  }

  private mutating func struckTag() -> Bool {
    for (open, close) in [("<del>", "</del>"), ("<strike>", "</strike>"), ("<!--", "-->")]
    where text.hasFolded(open, at) {
      pass(behind: close, from: at + open.utf8.count)
      return true
    }
    return false
  }

  private mutating func box() {
    var open = at
    for name: StaticString in ["\\boxed", "\\fbox", "\\framebox"] where text.has(name, at) {
      open = at + name.utf8CodeUnitCount
    }
    guard open > at else { return }
    let behind = text.skipping(open) { $0 == .space }
    guard behind < limit, text.bytes[behind] == .openBrace || behind > open else { return }
    found.append(.box(command: at, open: behind))
  }

  private mutating func tag() {
    guard at + 1 < limit, text.bytes[at + 1].isLetter || text.bytes[at + 1] == .bar else { return }
    for (open, close) in [
      ("<answer>", "</answer>"), ("<|begin_of_box|>", "<|end_of_box|>"),
      ("<final_answer>", "</final_answer>"), ("<solution>", "</solution>"),
      ("[answer]", "[/answer]"),
    ] where text.hasFolded(open, at) {
      let start = at + open.utf8.count
      let closing = text.find(close, from: start, to: limit)
      let end = closing ?? limit
      found.append(.tag(inner: start..<end, isClosed: closing != nil))
      // What stands in it is looked at when it is read.
      at = max(at, min(end, limit) - 1)
      return
    }
  }

  private mutating func chinese() {
    let phrases: [StaticString] = [
      "答案", "故选", "应选", "应该选", "所以选", "因此选", "本题选", "结果是", "结果为",
    ]
    for phrase in phrases where text.has(phrase, at) {
      var i = at + phrase.utf8CodeUnitCount
      var announced =
        phrase.utf8CodeUnitCount > 6 || text.has("故选", at) || text.has("应选", at)
        || text.has("结果", at)
      var moved = true
      while moved {
        moved = false
        i = text.skipping(i) { $0 == .space || $0 == .star }
        for mark: StaticString in ["】", "是", "为", "：", ":", "应该", "就", "应", "选", "择"]
        where text.has(mark, i) {
          i += mark.utf8CodeUnitCount
          (announced, moved) = (true, true)
        }
      }
      if announced { found.append(.remark(place: at, i)) }
      return
    }
  }
}
