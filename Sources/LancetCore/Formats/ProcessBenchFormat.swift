// ProcessBench's rows: a solution in steps with the first wrong one, as people found it.

/// Reads `id, generator, problem, steps, final_answer_correct, label`.
///
/// `label` is the index of the first wrong step, −1 when all are right. Steps before it are right, those after it were
/// not judged. Whether the final answer is right is a claim of its own: a solution may reach it by a wrong step.
enum ProcessBenchFormat {
  static func fits(_ row: RowReader) -> Bool {
    row.peek("steps")?.array != nil && row.peek("label").flatMap(index) != nil
      && FieldNames.question.contains(where: row.has)
  }

  /// An index, as a number or written in a text as tables have it.
  private static func index(_ value: JSON) -> Int? { value.int ?? value.string.flatMap { Int($0) } }

  static func read(_ reader: RowReader) throws(RowError) -> ImportedRow {
    var row = ImportedRow(
      try reader.prompt(["problem"] + FieldNames.question),
      key: try reader.optionalScalar(FieldNames.key))
    try row.takeGold(reader)
    let steps = try reader.texts("steps")
    guard !steps.isEmpty else { throw .empty(field: "steps") }
    guard let (_, value) = reader.first(["label"]) else { throw .missing(field: "label") }
    guard let label = index(value), label >= -1, label < steps.count else {
      throw .wrongType(
        field: "label", expected: "the index of a step, or -1",
        found: index(value).map(String.init) ?? value.kind)
    }
    let joined = JoinedSteps(steps, separator: "\n\n")
    let right = label < 0 ? steps.indices : 0..<label
    var labels = right.map { joined.label($0, .right) }
    if label >= 0 { labels.append(joined.label(label, .wrong)) }
    row.traces = [
      ImportedTrace(
        text: joined.text, source: reader.textIfAny(["generator"] + FieldNames.source),
        claimed: try reader.optionalBool(["final_answer_correct"]), labels: labels,
        ownSteps: joined.starts)
    ]
    return row
  }
}
