// A decision becomes durable: events appended, the trace's summary and pair recomputed, one transaction.
//
//   commit ──▶ batch in effect ──undo──▶ undone ──redo──▶ in effect
//                                          └──commit──▶ undone for good

import LancetCore
import LancetSystem

/// What a commit, an undo or a redo changed, once it is on the disk.
public struct CommitReceipt: Sendable, Hashable {
  /// The batch that was made, undone or redone.
  public var batch: Int64
  /// What the batch was, for example `decide` or `rule`.
  public var label: String
  /// When it was saved, milliseconds since 1970.
  public var at: Int64
  /// The new Queue rows of the traces it touched, in ascending order.
  public var summaries: [TraceSummary]
  /// The approved pairs of those traces that have one now.
  public var pairs: [TraceID: PairID]
}

/// The states of a batch in `batches.state`.
enum BatchState {
  static let inEffect: Int64 = 0
  static let undone: Int64 = 1
  static let undoneForGood: Int64 = 2
  /// In effect and not to be undone: labels that came with an import.
  static let permanent: Int64 = 3
  /// For `IN (…)`.
  static let effective = "0, 3"
}

/// Reviews folded last, for the next decision about the same trace.
struct ReviewCache {
  private var entries: [(trace: TraceID, review: Review)] = []
  private static let capacity = 4

  subscript(trace: TraceID) -> Review? {
    get { entries.first { $0.trace == trace }?.review }
    set {
      entries.removeAll { $0.trace == trace }
      if let newValue { entries.append((trace, newValue)) }
      if entries.count > Self.capacity { entries.removeFirst() }
    }
  }

  mutating func removeAll() { entries = [] }
}

extension SessionFile {
  /// Appends decisions as one batch, which one `undo` takes back.
  ///
  /// Saved, all of it, when this returns; nothing of it when it throws.
  ///
  /// - Parameters:
  ///   - changes: the decisions in order.
  ///   - label: what the batch is, for lists of what can be undone.
  /// - Throws: `refusedEvent` when a decision names a hunk the trace does not have, `refusedApproval` when an approval
  ///   breaks the rules, `notSaved` when the disk refuses.
  @discardableResult
  public func commit(
    _ changes: [(TraceID, ReviewEvent)], label: String = "decide"
  ) throws(StoreError) -> CommitReceipt {
    try writing { () throws(StoreError) in
      var receipt = try beginBatch(label: label)
      var order: [TraceID] = []
      var touched: [TraceID: (review: Review, assessment: Assessment?)] = [:]
      for (trace, event) in changes {
        var review: Review
        var assessment: Assessment?
        if let begun = touched[trace] {
          (review, assessment) = begun
        } else {
          review = try currentReview(of: trace)
          order.append(trace)
        }
        try apply(event, to: &review, assessing: &assessment)
        touched[trace] = (review, assessment)
        try addEvent(event, trace: trace, batch: receipt.batch, at: receipt.at)
      }
      for trace in order {
        guard let (review, assessment) = touched[trace] else { continue }
        try materialise(review, assessment, in: &receipt)
      }
      receipt.summaries.sort { $0.id < $1.id }
      return receipt
    }
  }

  /// Takes back the last batch that is in effect; nil when there is none.
  public func undo() throws(StoreError) -> CommitReceipt? {
    try move(
      from: BatchState.inEffect, to: BatchState.undone, kind: "undo",
      pick: "SELECT id FROM batches WHERE state = ? ORDER BY id DESC LIMIT 1")
  }

  /// Puts the batch that was undone last into effect again; nil when there is none.
  public func redo() throws(StoreError) -> CommitReceipt? {
    // Undo goes down the stack, so that of the undone batches the lowest was undone last.
    try move(
      from: BatchState.undone, to: BatchState.inEffect, kind: "redo",
      pick: "SELECT id FROM batches WHERE state = ? ORDER BY id LIMIT 1")
  }

