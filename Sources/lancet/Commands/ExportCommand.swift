// `lancet export`: approved pairs as JSON Lines, whole or not at all.

import LancetCLI
import LancetCore
import LancetStore

func runExport(_ options: ExportOptions, _ io: CommandIO) throws -> ExitCode {
  let session = try SessionFile.open(io.session(options.session), mode: .read)
  defer { session.close() }
  let file = options.file == "-" ? nil : try AtomicFile(options.file)
  var written = 0
  var skipped: [JSON] = []
  try session.forEachPair { pair in
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
      let line = row.serialized() + "\n"
      if let file { try file.write(line) } else { try io.write(line) }
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
    io.note("\(written) pairs written" + (skipped.isEmpty ? "" : ", \(skipped.count) skipped"))
    for row in skipped {
      io.note("pair \(row["pair"]?.int ?? 0): \(row["reason"]?.string ?? "")")
    }
  }
  return .done
}
