// How tokens are drawn, and what comes out.

/// How the next token is chosen.
public struct SamplingOptions: Sendable, Hashable {
  /// 0 takes the likeliest token (the lowest id among equals); otherwise logits are divided by it.
  public var temperature: Float
  /// Only the likeliest tokens whose probabilities together reach this are drawn from; 1 keeps all.
  public var topP: Float
  /// Only so many of the likeliest tokens are drawn from; 0 keeps all.
  public var topK: Int
  /// Only tokens at least this times as likely as the likeliest are drawn from; 0 keeps all.
  public var minP: Float
  /// Divides the positive logits of tokens that are there already, and multiplies the negative ones; 1 leaves them.
  ///
  /// The prompt's tokens count, and it acts at temperature 0 too, as in Transformers.
  public var repetitionPenalty: Float
  /// The beginning of the random numbers; the same seed draws the same tokens.
  public var seed: UInt64
  /// At most so many tokens are drawn.
  public var maxNewTokens: Int
  /// Drawing one of these ends the generation; it is the last token of the result.
  public var stopIDs: Set<Int32>

  /// Greedy, unless a temperature is given.
  public init(
    temperature: Float = 0, topP: Float = 1, topK: Int = 0, minP: Float = 0,
    repetitionPenalty: Float = 1, seed: UInt64 = 0, maxNewTokens: Int = 256,
    stopIDs: Set<Int32> = []
  ) {
    self.temperature = temperature
    self.topP = topP
    self.topK = topK
    self.minP = minP
    self.repetitionPenalty = repetitionPenalty
    self.seed = seed
    self.maxNewTokens = maxNewTokens
    self.stopIDs = stopIDs
  }
}

/// The tokens that were drawn.
public struct Generation: Sendable, Hashable {
  /// Why it ended.
  public enum End: Sendable, Hashable {
    /// A stop token was drawn.
    case stopToken
    /// ``SamplingOptions/maxNewTokens`` was reached.
    case length
    /// `onToken` returned false.
    case cancelled
    /// The logits were not finite.
    case nonFinite
  }

  /// Without the prompt; a stop token is the last.
  public var tokens: [Int32]
  /// The log-probability of each token at temperature 1.
  public var logProbs: [Float]
  /// Why there are no more.
  public var end: End
}
