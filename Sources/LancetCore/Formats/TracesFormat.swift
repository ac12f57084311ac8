// The open format: any row that has a question and one or more traces under a usual name.

/// Reads rows of the fields below.
///
/// The first name is the one to write; all are in ``FieldNames``.
///
/// | what | names |
/// |---|---|
/// | question (text or messages) | `question`, `problem`, `prompt`, `query`, `instruction` with `input` |
/// | whole conversation, the last answer being the trace | `messages`, `conversations` |
/// | known answer (text or number) | `answer`, `ground_truth`, `gold`, `expected`, `reference`, `target`, `final_answer` … |
/// | worked solution | `solution` |
/// | one trace, or a list of texts | `trace`, `response`, `completion`, `output`, `generation`, `model_answer` … |
/// | several traces: texts, or objects with the fields of one | `traces`, `responses`, `completions`, `outputs`, `samples`, `generations` |
/// | the trace's thinking part | `reasoning_content`, `reasoning`, `thinking` |
/// | corrected text | `proposal`, `correction`, `corrected`, `rewrite`; several as `proposals`: texts or `{"oracle", "text", "note"}` |
/// | who proposed, who sampled | `oracle`; `source`, `model`, `generator` |
/// | claim | `is_correct`, `correct`, `claimed`; `label`, `reward`, `score` when 0 or 1; a list for several traces |
/// | name of the row | `id`, `index` |
///
/// A row without a trace is a problem alone.
enum TracesFormat {
  static func fits(_ row: RowReader) -> Bool {
    row.hasAny(FieldNames.question)
      || FieldNames.conversation.contains { row.peek($0)?.array != nil }
  }

  /// - Parameter mayLackAnswer: whether a row with neither trace nor known answer is still a row.
  static func read(_ reader: RowReader) throws(RowError) -> ImportedRow {
    try read(reader, false)
  }

  static func read(_ reader: RowReader, _ mayLackAnswer: Bool) throws(RowError) -> ImportedRow {
    let (prompt, conversation) = try prompt(reader)
    var row = ImportedRow(prompt, key: try reader.optionalScalar(["id", "index", "idx", "uuid"]))
    try row.takeGold(reader)
    try readTraces(reader, &row)
    try add(conversation, reader, &row)
    try addReasoning(reader, &row)
    if row.traces.count == 1, row.traces[0].claimed == nil {
      row.traces[0].claimed = try reader.claim()
    }
    if row.traces.isEmpty, row.answer == nil, !mayLackAnswer {
      throw .nothingToKeep(field: "trace", columns: reader.use.ignored)
    }
    return row
  }

  // MARK: The prompt, and a conversation that may hold an answer

  /// A conversation of the row: its prompt and the answer it ends with.
  private struct Conversation {
    var name: String
    var prompt: RowPrompt
    var answer: String?
  }

  private static func prompt(
    _ reader: RowReader
  ) throws(RowError) -> (RowPrompt, Conversation?) {
    guard reader.hasAny(FieldNames.question) else {
      guard var conversation = try conversation(reader) else {
        throw .missing(field: reader.prefix + "question")
      }
      reader.take(conversation.name)
      try reader.addContext(to: &conversation.prompt)
      return (conversation.prompt, conversation)
    }
    var prompt = try reader.prompt()
    // A conversation beside a question says the same again, or something that is reported as not read.
    guard let conversation = try? conversation(reader) else { return (prompt, nil) }
    let asked = conversation.prompt.question
    guard asked.bytesEqual(prompt.question) || Thinking.contains(asked, prompt.question) else {
      return (prompt, nil)
    }
    if prompt.context.isEmpty, asked.bytesEqual(prompt.question) {
      prompt.context = conversation.prompt.context
    }
    return (prompt, conversation)
  }

