// What a model's makers say about sampling from it: `generation_config.json`. What is used is used, what is not is named.

import LancetCore

/// The settings of a `generation_config.json`, with the values that mean nothing left out.
public struct GenerationDefaults: Sendable, Hashable {
  /// Whether Transformers would sample by itself.
  public var samples = false
  /// Divides the logits.
  public var temperature: Double?
  /// Only so many of the likeliest tokens are drawn from.
  public var topK: Int?
  /// Only the likeliest tokens whose probabilities together reach this are drawn from.
  public var topP: Double?
  /// Only tokens at least this times as likely as the likeliest are drawn from.
  public var minP: Double?
  /// What makes tokens that are there already less likely; also without sampling.
  public var repetitionPenalty: Double?
  /// The ids after which generation ends.
  public var stopIDs: [Int32] = []
  /// Settings that would change the tokens and are not used here, as they stand.
  public var ignored: [String] = []

  /// No settings.
  public init() {}

  /// Reads the object; ids beyond the vocabulary are left out.
  ///
  /// - Throws: ``ModelError/badJSON(path:reason:)`` for a value that is impossible.
  init(json: JSON, vocabulary: Int, path: String) throws(ModelError) {
    func number(_ field: String, _ valid: ClosedRange<Double>) throws(ModelError) -> Double? {
      guard let value = json[field], value != .null else { return nil }
      guard let number = value.double, valid.contains(number) else {
        throw .badJSON(path: path, reason: "\(field) is not a number within \(valid)")
      }
      return number
    }
    samples = json["do_sample"]?.bool ?? false
    temperature = try number("temperature", 0...1e6).flatMap { $0 == 1 || $0 == 0 ? nil : $0 }
    topK = try number("top_k", 0...1e9).flatMap { $0 < 1 ? nil : Int($0) }
    topP = try number("top_p", 0...1).flatMap { $0 == 1 || $0 == 0 ? nil : $0 }
    minP = try number("min_p", 0...1).flatMap { $0 == 0 ? nil : $0 }
    repetitionPenalty = try number("repetition_penalty", 1e-6...1e6).flatMap { $0 == 1 ? nil : $0 }
    let field = json["eos_token_id"]
    for one in field?.array ?? field.map({ [$0] }) ?? [] {
      if let id = one.int, id >= 0, id < vocabulary { stopIDs.append(Int32(id)) }
    }
    let neutral: [(String, JSON)] = [
      ("typical_p", .double(1)), ("epsilon_cutoff", .int(0)), ("eta_cutoff", .int(0)),
      ("no_repeat_ngram_size", .int(0)), ("encoder_repetition_penalty", .int(1)),
      ("num_beams", .int(1)),
      ("penalty_alpha", .int(0)), ("min_length", .int(0)), ("min_new_tokens", .int(0)),
      ("bad_words_ids", .null), ("suppress_tokens", .null), ("begin_suppress_tokens", .null),
      ("forced_bos_token_id", .null), ("forced_eos_token_id", .null), ("sequence_bias", .null),
      ("guidance_scale", .int(1)), ("exponential_decay_length_penalty", .null),
      ("stop_strings", .null),
    ]
    for (field, nothing) in neutral {
      guard let value = json[field], value != .null else { continue }
      if let a = value.double, let b = nothing.double, a == b { continue }
      ignored.append("\(field) \(value.serialized().prefix(40))")
    }
  }

  /// The sentence about what a run without sampling leaves aside; nil when that is nothing.
  public var greedyNote: String? {
    var parts: [String] = []
    if samples || temperature != nil {
      if let temperature { parts.append("temperature \(temperature)") }
      if let topK { parts.append("top_k \(topK)") }
      if let topP { parts.append("top_p \(topP)") }
      if let minP { parts.append("min_p \(minP)") }
    }
    guard !parts.isEmpty || samples else { return nil }
    let asked = parts.isEmpty ? "sampling" : "sampling with " + parts.joined(separator: ", ")
    return "generation_config.json asks for \(asked); the likeliest token is taken here"
  }

  /// The sentence about settings that are not used at all; nil when there are none.
  public var ignoredNote: String? {
    ignored.isEmpty
      ? nil : "generation_config.json: not used here: " + ignored.joined(separator: ", ")
  }
}

extension ModelFolder {
  /// Reads `generation_config.json`, or nothing when there is none.
  public func generationDefaults() throws(ModelError) -> GenerationDefaults {
    let name = "generation_config.json"
    guard FolderFile.isNamed(path, name) else { return GenerationDefaults() }
    return try GenerationDefaults(
      json: try Self.json(path, name), vocabulary: config.vocabularySize, path: path + "/" + name)
  }
}
