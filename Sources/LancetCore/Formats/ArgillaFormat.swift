// Argilla's records: fields that were shown to a person, and what people answered or a model suggested.

/// Reads `fields` with `responses`, `suggestions`, `metadata`, `id|external_id`, of both versions of its export.
///
/// The fields are read as any open row. A text that was given for a question named like a correction is a proposal: by
/// `person`, or by the agent that suggested it.
enum ArgillaFormat {
  static func fits(_ row: RowReader) -> Bool {
    guard let fields = row.peek("fields"), fields.object != nil else { return false }
    return FieldNames.question.contains { fields[$0] != nil }
      || FieldNames.conversation.contains { fields[$0] != nil }
  }

  static func read(_ reader: RowReader) throws(RowError) -> ImportedRow {
    let fields = try reader.object("fields")
    var row = try fields.has("chosen") ? TRLFormat.read(fields) : TracesFormat.read(fields, true)
    if row.key == nil { row.key = try reader.optionalScalar(["external_id", "id", "_id"]) }
    reader.take(
      "id", "_id", "external_id", "status", "_server_id", "vectors", "inserted_at", "updated_at")
    if let metadata = reader.peek("metadata"), metadata.object != nil {
      let inner = try reader.object("metadata")
      let (known, solution) = try inner.gold()
      if let shown = row.answer, let known,
        LancetCore.grade(gold: known, answer: shown).verdict == .wrong
      {
        throw .disagreement(field: "fields.answer", with: "metadata's known answer")
      }
      if row.answer == nil { (row.answer, row.solution) = (known, solution) }
      if row.traces.count == 1, row.traces[0].source == nil {
        row.traces[0].source = inner.textIfAny(FieldNames.source)
      }
    }
    var proposals: [ImportedProposal] = []
    for (name, value, isPerson) in answers(reader) {
      guard isCorrection(name) else {
        if row.traces.count == 1, row.traces[0].claimed == nil,
          FieldNames.claim.contains(name) || FieldNames.softClaim.contains(name),
          let verdict = RowReader.verdict(value["value"] ?? value)
        {
          row.traces[0].claimed = verdict
        } else {
          // A verdict without a trace is one of the answer that was shown: a model's, and no known one.
          if row.traces.isEmpty, FieldNames.claim.contains(name) {
            throw .missing(field: "fields.response")
          }
          reader.use.note("\(isPerson ? "responses" : "suggestions").\(name)")
        }
        continue
      }
      guard let text = (value["value"] ?? value).string, !ApprovalRules.isBlank(text) else {
        continue
      }
      let corrected = Unframed(text)
      row.markersStripped += corrected.markers
      proposals.append(
        ImportedProposal(
          oracle: isPerson ? "person" : value["agent"]?.string ?? "replay", text: corrected.text))
    }
    if row.traces.count == 1 {
      row.traces[0].proposals += proposals
    } else if let first = proposals.first {
      throw .wrongType(
        field: "fields", expected: "one trace to correct (\(first.oracle) corrected one)",
        found: "\(row.traces.count)")
    }
    if row.traces.isEmpty, row.answer == nil { throw .missing(field: "fields.response") }
    return row
  }

  private static func isCorrection(_ name: String) -> Bool {
    ["correct", "rewrit", "improved", "edited", "proposal"].contains { Thinking.contains(name, $0) }
      && !FieldNames.claim.contains(name)
  }

  /// Every answer to a question: its name, the value, and whether a person gave it.
  ///
  /// Discarded ones do not count.
  private static func answers(_ reader: RowReader) -> [(name: String, value: JSON, isPerson: Bool)]
  {
    var found: [(String, JSON, Bool)] = []
    for (field, isPerson) in [("responses", true), ("suggestions", false)] {
      guard let (_, value) = reader.first([field]) else { continue }
      if let members = value.object {
        for member in members {
          for one in member.value.array ?? [member.value] where one != .null {
            found.append((member.key, one, isPerson))
          }
        }
      }
      for one in value.array ?? [] {
        if let name = one["question_name"]?.string ?? one["question"]?.string {
          found.append((name, one, isPerson))
        }
        for member in one["values"]?.object ?? [] {
          guard one["status"]?.string != "discarded" else { continue }
          found.append((member.key, member.value, isPerson))
        }
      }
    }
    return found.filter { $0.1["status"]?.string != "discarded" }
  }
}
