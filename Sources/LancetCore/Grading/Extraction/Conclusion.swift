// The plain concluding sentence of a text that announces no answer: "So she has 18 eggs." Its value is a weak answer.
// It is read only where a person would read one: in the last sentence, behind a linking word, with nothing but a unit
// behind it, and with no word that denies, doubts or compares.

struct Conclusion {
  let text: ByteText
  var bytes: [UInt8] { text.bytes }

  private static let links: Set<String> = [
    "is", "are", "was", "were", "equals", "has", "have", "had", "makes", "make", "made", "costs",
    "cost", "pays", "paid", "earns", "earned", "earn", "takes", "took", "needs", "need", "needed",
    "gets", "got", "gives", "gave", "totals", "spent", "spends", "saved", "saves", "sold", "sells",
    "walked", "ran", "drove", "received", "receives", "weighs", "of", "be", "for", "=", "≈",
    "bought", "ate", "left", "charged", "owes", "to", "collected", "read", "traveled", "used",
    "scored", "remain", "remains", "contains", "becomes", "produces", "required",
  ]
  private static let linkers: Set<String> = [
    "exactly", "just", "only", "now", "a", "total", "of", "about", "approximately", "then", "the",
    "all", "in", "up", "be", "also", "left", "with", "profit", "equal", "to", "still",
  ]
  static let doubts: Set<String> = [
    "not", "no", "wrong", "incorrect", "never", "if", "maybe", "perhaps", "between", "least",
    "most", "more", "less", "fewer", "than", "or", "either", "neither", "cannot", "can't", "isn't",
    "doesn't", "n't", "false", "mistake", "unless", "assume", "suppose", "let", "divide",
    "multiply", "add", "subtract", "step", "first", "next", "times", "percent", "by", "might",
    "could", "would", "per", "question", "problem", "half", "twice", "remainder", "minus", "plus",
    "divided", "multiplied", "dozen", "nobody", "unknown", "whether", "guess", "should", "answer",
    "answers", "previously", "squared", "cubed", "thought", "said", "says", "claims", "claimed",
    "wrote", "may", "hardly", "almost", "nearly", "lacks", "without", "unlikely", "impossible",
    "mod", "modulo", "negative", "close", "multiple", "factor", "near", "square-root", "hope",
    "wish", "imagine", "assuming", "supposing", "than",
  ]

  /// The value that the last sentence concludes with.
  ///
  /// A sentence that is announced as the answer needs no linking word in front of a measure.
  func find(in range: Range<Int>, isAnnounced: Bool = false) -> ExtractedAnswer? {
    guard let sentence = lastSentence(range), !isGivenUp(range) else { return nil }
    let isWhole = text.trimmed(range).lowerBound == sentence.lowerBound
    if let formula = formula(sentence, isWhole: isWhole) { return formula }
    if let chinese = chinese(sentence, isAnnounced: isAnnounced) { return chinese }
    if let choice = choice(sentence) { return choice }
    if let contrast = contrast(sentence) { return contrast }
    let formulas = formulas(sentence)
    let words = words(of: sentence).filter { word in
      !isNameInFormula(word, sentence)
        && !formulas.contains { $0.overlaps(word.range) && !isNumber($0) }
    }
    guard isSentence(sentence), !isDoubtful(words),
      bytes[sentence.upperBound - 1] != .question, !hasCommand(sentence, outside: formulas)
    else { return nil }
    let numbers = words.indices.filter { words[$0].isNumber }
    guard let at = numbers.last,
      numbers.count == 1 || isBehindEquals(words, at) || isSaidOfSubject(words, at)
    else { return nil }
    guard at > 0,
      isLinked(words, at) || isAnnounced && isMeasured(words, at)
        || numbers.count == 1 && isObject(words, at)
    else { return nil }
    // Behind it a unit of few words, perhaps an adverb behind a comma or a clause that describes it.
    let behind = words[(at + 1)...].prefix { !Self.clauses.contains($0.text) }
      .filter { !Self.tails.contains($0.text) }
    guard behind.count <= 4, behind.allSatisfy({ !Self.links.contains($0.text) || $0.text == "of" })
    else { return nil }
    // A number between the marks of a formula is taken with them.
    let number = formulas.first { $0.overlaps(words[at].range) && isNumber($0) } ?? words[at].range
    var high = number.upperBound
    for word in words[(at + 1)...] {
      if bytes[high..<word.range.lowerBound].contains(.comma) { break }
      if Self.tails.contains(word.text) || Self.clauses.contains(word.text) { break }
      high = word.range.upperBound
    }
    if high < sentence.upperBound, bytes[high] == .percent { high += 1 }
    let found = text.trimmed(min(number.lowerBound, high)..<high)
    guard !found.isEmpty, (try? AnswerParser.parse(text.string(found))) != nil else { return nil }
    return ExtractedAnswer(text: text.string(found), bytes: found, strength: .weak)
  }

