// The Oracles of this program, by name, and asking one of them about a session: the same way for `rectify` and the demo.

import LancetCLI
import LancetCore
import LancetOracle
import LancetStore

extension CommandIO {
  /// The Oracle that a command line names.
  func oracle(_ options: RectifyOptions) throws -> any Oracle {
    switch options.oracle {
    case ArithmeticOracle.name: return ArithmeticOracle()
    case ReplayOracle.name:
      guard let file = options.replies else {
        throw UsageError.missing(["--replies FILE"], command: "rectify")
      }
      return ReplayOracle(try replies(in: file))
    default:
      throw UsageError.laterVersion(
        "--oracle \(options.oracle)",
        instead: "use --oracle arithmetic, --oracle replay, or import proposals")
    }
  }

  /// The corrected texts of a file with rows `{"trace": ID, "text": TEXT}`, by trace.
  private func replies(in file: String) throws -> [TraceID: String] {
    var lines: [JSONLine] = []
    var splitter = JSONLinesSplitter()
    splitter.feed(try readInput(file)) { lines.append($0) }
    splitter.finish { lines.append($0) }
    var replies: [TraceID: String] = [:]
    for line in lines where !line.bytes.allSatisfy({ $0 == 32 || $0 == 9 || $0 == 13 }) {
      let row: JSON
      do throws(JSONError) {
        row = try JSON.parse(line.bytes)
      } catch {
        throw ReplyError(file: file, line: line.number, what: error.what)
      }
      guard let trace = row["trace"]?.int, let text = row["text"]?.string else {
        throw ReplyError(file: file, line: line.number, what: "no trace and text")
      }
      replies[TraceID(rawValue: Int64(trace))] = text
    }
    return replies
  }
}

extension SessionFile {
  /// Asks an Oracle about every wrong trace that has no proposal.
  func rectify(
    asking oracle: any Oracle, target: Int? = nil,
    progress: (Int, Int) -> Bool = { _, _ in true }
  ) throws(StoreError) -> RectifyCounts {
    try rectify(
      oracle: oracle.name, target: target, progress: progress,
      ask: { problem, trace in
        (try? oracle.proposal(for: OracleItem(problem: problem, trace: trace))).map {
          OracleAnswer(text: $0.text, note: $0.note, reachedAnswer: $0.reachedAnswer)
        }
      })
  }
}
