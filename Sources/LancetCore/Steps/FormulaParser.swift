// Tokens to a formula: the whole of them or nothing.

/// What is read in two ways: people write `1/2x`, `-2^2`, `3\frac{1}{2}`, `\log x` and `5\%` with either meaning.
struct FormulaReading: OptionSet {
  let rawValue: UInt8

  /// `a/bc` divides by bc.
  static let slashTakesAll = FormulaReading(rawValue: 1)
  /// `-2^2` is (−2)².
  static let signBindsTighter = FormulaReading(rawValue: 2)
  /// `3\frac{1}{2}` is a product.
  static let fractionIsFactor = FormulaReading(rawValue: 4)
  /// `\log` is natural.
  static let logIsNatural = FormulaReading(rawValue: 8)
  /// `5\%` is 5.
  static let percentIsUnit = FormulaReading(rawValue: 16)
  /// `\sin 45` is in degrees though it does not say so.
  static let angleIsInDegrees = FormulaReading(rawValue: 32)
  /// `\pm` is −: no doubt, but the other of two values.
  static let lowerSign = FormulaReading(rawValue: 64)
}

/// What was read.
struct ReadFormula {
  var formula: Formula
  /// The readings that would make a difference.
  var doubts: FormulaReading = []
  var unknowns: Set<String> = []
  /// How many operators and functions.
  var operators = 0
  var hasDegrees = false
  var hasTrigonometry = false
  /// Whether a root, π, a logarithm or a sine stands in it.
  var isIrrational = false
  var hasDivision = false
  /// The indices of its numbers.
  var numbers: [Int] = []
  /// The number, when it is one alone, with its sign.
  var single: Int?
  /// Whether letters stand side by side (xy), which might be a name.
  var hasAsterisk = false
  /// How many `\pm` stand in it: with one it has two values.
  var pairSigns = 0
  var isPair: Bool { pairSigns > 0 }
  /// Whether a remainder is taken in it, by name.
  var hasRemainder = false
}

/// Reads one side of a relation.
struct FormulaParser {
  private static let depthLimit = 48
  /// Letters that stand for functions when a bracket follows.
  private static let functionLetters = Set(
    "fghpqFGHPQRSTVNEACDKLMUWBJOdj".unicodeScalars.map(String.init))

  private let tokens: [FormulaToken]
  private let numbers: [FormulaNumber]
  private let reading: FormulaReading
  private let end: Int
  private var at: Int
  private var depth = 0
  private var out = ReadFormula(formula: .pi)

  private init(
    _ tokens: [FormulaToken], _ numbers: [FormulaNumber], _ range: Range<Int>,
    _ reading: FormulaReading
  ) {
    self.tokens = tokens
    self.numbers = numbers
    self.reading = reading
    at = range.lowerBound
    end = range.upperBound
  }

  /// The formula of a range of tokens; nil when any of them cannot be read.
  static func read(
    _ tokens: [FormulaToken], _ numbers: [FormulaNumber], _ range: Range<Int>,
    as reading: FormulaReading = []
  ) -> ReadFormula? {
    guard !range.isEmpty, range.count <= 400 else { return nil }
    var parser = FormulaParser(tokens, numbers, range, reading)
    guard let formula = parser.sum(), parser.at == parser.end else { return nil }
    parser.out.formula = formula
    if parser.out.operators == 0, parser.out.numbers.count == 1, parser.out.unknowns.isEmpty {
      parser.out.single = parser.out.numbers[0]
    }
    return parser.out
  }

  private func kind(_ offset: Int = 0) -> FormulaToken.Kind? {
    at + offset < end ? tokens[at + offset].kind : nil
  }

  // MARK: Sums and products

  private mutating func sum() -> Formula? {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthLimit, var total = product() else { return nil }
    while let isPlus = additive() {
      at += 1
      guard let right = product() else { return nil }
      out.operators += 1
      total = .binary(isPlus ? .add : .subtract, total, right)
    }
    if kind() == .remainder {
      at += 1
      guard let right = product() else { return nil }
      out.operators += 1
      out.hasRemainder = true
      total = .remainder(total, right)
    }
    return total
  }

