// Step-DPO's rows: the steps both answers share, then a right and a wrong next step.

/// Reads `prompt, initial_reason_steps, chosen, rejected, full_chosen, full_rejected, answer`.
///
/// The full texts are taken when they are there; a full text that lacks the shared steps gets them in front, unless
/// the row is Lancet's own (it names its `pair`), whose full texts are whole; one that neither begins with them nor goes
/// on with the step refuses the row. The first wrong step is labelled, and it begins where the row says.
enum StepDPOFormat {
  static func fits(_ row: RowReader) -> Bool {
    row["initial_reason_steps"] != nil || row["full_rejected"] != nil
  }

  static func read(_ reader: RowReader) throws(RowError) -> ImportedRow {
    let shared = try reader.optionalText(["initial_reason_steps"]) ?? ""
    let rejected = try whole(reader, "full_rejected", "rejected", shared)
    let chosen = try whole(reader, "full_chosen", "chosen", shared)
    reader.take("chosen", "rejected", "pair")
    let corrected = Unframed(chosen)
    var row = ImportedRow(
      try reader.prompt(["prompt", "question"]),
      key: try reader.optionalScalar(["index", "id"]))
    try row.takeGold(reader)
    row.markersStripped = corrected.markers
    var trace = ImportedTrace(
      text: rejected, source: reader.textIfAny(FieldNames.source),
      proposals: [
        ImportedProposal(oracle: reader.textIfAny(["oracle"]) ?? "replay", text: corrected.text)
      ])
    if rejected.utf8.starts(with: shared.utf8) { mark(&trace, after: shared) }
    row.traces = [trace]
    return row
  }

  /// Labels the step behind the shared ones wrong; where Lancet's splitting has no step there, the row's wins.
  private static func mark(_ trace: inout ImportedTrace, after shared: String) {
    let bytes = Array(trace.text.utf8)
    guard
      let start = bytes[shared.utf8.count...].firstIndex(where: {
        $0 != 32 && $0 != 9 && $0 != 10 && $0 != 13
      })
    else { return }
    trace.labels = [ImportedLabel(stepAt: start, label: .wrong)]
    guard !splitSteps(trace.text).contains(where: { $0.bytes.lowerBound == start }) else { return }
    let rest = String(decoding: bytes[start...], as: UTF8.self)
    let before = splitSteps(shared).map(\.bytes.lowerBound)
    let after = splitSteps(rest).map { start + $0.bytes.lowerBound }
    trace.ownSteps = before + (after.first == start ? [] : [start]) + after
  }

  private static func whole(
    _ reader: RowReader, _ full: String, _ step: String, _ shared: String
  ) throws(RowError) -> String {
    guard reader.has(full) else { return shared + (try reader.text(step)) }
    let text = try reader.text(full)
    if reader.has("pair") || text.utf8.starts(with: shared.utf8) { return text }
    // What continues the shared steps begins with the step itself.
    if let words = try reader.optionalText([step]), text.utf8.starts(with: words.utf8) {
      return shared + text
    }
    guard ApprovalRules.isBlank(shared) || Thinking.contains(text, shared) else {
      throw .disagreement(field: full, with: "initial_reason_steps and \(step)")
    }
    return text
  }
}
