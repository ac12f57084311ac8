// What the transformer's tests share: weights and tokens from an integer formula, and the tiny models it fills.

import LancetModel

/// One 32-bit number from another; Tests/Peers/record_transformer.py has the same function.
func mix(_ x: UInt32) -> UInt32 {
  var x = (x ^ (x >> 16)) &* 0x7FEB_352D
  x = (x ^ (x >> 15)) &* 0x846C_A68B
  return x ^ (x >> 16)
}

/// `count` numbers in -1..<1, exact in single precision.
func formula(_ name: String, _ count: Int) -> [Float] {
  let salt = name.utf8.reduce(UInt32(0)) { $0 &* 31 &+ UInt32($1) }
  return (0..<count).map { Float(mix(salt &+ UInt32($0)) >> 8) / 8_388_608 - 1 }
}

/// `count` token ids below 61.
func tokenRow(_ seed: Int, _ count: Int) -> [Int32] {
  (0..<count).map { Int32(mix(UInt32(seed * 1000 + $0)) % 61) }
}

/// The tiny models of the recorded numbers, by name.
func tinyConfig(_ name: String) -> ModelConfig {
  func config(
    _ architecture: ModelConfig.Architecture, headDim: Int, kvHeads: Int = 2, theta: Double,
    scaling: ModelConfig.RopeScaling = .none, tied: Bool, bias: Bool = false,
    outputBias: Bool = false
  ) -> ModelConfig {
    ModelConfig(
      architecture: architecture, vocabularySize: 61, hiddenSize: 24, intermediateSize: 40,
      layers: 2, heads: 4, kvHeads: kvHeads, headDim: headDim, ropeTheta: theta,
      ropeScaling: scaling, tiedEmbeddings: tied, attentionBias: bias, outputBias: outputBias,
      maxPositions: 1024)
  }
  switch name {
  case "qwen3 untied": return config(.qwen3, headDim: 10, theta: 1e6, tied: false)
  case "qwen3 tied": return config(.qwen3, headDim: 10, theta: 1e6, tied: true)
  case "qwen2 tied": return config(.qwen2, headDim: 6, theta: 1e4, tied: true, bias: true)
  case "llama untied":
    return config(
      .llama, headDim: 6, theta: 5e5,
      scaling: .llama3(
        factor: 8, lowFreqFactor: 1, highFreqFactor: 4, originalMaxPositions: 16), tied: false)
  default:
    return config(
      .llama, headDim: 8, kvHeads: 4, theta: 1e4, tied: true, bias: true, outputBias: true)
  }
}

/// A tiny model with the formula's weights.
func tinyModel(_ name: String, threads: Int = 2, padding: Int? = nil) throws -> Transformer {
  var config = tinyConfig(name)
  config.padTokenID = padding
  let model = try Transformer(config, threads: threads)
  for entry in model.layout.entries {
    let values = formula(entry.name, entry.count)
    for (index, value) in values.enumerated() {
      let weight: Float
      if entry.name.contains("norm") {
        weight = 1 + 0.25 * value
      } else if entry.shape.count == 1 {
        weight = 0.25 * value
      } else {
        weight = 0.5 * value
      }
      model.parameters[entry.offset + index] = weight
    }
  }
  return model
}

/// |a − b| relative to the larger of |b| and `floor`.
func relativeError(_ a: Double, _ b: Double, floor: Double = 1e-3) -> Double {
  abs(a - b) / max(abs(b), floor)
}
