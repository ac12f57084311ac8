// Proposals arrive: from an Oracle now, or with an import.

import LancetCore

/// A proposal that has no number yet.
public struct NewProposal: Hashable, Sendable {
  /// The trace it corrects.
  public var trace: TraceID
  /// Who proposed it.
  public var oracle: String
  /// The whole corrected text.
  public var text: String
  /// What the Oracle says of it.
  public var note: String?

  /// A proposal.
  public init(trace: TraceID, oracle: String, text: String, note: String?) {
    self.trace = trace
    self.oracle = oracle
    self.text = text
    self.note = note
  }
}

extension SessionFile {
  /// Adds proposals in one transaction.
  ///
  /// One that the trace has already, from the same Oracle with the same bytes, is not added again.
  /// Returns how many were new and the new Queue rows.
  @discardableResult
  public func addProposals(
    _ new: [NewProposal]
  ) throws(StoreError) -> (added: Int, summaries: [TraceSummary]) {
    try writing { () throws(StoreError) in
      var added = 0
      var touched: [TraceID] = []
      for proposal in new {
        guard
          try db.integer("SELECT 1 FROM traces WHERE id = ?", .int(proposal.trace.rawValue)) != nil
        else { throw unknown(proposal.trace) }
        guard try addProposal(proposal) else { continue }
        added += 1
        if touched.last != proposal.trace { touched.append(proposal.trace) }
      }
      return (added, try touched.map { trace throws(StoreError) in try refreshSummary(of: trace) })
    }
  }

  /// Inserts a proposal unless it is there already; whether it was new.
  ///
  /// Inside a transaction.
  func addProposal(_ new: NewProposal) throws(StoreError) -> Bool {
    var hash = TextHash()
    hash.add(new.oracle)
    hash.add(new.text)
    let known = try db.integer(
      "SELECT id FROM proposals WHERE trace = ? AND hash = ? AND oracle = ? AND text = ?",
      .int(new.trace.rawValue), .int(hash.value), .text(new.oracle), .text(new.text))
    guard known == nil else { return false }
    // A first proposal brings hunks of its own, and an approved correction must stay what was approved.
    if try db.integer("SELECT 1 FROM pairs WHERE trace = ? AND live = 1", .int(new.trace.rawValue))
      != nil,
      try db.integer("SELECT 1 FROM proposals WHERE trace = ?", .int(new.trace.rawValue)) == nil
    {
      return false
    }
    try db.run(
      "INSERT INTO proposals (trace, oracle, text, note, hash) VALUES (?, ?, ?, ?, ?)",
      .int(new.trace.rawValue), .text(new.oracle), .text(new.text), .text(new.note),
      .int(hash.value))
    reviews[new.trace] = nil
    return true
  }

  /// Recomputes a trace's Queue row after something other than a decision changed.
  ///
  /// Inside a transaction.
  @discardableResult
  func refreshSummary(of trace: TraceID) throws(StoreError) -> TraceSummary {
    let review = try currentReview(of: trace)
    let summary = TraceSummary(review, steps: stepCount(of: review.input.trace))
    try write(summary)
    return summary
  }

  /// Writes a Queue row.
  ///
  /// Inside a transaction.
  func write(_ summary: TraceSummary) throws(StoreError) {
    let insert = try db.statement(SummaryRow.insert)
    try insert.bind(SummaryRow.values(summary))
    while try insert.step() {}
    insert.reset()
  }
}
