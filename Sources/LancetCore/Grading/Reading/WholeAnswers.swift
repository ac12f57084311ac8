// What only a whole answer can be: a choice with its text, a quotient with its remainder, a number in words and digits.

extension AnswerParser {
  /// Without an arrow or a colon in front: "=> 5", "→ 5", ": 5".
  func unmarked(_ range: Range<Int>) -> Range<Int> {
    var low = range.lowerBound
    guard low + 1 < range.upperBound else { return range }
    if tokens[low].isCommand("to") || tokens[low].isSymbol(":") {
      low += 1
    } else if low + 2 < range.upperBound, tokens[low].isSymbol("=") || tokens[low].isSymbol("-"),
      tokens[low + 1].isSymbol(">"), !tokens[low + 1].spaceBefore
    {
      low += 2
    }
    return low..<range.upperBound
  }

  /// "6 remainder 2", "6 R 2", "6……2": a quotient with its remainder equals only the same.
  func remainder(_ range: Range<Int>) -> AnswerValue? {
    guard range.count >= 3, let last = range.last, tokens[range.lowerBound].kind == .number,
      tokens[last].kind == .number, !tokens[range.lowerBound].number.hasPoint
    else { return nil }
    let isMarked = tokens[(range.lowerBound + 1)..<last].allSatisfy { token in
      switch token.kind {
      case .word("remainder"), .word("rem"), .word("with"), .word("a"), .word("of"), .word("余"),
        .letter("R"), .letter("r"), .command("dots"), .symbol(.comma), .symbol(.dot):
        true
      default: false
      }
    }
    let hasWord = tokens[(range.lowerBound + 1)..<last].contains { token in
      [.word("remainder"), .word("rem"), .word("余"), .letter("R"), .letter("r")]
        .contains(token.kind)
    }
    guard isMarked, hasWord else { return nil }
    return .text("\(tokens[range.lowerBound].digits) remainder \(tokens[last].digits)")
  }

  /// "twelve (12)", "12 (twelve)": one number in words and in digits.
  func inWordsToo(_ range: Range<Int>) throws(Unreadable) -> AnswerValue? {
    guard range.count >= 4, range.count <= 8, let last = range.last, tokens[last].isSymbol(")"),
      let open = range.first(where: { tokens[$0].isSymbol("(") }), open > range.lowerBound
    else { return nil }
    let (outer, inner) = (range.lowerBound..<open, (open + 1)..<last)
    func number(_ part: Range<Int>) -> Int? { words(part).flatMap(NumberWords.value) }
    guard number(outer) != nil || number(inner) != nil,
      case .quantity(let a, nil)? = try? value(outer, depth: 1),
      case .quantity(let b, nil)? = try? value(inner, depth: 1)
    else { return nil }
    guard AnswerComparison.values(a, b).isEqual else {
      throw Unreadable(reason: "it states two values: \(spelling(range))")
    }
    return .quantity(a, nil)
  }

  /// `C: 4 apples`, `(C) 4 apples`, `C. 4 apples`, `C) 4 apples`: a letter of choice and its text.
  func choice(_ range: Range<Int>) -> AnswerValue? {
    var at = range.lowerBound
    let isOpen = at < range.upperBound && tokens[at].isSymbol("(")
    if isOpen { at += 1 }
    if at < range.upperBound, tokens[at].kind == .word("option") {
      at += 1
      if at == range.upperBound - 1, case .letter(let letter) = tokens[at].kind {
        return .quantity(ExpressionParser.named(letter), nil)
      }
    }
    guard at + 1 < range.upperBound, case .letter(let letter) = tokens[at].kind,
      letter.utf8.count == 1, let code = letter.utf8.first,
      code >= UInt8(ascii: "A"), code <= UInt8(ascii: "J"),
      case .symbol(let mark) = tokens[at + 1].kind
    else { return nil }
    let marks: [UInt8] = isOpen ? [.closeParen] : [.colon, .dot, .closeParen]
    guard marks.contains(mark) else { return nil }
    let content = trimmed((at + 2)..<range.upperBound)
    guard !content.isEmpty else {
      // "(C)", "C."
      return .quantity(ExpressionParser.named(letter), nil)
    }
    guard isContent(content) else { return nil }
    // "A:B" is a ratio.
    guard isOpen || mark != .colon || tokens[at + 2].spaceBefore else { return nil }
    // "(A), (C)" are two.
    if at + 2 < range.upperBound {
      let next = tokens[at + 2]
      let joins = ["and", "or"].contains { next.kind == .word($0) }
      if next.isSymbol(",") || next.isSymbol(";") || joins { return nil }
    }
    guard !isOpen || mark == .closeParen else { return nil }
    let inner = (try? value(content, depth: 1)) ?? .text(spelling(content))
    return .choice(letter, inner)
  }

  /// Whether this may be the text of a choice: "(C) + 1" and "(C)^2" go on with the letter, "(C) is wrong" denies it.
  private func isContent(_ range: Range<Int>) -> Bool {
    switch tokens[range.lowerBound].kind {
    case .symbol(.minus): return range.count > 1 && tokens[range.lowerBound + 1].kind == .number
    case .symbol(.plus), .symbol(.slash), .symbol(.caret), .symbol(.star), .symbol(.equals),
      .symbol(.underscore), .symbol(.exclamation):
      return false
    case .word("is"), .word("are"), .word("was"), .word("isn"), .word("isn't"), .word("x"):
      return false
    case .letter("x") where range.count > 1 && tokens[range.lowerBound + 1].kind == .number:
      return false
    default: break
    }
    guard let last = range.last, range.count > 1, case .word(let word) = tokens[last].kind,
      ["wrong", "incorrect", "false", "impossible"].contains(word)
    else { return true }
    return ![.word("is"), .word("are"), .word("was")].contains(tokens[last - 1].kind)
  }
}
