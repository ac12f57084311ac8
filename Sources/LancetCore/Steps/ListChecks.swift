// "The sum of 3, 4 and 5 is 12": what is said of a list of numbers in words.

/// Checks of sums, products, averages, greatest common divisors and least common multiples of lists.
struct ListChecks {
  private enum Kind { case sum, product, mean, gcd, lcm }

  private let reader: ProseReader
  private(set) var checks: [Check] = []

  init(_ reader: ProseReader) {
    self.reader = reader
    for i in reader.tokens.indices where reader.kind(i) == .word {
      let length = reader.tokens[i].end - reader.tokens[i].start
      guard length == 2, reader.text(i) == "of", let kind = kind(before: i),
        let check = check(i, kind)
      else { continue }
      checks.append(check)
    }
  }

  private func kind(before i: Int) -> Kind? {
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
    case .gcd: return Formula.joint(.gcd, values.map { .number($0) }).exact
    case .lcm: return Formula.joint(.lcm, values.map { .number($0) }).exact
    }
  }
}
