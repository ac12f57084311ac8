// `lancet grade`: is an answer the same value as the known one?

import LancetCLI
import LancetCore

func runGrade(_ options: GradeOptions, _ io: CommandIO) throws -> ExitCode {
  switch options.input {
  case .one(let gold, let answer):
    let grade = grade(gold: gold, answer: answer)
    if options.json {
      try io.write(gradeJSON(grade, explain: options.explain))
    } else {
      try io.write(gradeLine(grade, explain: options.explain))
    }
    return grade.verdict == .right ? .done : .no
  case .batch(let path):
    return try gradeBatch(path, options, io)
  }
}

/// Grades rows of gold and answer, one line of output for each line of input that is not empty.
///
/// A row that cannot be read is said to be ungradable, with its line, and makes the exit status 65.
private func gradeBatch(
  _ path: String, _ options: GradeOptions, _ io: CommandIO
) throws -> ExitCode {
  var bad = 0
  var splitter = JSONLinesSplitter()
  var lines: [JSONLine] = []
  splitter.feed(try io.readInput(path)) { lines.append($0) }
  splitter.finish { lines.append($0) }
  for line in lines {
    guard !line.bytes.allSatisfy({ $0 == 32 || $0 == 9 || $0 == 13 }) else { continue }
    let result: Grade
    do {
      let row = try JSON.parse(line.bytes)
      if let gold = plainText(row["gold"]), let answer = plainText(row["answer"]) {
        result = grade(gold: gold, answer: answer)
      } else {
        bad += 1
        result = unreadable("line \(line.number): no gold and answer as texts or numbers")
      }
    } catch {
      bad += 1
      result = unreadable("line \(line.number): \(error.what) at byte \(error.byte)")
    }
    try io.write(
      options.json
        ? gradeJSON(result, explain: options.explain).serialized() + "\n"
        : gradeLine(result, explain: options.explain))
  }
  if bad > 0 { io.note("lancet: \(counted(bad, "row")) of \(path) could not be read") }
  return bad > 0 ? .badData : .done
}

private func plainText(_ value: JSON?) -> String? {
  switch value {
  case .string(let text): text
  case .number(let text): text
  default: nil
  }
}

private func unreadable(_ reason: String) -> Grade {
  Grade(verdict: .ungradable, gold: nil, answer: nil, reason: reason)
}

/// The object of the command line contract.
private func gradeJSON(_ grade: Grade, explain: Bool) -> JSON {
  var members: [JSON.Member] = [
    .init("verdict", .string(grade.verdict.rawValue)),
    .init("gold", grade.gold.map { .string($0) } ?? .null),
    .init("answer", grade.answer.map { .string($0) } ?? .null),
    .init("reason", grade.reason.map { .string($0) } ?? .null),
    .init("strength", grade.strength.map { .string($0.rawValue) } ?? .null),
  ]
  if explain { members.append(.init("explanation", .string(grade.explanation))) }
  return .object(members)
}

private func gradeLine(_ grade: Grade, explain: Bool) -> String {
  if explain { return "\(grade.verdict.rawValue): \(visible(grade.explanation))\n" }
  var line = grade.verdict.rawValue
  if let gold = grade.gold, let answer = grade.answer {
    line += ": \(visible(answer)) against \(visible(gold))"
  }
  if let reason = grade.reason { line += " (\(visible(reason)))" }
  return line + "\n"
}
