// TraceSummary as a row of `trace_summaries`.

import LancetCore

enum SummaryRow {
  /// The columns in the order of `read` and `values`.
  static let columns = """
    trace, status, flagged, answer_before, grade_before, answer_after, grade_after, hunks, \
    accepted, rejected, tweaked, change_ratio, steps, tokens, oracle, source, question
    """

  static let insert = """
    INSERT OR REPLACE INTO trace_summaries (\(columns))
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """

  static func values(_ s: TraceSummary) -> [Value] {
    [
      .int(s.id.rawValue), .text(s.status.rawValue), .bool(s.flagged), .text(s.answerBefore),
      .text(s.gradeBefore.rawValue), .text(s.answerAfter), .text(s.gradeAfter?.rawValue),
      .int(s.hunks), .int(s.accepted), .int(s.rejected), .int(s.tweaked), .double(s.changeRatio),
      .int(s.steps), .int(s.tokens), .text(s.oracle), .text(s.source), .text(s.question),
    ]
  }

  /// Reads a row; words that are none of ours mean a damaged file.
  static func read(_ row: Statement, _ path: String) throws(StoreError) -> TraceSummary {
    let gradeAfter = try row.optionalText(6)
    guard let status = TraceStatus(rawValue: try row.text(1)),
      let gradeBefore = Verdict(rawValue: try row.text(4)),
      gradeAfter == nil || gradeAfter.flatMap(Verdict.init) != nil
    else {
      throw .damaged(
        path: path, detail: "the summary of trace \(row.int64(0)) has unknown words", backups: 0)
    }
    // Counts are added up over all traces: a number no text can have means a damaged or hostile file.
    let counts = [7, 8, 9, 10, 12, 13].map { row.int64($0) }
    let ratio = row.optionalDouble(11)
    guard counts.allSatisfy({ (0...(1 << 32)).contains($0) }),
      ratio.map({ $0.isFinite && $0 >= 0 && $0 < 1e9 }) ?? true
    else {
      throw .damaged(
        path: path, detail: "the summary of trace \(row.int64(0)) has impossible numbers",
        backups: 0)
    }
    return TraceSummary(
      id: TraceID(rawValue: row.int64(0)), status: status, flagged: row.bool(2),
      answerBefore: try row.optionalText(3), gradeBefore: gradeBefore,
      answerAfter: try row.optionalText(5), gradeAfter: gradeAfter.flatMap(Verdict.init),
      hunks: row.int(7), accepted: row.int(8), rejected: row.int(9), tweaked: row.int(10),
      changeRatio: ratio, steps: row.int(12), tokens: row.int(13),
      oracle: try row.optionalText(14), source: try row.text(15), question: try row.text(16))
  }
}
