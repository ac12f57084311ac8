// Sums, products, powers and functions of an answer, computed while they are read.

struct ExpressionParser {
  static let depthLimit = 120
  let tokens: [AnswerToken]
  var at: Int
  let end: Int
  /// The unit that a sign of money or a degree sign gave.
  var unit: AnswerUnit?
  var depth = 0

  init(tokens: [AnswerToken], range: Range<Int>) {
    self.tokens = tokens
    at = range.lowerBound
    end = range.upperBound
  }

  var here: AnswerToken? { at < end ? tokens[at] : nil }
  func isSymbol(_ character: Unicode.Scalar) -> Bool { here?.isSymbol(character) ?? false }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard isSymbol(character) else { return false }
    at += 1
    return true
  }

  mutating func sum() throws(Unreadable) -> Quantity {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthLimit else { throw Unreadable(reason: "nested too deeply") }
    var total: Quantity
    if take("-") {
      total = Self.negate(try product())
    } else {
      _ = take("+")
      total = try product()
    }
    while true {
      if take("+") {
        total = Self.add(total, try product())
      } else if take("-") {
        total = Self.add(total, Self.negate(try product()))
      } else {
        return total
      }
    }
  }

  mutating func product() throws(Unreadable) -> Quantity {
    var total = try power()
    while let token = here {
      switch token.kind {
      case .symbol(.star):
        at += 1
        // "*5* + 1" is emphasis.
        if isSymbol("+") { throw Unreadable(reason: "two signs of operation") }
        total = Self.multiply(total, try signedPower())
      case .symbol(.slash):
        if at + 1 < end, case .word = tokens[at + 1].kind { return total }
        at += 1
        total = try Self.divide(total, try signedPower())
      case .fraction(let upper, let lower):
        at += 1
        guard let value = Rational(Int128(upper), over: Int128(lower)) else { return total }
        total =
          total.isBareInteger
          ? Self.add(total, Quantity(value)) : Self.multiply(total, Quantity(value))
      case .command("frac"):
        let before = at
        let right = try power()
        if total.isBareInteger, isPlainFraction(before..<at) {
          total = Self.add(total, right)
        } else {
          total = Self.multiply(total, right)
        }
      case .letter(let name):
        if unit?.words == ["°"], "CFK".contains(name) { return total }
        // "1000.5m²": behind a decimal it is measured.
        if name == "m", total.written?.hasPoint ?? false, at + 1 < end,
          tokens[at + 1].isSymbol("^"),
          restIsUnit
        {
          return total
        }
        // "1 h 15 min"
        if token.spaceBefore, total.written != nil, Units.known(name) != nil, at + 2 < end,
          tokens[at + 1].kind == .number, tokens[at + 1].spaceBefore
        {
          return total
        }
        // "$1.2B"
        if !token.spaceBefore, unit?.known?.dimension == "money", Self.moneyScales[name] != nil,
          total.written != nil
        {
          return total
        }
        if token.spaceBefore, total.written != nil || unit != nil, Units.letters.contains(name),
          restIsUnit
        {
          return total
        }
        total = Self.multiply(total, try power())
      case .symbol(.openParen):
        // "9 (apples)", "9 (m^2)"
        if at + 1 < end, case .word = tokens[at + 1].kind { return total }
        if token.spaceBefore, total.written != nil, restIsUnit { return total }
        let factor = try power()
        // "18 (9*2)": the same value once more.
        if token.spaceBefore, total.written != nil, at == end,
          AnswerComparison.values(total, factor).isEqual
        {
          return total
        }
        total = Self.multiply(total, factor)
      case .command(let name)
      where name == "sqrt" || name == "pi" || name == "cbrt" || name == "binom" || name == "vec"
        || name == "hat" || name == "tilde"
        || AnswerWords.functions.contains(name) && name != "infty" && name != "pm":
        total = Self.multiply(total, try power())
      case .number:
        // "x 5", ")5": only behind something that is no number.
        guard total.written == nil, !token.spaceBefore, at > 0, tokens[at - 1].isSymbol(")")
        else { return total }
        total = Self.multiply(total, try power())
      default: return total
      }
    }
    return total
  }

  /// Letters behind a sum of money.
  static let moneyScales: [String: Int] = ["k": 3, "K": 3, "M": 6, "B": 9, "T": 12]

  /// Whether everything from here on is a unit.
  private var restIsUnit: Bool {
    (try? UnitPhrase(tokens: tokens).words(at..<end, before: unit)) != nil
  }

  /// Whether these tokens are `\frac` of two whole numbers, as in a mixed number.
  private func isPlainFraction(_ range: Range<Int>) -> Bool {
    for token in tokens[range] {
      switch token.kind {
      case .command("frac"), .symbol(.openBrace), .symbol(.closeBrace): continue
      case .number where !token.number.hasPoint: continue
      default: return false
      }
    }
    return true
  }

  mutating func signedPower() throws(Unreadable) -> Quantity {
    if take("-") {
      depth += 1
      defer { depth -= 1 }
      guard depth < Self.depthLimit else { throw Unreadable(reason: "nested too deeply") }
      return Self.negate(try signedPower())
    }
    _ = take("+")
    return try power()
  }

  mutating func power() throws(Unreadable) -> Quantity {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthLimit else { throw Unreadable(reason: "nested too deeply") }
    var base = try primary()
    while let token = here {
      if token.isSymbol("^") {
        at += 1
        if here?.isCommand("degree") ?? false {
          at += 1
          unit = AnswerUnit(words: ["°"], known: Units.known("°"))
          continue
        }
        if isSymbol("{"), at + 2 < end, tokens[at + 1].isCommand("degree"),
          tokens[at + 2].isSymbol("}")
        {
          at += 3
          unit = AnswerUnit(words: ["°"], known: Units.known("°"))
          continue
        }
        if here?.isCommand("prime") ?? false { throw Unreadable(reason: "a derivative") }
        let exponent = isSymbol("{") ? try primary() : try signedPower()
        base = try Self.raise(base, to: exponent)
      } else if token.isCommand("degree") {
        at += 1
        unit = AnswerUnit(words: ["°"], known: Units.known("°"))
      } else if token.isSymbol("%") {
        at += 1
        base = Self.percent(base)
      } else if token.isSymbol("!") {
        at += 1
        if !base.isConstant, let form = base.exact {
          base = Self.named("(\(form.spelling))!")
          continue
        }
        guard let n = base.exact?.rational?.int, n >= 0, n <= 33 else {
          throw Unreadable(reason: "a factorial that does not fit")
        }
        var value: Int128 = 1
        for k in stride(from: 2, through: n, by: 1) { value *= Int128(k) }
        guard let factorial = Rational(value, over: 1) else { return base }
        let plain = base.written == nil ? nil : base.exact?.rational
        base = Quantity(factorial)
        base.plain = plain
        base.isFactorial = true
      } else {
        return base
      }
    }
    return base
  }

  static func percent(_ base: Quantity) -> Quantity {
    var out = multiply(base, Quantity(Rational(1, over: 100) ?? .zero))
    out.plain = base.exact?.rational
    out.isPercent = true
    return out
  }

  mutating func group(_ close: Unicode.Scalar) throws(Unreadable) -> Quantity {
    at += 1
    let value = try sum()
    guard take(close) else { throw Unreadable(reason: "a bracket is not closed") }
    var inner = value
    inner.written = nil
    inner.isBareInteger = false
    return inner
  }

  mutating func primary() throws(Unreadable) -> Quantity {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthLimit else { throw Unreadable(reason: "nested too deeply") }
    guard let token = here else { throw Unreadable(reason: "the expression is cut off") }
    switch token.kind {
    case .number:
      at += 1
      return try number(token)
    case .fraction(let upper, let lower):
      at += 1
      return Quantity(Rational(Int128(upper), over: Int128(lower)) ?? .zero)
    case .letter(let name):
      at += 1
      if let value = try functionValue(name) { return value }
      return try variable(name)
    case .currency(let sign):
      at += 1
      unit = AnswerUnit(words: [sign], known: Units.known(sign))
      if take("-") { return Self.negate(try primary()) }
      return try primary()
    case .symbol(.openParen): return try group(")")
    case .symbol(.openBracket): return try group("]")
    case .symbol(.openBrace): return try group("}")
    case .symbol(.bar):
      let value = try group("|")
      guard let known = value.approximate else { return try absolute(value) }
      return known < 0 ? Self.negate(value) : value
    case .command(let name): return try command(name)
    case .word(let word): throw Unreadable(reason: "a word in the expression: \(word)")
    default: throw Unreadable(reason: "an expression that is not understood")
    }
  }
}
