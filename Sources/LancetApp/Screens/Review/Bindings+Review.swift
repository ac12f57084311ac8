// What can be done on the Review screen.

import LancetCanvas
import LancetCore

/// The bindings of the Review screen, in the order of its help.
public let reviewBindings: [Binding] =
  reviewDecisionBindings + reviewApprovalBindings + reviewMoveBindings + reviewLabelBindings
  + reviewViewBindings + reviewEditBindings

/// Deciding hunks.
private let reviewDecisionBindings: [Binding] = [
  decision(
    "hunk.accept", [.char("a"), .char("y")], "accept the hunk and go to the next undecided",
    hint: Hint("accept", 96), refusal: \.refusesHunk
  ) { state in
    state.review?.range == nil ? state.decideAndAdvance(.accepted) : state.decideRange(.accepted)
  },
  decision(
    "hunk.reject", [.char("x")], "reject the hunk and go to the next undecided",
    hint: Hint("reject", 95), refusal: \.refusesHunk
  ) { state in
    state.review?.range == nil ? state.decideAndAdvance(.rejected) : state.decideRange(.rejected)
  },
  decision(
    "hunk.edit", [.char("e")], "edit the hunk in place; without one, the step as a hunk by hand",
    hint: Hint("edit", 90), refusal: \.refusesEdit
  ) { state in
    guard state.review?.range != nil else { return state.beginDraft() }
    return state.decideRange(nil) + state.beginDraft()
  },
  decision(
    "hunk.editor", [.char("E")], "edit the hunk in $VISUAL or $EDITOR", hint: Hint("editor", 30),
    refusal: \.refusesEdit
  ) { $0.editorEffects() },
  decision(
    "hunk.toggle", [.char(" ")], "accept the hunk or open it again, and stay",
    refusal: \.refusesHunk
  ) { state in
    state.decideAndStay(state.review?.hunk?.decision == .accepted ? .undecided : .accepted)
  },
  decision(
    "hunk.reset", [.char("r")], "open the hunk again, as proposed", refusal: \.refusesHunk
  ) { $0.decideAndStay(.undecided) },
  decision(
    "hunk.acceptRest", [.char("A")], "accept all undecided hunks, as one undoable step",
    refusal: \.refusesRest
  ) { $0.decideRest(.accepted) },
  decision(
    "hunk.rejectRest", [.char("X")], "reject all undecided hunks, as one undoable step",
    refusal: \.refusesRest
  ) { $0.decideRest(.rejected) },
  decision(
    "hunk.split", [.char("s")], "split the hunk where its two sides agree",
    refusal: \.refusesSplit
  ) { $0.split() },
  decision(
    "hunk.join", [.char("&")], "join the hunk with the next", refusal: \.refusesJoin
  ) { $0.join() },
  decision(
    "hunk.range", [.char("v")], "select a part of the hunk: ] [ extend, then a, x or e",
    refusal: \.refusesSplit
  ) { $0.beginRange() },
  decision(
    "hunk.alternative", [.char("p")], "another proposal's version of this hunk",
    refusal: \.refusesAlternative
  ) { $0.nextAlternative() },
  decision(
    "proposal.next", [.char("P")], "all hunks of the next proposal", refusal: \.refusesProposal
  ) { $0.nextProposal() },
  decision(
    "proposal.ask", [.char("o")], "ask the Oracle for a proposal", hint: Hint("ask Oracle", 20)
  ) { state in
    guard let trace = state.review?.trace else { return [] }
    state.notice = Notice("asking the Oracle…")
    return [.store(.propose(trace))]
  },
]

/// Ending a trace.
private let reviewApprovalBindings: [Binding] = [
  decision(
    "pair.approve", [.enter], "go to what is undecided; then approve and open the next",
    hint: Hint("next · approve", 94)
  ) { $0.enter() },
  decision(
    "pair.override", [.control("o")], "approve against the rules, with a reason",
    refusal: \.refusesOverride
  ) { $0.askForOverride() },
  decision(
    "pair.revoke", [], "take the approval back", refusal: \.refusesRevoke
  ) { $0.record([.revoke]) ?? [] },
  decision("trace.skip", [.char("S")], "set the trace aside, with a reason") { $0.askForSkip() },
  decision(
    "trace.unskip", [], "take the trace up again", refusal: \.refusesUnskip
  ) { $0.record([.skip(nil)]) ?? [] },
  decision("trace.flag", [.char("m")], "flag the trace, or take the flag off") { state in
    let flagged = state.review?.review.flagged ?? false
    guard let effects = state.record([.flag(!flagged)]) else { return [] }
    state.notice = Notice(flagged ? "no longer flagged" : "flagged; ' goes to the next flagged")
    return effects
  },
  decision("hunk.comment", [.char("c")], "a note on the hunk, else on the trace") {
    $0.askForComment()
  },
]

