// Frozen pairs become tokens, and every pair that cannot be trained on is named before the first step.

import LancetCore
import LancetModel

/// Why a pair cannot be trained on.
public enum PairDefect: Sendable, Hashable {
  case emptyQuestion
  case emptyChosen
  case emptyRejected
  /// y⁺ and y⁻ are the same bytes: nothing to learn from.
  case identical
  /// The row has more tokens than the model has positions.
  case tooLong(tokens: Int, limit: Int)
  /// The answer alone leaves no token for the prompt under the limit that was asked for.
  case answerTooLong(limit: Int)
  /// The text holds the text of a control token, which would end or open a turn.
  case controlToken(String)
  /// The text holds bytes for which the vocabulary has no token; the sentence names them.
  case lostBytes(String)

  /// The defect in words.
  public var reason: String {
    switch self {
    case .emptyQuestion: "the question is empty"
    case .emptyChosen: "y⁺ is empty"
    case .emptyRejected: "y⁻ is empty"
    case .identical: "y⁺ and y⁻ are the same text"
    case .tooLong(let tokens, let limit): "\(tokens) tokens, the model has \(limit) positions"
    case .answerTooLong(let limit): "the answer alone fills the limit of \(limit) tokens"
    case .lostBytes(let sentence): sentence
    case .controlToken(let token): "the text holds the control token \(token)"
    }
  }
}

/// All pairs of a run as tokens.
public struct PreparedPairs: Sendable {
  /// The pairs' ids, their tokens, and which answer tokens are edited; in file order.
  public let ids: [Int]
  /// Length in words.
  public let tokens: [PairTokens]
  let edited: [(chosen: [Bool], rejected: [Bool])]
  /// The ids of pairs that were cut because a limit was asked for, with the tokens they lost.
  public let cut: [(id: Int, lost: Int)]

  /// How many pairs there are.
  public var count: Int { tokens.count }

  /// The index of the pair with the longest row.
  public var longest: Int {
    tokens.indices.max { tokens[$0].longestRow < tokens[$1].longestRow } ?? 0
  }

  /// Tokenizes pairs and checks each.
  ///
  /// - Parameters:
  ///   - maxLength: the most tokens of a row; a longer row loses the head of its prompt. nil never cuts.
  ///   - positions: the model's positions.
  /// - Throws: ``TrainerError/noPairs``, ``TrainerError/badPairs(count:first:)`` naming the first ten.
  public init(
    _ pairs: [TrainingPair], tokenizer: Tokenizer, pairTokenizer: PairTokenizer,
    maxLength: Int?, positions: Int
  ) throws {
    guard !pairs.isEmpty else { throw TrainerError.noPairs }
    var defects: [(id: Int, defect: PairDefect)] = []
    var all: [PairTokens] = []
    var cut: [(id: Int, lost: Int)] = []
    for pair in pairs {
      if let defect = pair.defect(controlTokens: tokenizer.controlTokens) {
        defects.append((pair.id, defect))
        continue
      }
      if let sentence = tokenizer.lossNote(
        for: pair.question + "\n" + pair.chosen + "\n" + pair.rejected)
      {
        defects.append((pair.id, .lostBytes(sentence)))
        continue
      }
      var tokens = try pairTokenizer.tokens(
        question: pair.question, chosen: pair.chosen, rejected: pair.rejected)
      if let maxLength {
        guard let lost = tokens.cutPrompt(toRow: maxLength) else {
          defects.append((pair.id, .answerTooLong(limit: maxLength)))
          continue
        }
        if lost > 0 { cut.append((pair.id, lost)) }
      }
      if tokens.longestRow > positions {
        defects.append((pair.id, .tooLong(tokens: tokens.longestRow, limit: positions)))
      }
      all.append(tokens)
    }
    guard defects.isEmpty else {
      throw TrainerError.badPairs(
        count: defects.count,
        first: defects.prefix(10).map { "pair \($0.id): \($0.defect.reason)" })
    }
    ids = pairs.map(\.id)
    tokens = all
    edited = all.map { $0.editedTokens() }
    self.cut = cut
  }
}

extension TrainingPair {
  /// What makes this pair unusable, before it is tokenized.
  func defect(controlTokens: (String) -> [String]) -> PairDefect? {
    if question.utf8.isEmpty { return .emptyQuestion }
    if chosen.utf8.allSatisfy({ $0 == 10 || $0 == 13 || $0 == 32 || $0 == 9 }) {
      return .emptyChosen
    }
    if rejected.utf8.allSatisfy({ $0 == 10 || $0 == 13 || $0 == 32 || $0 == 9 }) {
      return .emptyRejected
    }
    if chosen.bytesEqual(rejected) { return .identical }
    for text in [question, chosen, rejected] {
      if let token = controlTokens(text).first { return .controlToken(token) }
    }
    return nil
  }
}

extension PairTokens {
  /// Cuts the prompt's head until the longer row has `limit` tokens, so that both answers keep
  /// the same question.
  ///
  /// (TRL's `keep_end` cuts each row by itself, and goes on into the answer; here an answer is
  /// never cut.) Returns the tokens lost; nil when the answer alone leaves no room for a token of
  /// the prompt.
  mutating func cutPrompt(toRow limit: Int) -> Int? {
    let lost = max(0, longestRow - limit)
    guard lost < prompt.count else { return nil }
    prompt.removeFirst(lost)
    return lost
  }
}
