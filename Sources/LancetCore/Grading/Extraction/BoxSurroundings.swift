// What stands around a box. A box is the whole answer only when nothing beside it belongs to the value: `-\boxed{5}`,
// `\boxed{5}^2`, "17 or \boxed{18}" and "\boxed{5} dozen" say something else than 5, "not \boxed{5}" denies it.

struct BoxSurroundings {
  let text: ByteText
  let limit: Int
  var bytes: [UInt8] { text.bytes }

  init(text: ByteText, limit: Int) {
    self.text = text
    self.limit = limit
  }

  enum Finding {
    /// Nothing that belongs to the value.
    case nothing
    /// The value goes on with a range.
    case goesOn(Range<Int>)
    /// The value is not the box alone, in words.
    case doubtful(String)
    /// The box is no answer, in words.
    case denied(String)
  }

  private static let joiningCommands: Set<String> = [
    "cdot", "times", "div", "pm", "mp", "ne", "neq", "le", "leq", "leqslant", "ge", "geq",
    "geqslant", "lt", "gt", "sqrt", "not", "sin", "cos", "tan", "log", "ln", "pi", "notin", "ast",
    "nleq", "ngeq", "circ", "infty",
  ]
  private static let cutting: Set<String> = [
    "frac", "dfrac", "tfrac", "cfrac", "sqrt", "binom", "dbinom", "tbinom", "cancel", "xcancel",
    "bcancel", "sout",
  ]
  /// What stands in front of a box.
  func before(_ command: Int, depth: Int = 0) -> Finding {
    let partial = Finding.doubtful("the box holds only a part of the expression")
    var i = skippingSpaceBack(command)
    guard i > 0 else { return .nothing }
    let byte = bytes[i - 1]
    switch byte {
    case .dollar, .openParen, .openBracket:
      // "f(\\boxed{5})", "\\sin(\\boxed{5})": an argument.
      if byte == .openParen, isFunctionName(endingAt: i - 1) { return partial }
      while i > 0,
        [.dollar, .openParen, .openBracket, .backslash, .space, .star].contains(bytes[i - 1])
      {
        i -= 1
      }
      return words(before: i)
    case .equals:
      let isOther =
        i >= 2
        && (bytes[i - 2] == .exclamation || bytes[i - 2] == .less || bytes[i - 2] == .greater)
      return isOther ? partial : nameBegin(i - 1).map { words(before: $0) } ?? .nothing
    case .minus, .plus, .slash, .caret, .underscore:
      let behind = skippingSpaceBack(i - 1)
      let isBullet = behind == 0 || bytes[behind - 1].isLineEnd
      let isDash =
        byte == .minus && i < command && behind < i - 1 && bytes[behind - 1].isLetter
        && behind >= 2 && bytes[behind - 2].isLetter
      return isBullet && i < command || isDash
        || byte == .underscore && i == command && !isInFormula(command)
        ? .nothing : partial
    case .star:
      let behind = skippingSpaceBack(i - 1)
      return behind > 0 && bytes[behind - 1].isDigit ? partial : words(before: i)
    case .comma, .colon: return words(before: i)
    case .less: return partial
    case .greater: return compares(i - 1) ? partial : .nothing
    case .bar: return i == command ? partial : .nothing
    case .closeBrace: return group(endingAt: i - 1) ? partial : .nothing
    case .openBrace:
      let isSet = i >= 2 && bytes[i - 2] == .backslash
      guard depth < 40 else { return .doubtful("it is nested too deeply") }
      return isSet || isCutting(i - 1)
        ? partial : before(commandBegin(i - 1), depth: depth + 1)
    case .closeParen: return i == command && isInFormula(command) ? partial : .nothing
    case _ where byte.isLetter || byte.isDigit: break
    default:
      for sign: StaticString in ["≠", "≤", "≥", "−", "×", "÷", "√", "·"]
      where text.has(sign, i - 3) || text.has(sign, i - 2) {
        return partial
      }
      return .nothing
    }
    var start = i
    while start > 0, bytes[start - 1].isLetter || bytes[start - 1].isDigit { start -= 1 }
    if start > 0, bytes[start - 1] == .backslash {
      return Self.joiningCommands.contains(text.string(start..<i)) ? partial : .nothing
    }
    if isInFormula(command), i - start == 1 || bytes[i - 1].isDigit { return partial }
    // "2 \\boxed{5}" is a product, "Step 2 \\boxed{5}" is none.
    if bytes[start..<i].allSatisfy(\.isDigit) {
      let behind = skippingSpaceBack(start)
      if behind == 0 || !bytes[behind - 1].isLetter { return partial }
    }
    return words(before: i)
  }

