// Reads arithmetic from the tokens of prose.

struct ProseReader {
  let bytes: [UInt8]
  let tokens: [ProseToken]
  let numbers: [WrittenNumber]
  let effort: Effort
  var depth = 0
  /// For each token, whether a phrase that states something may begin with it; empty until they are looked for.
  private(set) var opens: [Bool] = []
  /// The words in lower case, each made once: a dozen readers ask for them.
  private let words: [String]

  init(bytes: [UInt8], tokens: [ProseToken], numbers: [WrittenNumber], effort: Effort) {
    self.bytes = bytes
    self.tokens = tokens
    self.numbers = numbers
    self.effort = effort
    words = tokens.map { $0.kind == .word ? loweredText(bytes, $0.start..<$0.end) : "" }
  }

  /// Finds the tokens with which a phrase of words and numbers may begin: few of them are tried by all its readers.
  mutating func findOpeners() {
    opens = tokens.indices.map { i in
      switch tokens[i].kind {
      case .number, .currency:
        effort.spend(8)
        return true
      case .word:
        guard tokens[i].end - tokens[i].start <= 15, ProseWords.opensPhrase(text(i)) else {
          return false
        }
        effort.spend(8)
        return true
      default: return false
      }
    }
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
  func opensNumber(_ i: Int) -> Bool {
    var j = i + 1
    while j - i < 20, kind(j) == .open { j += 1 }
    return kind(j) != .open && startsOperandFlat(j)
  }

  func startsOperandFlat(_ i: Int) -> Bool {
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

  func absorb(_ total: inout ProseExpression, _ right: ProseExpression, _ words: Bool) {
    total.operators += right.operators + 1
    total.tokens = total.tokens.lowerBound..<right.tokens.upperBound
    total.isBlocked = right.isBlocked
    total.hasWords = total.hasWords || right.hasWords || words
    total.mixesPercent = total.mixesPercent || right.mixesPercent
    total.mixesUnits = total.mixesUnits || right.mixesUnits
    if total.unit == nil { total.unit = right.unit }
  }

  mutating func product(_ start: Int) -> ProseExpression? {
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
  mutating func divisor(_ start: Int) -> ProseExpression? {
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

  mutating func power(_ start: Int) -> ProseExpression? {
    guard var base = primary(start) else { return nil }
    while kind(base.tokens.upperBound) == .op(.caret) {
      guard let exponent = primary(base.tokens.upperBound + 1), !exponent.isBlocked,
        let e = exponent.value?.int,
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

  mutating func primary(_ start: Int) -> ProseExpression? {
    depth += 1
    defer { depth -= 1 }
    guard depth < 24, effort.spend(4) else { return nil }
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

  mutating func primaryAfterCurrency(_ start: Int) -> ProseExpression? {
    guard var inner = primary(start + 1) else { return nil }
    inner.tokens = start..<inner.tokens.upperBound
    let first = bytes[tokens[start].start]
    inner.unit = first == .dollar ? Units.known("$") : nil
    return inner
  }

  mutating func fraction(_ start: Int) -> ProseExpression? {
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

  mutating func number(_ start: Int) -> ProseExpression {
    let written = numbers[tokens[start].number]
    var out = ProseExpression(
      value: written.value, approximate: written.value?.double ?? .nan,
      tokens: start..<(start + 1))
    out.decimals = written.decimals
    out.significant = written.significant
    out.slack = roundingSlack(bytes, end: tokens[start].end, written)
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
  func plainFraction(_ start: Int) -> (Rational, Int)? {
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

  func unitWord(_ i: Int) -> KnownUnit? {
    guard kind(i) == .word, tokens[i].end - tokens[i].start <= 12 else { return nil }
    return Units.known(text(i))
  }

  /// A token's text in lower case (ASCII); empty where there is no token.
  func text(_ i: Int) -> String {
    guard i >= 0, i < tokens.count else { return "" }
    if tokens[i].kind == .word { return words[i] }
    return loweredText(bytes, tokens[i].start..<tokens[i].end)
  }
}
