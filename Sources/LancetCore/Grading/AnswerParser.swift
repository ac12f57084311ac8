// The structure around the expressions of an answer: lists, tuples, intervals, sets, unions, equations, units, text.

struct AnswerParser {
  static let byteLimit = 4000
  private let tokens: [AnswerToken]

  /// Reads an answer.
  static func parse(_ text: String) throws(Unreadable) -> AnswerValue {
    guard text.utf8.count <= byteLimit else { throw Unreadable(reason: "too long") }
    let parser = AnswerParser(tokens: try AnswerLexer.tokens(of: text))
    return try parser.value(0..<parser.tokens.count, depth: 0)
  }

  private func value(_ whole: Range<Int>, depth: Int) throws(Unreadable) -> AnswerValue {
    let range = trimmed(whole)
    guard !range.isEmpty else { throw Unreadable(reason: "empty") }
    guard depth < 12 else { throw Unreadable(reason: "nested too deeply") }
    let unions = split(range) { $0.isCommand("cup") }
    if unions.count > 1 {
      return .union(
        try unions.map { piece throws(Unreadable) in try value(piece, depth: depth + 1) })
    }
    if let words = plainText(range) { return words }
    let parts = split(range) {
      $0.isSymbol(",") || $0.isSymbol(";") || $0.kind == .word("or") || $0.kind == .word("and")
    }.map(trimmed).filter { !$0.isEmpty }
    if parts.count > 1 {
      return .list(try parts.map { piece throws(Unreadable) in try value(piece, depth: depth + 1) })
    }
    if let relation = try relation(range, depth: depth) { return relation }
    if let bracketed = try bracketed(range, depth: depth) { return bracketed }
    if let special = try special(range, depth: depth) { return special }
    return try quantity(range)
  }

