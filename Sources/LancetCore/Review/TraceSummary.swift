// One row of the Queue: what is known of a trace without opening it. Stored beside the events and updated in the
// same transaction, so that ten thousand rows are shown without a fold.

/// Where a trace stands in the review.
public enum TraceStatus: String, CaseIterable, Hashable, Sendable {
  case new, open, approved, rejected, skipped
}

/// What the Queue shows and the rule language filters by.
public struct TraceSummary: Hashable, Sendable {
  /// The trace.
  public var id: TraceID
  /// Where it stands. `rejected`: every hunk was rejected.
  public var status: TraceStatus
  /// Whether the person marked it.
  public var flagged: Bool
  /// The answer read from y⁻, and its grade.
  public var answerBefore: String?
  public var gradeBefore: Verdict
  /// The answer read from the correction, and its grade; nil without a proposal.
  public var answerAfter: String?
  public var gradeAfter: Verdict?
  /// Hunks by decision; a tweak counts as accepted here and is counted in `tweaked` too.
  public var hunks: Int
  public var accepted: Int
  public var rejected: Int
  public var tweaked: Int
  /// R(y⁻, correction) over words; nil without a proposal.
  public var changeRatio: Double?
  /// Steps of y⁻, and its length in words.
  public var steps: Int
  public var tokens: Int
  /// Who proposed, who sampled.
  public var oracle: String?
  public var source: String
  /// The beginning of the question, one line.
  public var question: String

  /// Hunks without a decision.
  public var undecided: Int { hunks - accepted - rejected }

  public init(
    id: TraceID, status: TraceStatus, flagged: Bool, answerBefore: String?, gradeBefore: Verdict,
    answerAfter: String?, gradeAfter: Verdict?, hunks: Int, accepted: Int, rejected: Int,
    tweaked: Int, changeRatio: Double?, steps: Int, tokens: Int, oracle: String?, source: String,
    question: String
  ) {
    self.id = id
    self.status = status
    self.flagged = flagged
    self.answerBefore = answerBefore
    self.gradeBefore = gradeBefore
    self.answerAfter = answerAfter
    self.gradeAfter = gradeAfter
    self.hunks = hunks
    self.accepted = accepted
    self.rejected = rejected
    self.tweaked = tweaked
    self.changeRatio = changeRatio
    self.steps = steps
    self.tokens = tokens
    self.oracle = oracle
    self.source = source
    self.question = question
  }
}
