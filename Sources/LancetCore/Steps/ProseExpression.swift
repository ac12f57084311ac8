// Arithmetic read from tokens: the value, how far it reaches, and what makes it doubtful.

/// What reading an expression found.
struct ProseExpression {
  /// The exact value; nil when it does not fit or has none.
  var value: Rational?
  /// The value in doubles.
  var approximate: Double
  /// The tokens it covers.
  var tokens: Range<Int>
  /// How many operators.
  var operators = 0
  /// Whether every addend carries a percent sign, or only some do.
  var isPercent = false
  var mixesPercent = false
  /// Units of one dimension that differ were added.
  var mixesUnits = false
  /// A variable, an open bracket or another thing that cannot be read follows an operator.
  var isBlocked = false
  /// Words stood between its numbers.
  var hasWords = false
  /// The known unit of its first number that has one.
  var unit: KnownUnit?
  /// How far rounded operands may move the value.
  var slack = 0.0
  /// Digits after the point, when this is one number.
  var decimals = 0
  var significant = 0

  /// The first number alone, for run-on chains.
  var firstValue: Rational?
  var firstEnd = 0
}

struct ProseReader {
  let bytes: [UInt8]
  let tokens: [ProseToken]
  let numbers: [WrittenNumber]
  private var depth = 0

  init(bytes: [UInt8], tokens: [ProseToken], numbers: [WrittenNumber]) {
    self.bytes = bytes
    self.tokens = tokens
    self.numbers = numbers
  }

  func kind(_ i: Int) -> ProseToken.Kind? { i >= 0 && i < tokens.count ? tokens[i].kind : nil }

  /// Whether a number, or what opens one, stands here.
  func startsOperand(_ i: Int) -> Bool {
    switch kind(i) {
    case .number, .frac, .sqrt: true
    case .currency:
      kind(i + 1) == .number
        || kind(i + 1) == .op(.minus) && kind(i + 2) == .number && !tokens[i + 2].spaceBefore
    case .open: opensNumber(i)
    case .op(.minus):
      (kind(i + 1) == .number || kind(i + 1) == .currency) && !tokens[i + 1].spaceBefore
    default: false
    }
  }

  /// Whether a bracket holds arithmetic rather than words.
  private func opensNumber(_ i: Int) -> Bool {
    var j = i + 1
    while j - i < 20, kind(j) == .open { j += 1 }
    return kind(j) != .open && startsOperandFlat(j)
  }

  private func startsOperandFlat(_ i: Int) -> Bool {
    switch kind(i) {
    case .number, .frac, .sqrt: true
    case .currency: kind(i + 1) == .number
    case .op(.minus): kind(i + 1) == .number
    default: false
    }
  }

  /// Reads the longest expression that begins here.
  mutating func expression(_ start: Int) -> ProseExpression? {
    depth += 1
    defer { depth -= 1 }
    guard depth < 24, var total = product(start) else { return nil }
    var units: [KnownUnit] = total.unit.map { [$0] } ?? []
    var percents = total.isPercent ? 1 : 0
    var addends = 1
    while !total.isBlocked, let (op, next, words) = nextOperator(total), op == .plus || op == .minus
    {
      guard let right = product(next) else {
        total.isBlocked = true
        break
      }
      total.value = total.value.flatMap { left in
        right.value.flatMap { op == .plus ? left.adding($0) : left.subtracting($0) }
      }
      total.approximate += op == .plus ? right.approximate : -right.approximate
      absorb(&total, right, words)
      total.slack += right.slack
      addends += 1
      if right.isPercent { percents += 1 }
      if let unit = right.unit { units.append(unit) }
    }
    if addends > 1 {
      total.isPercent = percents == addends
      if percents > 0, percents < addends { total.mixesPercent = true }
      for unit in units.dropFirst() where unit.name != units[0].name { total.mixesUnits = true }
      if units.count == 1, units.count < addends, total.hasWords { total.unit = units[0] }
    }
    return total
  }

  private func absorb(_ total: inout ProseExpression, _ right: ProseExpression, _ words: Bool) {
    total.operators += right.operators + 1
    total.tokens = total.tokens.lowerBound..<right.tokens.upperBound
    total.isBlocked = right.isBlocked
    total.hasWords = total.hasWords || right.hasWords || words
    total.mixesPercent = total.mixesPercent || right.mixesPercent
    total.mixesUnits = total.mixesUnits || right.mixesUnits
    if total.unit == nil { total.unit = right.unit }
  }

