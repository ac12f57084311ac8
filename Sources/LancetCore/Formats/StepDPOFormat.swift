// Step-DPO's rows: the steps both answers share, then a right and a wrong next step.

/// Reads `prompt, initial_reason_steps, chosen, rejected, full_chosen, full_rejected, answer`.
///
/// The full texts are taken when they are there; a full text that lacks the shared steps gets them in front. The first
/// wrong step is labelled.
enum StepDPOFormat {
  static func read(_ json: JSON) throws(RowError) -> ImportedRow {
    let reader = try RowReader(json)
    let shared = try reader.optionalText(["initial_reason_steps"]) ?? ""
    let rejected = try whole(reader, "full_rejected", "rejected", shared)
    let chosen = try whole(reader, "full_chosen", "chosen", shared)
    var labels = StepSnapper(rejected)
    let start = shared.utf8.count
    let length = rejected.utf8.count
    if start > 0, start < length, rejected.utf8.starts(with: shared.utf8) {
      labels.rate(start..<length, .wrong)
    }
    let corrected = Unframed(chosen)
    return ImportedRow(
      key: try reader.optionalScalar("index", "id"),
      question: try reader.question("prompt", "question"),
      answer: try reader.optionalScalar("answer", "ground_truth"),
      source: try reader.optionalText(["dataset"]),
      traces: [
        ImportedTrace(
          text: rejected,
          proposals: [ImportedProposal(oracle: "replay", text: corrected.text)],
          labels: labels.labels)
      ], markersStripped: corrected.markers)
  }

  private static func whole(
    _ reader: RowReader, _ full: String, _ step: String, _ shared: String
  ) throws(RowError) -> String {
    guard reader.has(full) else { return shared + (try reader.text(step)) }
    let text = try reader.text(full)
    if text.utf8.starts(with: shared.utf8) { return text }
    // What continues the shared steps begins with the step itself.
    if let step = try reader.optionalText([step]), text.utf8.starts(with: step.utf8) {
      return shared + text
    }
    return text
  }
}
