// Asking an Oracle about every wrong trace that has no proposal. Who the Oracle is, the caller knows.

import LancetCore

/// What an Oracle answers.
public struct OracleAnswer: Sendable {
  /// The corrected text.
  public var text: String
  /// What the Oracle says of it.
  public var note: String?
  /// Whether it gives the known answer.
  public var reachedAnswer: Bool

  /// An answer.
  public init(text: String, note: String?, reachedAnswer: Bool) {
    self.text = text
    self.note = note
    self.reachedAnswer = reachedAnswer
  }
}

/// How asking went.
public struct RectifyCounts: Hashable, Sendable {
  /// Traces asked about.
  public var asked = 0
  /// Proposals stored.
  public var proposed = 0
  /// Those of them that give the known answer.
  public var reached = 0
  /// Traces the Oracle could not improve.
  public var unchanged = 0
  /// Wrong traces that needed no asking: they have a proposal or were decided.
  public var skipped = 0
}

extension SessionFile {
  /// Asks about every wrong trace that has no proposal, and stores what comes back, some dozens at
  /// a time.
  ///
  /// Stopped and called again it goes on: what has a proposal is not asked about twice.
  ///
  /// - Parameters:
  ///   - target: stop when so many proposals give the known answer.
  ///   - progress: is told how many of how many traces are done; returning false stops.
  public func rectify(
    oracle: String, target: Int? = nil, progress: (Int, Int) -> Bool = { _, _ in true },
    ask: @Sendable (Problem, Trace) -> OracleAnswer?
  ) throws(StoreError) -> RectifyCounts {
    if let readOnly { throw .readOnly(path: path.file, reason: readOnly) }
    var counts = RectifyCounts()
    var open: [TraceID] = []
    for row in try summaries() where row.gradeBefore == .wrong {
      if row.oracle == nil, row.hunks == 0, row.status == .new || row.status == .open {
        open.append(row.id)
      } else {
        counts.skipped += 1
      }
    }
    var next = 0
    while next < open.count, counts.reached < target ?? .max {
      let part = open[next..<min(open.count, next + 64)]
      let inputs = try part.map { id throws(StoreError) in try input(of: id) }
      let answers = parallelMap(inputs) { ask($0.problem, $0.trace) }
      var new: [NewProposal] = []
      for (input, answer) in zip(inputs, answers) where counts.reached < target ?? .max {
        counts.asked += 1
        guard let answer else {
          counts.unchanged += 1
          continue
        }
        counts.proposed += 1
        if answer.reachedAnswer { counts.reached += 1 }
        new.append(
          NewProposal(
            trace: input.trace.id, oracle: oracle, text: answer.text, note: answer.note))
      }
      if !new.isEmpty { try addProposals(new) }
      next += part.count
      guard progress(next, open.count) else { break }
    }
    return counts
  }
}
