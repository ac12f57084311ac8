// Decisions, undo and redo as the session file keeps them.

import LancetCore
import Testing

@testable import LancetStore

@Suite struct CommitTests {
  let folder: TestFolder
  init() throws { folder = try TestFolder() }

  @Test func `a decision is there after closing and opening`() throws {
    let session = try Samples.session(folder)
    let hunk = try #require(try session.hunks(of: Samples.wrong).first)
    let receipt = try session.commit([(Samples.wrong, .decide(hunk.key, .accepted))])
    #expect(receipt.summaries.map(\.accepted) == [1])
    session.close()

    let again = try SessionFile.open(at: folder.file("test"))
    #expect(try again.hunks(of: Samples.wrong).first?.decision == .accepted)
    #expect(try again.summary(of: Samples.wrong) == receipt.summaries[0])
  }

  @Test func `an approved trace is a pair whose rejected side is the model's own text`() throws {
    let session = try Samples.session(folder)
    let receipt = try session.acceptAll(Samples.wrong)
    #expect(receipt.summaries[0].status == .approved)
    let pairs = try session.pairs()
    #expect(pairs.count == 1)
    let traces = Samples.problems[0].traces
    #expect(pairs[0].rejected.bytesEqual(traces[0].text))
    #expect(pairs[0].chosen.bytesEqual(traces[0].proposals[0].text))
    #expect(receipt.pairs[Samples.wrong] == pairs[0].id)
  }

  @Test func `an approval against the rules is refused and nothing of its batch is kept`() throws {
    let session = try Samples.session(folder)
    let hunk = try #require(try session.hunks(of: Samples.wrong).first)
    let before = try session.counts()
    #expect(throws: StoreError.self) {
      try session.commit([
        (Samples.wrong, .decide(hunk.key, .rejected)), (Samples.wrong, .approve(override: nil)),
      ])
    }
    #expect(try session.counts() == before)
    #expect(try session.hunks(of: Samples.wrong).first?.decision == .undecided)
  }

  @Test func `an override cannot approve an unchanged text`() throws {
    let session = try Samples.session(folder)
    let rejected = try session.hunks(of: Samples.wrong).map {
      (Samples.wrong, ReviewEvent.decide($0.key, .rejected))
    }
    #expect(throws: StoreError.self) {
      try session.commit(rejected + [(Samples.wrong, .approve(override: "I insist"))])
    }
    #expect(try session.pairs().isEmpty)
  }

  @Test func `a hunk nobody has is refused`() throws {
    let session = try Samples.session(folder)
    let key = HunkKey(proposal: ProposalID(rawValue: 99), minus: 0..<4000, plus: 0..<1)
    #expect(throws: StoreError.self) {
      try session.commit([(Samples.wrong, .decide(key, .accepted))])
    }
    #expect(try session.counts().events == 0)
  }

  @Test func `undo and redo go all the way, across a restart`() throws {
    var session = try Samples.session(folder)
    let fresh = try session.summaries()
    var states = [fresh]
    for hunk in try session.hunks(of: Samples.wrong) {
      try session.commit([(Samples.wrong, .decide(hunk.key, .accepted))])
      states.append(try session.summaries())
    }
    try session.commit([(Samples.wrong, .approve(override: nil)), (Samples.bare, .flag(true))])
    let pair = try session.pairs()
    let last = try session.summaries()

    for expected in states.reversed() {
      session.close()
      session = try SessionFile.open(at: folder.file("test"))
      let receipt = try #require(try session.undo())
      #expect(!receipt.summaries.isEmpty)
      #expect(try session.summaries() == expected)
      #expect(try session.pairs().isEmpty)
    }
    #expect(try session.undo() == nil)
    session.close()
    session = try SessionFile.open(at: folder.file("test"))
    for expected in states.dropFirst() + [last] {
      _ = try #require(try session.redo())
      #expect(try session.summaries() == expected)
    }
    #expect(try session.redo() == nil)
    #expect(try session.pairs() == pair)
  }

  @Test func `a new decision after undo ends redo but keeps the events`() throws {
    let session = try Samples.session(folder)
    try session.commit([(Samples.bare, .flag(true))])
    _ = try session.undo()
    try session.commit([(Samples.bare, .skip(.later))])
    #expect(try session.redo() == nil)
    #expect(try session.summary(of: Samples.bare).flagged == false)
    #expect(try session.counts().events == 3)
    _ = try session.undo()
    #expect(try session.summary(of: Samples.bare).status == .new)
    #expect(try session.undo() == nil)
  }

  @Test func `a number names one correction: approved again it keeps it, another one gets its own`()
    throws
  {
    let session = try Samples.session(folder)
    let first = try #require(try session.acceptAll(Samples.wrong).pairs[Samples.wrong])
    let again = try session.commit([(Samples.wrong, .approve(override: "sure"))])
    #expect(again.pairs[Samples.wrong] == first)
    #expect(try session.pair(first).pair.override == "sure")
    #expect(try session.counts().pairs == 1)
    try session.commit([(Samples.wrong, .revoke)])
    #expect(
      try session.commit([(Samples.wrong, .approve(override: nil))]).pairs == [Samples.wrong: first]
    )

    let hunk = try #require(try session.hunks(of: Samples.wrong).first)
    let other = try session.commit([
      (Samples.wrong, .decide(hunk.key, .tweaked("12.0"))),
      (Samples.wrong, .approve(override: "so")),
    ])
    let second = try #require(other.pairs[Samples.wrong])
    #expect(second != first)
    let old = try session.pair(first)
    #expect(!old.live && !old.pair.chosen.contains("12.0"))
    #expect(try session.pair(second).pair.chosen.contains("12.0"))
    // Back by undo: the number still names the text it named.
    _ = try session.undo()
    #expect(try session.pairs().map(\.id) == [first])
    _ = try session.redo()
    #expect(try session.pairs().map(\.id) == [second])
  }

  @Test func `a revoked pair leaves the set, and undo gives it its number back`() throws {
    let session = try Samples.session(folder)
    try session.acceptAll(Samples.wrong)
    let pair = try session.pairs()
    try session.commit([(Samples.wrong, .revoke)])
    #expect(try session.pairs().isEmpty)
    #expect(try session.pair(pair[0].id).live == false)
    _ = try session.undo()
    #expect(try session.pairs() == pair)
  }

  @Test func `a random walk of decisions and undos equals the fold of its effective events`() throws
  {
    var random = SystemRandomNumberGenerator()
    let session = try Samples.session(folder)
    for _ in 0..<60 {
      let hunks = try session.hunks(of: Samples.wrong)
      switch Int.random(in: 0..<6, using: &random) {
      case 0: _ = try session.undo()
      case 1: _ = try session.redo()
      case 2: try session.commit([(Samples.wrong, .flag(.random()))])
      default:
        guard let hunk = hunks.randomElement() else { continue }
        let decision: Decision = [.accepted, .rejected, .undecided].randomElement() ?? .accepted
        try session.commit([(Samples.wrong, .decide(hunk.key, decision))])
      }
      let (input, events) = try session.review(of: Samples.wrong)
      #expect(
        try session.summary(of: Samples.wrong) == TraceSummary(Review(input, events: events)))
    }
  }
}
