// The scalings of rotary positions that give each frequency a factor of its own: YaRN (Peng et al. 2023) and LongRoPE (Ding et al.
// 2024), with the numbers that Transformers 4.53 computes.

import Glibc
import LancetCore

/// The rotary settings of a `config.json`.
struct RopeReading {
  var theta: Double
  var scaling: ModelConfig.RopeScaling
  /// The longest row for which the frequencies hold; nil for any the model was made for.
  var positions: Int?
  /// A word for the person.
  var note: String?

  init(
    _ theta: Double, _ scaling: ModelConfig.RopeScaling = .none, positions: Int? = nil,
    note: String? = nil
  ) {
    self.theta = theta
    self.scaling = scaling
    self.positions = positions
    self.note = note
  }
}

extension ConfigFields {
  func yarn(_ object: JSON, theta: Double, maxPositions: Int, headDim: Int) throws(ModelError)
    -> RopeReading
  {
    let stated = try positive("factor", in: object, default: nil)
    var factor = stated
    var original = maxPositions
    if let value = object["original_max_position_embeddings"], value != .null {
      original = try size("original_max_position_embeddings", value: value, limit: 1 << 30)
      factor = Double(maxPositions) / Double(original)
    }
    func scale(_ weight: Double) -> Double { factor <= 1 ? 1 : 0.1 * weight * log(factor) + 1 }
    func optional(_ field: String) throws(ModelError) -> Double? {
      guard let value = object[field], value != .null, value.double != 0 else { return nil }
      return try positive(field, in: object, default: nil)
    }
    let all = try optional("mscale_all_dim")
    var attention = scale(1)
    if let given = try optional("attention_factor") {
      attention = given
    } else if let one = try optional("mscale"), let all {
      attention = scale(one) / scale(all)
    }
    let fast = try optional("beta_fast") ?? 32
    let slow = try optional("beta_slow") ?? 1
    guard theta > 1 else {
      throw .badConfig(field: "rope_theta", reason: "is \(theta), and YaRN needs more than 1")
    }
    /// The pair of a head that turns so often within the trained length.
    func pair(turning rotations: Double) -> Double {
      Double(headDim) * log(Double(original) / (rotations * 2 * Double.pi)) / (2 * log(theta))
    }
    let low = max(pair(turning: fast).rounded(.down), 0)
    var high = min(pair(turning: slow).rounded(.up), Double(headDim - 1))
    if low == high { high += 0.001 }
    let factors = (0..<headDim / 2).map { index in
      // 1 keeps the frequency, 0 divides it by the factor.
      let kept = 1 - max(0, min(1, (Double(index) - low) / (high - low)))
      return 1 / ((1 - kept) / factor + kept)
    }
    let differs = abs(factor - stated) > 1e-9 * stated
    return RopeReading(
      theta, .perFrequency(factors: factors, attentionFactor: attention),
      note: differs
        ? "config.json: YaRN's factor is \(factor), max_position_embeddings over "
          + "original_max_position_embeddings as in Transformers 4.53, and not the stated \(stated)"
        : nil)
  }

  func longRope(_ object: JSON, theta: Double, maxPositions: Int, headDim: Int)
    throws(ModelError) -> RopeReading
  {
    var original = maxPositions
    var factor = 1.0
    if let value = given("original_max_position_embeddings") {
      original = try size("original_max_position_embeddings", value: value, limit: 1 << 30)
      factor = Double(maxPositions) / Double(original)
    } else if object["factor"] != nil, object["factor"] != .null {
      factor = try positive("factor", in: object, default: nil)
    }
    var attention = factor <= 1 ? 1 : (1 + log(factor) / log(Double(max(2, original)))).squareRoot()
    if let given = object["attention_factor"], given != .null {
      attention = try positive("attention_factor", in: object, default: nil)
    }
    let factors = (object["short_factor"]?.array ?? []).compactMap(\.double)
    guard factors.count == headDim / 2, factors.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      throw .badConfig(
        field: "short_factor",
        reason: "must be \(headDim / 2) positive numbers, one a pair of a head")
    }
    return RopeReading(
      theta, .perFrequency(factors: factors, attentionFactor: attention), positions: original,
      note: original < maxPositions
        ? "config.json: LongRoPE changes its factors for rows of more than \(original) tokens; shorter ones are computed"
        : nil)
  }
}
