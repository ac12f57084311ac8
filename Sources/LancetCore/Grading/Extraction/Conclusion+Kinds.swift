// Sentences that conclude in their own way: Chinese ones, choices that are called correct, contrasts.

extension Conclusion {
  /// A Chinese sentence such as "所以一共有10个。".
  func chinese(_ sentence: Range<Int>, isAnnounced: Bool) -> ExtractedAnswer? {
    let marks: [StaticString] = ["所以", "因此", "一共", "共", "总共", "故", "答", "还剩", "还有"]
    guard
      isAnnounced
        || marks.contains(where: { mark in
          sentence.contains { text.has(mark, $0) }
        }),
      !["不", "或", "如果", "可能", "约"].contains(where: { (mark: StaticString) in
        sentence.contains { text.has(mark, $0) }
      })
    else { return nil }
    // The last number of the sentence, behind 是, 有, 为, 剩, 要 or =, and at most three characters of a unit.
    var high = sentence.upperBound
    if high - sentence.lowerBound > 3, text.has("。", high - 3) { high -= 3 }
    var end = high
    var units = 0
    while end > sentence.lowerBound, !bytes[end - 1].isDigit {
      if bytes[end - 1] & 0xC0 != 0x80 { units += 1 }
      end -= 1
    }
    guard end > sentence.lowerBound, units <= 4 else { return nil }
    var low = end
    while low > sentence.lowerBound, bytes[low - 1].isDigit || bytes[low - 1] == .dot { low -= 1 }
    guard low >= 3,
      ["是", "有", "为", "剩", "要", "了", "共", "是"].contains(where: {
        (mark: StaticString) in text.has(mark, low - 3)
      }) || low >= 1 && bytes[low - 1] == .equals
    else { return nil }
    let found = text.trimmed(low..<high)
    return ExtractedAnswer(text: text.string(found), bytes: found, strength: .weak)
  }

  /// "Hence (C) is the correct answer", "Option C is correct".
  func choice(_ sentence: Range<Int>) -> ExtractedAnswer? {
    let words = words(of: sentence)
    guard let link = words.lastIndex(where: { $0.text == "is" }), link > 0, link < words.count - 1,
      words[(link + 1)...].allSatisfy({ Self.praise.contains($0.text) }),
      words[(link + 1)...].contains(where: { ["correct", "right", "best"].contains($0.text) }),
      words[..<(link - 1)].allSatisfy({ Self.choiceOpenings.contains($0.text) }),
      bytes[sentence.upperBound - 1] != .question
    else { return nil }
    let letter = words[link - 1].range
    guard letter.count == 1, bytes[letter.lowerBound] >= UInt8(ascii: "A"),
      bytes[letter.lowerBound] <= UInt8(ascii: "J")
    else { return nil }
    return ExtractedAnswer(text: text.string(letter), bytes: letter, strength: .weak)
  }

  private static let praise: Set<String> = [
    "the", "correct", "right", "best", "answer", "option", "choice",
  ]

  private static let choiceOpenings: Set<String> = [
    "so", "hence", "thus", "therefore", "option", "choice", "answer", "the",
  ]

  /// "It is not 10 but 12 km", "it's not 10, it's 12": the value that is said instead of another.
  func contrast(_ sentence: Range<Int>) -> ExtractedAnswer? {
    let words = words(of: sentence)
    let numbers = words.indices.filter { words[$0].isNumber }
    if numbers.count == 2, let first = numbers.first, first > 1, let at = numbers.last,
      words[(first + 1)..<at].map(\.text) == ["not"], words[first - 1].text == "is",
      bytes[words[first].range.upperBound] == .comma, at + 3 > words.count,
      !words[..<first].contains(where: { Self.doubts.contains($0.text) })
    {
      return ExtractedAnswer(
        text: text.string(words[first].range), bytes: words[first].range, strength: .weak)
    }
    guard numbers.count == 2, let at = numbers.last, let first = numbers.first, first > 0,
      words[first - 1].text == "not", at + 3 > words.count,
      words[(first + 1)..<at].allSatisfy({ Self.turns.contains($0.text) }), at > first + 1,
      words[..<(first - 1)].allSatisfy({ !Self.doubts.contains($0.text) || $0.text == "not" }),
      bytes[sentence.upperBound - 1] != .question
    else { return nil }
    let found = text.trimmed(words[at].range.lowerBound..<sentence.upperBound)
    guard (try? AnswerParser.parse(text.string(found))) != nil else { return nil }
    return ExtractedAnswer(text: text.string(found), bytes: found, strength: .weak)
  }

  private static let turns: Set<String> = ["but", "it's", "it", "is", "rather"]
}
