// The model solutions of GSM8K (openai/grade-school-math): one question, a human solution, and what several models wrote.

/// Reads a question with the traces of several models.
///
/// The fields are `question, ground_truth` and, for every other field that is an object with a `solution`, that model's trace with
/// its `is_correct` as a claim; the field's name is the source. GSM8K's own rows (`question, answer`) are problems alone.
enum GSM8KFormat {
  static func fits(_ row: RowReader) -> Bool {
    row.has("question")
      && (row.json.object ?? []).contains {
        $0.value.object != nil && $0.value["solution"] != nil
      }
  }

  static func read(_ reader: RowReader) throws(RowError) -> ImportedRow {
    var row = ImportedRow(
      try reader.prompt(["question"]), key: try reader.optionalScalar(["index", "id"]))
    try row.takeGold(reader)
    for member in reader.json.object ?? [] {
      guard case .object = member.value, member.value["solution"] != nil else { continue }
      reader.take(member.key)
      let model = try reader.inner(member.value, member.key)
      row.traces.append(
        ImportedTrace(
          text: try model.text("solution"), source: member.key,
          claimed: try model.optionalBool(["is_correct"])))
    }
    if row.traces.isEmpty, row.answer == nil { throw .missing(field: "ground_truth") }
    return row
  }
}
