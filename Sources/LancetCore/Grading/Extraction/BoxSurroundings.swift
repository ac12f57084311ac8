// What stands around a box. A box is the whole answer only when nothing beside it belongs to the value: `-\boxed{5}`,
// `\boxed{5}^2`, "17 or \boxed{18}" and "\boxed{5} dozen" say something else than 5, "not \boxed{5}" denies it.

struct BoxSurroundings {
  let text: ByteText
  let limit: Int
  private var bytes: [UInt8] { text.bytes }

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

  // MARK: In front

  private static let joiningCommands: Set<String> = [
    "cdot", "times", "div", "pm", "mp", "ne", "neq", "le", "leq", "leqslant", "ge", "geq",
    "geqslant", "lt", "gt", "sqrt", "not", "sin", "cos", "tan", "log", "ln", "pi", "notin", "ast",
    "nleq", "ngeq", "circ", "infty",
  ]
  private static let cutting: Set<String> = [
    "frac", "dfrac", "tfrac", "cfrac", "sqrt", "binom", "dbinom", "tbinom", "cancel", "xcancel",
    "bcancel", "sout",
  ]
  private static let denyingWords: Set<String> = [
    "not", "never", "than", "minus", "negative", "plus", "times", "either", "neither", "nor",
    "under", "above", "below", "over", "least", "most", "exceed", "exceeds", "excluding", "except",
    "half", "twice", "double", "triple", "wrong", "incorrect", "cannot", "nearly",
    "almost",
  ]
  private static let hypotheses: Set<String> = [
    "if", "suppose", "assume", "assuming", "imagine", "unless", "whether", "say", "even",
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
  private func compares(_ sign: Int) -> Bool {
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
  private func isFunctionName(endingAt end: Int) -> Bool {
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
  private func words(before place: Int) -> Finding {
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

  private static let parts: Set<String> = [
    "square", "cube", "half", "third", "quarter", "reciprocal", "inverse", "opposite", "negative",
    "root", "multiple", "multiples", "factor", "factors", "percent", "power", "double", "twice",
    "logarithm", "conjugate", "complement", "multiplicity",
  ]

  /// Words by which the clause in front of a box is not the writer's own result.
  private static func denial(in clause: [String]) -> String? {
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

  private static let labels: Set<String> = [
    "wrong", "incorrect", "mistake", "mistaken", "example", "guess", "attempt", "student's",
    "his", "her", "their", "format", "template", "distractor", "instance", "g",
  ]

  /// "Wrong: \\boxed{5}", "For example, \\boxed{5}", "13, \\boxed{5}": what a mark parts from the box.
  private func label(_ begin: Int, _ mark: Int) -> Finding {
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
  private func lastAnswer(_ begin: Int, _ place: Int) -> Int? {
    var i = place - 6
    while i >= max(begin, place - 80) {
      if text.hasFolded("answer", i) { return i }
      i -= 1
    }
    return nil
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
  private func isInFormula(_ place: Int) -> Bool {
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

  private func openBrace(of close: Int) -> Int? {
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
  private func group(endingAt close: Int) -> Bool {
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

  // MARK: Behind

  private static let deniers = [
    " is wrong", " is incorrect", " is not ", " isn't ", " is false", " is impossible",
    " can't be ", " cannot be ", " was wrong", " are wrong", " seems wrong", " is too ",
    " would be ", " was my ", " is off", "(wrong", "(incorrect", ", wrong", ", not.", ", no.",
    ", or ", "; or ",
  ]

  /// What stands behind a box that ends at a place.
  func behind(_ end: Int) -> Finding {
    var i = end
    while i < limit, bytes[i] == .closeBrace { i += 1 }
    if AnnouncementContext(text: text).asks(i, limit) { return .denied("it is a question") }
    let inFormula = isInFormula(end)
    i = text.skipping(i) { $0 == .space }
    if inFormula, i < limit, !closesFormula(i) {
      let stop = formulaEnd(i)
      switch formulaTail(i, stop) {
      case .nothing: break
      case let other: return other
      }
      i = stop
    } else if !inFormula, i < limit, isOperator(i) {
      if bytes[i] == .backslash { return formulaTail(i, sentenceEnd(i)) }
      return .goesOn(i..<sentenceEnd(i))
    }
    let closing = i
    while i < limit, closesFormula(i) { i += bytes[i] == .backslash ? 2 : 1 }
    let behind = text.skipping(i) { $0 == .space }
    if i > closing, behind < limit, isOperator(behind) {
      return bytes[behind] == .backslash
        ? formulaTail(behind, sentenceEnd(behind)) : .goesOn(i..<sentenceEnd(behind))
    }
    return words(
      behind: text.skipping(i) { $0 == .star || $0 == .space || $0 == .closeParen }, from: end)
  }

  private func closesFormula(_ i: Int) -> Bool {
    bytes[i] == .dollar || text.has("\\)", i) || text.has("\\]", i)
  }

  private func formulaEnd(_ start: Int) -> Int {
    var i = start
    while i < limit, !closesFormula(i), !bytes[i].isLineEnd {
      i += bytes[i] == .backslash && !text.has("\\)", i) && !text.has("\\]", i) ? 2 : 1
    }
    return min(i, limit)
  }

  /// Whether an operator or a sign of a value goes on here, outside of a formula.
  private func isOperator(_ i: Int) -> Bool {
    let next = i + 1 < limit ? bytes[i + 1] : 0
    switch bytes[i] {
    case .caret, .percent, .slash, .equals: return true
    case .underscore: return next.isDigit || next == .openBrace
    case .exclamation: return next == .exclamation || next == .equals
    case .plus: return true
    case .minus, .colon:
      return next.isDigit || next == .space && i + 2 < limit && bytes[i + 2].isDigit
    case .star: return next == .space && i + 2 < limit && bytes[i + 2].isDigit || next.isDigit
    case .less, .greater: return next == .space || next == .equals || next.isDigit
    case .bar, .ampersand: return i + 2 < limit && bytes[i + 2].isDigit
    case .dot: return next.isDigit
    case .backslash:
      return [
        "%", "times", "cdot", "div", "pm", "sqrt", "frac", "dfrac", "pi", "ne", "le", "ge", "pmod",
        "circ", "overline", "ldots", "binom", "mod", "text{",
      ].contains { text.hasFolded($0, i + 1) }
    case _ where bytes[i].isDigit: return true
    case 0xE2 where ["–", "−"].contains { (dash: StaticString) in text.has(dash, i) }:
      let next = text.skipping(i + 3) { $0 == .space }
      return next < limit && bytes[next].isDigit
    default:
      return ["²", "³", "½", "¼", "¾", "‰", "±", "≠", "≤", "≥", "×", "÷", "√", "π", "°"].contains {
        (sign: StaticString) in text.has(sign, i)
      }
    }
  }

  /// The rest of a formula behind a box.
  private func formulaTail(_ start: Int, _ stop: Int) -> Finding {
    switch bytes[start] {
    case .comma, .dot, .semicolon, .ampersand, .closeBrace, .closeParen: return .nothing
    case .colon where start + 1 < stop && !bytes[start + 1].isDigit: return .nothing
    case .backslash:
      for name in [
        "\\\\", "\\quad", "\\qquad", "\\implies", "\\rightarrow", "\\to", "\\tag", "\\qed", "\\bl",
        "\\square", "\\end", "\\therefore", "\\checkmark", "\\blacksquare", "\\label", "\\newline",
        "\\iff", "\\hfill", "\\because", "\\longrightarrow", "\\right",
      ] where text.hasFolded(name, start) {
        return .nothing
      }
      for name in [
        "\\text", "\\textrm", "\\mathrm", "\\mbox", "\\ \\text", "\\,\\text", "\\;\\text",
      ]
      where text.hasFolded(name + "{", start) {
        let inner = start + name.utf8.count + 1
        let close = text.find("}", from: inner, to: stop) ?? stop
        let found = words(behind: text.skipping(inner) { $0 == .space }, from: start)
        if case .nothing = found, text.trimmed((close + 1 < stop ? close + 1 : stop)..<stop).isEmpty
        {
          return .nothing
        }
        if case .nothing = found, close + 1 < stop, bytes[close + 1] == .caret { return .nothing }
        return .goesOn(start..<stop)
      }
    default: break
    }
    return .goesOn(start..<stop)
  }

  /// The words behind a box.
  private func words(behind start: Int, from end: Int) -> Finding {
    let stop = sentenceEnd(start)
    if isRetracted(end, stop) { return .denied("it is denied behind the box") }
    for denial in Self.deniers where text.find(denial, from: max(end, start - 1), to: stop) != nil {
      return .denied("it is denied behind the box")
    }
    if let sign = chinese(start, stop) { return .doubtful("\"\(sign)\" stands behind the box") }
    let words = nextWords(start, stop)
    guard let first = words.first else { return .nothing }
    if ActingWords.scales.contains(first.text) { return .goesOn(start..<first.end) }
    return changes(words) ? .doubtful("\"\(first.text)\" stands behind the box") : .nothing
  }

  private static let chineseActing = [
    "倍", "万", "亿", "百", "千", "多", "折", "成", "分之", "的平方", "的立方", "不", "错", "个半", "半", "左右",
    "吗", "或",
  ]
  private static let chineseUnits = ["千克", "千米", "成人", "分钟"]

  /// A Chinese word behind a box that changes its value; a unit and then a number does too.
  private func chinese(_ start: Int, _ stop: Int) -> String? {
    let at = text.skipping(start) { $0 == .dollar || $0 == .space }
    guard at < stop, bytes[at] >= 0xE4 else { return nil }
    if !Self.chineseUnits.contains(where: { text.hasFolded($0, at) }),
      let acting = Self.chineseActing.first(where: { text.hasFolded($0, at) })
    {
      return acting
    }
    var i = at
    while i < stop, bytes[i] >= 0x80, i - at < 15 { i += 1 }
    return i < stop && bytes[i].isDigit && !text.has("，", i - 3) ? text.string(at..<i) : nil
  }

  /// ", not", ", no", "; 6": a comma and what takes the value back, or another value.
  private func isRetracted(_ end: Int, _ stop: Int) -> Bool {
    let comma = text.skipping(end) { $0 == .dollar || $0 == .space }
    guard comma < stop, bytes[comma] == .comma || bytes[comma] == .semicolon else { return false }
    let words = nextWords(comma + 1, stop)
    guard let first = words.first else { return false }
    if first.counts { return true }
    return words.count == 1 && ["not", "no", "nope", "maybe", "perhaps"].contains(first.text)
  }

  private static let joints: Set<String> = ["or", "and", "of", "in", "at", "from", "for"]
  private static let more: Set<String> = [
    "so", "more", "less", "fewer", "half", "up", "counting", "change", "binary", "hexadecimal",
    "base",
  ]
  private static let factors: Set<String> = [
    "plus", "minus", "give", "i", "pi", "log", "sqrt", "e", "k", "y", "z", "n", "maybe", "perhaps",
    "probably", "possibly", "crossed", "struck", "deleted",
  ]

  /// Whether the first words behind a box change its value.
  private func changes(_ words: [Word]) -> Bool {
    let first = words[0].text
    let second = words.count > 1 ? words[1] : Word()
    let third = words.count > 2 ? words[2] : Word()
    if words[0].counts { return true }
    if first == "r" || first == "with" { return second.counts || second.text == "remainder" }
    if first == "square" { return second.text == "root" || second.text == "roots" }
    if first == "per" { return second.text == "cent" || second.text == "mille" }
    if Self.joints.contains(first) {
      let isArticle = second.text == "a" || second.text == "the"
      let object = isArticle ? third : second
      return object.counts || isArticle && ActingWords.contains(object.text)
        || Self.more.contains(object.text)
    }
    if first == "each" { return ["way", "times"].contains(second.text) }
    // "\\boxed{5} more eggs", but not "more than ten"
    if ["more", "less", "fewer"].contains(first) {
      return second.text == "than" || third.text == "than"
    }
    // "to make a salad", "by the end of May", and "to 6", "by the third power"
    if ["to", "by", "over"].contains(first) {
      let isArticle = second.text == "a" || second.text == "the"
      let object = isArticle ? third : second
      return object.counts || object.text.utf8.count < 3 && object.text != "be"
        || ActingWords.contains(object.text) || Self.more.contains(object.text)
    }
    if Self.factors.contains(first) || ActingWords.contains(first) { return true }
    // "hours 30 minutes", "dollars and 50 cents"
    return Units.known(first) != nil
      && (second.counts || ["and", "by", "x"].contains(second.text) && third.counts)
  }

  private struct Word {
    var text = ""
    var isNumber = false
    var end = 0
    var counts: Bool { isNumber || NumberWords.isNumber(text) }
  }

  /// The first words and numbers of a range, as far as no mark parts them.
  private func nextWords(_ start: Int, _ stop: Int) -> [Word] {
    var out: [Word] = []
    var i = start
    while i < stop, out.count < 3 {
      let begin = i
      if bytes[i].isLetter {
        while i < stop, bytes[i].isLetter || bytes[i] == .apostrophe { i += 1 }
        out.append(Word(text: loweredText(bytes, begin..<i), end: i))
      } else if bytes[i].isDigit {
        while i < stop, bytes[i].isDigit { i += 1 }
        out.append(Word(isNumber: true, end: i))
      } else if bytes[i] == .space || bytes[i] == .dollar || bytes[i] == .star
        || bytes[i] == .openParen || bytes[i] == .minus && out.isEmpty || bytes[i] == .openBracket
      {
        i += 1
      } else if out.isEmpty, text.has("✗", i) || text.has("❌", i) || text.has("✘", i) {
        return [Word(text: "wrong", end: i)]
      } else {
        break
      }
    }
    return out
  }

  private func sentenceEnd(_ start: Int) -> Int {
    var i = start
    while i < min(limit, start + 200) {
      if bytes[i].isLineEnd || text.has("。", i) { return i }
      if bytes[i] == .dot || bytes[i] == .exclamation || bytes[i] == .question,
        i + 1 >= limit || bytes[i + 1].isBlank
      {
        return i
      }
      i += 1
    }
    return i
  }
}
