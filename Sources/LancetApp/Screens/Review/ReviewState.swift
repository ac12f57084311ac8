// The trace under review.
import LancetCanvas
import LancetCore

/// The Review screen as a value.
public struct ReviewState: Sendable {
  /// The fold of everything decided about the trace.
  public var review: Review
  /// The hunk under the cursor as people number it, from 1; nil when there is none.
  public var hunkNumber: Int?
  /// Whether a hunk is being typed in place, so that keys are text.
  public var isEditing = false

  /// Opens a trace with the cursor on that hunk, else on the first undecided one.
  public init(review: Review, hunk: Int?, in state: State) {
    self.review = review
    self.hunkNumber = hunk ?? 1
  }

  /// The trace.
  public var trace: TraceID { review.input.trace.id }

  /// Takes a fold the store changed (undo, redo, a rule, a new proposal), with the cursor on that hunk or where it was.
  public mutating func reload(_ review: Review, hunk: Int?, in state: State) {
    self.review = review
    self.hunkNumber = hunk ?? hunkNumber
  }
}
