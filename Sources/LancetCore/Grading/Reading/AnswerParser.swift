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
  private func answer(_ whole: Range<Int>) throws(Unreadable) -> AnswerValue {
    let range = unmarked(trimmed(whole))
    if let choice = choice(range) { return choice }
    if let remainder = remainder(range) { return remainder }
    if let twice = try inWordsToo(range) { return twice }
    if let moment = moment(range) { return moment }
    return try value(range, depth: 0)
  }

  /// Without an arrow or a colon in front: "=> 5", "→ 5", ": 5".
  private func unmarked(_ range: Range<Int>) -> Range<Int> {
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
  private func remainder(_ range: Range<Int>) -> AnswerValue? {
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
  private func inWordsToo(_ range: Range<Int>) throws(Unreadable) -> AnswerValue? {
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
  private func letters(_ range: Range<Int>) -> AnswerValue? {
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
        if case .word(let word) = $0.kind { word != "infinity" } else { false }
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
    if Self.realLine.contains(words) { return Self.reals }
    return .text(words.joined(separator: " "))
  }

  private static let realLine: Set<[String]> = [
    ["all", "real", "numbers"], ["all", "reals"], ["any", "real", "number"],
    ["all", "real", "numbers", "x"], ["the", "set", "of", "all", "real", "numbers"],
  ]

  /// The whole line.
  static let reals = AnswerValue.group(
    open: .openParen, close: .closeParen, [.infinity(negative: true), .infinity(negative: false)])

  /// `C: 4 apples`, `(C) 4 apples`, `C. 4 apples`, `C) 4 apples`: a letter of choice and its text.
  private func choice(_ range: Range<Int>) -> AnswerValue? {
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
  private func said(_ range: Range<Int>, depth: Int) throws(Unreadable) -> AnswerValue? {
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

  private static let links: Set<String> = ["is", "are", "equals", "was", "were"]

  // MARK: Lists

  private func list(_ range: Range<Int>, depth: Int) throws(Unreadable) -> AnswerValue? {
    // "p=5, q=2; p=7, q=2": semicolons part what commas join.
    let groups = split(range) { $0.isSymbol(";") }.map(trimmed).filter { !$0.isEmpty }
    if groups.count > 1, tokens[range].contains(where: { $0.isSymbol(",") }) {
      return .list(
        try groups.map { piece throws(Unreadable) in try value(piece, depth: depth + 1) })
    }
    if let cases = try cases(range, depth: depth) { return cases }
    var joints: Set<String> = []
    let pieces = split(range) { token in
      switch token.kind {
      case .symbol(.comma), .symbol(.semicolon): return true
      case .word(let word)
      where word == "or" || word == "and" || word == "或" || word == "和"
        || word == "或者" || word == "、" || word == "，" || word == "；" || word == "及":
        joints.insert(word == "或" || word == "或者" ? "or" : word)
        return true
      case .command("vee"), .command("lor"):
        joints.insert("or")
        return true
      case .command("wedge"), .command("land"):
        joints.insert("and")
        return true
      default: return false
      }
    }
    var parts = pieces.map(trimmed).filter { !$0.isEmpty }
    guard parts.count > 1 else { return nil }
    // "72 clips, altogether"
    while parts.count > 1, let last = parts.last, let adverb = words(last),
      adverb.allSatisfy(Self.adverbs.contains)
    {
      parts.removeLast()
    }
    if parts.count == 1 { return try value(parts[0], depth: depth + 1) }
    if parts.count == 2, let compound = try compound(parts[0], parts[1]) { return compound }
    let values = try parts.map { piece throws(Unreadable) in try value(piece, depth: depth + 1) }
    if let joined = Self.joined(values, byOr: joints.contains("or"), byAnd: joints.contains("and"))
    {
      return joined
    }
    if values.count == 2, let decimal = decimalComma(range) {
      return .decimalComma(list: values, decimal)
    }
    return .list(values)
  }

  private static let adverbs: Set<String> = [
    "altogether", "total", "in", "all", "overall", "together", "combined", "respectively",
  ]

  /// "x=1, y=2 or x=3, y=4": several solutions, each the values of the same letters.
  private func cases(_ range: Range<Int>, depth: Int) throws(Unreadable) -> AnswerValue? {
    let pieces = split(range) { $0.kind == .word("or") || $0.isCommand("vee") }.map(trimmed)
    guard pieces.count > 1, tokens[range].contains(where: { $0.isSymbol(",") }) else { return nil }
    var out: [AnswerValue] = []
    var first: Set<String>?
    for piece in pieces where !piece.isEmpty {
      guard tokens[piece].contains(where: { $0.isSymbol("=") }),
        case .list(let members) = try value(piece, depth: depth + 1)
      else { return nil }
      let names = members.compactMap { if case .named(let name, _) = $0 { name } else { nil } }
      guard names.count == members.count, Set(names).count == names.count,
        first == nil || first == Set(names)
      else { return nil }
      first = Set(names)
      out.append(.list(members))
    }
    return out.count > 1 ? .list(out) : nil
  }

  /// "x < 1 or x > 3" is a union, "x > 1 and x < 3" an interval.
  private static func joined(_ values: [AnswerValue], byOr: Bool, byAnd: Bool) -> AnswerValue? {
    guard byOr != byAnd else { return nil }
    var name: String?
    var intervals: [AnswerValue] = []
    for value in values {
      guard case .named(let own, let inner) = value, name == nil || name == own else { return nil }
      guard case .group = inner else { return nil }
      name = own
      intervals.append(inner)
    }
    guard let name else { return nil }
    if byOr { return .named(name, .union(intervals)) }
    guard intervals.count == 2,
      case .group(let o1, let c1, let first) = intervals[0],
      case .group(let o2, let c2, let second) = intervals[1], first.count == 2, second.count == 2
    else { return .named(name, .intersection(intervals)) }
    if case .infinity = first[0], case .infinity = second[1] {
      return .named(name, .group(open: o2, close: c1, [second[0], first[1]]))
    }
    if case .infinity = first[1], case .infinity = second[0] {
      return .named(name, .group(open: o1, close: c2, [first[0], second[1]]))
    }
    return .named(name, .intersection(intervals))
  }

  /// "5 hours and 30 minutes": one quantity in two units of one dimension.
  private func compound(_ a: Range<Int>, _ b: Range<Int>) throws(Unreadable) -> AnswerValue? {
    guard case .quantity(let x, let u?) = try? quantity(a),
      case .quantity(let y, let v?) = try? quantity(b)
    else { return nil }
    return Self.sum(x, u, y, v)
  }

  static func sum(_ x: Quantity, _ u: AnswerUnit, _ y: Quantity, _ v: AnswerUnit) -> AnswerValue? {
    guard let large = u.known, let small = v.known, large.dimension == small.dimension,
      small.factor.isLess(than: large.factor), let part = small.factor.divided(by: large.factor)
    else { return nil }
    return .quantity(
      ExpressionParser.add(x, ExpressionParser.multiply(y, Quantity(part))), u)
  }
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
