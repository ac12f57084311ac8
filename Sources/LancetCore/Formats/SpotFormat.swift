// SPoT's own rows, as its scripts write them (Visual-AI/SPoT).

/// Reads `index, question|prompt, original_answer, ground_truth, gemini_corrected_answer, is_correct, data_source`.
///
/// The file of correct ones lacks `original_answer`: its rows carry loose proposals, to be joined by `index`. The script
/// drops one leading blank line of both answers before it trains; here the texts stay as they are, and the row is
/// marked (``Pair/trained``). `is_correct` judges the correction by comparing strings, so it is kept as a note on the
/// proposal.
enum SpotFormat {
  static func fits(_ row: RowReader) -> Bool {
    row["gemini_corrected_answer"] != nil
      || row.has("original_answer") && (row["prompt_mode"] != nil || row.has("index"))
        && !row.has("rejected")
  }

  static func read(_ reader: RowReader) throws(RowError) -> ImportedRow {
    var row = ImportedRow(
      try reader.prompt(["question", "prompt"]),
      key: try reader.optionalScalar(["index", "id"]))
    try row.takeGold(reader)
    row.isSpot = true
    // What these say is computed anew.
    reader.take("original_extracted", "gemini_extracted_answer", "change_ratio")
    var proposals: [ImportedProposal] = []
    if let framed = try reader.optionalText(["gemini_corrected_answer"]),
      !ApprovalRules.isBlank(framed)
    {
      let corrected = Unframed(framed)
      row.markersStripped = corrected.markers
      let claim = try reader.optionalBool(["is_correct"])
      proposals = [
        ImportedProposal(
          oracle: reader.textIfAny(["oracle"]) ?? "replay", text: corrected.text,
          note: claim.map { $0 ? "the file claims it is right" : "the file claims it is wrong" })
      ]
    }
    if reader.has("original_answer") {
      row.traces = [
        ImportedTrace(
          text: try reader.text("original_answer"), source: reader.textIfAny(["source"]),
          proposals: proposals)
      ]
    } else {
      guard !proposals.isEmpty else { throw .missing(field: "original_answer") }
      guard row.key != nil else { throw .missing(field: "index") }
      row.looseProposals = proposals
    }
    return row
  }
}
