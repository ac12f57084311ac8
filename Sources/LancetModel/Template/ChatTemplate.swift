// A model's chat template: messages to the text the model was trained on, rendered as Transformers renders it.

import LancetCore

/// One message of a conversation.
public struct ChatMessage: Sendable, Hashable {
  /// `system`, `user` or `assistant`.
  public var role: String
  /// What was said.
  public var content: String

  /// A message.
  public init(role: String, content: String) {
    self.role = role
    self.content = content
  }
}

/// The day a template may print, as Llama 3.2's does.
///
/// It is given by the caller, so that the same data always makes the same text.
public struct TemplateDate: Sendable, Hashable {
  /// The year, such as 2024.
  public var year: Int
  /// 1…12.
  public var month: Int
  /// 1…31.
  public var day: Int

  /// A day.
  public init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }
  /// The date Llama 3's template falls back on when it is given none.
  public static let frozen = TemplateDate(year: 2024, month: 7, day: 26)
}

/// A chat template, parsed.
public struct ChatTemplate: Sendable {
  /// The template's own text.
  public let source: String
  /// The longest template that is read.
  static let sourceLimit = 1 << 20

  /// The text templates print as `bos_token`; undefined when empty.
  public var bosToken: String
  /// The text templates print as `eos_token`; undefined when empty.
  public var eosToken: String

  /// Further special tokens that templates may print by name, such as `pad_token` and `unk_token`.
  public var specialTexts: [String: String] = [:]

  private let statements: [JinjaStatement]

  /// Parses a template.
  ///
  /// - Throws: ``ModelError/badTemplate(line:reason:)``.
  public init(source: String, bosToken: String = "", eosToken: String = "") throws(ModelError) {
    guard source.utf8.count <= Self.sourceLimit else {
      throw .badTemplate(line: 1, reason: "it has more than \(Self.sourceLimit) bytes")
    }
    statements = try JinjaParser.statements(of: source)
    self.source = source
    self.bosToken = bosToken
    self.eosToken = eosToken
  }

  /// The text of a conversation.
  ///
  /// - Parameters:
  ///   - messages: in order.
  ///   - addGenerationPrompt: whether the text ends where the model is to speak.
  ///   - date: what `strftime_now` says.
  ///   - extra: further variables by name, such as `enable_thinking`.
  /// - Throws: ``ModelError/templateRefused(message:)``, ``ModelError/templateFailed(line:reason:)`` or
  ///   ``ModelError/templateRanTooLong(limit:)``.
  public func render(
    messages: [ChatMessage], addGenerationPrompt: Bool, date: TemplateDate = .frozen,
    extra: [String: JSON] = [:]
  ) throws(ModelError) -> String {
    try render(
      conversation: messages.map {
        .object([.init("role", .string($0.role)), .init("content", .string($0.content))])
      }, addGenerationPrompt: addGenerationPrompt, date: date, extra: extra)
  }

  /// The text of a conversation whose messages have whatever fields the template asks for, such as `tool_calls`.
  ///
  /// - Parameters:
  ///   - conversation: objects, in order.
  ///   - addGenerationPrompt: whether the text ends where the model is to speak.
  ///   - date: what `strftime_now` says.
  ///   - extra: further variables by name; `tools` and `documents` are none unless they are among them.
  /// - Throws: as ``render(messages:addGenerationPrompt:date:extra:)``.
  public func render(
    conversation: [JSON], addGenerationPrompt: Bool, date: TemplateDate = .frozen,
    extra: [String: JSON] = [:]
  ) throws(ModelError) -> String {
    var variables: [String: JinjaValue] = ["tools": .none, "documents": .none]
    if !bosToken.isEmpty { variables["bos_token"] = .string(bosToken) }
    if !eosToken.isEmpty { variables["eos_token"] = .string(eosToken) }
    for (name, text) in specialTexts { variables[name] = .string(text) }
    for (name, value) in extra { variables[name] = JinjaValue(value) }
    variables["messages"] = .list(JinjaSequence(conversation.map { JinjaValue($0) }))
    variables["add_generation_prompt"] = .bool(addGenerationPrompt)
    var evaluator = JinjaEvaluator(variables: variables, date: date)
    return try evaluator.render(statements)
  }
}
