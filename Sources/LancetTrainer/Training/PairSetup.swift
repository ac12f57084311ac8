// What turns texts into tokens for one model: its tokenizer, template and end token.

import LancetCore
import LancetModel

/// A model folder's way from text to tokens.
public struct PairSetup: Sendable {
  /// The model's tokenizer.
  public let tokenizer: Tokenizer
  /// The model's chat template.
  public let template: ChatTemplate
  /// The ids after which an answer is over.
  public let stopIDs: Set<Int32>
  /// What the model's makers say about sampling from it.
  public let generation: GenerationDefaults
  /// Pairs, in order.
  public let pairs: PairTokenizer

  /// Reads the tokenizer and the template of a folder.
  /// - Throws: ``ModelError``, or ``TrainerError/noEndToken(model:)``.
  public init(source: ModelFolder, endOfTurn: EndOfTurnRule) throws {
    tokenizer = try source.tokenizer()
    template = try source.template()
    let stops = try source.stopTokenIDs()
    generation = try source.generationDefaults()
    guard let end = tokenizer.eosID ?? stops.first else {
      throw TrainerError.noEndToken(model: source.path)
    }
    stopIDs = Set(stops).union([end])
    pairs = PairTokenizer(
      tokenizer: tokenizer, template: template, endToken: end, endOfTurn: endOfTurn)
  }

  /// The tokens of a question as the model is asked it.
  public func prompt(_ question: String) throws(ModelError) -> [Int32] {
    tokenizer.encode(
      try template.render(
        messages: [ChatMessage(role: "user", content: question)], addGenerationPrompt: true))
  }
}
