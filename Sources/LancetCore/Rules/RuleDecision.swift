// What a rule does to one trace. The session, the workbench and its tests all apply rules through this.

/// The decisions of a rule about a trace that it matches.
public struct RuleDecision: Sendable {
  /// Every undecided hunk accepted, and the approval where the approval rules allow it, in order.
  public var events: [ReviewEvent]
  /// How many hunks it accepts.
  public var hunks: Int
  /// Why the trace is not approved, gravest reason first; empty when it is.
  public var refusals: [Refusal]
  /// The trace with the events applied.
  public var review: Review
  /// What was found of its correction, so that nobody has to grade and measure it again.
  public var assessment: Assessment

  /// Decides about a trace as it stands.
  public init(about review: Review, _ rules: ApprovalRules) {
    var review = review
    events = []
    for hunk in review.hunks where hunk.decision == .undecided {
      let event = ReviewEvent.decide(hunk.key, .accepted)
      review.apply(event)
      events.append(event)
    }
    hunks = events.count
    assessment = Assessment(review)
    refusals = rules.refusals(review, assessment)
    // What is only concluded in passing may be right; that is for a person to say.
    if assessment.after.verdict == .right, !assessment.after.isStrongRight {
      refusals.append(.weakAnswer(found: assessment.after.answer))
    }
    if refusals.isEmpty {
      events.append(.approve(override: nil))
      review.apply(.approve(override: nil))
    }
    self.review = review
  }
}

extension Rule {
  /// Whether the rule decides about a trace: it matches, and the trace is open.
  public func applies(to row: TraceSummary) -> Bool { row.isOpenForRules && matches(row) }
}

extension TraceSummary {
  /// Whether a rule may decide about it: it has a proposal, and nobody has set it aside, approved or rejected it.
  public var isOpenForRules: Bool { hunks > 0 && (status == .new || status == .open) }
}
