// The trace under review: the fold of its events, how its two texts are laid out, and where the person is in it.

import LancetCanvas
import LancetCore

/// Where the person is: a line, and in a line with hunks the one that keys act on.
struct ReviewCursor: Hashable, Sendable {
  /// The index of the line in the layout.
  var line = 0
  /// The index of the hunk in `Review.hunks`; nil on an unchanged line.
  var hunk: Int?
}

/// The first row on screen: a line, and how many of its rows are above.
struct ReviewTop: Hashable, Sendable {
  var line = 0
  var row = 0
}

/// What would be if a hunk were rejected.
struct WhatIf: Hashable, Sendable {
  var changeRatio: Double
  var grade: Grade
}

/// The Review screen as a value.
public struct ReviewState: Sendable {
  /// The fold of everything decided about the trace, without what is being typed.
  public private(set) var review: Review
  /// The same with what is being typed in place of its hunk: what is on screen.
  private(set) var shown: Review
  /// What is known of the correction shown: grades, R, words.
  public private(set) var assessment: Assessment
  /// What each hunk is there for; nil when finding out takes too long to do unasked.
  private(set) var roles: HunkRoles?
  /// Why the correction shown may not be approved; empty when it may.
  private(set) var refusals: [Refusal]
  /// Both texts as corresponding lines, with what is being typed in its place.
  private(set) var layout: ReviewLayout
  /// The first step of y⁻ with wrong arithmetic.
  private(set) var firstError: Int?
  /// The stretches that may be folded, and the list of lines with the folded ones as one row each.
  private(set) var stretches: [Range<Int>] = []
  private(set) var items: [ReviewItem] = []
  /// Which of them are folded.
  private(set) var folds = ReviewFolds()
  /// The changed words of the hunks seen so far, by the index of the hunk.
  private(set) var marks: [Int: HunkMarks] = [:]
  /// How it is shown.
  public internal(set) var options: ReviewOptions
  /// Where the person is, and the first row on screen.
  var cursor = ReviewCursor()
  var top = ReviewTop()
  /// What is looked for.
  var search: ReviewSearch?
  /// The hunk being typed in place.
  var draft: HunkDraft?
  /// The part of a hunk being selected.
  var range: HunkRange?
  /// R and the answer without a hunk, for the hunks the cursor was on; emptied by every change.
  private(set) var withoutHunk: [HunkKey: WhatIf] = [:]

  private let gamma: Double
  /// Judges the whole correction; made anew when the trace's proposals change.
  private var judge: CoherenceJudge

  /// Opens a trace with the cursor on that hunk, else on the first undecided one.
  public init(review: Review, hunk: Int?, in state: State) {
    let shape = Shape(review, before: nil)
    self.review = review
    self.shown = review
    self.gamma = state.session.gamma
    self.options = state.review?.options ?? ReviewOptions()
    self.layout = shape.layout
    self.assessment = shape.assessment
    self.judge = CoherenceJudge(review.input)
    self.roles = Shape.roles(review, judge)
    self.refusals = ApprovalRules(gamma: gamma).refusals(
      review, shape.assessment, judge: judge)
    self.firstError = LancetCore.firstError(in: shape.layout.minusSteps)
    self.folds.all = options.folds
    refold()
    placeCursor(onHunk: hunk.map { $0 - 1 } ?? firstUndecided ?? 0)
    follow(in: state)
  }

  /// The trace.
  public var trace: TraceID { review.input.trace.id }

  /// The hunk under the cursor as people number it, from 1; nil when there is none.
  public var hunkNumber: Int? { cursor.hunk.map { $0 + 1 } }

  /// Whether a hunk is being typed in place, so that keys are text.
  public var isEditing: Bool { draft != nil }

  /// The hunk under the cursor.
  var hunk: ReviewHunk? {
    cursor.hunk.flatMap { shown.hunks.indices.contains($0) ? shown.hunks[$0] : nil }
  }

  /// What is wrong in the correction as it stands: where it contradicts itself, else its answer; nil when it is sound.
  var fault: Refusal? {
    let contradiction = refusals.first {
      if case .incoherent = $0 { true } else { false }
    }
    return contradiction
      ?? refusals.first { if case .wrongAnswer = $0 { true } else { false } }
  }

  /// The index of the first hunk without a decision.
  var firstUndecided: Int? { review.hunks.firstIndex { $0.decision == .undecided } }

  /// The index of the step of y⁻ under the cursor.
  var step: Int? {
    guard layout.lines.indices.contains(cursor.line) else { return nil }
    let line = layout.lines[cursor.line]
    return layout.step(at: line.minus ?? line.anchor..<line.anchor, of: .minus)
  }

