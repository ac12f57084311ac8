// Where the final answer of a trace stands. Marks and phrases announce it; the last announcement that has an answer
// wins. A text that announces nothing is an answer when it is a bare value; else its plain concluding sentence is a weak
// one.

/// How surely a text gives an answer as its final one.
public enum AnswerStrength: String, CaseIterable, Hashable, Sendable {
  /// Announced by a mark or a phrase, or the text is nothing but the answer.
  case strong
  /// Read from a plain concluding sentence that announces nothing.
  case weak
}

/// A final answer found in a text.
public struct ExtractedAnswer: Hashable, Sendable {
  /// The answer as written, without the words and marks that announce it; several boxes are joined by commas.
  public var text: String
  /// Where it stands, in bytes of the text it was found in; from the first to the last of several boxes.
  public var bytes: Range<Int>
  /// How surely it is meant as the final answer.
  public var strength: AnswerStrength

  /// An answer and its place.
  public init(text: String, bytes: Range<Int>, strength: AnswerStrength = .strong) {
    self.text = text
    self.bytes = bytes
    self.strength = strength
  }
}

/// Finds the final answer of a trace; nil when the text announces none, is no bare value itself and concludes nothing.
///
/// The reply is read behind the last closed thinking part and in front of the first end token. Strong: `\boxed{…}`,
/// `\fbox{…}`, `<answer>…</answer>`, `####` in front of a value, a heading "Answer", a line that begins with `A:` or
/// `Answer:`, "the answer is", and the same in Chinese. Several boxes joined by "and" or "or" are one answer. A box that
/// is not closed (a trace that was cut off) announces nothing, nor does a thinking part that is not closed.
public func extractAnswer(from text: String) -> ExtractedAnswer? {
  switch AnswerFinder(text).find() {
  case .found(let answer, _): answer
  case .nothing: nil
  }
}

/// What looking for an answer came to.
enum Finding {
  ///
  /// With its value, where finding it took reading it.
  case found(ExtractedAnswer, AnswerValue? = nil)
  /// Why there is none.
  case nothing(String)
}

struct AnswerFinder {
  let text: ByteText
  let reply: Reply

  init(_ string: String) {
    text = ByteText(Array(string.utf8))
    reply = Reply(in: text)
  }

  func find() -> Finding {
    if reply.isUnfinished { return .nothing("the thinking part is not finished") }
    switch JSONReply.answer(text, reply.range) {
    case nil: break
    case .some(.none): return .nothing("a JSON object without one answer")
    case .answer(let inner):
      guard case .found(let answer, let value) = AnswerFinder(inner).find() else {
        return .nothing("the answer of the JSON object cannot be found")
      }
      return .found(ExtractedAnswer(text: answer.text, bytes: reply.range), value)
    }
    var scan = AnnouncementScan(text: text, range: searched)
    scan.run()
    switch Announced(text: text, limit: reply.range.upperBound).last(of: scan.found) {
    case .answer(let announced):
      if let word = Retraction(text: text).word(behind: announced.bytes.upperBound, scan.limit) {
        return .nothing("the answer is taken back behind it (\(word))")
      }
      return .found(announced)
    case .nothing(let why): return .nothing(why)
    case .denied(let why): return .nothing("no final answer is announced: \(why)")
    case nil: break
    }
    let weak = Conclusion(text: text).find(in: searched)
    if scan.found.isEmpty, weak == nil || !Conclusion(text: text).isSentence(searched),
      let (bare, value) = bare()
    {
      return .found(bare, value)
    }
    if let weak { return .found(weak) }
    return .nothing("no final answer is announced")
  }

  /// Announcements are looked for in the last part of a very long text: a bound on the time that any text takes.
  private static let longest = 160_000

  private var searched: Range<Int> {
    var low = max(reply.range.lowerBound, reply.range.upperBound - Self.longest)
    while low > reply.range.lowerBound, low < reply.range.upperBound,
      !text.bytes[low - 1].isLineEnd && !text.bytes[low - 1].isBlank
    {
      low += 1
    }
    return low..<reply.range.upperBound
  }

  /// The whole text, when it is short enough to be a bare value.
  private func bare() -> (ExtractedAnswer, AnswerValue?)? {
    let range = text.trimmed(reply.range)
    guard !range.isEmpty, range.count <= AnswerParser.byteLimit else { return nil }
    guard !text.bytes[range].contains(.newline) || text.has("\\begin", range.lowerBound) else {
      return nil
    }
    let string = text.string(range)
    if let value = try? AnswerParser.parse(string) {
      if case .text = value, range.count > 60 { return nil }
      // A sentence that says a value announces nothing.
      let isSaid = value.isSaid && Conclusion(text: text).isSentence(range)
      return (
        ExtractedAnswer(text: string, bytes: range, strength: isSaid ? .weak : .strong), value
      )
    }
    // What cannot be read may still be named in the verdict, unless it is a sentence.
    if range.count <= 40, Conclusion(text: text).find(in: reply.range) == nil {
      return (ExtractedAnswer(text: string, bytes: range), nil)
    }
    return nil
  }
}
