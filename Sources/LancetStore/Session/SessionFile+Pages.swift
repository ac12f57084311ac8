// Reading for the workbench: the Queue in pages, so that the first rows show at once, and the events of one batch, so
// that an undo can say what it took back.

import LancetCore

extension SessionFile {
  /// How many traces there are.
  public func traceCount() throws(StoreError) -> Int {
    try reading { () throws(StoreError) in
      Int(try db.integer("SELECT count(*) FROM trace_summaries") ?? 0)
    }
  }

  /// Up to `limit` Queue rows after a trace, in session order; nil begins at the first.
  public func summaries(after trace: TraceID?, limit: Int) throws(StoreError) -> [TraceSummary] {
    try reading { () throws(StoreError) in
      let rows = try db.statement(
        "SELECT \(SummaryRow.columns) FROM trace_summaries WHERE trace > ? ORDER BY trace LIMIT ?")
      try rows.bind([.int(trace?.rawValue ?? Int64.min), .int(Int64(max(0, limit)))])
      defer { rows.reset() }
      var found: [TraceSummary] = []
      found.reserveCapacity(min(max(0, limit), 1 << 14))
      while try rows.step() { found.append(try SummaryRow.read(rows, path.file)) }
      return found
    }
  }

  /// The decisions of a batch in order; those that cannot be read are left out.
  public func events(inBatch batch: Int64) throws(StoreError) -> [(TraceID, ReviewEvent)] {
    try reading { () throws(StoreError) in
      let rows = try db.statement(
        "SELECT trace, kind, payload FROM events WHERE batch = ? AND trace IS NOT NULL ORDER BY seq"
      )
      try rows.bind([.int(batch)])
      defer { rows.reset() }
      var found: [(TraceID, ReviewEvent)] = []
      while try rows.step() {
        guard let payload = try? JSON.parse(try rows.text(2)),
          let event = ReviewEvent(kind: try rows.text(1), payload: payload)
        else { continue }
        found.append((TraceID(rawValue: rows.int64(0)), event))
      }
      return found
    }
  }
}
