// The fold of decisions: the laws of corrections on random texts, and each event on a small one.

import Testing

@testable import LancetCore

/// A review of a trace with these proposals, numbered from 1.
func review(
  _ minus: String, _ plus: String..., question: String = "What is it?", answer: String? = nil
) -> Review {
  Review(
    ReviewInput(
      problem: Problem(
        id: ProblemID(rawValue: 1), question: question, answer: answer, source: "test"),
      trace: Trace(
        id: TraceID(rawValue: 1), problem: ProblemID(rawValue: 1), text: minus, source: "model",
        claimed: nil),
      proposals: plus.enumerated().map { i, text in
        Proposal(
          id: ProposalID(rawValue: Int64(i + 1)), trace: TraceID(rawValue: 1), oracle: "o\(i + 1)",
          text: text, note: nil)
      }))
}

private func expectSame(
  _ a: String, _ b: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(
    a.bytesEqual(b), "\(a.debugDescription) is not \(b.debugDescription)",
    sourceLocation: sourceLocation)
}

extension Review {
  fileprivate mutating func decideAll(_ decision: Decision) {
    for key in hunks.map(\.key) { apply(.decide(key, decision)) }
  }
}

@Suite struct `Laws of corrections` {
  @Test(arguments: 0..<150)
  func `hold for random texts, also after splits and joins`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let minus = random.text(pieces: 40)
    let plus = Bool.random(using: &random) ? random.edited(minus) : random.text(pieces: 40)
    var state = review(minus, plus)
    expectSame(state.correction, plus)
    for _ in 0..<4 {
      guard let key = state.hunks.randomElement(using: &random)?.key else { break }
      if let pieces = state.splitPieces(of: key), Bool.random(using: &random) {
        state.apply(.split(key, into: pieces))
      } else if let (keys, into) = state.joined(key) {
        state.apply(.join(keys, into: into))
      }
    }
    #expect(state.ignoredEvents == 0)
    state.decideAll(.rejected)
    expectSame(state.correction, minus)
    state.decideAll(.accepted)
    expectSame(state.correction, plus)

    // Any subset: each hunk's text stands where it belongs, and nothing else moved.
    var expected: [UInt8] = []
    var at = 0
    let bytes = Array(minus.utf8)
    for hunk in state.hunks {
      let decision: Decision =
        [.accepted, .rejected, .undecided, .tweaked("⟦e\u{301}⟧")].randomElement(using: &random)
        ?? .undecided
      state.apply(.decide(hunk.key, decision))
      expected += bytes[at..<hunk.key.minus.lowerBound]
      switch decision {
      case .accepted, .undecided: expected += Array(plus.utf8)[hunk.key.plus]
      case .rejected: expected += bytes[hunk.key.minus]
      case .tweaked(let text): expected += Array(text.utf8)
      }
      at = hunk.key.minus.upperBound
    }
    expected += bytes[at...]
    #expect(Array(state.correction.utf8) == expected)
  }

  @Test(arguments: 0..<60)
  func `segments cover both texts without holes`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let minus = random.text(pieces: 30)
    var state = review(minus, random.edited(minus))
    for key in state.hunks.map(\.key) where Bool.random(using: &random) {
      state.apply(.decide(key, .tweaked(random.text(pieces: 3))))
    }
    let correction = Array(state.correction.utf8)
    var (m, p) = (0, 0)
    for segment in state.segments() {
      #expect(segment.minus.lowerBound == m && segment.plus.lowerBound == p)
      (m, p) = (segment.minus.upperBound, segment.plus.upperBound)
      switch segment {
      case .equal(let minusRange, let plusRange):
        #expect(Array(minus.utf8)[minusRange] == correction[plusRange])
        #expect(!minusRange.isEmpty)
      case .hunk(let i, _, let plusRange):
        #expect(Array(state.hunks[i].currentText.utf8) == Array(correction[plusRange]))
      }
    }
    #expect(m == minus.utf8.count && p == correction.count)
  }

  @Test(arguments: 0..<60)
  func `proposals can be mixed per region`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let minus = random.text(pieces: 30)
    let (one, two) = (random.edited(minus), random.edited(minus))
    var state = review(minus, one, two)
    for key in state.hunks.map(\.key) {
      guard let choice = state.alternatives(at: key).first else { continue }
      state.apply(.choose(region: choice.region, replacement: choice.replacement))
      #expect(state.ignoredEvents == 0)
    }
    for (a, b) in zip(state.hunks, state.hunks.dropFirst()) {
      #expect(a.key.minus.upperBound <= b.key.minus.lowerBound)
    }
    state.decideAll(.rejected)
    expectSame(state.correction, minus)
  }

  @Test(arguments: 0..<80)
  func `random events never break the fold`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let minus = random.text(pieces: 20)
    var state = review(minus, random.edited(minus), random.edited(minus))
    func range(_ count: Int) -> Range<Int> {
      let lower = Int.random(in: -2...count + 2, using: &random)
      return lower..<lower + Int.random(in: 0...6, using: &random)
    }
    for _ in 0..<40 {
      let wild = HunkKey(
        proposal: ProposalID(rawValue: Int64.random(in: -1...3, using: &random)),
        minus: range(minus.utf8.count), plus: range(minus.utf8.count))
      let known = state.hunks.randomElement(using: &random)?.key ?? wild
      let events: [ReviewEvent] = [
        .decide(wild, .accepted), .decide(.manual(wild.minus), .tweaked("new")),
        .decide(known, .rejected), .decide(known, .undecided), .decide(known, .tweaked("x")),
        .split(known, into: [wild, wild]), .split(known, into: state.splitPieces(of: known) ?? []),
        .join([known, wild], into: wild), .choose(region: [known], replacement: [wild]),
        .choose(region: [known], replacement: []), .label(stepAt: wild.minus.lowerBound, .wrong),
        .firstError(stepAt: wild.minus.lowerBound), .comment(hunk: wild, "c"),
      ]
      if let event = events.randomElement(using: &random) { state.apply(event) }
      for (a, b) in zip(state.hunks, state.hunks.dropFirst()) {
        #expect(a.key.minus.upperBound <= b.key.minus.lowerBound)
      }
    }
    state.decideAll(.rejected)
    expectSame(state.correction, minus)
  }
}