/// Going from hunk to hunk, step to step, trace to trace.
private let reviewMoveBindings: [Binding] = [
  review("hunk.next", [.char("]")], "next hunk", hint: Hint("hunk", 60)) { state in
    guard state.review?.range == nil else { return state.extendRange(by: 1) }
    return state.go("there is no hunk after this one") { $0.moveHunk(by: 1, in: $1) }
  },
  review("hunk.previous", [.char("[")], "previous hunk") { state in
    guard state.review?.range == nil else { return state.extendRange(by: -1) }
    return state.go("there is no hunk before this one") { $0.moveHunk(by: -1, in: $1) }
  },
  review("hunk.nextUndecided", [.char(")")], "next undecided hunk") { state in
    state.go("no hunk is undecided") { $0.moveUndecided(by: 1, in: $1) }
  },
  review("hunk.previousUndecided", [.char("(")], "previous undecided hunk") { state in
    state.go("no hunk is undecided") { $0.moveUndecided(by: -1, in: $1) }
  },
  review("step.next", [.char("}")], "next step", hint: Hint("step", 50)) { state in
    state.go("this is the last step") { $0.moveStep(by: 1, in: $1) }
  },
  review("step.previous", [.char("{")], "previous step") { state in
    state.go("this is the first step") { $0.moveStep(by: -1, in: $1) }
  },
  review("line.down", [.char("j"), .down], "down") { $0.move { $0.moveLine(by: 1, in: $1) } },
  review("line.up", [.char("k"), .up], "up") { $0.move { $0.moveLine(by: -1, in: $1) } },
  review("page.halfDown", [.control("d")], "half a page down") {
    $0.move { $0.movePage(by: 1, in: $1) }
  },
  review("page.halfUp", [.control("u")], "half a page up") {
    $0.move { $0.movePage(by: -1, in: $1) }
  },
  review("page.down", [.control("f"), .pageDown], "a page down") {
    $0.move { $0.movePage(by: 2, in: $1) }
  },
  review("page.up", [.control("b"), .pageUp], "a page up") {
    $0.move { $0.movePage(by: -2, in: $1) }
  },
  review("line.first", [.char("g"), .home], "to the beginning") {
    $0.move { $0.moveToEnd(false, in: $1) }
  },
  review("line.last", [.char("G"), .end], "to the end") { $0.move { $0.moveToEnd(true, in: $1) } },
  review("text.down", [.char("J"), .control("e")], "scroll; the cursor stays") {
    $0.move { $0.scroll(by: 1, in: $1) }
  },
  review("text.up", [.char("K"), .control("y")], "scroll back; the cursor stays") {
    $0.move { $0.scroll(by: -1, in: $1) }
  },
  review("trace.next", [.char(">"), .char(".")], "next trace of the Queue") {
    $0.openNeighbour(by: 1)
  },
  review("trace.previous", [.char("<"), .char(",")], "previous trace of the Queue") {
    $0.openNeighbour(by: -1)
  },
  review("trace.nextFlagged", [.char("'")], "next flagged trace") { state in
    guard let trace = state.review?.trace,
      let next = state.neighbour(of: trace, where: \.flagged)
    else {
      state.notice = Notice("no other trace of the Queue is flagged", .warning)
      return []
    }
    return state.open(next)
  },
  review("text.find", [.char("/")], "find in both texts") { $0.askForSearch() },
  review("text.findNext", [.char("n")], "next place found", refusal: \.refusesMatch) {
    $0.nextMatch(by: 1)
  },
  review("text.findPrevious", [.char("N")], "previous place found", refusal: \.refusesMatch) {
    $0.nextMatch(by: -1)
  },
]

