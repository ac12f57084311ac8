// The settings of a model that the arithmetic depends on, read from `config.json` and checked before memory is taken.

/// What a Qwen3, Qwen2 or Llama model looks like: its sizes and the constants of its layers.
public struct ModelConfig: Sendable, Hashable {
  /// The families of models that Lancet computes.
  public enum Architecture: String, Sendable, Hashable, CaseIterable {
    case qwen3, qwen2, llama
  }

  /// How rotary positions are stretched beyond the length the model was first trained on.
  public enum RopeScaling: Sendable, Hashable {
    case none
    /// Each frequency is divided by its own factor, and cosines and sines are multiplied by one more (YaRN and LongRoPE).
    case perFrequency(factors: [Double], attentionFactor: Double)
    /// Positions are divided by the factor.
    case linear(factor: Double)
    /// Low frequencies are divided by the factor, high ones kept, those between blended (Llama 3.1).
    case llama3(
      factor: Double, lowFreqFactor: Double, highFreqFactor: Double, originalMaxPositions: Int)
  }

  /// The family, which decides about biases and norms.
  public var architecture: Architecture
  /// Rows of the embedding, at least the number of tokens.
  public var vocabularySize: Int
  /// The width of the residual stream.
  public var hiddenSize: Int
  /// The width inside the feed-forward part.
  public var intermediateSize: Int
  /// How many blocks stand one on another.
  public var layers: Int
  /// Query heads.
  public var heads: Int
  /// Key and value heads; divides ``heads``.
  public var kvHeads: Int
  /// The width of one head; even.
  public var headDim: Int
  /// What is added to the mean square before its root is taken.
  public var rmsEpsilon: Float
  /// The base of the rotary frequencies.
  public var ropeTheta: Double
  /// How the rotary frequencies are stretched.
  public var ropeScaling: RopeScaling
  /// Whether the head is the embedding itself, so that the file holds no `lm_head.weight`.
  public var tiedEmbeddings: Bool
  /// Whether the query, key and value projections have biases.
  public var attentionBias: Bool
  /// Whether the attention's output projection has a bias.
  public var outputBias: Bool
  /// Whether queries and keys are normalized per head before the rotation (Qwen3).
  public var qkNorm: Bool
  /// The ids that end a turn; may be empty.
  public var eosTokenIDs: [Int]
  /// The id that begins a text, if any.
  public var bosTokenID: Int?
  /// The id of padding, if any; its embedding is not trained by being looked up.
  public var padTokenID: Int?
  /// The longest row the model was made for.
  public var maxPositions: Int
  /// What was read but has no effect here, in words (`auto_map` is never run, for example).
  public var notes: [String]

  /// A configuration given field by field, for tests and generated models.
  public init(
    architecture: Architecture, vocabularySize: Int, hiddenSize: Int, intermediateSize: Int,
    layers: Int, heads: Int, kvHeads: Int, headDim: Int, rmsEpsilon: Float = 1e-6,
    ropeTheta: Double = 10_000, ropeScaling: RopeScaling = .none, tiedEmbeddings: Bool = false,
    attentionBias: Bool = false, outputBias: Bool = false, qkNorm: Bool? = nil,
    eosTokenIDs: [Int] = [], bosTokenID: Int? = nil, padTokenID: Int? = nil,
    maxPositions: Int = 4096, notes: [String] = []
  ) {
    self.architecture = architecture
    self.vocabularySize = vocabularySize
    self.hiddenSize = hiddenSize
    self.intermediateSize = intermediateSize
    self.layers = layers
    self.heads = heads
    self.kvHeads = kvHeads
    self.headDim = headDim
    self.rmsEpsilon = rmsEpsilon
    self.ropeTheta = ropeTheta
    self.ropeScaling = ropeScaling
    self.tiedEmbeddings = tiedEmbeddings
    self.attentionBias = attentionBias
    self.outputBias = outputBias
    self.qkNorm = qkNorm ?? (architecture == .qwen3)
    self.eosTokenIDs = eosTokenIDs
    self.bosTokenID = bosTokenID
    self.padTokenID = padTokenID
    self.maxPositions = maxPositions
    self.notes = notes
  }
}
