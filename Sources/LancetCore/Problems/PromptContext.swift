// What a model was told before the question: a system message, earlier turns, and what its chat template was given.

/// One message of a conversation.
public struct Message: Hashable, Sendable {
  /// `system`, `developer`, `user` or `assistant`.
  public var role: String
  /// What was said, byte for byte.
  public var content: String

  /// A message.
  public init(role: String, content: String) {
    self.role = role
    self.content = content
  }

  /// As a chat template and TRL's rows have it: `{"role", "content"}`.
  public var json: JSON {
    .object([.init("role", .string(role)), .init("content", .string(content))])
  }
}

/// What stands before a question in the prompt.
///
/// It changes what the model sees, so two problems that differ in it are two problems.
public struct PromptContext: Hashable, Sendable {
  /// The system message and the earlier turns, in order; the question is not among them.
  public var messages: [Message]
  /// Further variables of the chat template, such as `enable_thinking` or `tools`, in the row's order.
  public var arguments: [JSON.Member]

  /// A context.
  public init(messages: [Message] = [], arguments: [JSON.Member] = []) {
    self.messages = messages
    self.arguments = arguments
  }

  /// Nothing before the question: the usual case.
  public static let none = PromptContext()

  /// Whether nothing stands before the question.
  public var isEmpty: Bool { messages.isEmpty && arguments.isEmpty }

  /// Context and question as one list of messages.
  public func conversation(_ question: String) -> [Message] {
    messages + [Message(role: "user", content: question)]
  }

  /// As a session stores it: `{"messages", "arguments"}`.
  ///
  /// The same context always gives the same text.
  public var json: JSON {
    .object([
      .init("messages", .array(messages.map(\.json))), .init("arguments", .object(arguments)),
    ])
  }

  /// Reads what ``json`` wrote; nil for anything else.
  public init?(json: JSON) {
    guard let list = json["messages"]?.array, let arguments = json["arguments"]?.object else {
      return nil
    }
    var messages: [Message] = []
    for entry in list {
      guard let role = entry["role"]?.string, let content = entry["content"]?.string else {
        return nil
      }
      messages.append(Message(role: role, content: content))
    }
    self.init(messages: messages, arguments: arguments)
  }

  /// The context in a few words, such as `after a system message and 2 turns`; empty when there is none.
  public var summary: String {
    let systems = messages.count { $0.role == "system" || $0.role == "developer" }
    let turns = messages.count - systems
    var parts: [String] = []
    if systems > 0 {
      parts.append(systems == 1 ? "a system message" : "\(systems) system messages")
    }
    if turns > 0 { parts.append(turns == 1 ? "1 turn" : "\(turns) turns") }
    if !arguments.isEmpty {
      parts.append("template arguments " + arguments.map(\.key).joined(separator: ", "))
    }
    return parts.isEmpty ? "" : "after " + parts.joined(separator: " and ")
  }
}
