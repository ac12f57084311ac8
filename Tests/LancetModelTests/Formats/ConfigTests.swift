// config.json in both spellings, and what is refused.

import LancetCore
import Testing

@testable import LancetModel

@Suite struct ConfigTests {
  private func config(_ changes: [String: JSON] = [:], without: Set<String> = []) throws
    -> ModelConfig
  {
    var members = try JSON.parse(TestFolder.config).object ?? []
    members.removeAll { changes[$0.key] != nil || without.contains($0.key) }
    for (key, value) in changes { members.append(.init(key, value)) }
    return try ModelConfig(json: .object(members))
  }

  @Test func `a Qwen3 configuration is read with its own head width`() throws {
    let config = try config()
    #expect(config.architecture == .qwen3)
    #expect(config.headDim == 4 && config.qkNorm && !config.attentionBias && !config.outputBias)
    #expect(config.eosTokenIDs == [1, 2])
    #expect(config.tiedEmbeddings)
    #expect(config.notes.count == 1, "auto_map is named and ignored")
  }

  @Test func `absent fields have the defaults of Transformers`() throws {
    #expect(try config(without: ["head_dim"]).headDim == 128)
    let qwen2 = try config(
      [
        "model_type": .string("qwen2"), "architectures": .array([.string("Qwen2ForCausalLM")]),
      ], without: ["head_dim"])
    #expect(qwen2.headDim == 4 && qwen2.attentionBias && !qwen2.outputBias && !qwen2.qkNorm)
    let llama = try config(
      ["model_type": .string("llama")],
      without: [
        "architectures", "head_dim", "num_key_value_heads", "rope_theta", "tie_word_embeddings",
        "eos_token_id",
      ])
    #expect(llama.kvHeads == 2 && llama.ropeTheta == 10_000 && !llama.tiedEmbeddings)
    #expect(llama.eosTokenIDs == [2] && llama.bosTokenID == 1)
  }

  @Test func `rope settings are the same in both spellings`() throws {
    let scaling: [JSON.Member] = [
      .init("factor", .double(8)), .init("low_freq_factor", .double(1)),
      .init("high_freq_factor", .double(4)), .init("original_max_position_embeddings", .int(8192)),
    ]
    let expected = ModelConfig.RopeScaling.llama3(
      factor: 8, lowFreqFactor: 1, highFreqFactor: 4, originalMaxPositions: 8192)
    for typeKey in ["rope_type", "type"] {
      let old = try config(["rope_scaling": .object(scaling + [.init(typeKey, .string("llama3"))])])
      #expect(old.ropeScaling == expected && old.ropeTheta == 1_000_000)
    }
    let new = try config(
      [
        "rope_parameters": .object(
          scaling + [.init("rope_type", .string("llama3")), .init("rope_theta", .double(5e5))])
      ], without: ["rope_theta"])
    #expect(new.ropeScaling == expected && new.ropeTheta == 500_000)
    let plain = try config(
      [
        "rope_parameters": .object([
          .init("rope_type", .string("default")), .init("rope_theta", .int(7)),
        ])
      ], without: ["rope_theta"])
    #expect(plain.ropeScaling == .none && plain.ropeTheta == 7)
  }

  @Test(arguments: [
    ("num_hidden_layers", JSON.int(1_000_000_000), "1000000000"),
    ("num_hidden_layers", .int(-1), "-1"),
    ("num_hidden_layers", .number("2.5"), "2.5"),
    ("num_hidden_layers", .number("99999999999999999999999"), "not a whole number"),
    ("hidden_size", .string("8"), "the string"),
    ("vocab_size", .null, "null"),
    ("num_key_value_heads", .int(3), "num_attention_heads = 2"),
    ("head_dim", .int(3), "even"),
    ("rms_norm_eps", .int(0), "positive"),
    ("rope_theta", .int(-5), "positive"),
    ("eos_token_id", .int(24), "vocab_size is 24"),
    ("hidden_act", .string("gelu"), "gelu"),
    ("model_type", .string("mixtral"), "mixtral"),
    ("architectures", .array([.string("Qwen3ForSequenceClassification")]), "Classification"),
    ("quantization_config", .object([]), "quantization"),
    ("rope_scaling", .object([.init("rope_type", .string("ntk"))]), "ntk"),
    ("rope_scaling", .object([.init("rope_type", .string("yarn"))]), "factor is missing"),
    ("rope_scaling", .object([.init("rope_type", .string("longrope"))]), "short_factor"),
    ("layer_types", .array([.string("sliding_attention")]), "sliding_attention"),
    ("layer_types", .array([.string("chunked_attention")]), "chunked_attention"),
    ("tie_word_embeddings", .string("yes"), "true or false"),
  ])
  func `an impossible or foreign setting is refused by name`(
    field: String, value: JSON, word: String
  ) throws {
    let sentence = refusal { _ = try config([field: value]) }
    #expect(sentence?.contains(word) == true, "\(sentence ?? "accepted")")
  }

  @Test func `a window that no layer uses changes nothing, one that some use bounds the rows`()
    throws
  {
    let unused = try config([
      "use_sliding_window": .bool(true), "sliding_window": .int(16), "max_window_layers": .int(2),
    ])
    #expect(unused.maxPositions == 64)
    let used = try config([
      "use_sliding_window": .bool(true), "sliding_window": .int(16), "max_window_layers": .int(1),
    ])
    #expect(used.maxPositions == 16)
    #expect(used.notes.contains { $0.contains("sliding window of 16 tokens") })
    let wide = try config([
      "use_sliding_window": .bool(true), "sliding_window": .int(4096), "max_window_layers": .int(0),
    ])
    #expect(wide.maxPositions == 64 && wide.notes.count == 1)
  }

  @Test func `YaRN keeps fast turns, divides slow ones and strengthens attention`() throws {
    let scaled = try config([
      "head_dim": .int(16), "max_position_embeddings": .int(4096),
      "rope_scaling": .object([
        .init("rope_type", .string("yarn")), .init("factor", .int(4)),
        .init("original_max_position_embeddings", .int(1024)),
      ]),
    ])
    guard case .perFrequency(let factors, let attention) = scaled.ropeScaling else {
      Issue.record("no factors")
      return
    }
    // Transformers 4.53.3: 0.1·ln 4 + 1.
    #expect(abs(attention - 1.138629436) < 1e-8)
    #expect(factors.first == 1 && abs((factors.last ?? 0) - 4) < 1e-12)
    #expect(factors == factors.sorted())
    #expect(!scaled.notes.contains { $0.contains("YaRN") })
  }

  @Test func `no mutation of a configuration crashes`() throws {
    var random = SeededGenerator(state: 1)
    var read = 0
    for _ in 0..<3000 {
      guard let json = try? JSON.parse(mutated(Array(TestFolder.config.utf8), &random)) else {
        continue
      }
      if (try? ModelConfig(json: json)) != nil { read += 1 }
    }
    #expect(read < 3000)
  }
}