  // MARK: Pieces

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high, isStop(tokens[low]) { low += 1 }
    while high > low, isStop(tokens[high - 1]) || tokens[high - 1].isSymbol("*") { high -= 1 }
    return low..<high
  }

  private func isStop(_ token: AnswerToken) -> Bool {
    token.isSymbol(".") || token.isSymbol(",") || token.isSymbol(";") || token.isSymbol("&")
      || token.isSymbol("?") || token.isSymbol(3)
  }

  private func split(_ range: Range<Int>, at isSeparator: (AnswerToken) -> Bool) -> [Range<Int>] {
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

  private static let opening: Set<UInt8> = [40, 91, 123, 1]
  private static let closing: Set<UInt8> = [41, 93, 125, 2]

  /// A text answer: at least one word and neither numbers nor operators.
  private func plainText(_ range: Range<Int>) -> AnswerValue? {
    var words: [String] = []
    var hasWord = false
    for token in tokens[range] {
      switch token.kind {
      case .word(let word):
        if word == "infinity" { return nil }
        hasWord = true
        words.append(word)
      case .letter(let letter): words.append(letter.lowercased())
      case .symbol(let s)
      where s == .openParen || s == .closeParen || s == .dot || s == .minus || s == .apostrophe
        || s == .comma || s == .exclamation || s == .question
        || s == .colon || s == .openBrace || s == .closeBrace:
        continue
      default: return nil
      }
    }
    return hasWord ? .text(words.joined(separator: " ")) : nil
  }

  private func relation(_ range: Range<Int>, depth: Int) throws(Unreadable) -> AnswerValue? {
    var operators: [String] = []
    let pieces = split(range) { token in
      switch token.kind {
      case .symbol(.equals), .command("in"), .command("approx"):
        operators.append("=")
      case .symbol(.less): operators.append("<")
      case .symbol(.greater): operators.append(">")
      case .command("le"): operators.append("<=")
      case .command("ge"): operators.append(">=")
      case .command("ne"): operators.append("!=")
      case .command("equiv"): operators.append("!=")
      default: return false
      }
      return true
    }
    guard pieces.count > 1 else { return nil }
    if operators.contains("!=") { throw Unreadable(reason: "a relation that is not understood") }
    if operators.allSatisfy({ $0 == "=" }) { return try equality(pieces, depth: depth) }
    guard !operators.contains("=") else {
      throw Unreadable(reason: "a relation that is not understood")
    }
    return try inequality(pieces, operators)
  }

  private func equality(_ pieces: [Range<Int>], depth: Int) throws(Unreadable) -> AnswerValue {
    let parts = pieces.map(trimmed)
    guard let first = parts.first, let last = parts.last else { throw Unreadable(reason: "empty") }
    if first.isEmpty { return try value(last, depth: depth + 1) }  // "= 5"
    if let name = name(first) { return .named(name, try value(last, depth: depth + 1)) }
    if parts.count == 2, let name = name(last),
      case .quantity(let q, _) = try? value(
        first, depth: depth + 1), q.exact?.variables.isEmpty ?? true
    {
      return .named(name, try value(first, depth: depth + 1))
    }
    guard case .quantity(let left, _) = try value(first, depth: depth + 1),
      case .quantity(let right, let unit) = try value(last, depth: depth + 1)
    else { throw Unreadable(reason: "an equation that is not understood") }
    if left.exact?.variables.isEmpty ?? true { return .quantity(right, unit) }
    return .equation(left, right)
  }

  /// The left side of `name = value`: a variable, `f(x)` or words.
  private func name(_ range: Range<Int>) -> String? {
    guard let first = range.first, range.count <= 12 else { return nil }
    let rest = tokens[(first + 1)..<range.upperBound]
    if case .letter(let letter) = tokens[first].kind {
      if letter == "e" || letter == "i" { return nil }
      if rest.isEmpty { return letter }
      // f(x), x_1, x_{12}
      if rest.first?.isSymbol("_") ?? false, rest.count <= 4 {
        return letter + rest.map { $0.kind == .number ? $0.digits : "" }.joined()
      }
      if rest.count == 3, rest.first?.isSymbol("(") ?? false, rest.last?.isSymbol(")") ?? false,
        case .letter = tokens[first + 2].kind, "fghFGHPp".contains(letter)
      {
        return letter
      }
      return nil
    }
    var words: [String] = []
    for token in tokens[range] {
      switch token.kind {
      case .word(let word): words.append(word)
      case .letter(let letter): words.append(letter)
      default: return nil
      }
    }
    guard words.contains(where: { $0.utf8.count > 1 }) else { return nil }
    return words.joined(separator: " ")
  }

  /// `x < 5`, `1 <= x < 2` as the interval they describe.
  private func inequality(
    _ pieces: [Range<Int>], _ operators: [String]
  ) throws(Unreadable) -> AnswerValue {
    let unclear = Unreadable(reason: "an inequality that is not understood")
    func isName(_ range: Range<Int>) -> Bool { name(trimmed(range)) != nil }
    func constant(_ range: Range<Int>) throws(Unreadable) -> AnswerValue {
      let value = try value(range, depth: 4)
      switch value {
      case .infinity: return value
      case .quantity(let q, _) where q.exact?.variables.isEmpty ?? true: return value
      default: throw unclear
      }
    }
    func isLess(_ op: String) -> Bool { op == "<" || op == "<=" }
    func bracket(_ op: String, low: Bool) -> UInt8 {
      op.utf8.count == 2 ? (low ? 91 : 93) : (low ? 40 : 41)
    }
    if pieces.count == 2 {
      let nameFirst = isName(pieces[0])
      guard nameFirst != isName(pieces[1]) else { throw unclear }
      let bound = try constant(nameFirst ? pieces[1] : pieces[0])
      let isUpper = isLess(operators[0]) == nameFirst
      return isUpper
        ? .group(
          open: 40, close: bracket(operators[0], low: false), [.infinity(negative: true), bound])
        : .group(
          open: bracket(operators[0], low: true), close: 41, [bound, .infinity(negative: false)])
    }
    guard pieces.count == 3, isName(pieces[1]), isLess(operators[0]) == isLess(operators[1]) else {
      throw unclear
    }
    let (a, b) = (try constant(pieces[0]), try constant(pieces[2]))
    let up = isLess(operators[0])
    return .group(
      open: bracket(operators[up ? 0 : 1], low: true),
      close: bracket(operators[up ? 1 : 0], low: false), up ? [a, b] : [b, a])
  }

  private func bracketed(_ range: Range<Int>, depth: Int) throws(Unreadable) -> AnswerValue? {
    guard case .symbol(let open) = tokens[range.lowerBound].kind, Self.opening.contains(open),
      let close = match(range.lowerBound, range.upperBound)
    else { return nil }
    let inner = (range.lowerBound + 1)..<close
    if close < range.upperBound - 1 {
      // "(A) 5 cm"
      if open == .openParen, inner.count == 1,
        case .letter(let letter) = tokens[inner.lowerBound].kind,
        let scalar = letter.utf8.first, letter.utf8.count == 1, scalar >= UInt8(ascii: "A"),
        scalar <= UInt8(ascii: "J"),
        case .symbol(.closeParen) = tokens[close].kind
      {
        return .choice(letter, try value((close + 1)..<range.upperBound, depth: depth + 1))
      }
      return nil
    }
    guard case .symbol(let shut) = tokens[close].kind else { return nil }
    if open == 1 {
      guard shut == 2 else { throw Unreadable(reason: "a bracket is not closed") }
      if inner.isEmpty { return .set([]) }
      let parts = split(inner) { $0.isSymbol(",") || $0.isSymbol(";") }
      return .set(try parts.map { piece throws(Unreadable) in try value(piece, depth: depth + 1) })
    }
    let parts = split(inner) { $0.isSymbol(",") || $0.isSymbol(";") }
    if parts.count > 1 {
      if open == .openBrace {
        return .set(
          try parts.map { piece throws(Unreadable) in try value(piece, depth: depth + 1) })
      }
      return .group(
        open: open, close: shut,
        try parts.map { piece throws(Unreadable) in try value(piece, depth: depth + 1) })
    }
    if open == .openBrace || open == .openParen {
      return try value(inner, depth: depth + 1)
    }
    return nil
  }

  /// The closing bracket for the opening one at `at`; a half-open interval may mix round and square ones.
  private func match(_ at: Int, _ end: Int) -> Int? {
    var depth = 0
    for i in at..<end {
      guard case .symbol(let s) = tokens[i].kind else { continue }
      if Self.opening.contains(s) { depth += 1 }
      if Self.closing.contains(s) {
        depth -= 1
        if depth == 0 { return i }
      }
    }
    return nil
  }

  private func special(_ range: Range<Int>, depth: Int) throws(Unreadable) -> AnswerValue? {
    let slice = tokens[range]
    if slice.contains(where: { $0.isCommand("begin") }) { return try matrix(range, depth: depth) }
    if slice.contains(where: { $0.isCommand("infty") || $0.kind == .word("infinity") }) {
      var rest = Array(slice)
      var negative = false
      if let first = rest.first, first.isSymbol("-") || first.isSymbol("+") {
        negative = first.isSymbol("-")
        rest.removeFirst()
      }
      guard rest.count == 1 else { throw Unreadable(reason: "infinity in an expression") }
      return .infinity(negative: negative)
    }
    if let at = range.first(where: { tokens[$0].isCommand("pm") }) {
      let left = range.lowerBound..<at
      let right = (at + 1)..<range.upperBound
      guard !tokens[right].contains(where: { $0.isCommand("pm") }) else {
        throw Unreadable(reason: "several ±")
      }
      return try plusMinus(left, right)
    }
    if slice.count >= 1, slice.first?.isCommand("emptyset") ?? false { return .set([]) }
    // 1011_2, 1011_{2}
    if range.count == 3 || range.count == 5, slice.first?.kind == .number,
      tokens[range.lowerBound + 1].isSymbol("_")
    {
      let base = tokens[range.lowerBound + (range.count == 3 ? 2 : 3)]
      if base.kind == .number, let b = Int(base.digits), let first = slice.first {
        return .based(first.digits, base: b)
      }
    }
    let ratio = split(range) { $0.isSymbol(":") }
    if ratio.count > 1 {
      return .ratio(
        try ratio.map { piece throws(Unreadable) in try value(piece, depth: depth + 1) })
    }
    return nil
  }

  private func plusMinus(
    _ left: Range<Int>, _ right: Range<Int>
  ) throws(Unreadable) -> AnswerValue {
    // a ± b is split where the sum splits; anything more complicated is refused.
    var parser = ExpressionParser(tokens: tokens, range: right)
    let part = try parser.sum()
    guard parser.at == right.upperBound else { throw Unreadable(reason: "± in an expression") }
    if left.isEmpty {
      return .list([.quantity(part, nil), .quantity(ExpressionParser.negate(part), nil)])
    }
    var before = ExpressionParser(tokens: tokens, range: left)
    let middle = try before.sum()
    guard before.at == left.upperBound else { throw Unreadable(reason: "± in an expression") }
    return .list([
      .quantity(ExpressionParser.add(middle, part), nil),
      .quantity(ExpressionParser.add(middle, ExpressionParser.negate(part)), nil),
    ])
  }

  private func matrix(_ range: Range<Int>, depth: Int) throws(Unreadable) -> AnswerValue {
    let unclear = Unreadable(reason: "an environment that is not understood")
    guard tokens[range.lowerBound].isCommand("begin"), range.count >= 8 else { throw unclear }
    var start = range.lowerBound
    while start < range.upperBound, !tokens[start].isSymbol("}") { start += 1 }
    guard let end = range.last(where: { tokens[$0].isCommand("end") }), start + 1 < end else {
      throw unclear
    }
    let kind = tokens[range.lowerBound..<start].contains {
      if case .word(let word) = $0.kind { word.hasSuffix("matrix") } else { false }
    }
    guard kind, end + 4 >= range.upperBound else { throw unclear }
    var rows: [[AnswerValue]] = []
    for row in split((start + 1)..<end, at: { $0.isSymbol(3) }) where !row.isEmpty {
      rows.append(
        try split(row) { $0.isSymbol("&") }.map { piece throws(Unreadable) in
          try value(piece, depth: depth + 1)
        })
    }
    return .matrix(rows)
  }

  // MARK: Numbers with units

  private func quantity(_ range: Range<Int>) throws(Unreadable) -> AnswerValue {
    var low = range.lowerBound
    // "about 5", "US$ 5"
    while low < range.upperBound, case .word(let word) = tokens[low].kind,
      Self.openers.contains(word)
    {
      low += 1
    }
    var parser = ExpressionParser(tokens: tokens, range: low..<range.upperBound)
    var quantity = try parser.sum()
    var unit = parser.unit
    var words: [String] = []
    var i = parser.at
    while i < range.upperBound {
      let token = tokens[i]
      switch token.kind {
      case .word(let word): words.append(word)
      case .letter(let letter): words.append(letter)
      case .currency(let sign): words.append(sign)
      case .number where !words.isEmpty: words.append(token.digits)
      case .symbol(let s)
      where words.isEmpty && (s == .openBrace || s == .closeBrace || s == .caret || s == .star):
        throw Unreadable(reason: "an expression that is not understood")
      case .symbol(let s)
      where s == .slash || s == .caret || s == .minus || s == .openBrace || s == .closeBrace
        || s == .dot
        || s == .apostrophe || s == .openParen || s == .closeParen || s == .star:
        if s == .slash || s == .caret { words.append(String(decoding: [s], as: UTF8.self)) }
      default: throw Unreadable(reason: "an expression that is not understood")
      }
      i += 1
    }
    if let first = words.first {
      if let scale = Self.scales[first], let by = Rational(10).power(scale) {
        let plain = quantity.exact?.rational
        quantity = ExpressionParser.multiply(quantity, Quantity(by))
        quantity.plain = plain
        words.removeFirst()
      } else if first == "percent" || first == "percentage" {
        quantity = ExpressionParser.percent(quantity)
        words.removeFirst()
      }
    }
    if !words.isEmpty {
      if let money = unit?.words.first, words.count == 1, Units.known(words[0])?.name == "$",
        money == "$"
      {
        words = ["$"]
      }
      unit = Self.unit(words, before: unit)
    }
    return .quantity(quantity, unit)
  }

  private static let openers: Set<String> = [
    "about", "approximately", "exactly", "around", "roughly", "us", "usd", "only", "just", "total",
    "a", "the", "of", "is", "rs",
  ]
  private static let scales: [String: Int] = [
    "hundred": 2, "thousand": 3, "million": 6, "millions": 6, "billion": 9, "trillion": 12,
  ]

  private static func unit(_ raw: [String], before: AnswerUnit?) -> AnswerUnit {
    var words = raw
    if let before { words = before.words + words }
    var square = ""
    if let first = words.first, words.count > 1 {
      if first == "square" || first == "sq" {
        square = "^2"
        words.removeFirst()
      } else if first == "cubic" || first == "cu" {
        square = "^3"
        words.removeFirst()
      }
    }
    if words.count == 3, words[1] == "^" {
      square = "^" + words[2]
      words = [words[0]]
    } else if words.count == 2, words[1] == "squared" || words[1] == "cubed" {
      square = words[1] == "squared" ? "^2" : "^3"
      words = [words[0]]
    }
    if words.count == 1, let known = Units.known(words[0]) {
      guard !square.isEmpty else { return AnswerUnit(words: [known.name], known: known) }
      let power = square == "^2" ? 2 : 3
      let factor = known.factor.power(power) ?? known.factor
      let name = known.name + square
      return AnswerUnit(
        words: [name],
        known: KnownUnit(name: name, dimension: known.dimension + square, factor: factor))
    }
    let plain = words.filter { $0 != "of" && $0 != "a" && $0 != "the" && $0 != "each" }.map {
      word in
      let known = Units.known(word)?.name
      if let known { return known }
      if word == "/" || word == "an" { return "per" }
      return word.utf8.count > 3 && word.hasSuffix("s") ? String(word.dropLast()) : word
    }
    return AnswerUnit(words: plain.isEmpty ? words : plain, known: nil)
  }
}

extension AnswerToken {
  func isSymbol(_ code: UInt8) -> Bool { kind == .symbol(code) }
}
