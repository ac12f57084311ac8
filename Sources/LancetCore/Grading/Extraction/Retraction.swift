// Answers that are taken back: "Wait, that is wrong." behind the last announcement.

struct Retraction {
  let text: ByteText

  private static let words = [
    "wait", "but wait", "actually,", "hmm", "oops", "sorry", "correction:", "no, that", "no wait",
    "let me recheck", "let me re-check", "that is wrong", "that's wrong", "this is wrong",
    "that is incorrect", "this is incorrect", "that's incorrect", "i made a mistake",
    "i made an error", "this is not correct", "that is not correct", "scratch that",
  ]

  /// The words that take an answer back in one of the sentences behind it; nil when none does.
  func word(behind start: Int, _ limit: Int) -> String? {
    var i = start
    var atStart = false
    while i < limit {
      let byte = text.bytes[i]
      if byte == .dot || byte == .exclamation || byte.isLineEnd || byte == .question {
        atStart = true
      } else if atStart, byte.isLetter {
        for word in Self.words where text.hasFolded(word, i) && ends(i + word.utf8.count) {
          return word
        }
        atStart = false
      } else if byte.isLetter {
        atStart = false
      }
      i += 1
    }
    return nil
  }

  private func ends(_ at: Int) -> Bool { at >= text.bytes.count || !text.bytes[at].isLetter }
}