  /// Takes a fold the store changed (undo, redo, a rule, a new proposal), with the cursor on that hunk or where it was.
  public mutating func reload(_ review: Review, hunk: Int?, in state: State) {
    draft = nil
    range = nil
    if review.input != self.review.input { judge = CoherenceJudge(review.input) }
    self.review = review
    rebuild(keepingRoles: false)
    if let hunk { placeCursor(onHunk: hunk - 1) }
    follow(in: state)
  }

  /// Takes events into the fold and lays out anew.
  mutating func apply(_ events: [ReviewEvent]) {
    let rejected = rejectedKeys
    for event in events { review.apply(event) }
    rebuild(keepingRoles: rejected == rejectedKeys)
  }

  private var rejectedKeys: Set<HunkKey> {
    Set(shown.hunks.filter { $0.decision == .rejected }.map(\.key))
  }

  /// Lays out anew after a change; cursor and first row stay on their hunk, else on their line of y⁻.
  ///
  /// What the change leaves alone is kept: an accepted hunk changes no text, so nothing is measured again.
  mutating func rebuild(keepingRoles: Bool) {
    let cursorPlace = place(of: cursor.line, hunk: cursor.hunk)
    let topPlace = place(of: top.line, hunk: nil)
    let before = shown.hunks.map(\.key)
    shown = review
    if let draft { shown.apply(.decide(draft.key, .tweaked(draft.field.text))) }
    let sameText =
      before == shown.hunks.map(\.key) && shown.correction.bytesEqual(assessment.correction)
    if sameText {
      assessment.undecided = shown.undecided
      if !keepingRoles { roles = Shape.roles(shown, judge) }
    } else {
      let shape = Shape(shown, before: self)
      layout = shape.layout
      assessment = shape.assessment
      roles = draft == nil ? Shape.roles(shown, judge) : roles
      marks = [:]
      refold()
      search?.find(in: layout)
    }
    refusals = ApprovalRules(gamma: gamma).refusals(shown, assessment, judge: judge)
    withoutHunk = [:]
    cursor.line = line(at: cursorPlace)
    cursor.hunk = hunk(on: cursor.line, preferring: cursorPlace.key)
    top.line = line(at: topPlace)
  }

  /// Finds out what each hunk is there for, however long it takes.
  mutating func findRoles() { roles = judge.roles(of: shown) }

  /// Chooses anew which stretches are folded.
  mutating func refold(_ change: (inout ReviewFolds) -> Void = { _ in }) {
    change(&folds)
    stretches = ReviewFolds.stretches(of: layout)
    items = folds.items(of: layout, stretches: stretches)
  }

  /// Finds out what would be without the hunk under the cursor, once, when the texts are not too long for that.
  mutating func lookAtCursor() {
    guard draft == nil, let hunk, withoutHunk[hunk.key] == nil, hunk.decision != .rejected,
      layout.minus.count + layout.plus.count <= Shape.patience / 20
    else { return }
    let grade = assessment.grade(of: shown, overriding: [hunk.key: .rejected])
    withoutHunk[hunk.key] = WhatIf(
      changeRatio: assessment.changeRatio(of: shown, ifHunk: hunk.key), grade: grade)
  }

  /// Looks up the changed words of these hunks once.
  mutating func markWords(of hunks: some Sequence<Int>) {
    for hunk in hunks where marks[hunk] == nil {
      guard let piece = layout.piece(ofHunk: hunk) else { continue }
      marks[hunk] = layout.wordMarks(of: piece, unit: options.unit)
    }
  }

  /// Forgets the changed words, because they are measured in another unit now.
  mutating func forgetMarks() { marks = [:] }

  // MARK: - Places that survive a change

  /// A line in terms that a change of decisions leaves alone.
  private struct LinePlace {
    var key: HunkKey?
    var linesIntoHunk: Int
    var anchor: Int
  }

  private func place(of line: Int, hunk: Int?) -> LinePlace {
    guard layout.lines.indices.contains(line) else {
      return LinePlace(key: nil, linesIntoHunk: 0, anchor: 0)
    }
    let index = hunk ?? layout.lines[line].hunks.first
    let hunks = shown.hunks
    let key = index.flatMap { hunks.indices.contains($0) ? hunks[$0].key : nil }
    let first = index.flatMap { layout.line(ofHunk: $0) } ?? line
    return LinePlace(key: key, linesIntoHunk: line - first, anchor: layout.lines[line].anchor)
  }

