// `config.json` to ``ModelConfig``, in both spellings of Transformers 4 and 5. A field that is absent has the default of
// Transformers' own configuration class; one that contradicts another is refused with both numbers.

import LancetCore

extension ModelConfig {
  /// Reads the object of a `config.json`.
  ///
  /// - Throws: ``ModelError/badConfig(field:reason:)`` for an impossible value,
  ///   ``ModelError/unsupported(feature:found:supported:)`` for a model Lancet does not compute.
  public init(json: JSON) throws(ModelError) {
    guard case .object = json else {
      throw .badConfig(field: "(whole file)", reason: "is \(json.kind), not an object")
    }
    let fields = ConfigFields(json: json)
    let architecture = try fields.architecture()
    try fields.refuseUnsupported(architecture)

    let vocabularySize = try fields.size("vocab_size", default: nil, limit: 1 << 24)
    let hiddenSize = try fields.size("hidden_size", default: nil, limit: 1 << 18)
    let intermediateSize = try fields.size("intermediate_size", default: nil, limit: 1 << 20)
    let layers = try fields.size("num_hidden_layers", default: nil, limit: 1024)
    let heads = try fields.size("num_attention_heads", default: nil, limit: 1 << 14)
    let kvHeads = try fields.size(
      "num_key_value_heads", default: architecture == .llama ? heads : nil, nullMeans: heads,
      limit: 1 << 14)
    guard heads % kvHeads == 0 else {
      throw .badConfig(
        field: "num_key_value_heads",
        reason: "is \(kvHeads), which does not divide num_attention_heads = \(heads)")
    }

    let headDim: Int
    if let given = fields.given("head_dim") {
      headDim = try fields.size("head_dim", value: given, limit: 1 << 14)
    } else if architecture == .qwen3, json["head_dim"] == nil {
      headDim = 128  // Qwen3Config's default; the other two divide
    } else {
      guard hiddenSize % heads == 0 else {
        throw .badConfig(
          field: "num_attention_heads",
          reason: "is \(heads), which does not divide hidden_size = \(hiddenSize)")
      }
      headDim = hiddenSize / heads
    }
    guard headDim % 2 == 0 else {
      throw .badConfig(field: "head_dim", reason: "is \(headDim), and rotation needs an even one")
    }

    let epsilon = try fields.positive("rms_norm_eps", default: 1e-6)
    guard epsilon < 1, Float(epsilon) > 0 else {
      throw .badConfig(field: "rms_norm_eps", reason: "is \(epsilon), not a small number")
    }
    let trainedPositions = try fields.size(
      "max_position_embeddings", default: architecture == .llama ? 2048 : 32_768, limit: 1 << 30)
    let rope = try fields.rope(maxPositions: trainedPositions, headDim: headDim)
    let window = try fields.window(architecture, layers: layers)
    let maxPositions = min(trainedPositions, rope.positions ?? .max, window ?? .max)
    var notes = fields.notes()
    if let window, window < trainedPositions {
      notes.append(
        "config.json: some layers see a sliding window of \(window) tokens; rows of up to \(window) tokens are "
          + "computed, which is the same as without a window")
    }
    if let note = rope.note { notes.append(note) }

    let bias =
      architecture == .qwen2 ? true : try fields.flag("attention_bias", default: false)
    let llama = architecture == .llama
    self.init(
      architecture: architecture, vocabularySize: vocabularySize, hiddenSize: hiddenSize,
      intermediateSize: intermediateSize, layers: layers, heads: heads, kvHeads: kvHeads,
      headDim: headDim, rmsEpsilon: Float(epsilon), ropeTheta: rope.theta,
      ropeScaling: rope.scaling,
      tiedEmbeddings: try fields.flag("tie_word_embeddings", default: false),
      attentionBias: bias, outputBias: architecture == .qwen2 ? false : bias,
      qkNorm: architecture == .qwen3,
      eosTokenIDs: try fields.tokenIDs(
        "eos_token_id", default: llama ? [2] : [], below: vocabularySize),
      bosTokenID: try fields.tokenIDs(
        "bos_token_id", default: llama ? [1] : [], below: vocabularySize
      ).first,
      padTokenID: try fields.tokenIDs("pad_token_id", default: [], below: vocabularySize).first,
      maxPositions: maxPositions, notes: notes)
    try checkParameterCount()
  }

  /// Refuses a model whose number of parameters does not fit the arithmetic of sizes.
  func checkParameterCount() throws(ModelError) {
    let attention = checkedSum(
      checkedProduct(hiddenSize, heads, headDim, 2), checkedProduct(hiddenSize, kvHeads, headDim, 2)
    )
    let layer = checkedSum(attention, checkedProduct(hiddenSize, intermediateSize, 3))
    let all = checkedSum(
      layer.flatMap { checkedProduct($0, layers) },
      checkedProduct(vocabularySize, hiddenSize, tiedEmbeddings ? 1 : 2))
    guard let all, all <= 1 << 42 else {
      throw .badConfig(
        field: "num_hidden_layers",
        reason: "= \(layers) with hidden_size = \(hiddenSize) makes more parameters than any model")
    }
  }
}

