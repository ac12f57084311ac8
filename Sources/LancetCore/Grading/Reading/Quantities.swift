// Numbers and expressions with what stands around them: openers such as "about", scales such as "million", units.

extension AnswerParser {
  private static let openers: Set<String> = [
    "about", "approximately", "exactly", "around", "roughly", "us", "usd", "only", "just", "total",
    "a", "the", "of", "is", "rs", "about:", "answer", "nt", "hk", "au", "ca", "eur", "total:",
  ]
  private static let moneyWords = ["usd": "$", "eur": "€", "rs": "₹"]
  private static let scales: [String: Int] = [
    "hundred": 2, "thousand": 3, "million": 6, "millions": 6, "billion": 9, "billions": 9,
    "trillion": 12, "万": 4, "亿": 8,
  ]

  private static let plainUnits: Set<String> = [
    "unit", "units", "square", "sq", "cubic", "cu", "per", "an", "a",
  ]

  func quantity(_ range: Range<Int>) throws(Unreadable) -> AnswerValue {
    var low = range.lowerBound
    var money: AnswerUnit?
    // "about 5", "US$ 5"
    while low < range.upperBound, low - range.lowerBound < 3,
      case .word(let word) = tokens[low].kind,
      Self.openers.contains(word)
    {
      low += 1
      if let sign = Self.moneyWords[word] {
        money = AnswerUnit(words: [sign], known: Units.known(sign))
      }
      // "Rs. 50"
      if word == "rs", low + 1 < range.upperBound, tokens[low].isSymbol(".") { low += 1 }
    }
    var parser = ExpressionParser(tokens: tokens, range: low..<range.upperBound)
    var quantity = try parser.sum()
    var unit = parser.unit ?? money
    var at = parser.at
    if let (scaled, next) = try scaled(quantity, at, range.upperBound) {
      (quantity, at) = (scaled, next)
    }
    guard at < range.upperBound else { return .quantity(quantity, unit) }
    if let compound = try compound(quantity, unit, at..<range.upperBound) { return compound }
    let words = try UnitPhrase(tokens: tokens).words(at..<range.upperBound, before: unit)
    guard !words.isEmpty else {
      throw Unreadable(reason: "\"\(spelling(at..<range.upperBound))\" is left over")
    }
    // "$18 dollars"
    if words.count == 1, let money = unit?.known, Units.known(words[0])?.name == money.name {
      return .quantity(quantity, unit)
    }
    unit = UnitPhrase.unit(words, before: unit)
    // What stands behind letters may be a name of anything: only measures are units of them.
    guard quantity.isConstant || unit?.known != nil || words.allSatisfy(Self.plainUnits.contains)
    else {
      throw Unreadable(reason: "\"\(spelling(at..<range.upperBound))\" is left over")
    }
    return .quantity(quantity, unit)
  }

  /// "3 million", "25 percent", "2 dozen": the quantity they make and what is behind.
  private func scaled(
    _ quantity: Quantity, _ at: Int, _ end: Int
  ) throws(Unreadable) -> (Quantity, Int)? {
    if at < end, at > 0, case .letter(let letter) = tokens[at].kind, !tokens[at].spaceBefore,
      tokens[at - 1].kind == .number, let scale = ExpressionParser.moneyScales[letter],
      let factor = Rational(10).power(scale), tokens[..<at].contains(where: \.isMoney)
    {
      var out = ExpressionParser.multiply(quantity, Quantity(factor))
      out.plain = quantity.exact?.rational
      return (out, at + 1)
    }
    guard at < end, case .word(let word) = tokens[at].kind else { return nil }
    if word == "percent" || word == "percentage" || word == "pct" {
      return (ExpressionParser.percent(quantity), at + 1)
    }
    if word == "per", at + 1 < end, tokens[at + 1].kind == .word("cent") {
      return (ExpressionParser.percent(quantity), at + 2)
    }
    let factor: Rational? =
      if let scale = Self.scales[word] {
        Rational(10).power(scale)
      } else if word == "dozen" {
        Rational(12)
      } else {
        nil
      }
    guard let factor else { return nil }
    var out = ExpressionParser.multiply(quantity, Quantity(factor))
    out.plain = quantity.exact?.rational
    return (out, at + 1)
  }

  /// The known unit that a token is.
  private func measure(_ at: Int) -> KnownUnit? {
    switch tokens[at].kind {
    case .word(let word): Units.known(UnitPhrase.chineseNames[word] ?? word)
    case .letter(let letter) where tokens[at].spaceBefore: Units.known(letter)
    default: nil
    }
  }

  /// "5 hours 30 minutes", "5 ft 3 in": a second number behind a unit of the same dimension.
  private func compound(
    _ quantity: Quantity, _ before: AnswerUnit?, _ rest: Range<Int>
  ) throws(Unreadable) -> AnswerValue? {
    guard before == nil, rest.count <= 12,
      let next = rest.first(where: { tokens[$0].kind == .number }), next > rest.lowerBound,
      tokens[next].spaceBefore || UnitPhrase.isChinese(tokens[next - 1]),
      rest.lowerBound + 1 == next, let large = measure(rest.lowerBound),
      case .quantity(let part, let small?) = try self.quantity(next..<rest.upperBound)
    else { return nil }
    return Self.sum(quantity, AnswerUnit(words: [large.name], known: large), part, small)
  }
}

extension AnswerToken {
  fileprivate var isMoney: Bool {
    if case .currency(let sign) = kind { Units.known(sign)?.dimension == "money" } else { false }
  }
}
