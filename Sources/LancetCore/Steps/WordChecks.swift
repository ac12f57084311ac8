// Arithmetic said in words: "half of 48 is 24", "three times 4 is 12", "5 more than 7 is 12", "20 is 5 more than 15".

/// Checks of expressions that words make of numbers, each read whole from where its clause begins.
struct WordChecks {
  let reader: ProseReader
  private(set) var checks: [Check] = []

  init(_ reader: ProseReader) {
    self.reader = reader
    for i in reader.tokens.indices where reader.opens[i] {
      if let found = calculation(i) ?? comparison(i) ?? remainder(i) ?? rate(i) ?? price(i)
        ?? instruction(i)
      {
        checks.append(found)
      }
    }
  }

  /// A value made of words, what it counts, and the token behind it.
  private typealias Phrase = (value: Rational, unit: String, end: Int)

  // MARK: "half of 48 is 24"

  private static let spoiling: Set<String> = [
    "than", "more", "less", "about", "nearly", "almost", "over", "under", "roughly", "around",
    "approximately", "and", "plus", "minus", "or", "only", "except", "not", "another", "other",
    "to", "by", "from", "each", "first", "last", "second", "times", "percent", "of", "per", "with",
    "if", "exactly", "at", "as", "a", "one",
  ]

  private func calculation(_ start: Int) -> Check? {
    guard begins(start), let phrase = phrase(start),
      let stated = reader.statement(phrase.end)
    else { return nil }
    // "Half of 20 students are 8 years old" says nothing of how many there are.
    let unit = reader.quantity(stated)?.unit ?? ""
    guard unit.isEmpty || phrase.unit.isEmpty || unit == phrase.unit else { return nil }
    return reader.check(start..<phrase.end, makes: phrase.value, statedAt: stated)
  }

  private func begins(_ start: Int) -> Bool {
    switch reader.kind(start - 1) {
    case nil, .newline, .stop, .comma, .open: true
    case .word:
      !Self.spoiling.contains(reader.text(start - 1))
        && WordNumbers.value(reader.text(start - 1)) == nil
    default: false
    }
  }

  /// An operation in words and what it is done to.
  private func phrase(_ i: Int, depth: Int = 0) -> Phrase? {
    guard depth < 4 else { return nil }
    if let part = part(i, depth) ?? multiple(i, depth) ?? power(i) { return part }
    guard let first = reader.quantity(i) else { return nil }
    let word = reader.text(first.end)
    if word == "choose", let below = reader.quantity(first.end + 1, units: 0),
      endsOperand(below.end),
      let value = Formula.binomial(.number(first.value), .number(below.value)).exact
    {
      return (value, "", below.end)
    }
    guard Self.more.contains(word) || Self.less.contains(word),
      reader.text(first.end + 1) == "than",
      let second = operand(first.end + 2, depth)
    else { return nil }
    let value =
      Self.more.contains(word)
      ? second.value.adding(first.value) : second.value.subtracting(first.value)
    return value.map { ($0, second.unit, second.end) }
  }

  private static let more: Set<String> = ["more", "greater", "larger", "higher", "older", "longer"]
  private static let less: Set<String> = [
    "less", "fewer", "smaller", "lower", "younger", "shorter",
  ]

  /// A number that stands by itself, or another phrase.
  private func operand(_ i: Int, _ depth: Int) -> Phrase? {
    if let phrase = phrase(i, depth: depth + 1) { return phrase }
    guard let plain = reader.quantity(i), endsOperand(plain.end) else { return nil }
    return (plain.value, plain.unit, plain.end)
  }

  private func endsOperand(_ end: Int) -> Bool {
    switch reader.kind(end) {
    case nil, .stop, .newline, .comma, .equals, .close: true
    case .word: reader.statement(end) != nil
    default: false
    }
  }

