// What reading a formula finds, and what can be read in two ways.

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
  /// The formula multiplied out, when its chain has unknowns and it is a polynomial of a size that people write.
  var polynomial: Polynomial?
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
