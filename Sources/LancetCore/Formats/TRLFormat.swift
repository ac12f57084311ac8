// TRL's preference rows: paired (`prompt, chosen, rejected`) and unpaired (`prompt, completion, label`).

/// Reads TRL's rows as TRL 0.20.0 does (`data_utils.py`).
///
/// Texts may be strings, messages or message lists. A paired row may carry the prompt inside both answers: then it is
/// what both conversations share (`extract_prompt`), also when a `prompt` in words stands beside them
/// (`maybe_extract_prompt`). `rejected` is the trace, `chosen` a proposal.
enum TRLFormat {
  static func fits(_ row: RowReader) -> Bool {
    row["chosen"] != nil && row["rejected"] != nil
      || row.has("completion") && row.has("label")
        && FieldNames.question.contains(where: row.has)
  }

  private static let promptNames = [
    "prompt", "question", "problem", "query", "instruction", "input",
  ]

  static func read(_ reader: RowReader) throws(RowError) -> ImportedRow {
    if StepsFormat.fits(reader) { return try StepsFormat.read(reader) }
    let key = try reader.optionalScalar(FieldNames.key)
    if !reader.has("chosen"), !reader.has("rejected"), reader.has("completion") {
      let prompt = try reader.prompt(promptNames)
      var row = ImportedRow(prompt, key: key)
      try row.takeGold(reader)
      row.traces = [
        ImportedTrace(
          text: Thinking.joined(
            reader.textIfAny(FieldNames.reasoning),
            try reader.answer("completion", after: prompt)),
          source: reader.textIfAny(FieldNames.source), claimed: try reader.optionalBool(["label"]))
      ]
      return row
    }
    var (prompt, chosen, rejected) = try sides(reader)
    chosen = Thinking.joined(sideReasoning(reader, "chosen"), chosen)
    rejected = Thinking.joined(sideReasoning(reader, "rejected"), rejected)
    let corrected = Unframed(chosen)
    var row = ImportedRow(prompt, key: key)
    try row.takeGold(reader)
    row.markersStripped = corrected.markers
    row.traces = [
      ImportedTrace(
        text: rejected, source: reader.textIfAny(["rejected_model"] + FieldNames.source),
        proposals: [
          ImportedProposal(
            oracle: reader.textIfAny(["oracle", "chosen_model"]) ?? "replay", text: corrected.text)
        ])
    ]
    takeRepeated(reader, prompt, [chosen, rejected])
    return row
  }

  /// The thinking part of a side that stands in a column of its own: `chosen_reasoning`, `reasoning_chosen` ….
  private static func sideReasoning(_ reader: RowReader, _ side: String) -> String? {
    reader.textIfAny(FieldNames.reasoning.flatMap { ["\(side)_\($0)", "\($0)_\(side)"] })
  }

  private typealias Sides = (prompt: RowPrompt, chosen: String, rejected: String)

  private static func sides(_ reader: RowReader) throws(RowError) -> Sides {
    if let chosen = try conversation(reader, "chosen"),
      let rejected = try conversation(reader, "rejected"),
      chosen.count > 1 || rejected.count > 1
    {
      let asked = promptNames.first(where: reader.has)
      if let name = asked, reader.peek(name)?.string == nil {
        let prompt = try reader.prompt(promptNames)
        return (
          prompt, try reader.answer("chosen", after: prompt),
          try reader.answer("rejected", after: prompt)
        )
      }
      return try extracted(reader, chosen, rejected, wordedPrompt: asked)
    }
    if promptNames.contains(where: reader.has) {
      let prompt = try reader.prompt(promptNames)
      return (
        prompt, try reader.answer("chosen", after: prompt),
        try reader.answer("rejected", after: prompt)
      )
    }
    if let turns = conversationBefore(reader) {
      var prompt = turns
      try reader.addContext(to: &prompt)
      return (prompt, try reader.answer("chosen"), try reader.answer("rejected"))
    }
    let chosen = try reader.text("chosen")
    let rejected = try reader.text("rejected")
    if let a = Transcript.messages(chosen), let b = Transcript.messages(rejected) {
      return try extracted(reader, a, b, wordedPrompt: nil)
    }
    guard let cut = Transcript.question(sharedBy: chosen, rejected), cut.answers.count == 2 else {
      throw .noBoundary
    }
    var prompt = RowPrompt(question: cut.question)
    try reader.addContext(to: &prompt)
    for (name, answer) in zip(["chosen", "rejected"], cut.answers)
    where ApprovalRules.isBlank(answer) {
      throw .empty(field: name)
    }
    return (prompt, cut.answers[0], cut.answers[1])
  }

  /// The messages of a side; nil when it is no message list.
  private static func conversation(
    _ reader: RowReader, _ name: String
  ) throws(RowError) -> [Message]? {
    guard let list = reader.peek(name)?.array else { return nil }
    reader.take(name)
    return try reader.messages(list, name)
  }

  /// ShareGPT's ranking rows: `conversations` up to the user's last, then `chosen` and `rejected`.
  private static func conversationBefore(_ reader: RowReader) -> RowPrompt? {
    for name in FieldNames.conversation {
      guard let list = reader.peek(name)?.array, let messages = try? reader.messages(list, name),
        let prompt = try? reader.prompt(messages, name)
      else { continue }
      reader.take(name)
      return prompt
    }
    return nil
  }

  /// What two conversations share is the prompt; what is left of each must be one answer.
  private static func extracted(
    _ reader: RowReader, _ chosen: [Message], _ rejected: [Message], wordedPrompt: String?
  ) throws(RowError) -> Sides {
    var shared = zip(chosen, rejected).prefix { $0 == $1 }.count
    shared = min(shared, chosen.count - 1, rejected.count - 1)
    var prompt = try reader.prompt(Array(chosen[..<max(0, shared)]), "chosen")
    if let name = wordedPrompt, let words = reader.peek(name)?.string {
      let turns = prompt.context.conversation(prompt.question).map(\.content)
      guard turns.contains(where: { same($0, words) }) || same(turns.joined(separator: "\n"), words)
      else { throw .disagreement(field: name, with: "the conversations") }
      reader.take(name)
    }
    try reader.addContext(to: &prompt)
    func rest(_ messages: [Message], _ name: String) throws(RowError) -> String {
      let text = try reader.assistant(Array(messages[shared...]), name)
      guard !ApprovalRules.isBlank(text) else { throw .empty(field: name) }
      return text
    }
    return (prompt, try rest(chosen, "chosen"), try rest(rejected, "rejected"))
  }

  /// Whether two texts are the same but for white space at their ends.
  private static func same(_ a: String, _ b: String) -> Bool {
    func trimmed(_ text: String) -> ArraySlice<UInt8> {
      var bytes = Array(text.utf8)[...]
      while let last = bytes.last, last == 32 || last == 10 || last == 13 { bytes.removeLast() }
      return bytes.drop { $0 == 32 || $0 == 10 || $0 == 13 }
    }
    return trimmed(a) == trimmed(b)
  }

  /// UltraFeedback repeats the chosen conversation as `messages`: that is no further text.
  private static func takeRepeated(_ reader: RowReader, _ prompt: RowPrompt, _ answers: [String]) {
    guard let list = reader.peek("messages")?.array,
      let messages = try? reader.messages(list, "messages"), let last = messages.last,
      answers.contains(where: { $0.bytesEqual(last.content) })
    else { return }
    reader.take("messages")
  }
}
