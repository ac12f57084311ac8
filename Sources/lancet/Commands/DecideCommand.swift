// `lancet decide`: the decisions of the workbench, for scripts.
//
// `--batch FILE` reads one JSON object a line, each a batch of its own: `{"trace": 1, "accept": [1], "reject": [2],
// "tweak": {"3": "text"}, "flag": true, "comment": "…", "approve": true, "override": "reason"}`. Every line that is on
// the disk is acknowledged at once with a line of its own; one that is refused is answered with `error` and changes nothing.

import LancetCLI
import LancetCore
import LancetStore

func runDecide(_ options: DecideOptions, _ io: CommandIO) throws -> ExitCode {
  let session = try SessionFile.open(io.session(options.session), mode: .write)
  defer { session.close() }
  switch options.input {
  case .trace(let trace, let accept, let reject, let tweak, let approve, let override):
    var request = DecisionRequest(trace: trace)
    request.accept = accept
    request.reject = reject
    request.tweak = tweak
    request.approve = approve
    request.override = override
    let outcome = try request.carryOut(in: session)
    if options.json {
      try io.write(.object(outcome.members))
    } else {
      io.note(outcome.sentence)
    }
    for refusal in outcome.refusals { io.note("not approved: \(refusal)") }
    return outcome.refusals.isEmpty ? .done : .no
  case .rule(let expression, let dryRun):
    return try decide(try Rule(parsing: expression), dryRun, in: session, options, io)
  case .batch(let file):
    return try decideBatch(file, in: session, io)
  }
}

private func decide(
  _ rule: Rule, _ dryRun: Bool, in session: SessionFile, _ options: DecideOptions, _ io: CommandIO
) throws -> ExitCode {
  let outcome = try session.apply(rule, dryRun: dryRun)
  let shown = outcome.matched.prefix(5)
  if options.json {
    try io.write(
      .object([
        .init("matched", .int(outcome.matched.count)), .init("hunks", .int(outcome.hunks)),
        .init("approved", .int(outcome.approved.count)), .init("dry_run", .bool(dryRun)),
        .init("batch", outcome.receipt.map { .int(Int($0.batch)) } ?? .null),
        .init(
          "examples",
          .array(
            shown.map { row in
              .object([
                .init("trace", .int(Int(row.id.rawValue))),
                .init("question", .string(row.question)), .init("hunks", .int(row.hunks)),
                .init("change_ratio", row.changeRatio.map { .double($0) } ?? .null),
                .init("refusal", outcome.refusals[row.id].map { .string($0) } ?? .null),
              ])
            })),
      ]))
    return .done
  }
  io.note(
    "\(counted(outcome.matched.count, "open trace")) "
      + (outcome.matched.count == 1 ? "matches: " : "match: ")
      + "\(counted(outcome.hunks, "hunk")) " + (dryRun ? "would be accepted, " : "accepted, ")
      + "\(counted(outcome.approved.count, "trace")) " + (dryRun ? "would be approved" : "approved")
  )
  for row in shown {
    let refusal = outcome.refusals[row.id].map { "  (\($0))" } ?? ""
    try io.write("trace \(row.id.rawValue)  \(visible(row.question))\(refusal)\n")
  }
  return .done
}

private func decideBatch(
  _ file: String, in session: SessionFile, _ io: CommandIO
) throws -> ExitCode {
  io.host.watchInterruption()
  var status = ExitCode.done
  var reader = try BatchReader(file, io.host)
  while !io.host.isInterrupted(), let line = try reader.next() {
    var members: [JSON.Member] = [.init("line", .int(line.number))]
    do {
      let request = try DecisionRequest(line)
      let outcome = try request.carryOut(in: session)
      members += outcome.members.filter { $0.key != "correction" }
      if !outcome.refusals.isEmpty {
        members.append(.init("refusals", .array(outcome.refusals.map { .string($0) })))
        status = .no
      }
    } catch let error as any LancetError {
      switch error.exitCode {
      case .badData, .missingInput, .no:
        members.append(.init("error", .string(error.what)))
        status = .no
      default: throw error
      }
    }
    try io.write(.object(members))
    // The acknowledgement leaves before the next decision begins.
    try io.flush()
  }
  return io.host.isInterrupted() ? .interrupted : status
}
