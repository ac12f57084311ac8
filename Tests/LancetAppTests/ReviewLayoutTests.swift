// Which lines stand beside each other, before any width is known.

import LancetCore
import Testing

@testable import LancetApp

/// The layout of two texts, through the review of one proposal.
private func layout(_ minus: String, _ plus: String, rejecting: Bool = false) -> ReviewLayout {
  let problem = Problem(id: ProblemID(rawValue: 1), question: "", answer: nil, source: "")
  let trace = Trace(
    id: TraceID(rawValue: 1), problem: problem.id, text: minus, source: "", claimed: nil)
  let proposal = Proposal(
    id: ProposalID(rawValue: 1), trace: trace.id, oracle: "", text: plus, note: nil)
  var review = Review(ReviewInput(problem: problem, trace: trace, proposals: [proposal]))
  if rejecting { for hunk in review.hunks { review.apply(.decide(hunk.key, .rejected)) } }
  let pieces = review.segments().map { segment in
    switch segment {
    case .equal(let minus, let plus): ReviewPiece(hunk: nil, minus: minus, plus: plus)
    case .hunk(let index, let minus, let plus): ReviewPiece(hunk: index, minus: minus, plus: plus)
    }
  }
  let correction = review.correction
  return ReviewLayout(
    minus: Array(minus.utf8), plus: Array(correction.utf8), pieces: pieces,
    minusSteps: splitSteps(minus), plusSteps: splitSteps(correction))
}

/// The lines as `left | right`, a missing side as `–`, changed lines with a star.
private func rows(_ layout: ReviewLayout) -> [String] {
  layout.lines.map { line in
    func text(_ range: Range<Int>?, _ bytes: [UInt8]) -> String {
      range.map { String(decoding: bytes[$0], as: UTF8.self) } ?? "–"
    }
    let changed = line.isUnchanged ? "" : "*"
    return "\(changed)\(text(line.minus, layout.minus)) | \(text(line.plus, layout.plus))"
  }
}

@Test func `a changed word keeps its line beside the line it comes from`() {
  #expect(
    rows(layout("a b\nc d\ne f", "a b\nc X\ne f")) == ["a b | a b", "*c d | c X", "e f | e f"])
}

@Test func `an added line stands beside nothing`() {
  #expect(
    rows(layout("one\ntwo\nthree", "one\nnew line\ntwo\nthree"))
      == ["one | one", "*– | new line", "two | two", "three | three"])
}

@Test func `a removed line stands beside nothing`() {
  #expect(
    rows(layout("one\nold line\ntwo", "one\ntwo")) == ["one | one", "*old line | –", "two | two"])
}

@Test func `a rejected addition disappears from the right`() {
  #expect(
    rows(layout("one\ntwo", "one\nnew\ntwo", rejecting: true)).allSatisfy { !$0.contains("new") })
}

@Test func `no byte of either side is lost`() {
  var random = SystemRandomNumberGenerator()
  let words = ["a", "bb", "ccc", "\n", ". ", "x = 1", "数", "\n\n", "long word here "]
  for _ in 0..<200 {
    func text() -> String {
      (0..<Int.random(in: 0...40, using: &random))
        .map { _ in words[Int.random(in: 0..<words.count, using: &random)] }.joined(separator: " ")
    }
    let (left, right) = (text(), text())
    let laid = layout(left, right)
    for side in [ReviewSide.minus, .plus] {
      let bytes = laid.text(side)
      let shown = laid.lines.compactMap { $0[side] }.reduce(into: [UInt8]()) {
        $0 += bytes[$1]
      }
      #expect(shown == bytes.filter { $0 != 0x0A }, "\(left) → \(right)")
    }
    for hunk in laid.pieces.compactMap(\.hunk) {
      let piece = laid.piece(ofHunk: hunk)
      let visible = piece.map { !$0.minus.isEmpty || !$0.plus.isEmpty } ?? false
      #expect(!visible || laid.line(ofHunk: hunk) != nil, "\(left) → \(right)")
    }
  }
}

@Test func `a long paragraph starts on the same row again after a change`() {
  let tail = " Then he went home and counted all of it again, twice. And so it was done."
  let head = "The farmer had twelve rows of corn and in every row there stood plants. "
  let old = head + "He sold them all at the market in the morning." + tail
  let new = head + "He sold them all, as people in that country do, at the market at noon." + tail
  let laid = layout(old, new)
  #expect(laid.lines.count > 1)
  let last = laid.lines[laid.lines.count - 1]
  #expect(last.isUnchanged)
}

@Test func `a line of 100,000 bytes is cut so that wrapping stays quick`() {
  let long = String(repeating: "word ", count: 20_000)
  let laid = layout(long, long + "end")
  #expect(laid.lines.allSatisfy { ($0.minus?.count ?? 0) <= 1600 })
}

@Test func `long unchanged stretches fold and keep three lines around what matters`() {
  let lines = (1...100).map { "line \($0)" }
  var changed = lines
  changed[49] = "line fifty"
  let laid = layout(lines.joined(separator: "\n"), changed.joined(separator: "\n"))
  let stretches = ReviewFolds.stretches(of: laid)
  #expect(stretches == [0..<46, 53..<100])
  let items = ReviewFolds().items(of: laid, stretches: stretches)
  #expect(items.count == 9)
  #expect(items.first == .fold(0..<46))
  #expect(ReviewFolds(all: false).items(of: laid, stretches: stretches).count == 100)
}

@Test func `the steps of a long correction are those found from the whole text`() {
  var lines = (1...900).map { "Step \($0): the sum of \($0) and 7 is \($0) + 7 = \($0 + 7)." }
  let right = lines
  for index in stride(from: 5, to: 900, by: 97) { lines[index] = "Step \(index + 1): 1 + 1 = 3." }
  let laid = layout(lines.joined(separator: "\n"), right.joined(separator: "\n"))
  let text = right.joined(separator: "\n")
  let moved = correctedSteps(
    of: text, from: laid.minusSteps, of: lines.joined(separator: "\n"), pieces: laid.pieces)
  #expect(text.utf8.count > 20_000)
  #expect(moved == splitSteps(text))
}