/// The product, or nil when it does not fit or a factor is negative.
func checkedProduct(_ factors: Int...) -> Int? { checkedProduct(factors) }

/// The product of a list, or nil when it does not fit or a factor is negative.
func checkedProduct(_ factors: [Int]) -> Int? {
  var product = 1
  for factor in factors {
    guard factor >= 0 else { return nil }
    let (next, overflow) = product.multipliedReportingOverflow(by: factor)
    if overflow { return nil }
    product = next
  }
  return product
}

/// The sum, or nil when a part is nil or it does not fit.
func checkedSum(_ a: Int?, _ b: Int?) -> Int? {
  guard let a, let b else { return nil }
  let (sum, overflow) = a.addingReportingOverflow(b)
  return overflow ? nil : sum
}

/// The object of a `config.json` with typed, checked access.
struct ConfigFields {
  let json: JSON

  /// The value of a field, nil when it is absent or null.
  func given(_ field: String) -> JSON? {
    guard let value = json[field], value != .null else { return nil }
    return value
  }

  func architecture() throws(ModelError) -> ModelConfig.Architecture {
    let supported = "the architecture Qwen3ForCausalLM, Qwen2ForCausalLM or LlamaForCausalLM"
    let classes: [String: ModelConfig.Architecture] = [
      "Qwen3ForCausalLM": .qwen3, "Qwen2ForCausalLM": .qwen2, "LlamaForCausalLM": .llama,
    ]
    let named = given("architectures")?.array?.first?.string
    if let named, classes[named] == nil {
      throw .unsupported(feature: "the architecture", found: named, supported: supported)
    }
    guard let type = given("model_type") else {
      if let found = named.flatMap({ classes[$0] }) { return found }
      throw .badConfig(field: "model_type", reason: "is missing")
    }
    guard let text = type.string else {
      throw .badConfig(field: "model_type", reason: "is \(type.kind), not a string")
    }
    guard let architecture = ModelConfig.Architecture(rawValue: text) else {
      throw .unsupported(feature: "the model type", found: text, supported: supported)
    }
    if let named, classes[named] != architecture {
      throw .badConfig(field: "architectures", reason: "says \(named), but model_type says \(text)")
    }
    return architecture
  }

  /// Refuses what would change the arithmetic.
  func refuseUnsupported(_ architecture: ModelConfig.Architecture) throws(ModelError) {
    if let act = given("hidden_act") {
      guard act.string == "silu" || act.string == "swish" else {
        throw .unsupported(
          feature: "the activation", found: act.string ?? act.kind, supported: "hidden_act silu")
      }
    }
    if given("quantization_config") != nil {
      throw .unsupported(
        feature: "quantization_config", found: "(quantized weights)",
        supported: "weights in F32, F16 or BF16")
    }
    if try flag("mlp_bias", default: false) {
      throw .unsupported(feature: "mlp_bias", found: "true", supported: "no biases in the MLP")
    }
    if let partial = given("partial_rotary_factor"), partial.double != 1 {
      throw .unsupported(
        feature: "partial_rotary_factor", found: partial.double.map { "\($0)" } ?? partial.kind,
        supported: "rotation of whole heads")
    }
  }

  /// The window of the layers that have one, and nil where none has: Transformers' rule for Qwen2 and Qwen3.
  func window(_ architecture: ModelConfig.Architecture, layers: Int) throws(ModelError) -> Int? {
    let types = given("layer_types")?.array
    if let other = types?.first(where: {
      $0.string != "full_attention" && $0.string != "sliding_attention"
    }) {
      throw .unsupported(
        feature: "the layer type", found: other.string ?? other.kind, supported: "full attention")
    }
    guard architecture != .llama, try flag("use_sliding_window", default: false) else {
      if types?.contains(where: { $0.string == "sliding_attention" }) == true {
        throw .unsupported(
          feature: "the layer type", found: "sliding_attention without use_sliding_window",
          supported: "full attention")
      }
      return nil
    }
    guard json["sliding_window"] != .null else { return nil }
    let size = try size("sliding_window", default: 4096, limit: 1 << 30)
    let from = json["max_window_layers"]?.int ?? 28
    let slides =
      types?.prefix(layers).contains { $0.string == "sliding_attention" } ?? (from < layers)
    return slides ? size : nil
  }

  func notes() -> [String] {
    var notes: [String] = []
    if given("auto_map") != nil {
      notes.append("config.json names code of its own (auto_map); it is ignored and never run")
    }
    return notes
  }

