// Tokens to a formula: the whole of them or nothing.

/// Reads one side of a relation.
struct FormulaParser {
  static let depthLimit = 48
  /// Letters that stand for functions when a bracket follows.
  static let functionLetters = Set(
    "fghpqFGHPQRSTVNEACDKLMUWBJOdj".unicodeScalars.map(String.init))

  let tokens: [FormulaToken]
  let numbers: [FormulaNumber]
  let reading: FormulaReading
  let end: Int
  var at: Int
  var depth = 0
  var out = ReadFormula(formula: .pi)

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

  func kind(_ offset: Int = 0) -> FormulaToken.Kind? {
    at + offset < end ? tokens[at + offset].kind : nil
  }

  // MARK: Sums and products

  mutating func sum() -> Formula? {
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
  mutating func additive() -> Bool? {
    switch kind() {
    case .op(43): return true
    case .op(45): return false
    case .plusMinus:
      out.pairSigns += 1
      return !reading.contains(.lowerSign)
    default: return nil
    }
  }

  mutating func product() -> Formula? {
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
  func isCross() -> Bool {
    guard case .letter(let name) = kind(), name == "x" || name == "X", case .number = kind(1),
      at > 0, case .number = tokens[at - 1].kind
    else { return false }
    return true
  }

  /// Whether a factor without an operator in front may begin here.
  func startsFactor() -> Bool {
    switch kind() {
    case .letter, .open, .frac, .binom, .pi, .root, .function, .log, .joint, .floorOpen,
      .ceilingOpen:
      !isCross()
    // "2!3!" is a product; two numbers side by side are a misprint or a list.
    case .number: at > 0 && tokens[at - 1].kind == .bang && kind(1) == .bang
    case .bar: false
    default: false
    }
  }

  mutating func signed() -> Formula? {
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

  mutating func power() -> Formula? {
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

  func isBracedDegree() -> Bool {
    kind() == .open(123) && kind(1) == .degree && kind(2) == .close(125)
  }

  func degrees(_ inner: Formula) -> Formula { inner }

  mutating func exponent() -> Formula? {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthLimit else { return nil }
    if case .op(45) = kind() {
      at += 1
      return primary().map { .negated($0) }
    }
    return primary()
  }

  mutating func postfix() -> Formula? { primary().map { suffix($0) } }

  mutating func suffix(_ inner: Formula) -> Formula {
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
}
