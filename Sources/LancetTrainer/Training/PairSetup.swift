// What turns texts into tokens for one model: its tokenizer, template and end token.

import LancetCore
import LancetModel

/// A model folder's way from text to tokens.
public struct PairSetup: Sendable {
  /// The model's tokenizer.
  public let tokenizer: Tokenizer
  /// The model's chat template; nil when texts are taken as they are.
  public let template: ChatTemplate?
  /// What a person should know of how texts become tokens here; nil when it is as asked.
  public let note: String?
  private let model: String
  /// The ids after which an answer is over.
  public let stopIDs: Set<Int32>
  /// What the model's makers say about sampling from it.
  public let generation: GenerationDefaults
  /// Turns pairs of texts into tokens.
  public let pairs: PairTokenizer

  /// Reads the tokenizer and the template of a folder.
  ///
  /// A folder without a template is no error: its texts are taken as they are, and ``note`` says so.
  /// - Throws: ``ModelError``, or ``TrainerError/noEndToken(model:)``.
  public init(
    source: ModelFolder, endOfTurn: EndOfTurnRule, template rule: TemplateRule = .chat
  ) throws {
    tokenizer = try source.tokenizer()
    model = source.path
    var found: ChatTemplate?
    var note: String?
    if rule == .chat {
      do throws(ModelError) { found = try source.template() } catch {
        guard case .noTemplate = error else { throw error }
        note =
          "\(source.path) has no chat template: question and answer are taken as they are "
          + "(--template none)"
      }
    }
    template = found
    self.note = note
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
  ///
  /// - Throws: also ``TrainerError/noTemplate(model:)`` when turns stand before the question and no template tells them
  ///   apart.
  public func prompt(
    _ question: String, after context: PromptContext = .none
  ) throws -> [Int32] {
    guard let template else {
      guard context.isEmpty else { throw TrainerError.noTemplate(model: model) }
      return tokenizer.encode(question)
    }
    return tokenizer.encode(try template.render(context, question, answer: nil))
  }
}
