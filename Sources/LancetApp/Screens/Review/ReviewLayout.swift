// The two texts of the Review screen laid side by side as lines, independent of any width. Wrapping is left to whoever
// draws a line, so that a trace of thousands of rows costs no more to scroll than a short one.

import LancetCore

/// y⁻ and the correction as corresponding lines.
///
/// A line ends where both texts break inside a stretch they share; inside a hunk that spans lines, the lines of the two
/// sides are paired through the stretches they share, then by their order. Long paragraphs are also cut, at a
/// sentence that both sides begin alike, so that the texts start on the same row again after a change.
public struct ReviewLayout: Sendable {
  /// y⁻.
  public let minus: [UInt8]
  /// The correction.
  public let plus: [UInt8]
  /// The cover of both texts by shared stretches and hunks.
  public let pieces: [ReviewPiece]
  /// The corresponding lines, in order.
  public let lines: [ReviewLine]
  /// The steps of y⁻.
  public let minusSteps: [Step]
  /// The steps of the correction.
  public let plusSteps: [Step]
  /// Where the lines of y⁻ break.
  private let minusBreaks: [Int]

  /// Lays out two texts.
  ///
  /// - Complexity: O(bytes), one pass; no text is copied.
  public init(
    minus: [UInt8], plus: [UInt8], pieces: [ReviewPiece], minusSteps: [Step], plusSteps: [Step]
  ) {
    var builder = LineBuilder(
      minus: minus, plus: plus, pieces: pieces, minusSteps: minusSteps, plusSteps: plusSteps)
    self.lines = builder.build()
    self.minus = minus
    self.plus = plus
    self.pieces = pieces
    minusBreaks = minus.indices.filter { minus[$0] == .lineFeed }
    self.minusSteps = minusSteps
    self.plusSteps = plusSteps
  }

  /// A text of one side.
  public func text(_ side: ReviewSide) -> [UInt8] { side == .minus ? minus : plus }

  /// The steps of one side.
  public func steps(_ side: ReviewSide) -> [Step] { side == .minus ? minusSteps : plusSteps }

  /// The number of the line of y⁻ that begins at this byte, from 1; nil inside a line.
  public func lineNumber(at byte: Int) -> Int? {
    guard byte == 0 || (byte <= minus.count && minus[byte - 1] == .lineFeed) else { return nil }
    return minusBreaks.partitioningIndex { $0 >= byte } + 1
  }

  /// The index of the first step that begins within these bytes; nil when none does.
  public func stepBeginning(in bytes: Range<Int>, of side: ReviewSide) -> Int? {
    let steps = steps(side)
    let index = steps.partitioningIndex { $0.bytes.lowerBound >= bytes.lowerBound }
    guard index < steps.count, steps[index].bytes.lowerBound < max(bytes.upperBound, 1) else {
      return nil
    }
    return index
  }

  /// The index of the step that these bytes belong to: the one beginning there, else the one before; nil before the
  /// first step.
  public func step(at bytes: Range<Int>, of side: ReviewSide) -> Int? {
    if let begun = stepBeginning(in: bytes, of: side) { return begun }
    let after = steps(side).partitioningIndex { $0.bytes.lowerBound > bytes.lowerBound }
    return after > 0 ? after - 1 : nil
  }

  /// The index of the first line that a hunk touches.
  public func line(ofHunk hunk: Int) -> Int? {
    let index = lines.partitioningIndex { $0.hunks.upperBound > hunk }
    guard index < lines.count, lines[index].hunks.contains(hunk) else {
      return lines.firstIndex { $0.hunks.contains(hunk) }
    }
    return index
  }

  /// The index of the line that stands at a byte of y⁻: the last one that begins at or before it.
  public func line(atMinus offset: Int) -> Int {
    let after = lines.partitioningIndex { $0.anchor > offset }
    return max(after - 1, 0)
  }

  /// The index of the line that holds a byte of the correction.
  public func line(atPlus offset: Int) -> Int? {
    lines.firstIndex { line in
      guard let plus = line.plus else { return false }
      return plus.lowerBound <= offset && offset <= plus.upperBound
    }
  }
}
