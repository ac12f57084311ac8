// A model's chat template: messages to the text the model was trained on. The Jinja subset of Qwen3's and Llama 3's templates.

import LancetCore

/// One message of a conversation.
public struct ChatMessage: Sendable, Hashable {
  /// `system`, `user` or `assistant`.
  public var role: String
  /// What was said.
  public var content: String
  public init(role: String, content: String) {
    self.role = role
    self.content = content
  }
}

/// The day a template may print (Llama 3.2's does). Given by the caller, so that the same data always makes the same text.
public struct TemplateDate: Sendable, Hashable {
  /// The year, such as 2024.
  public var year: Int
  /// 1…12.
  public var month: Int
  /// 1…31.
  public var day: Int
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

  /// The texts templates may print as `bos_token` and `eos_token`.
  public var bosToken: String
  public var eosToken: String

  /// Parses a template.
  ///
  /// - Throws: ``ModelError/badTemplate(line:reason:)``.
  public init(source: String, bosToken: String = "", eosToken: String = "") throws(ModelError) {
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
  ) throws(ModelError) -> String { "" }
}
