// Stand-ins for records of the core that land minutes from now; this file goes when they do.
import LancetCore

public struct ReviewInput: Sendable {
  public var problem: Problem
  public var trace: Trace
  public var proposals: [Proposal]
  public init(problem: Problem, trace: Trace, proposals: [Proposal]) {
    self.problem = problem
    self.trace = trace
    self.proposals = proposals
  }
}
struct Review: Sendable {
  var input: ReviewInput
  var ignoredEvents = 0
  var correction: String { input.proposals.first?.text ?? input.trace.text }
  var approval: Approval?
  var status: TraceStatus { .new }
  init(_ i: ReviewInput, events: [ReviewEvent] = []) { input = i }
  mutating func apply(_ e: ReviewEvent) {}
}
struct Approval: Sendable { var override: String? }
struct Assessment: Sendable { var changeRatio = 0.0; init(_ r: Review) {} }
struct Refusal: Sendable { var description: String }
struct ApprovalRules: Sendable {
  var gamma = 0.6
  func refusals(_ review: Review, _ a: Assessment) -> [Refusal] { [] }
}
extension TraceSummary {
  init(_ review: Review) {
    self.init(
      id: review.input.trace.id, status: .new, flagged: false, answerBefore: nil,
      gradeBefore: .ungradable, answerAfter: nil, gradeAfter: nil, hunks: 0, accepted: 0,
      rejected: 0, tweaked: 0, changeRatio: nil, steps: 0, tokens: 0, oracle: nil,
      source: review.input.trace.source, question: review.input.problem.question)
  }
}