  private static let surrenders = [
    "could not solve", "couldn't solve", "cannot solve", "can't solve", "cannot be solved",
    "unable to", "don't know", "do not know", "give up", "gave up", "no idea", "not able to solve",
    "cannot be determined", "can't be determined", "cannot determine", "not enough information",
  ]

  /// Whether the text says that it found no answer: then its last sentence concludes none.
  private func isGivenUp(_ range: Range<Int>) -> Bool {
    let low = max(range.lowerBound, range.upperBound - 600)
    return Self.surrenders.contains { text.find($0, from: low, to: range.upperBound) != nil }
  }

  private static let tails: Set<String> = [
    "altogether", "total", "in", "all", "left", "now", "together", "overall", "each", "day", "for",
    "sum", "a", "ago",
  ]
  private static let relatives: Set<String> = ["that", "which", "who", "satisfying"]
  /// Words that begin what describes the number and its unit.
  private static let clauses = relatives.union([
    "to", "in", "on", "for", "at", "from", "when", "given", "considering", "over", "during",
    "after", "before", "each", "into", "onto", "with",
  ])
  private static let leads: Set<String> = ["therefore", "thus", "so", "hence", "finally"]
  /// Words in front of a number that is no quantity said of the subject: "after 3 days", "row 10".
  private static let places: Set<String> = [
    "after", "before", "during", "in", "on", "at", "row", "number", "day", "week", "year", "month",
    "step", "level", "grade", "page", "part", "case", "every", "each", "when", "room", "chapter",
    "equation", "line", "team", "group", "player", "item", "version", "type", "the", "from",
    "since",
    "until", "under", "over", "and", "plus", "that", "because",
  ]

  /// "Therefore, it takes John 35 minutes": the one number of a conclusion, behind its verb.
  private func isObject(_ words: [Word], _ at: Int) -> Bool {
    guard at >= 3, Self.leads.contains(words[0].text), !Self.places.contains(words[at - 1].text),
      at + 1 < words.count
    else { return false }
    // An introduction ends at a comma: "after 3 days, …".
    let rest = words[(at + 1)...].last?.range.upperBound ?? words[at].range.upperBound
    return !(words[at].range.upperBound..<rest).contains {
      bytes[$0] == .comma && $0 + 1 < bytes.count && bytes[$0 + 1] == .space
    }
  }

  /// "The sum of the first 10 terms is 55": what stands in front of the verb names the subject.
  private func isSaidOfSubject(_ words: [Word], _ at: Int) -> Bool {
    guard at > 3, ["is", "are", "equals"].contains(words[at - 1].text) else { return false }
    return words[..<(at - 1)].count { !$0.isNumber && $0.text.utf8.count > 2 } >= 3
      && !words[..<(at - 1)].contains { $0.text == "=" || $0.text == "and" }
      && words[(at + 1)...].prefix { !Self.clauses.contains($0.text) }.count <= 3
  }

  private static let modals: Set<String> = ["could", "can", "may", "might", "would", "should"]
  /// Words that restrict what is asked for, not the value that is said of it: "the least number is 5".
  static let subjects: Set<String> = [
    "least", "most", "minimum", "maximum", "more", "fewer", "less", "remainder", "root", "roots",
    "percentage", "first", "next", "per", "error",
  ]
  private static let changes: Set<String> = [
    "increases", "increased", "increase", "decreases", "decreased", "decrease",
  ]

