// Whether an announcement is meant: a question, a negation, a hypothesis, another person's words and an example announce
// nothing. The rule: in the clause in front of "the answer" no word may take it out of the writer's own mouth, and its
// sentence is no question.

/// What the sentence around an announcement makes of it.
enum AnnouncementStanding {
  case meant
  /// Said with a doubt ("I think"): a weak answer.
  case hedged
  /// Not said at all, with the word that says so.
  case notMeant(String)
}

struct AnnouncementContext {
  let text: ByteText
  private var bytes: [UInt8] { text.bytes }

  /// Words in the clause in front of an announcement by which it is not the writer's answer.
  private static let denials: Set<String> = [
    "not", "no", "never", "nobody", "none", "neither", "nor", "cannot", "hardly", "if", "whether",
    "unless", "suppose", "supposing", "assume", "assuming", "assumed", "imagine", "pretend",
    "wrong", "incorrect", "false", "mistaken", "erroneous", "hope", "wish", "wonder", "doubt",
    "doubtful", "unsure", "uncertain", "might", "glance", "thought", "wrote", "written", "write",
    "writes", "said", "says", "claim", "claims", "claimed", "told", "tells", "heard", "rumour",
    "rumor", "impossible", "unlikely", "unclear", "deny", "denies", "disagree", "reject", "rejects",
    "contradicts", "incorrectly", "wrongly", "mistakenly", "previously", "initially", "friend",
  ]
  /// Words right in front of "answer" by which it is another answer than the one asked for.
  ///
  /// They are read in traces, not written here for something to come: "the placeholder answer is 5", "a sample answer: 7"
  /// and "the template answer" quote the prompt's own example and announce nothing.
  private static let modifiers: Set<String> = [
    "common", "tempting", "typical", "naive", "student", "students", "teacher", "his", "her",
    "their", "your", "previous", "old", "earlier", "initial", "other", "another", "different",
    "alternative", "proposed", "candidate", "suggested", "sample", "placeholder", "template",
    "example", "format", "enter", "provide", "guessed", "rough", "partial", "intermediate",
  ]
  /// Verbs that are another person's unless "I" or "we" stands in front.
  private static let attributions: Set<String> = [
    "say", "think", "thinks", "believe", "believes", "believed", "guess", "guesses", "guessed",
    "argue", "argues", "insists", "expect", "expected", "estimate", "estimates",
  ]
  private static let hedges: Set<String> = [
    "think", "believe", "guess", "seems", "appears", "probably", "perhaps", "maybe", "likely",
    "presumably", "apparently", "possibly", "may", "could", "suspect", "estimate", "expect", "bet",
  ]
  /// Words and marks that begin a clause of their own.
  private static let clauseWords: Set<String> = [
    "so", "then", "thus", "hence", "therefore", "and", "but", "because", "since", "consequently",
  ]
  private static let harmlessPossessives: Set<String> = [
    "question's", "problem's", "let's", "it's", "that's", "here's", "what's", "today's", "there's",
  ]
  /// Beginnings that make an example of everything behind them in the sentence.
  private static let examples = [
    "for example", "for instance", "e.g", "example:", "format:", "for the sake of argument",
    "如果", "假设", "假如", "若", "例如", "比如", "并非", "不认为",
  ]

  /// The standing of an announcement whose phrase begins at a place.
  func standing(of place: Int) -> AnnouncementStanding {
    let begin = sentenceBegin(place)
    if let example = Self.examples.first(where: { text.find($0, from: begin, to: place) != nil }) {
      return .notMeant(example)
    }
    let words = clause(begin, place)
    var standing = AnnouncementStanding.meant
    for (i, word) in words.enumerated() {
      if Self.denials.contains(word) || word.hasSuffix("n't") { return .notMeant(word) }
      if i + 3 >= words.count, Self.modifiers.contains(word) { return .notMeant(word) }
      if word == "possible", i > 0, ["a", "one"].contains(words[i - 1]) { return .notMeant(word) }
      if word.hasSuffix("'s"), !Self.harmlessPossessives.contains(word) { return .notMeant(word) }
      if Self.attributions.contains(word) {
        guard words[..<i].contains("i") || words[..<i].contains("we") else {
          return .notMeant(word)
        }
      }
      if Self.hedges.contains(word) { standing = .hedged }
    }
    return standing
  }

  /// Where the sentence of a place begins.
  func sentenceBegin(_ place: Int) -> Int {
    let lowest = max(0, place - 300)
    var i = place
    while i > lowest {
      let byte = bytes[i - 1]
      if byte.isLineEnd { break }
      // A tag ends what stands in front of it.
      if byte == .greater, i >= 2, bytes[i - 2].isLetter || bytes[i - 2] == .bar { break }
      if i >= 3, text.has("▷", i - 3) { break }
      if byte == .dot || byte == .exclamation || byte == .question, i < bytes.count,
        bytes[i].isBlank || bytes[i] == .star
      {
        // "e.g. the answer is 18"
        guard byte == .dot, text.has("e.g", i - 4) || text.has("i.e", i - 4) else { break }
      }
      if i >= 3, text.has("。", i - 3) || text.has("？", i - 3) || text.has("！", i - 3) { break }
      i -= 1
    }
    return i
  }

  /// The words of the clause that ends at a place, in small letters.
  func clause(_ begin: Int, _ place: Int) -> [String] {
    var words: [String] = []
    var i = begin
    while i < place {
      let byte = bytes[i]
      if byte == .comma || byte == .semicolon || text.has("，", i) || text.has("—", i) {
        words = []
        i += 1
      } else if byte.isLetter {
        let start = i
        while i < place, bytes[i].isLetter || isApostrophe(i) { i += bytes[i] >= 0x80 ? 3 : 1 }
        let word = loweredText(bytes, start..<i).replacing("\u{2019}", with: "'")
        if Self.clauseWords.contains(word) { words = [] } else { words.append(word) }
      } else {
        i += 1
      }
    }
    return words
  }

  private func isApostrophe(_ i: Int) -> Bool {
    (bytes[i] == .apostrophe || text.has("\u{2019}", i)) && i + 1 < bytes.count
  }

  /// Whether a question mark ends what was announced.
  func asks(_ end: Int, _ limit: Int) -> Bool {
    var i = end
    while i < limit {
      let byte = bytes[i]
      if byte == .question || text.has("？", i) { return true }
      guard
        byte == .space || byte == .star || byte == .dollar || byte == .closeParen || byte == .quote
          || byte == .backtick || byte == .closeBrace
      else { return false }
      i += 1
    }
    return false
  }
}
