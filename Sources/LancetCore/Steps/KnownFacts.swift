// What everybody knows and steps state: "3 hours is 180 minutes", "there are 31 days in March", "half a dozen is 6".

/// Checks of conversions and of numbers of common knowledge, where they are stated by themselves.
struct KnownFacts {
  private let reader: ProseReader
  private(set) var checks: [Check] = []

  init(_ reader: ProseReader) {
    self.reader = reader
    for i in reader.tokens.indices where reader.opens[i] && reader.kind(i) != .currency {
      if let found = conversion(i) ?? dozens(i) ?? contents(i) ?? coins(i) ?? frequency(i) {
        checks.append(found)
      }
    }
  }

  /// How many of the smaller unit make the larger one: only what holds in every story.
  ///
  /// Days of work, weeks of a month and scales of maps have numbers of their own and do not stand here.
  private static let factors: [String: [String: Int]] = [
    "hour": ["minute": 60, "second": 3600], "minute": ["second": 60], "year": ["month": 12],
    "foot": ["inch": 12, "inche": 12], "feet": ["inch": 12, "inche": 12],
    "yard": ["foot": 3, "feet": 3],
    "mile": ["foot": 5280, "feet": 5280], "dollar": ["cent": 100], "kilogram": ["gram": 1000],
    "kg": ["g": 1000, "gram": 1000], "kilometer": ["meter": 1000],
    "km": ["m": 1000, "meter": 1000],
    "meter": ["centimeter": 100, "cm": 100], "liter": ["milliliter": 1000, "ml": 1000],
    "gallon": ["quart": 4], "decade": ["year": 10], "century": ["year": 100],
    "pound": ["ounce": 16], "ton": ["pound": 2000],
  ]
  /// Units of time convert in both directions; a length in front of a larger one may be a scale.
  private static let times: Set<String> = ["hour", "minute", "second", "year", "month"]

  private static func ratio(_ from: String, _ to: String) -> Rational? {
    if let factor = factors[from]?[to] { return Rational(factor) }
    guard times.contains(from), times.contains(to), let factor = factors[to]?[from] else {
      return nil
    }
    return Rational(1, over: Int128(factor))
  }

  // MARK: "3 hours is 180 minutes", "1 hour and 20 minutes = 80 minutes"

  private func conversion(_ start: Int) -> Check? {
    guard reader.opensStatement(start), let first = reader.quantity(start, units: 1),
      !first.unit.isEmpty
    else { return nil }
    var end = first.end
    var value = first.value
    var second: ProseQuantity?
    let next = reader.text(end) == "and" ? end + 1 : end
    if let more = reader.quantity(next, units: 1), Self.ratio(first.unit, more.unit) != nil {
      second = more
      end = more.end
    }
    guard let stated = reader.statement(end), let result = reader.quantity(stated, units: 1),
      let factor = Self.ratio(first.unit, result.unit),
      let whole = value.multiplied(by: factor)
    else { return nil }
    value = whole
    if let second {
      let rest = second.unit == result.unit ? .one : Self.ratio(second.unit, result.unit)
      guard let rest, let part = second.value.multiplied(by: rest), let sum = value.adding(part)
      else { return nil }
      value = sum
    }
    return reader.check(start..<end, makes: value, statedAt: stated)
  }

  // MARK: "half a dozen plates is 6 plates", "3 dozen = 36"

  private func dozens(_ start: Int) -> Check? {
    var i = start
    let count: Rational
    if reader.text(i) == "half", reader.text(i + 1) == "a", let half = Rational(1, over: 2) {
      count = half
      i += 2
    } else if let number = reader.quantity(i, units: 0), !number.isMoney {
      count = number.value
      i = number.end
    } else {
      return nil
    }
    guard ["dozen", "dozens"].contains(reader.text(i)), opens(start) else { return nil }
    i += 1
    if reader.text(i) == "of" { i += 1 }
    while i < start + 7, reader.kind(i) == .word, reader.isUnit(i) { i += 1 }
    guard let value = count.multiplied(by: Rational(12)), let stated = reader.statement(i),
      reader.kind(stated) != .currency
    else { return nil }
    return check(start..<i, makes: value, at: stated)
  }

  private func opens(_ start: Int) -> Bool {
    switch reader.kind(start - 1) {
    case nil, .newline, .stop, .comma, .open: true
    case .word:
      !["and", "a", "per", "of", "one", "than", "every", "each"].contains(reader.text(start - 1))
    default: false
    }
  }

