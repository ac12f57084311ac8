// The formula of a plain concluding sentence: "Therefore $x \\ge 5$ is the solution", "so the pair is $(7, 6)$".

extension Conclusion {
  private static let leads: Set<String> = [
    "therefore", "thus", "so", "hence", "find", "solution", "finally", "conclude", "get", "obtain",
  ]
  private static let links: Set<String> = ["is", "are", "equals"]
  private static let openings: Set<String> = [
    "therefore", "thus", "so", "hence", "finally", "we", "find", "get", "that", "have", "and",
  ]
  private static let endings: Set<String> = [
    "is", "are", "our", "the", "final", "answer", "solution", "required", "desired", "result",
  ]
  /// What a label of a formula names that is no answer.
  private static let others: Set<String> = [
    "check", "note", "given", "example", "equation", "equations", "substitute", "recall", "using",
    "formula", "where", "hint", "verify", "verification", "goal", "task", "find", "solve",
    "simplify", "compute", "consider", "input", "expression",
  ]

  /// The one formula that a sentence concludes with; a weak answer.
  ///
  /// `isWhole` says that nothing stands in front of the sentence.
  func formula(_ sentence: Range<Int>, isWhole: Bool) -> ExtractedAnswer? {
    var marks = sentence.filter { bytes[$0] == .dollar && ($0 == 0 || bytes[$0 - 1] != .backslash) }
    // The sentence may end in front of the last mark.
    let behind = text.skipping(sentence.upperBound) { $0 == .space }
    if !marks.count.isMultiple(of: 2), behind < bytes.count, bytes[behind] == .dollar {
      marks.append(behind)
    }
    // "$5 and $6" are sums of money.
    guard marks.count >= 2, marks.count.isMultiple(of: 2), let close = marks.last,
      close + 1 >= bytes.count || !bytes[close + 1].isDigit
    else { return nil }
    let open = marks[marks.count - 2]
    guard close - open > 1 else { return nil }
    let inner = text.trimmed((open + 1)..<close)
    var before: [Word] = []
    var start = sentence.lowerBound
    for i in stride(from: 0, to: marks.count, by: 2) {
      before += words(of: start..<marks[i])
      start = marks[i + 1] + 1
    }
    let after = close < sentence.upperBound ? words(of: (close + 1)..<sentence.upperBound) : []
    guard !inner.isEmpty, !before.isEmpty || !after.isEmpty,
      !(before + after).contains(where: { $0.isNumber || $0.text.hasSuffix("n't") }),
      sentence.isEmpty || bytes[sentence.upperBound - 1] != .question,
      concludes(before, after, count: marks.count / 2, isWhole: isWhole, inner: inner, open: open),
      (try? AnswerParser.parse(text.string(inner))) != nil
    else { return nil }
    return ExtractedAnswer(text: text.string(inner), bytes: inner, strength: .weak)
  }

  private func concludes(
    _ before: [Word], _ after: [Word], count: Int, isWhole: Bool, inner: Range<Int>, open: Int
  ) -> Bool {
    let isDoubtful = (before + after).contains {
      Self.doubts.contains($0.text)
        || ActingWords.contains($0.text) && $0.text != "to" && !Self.subjects.contains($0.text)
    }
    // "Thus $x <= 2$ is our answer"
    if count == 1, after.count > 1, after[0].text == "is" || after[0].text == "are",
      after.allSatisfy({ Self.endings.contains($0.text) }),
      before.allSatisfy({ Self.openings.contains($0.text) })
    {
      return true
    }
    if isDoubtful {
      // "When multiplying by 1: $…$"
      guard isWhole,
        !(before + after).contains(where: {
          ($0.text != "by") && (Self.doubts.contains($0.text) || ActingWords.contains($0.text))
        })
      else { return false }
    }
    let isLast = after.isEmpty
    // "The ordered pair $(x, y)$ that solves the system is $(7, 6)$"
    if isLast, !isDoubtful, before.count > 2, let link = before.last,
      Self.links.contains(link.text),
      text.trimmed(link.range.upperBound..<open).isEmpty
    {
      return true
    }
    // "Identity matrix: $…$" and nothing else.
    var label = open
    while label > 0, bytes[label - 1] == .space { label -= 1 }
    if isLast, isWhole, count == 1, label > 0, bytes[label - 1] == .colon,
      (2...6).contains(before.count), !before.contains(where: { Self.others.contains($0.text) })
    {
      return true
    }
    return count == 1 && !isDoubtful && (before + after).contains { Self.leads.contains($0.text) }
      && !bytes[inner].allSatisfy { $0.isDigit || $0 == .space || $0.isLetter && $0.isUpper }
  }
}