/// Rating steps.
private let reviewLabelBindings: [Binding] = [
  decision(
    "step.right", [.char("+"), .char("=")], "rate the step +1: right", refusal: \.refusesLabel
  ) { $0.label(.right) },
  decision("step.neutral", [.char("0")], "rate the step 0: neutral", refusal: \.refusesLabel) {
    $0.label(.neutral)
  },
  decision("step.wrong", [.char("-")], "rate the step −1: wrong", refusal: \.refusesLabel) {
    $0.label(.wrong)
  },
  decision(
    "step.firstError", [.char("!")], "the first error is in this step, or is not",
    refusal: \.refusesLabel
  ) { $0.markFirstError() },
]

/// How it is shown.
private let reviewViewBindings: [Binding] = [
  review("view.arrangement", [.char("|")], "side by side, stacked or unified") { state in
    let width = state.size.columns
    return state.changeView(telling: { "arrangement: \($0.resolved(columns: width).rawValue)" }) {
      let order: [ReviewOptions.Arrangement] = [.sideBySide, .stacked, .unified]
      let index = order.firstIndex(of: $0.resolved(columns: width)) ?? 0
      $0.arrangement = order[(index + 1) % order.count]
    }
  },
  review("view.wrap", [.char("w")], "wrap long lines, or cut them") {
    $0.changeView { $0.wraps.toggle() }
  },
  review("view.unit", [.char("W")], "mark changed words, characters or lines") {
    $0.changeView {
      $0.unit = $0.unit == .word ? .char : $0.unit == .char ? .line : .word
    }
  },
  review("view.numbers", [.char("L")], "line numbers of the model's text") {
    $0.changeView { $0.lineNumbers.toggle() }
  },
  review("view.zoom", [.char("O")], "one side alone, or both") {
    $0.changeView { $0.zoomed.toggle() }
  },
  review("view.left", [.left, .char("h")], "the model's side: what zoom shows") { state in
    guard state.review?.range == nil else { return state.extendRange(by: -1) }
    return state.changeView { $0.focus = .minus }
  },
  review("view.right", [.right, .char("l")], "the correction's side: what zoom shows") { state in
    guard state.review?.range == nil else { return state.extendRange(by: 1) }
    return state.changeView { $0.focus = .plus }
  },
  review("view.question", [.char("i")], "the whole question, or its beginning") {
    $0.changeView { $0.questionOpen.toggle() }
  },
  review("fold.toggle", [.char("z"), .char("f")], "fold or open the unchanged lines here") {
    $0.go("there is nothing to fold") { $0.toggleFold(in: $1) }
  },
  review("fold.all", [.char("F")], "fold or open all unchanged lines") {
    $0.move { $0.toggleAllFolds(in: $1) }
  },
  review("hunk.needed", [], "find out what each hunk is there for") { state in
    _ = state.changeReview { review, _ in review.findRoles() }
    return []
  },
  review("pair.copy", [.char("Y")], "copy the hunk, a text or the pair") { $0.askForCopy() },
  review("review.up", [.escape], "leave the selection, then the search, then the trace") { state in
    if state.review?.range != nil {
      _ = state.changeReview { review, _ in review.range = nil }
    } else if state.review?.search != nil {
      _ = state.changeReview { review, _ in review.search = nil }
    } else {
      return state.goUp()
    }
    return []
  },
]

/// Typing a hunk in place.
private let reviewEditBindings: [Binding] = [
  Binding(
    "edit.save", [.control("s")], in: [.reviewEdit], "keep the text as the hunk's",
    hint: Hint("save", 100)
  ) { $0.saveDraft() },
  Binding(
    "edit.cancel", [.escape], in: [.reviewEdit], "leave the text as it was",
    hint: Hint("cancel", 99)
  ) { $0.cancelDraft() },
  Binding(
    "edit.editor", [.control("e")], in: [.reviewEdit], "go on in $VISUAL or $EDITOR",
    hint: Hint("editor", 98)
  ) { $0.editorEffects() },
]

/// A binding of this screen that changes nothing stored.
private func review(
  _ id: String, _ keys: [Key], _ summary: String, hint: Hint? = nil,
  refusal: @escaping @Sendable (State) -> String? = { _ in nil },
  action: @escaping @Sendable (inout State) -> [Effect]
) -> Binding {
  Binding(
    id, keys, in: [.review], summary, hint: hint,
    refusal: { $0.refusesReview ?? refusal($0) }, action: action)
}

