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
