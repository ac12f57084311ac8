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
    let rows = try summaries().filter { rule.applies(to: $0) }
    var outcome = RuleOutcome()
    // What comes before the first trace that changes is only told of.
    var next = 0
    while next < rows.count {
      let part = rows[next..<min(rows.count, next + Self.rulePart)]
      if !dryRun, part.contains(where: { $0.undecided > 0 }) { break }
      let decisions = try decide(part, rules)
      if !dryRun, decisions.contains(where: { !$0.events.isEmpty }) { break }
      for (row, decision) in zip(part, decisions) { outcome.add(row, decision) }
      next += part.count
    }
    guard next < rows.count else { return outcome }
    try backup(.beforeBulk)
    outcome.receipt = try writing { () throws(StoreError) in
      var receipt = try beginBatch(label: "rule")
      while next < rows.count {
        let part = rows[next..<min(rows.count, next + Self.rulePart)]
        for (row, decision) in zip(part, try decide(part, rules)) {
          outcome.add(row, decision)
          try write(decision, in: &receipt)
        }
        next += part.count
      }
      receipt.summaries.sort { $0.id < $1.id }
      return receipt
    }
    return outcome
  }

  /// How many traces are decided about at once: all cores are busy, and few texts are held.
  private static let rulePart = 64

  /// What the rules decide about these traces as they stand in the file.
  ///
  /// Inside the writing transaction nothing changes between this judgement and what is written of it, so it is the only
  /// one: no approval is judged a second time.
  private func decide(
    _ rows: ArraySlice<TraceSummary>, _ rules: ApprovalRules
  ) throws(StoreError) -> [RuleDecision] {
    var begun: [(ReviewInput, [ReviewEvent])] = []
    for row in rows { begun.append((try input(of: row.id), try effectiveEvents(of: row.id))) }
    return parallelMap(begun) { RuleDecision(about: Review($0.0, events: $0.1), rules) }
  }

  private func write(
    _ decision: RuleDecision, in receipt: inout CommitReceipt
  ) throws(StoreError) {
    guard !decision.events.isEmpty else { return }
    for event in decision.events {
      try addEvent(
        event, trace: decision.review.input.trace.id, batch: receipt.batch, at: receipt.at)
    }
    try materialise(decision.review, decision.assessment, in: &receipt)
  }
}

extension RuleOutcome {
  fileprivate mutating func add(_ row: TraceSummary, _ decision: RuleDecision) {
    matched.append(row)
    hunks += decision.hunks
    if let refusal = decision.refusals.first {
      refusals[row.id] = refusal.sentence
    } else {
      approved.append(row.id)
    }
  }
}