/// A binding of this screen that records something.
private func decision(
  _ id: String, _ keys: [Key], _ summary: String, hint: Hint? = nil,
  refusal: @escaping @Sendable (State) -> String? = { _ in nil },
  action: @escaping @Sendable (inout State) -> [Effect]
) -> Binding {
  Binding(
    id, keys, in: [.review], summary, hint: hint,
    refusal: { $0.refusesReview ?? $0.session.readOnly ?? refusal($0) }, action: action)
}

extension State {
  /// Moves within the trace.
  mutating func move(_ change: (inout ReviewState, State) -> Void) -> [Effect] {
    _ = changeReview(change)
    return []
  }

  /// Moves within the trace, or says why not.
  mutating func go(
    _ otherwise: String, _ change: (inout ReviewState, State) -> Bool
  ) -> [Effect] {
    if changeReview(change) == false { notice = Notice(otherwise) }
    return []
  }

  /// Changes how the trace is shown; the cursor stays on its line.
  mutating func changeView(
    telling words: (ReviewOptions) -> String? = { _ in nil },
    _ change: (inout ReviewOptions) -> Void
  ) -> [Effect] {
    _ = changeReview { review, state in
      let unit = review.options.unit
      change(&review.options)
      if review.options.unit != unit { review.forgetMarks() }
      review.top.row = 0
      review.follow(in: state)
    }
    if let text = review.flatMap({ words($0.options) }) { notice = Notice(text) }
    return []
  }

  /// Opens the trace that many rows further in the Queue.
  mutating func openNeighbour(by offset: Int) -> [Effect] {
    guard let trace = review?.trace else { return [] }
    guard let next = queue.neighbour(of: trace, by: offset) else {
      notice = Notice(offset > 0 ? "this is the last trace of the Queue" : "this is the first")
      return []
    }
    return open(next)
  }

  // MARK: - Refusals

  var refusesReview: String? { review == nil ? "no trace is open" : nil }

  var refusesHunk: String? {
    review?.hunk == nil ? "no hunk is under the cursor; ] goes to the next" : nil
  }

  var refusesEdit: String? {
    review?.editable == nil ? "nothing of the model's text is on this line" : nil
  }

  var refusesRest: String? { review?.firstUndecided == nil ? "no hunk is undecided" : nil }

  var refusesSplit: String? {
    guard let review, let hunk = review.hunk else { return refusesHunk }
    if hunk.key.isManual { return "a hunk by hand has no parts" }
    return review.review.splitPieces(of: hunk.key) == nil
      ? "the two sides of this hunk have nothing in common" : nil
  }

  var refusesJoin: String? {
    guard let review, let hunk = review.hunk else { return refusesHunk }
    return review.review.joined(hunk.key) == nil
      ? "the next hunk belongs to another proposal" : nil
  }

  var refusesAlternative: String? {
    guard let review, let hunk = review.hunk else { return refusesHunk }
    if review.review.input.proposals.count < 2 { return "there is only one proposal; o asks again" }
    return review.review.alternatives(at: hunk.key).isEmpty
      ? "the other proposals change nothing else here" : nil
  }

  var refusesProposal: String? {
    guard let review else { return nil }
    if review.review.input.proposals.count < 2 { return "there is only one proposal; o asks again" }
    return review.review.hunks.isEmpty ? "the trace has no hunks" : nil
  }

  var refusesOverride: String? {
    guard let review else { return nil }
    if review.review.approval != nil { return "it is approved already" }
    if let hard = review.refusals.first(where: { !$0.canBeOverridden }) { return hard.sentence }
    return review.refusals.isEmpty ? "nothing speaks against it: Enter approves" : nil
  }

  var refusesRevoke: String? { review?.review.approval == nil ? "it is not approved" : nil }

  var refusesUnskip: String? { review?.review.skip == nil ? "it was not set aside" : nil }

  var refusesLabel: String? { review?.step == nil ? "no step is under the cursor" : nil }

  var refusesMatch: String? {
    guard let search = review?.search else { return "there is no search yet; / searches" }
    return search.matches.isEmpty ? "“\(search.pattern)” is not in this trace" : nil
  }
}