  /// What `undo` would take back: its label and time.
  public func nextUndo() throws(StoreError) -> (label: String, at: Int64)? {
    try reading { () throws(StoreError) in
      let row = try db.statement(
        "SELECT label, at FROM batches WHERE state = ? ORDER BY id DESC LIMIT 1")
      try row.bind([.int(BatchState.inEffect)])
      defer { row.reset() }
      return try row.step() ? (try row.text(0), row.int64(1)) : nil
    }
  }

  private func move(
    from: Int64, to: Int64, kind: String, pick: String
  ) throws(StoreError) -> CommitReceipt? {
    let found = try reading { () throws(StoreError) in try db.integer(pick, .int(from)) }
    guard let batch = found else {
      if let readOnly { throw .readOnly(path: path.file, reason: readOnly) }
      return nil
    }
    reviews.removeAll()
    return try writing { () throws(StoreError) in
      let at = ClockText.now()
      try db.run("UPDATE batches SET state = ? WHERE id = ?", .int(to), .int(batch))
      try db.run(
        "INSERT INTO events (batch, at, kind, trace, payload) VALUES (?, ?, ?, NULL, ?)",
        .int(batch), .int(at), .text(kind),
        .text(JSON.object([.init("batch", .int(Int(batch)))]).serialized()))
      let label = try db.text("SELECT label FROM batches WHERE id = ?", .int(batch)) ?? kind
      var receipt = CommitReceipt(batch: batch, label: label, at: at, summaries: [], pairs: [:])
      for trace in try traces(in: batch) {
        try materialise(try currentReview(of: trace), in: &receipt)
      }
      return receipt
    }
  }

  private func traces(in batch: Int64) throws(StoreError) -> [TraceID] {
    let rows = try db.statement(
      "SELECT DISTINCT trace FROM events WHERE batch = ? AND trace IS NOT NULL ORDER BY trace")
    try rows.bind([.int(batch)])
    defer { rows.reset() }
    var found: [TraceID] = []
    while try rows.step() { found.append(TraceID(rawValue: rows.int64(0))) }
    return found
  }

  // MARK: Parts, inside a transaction

  /// A new batch in effect, with nothing in it yet; what was undone is undone for good.
  func beginBatch(label: String) throws(StoreError) -> CommitReceipt {
    try db.run(
      "UPDATE batches SET state = ? WHERE state = ?", .int(BatchState.undoneForGood),
      .int(BatchState.undone))
    let at = ClockText.now()
    let batch = try addBatch(at: at, label: label, state: BatchState.inEffect)
    return CommitReceipt(batch: batch, label: label, at: at, summaries: [], pairs: [:])
  }

  func addBatch(at: Int64, label: String, state: Int64) throws(StoreError) -> Int64 {
    try db.run(
      "INSERT INTO batches (at, label, state) VALUES (?, ?, ?)", .int(at), .text(label),
      .int(state))
    return db.lastInsertedRow
  }

  func addEvent(
    _ event: ReviewEvent, trace: TraceID, batch: Int64, at: Int64
  ) throws(StoreError) {
    try db.run(
      "INSERT INTO events (batch, at, kind, trace, payload) VALUES (?, ?, ?, ?, ?)", .int(batch),
      .int(at), .text(event.kind), .int(trace.rawValue), .text(event.payload.serialized()))
  }

  /// The state of a trace now.
  func currentReview(of trace: TraceID) throws(StoreError) -> Review {
    if let known = reviews[trace] { return known }
    let review = Review(try input(of: trace), events: try effectiveEvents(of: trace))
    reviews[trace] = review
    return review
  }

