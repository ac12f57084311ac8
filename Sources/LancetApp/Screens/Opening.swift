// Opening a trace: from the folds at hand when it is there, else through the store; neighbours are fetched ahead.
import LancetCanvas
import LancetCore

extension State {
  /// Goes to a trace on the Review screen, with the cursor on that hunk, else on the first undecided one.
  public mutating func open(_ trace: TraceID, hunk: Int? = nil) -> [Effect] {
    let hunk = hunk ?? (resumeHunk?.trace == trace ? resumeHunk?.hunk : nil)
    resumeHunk = nil
    keepReview()
    queue.moveCursor(to: trace)
    screen = .review
    let ahead = [1, -1, 2, -2].compactMap { queue.neighbour(of: trace, by: $0) }
      .filter { loaded[$0] == nil }
    let place = Effect.store(.rememberPlace(Place(trace: trace, hunk: hunk)))
    if let review = loaded[trace] {
      opening = nil
      show(review, hunk: hunk)
      return [place, .store(.prefetch(ahead))]
    }
    opening = Place(trace: trace, hunk: hunk)
    return [.store(.loadTrace(trace)), place, .store(.prefetch(ahead))]
  }

  /// Puts the fold on screen among those at hand, so that coming back shows what was decided.
  mutating func keepReview() {
    if let review { loaded.keep(review.review, for: review.trace) }
  }
}
