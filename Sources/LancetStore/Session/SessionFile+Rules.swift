// Rules: every undecided hunk of each matching trace accepted, what the approval rules allow approved, as one batch.

import LancetCore

/// What a rule would do, or did.
public struct RuleOutcome: Sendable {
  /// Traces that match and are open, in the session's order.
  public var matched: [TraceSummary] = []
  /// Hunks it accepts.
  public var hunks = 0
  /// Traces it approves.
  public var approved: [TraceID] = []
  /// Why the other matching traces are not approved, gravest reason first.
  public var refusals: [TraceID: String] = [:]
  /// What was saved; nil when nothing was to do or the rule was only tried.
  public var receipt: CommitReceipt?
}

extension SessionFile {
  /// Tries a rule, or applies it as one batch that one `undo` takes back.
  ///
  /// A rule decides about traces that have a proposal and are new or open: not about those a person has set aside,
  /// approved or rejected.
  public func apply(_ rule: Rule, dryRun: Bool) throws(StoreError) -> RuleOutcome {
    let rules = ApprovalRules(gamma: try gamma())
    var outcome = RuleOutcome()
    var changes: [(TraceID, ReviewEvent)] = []
    for row in try summaries() where row.isOpenForRules && rule.matches(row) {
      let (input, past) = try review(of: row.id)
      var review = Review(input, events: past)
      outcome.matched.append(row)
      for hunk in review.hunks where hunk.decision == .undecided {
        let event = ReviewEvent.decide(hunk.key, .accepted)
        review.apply(event)
        changes.append((row.id, event))
        outcome.hunks += 1
      }
      if let refusal = rules.refusals(review, Assessment(review)).first {
        outcome.refusals[row.id] = refusal.sentence
      } else {
        outcome.approved.append(row.id)
        changes.append((row.id, .approve(override: nil)))
      }
    }
    guard !dryRun, !changes.isEmpty else { return outcome }
    try backup(.beforeBulk)
    outcome.receipt = try commit(changes, label: "rule")
    return outcome
  }
}

extension TraceSummary {
  /// Whether a rule may decide about it: it has a proposal, and nobody has closed it.
  public var isOpenForRules: Bool { hunks > 0 && (status == .new || status == .open) }
}
