// What an answer can be.

/// A number or an expression, with the precision it was written in.
struct Quantity: Sendable {
  /// The exact closed form; nil for functions without one and when it does not fit.
  var exact: ClosedForm?
  /// The nearest double; nil with variables.
  var approximate: Double?
  /// The number as written, when this is one number and nothing else.
  var written: WrittenNumber?
  /// The expression as written, where it has no exact rational value.
  var tree: Term?
  /// Whether something did not fit 128 bits: then equal doubles prove nothing.
  var overflowed = false
  /// The number before `%`, `million` and the like were applied.
  var plain: Rational?
  /// Whether the plain number stood before a percent sign.
  var isPercent = false
  /// Whether the plain number stood before an exclamation mark.
  var isFactorial = false
  /// The value of `0.1(6)` as a repeating decimal; it is read as a product.
  var periodic: Rational?
  /// A bare whole number, as mixed numbers need it.
  var isBareInteger = false

  init(_ value: Rational) {
    exact = ClosedForm(value)
    approximate = value.double
  }
  init(exact: ClosedForm?, approximate: Double?, overflowed: Bool = false) {
    self.exact = exact
    self.approximate = approximate
    self.overflowed = overflowed
  }
  init(_ number: WrittenNumber) {
    exact = number.value.map { ClosedForm($0) }
    if number.value == nil, !number.hasPoint { tree = .digits(number.digits) }
    approximate = number.value?.double
    overflowed = number.value == nil
    written = number
    isBareInteger = !number.hasPoint
  }
}

extension Quantity {
  /// The expression, for evaluation at points; nil when it cannot be evaluated.
  var term: Term? { tree ?? exact?.rational.map { .number($0) } }
}

extension Quantity {
  /// One unit of the last place that is shown: 0.01 of "3.14", 100 of "1200"; nothing of what is no plain number.
  var shownStep: Double {
    guard let written else { return 0 }
    var step = 1.0
    if written.hasPoint {
      for _ in 0..<max(0, min(written.decimals, 40)) { step /= 10 }
      return step
    }
    guard var whole = exact?.rational?.int, whole != 0 else { return step }
    while whole % 10 == 0 {
      whole /= 10
      step *= 10
    }
    return step
  }
}

/// A unit phrase, with the measure it is when it is a known one.
struct AnswerUnit: Sendable {
  var words: [String]
  var known: KnownUnit?
}

/// An answer as read.
indirect enum AnswerValue: Sendable {
  case quantity(Quantity, AnswerUnit?)
  /// A tuple or an interval, with its brackets.
  case group(open: UInt8, close: UInt8, [AnswerValue])
  case set([AnswerValue])
  /// Values separated by commas without brackets.
  case list([AnswerValue])
  /// `2,74`: a list of two numbers, or one with a decimal comma.
  case decimalComma(list: [AnswerValue], AnswerValue)
  case union([AnswerValue])
  case intersection([AnswerValue])
  case infinity(negative: Bool)
  /// `name = value`, and the interval of `name > value`.
  case named(String, AnswerValue)
  case equation(Quantity, Quantity)
  /// A difference that is compared with zero: `>`, `>=` or `!=`.
  case relation(String, Quantity)
  /// A value and a decimal that is said to be near it.
  case approximated(AnswerValue, AnswerValue)
  /// Minutes after midnight; whether a half of the day is named.
  case time(minutes: Int, isNamed: Bool)
  case date(year: Int?, month: Int, day: Int)
  /// An ellipsis among the members of a list.
  case omitted
  /// `(A) content`.
  case choice(String, AnswerValue)
  case matrix([[AnswerValue]])
  /// Digits in a base.
  case based(String, base: Int)
  case ratio([AnswerValue])
  case text(String)
}

extension AnswerValue {
  /// Whether it is a value under the name of words, as "the speed is 5" says it.
  var isSaid: Bool { if case .named(let name, _) = self { name.contains(" ") } else { false } }
}
