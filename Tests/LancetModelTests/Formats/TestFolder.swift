// A model folder made for one test, and removed with it.

import Foundation
import LancetCore

@testable import LancetModel

/// A folder in the temporary directory.
final class TestFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "lancet-model-tests-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + name))
  }

  func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

  func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)))
  }

  /// The configuration of a model with 2 layers and 24 embedding rows.
  static let config = """
    {"architectures": ["Qwen3ForCausalLM"], "model_type": "qwen3", "vocab_size": 24, "hidden_size": 8,
     "intermediate_size": 12, "num_hidden_layers": 2, "num_attention_heads": 2,
     "num_key_value_heads": 1, "head_dim": 4, "rms_norm_eps": 1e-6, "rope_theta": 1000000.0,
     "tie_word_embeddings": true, "eos_token_id": [1, 2], "torch_dtype": "bfloat16",
     "max_position_embeddings": 64, "hidden_act": "silu", "use_sliding_window": false,
     "sliding_window": null, "auto_map": {"AutoModel": "evil.Model"}}
    """

  /// The slots of that model.
  static func slots() throws -> [TensorSlot] {
    TensorSlot.all(try ParameterLayout(ModelConfig(json: JSON.parse(config))))
  }

  /// Writes the weights of some slots as one safetensors file; each number tells where it belongs.
  func writeWeights(
    _ slots: [TensorSlot], _ name: String = "model.safetensors", type: TensorType = .float32
  ) throws {
    var data: [UInt8] = []
    var members: [JSON.Member] = []
    for slot in slots {
      let begin = data.count
      for index in 0..<(slot.count ?? 0) {
        let value = Self.value(slot, index)
        switch type {
        case .bfloat16: data += littleEndian(UInt16(value.bitPattern >> 16))
        case .float16: data += littleEndian(Self.half(value))
        default: data += littleEndian(value.bitPattern)
        }
      }
      members.append(
        .init(
          slot.name,
          .object([
            .init("dtype", .string(type.rawValue)),
            .init("shape", .array(slot.shape.map { .int($0) })),
            .init("data_offsets", .array([.int(begin), .int(data.count)])),
          ])))
    }
    let header = Array(JSON.object(members).serialized().utf8)
    try write(name, littleEndian(UInt64(header.count)) + header + data)
  }

  /// A number that F32, F16 and BF16 all hold exactly.
  static func value(_ slot: TensorSlot, _ index: Int) -> Float {
    Float((slot.offset + index) % 97) - 48
  }

  /// A small whole number in half precision.
  private static func half(_ value: Float) -> UInt16 {
    guard value != 0 else { return 0 }
    let bits = value.bitPattern
    let exponent = Int(bits >> 23 & 255) - 127 + 15
    return UInt16(bits >> 16 & 0x8000) | UInt16(exponent) << 10 | UInt16(bits >> 13 & 0x3FF)
  }
}

func littleEndian<T: FixedWidthInteger>(_ value: T) -> [UInt8] {
  withUnsafeBytes(of: value.littleEndian) { Array($0) }
}

/// A file of recorded numbers beside the tests.
func recorded(_ name: String, from file: String = #filePath) throws -> JSON {
  let folder = URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent()
  return try JSON.parse(
    Array(Data(contentsOf: folder.appendingPathComponent("Recorded/" + name))))
}

/// The sentence of the model error that some work throws; nil when it throws none.
func refusal(_ work: () throws -> Void) -> String? {
  do {
    try work()
    return nil
  } catch {
    return (error as? ModelError)?.sentence ?? "another error: \(error)"
  }
}

/// A small generator with a seed, so that a failing mutation can be made again.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}

/// Bytes with a few changes: flipped, removed, doubled, or replaced by telling ones.
func mutated(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
  var out = bytes
  let telling: [[UInt8]] = [
    "9223372036854775807", "-1", "\"", "[", "{", "null", "\\ud800", "1e9", ",",
  ].map { Array($0.utf8) }
  for _ in 0..<Int.random(in: 1...4, using: &random) where !out.isEmpty {
    let at = Int.random(in: 0..<out.count, using: &random)
    let end = min(out.count, at + Int.random(in: 1...12, using: &random))
    switch Int.random(in: 0..<5, using: &random) {
    case 0: out[at] = UInt8.random(in: 0...255, using: &random)
    case 1: out.removeSubrange(at..<end)
    case 2: out.insert(contentsOf: out[at..<end], at: at)
    case 3:
      out.replaceSubrange(
        at..<min(out.count, at + 1), with: telling.randomElement(using: &random) ?? [])
    default: out.removeSubrange(end...)
    }
  }
  return out
}
