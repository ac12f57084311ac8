// What is said twice in one breath must be the same: "the discount is 80%, so he got 20% off", "a 20% discount means he
// pays 70%", "= 0.0056 kb/s (or 5.6 kb/s)", "4 cookies a week … 4 cookies/day × 5 days".

/// Checks of a quantity that a sentence or its neighbour says again in other words.
struct Restatements {
  private let reader: ProseReader
  private(set) var checks: [Check] = []

  init(_ reader: ProseReader) {
    self.reader = reader
    for i in reader.tokens.indices {
      switch reader.kind(i) {
      case .word where reader.tokens[i].end - reader.tokens[i].start == 8:
        if let found = discount(i) { checks.append(found) }
      case .number:
        if let found = bracketed(i) ?? rate(i) { checks.append(found) }
      default: continue
      }
    }
  }

  private func number(_ i: Int) -> Rational? {
    guard reader.kind(i) == .number else { return nil }
    return reader.numbers[reader.tokens[i].number].value
  }

  // MARK: Discounts

  /// "the discount is 80%, so he got 80% off"; "a 20% discount means that he pays 80%".
  private func discount(_ at: Int) -> Check? {
    guard reader.text(at) == "discount" else { return nil }
    if ["is", "was"].contains(reader.text(at + 1)), let share = number(at + 2),
      reader.kind(at + 3) == .percent
    {
      let next = reader.kind(at + 4) == .comma ? at + 5 : at + 4
      guard ["so", "thus", "therefore", "meaning", "which"].contains(reader.text(next)),
        let stated = percentage(behind: next), reader.text(stated + 2) == "off"
      else { return nil }
      return check(at..<(at + 4), makes: share, statedAt: stated)
    }
    guard reader.kind(at - 1) == .percent, let share = number(at - 2),
      reader.text(at + 1) == "means", let stated = percentage(behind: at + 1),
      ["pays", "pay", "paid"].contains(reader.text(stated - 1)),
      let rest = Rational(100).subtracting(share)
    else { return nil }
    return check((at - 2)..<(at + 1), makes: rest, statedAt: stated)
  }

  /// The next percentage, with nothing but words in front of it.
  private func percentage(behind start: Int) -> Int? {
    var i = start + 1
    while i < start + 7, reader.kind(i) == .word { i += 1 }
    return number(i) != nil && reader.kind(i + 1) == .percent ? i : nil
  }

  private func check(_ phrase: Range<Int>, makes value: Rational, statedAt i: Int) -> Check? {
    guard let said = number(i) else { return nil }
    let decimals = reader.numbers[reader.tokens[i].number].decimals
    return reader.check(phrase, makes: value, stated: i..<(i + 1), said: said, decimals: decimals)
  }

  // MARK: "= 0.0056 kb/s (or 5.6 kb/s)"

  /// A result said again in brackets in the same unit.
  private func bracketed(_ i: Int) -> Check? {
    guard reader.kind(i - 1) == .equals, let value = number(i) else { return nil }
    var open = i + 1
    while open < i + 6, isUnit(open) { open += 1 }
    let length = open - i - 1
    guard length > 0, reader.kind(open) == .open, reader.text(open + 1) == "or",
      number(open + 2) != nil, reader.kind(open + 3 + length) == .close,
      (0..<length).allSatisfy({ reader.text(i + 1 + $0) == reader.text(open + 3 + $0) })
    else { return nil }
    return check(i..<open, makes: value, statedAt: open + 2)
  }

  private func isUnit(_ i: Int) -> Bool {
    switch reader.kind(i) {
    case .word, .letter, .op(.slash): true
    default: false
    }
  }

  // MARK: "4 cookies a week. … 4 cookies/day × 5 days"

  private static let periods: Set<String> = ["day", "week", "month", "year"]

  /// A rate that the next calculation takes for another period.
  private func rate(_ i: Int) -> Check? {
    guard let said = reader.quantity(i, units: 1), !said.unit.isEmpty,
      ["a", "per", "each", "every"].contains(reader.text(said.end)),
      Self.periods.contains(reader.text(said.end + 1))
    else { return nil }
    let period = reader.text(said.end + 1)
    var j = said.end + 2
    while j < i + 40, reader.kind(j) != nil {
      if let value = number(j) {
        if value == said.value, let used = reader.quantity(j, units: 1), used.unit == said.unit,
          reader.kind(used.end) == .op(.slash), Self.periods.contains(reader.text(used.end + 1)),
          reader.text(used.end + 1) != period, reader.kind(used.end + 2) == .op(.star),
          let count = reader.quantity(used.end + 3, units: 1),
          count.unit == reader.text(used.end + 1)
        {
          let whole = reader.bytes(i..<(said.end + 2))
          let stated = reader.bytes(j..<(used.end + 2))
          return Check(
            bytes: whole.lowerBound..<stated.upperBound, statedBytes: stated,
            expression: reader.string(whole),
            stated: reader.string(stated), computed: nil, verdict: .wrong)
        }
        // The same rate for the other period, said in so many words.
        if value == said.value, reader.kind(j + 1) != .word { return nil }
      }
      j += 1
    }
    return nil
  }
}