@Suite struct `A review` {
  @Test func `starts with the hunks of the first proposal, undecided`() {
    let state = review("she has 14 eggs, so 14", "she has 6 eggs, so 6")
    #expect(state.hunks.map(\.number) == [1, 2] && state.undecided == 2)
    #expect(state.hunks.map(\.minusText) == ["14", "14"])
    #expect(state.status == .new)
    #expect(review("no proposal").hunks.isEmpty)
  }

  @Test func `a tweak replaces exactly its hunk`() {
    var state = review("she has 14 eggs, so 14", "she has 6 eggs, so 6")
    state.apply(.decide(state.hunks[0].key, .tweaked("nine")))
    #expect(state.correction == "she has nine eggs, so 6")
    #expect(state.status == .open)
  }

  @Test func `what-if changes nothing`() {
    let state = review("a 1 b", "a 2 b")
    #expect(state.correction(overriding: [state.hunks[0].key: .rejected]) == "a 1 b")
    #expect(state.correction == "a 2 b")
  }

  @Test func `unknown keys are ignored and counted`() {
    var state = review("a 1 b", "a 2 b")
    let other = HunkKey(proposal: ProposalID(rawValue: 1), minus: 0..<1, plus: 0..<1)
    state.apply(.decide(other, .accepted))
    state.apply(.comment(hunk: other, "x"))
    #expect(state.ignoredEvents == 2 && state.status == .new)
  }

  @Test func `approval stands until the correction changes`() {
    var state = review("a 1 b 1", "a 2 b 2")
    let keys = state.hunks.map(\.key)
    keys.forEach { state.apply(.decide($0, .accepted)) }
    state.apply(.approve(override: nil))
    #expect(state.status == .approved && state.approval?.correction == "a 2 b 2")
    state.apply(.comment(hunk: keys[0], "fine"))
    state.apply(.flag(true))
    state.apply(.decide(keys[0], .accepted))
    #expect(state.status == .approved)
    state.apply(.decide(keys[0], .tweaked("3")))
    #expect(state.approval == nil && state.status == .open)
    state.apply(.approve(override: "because"))
    state.apply(.decide(keys[0], .undecided))
    #expect(state.approval == nil)
    state.apply(.decide(keys[0], .accepted))
    state.apply(.approve(override: nil))
    state.apply(.revoke)
    #expect(state.approval == nil)
  }

  @Test func `status follows the decisions`() {
    var state = review("a 1 b 1", "a 2 b 2")
    let keys = state.hunks.map(\.key)
    state.apply(.decide(keys[0], .rejected))
    #expect(state.status == .open)
    state.apply(.decide(keys[1], .rejected))
    #expect(state.status == .rejected)
    state.apply(.skip(.badProblem))
    #expect(state.status == .skipped)
    state.apply(.skip(nil))
    #expect(state.status == .rejected)
  }

  @Test func `a trace without a proposal is corrected by hand`() {
    var state = review("one 14 two")
    let key = HunkKey.manual(4..<6)
    state.apply(.decide(key, .tweaked("6")))
    #expect(state.correction == "one 6 two" && state.hunks.map(\.number) == [1])
    #expect(state.status == .open)
    state.apply(.decide(key, .rejected))
    #expect(state.correction == "one 14 two")
    state.apply(.decide(key, .accepted))
    #expect(state.correction == "one 6 two")
    state.apply(.decide(key, .undecided))
    #expect(state.hunks.isEmpty && state.correction == "one 14 two" && state.status == .new)
    state.apply(.decide(.manual(3..<3), .tweaked(" and")))
    #expect(state.correction == "one and 14 two")
    #expect(state.oracle == "person")
  }

