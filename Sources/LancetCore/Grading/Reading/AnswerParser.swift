// The structure around the expressions of an answer: lists, sentences, choices, texts. The whole answer is read or it is
// not read at all: what is left over is thrown as the reason.

struct AnswerParser {
  static let byteLimit = 4000
  let tokens: [AnswerToken]

  /// Reads an answer.
  static func parse(_ text: String) throws(Unreadable) -> AnswerValue {
    guard text.utf8.count <= byteLimit else { throw Unreadable(reason: "too long") }
    let parser = AnswerParser(tokens: try AnswerLexer.tokens(of: text))
    return try parser.answer(0..<parser.tokens.count)
  }

  /// The whole answer: what only a whole answer can be comes first.
  func answer(_ whole: Range<Int>) throws(Unreadable) -> AnswerValue {
    let range = unmarked(trimmed(whole))
    if let choice = choice(range) { return choice }
    if let remainder = remainder(range) { return remainder }
    if let twice = try inWordsToo(range) { return twice }
    if let moment = moment(range) { return moment }
    return try value(range, depth: 0)
  }

  func value(_ whole: Range<Int>, depth: Int) throws(Unreadable) -> AnswerValue {
    let range = trimmed(whole)
    guard !range.isEmpty else { throw Unreadable(reason: "empty") }
    guard depth < 12 else { throw Unreadable(reason: "nested too deeply") }
    if range.count == 1, tokens[range.lowerBound].isCommand("dots") { return .omitted }
    for (name, isUnion) in [("cup", true), ("cap", false)] {
      let parts = split(range) { $0.isCommand(name) }
      if parts.count > 1 {
        let values = try parts.map { piece throws(Unreadable) in try value(piece, depth: depth + 1)
        }
        return isUnion ? .union(values) : .intersection(values)
      }
    }
    if let difference = try difference(range, depth: depth) { return difference }
    if let letters = letters(range) { return letters }
    if let words = plainText(range) { return words }
    if let list = try list(range, depth: depth) { return list }
    if let relation = try relation(range, depth: depth) { return relation }
    if let said = try said(range, depth: depth) { return said }
    if let bracketed = try bracketed(range, depth: depth) { return bracketed }
    if let special = try special(range, depth: depth) { return special }
    return try quantity(range)
  }

