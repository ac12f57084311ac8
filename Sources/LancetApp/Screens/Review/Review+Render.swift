// The Review screen on a canvas.
import LancetCanvas
import LancetCore

/// Draws the trace under review between header and footer.
func renderReview(_ review: ReviewState, _ state: State, in area: Rect, on canvas: inout Canvas) {
}

/// The words at the right end of the footer: mode flags of fixed width.
func reviewFlags(_ review: ReviewState, _ state: State) -> String { "" }
