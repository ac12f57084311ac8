// The last sentence of a text and its words.

extension Conclusion {
  struct Word {
    var text: String
    var range: Range<Int>
    var isNumber: Bool
  }

  /// The last sentence of the last line that is not empty.
  func lastSentence(_ range: Range<Int>) -> Range<Int>? {
    var high = range.upperBound
    while high > range.lowerBound,
      bytes[high - 1].isBlank || bytes[high - 1] == .star || bytes[high - 1] == .dollar
    { high -= 1 }
    var low = high
    while low > range.lowerBound, !bytes[low - 1].isLineEnd { low -= 1 }
    for closing in ["i hope", "hope this", "let me know"] {
      // "I hope it is correct." concludes nothing.
      if let at = text.find(closing, from: low, to: high), at < low + 3 || bytes[at - 1] == .space {
        high = at
        while high > low, bytes[high - 1].isBlank || bytes[high - 1] == .star { high -= 1 }
      }
    }
    guard low < high else { return nil }
    let floor = max(low, high - 1000)
    var i = high - 2
    while i > floor {
      // "P(A) = 2/3 Therefore, it is 2/3.": a sentence begins there, with or without a full stop in front.
      if bytes[i] == .space, beginsConclusion(i + 1) { return (i + 1)..<high }
      // A display ends what stands in front of it.
      if text.has("\\] ", i), i + 3 < high { return (i + 3)..<high }
      if bytes[i] == .dot || bytes[i] == .exclamation || bytes[i] == .question,
        bytes[i + 1] == .space, bytes[i - 1].isDigit == false || !isListNumber(i, low)
      {
        return (i + 2)..<high
      }
      i -= 1
    }
    return floor == low ? low..<high : nil
  }

  /// Whether a text has the words of a sentence, beside its numbers.
  func isSentence(_ range: Range<Int>) -> Bool {
    range.count < 4000
      ? words(of: range).filter { !$0.isNumber && $0.text.utf8.count > 1 }.count >= 2
      : true
  }

  private func beginsConclusion(_ at: Int) -> Bool {
    text.has("Therefore", at) || text.has("Thus,", at) || text.has("Hence,", at)
      || text.has("So,", at)
  }

  private func isListNumber(_ dot: Int, _ low: Int) -> Bool {
    bytes[low..<dot].allSatisfy { $0.isDigit || $0 == .space }
  }

  func words(of range: Range<Int>) -> [Word] {
    var out: [Word] = []
    var i = range.lowerBound
    while i < range.upperBound {
      let byte = bytes[i]
      let start = i
      if byte.isDigit
        || (byte == .dollar || byte == .minus) && startsNumber(i + 1, range.upperBound)
      {
        i += 1
        while i < range.upperBound,
          bytes[i].isDigit
            || (bytes[i] == .dot || bytes[i] == .comma || bytes[i] == .slash || bytes[i] == .colon)
              && i + 1 < range.upperBound && bytes[i + 1].isDigit
        { i += 1 }
        out.append(Word(text: "", range: start..<i, isNumber: true))
      } else if byte.isLetter || byte >= 0x80 {
        while i < range.upperBound,
          bytes[i].isLetter || bytes[i] >= 0x80 || bytes[i] == .apostrophe || bytes[i] == .minus
        { i += 1 }
        out.append(Word(text: loweredText(bytes, start..<i), range: start..<i, isNumber: false))
      } else {
        if byte == .equals { out.append(Word(text: "=", range: start..<(i + 1), isNumber: false)) }
        i += 1
      }
      if out.count > 200 { break }
    }
    return out
  }

  private func startsNumber(_ at: Int, _ end: Int) -> Bool {
    at < end && (bytes[at].isDigit || bytes[at] == .dollar && at + 1 < end && bytes[at + 1].isDigit)
  }
}
