// Reading a session: the Queue's rows, one trace with all it needs for review, the approved pairs, the counts.

import LancetCore

/// How many rows a session has.
public struct SessionCounts: Hashable, Sendable {
  /// Problems.
  public var problems = 0
  /// Traces.
  public var traces = 0
  /// Proposals.
  public var proposals = 0
  /// Approved pairs.
  public var pairs = 0
  /// Events, undo and redo included.
  public var events = 0
  /// Traces by status, in the order of `TraceStatus.allCases`.
  public var byStatus: [TraceStatus: Int] = [:]
  /// Traces by the grade of y⁻.
  public var byGrade: [Verdict: Int] = [:]
}

extension SessionFile {
  /// All traces as Queue rows, in the order they came.
  public func summaries() throws(StoreError) -> [TraceSummary] {
    try summaries(after: nil, limit: .max)
  }

  /// The Queue row of one trace.
  public func summary(of trace: TraceID) throws(StoreError) -> TraceSummary {
    try reading { () throws(StoreError) in
      let row = try db.statement(
        "SELECT \(SummaryRow.columns) FROM trace_summaries WHERE trace = ?")
      try row.bind([.int(trace.rawValue)])
      defer { row.reset() }
      guard try row.step() else { throw unknown(trace) }
      return try SummaryRow.read(row, path.file)
    }
  }

  /// A trace with its problem and proposals, and the decisions about it that are in effect, oldest first.
  public func review(of trace: TraceID) throws(StoreError) -> (ReviewInput, [ReviewEvent]) {
    try reading { () throws(StoreError) in (try input(of: trace), try effectiveEvents(of: trace)) }
  }

  /// How much there is of everything.
  public func counts() throws(StoreError) -> SessionCounts {
    try reading { () throws(StoreError) in
      var counts = SessionCounts()
      counts.problems = Int(try db.integer("SELECT count(*) FROM problems") ?? 0)
      counts.traces = Int(try db.integer("SELECT count(*) FROM traces") ?? 0)
      counts.proposals = Int(try db.integer("SELECT count(*) FROM proposals") ?? 0)
      counts.pairs = Int(try db.integer("SELECT count(*) FROM pairs WHERE live = 1") ?? 0)
      counts.events = Int(try db.integer("SELECT count(*) FROM events") ?? 0)
      let rows = try db.statement(
        "SELECT status, grade_before, count(*) FROM trace_summaries GROUP BY status, grade_before")
      defer { rows.reset() }
      while try rows.step() {
        if let status = TraceStatus(rawValue: try rows.text(0)) {
          counts.byStatus[status, default: 0] += rows.int(2)
        }
        if let grade = Verdict(rawValue: try rows.text(1)) {
          counts.byGrade[grade, default: 0] += rows.int(2)
        }
      }
      return counts
    }
  }

  /// Reads everything in the body from one state of the file, whatever is written meanwhile.
  public func snapshot<Result>(_ body: () throws -> Result) throws -> Result {
    guard !db.inTransaction else { return try body() }
    try reading { () throws(StoreError) in try db.execute("BEGIN") }
    defer { db.rollback() }
    return try body()
  }

  /// The files that were imported, as their real paths.
  public func importedFiles() throws(StoreError) -> [String] {
    try reading { () throws(StoreError) in
      let rows = try db.statement("SELECT DISTINCT file FROM imports")
      defer { rows.reset() }
      var found: [String] = []
      while try rows.step() { found.append(try rows.text(0)) }
      return found
    }
  }

  // MARK: Pairs

  /// All approved pairs, in the order they were approved.
  public func pairs() throws(StoreError) -> [Pair] {
    var found: [Pair] = []
    try eachPair(nil) {
      found.append($0)
      return true
    }
    return found
  }

  /// Hands out the approved pairs one by one, in the order they were approved, from one state of the file.
  ///
  /// What `body` throws ends it and is thrown on.
  /// - Parameter changed: is told of pairs whose texts are not those that were approved; without it they end the reading.
  public func forEachPair(
    changed: ((PairID, TraceID) -> Void)? = nil, _ body: (Pair) throws -> Void
  ) throws {
    var stop: (any Error)?
    try eachPair(changed) { pair in
      do {
        try body(pair)
      } catch {
        stop = error
      }
      return stop == nil
    }
    if let stop { throw stop }
  }

  /// Hands out the approved pairs in order until `body` returns false.
  private func eachPair(
    _ changed: ((PairID, TraceID) -> Void)?, _ body: (Pair) -> Bool
  ) throws(StoreError) {
    try reading { () throws(StoreError) in
      let rows = try db.statement("\(Self.pairColumns) WHERE pairs.live = 1 ORDER BY pairs.id")
      defer { rows.reset() }
      while try rows.step() {
        let pair = try pair(rows)
        let mark = ApprovedTexts.mark(
          question: pair.question, rejected: pair.rejected, chosen: pair.chosen,
          context: pair.context)
        if try rows.optionalText(14) == mark {
          guard body(pair) else { return }
        } else if let changed {
          changed(pair.id, pair.trace)
        } else {
          throw StoreError.pairChanged(pair.id, trace: pair.trace)
        }
      }
    }
  }

