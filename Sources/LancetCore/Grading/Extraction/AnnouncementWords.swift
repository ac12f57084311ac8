// The words between "answer" and the answer.

struct AnnouncementWords {
  let text: ByteText
  private var bytes: [UInt8] { text.bytes }

  init(text: ByteText) { self.text = text }

  private static let fillers = [
    "therefore ", "thus ", "then ", "simply ", "just ", "indeed ", "hence ", "equal to ",
    "option ", "choice ", "given by ", "that ",
  ]
  private static let denials = [
    "not ", "wrong", "incorrect", "unclear", "unknown", "correct.", "correct!", "as follows",
    "in the form",
  ]

  private static let others = [
    "part", "(a)", "(b)", "(i)", "first", "second", "third", "other", "different", "previous",
    "similar", "wrong", "another", "example", "sub", "step",
  ]

  /// Behind "answer": where the answer begins; nil when nothing is announced.
  func behindAnswer(_ start: Int) -> Int? {
    func passed(_ at: Int) -> Int {
      text.skipping(at) {
        $0 == .space || $0 == .star || $0 == .underscore || $0 == .closeBrace
      }
    }
    guard start < bytes.count, !bytes[start].isLetter else { return nil }
    var at = passed(start)
    // "answer to the question is", "answer (in cm) is"; an answer to something else is none.
    if text.hasFolded("to ", at) || text.hasFolded("for ", at) || text.hasFolded("of ", at)
      || at < bytes.count && bytes[at] == .openParen
    {
      var i = at
      while i < bytes.count, i - at < 100, !bytes[i].isLineEnd, bytes[i] != .dot,
        !text.hasFolded(" is ", i), bytes[i] != .colon
      {
        i += 1
      }
      let isOther = Self.others.contains { text.find($0, from: at, to: i) != nil }
      guard !isOther, text.hasFolded(" is ", i) || i < bytes.count && bytes[i] == .colon else {
        return nil
      }
      at = bytes[i] == .colon ? i : i + 1
    }
    guard at < bytes.count else { return nil }
    if bytes[at] == .colon || bytes[at] == .equals {
      at += 1
    } else if text.has("：", at) {
      at += 3
    } else if text.hasWord("is", at) || text.hasWord("are", at) || text.hasWord("would be", at)
      || text.hasWord("should be", at) || text.hasWord("must be", at)
    {
      at = text.skipping(at) { $0.isLetter }
      if text.hasFolded(" be", at) { at += 3 }
      guard at < bytes.count, bytes[at] != .apostrophe else { return nil }
      at = passed(at)
      if at < bytes.count, bytes[at] == .colon { at += 1 }
    } else {
      return nil
    }
    at = passed(at)
    var moved = true
    while moved {
      moved = false
      for word in Self.fillers where text.hasFolded(word, at) {
        (at, moved) = (passed(at + word.utf8.count), true)
      }
    }
    return Self.denials.contains { text.hasFolded($0, at) } ? nil : at
  }
}
