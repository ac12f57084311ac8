// Where every weight of a model lies in the one arena of parameters (and, at the same place, its gradient and moments).

import LancetCore

/// The order of a model's tensors in one array of floats.
///
/// All matrices come first and all norms and biases last, so that weight decay is two ranges. What one matrix product reads
/// together lies together: query, key and value weights of a layer are adjacent, and so are gate and up. Groups begin at
/// multiples of 16 floats; the floats between groups are always zero.
public struct ParameterLayout: Sendable, Hashable {
  /// One tensor.
  public struct Entry: Sendable, Hashable {
    /// The tensor's name in a Hugging Face file, `model.layers.0.self_attn.q_proj.weight` for example.
    public let name: String
    /// Rows and columns, or the length of a vector; row-major.
    public let shape: [Int]
    /// Floats from the beginning of the arena.
    public let offset: Int
    /// Whether weight decay applies: to matrices and embeddings, never to norms and biases.
    public let decays: Bool

    /// How many floats the tensor has.
    public var count: Int { shape.reduce(1, *) }
    /// The tensor's floats in the arena.
    public var range: Range<Int> { offset..<offset + count }
  }

  /// Every tensor, by ascending offset.
  ///
  /// A tied head has no entry of its own.
  public let entries: [Entry]
  /// The floats of one arena, padding included.
  public let count: Int
  /// The floats that weight decay applies to; the rest of the arena has none.
  public let decaying: Range<Int>

  /// The floats that are weights, padding not included.
  public var weightCount: Int { entries.reduce(0) { $0 + $1.count } }

  /// The tensors of a model of this shape.
  ///
  /// - Throws: ``TransformerError/tooLarge(_:)`` if the sizes overflow.
  public init(_ config: ModelConfig) throws(TransformerError) {
    var builder = LayoutBuilder()
    let hidden = config.hiddenSize
    let queries = try product(config.heads, config.headDim)
    let keys = try product(config.kvHeads, config.headDim)
    try builder.add("model.embed_tokens.weight", [config.vocabularySize, hidden], decays: true)
    for layer in 0..<config.layers {
      let prefix = "model.layers.\(layer)."
      try builder.add(prefix + "self_attn.q_proj.weight", [queries, hidden], decays: true)
      try builder.add(
        prefix + "self_attn.k_proj.weight", [keys, hidden], decays: true, adjacent: true)
      try builder.add(
        prefix + "self_attn.v_proj.weight", [keys, hidden], decays: true, adjacent: true)
      try builder.add(prefix + "self_attn.o_proj.weight", [hidden, queries], decays: true)
      try builder.add(
        prefix + "mlp.gate_proj.weight", [config.intermediateSize, hidden], decays: true)
      try builder.add(
        prefix + "mlp.up_proj.weight", [config.intermediateSize, hidden], decays: true,
        adjacent: true)
      try builder.add(
        prefix + "mlp.down_proj.weight", [hidden, config.intermediateSize], decays: true)
    }
    if !config.tiedEmbeddings {
      try builder.add("lm_head.weight", [config.vocabularySize, hidden], decays: true)
    }
    let decayEnd = builder.count
    for layer in 0..<config.layers {
      let prefix = "model.layers.\(layer)."
      try builder.add(prefix + "input_layernorm.weight", [hidden], decays: false)
      if config.attentionBias {
        try builder.add(prefix + "self_attn.q_proj.bias", [queries], decays: false)
        try builder.add(prefix + "self_attn.k_proj.bias", [keys], decays: false, adjacent: true)
        try builder.add(prefix + "self_attn.v_proj.bias", [keys], decays: false, adjacent: true)
      }
      if config.outputBias {
        try builder.add(prefix + "self_attn.o_proj.bias", [hidden], decays: false)
      }
      if config.qkNorm {
        try builder.add(prefix + "self_attn.q_norm.weight", [config.headDim], decays: false)
        try builder.add(prefix + "self_attn.k_norm.weight", [config.headDim], decays: false)
      }
      try builder.add(prefix + "post_attention_layernorm.weight", [hidden], decays: false)
    }
    try builder.add("model.norm.weight", [hidden], decays: false)
    entries = builder.entries
    count = builder.count
    decaying = 0..<decayEnd
  }

  /// The tensor of this name.
  public func entry(named name: String) -> Entry? { entries.first { $0.name == name } }
}

/// Adds tensors one behind the other.
private struct LayoutBuilder {
  var entries: [ParameterLayout.Entry] = []
  var count = 0

  mutating func add(
    _ name: String, _ shape: [Int], decays: Bool, adjacent: Bool = false
  ) throws(TransformerError) {
    var size = 1
    for extent in shape { size = try product(size, extent) }
    let (padded, overflow) = count.addingReportingOverflow(15)
    if overflow { throw .tooLarge("parameters") }
    let offset = adjacent ? count : padded / 16 * 16
    let (end, endOverflow) = offset.addingReportingOverflow(size)
    if endOverflow || end > Int.max / 64 { throw .tooLarge("parameters") }
    entries.append(.init(name: name, shape: shape, offset: offset, decays: decays))
    count = end
  }
}

/// The product of two sizes from outside, refused on overflow.
func product(_ a: Int, _ b: Int) throws(TransformerError) -> Int {
  let (value, overflow) = a.multipliedReportingOverflow(by: b)
  if overflow { throw .tooLarge("parameters") }
  return value
}
