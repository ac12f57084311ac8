// The words in front of a box: what denies it, gives an example or takes only a part.

extension BoxSurroundings {
  static let denyingWords: Set<String> = [
    "not", "never", "than", "minus", "negative", "plus", "times", "either", "neither", "nor",
    "under", "above", "below", "over", "least", "most", "exceed", "exceeds", "excluding", "except",
    "half", "twice", "double", "triple", "wrong", "incorrect", "cannot", "nearly",
    "almost",
  ]

  static let hypotheses: Set<String> = [
    "if", "suppose", "assume", "assuming", "imagine", "unless", "whether", "say", "even",
  ]

  static let parts: Set<String> = [
    "square", "cube", "half", "third", "quarter", "reciprocal", "inverse", "opposite", "negative",
    "root", "multiple", "multiples", "factor", "factors", "percent", "power", "double", "twice",
    "logarithm", "conjugate", "complement", "multiplicity",
  ]

  /// Words by which the clause in front of a box is not the writer's own result.
  static func denial(in clause: [String]) -> String? {
    for (i, word) in clause.enumerated() {
      switch word {
      case "doubt", "doubts", "disagree", "mistakenly", "wrongly", "incorrectly": return word
      case "mistake", "misconception", "trap": return word
      case "true", "case", "possible", "correct":
        if clause[..<i].suffix(2).contains(where: { $0 == "not" || $0.hasSuffix("n't") }) {
          return "not"
        }
      case "guess", "attempt", "thought":
        if i > 0, ["first", "initial", "earlier", "wrong"].contains(clause[i - 1]) { return word }
      case "say", "think", "answer":
        if i > 0, ["would", "might", "may"].contains(clause[i - 1]), clause.first == "some" {
          return word
        }
      default: break
      }
    }
    return nil
  }

  static let labels: Set<String> = [
    "wrong", "incorrect", "mistake", "mistaken", "example", "guess", "attempt", "student's",
    "his", "her", "their", "format", "template", "distractor", "instance", "g",
  ]

  /// "Wrong: \\boxed{5}", "For example, \\boxed{5}", "13, \\boxed{5}": what a mark parts from the box.
  func label(_ begin: Int, _ mark: Int) -> Finding {
    let words = AnnouncementContext(text: text).clause(begin, mark - 1)
    if bytes[mark - 1] == .comma {
      let isExample =
        words == ["for", "example"] || words == ["for", "instance"] || words == ["e", "g"]
      if isExample { return .denied("\"for example\" stands in front of the box") }
      let isList =
        words.isEmpty && bytes[begin..<mark].contains(where: \.isDigit)
        && !bytes[begin..<mark].contains(where: \.isLetter)
      return isList ? .doubtful("several values") : .nothing
    }
    if words.count <= 4, let denial = words.first(where: Self.labels.contains) {
      return .denied("\"\(denial)\" stands in front of the box")
    }
    return .nothing
  }

  /// The last "answer" in front of a place, within its sentence.
  func lastAnswer(_ begin: Int, _ place: Int) -> Int? {
    var i = place - 6
    while i >= max(begin, place - 80) {
      if text.hasFolded("answer", i) { return i }
      i -= 1
    }
    return nil
  }
}