  /// Whether a sign of addition stands here, and which.
  private mutating func additive() -> Bool? {
    switch kind() {
    case .op(43): return true
    case .op(45): return false
    case .plusMinus:
      out.pairSigns += 1
      return !reading.contains(.lowerSign)
    default: return nil
    }
  }

  private mutating func product() -> Formula? {
    guard var total = signed() else { return nil }
    while true {
      if case .op(let op) = kind(), op == 42 || op == 47 {
        if op == 42, tokens[at].end - tokens[at].start == 1 { out.hasAsterisk = true }
        at += 1
        guard var right = signed() else { return nil }
        out.operators += 1
        if op == 42 {
          total = .binary(.multiply, total, right)
          continue
        }
        out.hasDivision = true
        if startsFactor() {
          // "1/2x", "1/2(x+1)"
          out.doubts.insert(.slashTakesAll)
          if reading.contains(.slashTakesAll) {
            while startsFactor() {
              guard let next = power() else { return nil }
              out.operators += 1
              right = .binary(.multiply, right, next)
            }
          }
        }
        total = .binary(.divide, total, right)
      } else if isCross() {
        at += 1
        guard let right = signed() else { return nil }
        out.operators += 1
        total = .binary(.multiply, total, right)
      } else if startsFactor() {
        guard let right = power() else { return nil }
        out.operators += 1
        total = .binary(.multiply, total, right)
      } else {
        return total
      }
    }
  }

  /// "3 x 4": a letter x between numbers.
  private func isCross() -> Bool {
    guard case .letter(let name) = kind(), name == "x" || name == "X", case .number = kind(1),
      at > 0, case .number = tokens[at - 1].kind
    else { return false }
    return true
  }

  /// Whether a factor without an operator in front may begin here.
  private func startsFactor() -> Bool {
    switch kind() {
    case .letter, .open, .frac, .binom, .pi, .root, .function, .log, .joint, .floorOpen,
      .ceilingOpen:
      !isCross()
    // Two numbers side by side are a misprint or a list.
    case .number, .bar: false
    default: false
    }
  }

  private mutating func signed() -> Formula? {
    var negative = false
    var signs = 0
    while case .op(let op) = kind(), op == 43 || op == 45, signs < 3 {
      if op == 45 { negative.toggle() }
      signs += 1
      at += 1
    }
    let start = at
    guard let inner = power() else { return nil }
    guard negative else { return inner }
    if case .binary(.power, let base, let exponent) = inner, case .number = tokens[start].kind {
      out.doubts.insert(.signBindsTighter)
      if reading.contains(.signBindsTighter) { return .binary(.power, .negated(base), exponent) }
    }
    return .negated(inner)
  }

  private mutating func power() -> Formula? {
    guard var base = postfix() else { return nil }
    while kind() == .op(94) {
      at += 1
      if kind() == .degree || isBracedDegree() {
        out.hasDegrees = true
        at += kind() == .degree ? 1 : 3
        base = degrees(base)
        continue
      }
      guard let exponent = exponent() else { return nil }
      out.operators += 1
      base = .binary(.power, base, exponent)
      base = suffix(base)
    }
    return base
  }

  private func isBracedDegree() -> Bool {
    kind() == .open(123) && kind(1) == .degree && kind(2) == .close(125)
  }

  private func degrees(_ inner: Formula) -> Formula { inner }

  private mutating func exponent() -> Formula? {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthLimit else { return nil }
    if case .op(45) = kind() {
      at += 1
      return primary().map { .negated($0) }
    }
    return primary()
  }

  private mutating func postfix() -> Formula? { primary().map { suffix($0) } }

