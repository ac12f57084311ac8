// Answers that are taken back: "Wait, that is wrong." behind the last announcement.

struct Retraction {
  let text: ByteText

  private static let words = [
    "wait", "actually,", "hmm", "oops", "sorry", "correction:", "no, that", "no wait", "no, it",
    "no, this", "no. that", "no. this", "nope", "no, wait", "no, sorry", "let me recheck",
    "let me re-check", "let me redo", "let's redo", "let me try again", "that is wrong",
    "that's wrong", "this is wrong", "that is incorrect", "this is incorrect", "that's incorrect",
    "it is wrong", "it's wrong", "it is incorrect", "i made a mistake", "i made an error",
    "i was wrong", "i am wrong", "i'm wrong", "i forgot", "this is not correct",
    "that is not correct", "this isn't correct", "that isn't correct", "this isn't right",
    "that isn't right", "that's not right", "that is not right", "this is not right",
    "that's not correct", "this is not possible", "that is not possible", "that's not possible",
    "this is impossible", "that is impossible", "that's impossible", "that can't be",
    "that cannot be", "this can't be", "this cannot be", "that does not make sense",
    "that doesn't make sense", "this does not make sense", "this doesn't make sense",
    "this answer is wrong", "this answer is incorrect", "the answer is wrong",
    "the answer is incorrect", "that answer is wrong", "my answer is wrong", "scratch that",
    "just kidding", "not so fast", "on second thought", "never mind", "nevermind", "forget that",
  ]
  private static let openings = ["but ", "however, ", "oh, ", "oh ", "well, ", "and ", "yet "]

  /// The words that take an answer back in one of the sentences behind it; nil when none does.
  func word(behind start: Int, _ limit: Int) -> String? {
    var i = start
    var atStart = start > 0 && text.bytes[start - 1].isLineEnd
    while i < limit {
      let byte = text.bytes[i]
      if byte == .dot || byte == .exclamation || byte.isLineEnd || byte == .question {
        atStart = true
      } else if atStart, byte.isLetter {
        for opening in Self.openings where text.hasFolded(opening, i) {
          i += opening.utf8.count
          break
        }
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
