// Which words inside a hunk differ, for marks within the line.

/// The byte ranges inside a hunk's two texts that differ, relative to each text's start.
public struct WordMarks: Hashable, Sendable {
  /// What is gone.
  public var minus: [Range<Int>]
  /// What is new.
  public var plus: [Range<Int>]

  /// Compares a hunk's two texts by words.
  public init(minus: String, plus: String) {
    self.init(minus: Array(minus.utf8), plus: Array(plus.utf8))
  }

  /// Compares a hunk's two texts, given as bytes, by words.
  public init(minus: [UInt8], plus: [UInt8]) {
    let diff = TextDiff(minus: minus, plus: plus, mergeIslands: false)
    self.minus = diff.hunks.map(\.minus).filter { !$0.isEmpty }
    self.plus = diff.hunks.map(\.plus).filter { !$0.isEmpty }
  }
}
