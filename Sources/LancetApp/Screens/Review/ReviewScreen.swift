// Review's row of the table of screens: one trace, its proposals and the person's decisions.
import LancetCanvas
import LancetCore

extension ScreenID {
  /// The trace under review.
  public static let review = ScreenID("review")
}

extension Scope {
  /// The trace under review.
  public static let review = Scope("review", title: "Review", kind: .screen)
  /// Typing a hunk in place.
  public static let reviewEdit = Scope("reviewEdit", title: "EDIT", kind: .text)
}

extension Screen {
  static let review = Screen(
    .review, "Review", "the trace under review", bindings: reviewBindings,
    refusal: { state in
      state.review == nil && state.opening == nil && state.queue.current == nil
        ? "no trace is here to review; import some first" : nil
    },
    scope: { $0.review?.isEditing == true ? .reviewEdit : .review },
    draw: { drawReview($0, in: $1, on: &$2) },
    input: { updateReview(&$0, input: $1, in: $0.area) },
    mouse: { state, mouse in
      state.review == nil ? [] : updateReview(&state, input: .mouse(mouse), in: state.area)
    },
    update: { updateReview(&$0, $1) },
    show: { $0.showReview() },
    flags: { state in state.review.map { reviewFlags($0, state) } ?? "" },
    place: { state in
      guard let trace = state.review?.trace, let index = state.queue.shownIndex(of: trace) else {
        return nil
      }
      return "\(index + 1) of \(state.queue.shown.count)"
    })
}

/// The trace, or what is in its place while it is not here.
private func drawReview(_ state: State, in area: Rect, on canvas: inout Canvas) {
  if let review = state.review, state.opening == nil || state.opening?.trace == review.trace {
    renderReview(review, state, in: area, on: &canvas)
  } else if let opening = state.opening {
    renderMessage(["reading trace \(opening.trace.rawValue)…"], in: area, on: &canvas)
  } else {
    renderMessage(
      ["No trace is open.", "1 goes to the Queue; Enter opens a trace there."], in: area,
      on: &canvas)
  }
}

extension State {
  /// Goes to Review; coming from elsewhere, to the trace under the Queue's cursor.
  fileprivate mutating func showReview() -> [Effect] {
    if screen != .review, let current = queue.current, review?.trace != current.id {
      return open(current.id)
    }
    screen = .review
    return []
  }

  /// Takes a fold from the store.
  ///
  /// Commits that wait for their answer were made after it was read, so they are applied to it
  /// here; nothing decided meanwhile disappears from the screen.
  mutating func received(_ stored: Review, of id: TraceID) {
    var review = stored
    for commit in saving.waiting {
      for item in commit.events where item.trace == id { review.apply(item.event) }
    }
    if let opening, opening.trace == id {
      let hunk = opening.hunk ?? openingKey.flatMap { key in review.number(of: key) }
      self.opening = nil
      openingKey = nil
      keepReview()
      show(review, hunk: hunk)
    } else if self.review?.trace == id {
      show(review, hunk: nil)
    }
    loaded.keep(review, for: id)
  }

  /// Puts a fold on the Review screen; one that is there already keeps its cursor and folds.
  mutating func show(_ fold: Review, hunk: Int?) {
    if var shown = review, shown.trace == fold.input.trace.id {
      shown.reload(fold, hunk: hunk, in: self)
      review = shown
    } else {
      review = ReviewState(review: fold, hunk: hunk, in: self)
    }
  }
}

extension Review {
  /// The number of the hunk with that key.
  func number(of key: HunkKey) -> Int? { hunks.first { $0.key == key }?.number }
}
