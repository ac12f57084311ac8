// What stands between operands in prose: units, words, operators.

extension ProseReader {
  /// Words that end an operand's unit phrase: a new clause begins.
  static let clauseWords: Set<String> = [
    "and", "so", "then", "is", "are", "has", "have", "had", "was", "were", "which", "that",
    "because",
    "she", "he", "they", "it", "but", "therefore", "thus", "if", "when", "where", "since", "or",
    "would", "will", "can", "to", "makes", "gives", "get", "gets", "equal", "than", "we", "you",
    "there", "with", "from", "sold", "spent", "costs", "cost", "we're", "that's", "need", "needs",
  ]

  /// The first token behind a unit phrase (words, "/hour", "per", a bracket of words), and whether there was one.
  func skipUnits(_ start: Int, limit: Int) -> (index: Int, skipped: Bool) {
    var i = start
    var count = 0
    while count < limit {
      switch kind(i) {
      case .word:
        if Self.clauseWords.contains(text(i)) { return (start, false) }
        i += 1
      case .letter(let letter):
        // A unit letter behind its number; anything else is a variable.
        guard "mgshlLkKG".utf8.contains(letter), i > start || kind(start - 1) == .number,
          !isTimes(i)
        else { return (i, i > start) }
        i += 1
      case .op(.slash):
        guard kind(i + 1) == .word else { return (i, i > start) }
        i += 2
      case .open:
        guard let close = wordsInBrackets(i) else { return (i, i > start) }
        i = close + 1
      case .mark: i += 1
      default: return (i, i > start)
      }
      count += 1
    }
    return (start, false)
  }

  func wordsInBrackets(_ open: Int) -> Int? {
    var i = open + 1
    while i < open + 8 {
      switch kind(i) {
      case .word: i += 1
      case .close: return i > open + 1 ? i : nil
      default: return nil
      }
    }
    return nil
  }

  /// Whether the letter x here means times: a number, a sign of money or a bracket follows.
  func isTimes(_ i: Int) -> Bool {
    guard case .letter(let letter) = kind(i),
      letter == UInt8(ascii: "x") || letter == UInt8(ascii: "X")
    else { return false }
    return kind(i + 1) == .number || kind(i + 1) == .currency || kind(i + 1) == .frac
      || kind(i + 1) == .open && opensNumber(i + 1)
  }

  /// The operator behind an expression, the token behind that, and whether words stood between; nil when the expression
  /// ends.
  ///
  /// A variable behind the operator is left for the caller to find.
  func nextOperator(_ left: ProseExpression) -> (UInt8, Int, Bool)? {
    let end = left.tokens.upperBound
    // 27(1/3)
    if kind(end) == .open, !tokens[end].spaceBefore, opensNumber(end) { return (42, end, false) }
    if kind(end) == .frac || kind(end) == .pi, end > 0, kind(end - 1) != .op(.slash) {
      return (42, end, false)
    }
    if left.isPercent || left.operators > 0, kind(end) == .word, text(end) == "of",
      startsOperand(end + 1)
    {
      return (42, end + 1, false)
    }
    let (i, skipped) = skipUnits(end, limit: 7)
    if isTimes(i) { return (42, i + 1, skipped) }
    guard case .op(let op) = kind(i), op != .caret else { return nil }
    if startsOperand(i + 1) { return (op, i + 1, skipped) }
    // "12 times a day": a word after all.
    if bytes[tokens[i].start].isLetter { return nil }
    // A variable, or a bracket that cannot be read: the expression goes on where we cannot follow.
    switch kind(i + 1) {
    case .letter, .open, .pi, .other, .op: return (op, i + 1, skipped)
    case .word: return op == .minus ? nil : (op, i + 1, skipped)
    case .mark: return startsOperand(i + 2) ? (op, i + 2, skipped) : nil
    default: return nil
    }
  }
}
