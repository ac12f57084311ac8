// What an announcement announces: the content of a box, the rest of a sentence.

extension Announcement {
  var isRemark: Bool { if case .remark = self { true } else { false } }
}

struct Announced {
  let text: ByteText
  let limit: Int
  private var bytes: [UInt8] { text.bytes }

  init(text: ByteText, limit: Int) {
    self.text = text
    self.limit = limit
  }

  /// What an announcement came to.
  enum Outcome {
    case answer(ExtractedAnswer)
    /// It announces something that cannot be graded.
    case nothing(String)
    /// It announces nothing; an earlier one may.
    case denied(String)
  }

  /// What the last announcement that is meant announces; nil when none is there.
  func last(of found: [Announcement]) -> Outcome? {
    guard !found.isEmpty else { return nil }
    var boxes: BoxReader?
    var budget = 40
    var denial: String?
    for index in found.indices.reversed() {
      let outcome: Outcome?
      switch found[index] {
      case .box(let command, let open):
        let reader = boxes ?? BoxReader(text: text, start: Self.firstBox(found), limit: limit)
        boxes = reader
        outcome =
          reader.isCutOff(open) && !text.bytes[command..<limit].contains(where: \.isLineEnd)
          ? .nothing("the box is not closed") : reader.answer(at: index, of: found)
      case .tag(let inner, let isClosed):
        outcome = isClosed ? tagged(inner) : .nothing("the answer tag is not closed")
      case .hashes(let start):
        guard let range = payload(start, keepsExclamation: true),
          isValue(range, lonely: found.count == 1)
        else { continue }
        if AnnouncementContext(text: text).asks(range.upperBound, limit) {
          outcome = .denied("it is a question")
        } else {
          outcome = said(range) ?? .answer(answer(range))
        }
      case .phrase(let place, let start), .remark(let place, let start):
        outcome = phrase(place, start, isOnly: found.count == 1, isRemark: found[index].isRemark)
      }
      switch outcome {
      case .answer, .nothing: return outcome
      case .denied(let why): denial = denial ?? why
      case nil: break
      }
      budget -= 1
      if budget < 0 { break }
    }
    return denial.map { .denied($0) }
  }

  /// Where the first box stands.
  private static func firstBox(_ found: [Announcement]) -> Int {
    for case .box(let command, _) in found { return command }
    return 0
  }

  private func phrase(_ place: Int, _ start: Int, isOnly: Bool, isRemark: Bool) -> Outcome? {
    guard let range = payload(start, keepsExclamation: !isRemark) else { return nil }
    let context = AnnouncementContext(text: text)
    var strength = AnswerStrength.strong
    switch context.standing(of: place) {
    case .meant: break
    case .hedged: strength = .weak
    case .notMeant(let word): return .denied("\"\(word)\" stands in front of the answer")
    }
    if context.asks(range.upperBound, limit) { return .denied("it is a question") }
    if let said = said(range) { return said }
    guard isOnly ? !isRemark || !isProse(range) || range.count < 60 : !isProse(range) else {
      return nil
    }
    var out = answer(range)
    out.strength = strength
    return .answer(out)
  }

  private func answer(_ range: Range<Int>) -> ExtractedAnswer {
    ExtractedAnswer(text: text.string(range), bytes: range)
  }

  /// "Final answer: she has 18 eggs": the value that an announced sentence concludes with, a weak answer.
  private func said(_ range: Range<Int>) -> Outcome? {
    // "答：一共有10个苹果。"
    if range.count < 200, bytes[range.lowerBound] >= 0xE4, !isReadable(range),
      let found = Conclusion(text: text).chinese(range, isAnnounced: true)
    {
      return .answer(found)
    }
    guard Conclusion(text: text).isSentence(range),
      isProse(range) || bytes[range.lowerBound].isUpper && !isReadable(range),
      let found = Conclusion(text: text).find(in: range, isAnnounced: true)
    else { return nil }
    return .answer(found)
  }

  /// A tag holds an answer, perhaps announced once more.
  private func tagged(_ inner: Range<Int>) -> Outcome? {
    var scan = AnnouncementScan(text: text, range: inner)
    scan.run()
    let deeper = scan.found.filter { if case .tag = $0 { false } else { true } }
    if let found = Announced(text: text, limit: inner.upperBound).last(of: deeper) { return found }
    let range = text.trimmed(inner)
    return range.isEmpty ? nil : .answer(answer(range))
  }

  /// Whether something reads as a value rather than as a heading.
  private func isValue(_ range: Range<Int>, lonely: Bool) -> Bool {
    guard let value = try? AnswerParser.parse(text.string(range)) else {
      // The last line of a text whose only announcement it is.
      return lonely && text.trimmed(range.upperBound..<limit).isEmpty && range.count < 200
    }
    guard case .text(let words) = value else { return true }
    let isLast = text.trimmed(range.upperBound..<limit).isEmpty
    return isLast && !words.contains(" ") || ["yes", "no", "true", "false"].contains(words)
  }

  /// Whether something is a sentence and no value: what an early "Answer:" often opens.
  private func isProse(_ range: Range<Int>) -> Bool {
    guard range.count <= AnswerParser.byteLimit else { return true }
    guard let value = try? AnswerParser.parse(text.string(range)) else {
      return text.string(range).split(separator: " ").count > 6
    }
    if case .text(let words) = value { return words.split(separator: " ").count > 4 }
    return false
  }

  private func isReadable(_ range: Range<Int>) -> Bool {
    range.count <= AnswerParser.byteLimit && (try? AnswerParser.parse(text.string(range))) != nil
  }

  // MARK: The rest of a sentence

  /// Answers that are announced are shorter than this.
  private static let longest = 2000

