// `lancet steps`: a trace taken apart into steps, and what can be checked in them.

import LancetCLI
import LancetCore

func runSteps(_ options: StepsOptions, _ io: CommandIO) throws -> ExitCode {
  let text = try io.readText(options.file)
  let steps = splitSteps(text)
  let first = firstError(in: steps)
  if options.json {
    let bytes = Array(text.utf8)
    try io.write(
      .object([
        .init("steps", .array(steps.map { stepJSON($0, in: bytes) })),
        .init("first_error", first.map { .int($0) } ?? .null),
      ]))
  } else {
    let bytes = Array(text.utf8)
    for step in steps { try io.write(stepLines(step, in: bytes)) }
    if let first { io.note("first error in step \(first + 1) of \(steps.count)") }
  }
  return first == nil ? .done : .no
}

private func rangeJSON(_ range: Range<Int>) -> JSON {
  .array([.int(range.lowerBound), .int(range.upperBound)])
}

private func stepJSON(_ step: Step, in bytes: [UInt8]) -> JSON {
  .object(
    [
      .init("index", .int(step.index)),
      .init("bytes", rangeJSON(step.bytes)),
      .init("text", .string(String(decoding: bytes[step.bytes], as: UTF8.self))),
      .init(
        "checks",
        .array(
          step.checks.map { check in
            .object([
              .init("bytes", rangeJSON(check.bytes)),
              .init("stated_bytes", rangeJSON(check.statedBytes)),
              .init("expression", .string(check.expression)),
              .init("stated", .string(check.stated)),
              .init("computed", check.computed.map { .string($0) } ?? .null),
              .init("verdict", .string(check.verdict.rawValue)),
            ])
          })),
      .init("verdict", .string(step.verdict.rawValue)),
    ] + (step.unread.map { [.init("unread", .string($0.sentence))] } ?? []))
}

private func stepLines(_ step: Step, in bytes: [UInt8]) -> String {
  let mark =
    switch step.verdict {
    case .right: "✓"
    case .wrong: "✗"
    case .unknown: "·"
    }
  let body = String(decoding: bytes[step.bytes], as: UTF8.self)
  var text = ""
  for (i, line) in body.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
    text += "\(i == 0 ? mark : " ") \(visible(String(line)))\n"
  }
  if let unread = step.unread { text += "    \(unread.sentence)\n" }
  for check in step.checks where check.verdict == .wrong {
    text +=
      "    \(visible(check.expression)) = \(check.computed ?? "?"), not \(visible(check.stated))\n"
  }
  return text
}
