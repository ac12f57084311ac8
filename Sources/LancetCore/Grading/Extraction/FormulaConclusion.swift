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
    let spans = formulas(sentence)
    guard let last = spans.last else { return nil }
    let inner = text.trimmed(last)
    var before: [Word] = []
    var start = sentence.lowerBound
    for span in spans {
      before += words(of: start..<max(start, span.lowerBound))
      start = span.upperBound
    }
    let open = last.lowerBound
    let after =
      last.upperBound < sentence.upperBound ? words(of: last.upperBound..<sentence.upperBound) : []
    guard !inner.isEmpty, !before.isEmpty || !after.isEmpty,
      !(before + after).contains(where: { $0.isNumber || $0.text.hasSuffix("n't") }),
      bytes[sentence.upperBound - 1] != .question,
      concludes(before, after, count: spans.count, isWhole: isWhole, inner: inner, open: open),
      let found = whole(last, after, sentence.upperBound),
      (try? AnswerParser.parse(text.string(found))) != nil
    else { return nil }
    return ExtractedAnswer(text: text.string(found), bytes: found, strength: .weak)
  }

  /// The formulas of a sentence: `$…$` with their dollars and `\\(…\\)`, `\\[…\\]` with their brackets.
  ///
  /// Dollars in front of sums of money make none.
  func formulas(_ sentence: Range<Int>) -> [Range<Int>] {
    var out: [Range<Int>] = []
    var dollars: [Int] = []
    var i = sentence.lowerBound
    while i < sentence.upperBound {
      if bytes[i] == .dollar {
        dollars.append(i)
      } else if bytes[i] == .backslash {
        let close = text.has("\\(", i) ? "\\)" : text.has("\\[", i) ? "\\]" : nil
        if let close,
          let end = text.find(close, from: i + 2, to: min(bytes.count, sentence.upperBound + 2))
        {
          out.append(i..<(end + 2))
          i = end
        }
        i += 1
      }
      i += 1
    }
    // The sentence may end in front of the last mark.
    let behind = text.skipping(sentence.upperBound) { $0 == .space }
    if !dollars.count.isMultiple(of: 2), behind < bytes.count, bytes[behind] == .dollar {
      dollars.append(behind)
    }
    guard dollars.count.isMultiple(of: 2) else { return out }
    for pair in stride(from: 0, to: dollars.count, by: 2) {
      let (open, close) = (dollars[pair], dollars[pair + 1])
      // "$5 and $6" are sums of money.
      guard close - open > 1, close + 1 >= bytes.count || !bytes[close + 1].isDigit else {
        return out
      }
      out.append(open..<(close + 1))
    }
    return out.sorted { $0.lowerBound < $1.lowerBound }
  }

  /// Whether a formula is one number, perhaps with a sign of money or of percent.
  func isNumber(_ formula: Range<Int>) -> Bool {
    let inner = text.trimmed(formula)
    return bytes[inner].allSatisfy {
      $0.isDigit || $0 == .comma || $0 == .dot || $0 == .dollar || $0 == .percent
        || $0 == .backslash
        || $0 == .space || $0 == .minus
    } && bytes[inner].contains { $0.isDigit }
  }

  /// The formula with the unit or the sign behind it; without what only says that it is the answer.
  private func whole(_ formula: Range<Int>, _ after: [Word], _ end: Int) -> Range<Int>? {
    let rest = formula.upperBound..<max(end, formula.upperBound)
    let saysAnswer = after.first.map { Self.links.contains($0.text) } ?? true
    // "\(5\)%", "\(5\)^2": a sign behind the formula belongs to the value.
    let hasSign = rest.contains { i in
      !bytes[i].isLetter && !bytes[i].isBlank && !".,;:!*)'".utf8.contains(bytes[i])
    }
    if saysAnswer, !hasSign { return text.trimmed(formula) }
    guard !saysAnswer || after.isEmpty, after.count <= 3 else { return nil }
    return text.trimmed(formula.lowerBound..<rest.upperBound)
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
