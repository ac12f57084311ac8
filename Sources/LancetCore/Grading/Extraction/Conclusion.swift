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
  static let clauses = relatives.union([
    "to", "in", "on", "for", "at", "from", "when", "given", "considering", "over", "during",
    "after", "before", "each", "into", "onto", "with",
  ])
  private static let leads: Set<String> = ["therefore", "thus", "so", "hence", "finally"]
  /// Words in front of a number that is no quantity said of the subject: "after 3 days", "row 10".
  static let places: Set<String> = [
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
  static let changes: Set<String> = [
    "increases", "increased", "increase", "decreases", "decreased", "decrease",
  ]

  /// Whether a word denies, doubts or compares what the sentence says.
  func isDoubtful(_ words: [Word]) -> Bool {
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
}
