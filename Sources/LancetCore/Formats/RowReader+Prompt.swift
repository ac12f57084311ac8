// The prompt of a row: everything the model was asked. Whatever a row has of it joins the problem or refuses the row.

/// What a model is asked: a question and what stands before it.
struct RowPrompt: Hashable {
  var context = PromptContext.none
  var question: String
}

extension RowReader {
  /// The prompt of a row: the first of these fields, as text or messages, with every other part of the problem.
  ///
  /// A story (`body` …) goes in front, `input` beside `instruction` behind, choices under the question; `system`,
  /// `history` and the template's arguments become the context.
  func prompt(_ names: [String] = FieldNames.question) throws(RowError) -> RowPrompt {
    guard let (name, value) = first(names) else { throw .missing(field: prefix + names[0]) }
    var prompt: RowPrompt
    switch value {
    case .array(let list): prompt = try self.prompt(try messages(list, name), name)
    case .object: prompt = try self.prompt([try message(value, name)], name)
    case .string(let text):
      // `Human: … Assistant:` is a conversation that ends where the model is to speak.
      if let turns = Transcript.messages(text), let last = turns.last, last.role == "assistant",
        ApprovalRules.isBlank(last.content), turns.count > 1
      {
        prompt = try self.prompt(Array(turns.dropLast()), name)
      } else {
        prompt = RowPrompt(question: try whole(text, name))
      }
    default:
      throw .wrongType(
        field: prefix + name, expected: "a string or messages", found: value.kind)
    }
    try addContext(to: &prompt)
    guard !ApprovalRules.isBlank(prompt.question) else { throw .empty(field: prefix + name) }
    return prompt
  }

  /// A question with the parts of the problem that stand in columns beside it.
  private func whole(_ question: String, _ name: String) throws(RowError) -> String {
    var text = question
    func add(_ piece: String?, inFront: Bool, _ separator: String) {
      guard let piece, !ApprovalRules.isBlank(piece), !Thinking.contains(text, piece) else {
        return
      }
      text = inFront ? piece + separator + text : text + separator + piece
    }
    // The same question under a second name is no second part.
    for other in FieldNames.question where other != name && other != "instruction" {
      if let same = peek(other)?.string, same.bytesEqual(question) { take(other) }
    }
    if name != "input", !repeats(question, "input") {
      add(textIfAny(["input"]), inFront: false, "\n\n")
    }
    if name != "instruction", !repeats(question, "instruction") {
      add(textIfAny(["instruction"]), inFront: true, "\n\n")
    }
    for body in FieldNames.body { add(textIfAny([body]), inFront: true, "\n") }
    if let choices = try choices() {
      add(choices.map(Self.line).joined(separator: "\n"), inFront: false, "\n")
    }
    return text
  }

  /// Whether a column is the question once more, as it was sent: with a chat template around it.
  ///
  /// It is left for the report of ignored columns.
  private func repeats(_ question: String, _ name: String) -> Bool {
    guard let text = peek(name)?.string else { return false }
    return Self.templateMarks.contains { Thinking.contains(text, $0) }
      && Thinking.contains(text, question)
  }

  /// What chat templates write before a turn.
  private static let templateMarks = [
    "<|im_start|>", "<|start_header_id|>", "<start_of_turn>", "<|user|>", "[INST]",
    "<\u{FF5C}User\u{FF5C}>",
  ]

  /// The choices of a question that stand in a column each; nil without two of them.
  private func choiceColumns() -> [(label: String, text: String)]? {
    var found: [(label: String, text: String)] = []
    var names: [String] = []
    for columns in FieldNames.choiceColumns {
      guard let name = columns.first(where: has), let text = peek(name).flatMap(Self.scalar) else {
        break
      }
      names.append(name)
      found.append((columns[0], text))
    }
    guard found.count > 1 else { return nil }
    for name in names { take(name) }
    return found
  }

  /// The choices of a question, with the letters the row gives them or A, B, C …; nil when it has none.
  func choices() throws(RowError) -> [(label: String, text: String)]? {
    guard let (name, value) = first(FieldNames.choices) else { return choiceColumns() }
    let field = prefix + name
    func list(_ json: JSON?) throws(RowError) -> [String]? {
      guard let array = json?.array else { return nil }
      var texts: [String] = []
      for element in array {
        guard let text = RowReader.scalar(element) ?? element["text"].flatMap(RowReader.scalar)
        else {
          throw .wrongType(field: field, expected: "a list of texts", found: element.kind)
        }
        texts.append(text)
      }
      return texts
    }
    if let texts = try list(value) {
      guard !texts.isEmpty else { return nil }
      let labels = value.array?.map { $0["label"]?.string } ?? []
      return texts.enumerated().map { i, text in
        (labels.indices.contains(i) ? labels[i] ?? Self.letter(i) : Self.letter(i), text)
      }
    }
    if let texts = try list(value["text"]) {
      let labels = try list(value["label"]) ?? []
      return texts.enumerated().map { i, text in
        (labels.indices.contains(i) ? labels[i] : Self.letter(i), text)
      }
    }
    if let members = value.object {
      var found: [(String, String)] = []
      for member in members {
        guard let text = RowReader.scalar(member.value) else {
          throw .wrongType(
            field: "\(field).\(member.key)", expected: "a text", found: member.value.kind)
        }
        found.append((member.key, text))
      }
      return found.isEmpty ? nil : found
    }
    guard let text = value.string else {
      throw .wrongType(field: field, expected: "a list of texts", found: value.kind)
    }
    return ApprovalRules.isBlank(text) ? nil : [("choices", text)]
  }

