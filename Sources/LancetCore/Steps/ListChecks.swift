// "The sum of 3, 4 and 5 is 12": what is said of a list of numbers in words.

/// Checks of sums, products, averages, greatest common divisors and least common multiples of lists.
struct ListChecks {
  private enum Kind { case sum, product, mean, gcd, lcm, difference, quotient }

  private let reader: ProseReader
  private(set) var checks: [Check] = []

  init(_ reader: ProseReader) {
    self.reader = reader
    for i in reader.tokens.indices {
      if reader.kind(i) == .word, let kind = kind(before: i), let check = check(i, kind) {
        checks.append(check)
      } else if reader.opens[i], let total = total(i) {
        checks.append(total)
      }
    }
  }

  private func kind(before i: Int) -> Kind? {
    let length = reader.tokens[i].end - reader.tokens[i].start
    guard length == 2 && reader.text(i) == "of" || length == 7 && reader.text(i) == "between"
    else { return nil }
    switch reader.text(i - 1) {
    case "difference": return .difference
    case "quotient": return .quotient
    default: return length == 2 ? joint(before: i) : nil
    }
  }

  private func joint(before i: Int) -> Kind? {
    switch reader.text(i - 1) {
    case "sum": .sum
    case "product": .product
    case "average", "mean": .mean
    case "gcd", "gcf", "hcf": .gcd
    case "lcm": .lcm
    case "multiple" where reader.text(i - 2) == "common" && reader.text(i - 3) == "least": .lcm
    case "divisor", "factor":
      reader.text(i - 2) == "common" && reader.text(i - 3) == "greatest" ? .gcd : nil
    default: nil
    }
  }

  private func check(_ of: Int, _ kind: Kind) -> Check? {
    var i = of + 1
    var values: [Rational] = []
    var end = i
    defer { reader.effort.spend(values.count) }
    while let (value, next) = number(i), values.count < 64 {
      values.append(value)
      (i, end) = (next, next)
      let comma = reader.kind(i) == .comma
      if comma { i += 1 }
      if reader.text(i) == "and" { i += 1 } else if !comma { break }
    }
    let isStated =
      reader.kind(end) == .equals || reader.kind(end) == .word && reader.text(end) == "is"
    guard values.count >= 2, isStated, let (stated, behind) = number(end + 1), closes(behind),
      let value = compute(kind, values)
    else { return nil }
    let tokens = reader.tokens
    let place = tokens[end + 1].start..<tokens[behind - 1].end
    let number = WrittenNumber(digits: reader.bytes[place])
    let half = Rational(10).power(-number.decimals)?.divided(by: Rational(2)) ?? .zero
    let distance = value.subtracting(stated)?.magnitude ?? .zero
    let isRight = value == stated || (!value.isInteger && !half.isLess(than: distance))
    let isClose = distance.isLess(than: .one) && !value.isInteger
    let expression = tokens[of - 1].start..<tokens[end - 1].end
    return Check(
      bytes: expression.lowerBound..<place.upperBound, statedBytes: place,
      expression: String(decoding: reader.bytes[expression], as: UTF8.self),
      stated: String(decoding: reader.bytes[place], as: UTF8.self), computed: value.spelling,
      verdict: isRight ? .right : isClose ? .unknown : .wrong)
  }

  // MARK: "5 apples, 3 pears and 4 plums add up to 12"

  /// A list of things of one kind, all its numbers with it, and their total said behind it.
  private func total(_ start: Int) -> Check? {
    let isInList = reader.kind(start - 1) == .comma || reader.text(start - 1) == "and"
    guard !isInList, reader.opensStatement(start) || Self.owns.contains(reader.text(start - 1))
    else { return nil }
    var items: [ProseQuantity] = []
    var i = start
    while let item = reader.quantity(i), items.count < 64 {
      items.append(item)
      i = item.end
      let comma = reader.kind(i) == .comma
      if comma { i += 1 }
      if reader.text(i) == "and" { i += 1 } else if !comma { break }
    }
    guard items.count >= 2, let last = items.last, let stated = totalStated(last.end),
      Set(items.dropLast().map(\.unit) + [last.unit]).filter({ !$0.isEmpty }).count <= 1,
      Set(items.map(\.isMoney)).count == 1,
      items.dropLast().allSatisfy({ $0.unit.isEmpty }) || items.allSatisfy({ !$0.unit.isEmpty }),
      let sum = items.dropFirst().reduce(items[0].value as Rational?, { $0?.adding($1.value) })
    else { return nil }
    return reader.check(start..<last.end, makes: sum, statedAt: stated)
  }

  private static let owns: Set<String> = [
    "has", "have", "had", "bought", "sold", "got", "picked", "ate", "scored", "earned", "adding",
    "numbers", "values", "scores", "are", "were",
  ]

  /// Behind "add up to", "sum to", "for a total of".
  private func totalStated(_ i: Int) -> Int? {
    switch reader.text(i) {
    case "add", "adds", "sum", "sums":
      if reader.text(i + 1) == "up", reader.text(i + 2) == "to" { return i + 3 }
      return reader.text(i + 1) == "to" ? i + 2 : nil
    default: return reader.totalPhrase(i)
    }
  }

  private func number(_ start: Int) -> (Rational, Int)? {
    let i = reader.kind(start) == .currency ? start + 1 : start
    guard reader.kind(i) == .number, let value = reader.numbers[reader.tokens[i].number].value
    else { return nil }
    return (value, i + 1)
  }

  /// Whether a stated number is the whole of what is stated.
  private func closes(_ i: Int) -> Bool {
    switch reader.kind(i) {
    case nil, .stop, .newline, .comma: true
    case .word: !ProseWords.changesNumber(reader.text(i)) && reader.text(i) != "of"
    default: false
    }
  }

  private func compute(_ kind: Kind, _ values: [Rational]) -> Rational? {
    switch kind {
    case .sum: return values.dropFirst().reduce(values.first) { $0?.adding($1) }
    case .product: return values.dropFirst().reduce(values.first) { $0?.multiplied(by: $1) }
    case .mean:
      return values.dropFirst().reduce(values.first) { $0?.adding($1) }?
        .divided(by: Rational(values.count))
    case .difference:
      guard values.count == 2 else { return nil }
      return values[0].subtracting(values[1])?.magnitude
    case .quotient: return values.count == 2 ? values[0].divided(by: values[1]) : nil
    case .gcd: return Formula.joint(.gcd, values.map { .number($0) }).exact
    case .lcm: return Formula.joint(.lcm, values.map { .number($0) }).exact
    }
  }
}