  private func line(at place: LinePlace) -> Int {
    guard !layout.lines.isEmpty else { return 0 }
    if let key = place.key, let index = shown.index(of: key),
      let first = layout.line(ofHunk: index)
    {
      let line = min(first + max(place.linesIntoHunk, 0), layout.lines.count - 1)
      return layout.lines[line].hunks.contains(index) ? line : first
    }
    return layout.line(atMinus: place.anchor)
  }

  private func hunk(on line: Int, preferring key: HunkKey?) -> Int? {
    guard layout.lines.indices.contains(line) else { return nil }
    let hunks = layout.lines[line].hunks.filter { $0 < shown.hunks.count }
    return hunks.first { shown.hunks[$0].key == key } ?? hunks.first
  }

  /// Puts the cursor on a hunk; one that does not exist leaves it on the first line.
  mutating func placeCursor(onHunk hunk: Int) {
    guard shown.hunks.indices.contains(hunk), let line = layout.line(ofHunk: hunk) else {
      placeCursor(onLine: cursor.line)
      return
    }
    cursor = ReviewCursor(line: line, hunk: hunk)
    open(line: line)
  }

  /// Puts the cursor on a line, clamped, and on its first hunk.
  mutating func placeCursor(onLine line: Int) {
    let line = min(max(line, 0), max(layout.lines.count - 1, 0))
    cursor = ReviewCursor(line: line, hunk: hunk(on: line, preferring: nil))
  }

  /// Opens the fold that hides a line.
  mutating func open(line: Int) {
    guard let stretch = stretches.first(where: { $0.contains(line) }),
      folds.isFolded(stretch, of: layout)
    else { return }
    let anchor = layout.lines[stretch.lowerBound].anchor
    refold { $0.own[anchor] = false }
  }
}

/// Everything computed from the texts of a fold.
private struct Shape {
  var layout: ReviewLayout
  var assessment: Assessment

  /// Computes it; what is known of y⁻ is taken from `before`.
  init(_ review: Review, before: ReviewState?) {
    assessment = Assessment(review, before: before?.assessment.before)
    let correction = assessment.correction
    let pieces = review.segments().map { segment in
      switch segment {
      case .equal(let minus, let plus): ReviewPiece(hunk: nil, minus: minus, plus: plus)
      case .hunk(let index, let minus, let plus):
        ReviewPiece(hunk: index, minus: minus, plus: plus)
      }
    }
    let text = review.input.trace.text
    let steps = before?.layout.minusSteps ?? splitSteps(of: review.input.trace)
    layout = ReviewLayout(
      minus: before?.layout.minus ?? Array(text.utf8), plus: Array(correction.utf8),
      pieces: pieces, minusSteps: steps,
      plusSteps: correctedSteps(
        of: correction, from: steps, of: text, pieces: pieces))
  }

  /// The most bytes that are read to find out unasked what the hunks are there for.
  static let patience = 100_000

  /// What each hunk is there for; nil when finding out means reading too much text.
  static func roles(_ review: Review, _ judge: CoherenceJudge) -> HunkRoles? {
    let kept = review.hunks.count { $0.decision != .rejected }
    let trials = kept + kept / 2 + 1
    let bytes = review.input.trace.text.utf8.count
    return trials.multipliedReportingOverflow(by: bytes).partialValue <= patience
      ? judge.roles(of: review) : nil
  }
}

extension ReviewLayout {
  /// The piece of a hunk.
  func piece(ofHunk hunk: Int) -> ReviewPiece? {
    let index = pieces.firstIndex { $0.hunk == hunk }
    return index.map { pieces[$0] }
  }

  /// The words of a hunk that differ.
  ///
  /// A hunk too long to compare while drawing is marked as a whole.
  func wordMarks(of piece: ReviewPiece, unit: DiffUnit) -> HunkMarks {
    let left = Array(minus[piece.minus])
    let right = Array(plus[piece.plus])
    if left == right { return HunkMarks(minus: [], plus: []) }
    guard left.count + right.count <= 20_000 else {
      return HunkMarks(minus: [piece.minus], plus: [piece.plus])
    }
    let diff = TextDiff(minus: left, plus: right, unit: unit, mergeIslands: false)
    return HunkMarks(
      minus: diff.hunks.map { $0.minus.shifted(by: piece.minus.lowerBound) }
        .filter { !$0.isEmpty },
      plus: diff.hunks.map { $0.plus.shifted(by: piece.plus.lowerBound) }.filter { !$0.isEmpty })
  }
}

extension Range<Int> {
  /// The range moved by an offset.
  func shifted(by offset: Int) -> Range<Int> { lowerBound + offset..<upperBound + offset }
}
