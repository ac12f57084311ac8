// Deciding: every key that changes something records an event, shows it at once and goes to what is left.

import LancetCanvas
import LancetCore

extension State {
  /// Changes the Review screen, which may look at the rest of the state meanwhile.
  mutating func changeReview<Result>(_ change: (inout ReviewState, State) -> Result) -> Result? {
    guard var review else { return nil }
    self.review = nil
    defer { self.review = review }
    return change(&review, self)
  }

  /// Records events about the trace on screen and shows them; nil when the session refuses.
  mutating func record(_ events: [ReviewEvent]) -> [Effect]? {
    guard let trace = review?.trace else { return nil }
    let effects = commit(events.map { TraceEvent(trace, $0) })
    guard !effects.isEmpty else { return nil }
    _ = changeReview { review, state in
      review.apply(events)
      review.follow(in: state)
    }
    return effects
  }

  /// Decides the hunk under the cursor and goes to the next undecided one.
  mutating func decideAndAdvance(_ decision: Decision) -> [Effect] {
    guard let hunk = review?.hunk, let effects = record([.decide(hunk.key, decision)]) else {
      return []
    }
    advance()
    return effects
  }

  /// Goes to the next undecided hunk; when none is left, says what comes next.
  mutating func advance() {
    let moved = changeReview { $0.moveUndecided(by: 1, in: $1) }
    guard moved == false, let review else { return }
    if let refusal = review.refusals.first {
      notice = Notice("all hunks are decided, but \(refusal.sentence)", .warning)
    } else if review.review.approval == nil {
      notice = Notice("all hunks are decided: Enter approves and opens the next", .right)
    }
  }

  /// Decides the hunk under the cursor and stays.
  mutating func decideAndStay(_ decision: Decision) -> [Effect] {
    guard let hunk = review?.hunk else { return [] }
    return record([.decide(hunk.key, decision)]) ?? []
  }

  /// Decides all undecided hunks alike, as one batch.
  mutating func decideRest(_ decision: Decision) -> [Effect] {
    guard let review else { return [] }
    let open = review.review.hunks.filter { $0.decision == .undecided }
    guard let effects = record(open.map { .decide($0.key, decision) }) else { return [] }
    advance()
    return effects
  }

  /// Cuts the hunk under the cursor, or the selected part out of it.
  mutating func split() -> [Effect] {
    guard let hunk = review?.hunk, let pieces = review?.review.splitPieces(of: hunk.key),
      let effects = record([.split(hunk.key, into: pieces)])
    else { return [] }
    _ = changeReview { review, state in
      if let index = pieces.first.flatMap({ review.review.index(of: $0) }) {
        review.placeCursor(onHunk: index)
      }
      review.follow(in: state)
    }
    notice = Notice("split into \(pieces.count); & joins again")
    return effects
  }

  /// Joins the hunk under the cursor with the next.
  mutating func join() -> [Effect] {
    guard let hunk = review?.hunk, let joined = review?.review.joined(hunk.key),
      let effects = record([.join(joined.keys, into: joined.into)])
    else { return [] }
    _ = changeReview { review, state in
      if let index = review.review.index(of: joined.into) { review.placeCursor(onHunk: index) }
      review.follow(in: state)
    }
    return effects
  }

  /// Takes the next proposal's version of the hunk under the cursor.
  mutating func nextAlternative() -> [Effect] {
    guard let review, let hunk = review.hunk else { return [] }
    let others = review.review.alternatives(at: hunk.key)
    let next = others.first { $0.proposal > hunk.key.proposal } ?? others.first
    guard let next,
      let effects = record([.choose(region: next.region, replacement: next.replacement)])
    else { return [] }
    _ = changeReview { review, state in
      if let index = next.replacement.first.flatMap({ review.review.index(of: $0) }) {
        review.placeCursor(onHunk: index)
      }
      review.follow(in: state)
    }
    let oracle = review.review.input.proposal(next.proposal)?.oracle ?? "another"
    notice = Notice("\(oracle)'s version of this hunk, undecided")
    return effects
  }

