// One line of the Review screen before it is wrapped: what stands left, what corresponds to it on the right.

import LancetCore

/// A stretch both texts share, or a hunk: the cover of y⁻ and of the correction, in order.
public struct ReviewPiece: Hashable, Sendable {
  /// The index of the hunk in `Review.hunks`; nil for a stretch that is the same on both sides.
  public var hunk: Int?
  /// Its bytes of y⁻.
  public var minus: Range<Int>
  /// Its bytes of the correction.
  public var plus: Range<Int>

  /// A piece of both texts.
  public init(hunk: Int?, minus: Range<Int>, plus: Range<Int>) {
    self.hunk = hunk
    self.minus = minus
    self.plus = plus
  }
}

/// Which of the two texts.
public enum ReviewSide: Hashable, Sendable {
  /// y⁻, the model's own text.
  case minus
  /// The correction.
  case plus
}

/// A line of y⁻ beside the line of the correction it corresponds to.
///
/// Either may be missing, never both.
public struct ReviewLine: Hashable, Sendable {
  /// The bytes of y⁻ without the line break; nil when nothing on the left corresponds.
  public var minus: Range<Int>?
  /// The bytes of the correction without the line break; nil when nothing on the right corresponds.
  public var plus: Range<Int>?
  /// The hunks that touch this line, as indices of `Review.hunks`; empty for an unchanged line.
  public var hunks: Range<Int>
  /// The pieces that touch this line, as indices of `ReviewLayout.pieces`.
  public var pieces: Range<Int>
  /// Where the line stands in y⁻, also when nothing of y⁻ is in it: what a cursor remembers.
  public var anchor: Int

  /// Whether both sides are the same here.
  public var isUnchanged: Bool { hunks.isEmpty }

  /// The bytes of one side.
  public subscript(side: ReviewSide) -> Range<Int>? { side == .minus ? minus : plus }

  /// A line from its two sides.
  public init(
    minus: Range<Int>?, plus: Range<Int>?, hunks: Range<Int>, pieces: Range<Int>, anchor: Int
  ) {
    self.minus = minus
    self.plus = plus
    self.hunks = hunks
    self.pieces = pieces
    self.anchor = anchor
  }
}
