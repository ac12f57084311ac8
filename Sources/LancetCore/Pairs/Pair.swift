// An approved pair: what the trainer reads and what export writes.

/// An approved (x, y⁻, y⁺).
public struct Pair: Hashable, Sendable {
  /// The number in the session file.
  public var id: PairID
  /// The trace it came from.
  public var trace: TraceID
  /// x.
  public var question: String
  /// The known answer, when there is one.
  public var answer: String?
  /// y⁻, byte for byte the model's own text.
  public var rejected: String
  /// y⁺, the correction.
  public var chosen: String
  /// R(y⁻, y⁺) over words.
  public var changeRatio: Double
  /// Who proposed the correction.
  public var oracle: String?
  /// Who sampled y⁻.
  public var source: String
  /// The data set of the problem, when another name than ``source``.
  public var dataset: String?
  /// The reason for approving against the rules; nil when the rules allowed it.
  public var override: String?
  /// What stands before x in the prompt.
  public var context: PromptContext
  /// The bytes at which the file's own steps of y⁻ begin; nil when Lancet splits.
  public var ownSteps: [Int]?
  /// Whether y⁻ came in SPoT's rows; see ``trained``.
  public var isSpot: Bool

  /// A pair.
  public init(
    id: PairID, trace: TraceID, question: String, answer: String?, rejected: String,
    chosen: String, changeRatio: Double, oracle: String?, source: String, override: String?,
    context: PromptContext = .none, ownSteps: [Int]? = nil, isSpot: Bool = false,
    dataset: String? = nil
  ) {
    self.id = id
    self.trace = trace
    self.question = question
    self.answer = answer
    self.rejected = rejected
    self.chosen = chosen
    self.changeRatio = changeRatio
    self.oracle = oracle
    self.source = source
    self.override = override
    self.context = context
    self.ownSteps = ownSteps
    self.isSpot = isSpot
    self.dataset = dataset
  }

  /// The texts a model is trained on.
  ///
  /// They are the pair's own, but for SPoT's rows, of whose answers the paper's script drops one leading blank line
  /// each. The session keeps the bytes; whoever trains, from a file or from a session, drops it.
  public var trained: (chosen: String, rejected: String) {
    isSpot
      ? (withoutBlankLine(chosen), withoutBlankLine(rejected)) : (chosen, rejected)
  }
}

/// The text without one leading blank line (two line feeds).
func withoutBlankLine(_ text: String) -> String {
  text.utf8.starts(with: [10, 10])
    ? String(decoding: text.utf8.dropFirst(2), as: UTF8.self) : text
}
