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
    for row in try summaries() where rule.applies(to: row) {
      let (input, past) = try review(of: row.id)
      let decision = RuleDecision(about: Review(input, events: past), rules)
      outcome.matched.append(row)
      outcome.hunks += decision.hunks
      changes += decision.events.map { (row.id, $0) }
      if let refusal = decision.refusals.first {
        outcome.refusals[row.id] = refusal.sentence
      } else {
        outcome.approved.append(row.id)
      }
    }
    guard !dryRun, !changes.isEmpty else { return outcome }
    try backup(.beforeBulk)
    outcome.receipt = try commit(changes, label: "rule")
    return outcome
  }
}