  /// Whether a `>` compares: neither an arrow nor a tag, nor the mark of a quote.
  func compares(_ sign: Int) -> Bool {
    let left = skippingSpaceBack(sign)
    guard left > 0 else { return false }
    let byte = bytes[left - 1]
    if left < sign {
      return byte.isLetter || byte.isDigit || byte == .closeParen || byte == .closeBrace
    }
    // "<b>\\boxed{5}", "x>\\boxed{5}"
    guard byte.isLetter || byte.isDigit || byte == .closeParen || byte == .closeBrace else {
      return false
    }
    var i = left
    while i > 0,
      bytes[i - 1].isLetter || bytes[i - 1].isDigit || bytes[i - 1] == .slash
        || bytes[i - 1] == .colon || bytes[i - 1] == .underscore
    {
      i -= 1
    }
    return i == 0 || bytes[i - 1] != .less && bytes[i - 1] != .bar
  }

  /// Whether one letter or a command ends at a place: the name of a function in front of its bracket.
  func isFunctionName(endingAt end: Int) -> Bool {
    var start = end
    while start > 0, bytes[start - 1].isLetter { start -= 1 }
    guard start < end else { return false }
    return start > 0 && bytes[start - 1] == .backslash
      ? Self.joiningCommands.contains(text.string(start..<end))
        || text.string(start..<end) == "left" && isFunctionName(endingAt: start - 1)
      : end - start == 1 || AnswerWords.functions.contains(text.string(start..<end))
  }

  /// Where the name in front of an equals sign begins: `x`, `f(2)`, `a_{1}` behind words; nil behind a formula.
  private func nameBegin(_ sign: Int) -> Int? {
    let end = skippingSpaceBack(sign)
    var i = end
    while i > 0, !bytes[i - 1].isBlank, bytes[i - 1] != .dollar, end - i <= 8 { i -= 1 }
    guard i < end, end - i <= 8, bytes[i].isLetter, !bytes[i..<end].contains(.backslash) else {
      return nil
    }
    while i > 0, bytes[i - 1] == .space || bytes[i - 1] == .dollar { i -= 1 }
    guard i > 0, bytes[i - 1].isLetter else { return nil }
    var word = i
    while word > 0, bytes[word - 1].isLetter { word -= 1 }
    return word > 0 && bytes[word - 1] == .backslash ? nil : i
  }

