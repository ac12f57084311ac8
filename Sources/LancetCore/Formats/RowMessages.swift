// Messages of a row, in every spelling: `role`/`content`, ShareGPT's `from`/`value`, content in parts, reasoning beside
// the content, and transcripts in one string. What a message carries is kept, or the row is refused with the reason.

extension RowReader {
  /// The messages of a field.
  func messages(_ list: [JSON], _ name: String) throws(RowError) -> [Message] {
    var messages: [Message] = []
    for (i, element) in list.enumerated() {
      messages.append(try message(element, "\(name)[\(i)]"))
    }
    return messages
  }

  /// A row whose conversations are lists, also where a file keeps them as JSON inside a text.
  ///
  /// A table written from Python may hold them in Python's own notation, which is no text of a question.
  static func decoded(_ members: [JSON.Member]) throws(RowError) -> [JSON.Member] {
    var members = members
    for (i, member) in members.enumerated() {
      guard let text = member.value.string, text.utf8.starts(with: "[{".utf8),
        FieldNames.messages.contains(member.key)
      else { continue }
      if let list = (try? JSON.parse(Array(text.utf8)))?.array {
        guard list.allSatisfy({ ($0["role"] ?? $0["from"])?.string != nil }) else { continue }
        members[i] = JSON.Member(member.key, .array(list))
      } else if ["'role': ", "'from': "].contains(where: { Thinking.contains(text, $0) }),
        ["'content': ", "'value': "].contains(where: { Thinking.contains(text, $0) })
      {
        throw .wrongType(
          field: member.key, expected: "messages as JSON", found: "messages as Python prints them")
      }
    }
    return members
  }

  /// One message.
  func message(_ json: JSON, _ name: String) throws(RowError) -> Message {
    let reader = try inner(json, name)
    let written = try reader.text("role", "from")
    guard let role = Self.role(written) else {
      throw .notText(field: reader.prefix + "role", what: "a message of the role \(written)")
    }
    for field in ["tool_calls", "function_call"] {
      guard let (_, value) = reader.first([field]) else { continue }
      if value != .array([]) { throw .notText(field: reader.prefix + field, what: "a tool call") }
    }
    let body = try reader.content(["content", "value"])
    guard role == "assistant" else { return Message(role: role, content: body.text) }
    var reasoning = body.reasoning
    if let beside = try reader.optionalText(FieldNames.reasoning), !ApprovalRules.isBlank(beside) {
      let isKnown = reasoning.map { $0.bytesEqual(beside) } ?? false
      if !isKnown { reasoning = reasoning.map { beside + "\n" + $0 } ?? beside }
    }
    return Message(role: role, content: Thinking.joined(reasoning, body.text))
  }

  private static func role(_ written: String) -> String? {
    switch written {
    case "system", "developer", "user", "assistant": written
    case "human": "user"
    case "gpt", "chatgpt", "bot", "model", "ai", "bing", "bard", "claude": "assistant"
    default: nil
    }
  }

  /// Content as a text or in parts; parts that are no text are refused.
  private func content(
    _ names: [String]
  ) throws(RowError) -> (text: String, reasoning: String?) {
    guard let (name, value) = first(names) else { return ("", nil) }
    if let text = value.string { return (text, nil) }
    guard let parts = value.array else {
      throw .wrongType(
        field: prefix + name, expected: "a string or content parts", found: value.kind)
    }
    var text = ""
    var reasoning: String?
    for (i, part) in parts.enumerated() {
      if let plain = part.string {
        text += plain
        continue
      }
      let reader = try inner(part, "\(name)[\(i)]")
      switch try reader.optionalText(["type"]) ?? "text" {
      case "text", "input_text", "output_text":
        text += try reader.optionalText(["text"]) ?? ""
      case "thinking", "reasoning":
        let thought = try reader.optionalText(["thinking", "reasoning", "text"]) ?? ""
        reasoning = reasoning.map { $0 + "\n" + thought } ?? thought
      case let type:
        throw .notText(field: reader.prefix + "type", what: "a content part of the type \(type)")
      }
    }
    return (text, reasoning)
  }

  /// Context and question of messages that end with the user's.
  func prompt(_ messages: [Message], _ field: String) throws(RowError) -> RowPrompt {
    guard let last = messages.last, last.role == "user" else {
      throw .wrongType(
        field: prefix + field, expected: "messages that end with the user's",
        found: messages.isEmpty
          ? "no message" : "the roles " + messages.map(\.role).joined(separator: ", "))
    }
    return RowPrompt(
      context: PromptContext(messages: Array(messages.dropLast())), question: last.content)
  }
}

/// A conversation written as one string, as in HH-RLHF: `\n\nHuman: …\n\nAssistant: …`.
enum Transcript {
  private static let marks: [(mark: String, role: String)] = [
    ("Human:", "user"), ("User:", "user"), ("Assistant:", "assistant"), ("System:", "system"),
  ]

  /// The turns of a transcript that begins with a mark and marks every turn after a blank line; nil for any other text.
  static func messages(_ text: String) -> [Message]? {
    let bytes = Array(text.utf8)
    var turns: [(role: String, mark: Int, from: Int)] = []
    var i = bytes.prefix { $0 == 10 || $0 == 13 || $0 == 32 }.count
    let begin = i
    while i < bytes.count {
      if i == begin || i >= 2 && bytes[i - 1] == 10 && bytes[i - 2] == 10,
        let found = marks.first(where: { bytes[i...].starts(with: $0.mark.utf8) })
      {
        turns.append((found.role, i, i + found.mark.utf8.count))
        i += found.mark.utf8.count
      } else if turns.isEmpty {
        return nil
      } else {
        i += 1
      }
    }
    guard turns.contains(where: { $0.role == "user" }),
      turns.contains(where: { $0.role == "assistant" })
    else { return nil }
    return turns.enumerated().map { index, turn in
      let end = index + 1 < turns.count ? turns[index + 1].mark : bytes.count
      return Message(
        role: turn.role,
        content: String(decoding: trimmed(bytes[turn.from..<end]), as: UTF8.self))
    }
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    func white(_ byte: UInt8) -> Bool { byte == 32 || byte == 10 || byte == 13 || byte == 9 }
    var bytes = bytes.drop(while: white)
    while let last = bytes.last, white(last) { bytes.removeLast() }
    return bytes
  }

  /// Where the one question of two texts with a common beginning ends: behind the only `?` of it that white space
  /// follows; nil when there is none or more than one.
  static func question(sharedBy a: String, _ b: String) -> (question: String, answers: [String])? {
    let (a, b) = (Array(a.utf8), Array(b.utf8))
    let shared = zip(a, b).prefix { $0 == $1 }.count
    let ends = (0..<shared).filter {
      a[$0] == 0x3F && $0 + 1 < shared && (a[$0 + 1] == 32 || a[$0 + 1] == 10)
    }
    guard ends.count == 1, let end = ends.first else { return nil }
    return (
      String(decoding: a[...end], as: UTF8.self),
      [a, b].map { String(decoding: trimmed($0[(end + 1)...]), as: UTF8.self) }
    )
  }
}
