// `lancet import`. Bad rows are reported on standard error as FILE:LINE: REASON and skipped; the exit status is 65 when
// --strict met one, or when no row at all could be read.

import LancetCLI
import LancetCore
import LancetStore

func runImport(_ options: ImportOptions, _ io: CommandIO) throws -> ExitCode {
  if options.dryRun { return try previewImport(options, io) }
  let session = try SessionFile.open(io.session(options.session), mode: .write)
  defer { session.close() }
  if try session.counts().problems > 0 { try session.backup(.beforeImport) }
  io.host.watchInterruption()
  var bad: [BadRow] = []
  let report = try session.importFiles(
    options.files, format: options.format, fields: options.fields,
    strict: options.strict,
    onBad: { row in
      // Of a file that is bad throughout the first thousand tell enough.
      if bad.count < 1000 { io.note("\(row.file):\(row.line): \(row.reason)") }
      if bad.count < 100_000 { bad.append(row) }
    },
    progress: { now in
      io.progress("importing \(now.file)", done: Int(now.bytes), of: now.size.map(Int.init))
      return !io.host.isInterrupted()
    })
  if report.read == 0, report.resumed.isEmpty, !report.cancelled { io.note("0 traces: no rows") }
  if report.bad > 1000 { io.note("… and \(counted(report.bad - 1000, "more bad row"))") }
  for (file, line) in report.resumed.sorted(by: { $0.key < $1.key }) {
    io.note("\(file): continued after line \(line), where the last import stopped")
  }
  for file in report.changed {
    io.note("\(file): changed while it was read; what it had at the start was imported")
  }
  for file in report.rewritten {
    io.note(
      "\(file): cut, rewritten or replaced while it was read; what was imported may be a part: import it again"
    )
  }
  for file in options.files { noteIgnored(report.ignored[file], of: file, io) }
  if !report.contradicted.isEmpty {
    let some = report.contradicted.prefix(5).map { String($0.rawValue) }.joined(separator: ", ")
    let more = report.contradicted.count > 5 ? ", …" : ""
    let traces = report.contradicted.count == 1 ? "trace" : "traces"
    io.note(
      "\(report.contradicted.count) \(traces) where the file's claim contradicts Lancet's grade; "
        + "both are kept (trace \(some)\(more))")
  }
  if report.conflicts > 0 {
    io.note(
      "\(counted(report.conflicts, "row")) with the id of another text of the same question: both are kept"
    )
  }
  if options.json {
    try io.write(importRow(report, bad))
  } else {
    let new = report.new
    io.note(
      "\(counted(report.read, "row")) read, \(report.added) added, "
        + "\(counted(report.duplicates, "duplicate")), \(report.bad) bad: "
        + "\(counted(new.problems, "new problem")), \(counted(new.traces, "new trace")), "
        + counted(new.proposals, "new proposal"))
  }
  if report.cancelled {
    io.note("stopped; the same command continues from here")
    return .interrupted
  }
  let isPart = !report.rewritten.isEmpty
  return isPart || report.bad > 0 && report.bad == report.read ? .badData : .done
}

/// Says once which columns of a file nobody read.
func noteIgnored(_ columns: [String]?, of file: String, _ io: CommandIO) {
  guard let columns, !columns.isEmpty else { return }
  let shown = columns.prefix(30).joined(separator: ", ")
  let more = columns.count > 30 ? " and \(columns.count - 30) more" : ""
  io.note("\(file): ignored columns: \(shown)\(more)")
}

/// Columns by file, as JSON.
func ignoredColumns(_ ignored: [String: [String]]) -> JSON {
  .object(
    ignored.sorted { $0.key < $1.key }.map {
      JSON.Member($0.key, .array($0.value.map(JSON.string)))
    })
}

private func importRow(_ report: ImportReport, _ bad: [BadRow]) -> JSON {
  .object([
    .init("read", .int(report.read)), .init("added", .int(report.added)),
    .init("duplicates", .int(report.duplicates)),
    .init(
      "bad",
      .array(
        bad.map {
          .object([
            .init("file", .string($0.file)), .init("line", .int($0.line)),
            .init("reason", .string($0.reason)),
          ])
        })), .init("problems", .int(report.new.problems)),
    .init("traces", .int(report.new.traces)), .init("proposals", .int(report.new.proposals)),
    .init("conflicts", .int(report.conflicts)),
    .init("contradicted", .int(report.contradicted.count)),
    .init("ignored", ignoredColumns(report.ignored)),
    .init("complete", .bool(!report.cancelled && report.rewritten.isEmpty)),
  ])
}
