// The state of one import: counts, and proposals that wait for their trace.

import LancetCore

/// Why a row is bad, in words.
struct RowProblem: Error {
  var reason: String
}

/// A line after parsing: a row, or why it is none.
struct ParsedRow: Sendable {
  var line: Int
  var content: Result<ImportedRow, RowProblem>

  init(_ line: JSONLine, _ format: ImportFormat) {
    self.line = line.number
    content = ParsedRow.parse(line, format)
  }

  private static func parse(
    _ line: JSONLine, _ format: ImportFormat
  ) -> Result<ImportedRow, RowProblem> {
    guard !line.isTooLong else {
      return .failure(RowProblem(reason: "longer than \(JSONLinesSplitter.defaultLimit >> 20) MB"))
    }
    let json: JSON
    do throws(JSONError) { json = try JSON.parse(line.bytes) } catch {
      let half = line.isTerminated ? "" : ", the last line, which may have been cut"
      return .failure(RowProblem(reason: "\(error.what) at byte \(error.byte)\(half)"))
    }
    do throws(RowError) { return .success(try format.read(json)) } catch {
      return .failure(RowProblem(reason: error.what))
    }
  }
}

/// A proposal whose trace is in another row.
struct LooseProposal {
  var file: String
  var line: Int
  var key: String
  var question: String
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
  var format: ImportFormat
  var strict: Bool
  var report = ImportReport()
  var waiting: [LooseProposal] = []
  var waitingBytes = 0
  var lost: [BadRow] = []

  init(format: ImportFormat, strict: Bool) {
    self.format = format
    self.strict = strict
  }

  mutating func wait(_ loose: LooseProposal) {
    waiting.append(loose)
    waitingBytes += loose.proposal.text.utf8.count + loose.question.utf8.count + 128
  }
}