  @Test func `an edit by hand stands in front of the hunks inside it until it is reset`() {
    var state = review("a 1 b 1 c", "a 2 b 2 c")
    let keys = state.hunks.map(\.key)
    state.apply(.decide(keys[0], .accepted))
    #expect(state.correctionText(of: 0..<9) == "a 2 b 2 c")
    state.apply(.decide(.manual(0..<9), .tweaked("all new")))
    #expect(state.correction == "all new" && state.hunks.count == 1)
    state.apply(.decide(.manual(0..<9), .undecided))
    #expect(state.hunks.map(\.key) == keys && state.hunks[0].decision == .accepted)
  }

  @Test func `an edit by hand may not cut a hunk or a character`() {
    var state = review("say hello é", "say goodbye é")
    state.apply(.decide(.manual(0..<6), .tweaked("x")))
    state.apply(.decide(.manual(11..<12), .tweaked("x")))
    #expect(state.ignoredEvents == 2)
    #expect(state.editableRange(covering: 0..<6) == 0..<9)
    #expect(state.editableRange(covering: 11..<11) == 10..<12)
    #expect(state.editableRange(covering: -5..<999) == 0..<12)
  }

  @Test func `pieces of a split are undecided and can be joined again`() throws {
    var state = review("we take the large box", "we pick the small box")
    let whole = state.hunks[0].key
    state.apply(.decide(whole, .accepted))
    let pieces = try #require(state.splitPieces(of: whole))
    state.apply(.split(whole, into: pieces))
    #expect(state.hunks.map(\.plusText) == ["pick", "small"] && state.undecided == 2)
    state.apply(.decide(pieces[1], .rejected))
    #expect(state.correction == "we pick the large box")
    let (keys, into) = try #require(state.joined(pieces[0]))
    state.apply(.join(keys, into: into))
    #expect(state.hunks.map(\.key) == [whole] && state.correction == "we pick the small box")
  }

  @Test func `whole lines and sentences split at their ends`() throws {
    var state = review("x y\nz w", "A B\nC D")
    let lines = try #require(state.splitPieces(of: state.hunks[0].key))
    state.apply(.split(state.hunks[0].key, into: lines))
    #expect(state.hunks.map(\.plusText) == ["A B\n", "C D"])
    #expect(state.splitPieces(of: state.hunks[0].key) == nil)
  }

  @Test func `one region is taken from another proposal and back`() throws {
    var state = review("a 1 b 1 c", "a 2 b 2 c", "a 1 b 3 c")
    #expect(state.alternatives(at: state.hunks[0].key).isEmpty)
    let choice = try #require(state.alternatives(at: state.hunks[1].key).first)
    state.apply(.choose(region: choice.region, replacement: choice.replacement))
    #expect(state.correction == "a 2 b 3 c" && state.oracle == "o1+o2")
    let back = try #require(state.alternatives(at: state.hunks[1].key).first)
    #expect(back.proposal == ProposalID(rawValue: 1))
    state.apply(.choose(region: back.region, replacement: back.replacement))
    #expect(state.correction == "a 2 b 2 c")
  }

  @Test func `labels, comments and the first error are kept by byte`() {
    var state = review("one\ntwo", "one\n2")
    state.apply(.label(stepAt: 4, .wrong))
    state.apply(.firstError(stepAt: 4))
    state.apply(.label(stepAt: 99, .right))
    state.apply(.comment(hunk: nil, "odd"))
    #expect(state.labels == [4: .wrong] && state.firstError == 4 && state.traceComment == "odd")
    #expect(state.ignoredEvents == 1 && state.status == .open)
    state.apply(.label(stepAt: 4, nil))
    state.apply(.comment(hunk: nil, ""))
    #expect(state.labels.isEmpty && state.traceComment == nil)
  }
}

@Suite struct `The question in a row of the Queue` {
  @Test func `bytes and characters say the same`() {
    var random = SeededRandom(seed: 7)
    let pieces = [
      "a", "bc", " ", "  ", "\n", "\r\n", "\t", "é", "e\u{301}", "日", "1", ".", "\u{0}",
    ]
    for round in 0..<400 {
      let isPlain = round % 2 == 0
      let text = (0..<Int.random(in: 0...220, using: &random)).map { _ in
        pieces[Int.random(in: 0..<pieces.count, using: &random)]
      }.filter { !isPlain || $0.utf8.allSatisfy { $0 < 128 } }.joined()
      #expect(
        TraceSummary.firstLine(of: text).bytesEqual(TraceSummary.firstCharacters(of: text)))
    }
    #expect(TraceSummary.firstLine(of: " a \r\n b ") == "a b")
  }
}