  private mutating func product(_ start: Int) -> ProseExpression? {
    guard var total = power(start) else { return nil }
    while !total.isBlocked {
      guard let (op, next, words) = nextOperator(total), op == .star || op == .slash else { break }
      guard let right = op == .slash ? divisor(next) : power(next) else {
        total.isBlocked = true
        break
      }
      total.value = total.value.flatMap { left in
        right.value.flatMap { op == .star ? left.multiplied(by: $0) : left.divided(by: $0) }
      }
      let before = (total.approximate, total.slack)
      if op == .star {
        total.approximate *= right.approximate
        total.slack = before.1 * right.approximate.magnitude + right.slack * before.0.magnitude
      } else {
        total.approximate /= right.approximate
        let below = right.approximate.magnitude
        total.slack =
          (before.1 + right.slack * total.approximate.magnitude) / (below > 0 ? below : 1)
      }
      let wasPercent = total.isPercent
      absorb(&total, right, words)
      total.isPercent = false
      // "50% / 2" and "100% * 1/2" stay percents in people's minds.
      if wasPercent != right.isPercent, wasPercent {
        total.isPercent = !right.isPercent && op == .slash
      }
    }
    return total
  }

  /// What is divided by: "1 1/2 / 1/2" divides by the fraction that is written closely.
  private mutating func divisor(_ start: Int) -> ProseExpression? {
    guard var upper = power(start), start > 0, tokens[start].spaceBefore,
      kind(start) == .number, upper.tokens.count == 1, kind(start + 1) == .op(.slash),
      !tokens[start + 1].spaceBefore, kind(start + 2) == .number, !tokens[start + 2].spaceBefore
    else { return power(start) }
    let lower = number(start + 2)
    upper.value = upper.value.flatMap { top in lower.value.flatMap { top.divided(by: $0) } }
    upper.approximate /= lower.approximate
    upper.operators += 1
    upper.tokens = start..<lower.tokens.upperBound
    return upper
  }

  private mutating func power(_ start: Int) -> ProseExpression? {
    guard var base = primary(start) else { return nil }
    while kind(base.tokens.upperBound) == .op(.caret) {
      guard let exponent = primary(base.tokens.upperBound + 1), let e = exponent.value?.int,
        e.magnitude <= 1000
      else {
        base.isBlocked = true
        return base
      }
      base.value = base.value?.power(e) ?? (e == 0 ? .one : nil)
      base.approximate = RealFunctions.power(base.approximate, Double(e)) ?? .nan
      base.operators += 1
      base.tokens = base.tokens.lowerBound..<exponent.tokens.upperBound
    }
    return base
  }

  private mutating func primary(_ start: Int) -> ProseExpression? {
    depth += 1
    defer { depth -= 1 }
    guard depth < 24 else { return nil }
    switch kind(start) {
    case .number: return number(start)
    case .currency: return primaryAfterCurrency(start)
    case .op(.minus):
      depth += 1
      defer { depth -= 1 }
      guard depth < 24, var inner = power(start + 1) else { return nil }
      inner.value = inner.value?.negated
      inner.approximate = -inner.approximate
      inner.firstValue = inner.firstValue?.negated
      inner.tokens = start..<inner.tokens.upperBound
      return inner
    case .op(.plus) where kind(start + 1) == .number: return number(start + 1)
    case .open:
      guard let inner = expression(start + 1) else { return nil }
      var out = inner
      let close = skipUnits(inner.tokens.upperBound, limit: 6).index
      guard kind(close) == .close else {
        out.isBlocked = true
        return out
      }
      out.tokens = start..<(close + 1)
      if close != inner.tokens.upperBound { out.hasWords = true }
      if kind(close + 1) == .percent {
        out.value = out.value?.divided(by: Rational(100))
        out.approximate /= 100
        out.isPercent = true
        out.tokens = start..<(close + 2)
      }
      out.firstValue = out.value
      out.firstEnd = out.tokens.upperBound
      return out
    case .frac: return fraction(start)
    case .sqrt:
      guard kind(start + 1) == .open || kind(start + 1) == .number,
        let inner = primary(start + 1)
      else { return nil }
      var out = inner
      out.value = inner.value.flatMap { value in
        ClosedForm.root(of: value, exponent: Rational(1, over: 2) ?? .one)?.rational
      }
      out.approximate = RealFunctions.squareRoot(inner.approximate) ?? .nan
      out.operators += 1
      out.tokens = start..<inner.tokens.upperBound
      return out
    case .pi:
      var out = ProseExpression(value: nil, approximate: Double.pi, tokens: start..<(start + 1))
      out.firstEnd = start + 1
      return out
    default: return nil
    }
  }