  /// Whether a word denies, doubts or compares what the sentence says.
  private func isDoubtful(_ words: [Word]) -> Bool {
    let number = words.lastIndex { $0.isNumber } ?? 0
    // The value is said of a subject, or of how much it changes: "is 5", "increases by 5".
    let isSaidOfSubject =
      number > 1
      && (["is", "are", "equals", "was"].contains(words[number - 1].text)
        || words[number - 1].text == "by" && Self.changes.contains(words[number - 2].text))
    return words.indices.contains { i in
      let word = words[i].text
      // "points that could be in the domain"
      if i > 0, Self.modals.contains(word), Self.relatives.contains(words[i - 1].text) {
        return false
      }
      if isSaidOfSubject, i < number, Self.subjects.contains(word) { return false }
      // "increases by 100%"
      if word == "by", i + 1 == number, i > 0, Self.changes.contains(words[i - 1].text) {
        return false
      }
      return Self.doubts.contains(word) || word.hasSuffix("n't")
        || ActingWords.contains(word) && word != "to"
    }
  }

  /// Whether a known unit stands behind a number: "3 hours ago".
  private func isMeasured(_ words: [Word], _ at: Int) -> Bool {
    at + 1 < words.count && Units.known(words[at + 1].text) != nil
  }

  /// A name such as `x` between dollars: it says nothing about the number.
  private func isNameInFormula(_ word: Word, _ sentence: Range<Int>) -> Bool {
    guard !word.isNumber, word.text.utf8.count == 1 else { return false }
    let marks = bytes[sentence.lowerBound..<word.range.lowerBound].count { $0 == .dollar }
    return !marks.isMultiple(of: 2)
  }

  /// Whether a command of LaTeX stands in a sentence: its formulas are not read here.
  private func hasCommand(_ range: Range<Int>, outside formulas: [Range<Int>]) -> Bool {
    range.dropLast().contains {
      bytes[$0] == .tilde && bytes[$0 + 1] == .tilde
        || bytes[$0] == .backslash && bytes[$0 + 1].isLetter && !isIn(formulas, $0)
    }
  }

  private func isIn(_ formulas: [Range<Int>], _ place: Int) -> Bool {
    formulas.contains { $0.contains(place) && !isNumber($0) }
  }

  // MARK: Pieces

  struct Word {
    var text: String
    var range: Range<Int>
    var isNumber: Bool
  }

  /// The last sentence of the last line that is not empty.
  private func lastSentence(_ range: Range<Int>) -> Range<Int>? {
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

  private func isBehindEquals(_ words: [Word], _ at: Int) -> Bool {
    guard at > 0 else { return false }
    let link = words[at - 1].text
    guard link == "=" || link == "is" || link == "equals" else { return false }
    // Words behind it that hold more numbers, or arithmetic in front that does not give it, are for a person.
    return link == "=" && words[0].text.count > 1 && !words[0].isNumber
  }

  private func isLinked(_ words: [Word], _ at: Int) -> Bool {
    var i = at - 1
    if at >= 2, words[at - 1].text == "to", words[at - 2].text == "up" { return false }
    while i >= 0, at - i <= 5 {
      if Self.links.contains(words[i].text) { return true }
      if words[i].text == "by", i > 0, Self.changes.contains(words[i - 1].text) { return true }
      guard Self.linkers.contains(words[i].text) else { return false }
      i -= 1
    }
    return false
  }

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

  // MARK: Choices

  /// "Hence (C) is the correct answer", "Option C is correct".
  private func choice(_ sentence: Range<Int>) -> ExtractedAnswer? {
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

  // MARK: Contrasts

  /// "It is not 10 but 12 km", "it's not 10, it's 12": the value that is said instead of another.
  private func contrast(_ sentence: Range<Int>) -> ExtractedAnswer? {
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