  private mutating func suffix(_ inner: Formula) -> Formula {
    var base = inner
    while true {
      if kind() == .bang {
        at += 1
        out.operators += 1
        base = .factorial(base)
      } else if kind() == .percent {
        at += 1
        out.doubts.insert(.percentIsUnit)
        if !reading.contains(.percentIsUnit) {
          base = .binary(.divide, base, .number(Rational(100)))
        }
      } else if kind() == .degree {
        at += 1
        out.hasDegrees = true
      } else {
        return base
      }
    }
  }

  // MARK: Primaries

  private mutating func primary() -> Formula? {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthLimit, let kind = kind() else { return nil }
    switch kind {
    case .number(let index): return number(index)
    case .letter(let name): return unknown(name)
    case .pi:
      at += 1
      out.isIrrational = true
      out.operators += 1
      return .pi
    case .open(let bracket): return bracketed(bracket)
    case .bar: return absolute()
    case .floorOpen: return enclosed(.floorClose, .floor)
    case .ceilingOpen: return enclosed(.ceilingClose, .ceiling)
    case .plusMinus:
      at += 1
      out.pairSigns += 1
      out.operators += 1
      return power().map { reading.contains(.lowerSign) ? .negated($0) : $0 }
    case .frac:
      at += 1
      guard let upper = argument(), let lower = argument() else { return nil }
      out.operators += 1
      out.hasDivision = true
      return .binary(.divide, upper, lower)
    case .binom:
      at += 1
      guard let upper = argument(), let lower = argument() else { return nil }
      out.operators += 1
      return .binomial(upper, lower)
    case .root(let degree):
      at += 1
      guard let inner = argument() else { return nil }
      out.operators += 1
      out.isIrrational = true
      return .root(inner, degree: degree)
    case .function(let function): return apply(function)
    case .log: return logarithm()
    case .joint(let joint): return joined(joint)
    default: return nil
    }
  }

  private mutating func number(_ index: Int) -> Formula? {
    guard let value = numbers[index].value else { return nil }
    at += 1
    out.numbers.append(index)
    // "0.1(6)" may be a repeating decimal.
    if numbers[index].hasPoint, kind() == .open(40) { return nil }
    guard !numbers[index].hasPoint, value.isInteger, let (part, length) = plainFraction() else {
      return .number(value)
    }
    out.doubts.insert(.fractionIsFactor)
    at += length
    out.operators += 1
    return reading.contains(.fractionIsFactor)
      ? .binary(.multiply, .number(value), .number(part))
      : .binary(.add, .number(value), .number(part))
  }

  /// `\frac{1}{2}` of two whole numbers right behind a whole number.
  private func plainFraction() -> (Rational, Int)? {
    guard kind() == .frac else { return nil }
    let (upper, lower, length) = kind(1) == .open(123) ? (2, 5, 7) : (1, 2, 3)
    guard case .number(let above)? = kind(upper), case .number(let below)? = kind(lower),
      length == 3 || kind(3) == .close(125) && kind(4) == .open(123) && kind(6) == .close(125),
      let a = numbers[above].value, let b = numbers[below].value, a.isInteger, b.isInteger,
      a.isLess(than: b), let value = a.divided(by: b)
    else { return nil }
    return (value, length)
  }

  private mutating func unknown(_ name: String) -> Formula? {
    at += 1
    if case .open(let bracket) = kind(), bracket == 40 || bracket == 91 {
      if name == "C", let chosen = choice() { return chosen }
      // f(x), a(3): an application as likely as a product.
      if Self.functionLetters.contains(String(name.prefix(1))) { return nil }
      if case .number = kind(1), kind(2) == .close(41) { return nil }
    }
    if kind() == .bang { return nil }
    out.unknowns.insert(name)
    return .unknown(name)
  }

  /// C(9, 7)
  private mutating func choice() -> Formula? {
    guard case .number(let n) = kind(1), kind(2) == .comma, case .number(let k) = kind(3),
      kind(4) == .close(41), let above = numbers[n].value, let below = numbers[k].value
    else { return nil }
    at += 5
    out.operators += 1
    return .binomial(.number(above), .number(below))
  }

