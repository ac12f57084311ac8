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
  /// The reason for approving against the rules; nil when the rules allowed it.
  public var override: String?

  /// A pair.
  public init(
    id: PairID, trace: TraceID, question: String, answer: String?, rejected: String,
    chosen: String, changeRatio: Double, oracle: String?, source: String, override: String?
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
  }
}
