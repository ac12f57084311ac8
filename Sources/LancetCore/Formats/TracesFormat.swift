// The open format: any row that has a question and one or more traces under a usual name.

/// Reads rows of the fields below.
///
/// The first name is the one to write:
///
/// | what | names |
/// |---|---|
/// | question (text or messages) | `question`, `problem`, `prompt`, `input`, `query` |
/// | known answer (text or number) | `answer`, `ground_truth`, `gold`, `expected`, `reference`, `target` |
/// | one trace | `trace`, `response`, `completion`, `output`, `generation`, `model_answer`, `original_answer` |
/// | several traces: texts, or objects with the fields of one | `traces`, `responses`, `completions`, `outputs`, `samples`, `generations` |
/// | corrected text | `proposal`, `correction`, `corrected`, `rewrite`; several as `proposals`: texts or `{"oracle", "text", "note"}` |
/// | who proposed, who sampled | `oracle`; `source`, `model`, `generator` |
/// | claim | `is_correct`, `correct`, `claimed` |
/// | name of the row | `id`, `index` |
///
/// A row without a trace is a problem alone.
enum TracesFormat {
  static let questionNames = ["question", "problem", "prompt", "input", "query"]
  static let traceNames = [
    "trace", "response", "completion", "output", "generation", "model_answer", "original_answer",
  ]
  static let listNames = [
    "traces", "responses", "completions", "outputs", "samples", "generations",
  ]

  static func read(_ json: JSON) throws(RowError) -> ImportedRow {
    let reader = try RowReader(json)
    var row = ImportedRow(
      key: try reader.optionalScalar("id", "index"),
      question: try reader.question("question", "problem", "prompt", "input", "query"),
      answer: try reader.optionalScalar(
        "answer", "ground_truth", "gold", "expected", "reference", "target"))
    let source = try reader.optionalText(["source", "model", "generator"])
    if let (name, _) = reader.first(traceNames) {
      row.traces.append(try trace(reader, name, source, &row.markersStripped))
    }
    if let (name, _) = reader.first(listNames) {
      for (i, element) in try reader.array(name).enumerated() {
        if let text = element.string {
          guard !ApprovalRules.isBlank(text) else { throw .empty(field: "\(name)[\(i)]") }
          row.traces.append(ImportedTrace(text: text, source: source))
        } else {
          guard case .object = element else {
            throw .wrongType(
              field: "\(name)[\(i)]", expected: "a string or an object", found: element.kind)
          }
          let inner = try RowReader(element, prefix: "\(name)[\(i)].")
          guard let (field, _) = inner.first(["text", "solution"] + traceNames) else {
            throw .missing(field: "\(name)[\(i)].trace")
          }
          row.traces.append(try trace(inner, field, source, &row.markersStripped))
        }
      }
    }
    if row.traces.isEmpty, row.answer == nil { throw .missing(field: "trace") }
    return row
  }

  private static func trace(
    _ reader: RowReader, _ name: String, _ source: String?, _ markers: inout Int
  ) throws(RowError) -> ImportedTrace {
    var trace = ImportedTrace(
      text: try reader.answer(name),
      source: try reader.optionalText(["source", "model", "generator"]) ?? source,
      claimed: try reader.optionalBool("is_correct", "correct", "claimed"))
    let oracle = try reader.optionalText(["oracle"]) ?? "replay"
    func add(_ framed: String, _ oracle: String, _ note: String?) {
      let corrected = Unframed(framed)
      markers += corrected.markers
      trace.proposals.append(
        ImportedProposal(oracle: oracle, text: corrected.text, note: note))
    }
    let single = try reader.optionalText(["proposal", "correction", "corrected", "rewrite"])
    if let single, !ApprovalRules.isBlank(single) {
      add(single, oracle, nil)
    }
    if reader.has("proposals") {
      for (i, element) in try reader.array("proposals").enumerated() {
        let field = "\(reader.prefix)proposals[\(i)]"
        if let text = element.string {
          guard !ApprovalRules.isBlank(text) else { throw .empty(field: field) }
          add(text, oracle, nil)
          continue
        }
        guard case .object = element else {
          throw .wrongType(field: field, expected: "a string or an object", found: element.kind)
        }
        let inner = try RowReader(element, prefix: field + ".")
        add(
          try inner.text("text"), try inner.optionalText(["oracle"]) ?? oracle,
          try inner.optionalText(["note"]))
      }
    }
    return trace
  }
}
