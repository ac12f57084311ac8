// The difference of two texts: exact counts over units, and hunks that read as edits.

/// The difference of two texts.
public struct TextDiff: Hashable, Sendable {
  /// What was counted.
  public var unit: DiffUnit
  /// The units of the first text.
  public var lengthMinus: Int
  /// The units of the second text.
  public var lengthPlus: Int
  /// The length of a longest common subsequence, in units; exact.
  public var lcs: Int
  /// The edits, in order; they neither overlap nor touch.
  public var hunks: [DiffHunk]

  /// R = 1 − |LCS| / |plus| (method.md).
  ///
  /// Of two empty texts 0, of a text against an empty one 1.
  public var changeRatio: Double {
    TextDiff.changeRatio(lengthMinus: lengthMinus, lengthPlus: lengthPlus, lcs: lcs)
  }

  static func changeRatio(lengthMinus: Int, lengthPlus: Int, lcs: Int) -> Double {
    guard lengthPlus > 0 else { return lengthMinus > 0 ? 1 : 0 }
    return 1 - Double(lcs) / Double(lengthPlus)
  }

  /// Compares two texts.
  ///
  /// With `mergeIslands` a few equal words between two edits are taken into one hunk, and a hunk that would cut a
  /// number takes the whole number; the counts stay those of the exact alignment.
  public init(minus: String, plus: String, unit: DiffUnit = .word, mergeIslands: Bool) {
    self.init(
      minus: Array(minus.utf8), plus: Array(plus.utf8), unit: unit, mergeIslands: mergeIslands)
  }

  /// Compares two texts given as bytes.
  public init(minus: [UInt8], plus: [UInt8], unit: DiffUnit = .word, mergeIslands: Bool) {
    self.init(
      minus: minus, plus: plus, minusUnits: TextUnits.ranges(of: minus, unit: unit),
      plusUnits: TextUnits.ranges(of: plus, unit: unit), unit: unit, mergeIslands: mergeIslands)
  }

  /// Compares two texts over units the caller cut, for example the tokens of a model.
  ///
  /// The units are byte ranges, in order, that do not overlap. Units are equal when their bytes are. Hunks never cut a character, even where tokens do.
  public init(
    minus: [UInt8], plus: [UInt8], minusUnits: [Range<Int>], plusUnits: [Range<Int>],
    unit: DiffUnit = .token, mergeIslands: Bool
  ) {
    var interner = Interner(expecting: minusUnits.count + plusUnits.count / 4)
    let a = interner.intern(minusUnits, of: minus)
    let b = interner.intern(plusUnits, of: plus)
    let matches = LCS.matches(a, b, alphabet: interner.count)
    self.unit = unit
    lengthMinus = a.count
    lengthPlus = b.count
    lcs = matches.count
    let aligned = Sliding.settle(matches, a, b)
    var builder = HunkBuilder(
      minus: minus, plus: plus, minusUnits: minusUnits, plusUnits: plusUnits)
    builder.build(from: aligned)
    if mergeIslands { builder.mergeIslands() }
    builder.alignToCharacters()
    hunks = builder.hunks.map { DiffHunk(minus: $0.minus, plus: $0.plus) }
  }
}

/// R(y⁻, y⁺) over words: 1 − |LCS| / |y⁺| (method.md; exact, where the paper's code used difflib).
public func changeRatio(minus: String, plus: String) -> Double {
  let minus = Array(minus.utf8)
  let plus = Array(plus.utf8)
  let minusUnits = TextUnits.words(of: minus)
  let plusUnits = TextUnits.words(of: plus)
  var interner = Interner(expecting: minusUnits.count + plusUnits.count / 4)
  let a = interner.intern(minusUnits, of: minus)
  let b = interner.intern(plusUnits, of: plus)
  let lcs = LCS.matches(a, b, alphabet: interner.count).count
  return TextDiff.changeRatio(lengthMinus: a.count, lengthPlus: b.count, lcs: lcs)
}
