// The places in the arenas that each step of a layer reads and adds to.

/// Offsets of one layer's tensors in an arena; fused tensors have the offset of their first part.
struct LayerOffsets {
  var inputNorm: Int
  /// Rows q, k, v behind one another: [(heads + 2·kvHeads)·headDim × hidden].
  var qkv: Int
  var qkvBias: Int?
  var queryNorm: Int?
  var keyNorm: Int?
  /// Attention's output projection: [hidden × heads·headDim].
  var output: Int
  var outputBias: Int?
  var postNorm: Int
  /// Rows gate, up behind one another: [2·intermediate × hidden].
  var gateUp: Int
  /// The way out of the feed-forward half: [hidden × intermediate].
  var down: Int
}

/// Offsets of all tensors, and the widths that follow from a configuration.
struct ModelOffsets {
  var embedding = 0
  var layers: [LayerOffsets] = []
  var finalNorm = 0
  /// The head's rows: [vocabulary × hidden]; the embedding when tied.
  var head = 0

  init(_ config: ModelConfig, _ layout: ParameterLayout) {
    var byName: [String: Int] = [:]
    for entry in layout.entries { byName[entry.name] = entry.offset }
    // Every name below was put into the layout for this very configuration.
    func offset(_ name: String) -> Int { byName[name] ?? 0 }
    embedding = offset("model.embed_tokens.weight")
    finalNorm = offset("model.norm.weight")
    head = byName["lm_head.weight"] ?? embedding
    layers = (0..<config.layers).map { layer in
      let prefix = "model.layers.\(layer)."
      return LayerOffsets(
        inputNorm: offset(prefix + "input_layernorm.weight"),
        qkv: offset(prefix + "self_attn.q_proj.weight"),
        qkvBias: byName[prefix + "self_attn.q_proj.bias"],
        queryNorm: byName[prefix + "self_attn.q_norm.weight"],
        keyNorm: byName[prefix + "self_attn.k_norm.weight"],
        output: offset(prefix + "self_attn.o_proj.weight"),
        outputBias: byName[prefix + "self_attn.o_proj.bias"],
        postNorm: offset(prefix + "post_attention_layernorm.weight"),
        gateUp: offset(prefix + "mlp.gate_proj.weight"),
        down: offset(prefix + "mlp.down_proj.weight"))
    }
  }
}

/// The widths of a layer's rows.
struct Widths: Sendable, Hashable {
  let hidden: Int
  let heads: Int
  let kvHeads: Int
  let headDim: Int
  let intermediate: Int
  let vocabulary: Int
  let layers: Int

  init(_ config: ModelConfig) {
    hidden = config.hiddenSize
    heads = config.heads
    kvHeads = config.kvHeads
    headDim = config.headDim
    intermediate = config.intermediateSize
    vocabulary = config.vocabularySize
    layers = config.layers
  }

  var queries: Int { heads * headDim }
  var keys: Int { kvHeads * headDim }
  /// Queries, keys and values of a token.
  var qkv: Int { queries + 2 * keys }
  /// Query heads that read the same keys.
  var group: Int { heads / kvHeads }
}