  private mutating func bracketed(_ bracket: UInt8) -> Formula? {
    at += 1
    guard let inner = sum(), case .close(let close) = kind() else { return nil }
    let pairs: [UInt8: UInt8] = [40: 41, 91: 93, 123: 125]
    guard pairs[bracket] == close else { return nil }
    at += 1
    return inner
  }

  private mutating func absolute() -> Formula? { enclosed(.bar, .absolute) }

  private mutating func enclosed(
    _ close: FormulaToken.Kind, _ function: Formula.Function
  ) -> Formula? {
    at += 1
    guard let inner = sum(), kind() == close else { return nil }
    at += 1
    out.operators += 1
    return .function(function, inner)
  }

  /// The argument of a command: one token or a group.
  private mutating func argument() -> Formula? {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthLimit else { return nil }
    if case .number(let index) = kind() {
      // \frac12 takes single digits.
      let token = tokens[at]
      if token.end - token.start == 2, !numbers[index].hasPoint { return nil }
      guard let value = numbers[index].value else { return nil }
      at += 1
      out.numbers.append(index)
      return .number(value)
    }
    return primary()
  }

  // MARK: Functions

  private mutating func apply(_ function: Formula.Function) -> Formula? {
    at += 1
    out.isIrrational = true
    out.hasTrigonometry = out.hasTrigonometry || function != .naturalLog
    var exponent: Formula?
    if kind() == .op(94) {
      at += 1
      guard let e = self.exponent(), let value = e.exact, !value.isNegative else { return nil }
      exponent = e
    }
    guard let inner = functionArgument() else { return nil }
    out.operators += 1
    let argument = function == .naturalLog ? inner.0 : radians(inner)
    let applied = Formula.function(function, argument)
    return exponent.map { .binary(.power, applied, $0) } ?? applied
  }

  /// Degrees become radians where a sine is taken.
  private mutating func radians(_ inner: (Formula, Bool)) -> Formula {
    if !inner.1 {
      guard let value = inner.0.exact, !value.isZero else { return inner.0 }
      out.doubts.insert(.angleIsInDegrees)
      guard reading.contains(.angleIsInDegrees) else { return inner.0 }
    }
    return .binary(.divide, .binary(.multiply, inner.0, .pi), .number(Rational(180)))
  }

  private mutating func logarithm() -> Formula? {
    at += 1
    out.isIrrational = true
    out.operators += 1
    if kind() == .subscripted {
      at += 1
      guard let base = argument(), let inner = functionArgument() else { return nil }
      return .logarithm(base: base, inner.0)
    }
    guard let inner = functionArgument() else { return nil }
    out.doubts.insert(.logIsNatural)
    return reading.contains(.logIsNatural)
      ? .function(.naturalLog, inner.0) : .logarithm(base: .number(Rational(10)), inner.0)
  }

  /// What a function is taken of, and whether it is written in degrees.
  private mutating func functionArgument() -> (Formula, Bool)? {
    let before = out.hasDegrees
    out.hasDegrees = false
    defer { out.hasDegrees = before || out.hasDegrees }
    if case .open = kind() {
      guard let inner = power() else { return nil }
      return (inner, out.hasDegrees)
    }
    // \sin 2x, \sin \frac{\pi}{3}: up to the next sign or function.
    guard var inner = power() else { return nil }
    while true {
      switch kind() {
      case .letter, .pi, .frac:
        guard let next = power() else { return nil }
        inner = .binary(.multiply, inner, next)
      // \sin x (x + 1)
      case .open: return nil
      default: return (inner, out.hasDegrees)
      }
    }
  }

  private mutating func joined(_ joint: Formula.Joint) -> Formula? {
    at += 1
    guard case .open(let bracket) = kind(), bracket == 40 || bracket == 91 || bracket == 123 else {
      return nil
    }
    at += 1
    var parts: [Formula] = []
    while let part = sum() {
      parts.append(part)
      guard kind() == .comma else { break }
      at += 1
    }
    guard parts.count >= 2, case .close = kind() else { return nil }
    at += 1
    out.operators += 1
    return .joint(joint, parts)
  }
}