  /// The answer that begins at or behind `start`: the rest of its sentence, or the next line when this one is empty.
  ///
  /// Behind a mark `5!` is a factorial; in prose it may be an exclamation.
  func payload(_ start: Int, keepsExclamation: Bool = false) -> Range<Int>? {
    guard start < limit else { return nil }
    var low = text.skipping(start) { $0 == .space || $0 == .star || $0 == .tab }
    if low < limit, bytes[low].isLineEnd {
      var lines = 0
      while low < limit, bytes[low].isBlank || bytes[low] == .star, lines < 3 {
        if bytes[low] == .newline { lines += 1 }
        low += 1
      }
    }
    guard low < limit else { return nil }
    let high = text.lineEnd(low, min(limit, low + Self.longest))
    for (open, close) in [("\\[", "\\]"), ("$$", "$$")] where text.hasFolded(open, low) {
      let end = text.find(close, from: low + 2, to: min(limit, low + Self.longest))
      if let end, end >= high { return nonEmpty(text.trimmed((low + 2)..<end)) }
    }
    if text.has("\\begin", low),
      let end = text.find("\\end", from: low, to: min(limit, low + Self.longest)), end >= high
    {
      return nonEmpty(text.trimmed(low..<text.lineEnd(end, limit)))
    }
    guard low < high else { return nil }
    var end = sentenceEnd(low, high)
    if keepsExclamation, end < high, end > low, bytes[end] == .exclamation, bytes[end - 1].isDigit {
      end += 1
    }
    return nonEmpty(text.trimmed(low..<end))
  }

  private func nonEmpty(_ range: Range<Int>) -> Range<Int>? { range.isEmpty ? nil : range }

  /// Words that begin an explanation, which may be left out of the answer.
  private static let clauses = [
    " because", " since ", ", because", ", since ", " (because", " (since", " as ", ", as ",
    ", which is ", " which is ", ", not ", " rather than ", ", so ", ", obtained ", ", where ",
  ]
  /// Words that an explanation does not have: they restrict or take back.
  private static let doubts = [
    " but ", "wrong", "incorrect", "however", "actually", " or ", "mistake", "unless", " if ",
    "false", "wait", " plus ", " minus ", " not ",
  ]

  /// The end of the sentence, or of the answer in front of a clause that explains it.
  private func sentenceEnd(_ low: Int, _ high: Int) -> Int {
    var i = low
    var inFormula = false
    while i < high {
      switch bytes[i] {
      case .dollar: if i == low || bytes[i - 1] != .backslash { inFormula.toggle() }
      case .dot, .exclamation, .question:
        if endsSentence(i, low, high) { return i }
      case .space where !inFormula, .comma where !inFormula:
        // "C, which says 12"
        if i == low + 1, bytes[low] >= UInt8(ascii: "A"), bytes[low] <= UInt8(ascii: "J"),
          text.hasFolded(", which ", i)
        {
          return i
        }
        for clause in Self.clauses where text.hasFolded(clause, i) {
          let end = stop(i + 1, high)
          let rest = i + clause.utf8.count - 1
          let isDoubtful = Self.doubts.contains { word in
            text.find(word, from: min(rest, end), to: end) != nil
          }
          // A clause that says nothing is a sentence that is cut off.
          let start = min(i + clause.utf8.count, end)
          if !isDoubtful, !text.trimmed(start..<end).isEmpty,
            !Self.conclusions.contains(clause) || !saysAnother(low..<i, start..<end)
          {
            return i
          }
        }
      case 0xE3: if text.has("。", i) { return i }
      case 0xEF: if text.has("；", i) || text.has("！", i) { return i }
      default: break
      }
      i += 1
    }
    return high
  }

  private static let conclusions: Set<String> = [", so ", " which is ", ", which is "]

  /// Whether a clause states another value than the answer in front of it: "12 a day, so 84".
  private func saysAnother(_ answer: Range<Int>, _ clause: Range<Int>) -> Bool {
    guard clause.count < 200, bytes[clause].contains(where: \.isDigit),
      case .quantity(let next, let nextUnit)? = try? AnswerParser.parse(text.string(clause)),
      case .quantity(let first, let firstUnit)? = try? AnswerParser.parse(text.string(answer))
    else { return false }
    return !AnswerComparison.quantities(first, firstUnit, next, nextUnit).isEqual
  }

  private func stop(_ low: Int, _ high: Int) -> Int {
    var i = low
    while i < high {
      if bytes[i] == .dot || bytes[i] == .exclamation, endsSentence(i, low, high) { return i }
      if text.has("。", i) { return i }
      i += 1
    }
    return high
  }

  private func endsSentence(_ i: Int, _ low: Int, _ high: Int) -> Bool {
    if bytes[i] == .dot, i > low, bytes[i - 1] == .dot { return false }
    if text.has("\\right.", i - 6) { return false }
    guard i + 1 < high else { return true }
    let next = bytes[i + 1]
    // "3 p.m. on", "A. 5": no end.
    if bytes[i] == .dot, next == .space {
      if i == low + 1, bytes[low].isUpper { return text.hasFolded(" i hope", i + 1) }
      if i - low >= 3, bytes[i - 2] == .dot, bytes[i - 1].isLetter { return false }
    }
    // "3! + 1"
    if bytes[i] == .exclamation, i > low, bytes[i - 1].isDigit || bytes[i - 1] == .closeParen,
      next == .space, i + 2 < high, "+-*/=^".utf8.contains(bytes[i + 2])
    {
      return false
    }
    return next.isBlank || next == .star || next == .quote || next == .closeParen
      || next == .less || next == .dollar && i + 2 >= high
  }
}
