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
  /// Where it stands.
  ///
  /// `rejected`: every hunk was rejected.
  public var status: TraceStatus
  /// Whether the person marked it.
  public var flagged: Bool
  /// The answer read from y⁻.
  public var answerBefore: String?
  /// The grade of y⁻.
  public var gradeBefore: Verdict
  /// The answer read from the correction; nil without a proposal.
  public var answerAfter: String?
  /// The grade of the correction; nil without a proposal.
  public var gradeAfter: Verdict?
  /// All hunks.
  public var hunks: Int
  /// Hunks accepted or tweaked.
  public var accepted: Int
  /// Hunks rejected.
  public var rejected: Int
  /// Hunks tweaked.
  public var tweaked: Int
  /// R(y⁻, correction) over words; nil without a proposal.
  public var changeRatio: Double?
  /// Steps of y⁻.
  public var steps: Int
  /// Words of y⁻.
  public var tokens: Int
  /// Who proposed.
  public var oracle: String?
  /// Who sampled.
  public var source: String
  /// The beginning of the question, one line.
  public var question: String

  /// Hunks without a decision.
  public var undecided: Int { hunks - accepted - rejected }

  /// A row of the Queue.
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
