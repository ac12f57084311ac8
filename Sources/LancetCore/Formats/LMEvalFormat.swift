// The samples that lm-evaluation-harness logs with --log_samples: a document, what was asked, what was answered.

/// Reads `doc, doc_id, target, arguments, resps, filtered_resps` and the metrics.
///
/// Messages in `arguments` are the prompt; else it is the document's own question, or what was sent when the document
/// has none under a usual name. Each text of `resps` is a trace. A metric of 0 or 1 is the claim of a single one.
enum LMEvalFormat {
  static func fits(_ row: RowReader) -> Bool {
    row.peek("doc")?.object != nil && (row.has("resps") || row.has("filtered_resps"))
  }

  static func read(_ reader: RowReader) throws(RowError) -> ImportedRow {
    let doc = try reader.object("doc")
    var row = ImportedRow(
      try prompt(reader, doc), key: try reader.optionalScalar(["doc_id"] + FieldNames.key))
    let (answer, solution) = try doc.gold()
    let target = reader.first(["target"]).flatMap { RowReader.scalar($0.value) }
    // The target may be the whole solution or a choice's number; the document's own word goes first.
    row.answer = answer ?? target.flatMap { ApprovalRules.isBlank($0) ? nil : $0 }
    if let answer, let target, LancetCore.grade(gold: answer, answer: target).verdict == .wrong {
      reader.use.note("target")
    }
    row.solution = solution
    row.source = doc.textIfAny(FieldNames.dataset)
    let responses = try responses(reader)
    row.traces = responses.map { ImportedTrace(text: $0) }
    // A metric of several answers is of their vote or their mean, and of none of them.
    if row.traces.count == 1 { row.traces[0].claimed = claim(reader) }
    reader.take("filtered_resps", "doc_hash", "prompt_hash", "target_hash", "filter", "metrics")
    return row
  }

  private static func prompt(_ reader: RowReader, _ doc: RowReader) throws(RowError) -> RowPrompt {
    let sent = sent(reader)
    if let sent, sent.utf8.first(where: { $0 != 32 && $0 != 10 }) == 0x5B,
      let list = (try? JSON.parse(Array(sent.utf8)))?.array,
      let messages = try? reader.messages(list, "arguments"),
      let prompt = try? reader.prompt(messages, "arguments")
    {
      doc.take("question", "problem", "prompt", "query", "input")
      return prompt
    }
    if doc.hasAny(FieldNames.question) {
      let prompt = try doc.prompt()
      // What was sent may hold examples and instructions that are not the problem's.
      if let sent, !sent.bytesEqual(prompt.question) { reader.use.note("arguments") }
      return prompt
    }
    guard let sent, !ApprovalRules.isBlank(sent) else { throw .missing(field: "doc.question") }
    return RowPrompt(question: sent)
  }

  /// The text that was sent: the first argument, in either of the two shapes of the logs.
  private static func sent(_ reader: RowReader) -> String? {
    guard let (_, arguments) = reader.first(["arguments"]) else { return nil }
    let first = arguments.array?.first ?? arguments.object?.first?.value
    let text = first?.array?.first ?? first?["arg_0"] ?? first
    return text?.string ?? text?.array?.first?.string
  }

  private static func responses(_ reader: RowReader) throws(RowError) -> [String] {
    let name = reader.has("resps") ? "resps" : "filtered_resps"
    var texts: [String] = []
    for (i, element) in try reader.array(name).enumerated() {
      for inner in element.array ?? [element] {
        guard let text = inner.string else {
          throw .notText(field: "\(name)[\(i)]", what: "a log-likelihood")
        }
        guard !ApprovalRules.isBlank(text) else { throw .empty(field: "\(name)[\(i)]") }
        texts.append(text)
      }
      // ["-12.3", "False"] is a log-likelihood and whether it was greedy.
      if let pair = element.array, pair.count == 2, let number = pair[0].string,
        Double(number) != nil, pair[1] == .string("True") || pair[1] == .string("False")
      {
        throw .notText(field: "\(name)[\(i)]", what: "a log-likelihood")
      }
    }
    guard !texts.isEmpty else { throw .empty(field: name) }
    return texts
  }

  private static func claim(_ reader: RowReader) -> Bool? {
    let named = reader.peek("metrics")?.array?.compactMap(\.string) ?? []
    for name in named + ["exact_match", "math_verify", "acc", "acc_norm"] {
      guard let value = reader.peek(name), let verdict = RowReader.verdict(value) else { continue }
      reader.take(name)
      return verdict
    }
    return nil
  }
}