  /// One pair by its number, also when it was taken back later; `live` says whether it is approved now.
  public func pair(_ id: PairID) throws(StoreError) -> (pair: Pair, live: Bool) {
    try reading { () throws(StoreError) in
      let row = try db.statement("\(Self.pairColumns) WHERE pairs.id = ?")
      try row.bind([.int(id.rawValue)])
      defer { row.reset() }
      guard try row.step() else {
        throw StoreError.unknown(kind: "pair", name: String(id.rawValue), path: path.file)
      }
      return (try pair(row), row.bool(10))
    }
  }

  /// The approved pair of a trace; nil when it has none.
  public func livePair(of trace: TraceID) throws(StoreError) -> PairID? {
    try reading { () throws(StoreError) in
      try db.integer(
        "SELECT id FROM pairs WHERE trace = ? AND live = 1", .int(trace.rawValue)
      ).map { PairID(rawValue: $0) }
    }
  }

  private static let pairColumns = """
    SELECT pairs.id, pairs.trace, problems.question, problems.answer, traces.text, pairs.chosen,
      pairs.change_ratio, pairs.oracle, traces.source, pairs.override, pairs.live, problems.context,
      traces.own_steps, traces.spot, pairs.text_hash, problems.source
    FROM pairs JOIN traces ON traces.id = pairs.trace JOIN problems ON problems.id = traces.problem
    """

  private func pair(_ row: Statement) throws(StoreError) -> Pair {
    let dataset = try row.text(15)
    return Pair(
      id: PairID(rawValue: row.int64(0)), trace: TraceID(rawValue: row.int64(1)),
      question: try row.text(2), answer: try row.optionalText(3), rejected: try row.text(4),
      chosen: try row.text(5), changeRatio: row.double(6), oracle: try row.optionalText(7),
      source: try row.text(8), override: try row.optionalText(9),
      context: try context(try row.optionalText(11)),
      ownSteps: try ownSteps(try row.optionalText(12)), isSpot: row.bool(13),
      dataset: dataset.bytesEqual(try row.text(8)) ? nil : dataset)
  }

  /// The column `context` of a problem.
  private func context(_ text: String?) throws(StoreError) -> PromptContext {
    guard let text else { return .none }
    guard let json = try? JSON.parse(text), let context = PromptContext(json: json) else {
      throw .damaged(path: path.file, detail: "a problem's context cannot be read", backups: 0)
    }
    return context
  }

  /// The column `own_steps` of a trace.
  private func ownSteps(_ text: String?) throws(StoreError) -> [Int]? {
    guard let text else { return nil }
    guard let list = try? JSON.parse(text).array else {
      throw .damaged(path: path.file, detail: "a trace's own steps cannot be read", backups: 0)
    }
    return list.compactMap(\.int)
  }

  // MARK: Parts

  func unknown(_ trace: TraceID) -> StoreError {
    .unknown(kind: "trace", name: String(trace.rawValue), path: path.file)
  }

  /// A trace with its problem and proposals.
  func input(of trace: TraceID) throws(StoreError) -> ReviewInput {
    let row = try db.statement(
      """
      SELECT problems.id, question, answer, problems.source, text, traces.source, claimed,
        context, solution, own_steps, spot
      FROM traces JOIN problems ON problems.id = traces.problem WHERE traces.id = ?
      """)
    try row.bind([.int(trace.rawValue)])
    defer { row.reset() }
    guard try row.step() else { throw unknown(trace) }
    let problem = Problem(
      id: ProblemID(rawValue: row.int64(0)), question: try row.text(1),
      answer: try row.optionalText(2), source: try row.text(3),
      context: try context(try row.optionalText(7)), solution: try row.optionalText(8))
    let record = Trace(
      id: trace, problem: problem.id, text: try row.text(4), source: try row.text(5),
      claimed: row.optionalInt(6).map { $0 != 0 },
      ownSteps: try ownSteps(try row.optionalText(9)), isSpot: row.bool(10))
    return ReviewInput(problem: problem, trace: record, proposals: try proposals(of: trace))
  }

  func proposals(of trace: TraceID) throws(StoreError) -> [Proposal] {
    let rows = try db.statement(
      "SELECT id, oracle, text, note FROM proposals WHERE trace = ? ORDER BY id")
    try rows.bind([.int(trace.rawValue)])
    defer { rows.reset() }
    var found: [Proposal] = []
    while try rows.step() {
      found.append(
        Proposal(
          id: ProposalID(rawValue: rows.int64(0)), trace: trace, oracle: try rows.text(1),
          text: try rows.text(2), note: try rows.optionalText(3)))
    }
    return found
  }

  /// The decisions about a trace whose batches are in effect, oldest first.
  func effectiveEvents(of trace: TraceID) throws(StoreError) -> [ReviewEvent] {
    let rows = try db.statement(
      """
      SELECT seq, kind, payload FROM events JOIN batches ON batches.id = events.batch
      WHERE trace = ? AND batches.state IN (\(BatchState.effective)) ORDER BY seq
      """)
    try rows.bind([.int(trace.rawValue)])
    defer { rows.reset() }
    var found: [ReviewEvent] = []
    while try rows.step() { found.append(try event(rows)) }
    return found
  }

  /// The event of a row whose first columns are seq, kind and payload.
  func event(_ row: Statement) throws(StoreError) -> ReviewEvent {
    guard let payload = try? JSON.parse(try row.text(2)),
      let event = ReviewEvent(kind: try row.text(1), payload: payload)
    else {
      throw .damaged(path: path.file, detail: "event \(row.int64(0)) cannot be read", backups: 0)
    }
    return event
  }
}