  /// "half of 48", "a third of 27", "two-thirds of 9", "three quarters of 40".
  private func part(_ start: Int, _ depth: Int) -> Phrase? {
    // Only words name a part: a number in digits ends here, before any text is made of it.
    guard reader.kind(start) != .number, reader.kind(start) != .currency else { return nil }
    var i = start
    var count = 1
    let joined = reader.text(i).split(separator: "-").map(String.init)
    let divisor: Int
    if joined.count == 2, let above = WordNumbers.value(joined[0]),
      let below = WordNumbers.divisor(joined[1])
    {
      (count, divisor) = (above, below)
      i += 1
    } else {
      if reader.text(i) == "a" {
        i += 1
      } else if let above = WordNumbers.value(reader.text(i)), above > 0 {
        count = above
        i += 1
      }
      guard let below = WordNumbers.divisor(reader.text(i)) else { return nil }
      divisor = below
      i += 1
    }
    guard reader.text(i) == "of", count > 0 else { return nil }
    if reader.text(i + 1) == "the" { i += 1 }
    guard let whole = operand(i + 1, depth),
      let value = whole.value.multiplied(by: Rational(count))?.divided(by: Rational(divisor))
    else { return nil }
    return (value, whole.unit, whole.end)
  }

  /// "twice 12", "three times 4", "3 times as many as 12".
  private func multiple(_ start: Int, _ depth: Int) -> Phrase? {
    let factor: Rational
    var i: Int
    if let named = WordNumbers.factor(reader.text(start)) {
      (factor, i) = (Rational(named), start + 1)
    } else {
      guard let count = reader.quantity(start, units: 0), isTimes(count.end) else { return nil }
      (factor, i) = (count.value, count.end + 1)
      // "3 times 4" is the other reader's.
      if reader.kind(start) == .number, reader.kind(i) == .number { return nil }
    }
    if reader.text(i) == "as" {
      var end = i + 1
      while end < i + 4, reader.kind(end) == .word, reader.text(end) != "as" { end += 1 }
      guard reader.text(end) == "as" else { return nil }
      i = end + 1
    }
    guard let other = operand(i, depth), let value = other.value.multiplied(by: factor) else {
      return nil
    }
    return (value, other.unit, other.end)
  }

  private func isTimes(_ i: Int) -> Bool {
    reader.kind(i) == .op(.star) && reader.text(i) == "times"
  }

  /// "the square of 12", "12 squared".
  private func power(_ start: Int) -> Phrase? {
    var i = start
    var exponent: Int?
    if reader.text(i) == "square" || reader.text(i) == "cube", reader.text(i + 1) == "of" {
      exponent = reader.text(i) == "square" ? 2 : 3
      i += 2
    }
    guard let base = reader.quantity(i, units: 0) else { return nil }
    var end = base.end
    if exponent == nil {
      guard ["squared", "cubed"].contains(reader.text(end)) else { return nil }
      exponent = reader.text(end) == "squared" ? 2 : 3
      end += 1
    }
    guard endsOperand(end), let value = base.value.power(exponent ?? 1) else { return nil }
    return (value, "", end)
  }

  // MARK: "20 is 5 more than 15"

  private func comparison(_ start: Int) -> Check? {
    guard reader.opensStatement(start), let left = reader.quantity(start),
      ["is", "are", "was", "were"].contains(reader.text(left.end)),
      let by = difference(left.end + 1)
    else { return nil }
    let word = reader.text(by.end)
    guard Self.more.contains(word) || Self.less.contains(word), reader.text(by.end + 1) == "than",
      let right = reader.quantity(by.end + 2), reader.closesStatement(right.end),
      Set([left.unit, by.unit, right.unit].filter { !$0.isEmpty }).count <= 1,
      left.isMoney == right.isMoney, by.isMoney == left.isMoney,
      let value = left.value.subtracting(right.value)
    else { return nil }
    return reader.check(
      start..<right.end, makes: Self.more.contains(word) ? value : value.negated,
      stated: by.number, said: by.value, decimals: 6)
  }

  /// "5", "$3", "half a pound".
  private func difference(_ i: Int) -> ProseQuantity? {
    guard reader.text(i) == "half", ["a", "an"].contains(reader.text(i + 1)),
      reader.kind(i + 2) == .word, reader.isUnit(i + 2), let half = Rational(1, over: 2)
    else { return reader.quantity(i) }
    return ProseQuantity(
      value: half, number: i..<(i + 1), end: i + 3, unit: reader.singular(reader.text(i + 2)))
  }