  private static func conversation(_ reader: RowReader) throws(RowError) -> Conversation? {
    for name in FieldNames.conversation {
      guard let list = reader.peek(name)?.array else { continue }
      var messages = try reader.messages(list, name)
      var answer: String?
      if messages.last?.role == "assistant" { answer = messages.removeLast().content }
      return Conversation(name: name, prompt: try reader.prompt(messages, name), answer: answer)
    }
    return nil
  }

  /// The conversation's answer is a trace unless the row has it already.
  private static func add(
    _ conversation: Conversation?, _ reader: RowReader, _ row: inout ImportedRow
  ) throws(RowError) {
    guard let conversation, let answer = conversation.answer else {
      if let conversation { reader.take(conversation.name) }
      return
    }
    let known = row.traces.map(\.text) + [row.answer, row.solution].compactMap(\.self)
    if known.contains(where: { $0.bytesEqual(answer) }) {
      reader.take(conversation.name)
    } else if row.traces.isEmpty {
      guard !ApprovalRules.isBlank(answer) else { throw .empty(field: conversation.name) }
      reader.take(conversation.name)
      var trace = ImportedTrace(text: answer, source: reader.textIfAny(FieldNames.source))
      try addProposals(reader, &trace, &row.markersStripped)
      row.traces = [trace]
    }
  }

  // MARK: Traces

  private static func readTraces(_ reader: RowReader, _ row: inout ImportedRow) throws(RowError) {
    let single = FieldNames.trace.first { name in
      reader.has(name) && (name != "code" || reader.peek(name)?.array != nil)
    }
    if let single, !isListOfTexts(reader.peek(single)) {
      row.traces.append(try trace(reader, single, nil, &row))
    }
    let listName =
      single.flatMap { isListOfTexts(reader.peek($0)) ? $0 : nil }
      ?? FieldNames.traces.first(where: reader.has)
    guard let listName else { return }
    let elements = try reader.array(listName)
    let sources = sources(reader, elements.count)
    let source = sources == nil ? reader.textIfAny(FieldNames.source) : nil
    let claims = try reader.claims(of: elements.count)
    for (i, element) in elements.enumerated() {
      var trace = try listed(reader, element, "\(listName)[\(i)]", &row)
      trace.source = trace.source ?? sources?[i] ?? source
      trace.claimed = trace.claimed ?? claims?[i]
      row.traces.append(trace)
    }
    try addOwnSystem(elements, listName, &row)
    if elements.count == 1, row.traces.count == 1 {
      try addProposals(reader, &row.traces[0], &row.markersStripped)
    }
  }

  /// UltraFeedback gives each completion a system message of its own: one that all share belongs to the problem; with
  /// several, the completions answer different prompts, and a row has one.
  private static func addOwnSystem(
    _ elements: [JSON], _ name: String, _ row: inout ImportedRow
  ) throws(RowError) {
    let field = "\(name)[].\(FieldNames.ownSystem)"
    let systems = Set(elements.map { $0[FieldNames.ownSystem]?.string ?? "" })
    guard systems.count <= 1 else {
      throw .wrongType(
        field: field, expected: "one system message for all traces", found: "\(systems.count)")
    }
    guard let text = systems.first, !ApprovalRules.isBlank(text) else { return }
    if let known = row.context.messages.first(where: { $0.role == "system" }) {
      guard known.content.bytesEqual(text) else {
        throw .disagreement(field: field, with: "the row's system message")
      }
      return
    }
    row.context.messages.insert(Message(role: "system", content: text), at: 0)
  }

  private static func isListOfTexts(_ value: JSON?) -> Bool {
    value?.array?.allSatisfy { $0.string != nil } ?? false
  }

  /// Who sampled each of several traces.
  private static func sources(_ reader: RowReader, _ count: Int) -> [String?]? {
    for name in FieldNames.source + ["models", "generators"] {
      guard let list = reader.peek(name)?.array, list.count == count else { continue }
      reader.take(name)
      return list.map(\.string)
    }
    return nil
  }

