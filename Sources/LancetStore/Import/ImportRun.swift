// The state of one import: counts, and proposals that wait for their trace.

import LancetCore

/// A line after parsing: a row, or why it is none.
struct ParsedRow: Sendable {
  var line: Int
  var content: Result<ImportedRow, RowProblem>

  init(_ line: JSONLine, _ reading: RowReading) {
    self.line = line.number
    content = line.parsed().flatMap { json in
      do throws(RowError) { return .success(try reading.read(json)) } catch {
        return .failure(RowProblem(reason: error.what))
      }
    }
  }
}

/// A proposal whose trace is in another row.
struct LooseProposal {
  var file: String
  var line: Int
  var key: String
  var question: String
  var context: PromptContext
  var proposal: ImportedProposal

  /// The row when its trace never comes.
  var bad: BadRow {
    BadRow(
      file: file, line: line,
      reason: "no row with original_answer has the index \(key) and this question")
  }
}

/// One import of one or more files.
struct ImportRun {
  var reading: RowReading
  var strict: Bool
  var report = ImportReport()
  var waiting: [LooseProposal] = []
  var waitingBytes = 0
  var lost: [BadRow] = []

  init(_ reading: RowReading, strict: Bool) {
    self.reading = reading
    self.strict = strict
  }

  mutating func wait(_ loose: LooseProposal) {
    waiting.append(loose)
    waitingBytes += loose.proposal.text.utf8.count + loose.question.utf8.count + 128
  }
}

extension ImportRun {
  /// Remembers the columns of a row that nobody read.
  mutating func noteIgnored(_ columns: [String], _ file: String) {
    guard !columns.isEmpty else { return }
    for column in columns where !(report.ignored[file]?.contains(column) ?? false) {
      report.ignored[file, default: []].append(column)
    }
  }

  /// Remembers the new traces whose claim is not Lancet's verdict.
  ///
  /// What cannot be graded contradicts nothing.
  mutating func noteContradictions(_ added: AddedTraces, _ summaries: [TraceSummary]) {
    for (trace, summary) in zip(added.new, summaries) {
      guard let claimed = trace.input.trace.claimed, summary.gradeBefore != .ungradable else {
        continue
      }
      if claimed != (summary.gradeBefore == .right) {
        report.contradicted.append(trace.input.trace.id)
      }
    }
  }
}

extension RowReading {
  /// The name under which an unfinished import is remembered: another way of reading is another import.
  var name: String { fields.isEmpty ? format.rawValue : "\(format.rawValue) \(fields.text)" }
}
