// The parts of a model folder that turn messages into token ids and back.

import LancetCore

extension ModelFolder {
  /// Reads `tokenizer.json` and the ids of the tokens that begin, end and pad.
  ///
  /// - Throws: ``ModelError/badTokenizer(path:reason:)`` also when a token's id is beyond the model's embedding.
  public func tokenizer() throws(ModelError) -> Tokenizer {
    try Self.tokenizer(in: path, config: config)
  }

  /// Reads the tokenizer of a folder that may have no weights; `config.json` is heeded where there is one.
  public static func tokenizer(in folder: String) throws(ModelError) -> Tokenizer {
    let config: ModelConfig? =
      FolderFile.exists(folder, "config.json")
      ? try ModelConfig(json: json(folder, "config.json")) : nil
    return try tokenizer(in: folder, config: config)
  }

  private static func tokenizer(in folder: String, config: ModelConfig?) throws(ModelError)
    -> Tokenizer
  {
    let name = "tokenizer.json"
    let bytes = try FolderFile.contents(
      folder: folder, name: name, limit: TokenizerReading.sizeLimit)
    let settings = try tokenizerSettings(folder)
    let legacy = settings["added_tokens_decoder"] == nil
    let additions = TokenizerAdditions(
      settings: settings, specialMap: try optional(folder, "special_tokens_map.json", legacy),
      addedTokens: try optional(folder, "added_tokens.json", legacy))
    var tokenizer = try Self.tokenizer(bytes, folder + "/" + name, additions)
    if let config, tokenizer.vocabularySize > config.vocabularySize {
      throw .badTokenizer(
        path: folder + "/" + name,
        reason: "its highest id is \(tokenizer.vocabularySize - 1), but vocab_size is "
          + "\(config.vocabularySize)")
    }
    let names = try specialNames(folder, settings)
    func id(_ field: String, _ fallback: Int?) -> Int32? {
      if let text = names[field] { return tokenizer.addedTokenID(text) }
      return fallback.map { Int32($0) }
    }
    tokenizer.eosID = id("eos_token", config?.eosTokenIDs.first)
    tokenizer.padID = id("pad_token", config?.padTokenID)
    tokenizer.bosID = id("bos_token", config?.bosTokenID)
    return tokenizer
  }

  private static func tokenizer(
    _ bytes: [UInt8], _ path: String, _ additions: TokenizerAdditions
  ) throws(ModelError) -> Tokenizer {
    do {
      return try Tokenizer(json: bytes, path: path, additions: additions)
    } catch {
      let start = Array(bytes.prefix(ForeignFile.lookedAt))
      if case .badJSON = error, let foreign = ForeignFile.error(path, start) { throw foreign }
      throw error
    }
  }

  /// A file that may be missing, or that is not asked for, as an empty object.
  private static func optional(_ folder: String, _ name: String, _ wanted: Bool = true)
    throws(ModelError) -> JSON
  {
    wanted && FolderFile.isNamed(folder, name) ? try json(folder, name) : .object([])
  }

  /// The special tokens' texts by field; the map of the older layout wins, as in Transformers.
  private static func specialNames(_ folder: String, _ settings: JSON) throws(ModelError)
    -> [String: String]
  {
    let map = try optional(
      folder, "special_tokens_map.json", settings["added_tokens_decoder"] == nil)
    var names: [String: String] = [:]
    for field in [
      "bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token",
    ] {
      names[field] = tokenText(map[field]) ?? tokenText(settings[field])
    }
    return names
  }

  /// Reads the chat template: `chat_template.jinja`, else `chat_template` of `tokenizer_config.json`, a text or a list of named
  /// ones of which `default` is taken.
  ///
  /// - Throws: ``ModelError/noTemplate(path:)`` when there is none.
  public func template() throws(ModelError) -> ChatTemplate {
    let settings = try Self.tokenizerSettings(path)
    let names = try Self.specialNames(path, settings)
    var template = try ChatTemplate(
      source: try templateSource(settings), bosToken: names["bos_token"] ?? "",
      eosToken: names["eos_token"] ?? "")
    template.specialTexts = names.filter { !["bos_token", "eos_token"].contains($0.key) }
    return template
  }

  private func templateSource(_ settings: JSON) throws(ModelError) -> String {
    if FolderFile.isNamed(path, "chat_template.jinja") {
      let bytes = try FolderFile.contents(
        folder: path, name: "chat_template.jinja", limit: ChatTemplate.sourceLimit)
      let start = Array(bytes.prefix(ForeignFile.lookedAt))
      // A template may well begin with markup of its own; a pointer or a page is not one.
      if !bytes.contains(UInt8(ascii: "{")),
        let foreign = ForeignFile.error(path + "/chat_template.jinja", start)
      {
        throw foreign
      }
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw .badTemplate(line: 1, reason: "it is not UTF-8")
      }
      return text
    }
    var field = settings["chat_template"]
    if field == nil || field == .null {
      field = try Self.optional(path, "chat_template.json")["chat_template"]
    }
    if let text = field?.string { return text }
    let named = field?.array ?? []
    if let text = named.first(where: { $0["name"]?.string == "default" })?["template"]?.string {
      return text
    }
    if let text = field?["default"]?.string { return text }
    let list = named.compactMap { $0["name"]?.string }
    guard list.isEmpty else {
      throw .badTemplate(
        line: 1,
        reason: "none of its templates is named default, only "
          + list.prefix(8).joined(separator: ", "))
    }
    throw .noTemplate(path: path)
  }

  /// The ids after which generation ends: those of `generation_config.json`, where it names some, else those of `config.json`, as
  /// in Transformers; and the tokenizer's end token, with which every trained answer ends.
  public func stopTokenIDs() throws(ModelError) -> [Int32] {
    var ids = config.eosTokenIDs.map { Int32($0) }
    let named = try generationDefaults().stopIDs
    if !named.isEmpty { ids = named }
    if let id = try tokenizer().eosID { ids.append(id) }
    var seen: Set<Int32> = []
    return ids.filter { seen.insert($0).inserted }
  }

  /// `tokenizer_config.json`, or an empty object.
  private static func tokenizerSettings(_ folder: String) throws(ModelError) -> JSON {
    guard FolderFile.exists(folder, "tokenizer_config.json") else { return .object([]) }
    return try json(folder, "tokenizer_config.json")
  }

  /// A token written as a text or as an object with its content.
  private static func tokenText(_ value: JSON?) -> String? {
    value?.string ?? value?["content"]?.string
  }
}
