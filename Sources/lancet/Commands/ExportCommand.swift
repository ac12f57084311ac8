// `lancet export`: approved pairs as JSON Lines, whole or not at all.

import LancetCLI
import LancetCore
import LancetStore
import LancetSystem

func runExport(_ options: ExportOptions, _ io: CommandIO) throws -> ExitCode {
  let session = try SessionFile.open(io.session(options.session), mode: .read)
  defer { session.close() }
  if options.file != "-" {
    try checkOutput(options.file, session: session.path, inputs: session.importedFiles())
  }
  let file = options.file == "-" ? nil : try AtomicFile(options.file, .named)
  var written = 0
  var skipped: [JSON] = []
  func changed(_ pair: PairID, _ trace: TraceID) {
    let reason = StoreError.pairChanged(pair, trace: trace).sentence
    skipped.append(
      .object([.init("pair", .int(Int(pair.rawValue))), .init("reason", .string(reason))]))
  }
  try session.forEachPair(changed: changed) { pair in
    if let refusal = ExportFormat.refusal(for: pair, gamma: options.gamma ?? .infinity) {
      skipped.append(
        .object([
          .init("pair", .int(Int(pair.id.rawValue))), .init("reason", .string(refusal.reason)),
        ]))
      return
    }
    var review: Review?
    if options.format == .steps || options.format == .stepDPO {
      let (input, events) = try session.review(of: pair.trace)
      review = Review(input, events: events)
    }
    for row in options.format.rows(for: pair, review: review) {
      if let file { try file.write(row.serialized() + "\n") } else { try io.write(row) }
    }
    written += 1
  }
  try file?.finish()
  let report = JSON.object([
    .init("written", .int(written)), .init("skipped", .array(skipped)),
  ])
  if options.json, file != nil {
    try io.write(report)
  } else if options.json {
    // Standard output has the pairs themselves.
    io.note(report.serialized())
  } else {
    io.note(
      "\(counted(written, "pair")) written" + (skipped.isEmpty ? "" : ", \(skipped.count) skipped"))
    for row in skipped {
      io.note("pair \(row["pair"]?.int ?? 0): \(row["reason"]?.string ?? "")")
    }
  }
  return .done
}