  /// The value stated at a token: a number, or a calculation with its result ("6/2 = 3 plates").
  private func check(_ phrase: Range<Int>, makes value: Rational, at start: Int) -> Check? {
    if let found = reader.check(phrase, makes: value, statedAt: start) { return found }
    var inner = reader
    guard reader.startsOperand(start), let way = inner.expression(start), way.operators > 0,
      !way.isBlocked, reader.kind(way.tokens.upperBound) == .equals
    else { return nil }
    return reader.check(phrase, makes: value, statedAt: way.tokens.upperBound + 1)
  }

  // MARK: "There are 31 days in March", "an hour has 60 minutes"

  private static let months: [String: [Int]] = [
    "january": [31], "february": [28, 29], "march": [31], "april": [30], "may": [31],
    "june": [30], "july": [31], "august": [31], "september": [30], "october": [31],
    "november": [30], "december": [31],
  ]

  private func contents(_ start: Int) -> Check? {
    guard reader.text(start) == "there", ["are", "is"].contains(reader.text(start + 1)),
      let count = reader.quantity(start + 2, units: 1), !count.isMoney,
      reader.text(count.end) == "in"
    else { return nil }
    var i = count.end + 1
    let isOne = ["a", "an", "one", "each", "every"].contains(reader.text(i))
    if isOne || reader.kind(i) == .number && reader.quantity(i, units: 0)?.value == .one { i += 1 }
    let known: [Int]
    if count.unit == "day", !isOne, let days = Self.months[reader.text(i)] {
      known = days
    } else if isOne || i > count.end + 1,
      let factor = Self.factors[reader.text(i)]?[count.unit]
    {
      known = [factor]
    } else {
      return nil
    }
    guard reader.closesStatement(i + 1), let first = known.first else { return nil }
    let value = known.first { Rational($0) == count.value } ?? first
    return reader.check(
      start..<(i + 1), makes: Rational(value), stated: count.number, said: count.value, decimals: 6)
  }

  // MARK: "Two nickels are worth 10 cents", "a dime is worth $0.10"

  private static let coins: [String: Int] = ["penny": 1, "nickel": 5, "dime": 10, "quarter": 25]

  private func coins(_ start: Int) -> Check? {
    var i = start
    let count: Rational
    if ["a", "each", "one", "every"].contains(reader.text(i)) {
      count = .one
      i += 1
    } else if let number = reader.quantity(i, units: 0), !number.isMoney {
      count = number.value
      i = number.end
    } else {
      return nil
    }
    guard reader.kind(i) == .word, let cents = Self.coins[reader.singular(reader.text(i))] else {
      return nil
    }
    let end = i + 1
    i = end
    if ["is", "are", "were", "was"].contains(reader.text(i)) { i += 1 }
    guard reader.text(i) == "worth", let stated = reader.quantity(i + 1, units: 1),
      stated.isMoney || stated.unit == "cent"
    else { return nil }
    // "$0.10 (10 cents) each"
    var behind = stated.end
    if reader.kind(behind) == .open {
      while behind < stated.end + 6, reader.kind(behind) != .close { behind += 1 }
      behind += 1
    }
    let each = ["each", "apiece"].contains(reader.text(behind))
    guard let hundredths = Rational(cents).multiplied(by: each ? .one : count),
      let value = stated.isMoney ? hundredths.divided(by: Rational(100)) : hundredths
    else { return nil }
    let number =
      stated.isMoney ? stated.number.lowerBound + 1..<stated.number.upperBound : stated.number
    return reader.check(
      start..<end, makes: value, stated: number, said: stated.value, decimals: 6)
  }

  // MARK: "quarterly, which means four times a year"

  private static let frequencies: [String: Int] = [
    "quarterly": 4, "monthly": 12, "annually": 1, "yearly": 1, "semiannually": 2,
  ]

  private func frequency(_ start: Int) -> Check? {
    guard let known = Self.frequencies[reader.text(start)] else { return nil }
    var i = start + 1
    if let stated = reader.statement(i) { i = stated } else { return nil }
    let named = reader.text(i) == "once" ? 1 : reader.text(i) == "twice" ? 2 : nil
    let number: Range<Int>
    let said: Rational
    if let named {
      (number, said) = (i..<(i + 1), Rational(named))
      i += 1
    } else {
      guard let count = reader.quantity(i, units: 0),
        reader.text(count.end) == "times"
      else { return nil }
      (number, said) = (count.number, count.value)
      i = count.end + 1
    }
    if ["a", "per", "each", "every", "in"].contains(reader.text(i)) { i += 1 }
    if reader.text(i) == "a" || reader.text(i) == "one" { i += 1 }
    guard reader.text(i) == "year" else { return nil }
    return reader.check(
      start..<(start + 1), makes: Rational(known), stated: number, said: said, decimals: 0)
  }
}