  private mutating func primaryAfterCurrency(_ start: Int) -> ProseExpression? {
    guard var inner = primary(start + 1) else { return nil }
    inner.tokens = start..<inner.tokens.upperBound
    let first = bytes[tokens[start].start]
    inner.unit = first == .dollar ? Units.known("$") : nil
    return inner
  }

  private mutating func fraction(_ start: Int) -> ProseExpression? {
    guard let upper = primary(start + 1), let lower = primary(upper.tokens.upperBound) else {
      return nil
    }
    var out = upper
    out.value = upper.value.flatMap { top in lower.value.flatMap { top.divided(by: $0) } }
    out.approximate = upper.approximate / lower.approximate
    out.operators = upper.operators + lower.operators + 1
    out.tokens = start..<lower.tokens.upperBound
    out.isBlocked = upper.isBlocked || lower.isBlocked
    out.isPercent = false
    out.firstValue = out.value
    out.firstEnd = out.tokens.upperBound
    return out
  }

  private mutating func number(_ start: Int) -> ProseExpression {
    let written = numbers[tokens[start].number]
    var out = ProseExpression(
      value: written.value, approximate: written.value?.double ?? .nan,
      tokens: start..<(start + 1))
    out.decimals = written.decimals
    out.significant = written.significant
    out.slack = roundingSlack(tokens[start], written)
    // Mixed numbers: "2 1/2", "2 \frac{1}{2}".
    if !written.hasPoint, let whole = written.value {
      if kind(start + 1) == .number, tokens[start + 1].spaceBefore, kind(start + 2) == .op(.slash),
        kind(start + 3) == .number, !tokens[start + 2].spaceBefore,
        let sum = WrittenNumber.mixed(
          written, numbers[tokens[start + 1].number], over: numbers[tokens[start + 3].number])
      {
        out.value = sum
        out.approximate = sum.double
        out.tokens = start..<(start + 4)
      } else if let (part, end) = plainFraction(start + 1), let sum = whole.adding(part) {
        out.value = sum
        out.approximate = sum.double
        out.tokens = start..<end
      }
    }
    if kind(out.tokens.upperBound) == .percent {
      out.value = out.value?.divided(by: Rational(100))
      out.approximate /= 100
      out.slack /= 100
      out.isPercent = true
      out.tokens = start..<(out.tokens.upperBound + 1)
    }
    out.firstValue = out.value
    out.firstEnd = out.tokens.upperBound
    if let unit = unitWord(out.tokens.upperBound) { out.unit = unit }
    return out
  }

  /// `\frac{1}{2}` of two whole numbers, and the token behind it.
  private func plainFraction(_ start: Int) -> (Rational, Int)? {
    guard kind(start) == .frac else { return nil }
    let (upper, lower, end) =
      kind(start + 1) == .open
      ? (start + 2, start + 5, start + 7) : (start + 1, start + 2, start + 3)
    guard kind(upper) == .number, kind(lower) == .number,
      kind(start + 1) == .number || kind(end - 1) == .close && kind(lower - 1) == .open,
      let top = numbers[tokens[upper].number].value,
      let below = numbers[tokens[lower].number].value, let value = top.divided(by: below)
    else { return nil }
    return (value, end)
  }

  private func unitWord(_ i: Int) -> KnownUnit? {
    guard kind(i) == .word, tokens[i].end - tokens[i].start <= 12 else { return nil }
    return Units.known(text(i))
  }

  /// A token's text in lower case (ASCII); empty where there is no token.
  func text(_ i: Int) -> String {
    guard i >= 0, i < tokens.count else { return "" }
    return loweredText(bytes, tokens[i].start..<tokens[i].end)
  }

