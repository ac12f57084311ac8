// What can be wrong with what the transformer is asked to compute, and the sentences for it.

import LancetCore

/// Something the transformer refuses before it computes.
public enum TransformerError: LancetError, Equatable {
  /// A size overflows; the argument says what of.
  case tooLarge(String)
  /// The memory could not be had.
  case memory(bytes: Int, what: String)
  /// A token id is negative or not below the size of the vocabulary.
  case tokenOutOfRange(tree: Int, id: Int32, vocabulary: Int)
  /// The index from which scores are wanted is negative.
  case badScoreFrom(tree: Int, index: Int)
  /// A prompt without tokens cannot be continued.
  case emptyPrompt
  /// The prompt has more tokens than the model has positions.
  case promptTooLong(tokens: Int, positions: Int)
  /// The sizes of a configuration do not fit one another.
  case badShape(String)

  /// What was refused.
  public var what: String {
    switch self {
    case .tooLarge: "the sizes are too large for this machine"
    case .memory(let bytes, let what): "cannot get \(bytes) bytes for \(what)"
    case .tokenOutOfRange(_, let id, let vocabulary):
      "token id \(id) is not in the model's vocabulary of \(vocabulary)"
    case .badScoreFrom(_, let index): "scores cannot begin at token \(index)"
    case .emptyPrompt: "the prompt has no tokens"
    case .promptTooLong(let tokens, let positions):
      "the prompt has \(tokens) tokens, the model \(positions) positions"
    case .badShape(let reason): "the model's sizes do not fit together: \(reason)"
    }
  }

  /// Where it was found.
  public var place: String {
    switch self {
    case .tooLarge(let place): place
    case .memory: "memory"
    case .tokenOutOfRange(let tree, _, _), .badScoreFrom(let tree, _): "row \(tree + 1)"
    case .emptyPrompt, .promptTooLong: "prompt"
    case .badShape: "config.json"
    }
  }

  /// What can be done.
  public var advice: String {
    switch self {
    case .tooLarge, .badShape: "use an intact model folder"
    case .memory: "use a smaller model, smaller batches, or recomputed activations"
    case .tokenOutOfRange: "use the tokenizer that belongs to this model"
    case .badScoreFrom: "give the length of the prompt"
    case .emptyPrompt: "give at least one token"
    case .promptTooLong: "give a shorter prompt"
    }
  }

  /// Bad data, except when memory was lacking.
  public var exitCode: ExitCode {
    switch self {
    case .memory: .unavailable
    default: .badData
    }
  }
}