  // MARK: "The remainder when 17 is divided by 5 is 2"

  private func remainder(_ start: Int) -> Check? {
    if reader.kind(start) == .number { return leftOver(start) }
    guard reader.text(start) == "remainder" else { return nil }
    var i = start + 1
    if reader.text(i) == "when" || reader.text(i) == "of" { i += 1 } else { return nil }
    guard reader.kind(i) == .number, let a = reader.quantity(i, units: 0) else { return nil }
    i = reader.text(a.end) == "is" ? a.end + 1 : a.end
    guard reader.kind(i) == .op(.slash), let b = reader.quantity(i + 1, units: 0),
      let stated = reader.statement(b.end), let above = a.value.int, let below = b.value.int,
      above >= 0, below > 0
    else { return nil }
    return reader.check(start..<b.end, makes: Rational(above % below), statedAt: stated)
  }

  /// "17 divided by 5 leaves a remainder of 2".
  private func leftOver(_ start: Int) -> Check? {
    guard begins(start), let a = reader.quantity(start, units: 0),
      reader.kind(a.end) == .op(.slash), let b = reader.quantity(a.end + 1, units: 0),
      ["leaves", "has", "gives"].contains(reader.text(b.end)), reader.text(b.end + 1) == "a",
      reader.text(b.end + 2) == "remainder", reader.text(b.end + 3) == "of",
      let above = a.value.int, let below = b.value.int, above >= 0, below > 0
    else { return nil }
    return reader.check(start..<b.end, makes: Rational(above % below), statedAt: b.end + 4)
  }

  // MARK: "5 apples a day for 7 days is 35 apples", "12 boxes at $4 each is $48"

  private func rate(_ start: Int) -> Check? {
    guard begins(start), let amount = reader.quantity(start),
      ["a", "per", "each", "every"].contains(reader.text(amount.end)),
      reader.kind(amount.end + 1) == .word, reader.text(amount.end + 2) == "for",
      let count = reader.quantity(amount.end + 3),
      count.unit == reader.singular(reader.text(amount.end + 1)),
      let stated = total(count.end), let value = amount.value.multiplied(by: count.value)
    else { return nil }
    return reader.check(start..<count.end, makes: value, statedAt: stated)
  }

  private func price(_ start: Int) -> Check? {
    guard begins(start), let count = reader.quantity(start), !count.isMoney, !count.unit.isEmpty,
      reader.text(count.end) == "at", let price = reader.quantity(count.end + 1, units: 0),
      price.isMoney, let end = each(price.end, count.unit), let stated = total(end),
      reader.kind(stated) == .currency, let value = count.value.multiplied(by: price.value)
    else { return nil }
    return reader.check(start..<end, makes: value, statedAt: stated)
  }

  /// Behind "each", "apiece", "per box".
  private func each(_ i: Int, _ unit: String) -> Int? {
    if ["each", "apiece"].contains(reader.text(i)) { return i + 1 }
    if ["per", "a"].contains(reader.text(i)), reader.kind(i + 1) == .word,
      reader.singular(reader.text(i + 1)) == unit
    {
      return i + 2
    }
    return nil
  }

  /// Behind "is", "costs", "for a total of", ", totaling".
  private func total(_ i: Int) -> Int? {
    if let stated = reader.statement(i) { return stated }
    if ["costs", "cost", "totals"].contains(reader.text(i)) { return i + 1 }
    return reader.totalPhrase(i)
  }
}

extension ProseReader {
  /// Behind "for a total of", ", making a total of", "a total of".
  func totalPhrase(_ start: Int) -> Int? {
    var i = kind(start) == .comma ? start + 1 : start
    if ["for", "making", "giving", "with", "makes"].contains(text(i)) { i += 1 }
    guard text(i) == "a" || text(i) == "the", text(i + 1) == "total", text(i + 2) == "of" else {
      return nil
    }
    return i + 3
  }
}