  func size(_ field: String, default fallback: Int?, nullMeans: Int? = nil, limit: Int)
    throws(ModelError) -> Int
  {
    guard let value = json[field] else {
      guard let fallback else { throw .badConfig(field: field, reason: "is missing") }
      return fallback
    }
    if value == .null, let nullMeans { return nullMeans }
    return try size(field, value: value, limit: limit)
  }

  func size(_ field: String, value: JSON, limit: Int) throws(ModelError) -> Int {
    guard let number = value.int else {
      throw .badConfig(field: field, reason: "is \(describe(value)), not a whole number")
    }
    guard number > 0, number <= limit else {
      throw .badConfig(field: field, reason: "is \(number), not within 1…\(limit)")
    }
    return number
  }

  func positive(_ field: String, in object: JSON? = nil, default fallback: Double?)
    throws(ModelError) -> Double
  {
    guard let value = (object ?? json)[field], value != .null else {
      guard let fallback else { throw .badConfig(field: field, reason: "is missing") }
      return fallback
    }
    guard let number = value.double, number.isFinite, number > 0 else {
      throw .badConfig(field: field, reason: "is \(describe(value)), not a positive number")
    }
    return number
  }

  func flag(_ field: String, default fallback: Bool) throws(ModelError) -> Bool {
    guard let value = given(field) else { return fallback }
    guard let flag = value.bool else {
      throw .badConfig(field: field, reason: "is \(describe(value)), not true or false")
    }
    return flag
  }

  /// A token id, a list of them, or null for none.
  func tokenIDs(_ field: String, default fallback: [Int], below size: Int)
    throws(ModelError) -> [Int]
  {
    guard let value = json[field] else { return fallback.filter { $0 < size } }
    if value == .null { return [] }
    var ids: [Int] = []
    for one in value.array ?? [value] {
      guard let id = one.int else {
        throw .badConfig(field: field, reason: "is \(describe(one)), not a token id")
      }
      if id == -1 { continue }  // the old way of writing "none"
      guard id >= 0, id < size else {
        throw .badConfig(field: field, reason: "is \(id), but vocab_size is \(size)")
      }
      ids.append(id)
    }
    return ids
  }

  /// The base and the stretching of the rotary positions: `rope_theta` and `rope_scaling` (Transformers 4), or
  /// `rope_parameters` (Transformers 5).
  func rope(maxPositions: Int, headDim: Int) throws(ModelError) -> RopeReading {
    let parameters = given("rope_parameters")
    if let parameters, parameters.object == nil {
      throw .badConfig(field: "rope_parameters", reason: "is \(parameters.kind), not an object")
    }
    let outer = try positive("rope_theta", default: 10_000)
    let theta = try positive("rope_theta", in: parameters, default: outer)
    guard let object = given("rope_scaling") ?? parameters else { return RopeReading(theta) }
    guard object.object != nil else {
      throw .badConfig(field: "rope_scaling", reason: "is \(object.kind), not an object")
    }
    if let partial = object["partial_rotary_factor"], partial != .null, partial.double != 1 {
      throw .unsupported(
        feature: "partial_rotary_factor", found: describe(partial),
        supported: "rotation of whole heads")
    }
    guard let type = object["rope_type"] ?? object["type"], type != .null else {
      return RopeReading(theta)
    }
    switch type.string {
    case "default": return RopeReading(theta)
    case "linear":
      return RopeReading(
        theta, .linear(factor: try positive("factor", in: object, default: nil)))
    case "dynamic":
      // Up to the trained length this is no scaling at all, and longer rows are refused.
      return RopeReading(
        theta, note: "config.json: dynamic rope scaling acts only beyond \(maxPositions) positions")
    case "yarn":
      return try yarn(object, theta: theta, maxPositions: maxPositions, headDim: headDim)
    case "longrope", "su":
      return try longRope(object, theta: theta, maxPositions: maxPositions, headDim: headDim)
    case "llama3":
      let low = try positive("low_freq_factor", in: object, default: nil)
      let high = try positive("high_freq_factor", in: object, default: nil)
      guard high > low else {
        throw .badConfig(
          field: "high_freq_factor", reason: "is \(high), not above low_freq_factor = \(low)")
      }
      let original = try size(
        "original_max_position_embeddings",
        value: object["original_max_position_embeddings"] ?? .int(maxPositions), limit: 1 << 30)
      return RopeReading(
        theta,
        .llama3(
          factor: try positive("factor", in: object, default: nil), lowFreqFactor: low,
          highFreqFactor: high, originalMaxPositions: original))
    default:
      throw .unsupported(
        feature: "the rope scaling", found: type.string ?? type.kind,
        supported: "rope_type default, linear, dynamic, yarn, longrope or llama3")
    }
  }

  func describe(_ value: JSON) -> String {
    switch value {
    case .number(let text): text.count > 40 ? String(text.prefix(40)) + "…" : text
    case .string(let text): "the string \"\(text.prefix(40))\""
    default: value.kind
    }
  }
}
