// SPoT's own rows, as its scripts write them (Visual-AI/SPoT).

/// Reads `index, question|prompt, original_answer, ground_truth, gemini_corrected_answer, is_correct, data_source`.
///
/// The file of correct ones lacks `original_answer`: its rows carry loose proposals, to be joined by `index`. The trainer
/// strips one leading blank line of both answers; here the texts stay as they are. `is_correct` judges the correction by
/// comparing strings, so it is kept as a note on the proposal.
enum SpotFormat {
  static func read(_ json: JSON) throws(RowError) -> ImportedRow {
    let reader = try RowReader(json)
    var row = ImportedRow(
      key: try reader.optionalScalar("index", "id"),
      question: try reader.question("question", "prompt"),
      answer: try reader.optionalScalar("ground_truth", "answer"),
      source: try reader.optionalText(["data_source"]))
    var proposals: [ImportedProposal] = []
    if let framed = try reader.optionalText(["gemini_corrected_answer"]),
      !ApprovalRules.isBlank(framed)
    {
      let corrected = Unframed(framed)
      row.markersStripped = corrected.markers
      let claim = try reader.optionalBool("is_correct")
      proposals = [
        ImportedProposal(
          oracle: "replay", text: corrected.text,
          note: claim.map { $0 ? "the file claims it is right" : "the file claims it is wrong" })
      ]
    }
    if reader.has("original_answer") {
      row.traces = [
        ImportedTrace(text: try reader.text("original_answer"), proposals: proposals)
      ]
    } else {
      guard !proposals.isEmpty else { throw .missing(field: "original_answer") }
      guard row.key != nil else { throw .missing(field: "index") }
      row.looseProposals = proposals
    }
    return row
  }
}
