// Sums, products, powers and functions of an answer, computed while they are read.

struct ExpressionParser {
  static let depthLimit = 120
  let tokens: [AnswerToken]
  var at: Int
  let end: Int
  /// The unit that a sign of money or a degree sign gave.
  var unit: AnswerUnit?
  private var depth = 0

  init(tokens: [AnswerToken], range: Range<Int>) {
    self.tokens = tokens
    at = range.lowerBound
    end = range.upperBound
  }

  private var here: AnswerToken? { at < end ? tokens[at] : nil }
  private func isSymbol(_ character: Unicode.Scalar) -> Bool { here?.isSymbol(character) ?? false }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
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

  private mutating func product() throws(Unreadable) -> Quantity {
    var total = try power()
    while let token = here {
      switch token.kind {
      case .symbol(.star):
        at += 1
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
        if token.spaceBefore, total.written != nil || unit != nil, Units.letters.contains(name),
          restIsUnit
        {
          return total
        }
        total = Self.multiply(total, try power())
      case .symbol(.openParen):
        total = Self.multiply(total, try power())
      case .command(let name)
      where name == "sqrt" || name == "pi" || name == "cbrt" || name == "binom"
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

  /// Whether from here on there are only words, letters, `/`, `^` and numbers: a unit.
  private var restIsUnit: Bool {
    for token in tokens[at..<end] {
      switch token.kind {
      case .letter, .word, .number, .symbol(.slash), .symbol(.caret),
        .symbol(.openBrace), .symbol(.closeBrace), .symbol(.minus):
        continue
      default: return false
      }
    }
    return true
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

  private mutating func signedPower() throws(Unreadable) -> Quantity {
    if take("-") {
      depth += 1
      defer { depth -= 1 }
      guard depth < Self.depthLimit else { throw Unreadable(reason: "nested too deeply") }
      return Self.negate(try signedPower())
    }
    _ = take("+")
    return try power()
  }

  private mutating func power() throws(Unreadable) -> Quantity {
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
        guard let n = base.exact?.rational?.int, n >= 0, n <= 33 else {
          throw Unreadable(reason: "a factorial that does not fit")
        }
        var value: Int128 = 1
        for k in stride(from: 2, through: n, by: 1) { value *= Int128(k) }
        guard let factorial = Rational(value, over: 1) else { return base }
        base = Quantity(factorial)
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

  private mutating func group(_ close: Unicode.Scalar) throws(Unreadable) -> Quantity {
    at += 1
    let value = try sum()
    guard take(close) else { throw Unreadable(reason: "a bracket is not closed") }
    var inner = value
    inner.written = nil
    inner.isBareInteger = false
    return inner
  }

  private mutating func primary() throws(Unreadable) -> Quantity {
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
      return variable(name)
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
      guard let known = value.approximate else { throw Unreadable(reason: "an absolute value") }
      return known < 0 ? Self.negate(value) : value
    case .command(let name): return try command(name)
    case .word(let word): throw Unreadable(reason: "a word in the expression: \(word)")
    default: throw Unreadable(reason: "an expression that is not understood")
    }
  }

  private mutating func number(_ token: AnswerToken) throws(Unreadable) -> Quantity {
    let first = Quantity(token.number)
    // 0.1\overline{6}
    if here?.isCommand("overline") ?? false, token.number.hasPoint || token.digits == "0" {
      return try repeating(token)
    }
    // 1 1/2
    if at + 2 < end, tokens[at].kind == .number, tokens[at].spaceBefore,
      tokens[at + 1].isSymbol("/"), tokens[at + 2].kind == .number,
      let value = WrittenNumber.mixed(
        token.number, tokens[at].number, over: tokens[at + 2].number)
    {
      at += 3
      return Quantity(value)
    }
    return first
  }

  private mutating func repeating(_ token: AnswerToken) throws(Unreadable) -> Quantity {
    at += 1
    var digits = ""
    if take("{") {
      if let inner = here, inner.kind == .number {
        digits = inner.digits
        at += 1
      }
      guard take("}") else { throw Unreadable(reason: "a repeating decimal that is cut off") }
    } else if let inner = here, inner.kind == .number {
      digits = inner.digits
      at += 1
    }
    let count = digits.utf8.count
    guard count > 0, count <= 12, let value = Int(digits), token.number.decimals <= 12,
      let nines = Rational(10).power(count)?.subtracting(.one),
      let scale = token.number.decimals == 0 ? .one : Rational(10).power(token.number.decimals),
      let below = nines.multiplied(by: scale), let part = Rational(value).divided(by: below),
      let sum = token.number.value?.adding(part)
    else { throw Unreadable(reason: "a repeating decimal that does not fit") }
    return Quantity(sum)
  }

  private mutating func variable(_ name: String) -> Quantity {
    if name == "e" {
      return Quantity(exact: ClosedForm(Polynomial(.euler)), approximate: 2.718_281_828_459_045)
    }
    if name == "i" {
      return Quantity(exact: ClosedForm(Polynomial(.imaginary)), approximate: nil)
    }
    var full = name
    // x_1, x_{12}
    if isSymbol("_") {
      at += 1
      let braced = take("{")
      while let token = here {
        switch token.kind {
        case .number: full += "_" + token.digits
        case .letter(let letter): full += "_" + letter
        case .word(let word): full += "_" + word
        default: break
        }
        if braced, token.isSymbol("}") {
          at += 1
          break
        }
        at += 1
        if !braced { break }
      }
    }
    return Quantity(exact: ClosedForm(Polynomial(.variable(full))), approximate: nil)
  }

  private mutating func argument() throws(Unreadable) -> Quantity {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthLimit else { throw Unreadable(reason: "nested too deeply") }
    if isSymbol("{") { return try group("}") }
    guard let token = here else { throw Unreadable(reason: "the expression is cut off") }
    // \frac12: one digit each; \frac1{72}
    if token.kind == .number, token.digits.utf8.count > 1, !token.number.hasPoint {
      throw Unreadable(reason: "digits behind \\frac without braces")
    }
    return try primary()
  }

  private mutating func command(_ name: String) throws(Unreadable) -> Quantity {
    at += 1
    switch name {
    case "frac":
      // \frac12 comes as the one number 12.
      if let token = here, token.kind == .number, token.digits.utf8.count == 2,
        !token.number.hasPoint, let digits = Int(token.digits)
      {
        at += 1
        return try Self.divide(
          Quantity(Rational(digits / 10)), Quantity(Rational(digits % 10)))
      }
      if let token = here, token.kind == .number, token.digits.utf8.count > 1, at + 1 < end,
        !tokens[at + 1].isSymbol("{"), tokens[at + 1].kind != .number
      {
        throw Unreadable(reason: "digits behind \\frac without braces")
      }
      let upper = try argument()
      return try Self.divide(upper, try argument())
    case "sqrt":
      var degree = 2
      if take("[") {
        guard let token = here, let n = token.number.value?.int, n >= 2, n <= 64 else {
          throw Unreadable(reason: "a root that is not understood")
        }
        degree = n
        at += 1
        guard take("]") else { throw Unreadable(reason: "a bracket is not closed") }
      }
      let inner = isSymbol("{") || isSymbol("(") ? try primary() : try power()
      return try Self.raise(
        inner, to: Quantity(Rational(1, over: Int128(degree)) ?? .one))
    case "cbrt":
      return try Self.raise(try primary(), to: Quantity(Rational(1, over: 3) ?? .one))
    case "pi":
      return Quantity(exact: ClosedForm(Polynomial(.pi)), approximate: Double.pi)
    case "binom":
      let (n, k) = (try argument(), try argument())
      guard let n = n.exact?.rational?.int, let k = k.exact?.rational?.int, n >= 0, k >= 0,
        n <= 100
      else { throw Unreadable(reason: "a binomial that is not understood") }
      guard k <= n else { return Quantity(.zero) }
      var value = Rational.one
      for i in 0..<min(k, n - k) {
        guard let next = value.multiplied(by: Rational(n - i))?.divided(by: Rational(i + 1))
        else { throw Unreadable(reason: "a binomial that does not fit") }
        value = next
      }
      return Quantity(value)
    case "sin", "cos", "tan", "sec", "csc", "cot", "arcsin", "arccos", "arctan", "log", "ln",
      "exp":
      return try function(name)
    default:
      throw Unreadable(reason: "\\\(name) is not understood")
    }
  }

  private mutating func function(_ name: String) throws(Unreadable) -> Quantity {
    var base: Quantity?
    var exponent: Quantity?
    if name == "log", take("_") { base = try argument() }
    if take("^") { exponent = try isSymbol("{") ? primary() : signedPower() }
    if exponent?.exact?.rational?.isNegative ?? false {
      throw Unreadable(reason: "an inverse function")
    }
    let outer = unit
    unit = nil
    let inner = try isSymbol("(") || isSymbol("{") ? primary() : power()
    let inDegrees = unit?.words == ["°"]
    unit = outer
    var value = Functions.apply(name, to: inner, base: base, degrees: inDegrees)
    if let exponent { value = try Self.raise(value, to: exponent) }
    return value
  }
}
