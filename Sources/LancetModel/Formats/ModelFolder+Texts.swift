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
    var tokenizer = try Tokenizer(json: bytes, path: folder + "/" + name)
    if let config, tokenizer.vocabularySize > config.vocabularySize {
      throw .badTokenizer(
        path: folder + "/" + name,
        reason: "its highest id is \(tokenizer.vocabularySize - 1), but vocab_size is "
          + "\(config.vocabularySize)")
    }
    let settings = try tokenizerSettings(folder)
    func id(_ field: String, _ fallback: Int?) -> Int32? {
      if let text = tokenText(settings[field]) { return tokenizer.addedTokenID(text) }
      return fallback.map { Int32($0) }
    }
    tokenizer.eosID = id("eos_token", config?.eosTokenIDs.first)
    tokenizer.padID = id("pad_token", config?.padTokenID)
    tokenizer.bosID = id("bos_token", config?.bosTokenID)
    return tokenizer
  }

  /// Reads the chat template: `chat_template.jinja`, else `chat_template` of `tokenizer_config.json`, a text or a list of named
  /// ones of which `default` is taken.
  ///
  /// - Throws: ``ModelError/noTemplate(path:)`` when there is none.
  public func template() throws(ModelError) -> ChatTemplate {
    let settings = try Self.tokenizerSettings(path)
    let source: String
    if FolderFile.exists(path, "chat_template.jinja") {
      let bytes = try FolderFile.contents(
        folder: path, name: "chat_template.jinja", limit: ChatTemplate.sourceLimit)
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw .badTemplate(line: 1, reason: "it is not UTF-8")
      }
      source = text
    } else if let text = settings["chat_template"]?.string {
      source = text
    } else if let list = settings["chat_template"]?.array,
      let named = list.first(where: { $0["name"]?.string == "default" }),
      let text = named["template"]?.string
    {
      source = text
    } else {
      throw .noTemplate(path: path)
    }
    return try ChatTemplate(
      source: source, bosToken: Self.tokenText(settings["bos_token"]) ?? "",
      eosToken: Self.tokenText(settings["eos_token"]) ?? "")
  }

  /// The ids after which generation ends: those of `generation_config.json`, of `config.json` and of the tokenizer.
  public func stopTokenIDs() throws(ModelError) -> [Int32] {
    var ids = config.eosTokenIDs.map { Int32($0) }
    if FolderFile.exists(path, "generation_config.json") {
      let field = try Self.json(path, "generation_config.json")["eos_token_id"]
      for one in field?.array ?? field.map({ [$0] }) ?? [] {
        if let id = one.int, id >= 0, id < config.vocabularySize { ids.append(Int32(id)) }
      }
    }
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