  /// Applies an event; an approval leaves behind what was found of the correction.
  private func apply(
    _ event: ReviewEvent, to review: inout Review, assessing assessment: inout Assessment?
  ) throws(StoreError) {
    let trace = review.input.trace.id
    if case .approve(let override) = event {
      let found = Assessment(review)
      assessment = found
      // Judging is most of the work of an approval: it is done here and nowhere else on the way.
      let reasons = ApprovalRules(gamma: try gamma()).refusals(review, found)
        .filter { override == nil || !$0.canBeOverridden }
      guard reasons.isEmpty else {
        throw .refusedApproval(trace: trace, reasons: reasons.map(\.sentence))
      }
    }
    let ignored = review.ignoredEvents
    review.apply(event)
    guard review.ignoredEvents == ignored else {
      throw .refusedEvent(trace: trace, reason: "the trace has no such hunk (\(event.kind))")
    }
  }

  /// The largest change ratio an approval may have without an override: the setting `gamma`, else the paper's 0.6.
  public func gamma() throws(StoreError) -> Double {
    guard let text = try setting("gamma"), let gamma = Double(text), gamma >= 0 else { return 0.6 }
    return gamma
  }

  /// Writes what follows from a trace's state: its Queue row and its pair.
  ///
  /// An assessment of this trace is taken over when it is of the correction as it stands, byte for byte.
  func materialise(
    _ review: Review, _ assessment: Assessment? = nil, in receipt: inout CommitReceipt
  ) throws(StoreError) {
    let current = assessment.flatMap {
      $0.correction.bytesEqual(review.correction) ? $0 : nil
    }
    let summary = TraceSummary(
      review, assessment: current, steps: stepCount(of: review.input.trace))
    try write(summary)
    receipt.summaries.append(summary)
    if let pair = try materialisePair(review, summary, at: receipt.at) {
      receipt.pairs[review.input.trace.id] = pair
    }
    reviews[review.input.trace.id] = review
  }

  /// Makes `pairs` say what the events say: the approval in effect is live, every other of this
  /// trace is not.
  ///
  /// A number names one y⁺ of one trace for good: an approval that comes back, by undo, redo or anew, gets its number
  /// back; another y⁺ gets a new one, and the old row stays.
  private func materialisePair(
    _ review: Review, _ summary: TraceSummary, at: Int64
  ) throws(StoreError) -> PairID? {
    let trace = Value.int(review.input.trace.id.rawValue)
    guard let approval = review.approval else {
      try db.run("UPDATE pairs SET live = 0 WHERE trace = ? AND live = 1", trace)
      return nil
    }
    let event = try db.integer(
      """
      SELECT max(seq) FROM events JOIN batches ON batches.id = events.batch
      WHERE trace = ? AND kind = 'approve' AND batches.state IN (\(BatchState.effective))
      """, trace)
    guard let event else { return nil }
    let chosen = approval.correction
    let known = try db.integer(
      """
      SELECT id FROM pairs WHERE trace = ? AND chosen = ?
      ORDER BY approval = ? DESC, live DESC, id DESC LIMIT 1
      """, trace, .text(chosen), .int(event))
    try db.run(
      "UPDATE pairs SET live = 0 WHERE trace = ? AND live = 1 AND id IS NOT ?", trace, .int(known))
    let mark = ApprovedTexts.mark(
      question: review.input.problem.question, rejected: review.input.trace.text, chosen: chosen,
      context: review.input.problem.context)
    if let known {
      try db.run(
        """
        UPDATE pairs SET live = 1, text_hash = ?, approval = ?, override = ?,
          at = (SELECT at FROM events WHERE seq = ?) WHERE id = ?
        """, .text(mark), .int(event), .text(approval.override), .int(event), .int(known))
      return PairID(rawValue: known)
    }
    try db.run(
      """
      INSERT INTO pairs (trace, approval, at, live, chosen, change_ratio, oracle, override, text_hash)
      VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?)
      """, trace, .int(event), .int(at), .text(chosen), .double(summary.changeRatio ?? 0),
      .text(summary.oracle), .text(approval.override), .text(mark))
    return PairID(rawValue: db.lastInsertedRow)
  }
}