  // MARK: Pieces

  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high, isStop(tokens[low]) { low += 1 }
    while high > low, isStop(tokens[high - 1]) { high -= 1 }
    return low..<high
  }

  private func isStop(_ token: AnswerToken) -> Bool {
    token.isSymbol(".") || token.isSymbol(",") || token.isSymbol(";") || token.isSymbol("&")
      || token.isSymbol(3) || token.kind == .word("。")
  }

  func split(_ range: Range<Int>, at isSeparator: (AnswerToken) -> Bool) -> [Range<Int>] {
    var (depth, start) = (0, range.lowerBound)
    var out: [Range<Int>] = []
    for i in range {
      let token = tokens[i]
      if case .symbol(let s) = token.kind {
        if Self.opening.contains(s) { depth += 1 }
        if Self.closing.contains(s) { depth -= 1 }
      }
      if token.isCommand("begin") { depth += 1 }
      if token.isCommand("end") { depth -= 1 }
      if depth == 0, isSeparator(token) {
        out.append(start..<i)
        start = i + 1
      }
    }
    out.append(start..<range.upperBound)
    return out
  }

  static let opening: Set<UInt8> = [.openParen, .openBracket, .openBrace, 1]
  static let closing: Set<UInt8> = [.closeParen, .closeBracket, .closeBrace, 2]

  /// Words of a text as it reads; nil when something else than words stands among them.
  func words(_ range: Range<Int>) -> [String]? {
    var out: [String] = []
    for token in tokens[range] {
      switch token.kind {
      case .word(let word): out.append(word)
      case .letter(let letter): out.append(letter.lowercased())
      case .symbol(let s) where Self.textMarks.contains(s): continue
      default: return nil
      }
    }
    return out
  }

  private static let textMarks: Set<UInt8> = [
    .openParen, .closeParen, .dot, .minus, .apostrophe, .comma, .exclamation, .question, .colon,
    .semicolon, .openBrace, .closeBrace,
  ]

  /// "A and C", "(A), (C)": letters of choices.
  func letters(_ range: Range<Int>) -> AnswerValue? {
    guard range.count <= 40 else { return nil }
    var out: [AnswerValue] = []
    var isParted = true
    if tokens[range].contains(where: { $0.kind == .word("or") }) {
      // One of them: it equals only the same.
      let names = tokens[range].compactMap { token in
        if case .letter(let letter) = token.kind { letter } else { nil }
      }
      let isChoice =
        names.count > 1 && names.allSatisfy { $0.utf8.count == 1 && $0 >= "A" && $0 <= "J" }
      guard isChoice, words(range) != nil else { return nil }
      return .text(names.sorted().joined(separator: " or ").lowercased())
    }
    for token in tokens[range] {
      switch token.kind {
      case .letter(let letter):
        guard isParted, letter.utf8.count == 1, letter >= "A", letter <= "J" else { return nil }
        out.append(.quantity(ExpressionParser.named(letter), nil))
        isParted = false
      case .word("and"), .symbol(.comma), .symbol(.semicolon), .symbol(.ampersand):
        isParted = true
      case .symbol(.openParen), .symbol(.closeParen): continue
      default: return nil
      }
    }
    // "(A, B)" is a tuple or an interval.
    let isTuple =
      tokens[range.lowerBound].isSymbol("(") && range.count > 2
      && !tokens[range.lowerBound + 2].isSymbol(")")
    return out.count > 1 && !isTuple ? .list(out) : nil
  }

  /// A text answer: at least one word and neither numbers nor operators.
  private func plainText(_ range: Range<Int>) -> AnswerValue? {
    guard
      tokens[range].contains(where: {
        if case .word(let word) = $0.kind { word != "infinity" && word != "inf" } else { false }
      }), let words = words(range)
    else { return nil }
    if let number = NumberWords.value(of: words) {
      var quantity = Quantity(Rational(number))
      quantity.isBareInteger = true
      return .quantity(quantity, nil)
    }
    if words.count == 1, let number = NumberWords.chinese(words[0]) {
      return .quantity(Quantity(number), nil)
    }
    if words.count == range.count, Self.realLine.contains(words) { return Self.reals }
    return .text(words.joined(separator: " "))
  }

  private static let realLine: Set<[String]> = [
    ["all", "real", "numbers"], ["all", "reals"], ["any", "real", "number"],
    ["all", "real", "numbers", "x"], ["the", "set", "of", "all", "real", "numbers"],
  ]

  /// The whole line.
  static let reals = AnswerValue.group(
    open: .openParen, close: .closeParen, [.infinity(negative: true), .infinity(negative: false)])

  /// Tokens as a text, for texts that cannot be read any further.
  func spelling(_ range: Range<Int>) -> String {
    var out = ""
    for token in tokens[range] {
      if token.spaceBefore, !out.isEmpty { out += " " }
      out += token.spelling
    }
    return out
  }

  /// "the speed is 5": words, a linking word and one value.
  func said(_ range: Range<Int>, depth: Int) throws(Unreadable) -> AnswerValue? {
    guard
      let at = range.first(where: { i in
        if case .word(let word) = tokens[i].kind { Self.links.contains(word) } else { false }
      }), at > range.lowerBound, at + 1 < range.upperBound
    else { return nil }
    let before = range.lowerBound..<at
    guard let words = words(before), !words.contains(where: UnitPhrase.isNoUnit) else {
      throw Unreadable(reason: "a sentence that is not understood: \(spelling(range))")
    }
    return .named(
      words.joined(separator: " "), try value((at + 1)..<range.upperBound, depth: depth + 1))
  }

  static let links: Set<String> = ["is", "are", "equals", "was", "were"]
}

extension AnswerToken {
  func isSymbol(_ code: UInt8) -> Bool { kind == .symbol(code) }

  /// The token as plain text.
  var spelling: String {
    switch kind {
    case .number: digits
    case .fraction(let upper, let lower): "\(upper)/\(lower)"
    case .letter(let name): name
    case .word(let word): word
    case .command(let name): name
    case .symbol(1): "{"
    case .symbol(2): "}"
    case .symbol(3): "\\\\"
    case .symbol(let code): String(decoding: [code], as: UTF8.self)
    case .currency(let sign): sign
    }
  }
}
