// What every Oracle does, and what the protocol promises to those that ask somebody.

import LancetCore
import Testing

@testable import LancetOracle

@Suite struct OracleTests {
  private func item(_ trace: String, answer: String? = "4") -> OracleItem {
    OracleItem(
      problem: Problem(id: ProblemID(rawValue: 1), question: "?", answer: answer, source: "test"),
      trace: Trace(
        id: TraceID(rawValue: 1), problem: ProblemID(rawValue: 1), text: trace, source: "test",
        claimed: nil))
  }

  private func replay(_ text: String) -> ReplayOracle { ReplayOracle([TraceID(rawValue: 1): text]) }

  @Test func `arithmetic answers by itself, or says that there is nothing to improve`() throws {
    let proposal = try ArithmeticOracle().proposal(for: item("2 + 2 = 5.\nA: 5"))
    #expect(proposal.text == "2 + 2 = 4.\nA: 4" && proposal.reachedAnswer)
    #expect(throws: OracleRefusal.nothingToImprove(oracle: "arithmetic")) {
      try ArithmeticOracle().proposal(for: item("2 + 2 = 4.\nA: 4"))
    }
  }

  @Test func `a replayed correction says whether it reaches the answer`() throws {
    #expect(try replay("A: 4").proposal(for: item("A: 5")).reachedAnswer)
    #expect(try replay("A: 6").proposal(for: item("A: 5")).note != nil)
    #expect(try !replay("A: 4").proposal(for: item("A: 5", answer: nil)).reachedAnswer)
    #expect(throws: OracleRefusal.unchanged) { try replay("A: 5").proposal(for: item("A: 5")) }
    #expect(throws: OracleRefusal.emptyReply) { try replay("").proposal(for: item("A: 5")) }
    #expect(throws: OracleRefusal.noReply) { try ReplayOracle([:]).proposal(for: item("A: 5")) }
  }

  /// An Oracle that has to ask somebody.
  private struct Asking: Oracle {
    let name = "asking"
    func messages(about item: OracleItem) -> [OracleMessage] {
      [OracleMessage(role: "user", text: "Correct: " + item.trace.text)]
    }
    func proposal(
      for item: OracleItem, reply: String
    ) throws(OracleRefusal) -> OracleProposal {
      guard !reply.isEmpty else { throw .emptyReply }
      return OracleProposal(text: reply, note: nil, reachedAnswer: false, edits: [])
    }
  }

  @Test func `messages go to whoever answers, and the whole reply comes back`() throws {
    let proposal = try Asking().proposal(for: item("A: 5")) { messages throws(OracleRefusal) in
      messages.map(\.text).joined() + "!"
    }
    #expect(proposal.text == "Correct: A: 5!")
    #expect(throws: OracleRefusal.nobodyAnswers) { try Asking().proposal(for: item("A: 5")) }
  }
}