  /// Takes all hunks of the next proposal.
  mutating func nextProposal() -> [Effect] {
    guard let review else { return [] }
    let fold = review.review
    let proposals = fold.input.proposals
    let current = fold.hunks.first { !$0.key.isManual }?.key.proposal
    let index = proposals.firstIndex { $0.id == current } ?? -1
    guard !proposals.isEmpty, !fold.hunks.isEmpty else { return [] }
    let next = proposals[(index + 1) % proposals.count]
    let alone = Review(
      ReviewInput(problem: fold.input.problem, trace: fold.input.trace, proposals: [next]))
    let event = ReviewEvent.choose(
      region: fold.hunks.map(\.key), replacement: alone.hunks.map(\.key))
    guard let effects = record([event]) else { return [] }
    notice = Notice("all hunks of \(next.oracle)'s proposal, undecided")
    return effects
  }

  /// Rates the step under the cursor and goes to the next; the same rating again clears it and stays.
  mutating func label(_ label: StepLabel) -> [Effect] {
    guard let review, let step = review.step else { return [] }
    let at = review.layout.minusSteps[step].bytes.lowerBound
    let clears = review.review.labels[at] == label
    guard let effects = record([.label(stepAt: at, clears ? nil : label)]) else { return [] }
    if !clears { _ = changeReview { $0.moveStep(by: 1, in: $1) } }
    return effects
  }

  /// Marks the step under the cursor as the first wrong one, or takes the mark back.
  mutating func markFirstError() -> [Effect] {
    guard let review, let step = review.step else { return [] }
    let at = review.layout.minusSteps[step].bytes.lowerBound
    return record([.firstError(stepAt: review.review.firstError == at ? nil : at)]) ?? []
  }

  /// Enter: opens a fold, else goes to what is undecided, else approves and opens the next trace, else says why not.
  mutating func enter() -> [Effect] {
    guard let review else { return [] }
    if review.items.indices.contains(review.item(of: review.cursor.line)),
      case .fold = review.items[review.item(of: review.cursor.line)]
    {
      _ = changeReview { $0.toggleFold(in: $1) }
      return []
    }
    if review.review.approval != nil { return openNextToReview(saying: "approved already") }
    if review.firstUndecided != nil {
      if let hunk = review.cursor.hunk, review.shown.hunks[hunk].decision == .undecided {
        notice = Notice("\(review.refusals.first?.sentence ?? ""): a accepts, x rejects", .warning)
        return []
      }
      advance()
      return []
    }
    guard let refusal = review.refusals.first else { return approve(override: nil) }
    let way =
      refusal.canBeOverridden && review.refusals.allSatisfy(\.canBeOverridden)
      ? "Ctrl-o approves anyway, with a reason"
      : refusal == .noChange ? "S sets the trace aside" : "e edits"
    notice = Notice("not approved: \(refusal.sentence) · \(way)", .warning)
    return []
  }

  /// Approves and opens the next trace.
  mutating func approve(override reason: String?) -> [Effect] {
    guard let trace = review?.trace, let effects = record([.approve(override: reason)]) else {
      return []
    }
    return effects + openNextToReview(saying: "trace \(trace.rawValue) approved")
  }

  /// Sets the trace aside and opens the next.
  mutating func setAside(_ reason: SkipReason?) -> [Effect] {
    guard let reason else { return record([.skip(nil)]) ?? [] }
    guard let trace = review?.trace, let effects = record([.skip(reason)]) else { return [] }
    return effects + openNextToReview(saying: "trace \(trace.rawValue) skipped: \(reason.title)")
  }

  /// Opens the next trace of the Queue's order that is still to be reviewed.
  mutating func openNextToReview(saying what: String) -> [Effect] {
    guard let trace = review?.trace else { return [] }
    guard let next = neighbour(of: trace, where: \.isLeft) else {
      notice = Notice("\(what) · nothing is left to review in the Queue as it is filtered", .right)
      return []
    }
    let effects = open(next)
    notice = Notice(what, .right)
    return effects
  }

  /// The next row of the Queue's order, around the end, that is like this.
  func neighbour(of trace: TraceID, where belongs: (TraceSummary) -> Bool) -> TraceID? {
    let start = queue.shownIndex(of: trace) ?? queue.cursor
    let count = queue.shown.count
    guard count > 0 else { return nil }
    for offset in 1...count {
      let row = queue.rows[queue.shown[(start + offset) % count]]
      if row.id != trace, belongs(row) { return row.id }
    }
    return nil
  }
}

extension TraceSummary {
  /// Whether it waits for a review: not decided, and not right to begin with.
  var isLeft: Bool { (status == .new || status == .open) && gradeBefore != .right }
}

extension SkipReason {
  /// As people read it.
  var title: String {
    switch self {
    case .later: "later"
    case .giveUp: "give up"
    case .badProblem: "bad problem"
    }
  }
}
