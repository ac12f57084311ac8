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

  private mutating func number(_ token: AnswerToken) throws(Unreadable) -> Quantity {
    let first = Quantity(token.number)
    if token.repeating > 0 {
      return try repeating(token, String(token.digits.suffix(token.repeating)))
    }
    // 0.1\overline{6}, 0.\dot{3}
    if here?.isCommand("overline") ?? false || here?.isCommand("dot") ?? false
      || here?.isCommand("bar") ?? false, token.number.hasPoint || token.hasPointBehind
    {
      return try repeating(token, try repeatingDigits())
    }
    // 0.(3); behind further digits it may be a product: 0.1(6)
    if at + 2 < end, tokens[at].isSymbol("("), !tokens[at].spaceBefore,
      tokens[at + 1].kind == .number, !tokens[at + 1].number.hasPoint,
      tokens[at + 2].isSymbol(")"), token.hasPointBehind || token.number.hasPoint && at + 3 == end
    {
      let digits = tokens[at + 1]
      at += 3
      let periodic = try repeating(token, digits.digits)
      if token.hasPointBehind { return periodic }
      var product = Self.multiply(first, Quantity(digits.number))
      product.periodic = periodic.exact?.rational
      return product
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

  /// The digits under a line.
  private mutating func repeatingDigits() throws(Unreadable) -> String {
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
    return digits
  }

  private func repeating(_ token: AnswerToken, _ digits: String) throws(Unreadable) -> Quantity {
    let count = digits.utf8.count
    guard count > 0, count <= 12, let value = Int(digits), token.number.decimals <= 12,
      let nines = Rational(10).power(count)?.subtracting(.one),
      let scale = token.number.decimals == 0 ? .one : Rational(10).power(token.number.decimals),
      let below = nines.multiplied(by: scale), let part = Rational(value).divided(by: below),
      let sum = token.number.value?.adding(part)
    else { throw Unreadable(reason: "a repeating decimal that does not fit") }
    return Quantity(sum)
  }

  /// A variable, or anything unknown that equals only itself.
  static func named(_ name: String) -> Quantity {
    var out = Quantity(exact: ClosedForm(Polynomial(.variable(name))), approximate: nil)
    out.tree = .variable(name)
    return out
  }

  /// The absolute value of an expression with variables.
  private func absolute(_ value: Quantity) throws(Unreadable) -> Quantity {
    guard let form = value.exact, let term = value.term else {
      throw Unreadable(reason: "an absolute value")
    }
    var out = Quantity(
      exact: ClosedForm(Polynomial(.opaque("|\(form.spelling)|"))), approximate: nil)
    out.tree = .call("abs", term, base: nil)
    return out
  }

  /// Letters that name functions whatever stands in the bracket behind them.
  static func isFunctionName(_ name: String) -> Bool {
    ["f", "g", "h", "F", "G", "H", "varphi", "phi", "psi"].contains(name)
  }

  /// `f(0)`, `g(x)`, `I(0)`: the value of an unknown function, which equals only itself; nil when the bracket makes a
  /// product.
  private mutating func functionValue(_ name: String) throws(Unreadable) -> Quantity? {
    guard isSymbol("("), let token = here, !token.spaceBefore, name != "e", name != "i" else {
      return nil
    }
    // A single number in the bracket: nobody writes a product so.
    let isNumber =
      at + 2 < end && tokens[at + 1].kind == .number && tokens[at + 2].isSymbol(")")
    guard Self.isFunctionName(name) || isNumber else { return nil }
    at += 1
    var arguments: [String] = []
    repeat {
      guard let form = try sum().exact else { throw Unreadable(reason: "an unknown function") }
      arguments.append(form.spelling)
    } while take(",")
    guard take(")") else { throw Unreadable(reason: "a bracket is not closed") }
    return Self.named("\(name)(\(arguments.joined(separator: ",")))")
  }

  private mutating func variable(_ name: String) throws(Unreadable) -> Quantity {
    if name == "e" {
      var out = Quantity(
        exact: ClosedForm(Polynomial(.euler)), approximate: 2.718_281_828_459_045)
      out.tree = .euler
      return out
    }
    if name == "i" {
      return Quantity(exact: ClosedForm(Polynomial(.imaginary)), approximate: nil)
    }
    guard isSymbol("_") else { return Self.named(name) }
    at += 1
    return Self.named(name + "_" + (try subscripted()))
  }

  /// What a subscript says, whole: `a_{n+1}` and `a_{n-1}` are two.
  private mutating func subscripted() throws(Unreadable) -> String {
    guard take("{") else {
      guard let token = here else { throw Unreadable(reason: "a subscript that is cut off") }
      at += 1
      return token.spelling
    }
    // In its canonical form, so that `n+1` is `1+n`.
    var copy = self
    if let form = try? copy.sum().exact, copy.take("}") {
      let isOne = copy.at - at == 2
      let spelling = isOne ? tokens[at].spelling : form.spelling
      at = copy.at
      return spelling
    }
    var (open, text) = (1, "")
    while let token = here {
      at += 1
      if token.isSymbol("{") { open += 1 }
      if token.isSymbol("}") { open -= 1 }
      if open == 0 { return text }
      text += token.spelling + " "
    }
    throw Unreadable(reason: "a subscript that is cut off")
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
      if let derivative = derivative() { return derivative }
      let upper = try argument()
      return try Self.divide(upper, try argument())
    case "sqrt":
      var exponent = Quantity(Rational(1, over: 2) ?? .one)
      if take("[") {
        let degree = try sum()
        guard take("]") else { throw Unreadable(reason: "a bracket is not closed") }
        if let n = degree.exact?.rational, n.int.map({ $0 < 2 || $0 > 64 }) ?? true {
          throw Unreadable(reason: "a root that is not understood")
        }
        exponent = try Self.divide(Quantity(.one), degree)
      }
      let inner = isSymbol("{") || isSymbol("(") ? try primary() : try power()
      return try Self.raise(inner, to: exponent)
    case "fourthroot":
      return try Self.raise(try primary(), to: Quantity(Rational(1, over: 4) ?? .one))
    case "lfloor", "lceil": return try rounded(up: name == "lceil")
    case "cbrt":
      return try Self.raise(try primary(), to: Quantity(Rational(1, over: 3) ?? .one))
    case "pi":
      var out = Quantity(exact: ClosedForm(Polynomial(.pi)), approximate: Double.pi)
      out.tree = .pi
      return out
    case "binom":
      let (n, k) = (try argument(), try argument())
      if !n.isConstant, let k = k.exact?.rational?.int, (0...6).contains(k) {
        // n(n-1)…/k!
        var value = Quantity(.one)
        for i in 0..<k {
          let factor = Self.add(n, Quantity(Rational(-i)))
          value = try Self.divide(Self.multiply(value, factor), Quantity(Rational(i + 1)))
        }
        return value
      }
      if !n.isConstant || !k.isConstant, let x = n.exact, let y = k.exact {
        return Self.named("C(\(x.spelling),\(y.spelling))")
      }
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
    case "sum", "prod": return try series(name)
    case "sin", "cos", "tan", "sec", "csc", "cot", "arcsin", "arccos", "arctan", "log", "ln",
      "exp", "sinh", "cosh", "tanh":
      return try function(name)
    case "vec", "hat", "tilde":
      return try marked(name)
    default:
      throw Unreadable(reason: "\\\(name) is not understood")
    }
  }

  /// `\vec{v}`, `\hat i`: another variable than the letter alone.
  private mutating func marked(_ name: String) throws(Unreadable) -> Quantity {
    let isBraced = take("{")
    guard case .letter(let letter)? = here?.kind else {
      throw Unreadable(reason: "\\\(name) is not understood")
    }
    at += 1
    if isBraced, !take("}") { throw Unreadable(reason: "a bracket is not closed") }
    return try variable("\(name) \(letter)")
  }

  /// `{dy}{dx}`, `{d}{dx}`, `{\partial f}{\partial x}`: no quotient of products; it equals only itself.
  private mutating func derivative() -> Quantity? {
    var names: [String] = []
    var i = at
    for _ in 0..<2 {
      guard i + 2 < end, tokens[i].isSymbol("{"),
        tokens[i + 1].kind == .letter("d") || tokens[i + 1].isCommand("partial"),
        let close = tokens[i..<end].firstIndex(where: { $0.isSymbol("}") }), close - i <= 6
      else { return nil }
      let inner = tokens[(i + 1)..<close]
      let isPlain = inner.allSatisfy { token in
        switch token.kind {
        case .letter, .number, .symbol(.caret), .command("partial"): true
        default: false
        }
      }
      guard isPlain else { return nil }
      names.append(inner.map(\.spelling).joined())
      i = close + 1
    }
    // "d/dx" has a letter behind the second d.
    guard names[1].utf8.count > 1, names[1] != "partial" else { return nil }
    at = i
    return Self.named("\(names[0])/\(names[1])")
  }

  private mutating func function(_ name: String) throws(Unreadable) -> Quantity {
    var base: Quantity?
    var exponent: Quantity?
    if name == "log", take("_") { base = try argument() }
    if take("^") { exponent = try isSymbol("{") ? primary() : signedPower() }
    var name = name
    if exponent?.exact?.rational?.isNegative ?? false {
      guard exponent?.exact?.rational?.int == -1, ["sin", "cos", "tan"].contains(name) else {
        throw Unreadable(reason: "an inverse function")
      }
      name = "arc" + name
      exponent = nil
    }
    let outer = unit
    unit = nil
    var inner = try isSymbol("(") || isSymbol("{") ? primary() : power()
    // "\sin 2x" is the sine of 2x.
    if inner.written != nil {
      while let token = here, token.kind != .letter("e") {
        guard case .letter = token.kind else {
          guard token.isCommand("pi") else { break }
          inner = Self.multiply(inner, try power())
          continue
        }
        inner = Self.multiply(inner, try power())
      }
    }
    let inDegrees = unit?.words == ["°"]
    unit = outer
    var value =
      try Self.hyperbolic(name, inner)
      ?? Functions.apply(name, to: inner, base: base, degrees: inDegrees)
    if let exponent { value = try Self.raise(value, to: exponent) }
    return value
  }

  /// sinh, cosh and tanh by the exponential function.
  private static func hyperbolic(
    _ name: String, _ x: Quantity
  ) throws(Unreadable) -> Quantity? {
    guard ["sinh", "cosh", "tanh"].contains(name) else { return nil }
    let up = Functions.apply("exp", to: x, base: nil, degrees: false)
    let down = Functions.apply("exp", to: negate(x), base: nil, degrees: false)
    let (sine, cosine) = (add(up, negate(down)), add(up, down))
    switch name {
    case "sinh": return try divide(sine, Quantity(Rational(2)))
    case "cosh": return try divide(cosine, Quantity(Rational(2)))
    default: return try divide(sine, cosine)
    }
  }

  /// `\sum_{k=a}^{b} f(k)`: it equals what is written the same up to the order of sums and products, and perhaps others.
  private mutating func series(_ name: String) throws(Unreadable) -> Quantity {
    let unclear = Unreadable(reason: "\\\(name) is not understood")
    guard take("_"), take("{"), case .letter(let index)? = here?.kind else { throw unclear }
    at += 1
    guard take("="), let low = try sum().exact, take("}"), take("^"),
      let high = try argument().exact, let body = try product().exact
    else { throw unclear }
    let spelling = "\(name)[\(index)=\(low.spelling)..\(high.spelling)](\(body.spelling))"
    return Quantity(exact: ClosedForm(Polynomial(.opaque(spelling))), approximate: nil)
  }

  /// `\lfloor x \rfloor` of a constant.
  private mutating func rounded(up: Bool) throws(Unreadable) -> Quantity {
    let inner = try sum()
    guard here?.isCommand(up ? "rceil" : "rfloor") ?? false else {
      throw Unreadable(reason: "a bracket is not closed")
    }
    at += 1
    guard let value = inner.exact?.rational, let (whole, rest) = value.wholeAndRest else {
      throw Unreadable(reason: "a rounded expression")
    }
    return Quantity(Rational(up && !rest.isZero ? whole + 1 : whole))
  }
}
