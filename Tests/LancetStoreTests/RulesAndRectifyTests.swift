// Rules over many traces, and asking an Oracle about all of them.

import LancetCore
import Testing

@testable import LancetStore

@Suite struct RulesAndRectifyTests {
  let folder: TestFolder
  init() throws { folder = try TestFolder() }

  @Test func `a rule is tried without a trace of it, then applied and undone as one`() throws {
    let session = try Samples.session(folder)
    let before = try session.summaries()
    let rule = try Rule(parsing: "answer = right and change_ratio <= 0.6")
    let tried = try session.apply(rule, dryRun: true)
    #expect(tried.matched.map(\.id) == [Samples.wrong])
    #expect(tried.approved == [Samples.wrong])
    #expect(tried.receipt == nil)
    #expect(try session.summaries() == before)

    let done = try session.apply(rule, dryRun: false)
    #expect(done.receipt?.label == "rule")
    #expect(try session.pairs().count == 1)
    #expect(session.backups.list().map(\.reason) == ["before-bulk"])
    _ = try session.undo()
    #expect(try session.summaries() == before)
    #expect(try session.pairs().isEmpty)
  }

  @Test func `what a rule wrote is what the same decisions one by one write, and it is final`()
    throws
  {
    let byRule = try Samples.session(folder)
    let done = try byRule.apply(try Rule(parsing: "answer = right"), dryRun: false)
    let other = try TestFolder()
    let byHand = try Samples.session(other)
    let receipt = try byHand.acceptAll(Samples.wrong)
    #expect(done.receipt?.summaries == receipt.summaries)
    #expect(done.receipt?.pairs == receipt.pairs)
    #expect(try byRule.pairs() == byHand.pairs())
    #expect(try byRule.review(of: Samples.wrong).1 == byHand.review(of: Samples.wrong).1)
    _ = try byRule.undo()
    _ = try byRule.apply(try Rule(parsing: "answer = right"), dryRun: false)
    #expect(try byRule.redo() == nil)
  }

  @Test func `a rule that changes nothing makes no backup and no batch`() throws {
    let session = try Samples.session(folder)
    let rejected = try session.hunks(of: Samples.wrong).map {
      (Samples.wrong, ReviewEvent.decide($0.key, .accepted))
    }
    try session.commit(rejected)
    try session.set("gamma", to: "0")
    let events = try session.counts().events
    let outcome = try session.apply(try Rule(parsing: "status = open"), dryRun: false)
    #expect(outcome.matched.map(\.id) == [Samples.wrong])
    #expect(outcome.refusals[Samples.wrong]?.contains("above γ") == true)
    #expect(outcome.receipt == nil)
    #expect(try session.counts().events == events)
    #expect(session.backups.list().isEmpty)
  }

  @Test func `every wrong trace without a proposal is asked about once`() throws {
    let session = try Samples.session(folder)
    let first = try session.rectify(oracle: "test") { _, trace in
      OracleAnswer(text: trace.text + "\nA: 4", note: "mine", reachedAnswer: true)
    }
    #expect(
      first == RectifyCounts(asked: 1, proposed: 1, reached: 1, unchanged: 0, skipped: 1))
    let second = try session.rectify(oracle: "test") { _, _ in
      Issue.record("asked again")
      return nil
    }
    #expect(second.asked == 0 && second.skipped == 2)
    #expect(try session.summary(of: Samples.bare).oracle == "test")
  }

  @Test func `the target stops the asking`() throws {
    let session = try SessionFile.create(at: folder.file("many"))
    try session.add(
      (1...200).map {
        NewProblem(
          question: "q\($0)", answer: "1", source: "s",
          traces: [NewTrace(text: "A: 2", source: "m")])
      })
    let counts = try session.rectify(oracle: "test", target: 70) { _, _ in
      OracleAnswer(text: "A: 1", note: nil, reachedAnswer: true)
    }
    #expect(counts.reached == 70)
    #expect(try session.counts().proposals == 70)
  }

  @Test func `a proposal that is there already is not added again`() throws {
    let session = try Samples.session(folder)
    let proposal = NewProposal(trace: Samples.bare, oracle: "o", text: "A: 4", note: nil)
    #expect(try session.addProposals([proposal, proposal]).added == 1)
    #expect(try session.addProposals([proposal]).added == 0)
    #expect(throws: StoreError.self) {
      try session.addProposals([
        NewProposal(trace: TraceID(rawValue: 99), oracle: "o", text: "x", note: nil)
      ])
    }
  }
}