  /// How far a decimal that looks rounded (3.33, 0.167, or three and more digits) may be from what was meant.
  private func roundingSlack(_ token: ProseToken, _ written: WrittenNumber) -> Double {
    guard written.decimals >= 2 else { return 0 }
    let tail = (bytes[token.end - 2], bytes[token.end - 1])
    let thirds: [(UInt8, UInt8)] = [
      (51, 51), (54, 55), (54, 54), (49, 55), (56, 51), (49, 54), (49, 52), (49, 49), (50, 57),
      (52, 51), (53, 55), (55, 49), (56, 54),
    ]
    guard written.decimals >= 3 || thirds.contains(where: { $0 == tail }) else { return 0 }
    var step = 1.0
    for _ in 0..<min(written.decimals, 40) { step /= 10 }
    return step
  }

  // MARK: Between operands

  /// Words that end an operand's unit phrase: a new clause begins.
  static let clauseWords: Set<String> = [
    "and", "so", "then", "is", "are", "has", "have", "had", "was", "were", "which", "that",
    "because",
    "she", "he", "they", "it", "but", "therefore", "thus", "if", "when", "where", "since", "or",
    "would", "will", "can", "to", "makes", "gives", "get", "gets", "equal", "than", "we", "you",
    "there", "with", "from", "sold", "spent", "costs", "cost", "we're", "that's", "need", "needs",
  ]

  /// The first token behind a unit phrase (words, "/hour", "per", a bracket of words), and whether there was one.
  func skipUnits(_ start: Int, limit: Int) -> (index: Int, skipped: Bool) {
    var i = start
    var count = 0
    while count < limit {
      switch kind(i) {
      case .word:
        if Self.clauseWords.contains(text(i)) { return (start, false) }
        i += 1
      case .letter(let letter):
        // A unit letter behind its number; anything else is a variable.
        guard "mgshlLkKG".utf8.contains(letter), i > start || kind(start - 1) == .number,
          !isTimes(i)
        else { return (i, i > start) }
        i += 1
      case .op(.slash):
        guard kind(i + 1) == .word else { return (i, i > start) }
        i += 2
      case .open:
        guard let close = wordsInBrackets(i) else { return (i, i > start) }
        i = close + 1
      case .mark: i += 1
      default: return (i, i > start)
      }
      count += 1
    }
    return (start, false)
  }

  private func wordsInBrackets(_ open: Int) -> Int? {
    var i = open + 1
    while i < open + 8 {
      switch kind(i) {
      case .word: i += 1
      case .close: return i > open + 1 ? i : nil
      default: return nil
      }
    }
    return nil
  }

  /// Whether the letter x here means times: a number, a sign of money or a bracket follows.
  private func isTimes(_ i: Int) -> Bool {
    guard case .letter(let letter) = kind(i),
      letter == UInt8(ascii: "x") || letter == UInt8(ascii: "X")
    else { return false }
    return kind(i + 1) == .number || kind(i + 1) == .currency || kind(i + 1) == .frac
      || kind(i + 1) == .open && opensNumber(i + 1)
  }

  /// The operator behind an expression, the token behind that, and whether words stood between; nil when the expression
  /// ends.
  ///
  /// A variable behind the operator is left for the caller to find.
  private func nextOperator(_ left: ProseExpression) -> (UInt8, Int, Bool)? {
    let end = left.tokens.upperBound
    // 27(1/3)
    if kind(end) == .open, !tokens[end].spaceBefore, opensNumber(end) { return (42, end, false) }
    if kind(end) == .frac || kind(end) == .pi, end > 0, kind(end - 1) != .op(.slash) {
      return (42, end, false)
    }
    if left.isPercent || left.operators > 0, kind(end) == .word, text(end) == "of",
      startsOperand(end + 1)
    {
      return (42, end + 1, false)
    }
    let (i, skipped) = skipUnits(end, limit: 7)
    if isTimes(i) { return (42, i + 1, skipped) }
    guard case .op(let op) = kind(i), op != .caret else { return nil }
    if startsOperand(i + 1) { return (op, i + 1, skipped) }
    // "12 times a day": a word after all.
    if bytes[tokens[i].start].isLetter { return nil }
    // A variable, or a bracket that cannot be read: the expression goes on where we cannot follow.
    switch kind(i + 1) {
    case .letter, .open, .pi, .other, .op: return (op, i + 1, skipped)
    case .word: return op == .minus ? nil : (op, i + 1, skipped)
    case .mark: return startsOperand(i + 2) ? (op, i + 2, skipped) : nil
    default: return nil
    }
  }
}
