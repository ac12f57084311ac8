// TRL's preference rows: paired (`prompt, chosen, rejected`) and unpaired (`prompt, completion, label`).

/// Reads TRL's rows.
///
/// Texts may be strings or message lists; a paired row may also carry the prompt inside both message
/// lists. `rejected` is the trace, `chosen` a proposal of the `replay` Oracle.
enum TRLFormat {
  static func read(_ json: JSON) throws(RowError) -> ImportedRow {
    let reader = try RowReader(json)
    let key = try reader.optionalScalar("index", "id")
    let answer = try reader.optionalScalar("answer", "ground_truth")
    if !reader.has("chosen"), !reader.has("rejected"), reader.has("completion") {
      return ImportedRow(
        key: key, question: try reader.question("prompt", "question"), answer: answer,
        traces: [
          ImportedTrace(
            text: try reader.answer("completion"), source: try reader.optionalText(["source"]),
            claimed: try reader.optionalBool("label"))
        ])
    }
    let question: String
    let chosen: String
    let rejected: String
    if reader.has("prompt") || reader.has("question") {
      question = try reader.question("prompt", "question")
      chosen = try reader.answer("chosen")
      rejected = try reader.answer("rejected")
    } else {
      (question, chosen) = try conversation(reader, "chosen")
      let other: String
      (other, rejected) = try conversation(reader, "rejected")
      guard question.bytesEqual(other) else {
        throw .wrongType(
          field: "rejected", expected: "the same prompt as in chosen", found: "another")
      }
    }
    let corrected = Unframed(chosen)
    return ImportedRow(
      key: key, question: question, answer: answer,
      traces: [
        ImportedTrace(
          text: rejected, source: try reader.optionalText(["source"]),
          proposals: [ImportedProposal(oracle: "replay", text: corrected.text)])
      ], markersStripped: corrected.markers)
  }

  /// A message list that ends with the assistant's answer.
  private static func conversation(
    _ reader: RowReader, _ name: String
  ) throws(RowError) -> (question: String, answer: String) {
    guard let (_, value) = reader.first([name]) else { throw .missing(field: name) }
    guard let messages = value.array, let last = messages.last else {
      throw value.array == nil
        ? .missing(field: "prompt") : .wrongType(field: name, expected: "messages", found: "none")
    }
    return (
      try RowReader.question(Array(messages.dropLast()), field: name),
      try RowReader(last, prefix: "\(name)[\(messages.count - 1)].").text("content")
    )
  }
}
