// What stands behind a box, in its formula and in words.

extension BoxSurroundings {
  static let deniers = [
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

  private static let chineseActing = [
    "倍", "万", "亿", "百", "千", "多", "折", "成", "分之", "的平方", "的立方", "不", "错", "个半", "半", "左右",
    "吗", "或",
  ]

  private static let chineseUnits = ["千克", "千米", "成人", "分钟"]

  /// A Chinese word behind a box that changes its value; a unit and then a number does too.
  func chinese(_ start: Int, _ stop: Int) -> String? {
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
  func isRetracted(_ end: Int, _ stop: Int) -> Bool {
    let comma = text.skipping(end) { $0 == .dollar || $0 == .space }
    guard comma < stop, bytes[comma] == .comma || bytes[comma] == .semicolon else { return false }
    let words = nextWords(comma + 1, stop)
    guard let first = words.first else { return false }
    if first.counts { return true }
    return words.count == 1 && ["not", "no", "nope", "maybe", "perhaps"].contains(first.text)
  }

  static let joints: Set<String> = ["or", "and", "of", "in", "at", "from", "for"]

  static let more: Set<String> = [
    "so", "more", "less", "fewer", "half", "up", "counting", "change", "binary", "hexadecimal",
    "base",
  ]

  static let factors: Set<String> = [
    "plus", "minus", "give", "i", "pi", "log", "sqrt", "e", "k", "y", "z", "n", "maybe", "perhaps",
    "probably", "possibly", "crossed", "struck", "deleted",
  ]

  /// The words behind a box.
  func words(behind start: Int, from end: Int) -> Finding {
    let stop = sentenceEnd(start)
    if isRetracted(end, stop) { return .denied("it is denied behind the box") }
    for denial in Self.deniers where text.find(denial, from: max(end, start - 1), to: stop) != nil {
      return .denied("it is denied behind the box")
    }
    if let sign = chinese(start, stop) { return .doubtful("\"\(sign)\" stands behind the box") }
    let words = nextWords(start, stop)
    guard let first = words.first else { return .nothing }
    if ActingWords.scales.contains(first.text) { return .goesOn(start..<first.end) }
    if goesOn(behind: first.end, stop) {
      return .doubtful("\"\(first.text)\" stands behind the box")
    }
    return changes(words) ? .doubtful("\"\(first.text)\" stands behind the box") : .nothing
  }

  /// "\\boxed{5} miles + 1", "\\boxed{5} miles, 7": an operator or another value behind the unit.
  private func goesOn(behind end: Int, _ stop: Int) -> Bool {
    let at = text.skipping(end) { $0 == .space }
    guard at < stop else { return false }
    let next = text.skipping(at + 1) { $0 == .space }
    let isNumber = next < stop && bytes[next].isDigit
    switch bytes[at] {
    case .plus, .slash, .caret, .equals: return true
    case .comma: return isNumber
    case .minus: return isNumber && next > at + 1
    default: return false
    }
  }

  /// Whether the first words behind a box change its value.
  func changes(_ words: [Word]) -> Bool {
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
      && (second.counts || ["and", "or", "by", "x"].contains(second.text) && third.counts)
  }

  struct Word {
    var text = ""
    var isNumber = false
    var end = 0
    var counts: Bool { isNumber || NumberWords.isNumber(text) }
  }

  /// The first words and numbers of a range, as far as no mark parts them.
  func nextWords(_ start: Int, _ stop: Int) -> [Word] {
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

  func sentenceEnd(_ start: Int) -> Int {
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
