// `lancet import --dry-run`: the first rows as they would come in; the session is not even opened.

import LancetCLI
import LancetCore
import LancetStore

func previewImport(_ options: ImportOptions, _ io: CommandIO) throws -> ExitCode {
  io.host.watchInterruption()
  let preview = try ImportPreview(
    of: options.files, RowReading(format: options.format, fields: options.fields),
    shouldStop: { io.host.isInterrupted() })
  for bad in preview.bad { io.note("\(bad.file):\(bad.line): \(bad.reason)") }
  for file in options.files { noteIgnored(preview.ignored[file], of: file, io) }
  if options.json {
    try io.write(
      .object([
        .init("read", .int(preview.read)),
        .init(
          "bad",
          .array(
            preview.bad.map {
              .object([
                .init("file", .string($0.file)), .init("line", .int($0.line)),
                .init("reason", .string($0.reason)),
              ])
            })), .init("ignored", ignoredColumns(preview.ignored)),
        .init(
          "rows",
          .array(
            preview.rows.map { shown in
              .object(
                [.init("file", .string(shown.file)), .init("line", .int(shown.line))]
                  + members(of: shown.row))
            })),
      ]))
  } else {
    for shown in preview.rows { try io.write(text(of: shown)) }
    io.note(
      "\(counted(preview.read, "row")) read, \(preview.badCount) bad; nothing was written (--dry-run)"
    )
  }
  return preview.badCount > 0 && preview.badCount == preview.read ? .badData : .done
}

private func optional(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }

/// A row as JSON: what a session would store of it.
private func members(of row: ImportedRow) -> [JSON.Member] {
  [
    .init("key", optional(row.key)),
    .init("context", .array(row.context.messages.map(\.json))),
    .init("template_arguments", .object(row.context.arguments)),
    .init("question", .string(row.question)), .init("answer", optional(row.answer)),
    .init("solution", optional(row.solution)), .init("source", optional(row.source)),
    .init("traces", .array(row.traces.map { trace($0, row.answer) })),
    .init("loose_proposals", .array(row.looseProposals.map(proposal))),
    .init("markers_stripped", .int(row.markersStripped)),
    .init("ignored", .array(row.ignored.map(JSON.string))),
  ]
}

private func proposal(_ proposal: ImportedProposal) -> JSON {
  .object([
    .init("oracle", .string(proposal.oracle)), .init("text", .string(proposal.text)),
    .init("note", optional(proposal.note)),
  ])
}

private func trace(_ trace: ImportedTrace, _ answer: String?) -> JSON {
  let own = answer.map { LancetCore.grade(gold: $0, answer: trace.text) }
  return .object([
    .init("text", .string(trace.text)), .init("source", optional(trace.source)),
    .init("claimed", trace.claimed.map { .bool($0) } ?? .null),
    .init("grade", optional(own?.verdict.rawValue)),
    .init(
      "steps",
      .array(
        splitSteps(trace.text, at: trace.ownSteps).map { .int($0.bytes.lowerBound) })),
    .init("own_steps", .bool(trace.ownSteps != nil)),
    .init(
      "labels",
      .array(
        trace.labels.map {
          .object([.init("step", .int($0.stepAt)), .init("label", .int($0.label.rawValue))])
        })), .init("proposals", .array(trace.proposals.map(proposal))),
    .init("comment", optional(trace.comment)),
  ])
}

/// A row for people.
private func text(of shown: ImportPreview.Row) -> String {
  let row = shown.row
  var lines = [
    "\(visible(shown.file)):\(shown.line)" + (row.key.map { "  id \(visible($0))" } ?? "")
  ]
  func put(_ name: String, _ text: String?) {
    guard let text else { return }
    for (i, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let head = i == 0 ? name : ""
      lines.append(
        "  " + head + String(repeating: " ", count: max(1, 12 - head.count)) + visible(String(line))
      )
    }
  }
  for message in row.context.messages { put(message.role, message.content) }
  if !row.context.arguments.isEmpty {
    put("template", JSON.object(row.context.arguments).serialized())
  }
  put("question", row.question)
  put("answer", row.answer)
  put("solution", row.solution)
  for (i, trace) in row.traces.enumerated() {
    put("trace \(i + 1)", trace.text)
    var facts = trace.source.map { ["by \($0)"] } ?? []
    if let claimed = trace.claimed {
      facts.append("the file says " + (claimed ? "right" : "wrong"))
    }
    if let answer = row.answer {
      facts.append("Lancet grades \(grade(gold: answer, answer: trace.text).verdict.rawValue)")
    }
    let steps = splitSteps(trace.text, at: trace.ownSteps).count
    facts.append(
      "\(steps) step" + (steps == 1 ? "" : "s")
        + (trace.ownSteps == nil ? "" : " of the file's own"))
    if !trace.labels.isEmpty {
      facts.append("labels " + trace.labels.map { "\($0.label.rawValue)" }.joined(separator: " "))
    }
    put("", facts.joined(separator: ", "))
    put("comment", trace.comment)
    for proposal in trace.proposals { put(proposal.oracle, proposal.text) }
  }
  for proposal in row.looseProposals { put(proposal.oracle, proposal.text) }
  return lines.joined(separator: "\n") + "\n\n"
}
