// From texts to token ids exactly as TRL 0.20.0 does it (`dpo_trainer.py`, `tokenize_row`, and
// `data_utils.py`, `apply_chat_template`), and from there to a tree that computes the shared beginning once.

import LancetCore
import LancetModel

/// The tokens of one pair.
public struct PairTokens: Sendable, Hashable {
  /// The prompt.
  public var prompt: [Int32]
  /// y⁺ with its end tokens.
  public var chosen: [Int32]
  /// y⁻ with its end tokens.
  public var rejected: [Int32]

  /// Three lists of ids.
  public init(prompt: [Int32], chosen: [Int32], rejected: [Int32]) {
    self.prompt = prompt
    self.chosen = chosen
    self.rejected = rejected
  }

  /// The longer of the two rows, in tokens.
  public var longestRow: Int { prompt.count + max(chosen.count, rejected.count) }

  /// How many answer tokens both answers begin with.
  public var sharedAnswer: Int {
    var n = 0
    while n < chosen.count, n < rejected.count, chosen[n] == rejected[n] { n += 1 }
    return n
  }

  /// Prompt and shared answer beginning once, then one branch for y⁺ and one for y⁻.
  public var tree: TokenTree {
    let shared = sharedAnswer
    return TokenTree(
      shared: prompt + chosen[..<shared],
      branches: [Array(chosen[shared...]), Array(rejected[shared...])], scoreFrom: prompt.count)
  }

  /// Which tokens of y⁺ and of y⁻ are edited: those outside a longest common subsequence of both.
  public func editedTokens() -> (chosen: [Bool], rejected: [Bool]) {
    var editedChosen = [Bool](repeating: true, count: chosen.count)
    var editedRejected = [Bool](repeating: true, count: rejected.count)
    for match in lcsMatches(rejected, chosen) {
      editedRejected[match.a] = false
      editedChosen[match.b] = false
    }
    return (editedChosen, editedRejected)
  }
}

/// Turns pairs of texts into tokens under one model's template and tokenizer.
public struct PairTokenizer: Sendable {
  private let tokenizer: Tokenizer
  private let template: ChatTemplate?
  private let endToken: Int32
  private let endOfTurn: EndOfTurnRule

  /// A tokenizer of pairs; `endToken` is the model's end-of-sequence id, `template` nil when texts are taken as they are.
  public init(
    tokenizer: Tokenizer, template: ChatTemplate?, endToken: Int32, endOfTurn: EndOfTurnRule
  ) {
    self.tokenizer = tokenizer
    self.template = template
    self.endToken = endToken
    self.endOfTurn = endOfTurn
  }

  /// Why a pair cannot be told to the model; nil when it can.
  func defect(_ pair: TrainingPair) -> PairDefect? {
    template == nil && !pair.context.isEmpty ? .needsTemplate : nil
  }

  /// The tokens of one pair: template with and without the answer, the common beginning of both is the prompt, and the
  /// three parts are tokenized separately.
  ///
  /// Without a template each text is tokenized as it is, as TRL does with rows of
  /// strings.
  ///
  /// - Throws: what the template throws.
  public func tokens(_ pair: TrainingPair) throws(ModelError) -> PairTokens {
    guard let template else {
      return PairTokens(
        prompt: tokenizer.encode(pair.question), chosen: ended(tokenizer.encode(pair.chosen)),
        rejected: ended(tokenizer.encode(pair.rejected)))
    }
    let asked = Array(
      try template.render(pair.context, pair.question, answer: nil).unicodeScalars)
    func full(_ answer: String) throws(ModelError) -> [Unicode.Scalar] {
      Array(try template.render(pair.context, pair.question, answer: answer).unicodeScalars)
    }
    let withChosen = try full(pair.chosen)
    let withRejected = try full(pair.rejected)
    // TRL shortens the prompt to what it shares with the first full text, cuts y⁺ there, then shortens it again with
    // the second. The order is kept, so that templates that rewrite the prompt give the same tokens.
    let first = commonPrefix(asked, withChosen)
    let second = commonPrefix(Array(asked[..<first]), withRejected)
    return PairTokens(
      prompt: tokenizer.encode(text(asked[..<second])),
      chosen: ended(tokenizer.encode(text(withChosen[first...]))),
      rejected: ended(tokenizer.encode(text(withRejected[second...]))))
  }

  private func ended(_ ids: [Int32]) -> [Int32] {
    if endOfTurn == .template, ids.contains(endToken) { return ids }
    return ids + [endToken]
  }

  private func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  private func commonPrefix(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var n = 0
    while n < a.count, n < b.count, a[n] == b[n] { n += 1 }
    return n
  }
}

extension ChatTemplate {
  /// The text of a prompt, up to where the model is to speak or with an answer behind it.
  func render(
    _ context: PromptContext, _ question: String, answer: String?
  ) throws(ModelError) -> String {
    var messages = context.conversation(question)
    if let answer { messages.append(Message(role: "assistant", content: answer)) }
    return try render(
      messages: messages.map { ChatMessage(role: $0.role, content: $0.content) },
      addGenerationPrompt: answer == nil,
      extra: Dictionary(context.arguments.map { ($0.key, $0.value) }) { $1 })
  }
}
