// A trace taken apart into the tokens of formulas: strict inside LaTeX delimiters, broken at every word outside.

/// One token of a formula.
struct FormulaToken {
  enum Kind: Equatable {
    /// The index of the written number.
    case number(Int)
    /// An unknown with its subscript.
    case letter(String)
    case op(UInt8)
    case open(UInt8), close(UInt8)
    case bar
    case frac, binom, choose, pi, percent, bang, degree
    /// `\pm`; `\mp` cannot be read.
    case plusMinus
    case floorOpen, floorClose, ceilingOpen, ceilingClose
    /// A root; its degree when it is written.
    case root(Int)
    case function(Formula.Function)
    /// A logarithm, natural or of a written base (behind it, a subscript).
    case log
    case joint(Formula.Joint)
    case comma
    case equals, approximately, congruent, otherRelation
    /// `\pmod`, `\bmod`.
    case modulus, remainder
    /// What parts statements: a line's end, a wide space, an arrow, a delimiter between formulas.
    case separator
    /// A line's end, where a chain may go on.
    case newline
    /// A math delimiter.
    case delimiter
    case arrow
    case word
    /// `_`.
    case subscripted
    /// Words between math delimiters: a unit or a name.
    case text
    case unreadable
  }
  var kind: Kind
  var start: Int
  var end: Int
  var spaceBefore: Bool
  /// Whether it stands between math delimiters.
  var inMath: Bool
}

/// A number of a formula.
struct FormulaNumber {
  var value: Rational?
  var decimals: Int
  var hasPoint: Bool
  /// A repeating decimal, which is exact.
  var isRepeating = false
  /// Written in a base of its own: `1011_2`.
  var isBased = false
  /// How far it may be from what was meant when it looks rounded.
  var slack: Double
}

extension UInt8 {
  /// A byte of a character outside ASCII.
  var isHigh: Bool { self >= 0x80 }
}

extension FormulaToken.Kind {
  /// Whether this is an unknown.
  var isLetter: Bool { if case .letter = self { true } else { false } }

  /// Whether this ends an operand.
  var isOperand: Bool {
    switch self {
    case .number, .letter, .close, .bang: true
    default: false
    }
  }
}