  /// A choice as it is shown; some texts bring their letter along, as in `A) 21`.
  private static func line(_ choice: (label: String, text: String)) -> String {
    let text = choice.text.utf8.drop { $0 == 0x28 }
    let rest = text.dropFirst(choice.label.utf8.count)
    let hasLabel =
      text.starts(with: choice.label.utf8)
      && (rest.first == 0x29 || rest.first == 0x2E || rest.first == 0x3A)
    return hasLabel ? choice.text : "\(choice.label). \(choice.text)"
  }

  private static func letter(_ index: Int) -> String {
    index < 26
      ? String(UnicodeScalar(UInt8(65 + index))) : "\(index + 1)"
  }

  /// System message, earlier turns and template arguments that stand in columns of their own.
  func addContext(to prompt: inout RowPrompt) throws(RowError) {
    let numbered = (json.object ?? []).map(\.key).filter { $0.utf8.starts(with: "image_".utf8) }
    for name in FieldNames.notText + numbered {
      guard let (_, value) = first([name]), value != .array([]), value != .string("") else {
        continue
      }
      throw .notText(field: prefix + name, what: "a picture, sound or film")
    }
    if has("history") || peek("context")?.array != nil {
      let name = has("history") ? "history" : "context"
      prompt.context.messages = try history(name) + prompt.context.messages
    }
    if let (name, value) = first(FieldNames.system) {
      guard let text = value.string else {
        throw .wrongType(field: prefix + name, expected: "a string", found: value.kind)
      }
      try addSystem(text, name, to: &prompt)
    }
    try addArguments(to: &prompt)
  }

  private func addSystem(
    _ text: String, _ name: String, to prompt: inout RowPrompt
  ) throws(RowError) {
    guard !ApprovalRules.isBlank(text) else { return }
    if let known = prompt.context.messages.first(where: { $0.role == "system" }) {
      guard known.content.bytesEqual(text) else {
        throw .disagreement(field: prefix + name, with: "the messages' system message")
      }
      return
    }
    prompt.context.messages.insert(Message(role: "system", content: text), at: 0)
  }

  /// Earlier turns: pairs of question and answer, or messages.
  private func history(_ name: String) throws(RowError) -> [Message] {
    var turns: [Message] = []
    for (i, element) in try array(name).enumerated() {
      let field = "\(name)[\(i)]"
      guard let pair = element.array else {
        turns.append(try message(element, field))
        continue
      }
      guard pair.count == 2, let asked = pair[0].string, let answered = pair[1].string else {
        throw .wrongType(
          field: prefix + field, expected: "a question and its answer", found: "something else")
      }
      turns.append(Message(role: "user", content: asked))
      turns.append(Message(role: "assistant", content: answered))
    }
    return turns
  }

  private func addArguments(to prompt: inout RowPrompt) throws(RowError) {
    // The second name is that of a run's own pairs.jsonl.
    if let (name, value) = first(["chat_template_kwargs", "template_arguments"]) {
      guard let members = try decoded(value, name).object else {
        throw .wrongType(field: prefix + name, expected: "an object", found: value.kind)
      }
      prompt.context.arguments += members
    }
    guard let (name, value) = first(["tools"]), value != .string(""), value != .array([]) else {
      return
    }
    let tools = try decoded(value, name)
    guard tools.array != nil else {
      throw .wrongType(field: prefix + name, expected: "a list of tools", found: value.kind)
    }
    if tools != .array([]) { prompt.context.arguments.append(.init("tools", tools)) }
  }

  /// A value that some files write as JSON inside a string.
  private func decoded(_ value: JSON, _ name: String) throws(RowError) -> JSON {
    guard let text = value.string else { return value }
    do throws(JSONError) { return try JSON.parse(Array(text.utf8)) } catch {
      throw .wrongType(
        field: prefix + name, expected: "JSON", found: "a text that is none (\(error.what))")
    }
  }
}
