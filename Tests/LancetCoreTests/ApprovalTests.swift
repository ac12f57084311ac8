// What is known of a correction after each decision: grades, refusals, the Queue row.

import Testing

@testable import LancetCore

@Suite struct `Approval and assessment` {
  private let minus = "She has 7 + 7 = 14 eggs.\nShe is very glad.\nA: 14"
  private let plus = "She has 7 - 1 = 6 eggs.\nShe is quite glad.\nA: 6"

  @Test func `refusals name what is missing, and vanish`() {
    var state = review(minus, plus, answer: "6")
    let rules = ApprovalRules()
    #expect(rules.refusals(state, Assessment(state)) == [.undecided(state.hunks.count)])
    for key in state.hunks.map(\.key) { state.apply(.decide(key, .accepted)) }
    let done = Assessment(state)
    #expect(done.before.verdict == .wrong && done.after.verdict == .right)
    #expect(rules.refusals(state, done).isEmpty)
    #expect(ApprovalRules(gamma: 0.01).refusals(state, done).map(\.canBeOverridden) == [true])
    for key in state.hunks.map(\.key) { state.apply(.decide(key, .rejected)) }
    let kept = rules.refusals(state, Assessment(state))
    #expect(kept.contains(.noChange))
    #expect(kept.contains { if case .wrongAnswer = $0 { true } else { false } })
  }

  @Test func `a rule approves an announced answer only, a person a concluded one too`() {
    let weak = review(
      "She has 7 - 1 = 5 eggs.\nSo she has 5 eggs.", "She has 7 - 1 = 6 eggs.\nSo she has 6 eggs.",
      answer: "6")
    let ruled = RuleDecision(about: weak, ApprovalRules())
    #expect(
      ruled.refusals.map(\.sentence) == [
        "the answer 6 eggs is not announced as the final one: a rule does not approve it"
      ])
    var decided = weak
    for key in weak.hunks.map(\.key) { decided.apply(.decide(key, .accepted)) }
    #expect(ApprovalRules().refusals(decided, Assessment(decided)).isEmpty)
    let strong = review(minus, plus, answer: "6")
    #expect(RuleDecision(about: strong, ApprovalRules()).refusals.isEmpty)
  }

  @Test func `an empty side is refused for good`() {
    var state = review("all of it", "", answer: "6")
    state.apply(.decide(state.hunks[0].key, .accepted))
    let refusals = ApprovalRules().refusals(state, Assessment(state))
    #expect(refusals.first == .emptySide && refusals.first?.canBeOverridden == false)
  }

  @Test func `what-if ratios shrink when a hunk is rejected`() {
    let state = review(minus, plus, answer: "6")
    let now = Assessment(state)
    #expect(now.changeRatio(of: state, ifHunk: state.hunks[0].key) < now.changeRatio)
  }

  @Test func `the summary counts decisions`() {
    var state = review(minus, plus, question: "How\n many?  ", answer: "6")
    let keys = state.hunks.map(\.key)
    state.apply(.decide(keys[0], .accepted))
    state.apply(.decide(keys[1], .tweaked("x")))
    state.apply(.decide(keys[2], .rejected))
    let row = TraceSummary(state)
    #expect(row.hunks == keys.count && row.accepted == 2 && row.rejected == 1 && row.tweaked == 1)
    #expect(row.question == "How many?" && row.oracle == "o1" && row.gradeBefore == .wrong)
    #expect(row.steps == 3 && row.gradeAfter != nil)
    let bare = TraceSummary(review(minus, answer: "6"))
    #expect(bare.gradeAfter == nil && bare.changeRatio == nil && bare.oracle == nil)
  }
}