  private static func listed(
    _ reader: RowReader, _ element: JSON, _ name: String, _ row: inout ImportedRow
  ) throws(RowError) -> ImportedTrace {
    if let text = element.string {
      guard !ApprovalRules.isBlank(text) else { throw .empty(field: reader.prefix + name) }
      return ImportedTrace(text: text)
    }
    let inner = try reader.inner(element, name)
    inner.take(FieldNames.ownSystem)
    if let field = (["text", "solution"] + FieldNames.trace).first(where: inner.has) {
      var trace = try trace(inner, field, nil, &row)
      trace.text = Thinking.joined(inner.textIfAny(FieldNames.reasoning), trace.text)
      trace.claimed = try inner.claim()
      return trace
    }
    guard inner.has("content") || inner.has("value") else {
      throw .missing(field: inner.prefix + "trace")
    }
    let message = try reader.message(element, name)
    inner.takeAll()
    return ImportedTrace(text: try reader.assistant([message], name))
  }

  private static func trace(
    _ reader: RowReader, _ name: String, _ source: String?, _ row: inout ImportedRow
  ) throws(RowError) -> ImportedTrace {
    let prompt = RowPrompt(context: row.context, question: row.question)
    var trace = ImportedTrace(
      text: try reader.answer(name, after: prompt),
      source: try reader.optionalText(FieldNames.source) ?? source)
    try addProposals(reader, &trace, &row.markersStripped)
    return trace
  }

  /// A thinking part that stands beside the trace joins it; beside a known answer it is the worked solution.
  private static func addReasoning(
    _ reader: RowReader, _ row: inout ImportedRow
  ) throws(RowError) {
    try addListedReasoning(reader, &row)
    guard row.traces.count <= 1, let reasoning = reader.textIfAny(FieldNames.reasoning) else {
      return
    }
    if row.traces.isEmpty {
      if row.solution == nil { row.solution = reasoning } else { reader.use.note("reasoning") }
    } else {
      row.traces[0].text = Thinking.joined(reasoning, row.traces[0].text)
    }
  }

  /// A list of thinking parts, one a trace.
  private static func addListedReasoning(
    _ reader: RowReader, _ row: inout ImportedRow
  ) throws(RowError) {
    for name in FieldNames.reasoning {
      guard !row.traces.isEmpty, let list = reader.peek(name)?.array,
        list.allSatisfy({ $0.string != nil || $0 == .null }), list.contains(where: { $0 != .null })
      else { continue }
      guard list.count == row.traces.count else {
        throw .wrongType(
          field: reader.prefix + name, expected: "one text a trace (\(row.traces.count))",
          found: "\(list.count)")
      }
      reader.take(name)
      for (i, part) in list.enumerated() {
        row.traces[i].text = Thinking.joined(part.string, row.traces[i].text)
      }
      return
    }
  }

  private static func addProposals(
    _ reader: RowReader, _ trace: inout ImportedTrace, _ markers: inout Int
  ) throws(RowError) {
    let oracle = reader.textIfAny(["oracle"]) ?? "replay"
    func add(_ framed: String, _ oracle: String, _ note: String?) {
      let corrected = Unframed(framed)
      markers += corrected.markers
      trace.proposals.append(
        ImportedProposal(oracle: oracle, text: corrected.text, note: note))
    }
    if let single = try reader.optionalText(FieldNames.proposal), !ApprovalRules.isBlank(single) {
      add(single, oracle, nil)
    }
    guard reader.has("proposals") else { return }
    for (i, element) in try reader.array("proposals").enumerated() {
      let name = "proposals[\(i)]"
      if let text = element.string {
        guard !ApprovalRules.isBlank(text) else { throw .empty(field: reader.prefix + name) }
        add(text, oracle, nil)
        continue
      }
      guard case .object = element else {
        throw .wrongType(
          field: reader.prefix + name, expected: "a string or an object", found: element.kind)
      }
      let inner = try reader.inner(element, name)
      add(
        try inner.text("text"), inner.textIfAny(["oracle"]) ?? oracle,
        try inner.optionalText(["note"]))
    }
  }
}