  /// Whether the words in front of a place deny or change what stands behind.
  func words(before place: Int) -> Finding {
    let context = AnnouncementContext(text: text)
    let begin = context.sentenceBegin(place)
    let trimmed = skippingSpaceBack(place)
    if trimmed > begin, bytes[trimmed - 1] == .comma || bytes[trimmed - 1] == .colon {
      return label(begin, trimmed)
    }
    let clause = context.clause(begin, place)
    if let denial = Self.denial(in: clause) {
      return .denied("\"\(denial)\" stands in front of the box")
    }
    let isRange =
      text.hasFolded(" and", trimmed - 4)
      && text.find("between ", from: begin, to: trimmed) != nil
    if isRange || clause.suffix(2) == ["up", "to"] {
      return .doubtful("the box holds only a part of the expression")
    }
    // "half of \\boxed{5}"
    if clause.last == "of", let part = clause.dropLast().last, Self.parts.contains(part) {
      return .doubtful("\"\(part) of\" stands in front of the box")
    }
    guard let last = clause.last else {
      let isOr = text.hasFolded(" or", trimmed - 3) || text.has("或", trimmed - 3)
      return isOr ? .doubtful("several values") : .nothing
    }
    if last == "or" {
      let comma = skippingSpaceBack(trimmed - 2)
      return comma > 0 && bytes[comma - 1] == .comma ? .nothing : .doubtful("several values")
    }
    if Self.denyingWords.contains(last) || last.hasSuffix("n't") {
      return .denied("\"\(last)\" stands in front of the box")
    }
    let links: Set<String> = ["be", "is", "are", "was", "were", "equal", "equals", "to"]
    if links.contains(last), let denial = clause.last(where: { !links.contains($0) }),
      denial == "not" || denial == "cannot" || denial == "never" || denial.hasSuffix("n't"),
      clause.suffix(4).contains(denial)
    {
      return .denied("\"\(denial)\" stands in front of the box")
    }
    if let first = clause.first, Self.hypotheses.contains(first), clause.count <= 6 {
      return .denied("\"\(first)\" stands in front of the box")
    }
    if let answer = lastAnswer(begin, place),
      case .notMeant(let word) = context.standing(of: answer)
    {
      return .denied("\"\(word)\" stands in front of it")
    }
    return .nothing
  }

  private func skippingSpaceBack(_ place: Int) -> Int {
    var i = max(place, 0)
    while i > 0 {
      if bytes[i - 1] == .space || bytes[i - 1] == .ampersand {
        i -= 1
      } else if i > 1, bytes[i - 2] == .backslash,
        [.comma, .semicolon, .exclamation, .colon].contains(bytes[i - 1])
      {
        i -= 2
      } else {
        break
      }
    }
    return i
  }

  /// Whether a place stands between dollars of its line, or behind `\(` or `\[`.
  func isInFormula(_ place: Int) -> Bool {
    var i = place
    var dollars = 0
    while i > max(0, place - 600), !bytes[i - 1].isLineEnd {
      i -= 1
      if bytes[i] == .dollar, i == 0 || bytes[i - 1] != .backslash {
        if i > 0, bytes[i - 1] == .dollar { i -= 1 }
        dollars += 1
      }
      if dollars == 0, text.has("\\(", i) || text.has("\\[", i) { return true }
      if text.has("\\)", i) || text.has("\\]", i) { return false }
    }
    return dollars % 2 == 1
  }

  func openBrace(of close: Int) -> Int? {
    var depth = 0
    var i = close
    while i >= max(0, close - 400) {
      if bytes[i] == .closeBrace { depth += 1 }
      if bytes[i] == .openBrace {
        depth -= 1
        if depth == 0 { return i }
      }
      i -= 1
    }
    return nil
  }

  private func commandBegin(_ brace: Int) -> Int {
    var i = brace
    while i > 0, bytes[i - 1].isLetter { i -= 1 }
    return i > 0 && bytes[i - 1] == .backslash ? i - 1 : brace
  }

  /// Whether the group that ends here is a factor: `\frac{1}{2}`, `\sqrt{2}`, `2^{3}`.
  func group(endingAt close: Int) -> Bool {
    guard let open = openBrace(of: close), open > 0 else { return false }
    return isCutting(open)
  }

  /// Whether the group that begins here is an argument of a fraction, a root, a power.
  private func isCutting(_ brace: Int) -> Bool {
    // In front of the second argument stands the first one.
    var brace = brace
    var arguments = 0
    while brace > 0, bytes[brace - 1] == .closeBrace, arguments < 8,
      let first = openBrace(of: brace - 1)
    {
      brace = first
      arguments += 1
    }
    guard brace > 0 else { return false }
    if bytes[brace - 1] == .caret || bytes[brace - 1] == .underscore { return true }
    let begin = commandBegin(brace)
    return begin < brace && Self.cutting.contains(text.string((begin + 1)..<brace))
  }
}
