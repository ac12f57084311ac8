// What the other files of a folder add to `tokenizer.json`: Transformers reads tokens and their settings from four files, and the
// later ones win.

import LancetCore

/// Tokens and settings from `tokenizer_config.json`, `special_tokens_map.json` and `added_tokens.json`.
struct TokenizerAdditions: Sendable {
  /// Tokens with settings of their own, in the order of the ids their files give them.
  var listed: [AddedToken] = []
  /// The special tokens by what they are for; added when nothing else knows them.
  var named: [AddedToken] = []
  /// Whether a text is given a space in front, when `tokenizer.json` leaves it to the folder.
  var addsPrefixSpace: Bool?

  /// Nothing to add.
  init() {}

  /// Reads the three files, each an empty object where it is missing.
  init(settings: JSON, specialMap: JSON, addedTokens: JSON) {
    addsPrefixSpace = settings["add_prefix_space"]?.bool ?? false
    var names = Self.specialFields(settings)
    let decoder = settings["added_tokens_decoder"]?.object
    if decoder == nil {
      // The older layout: the map's names win over those of the settings.
      for (field, value) in Self.specialFields(specialMap) { names[field] = value }
    }
    for field in Self.fields {
      for entry in names[field] ?? [] {
        if let token = Self.token(entry, special: true),
          !named.contains(where: { $0.content == token.content })
        {
          named.append(token)
        }
      }
    }
    var byID: [(id: Int, token: AddedToken)] = []
    if let decoder {
      for member in decoder {
        guard let id = Int(member.key), let token = Self.token(member.value) else { continue }
        byID.append((id, token))
      }
    } else {
      for member in addedTokens.object ?? [] {
        guard let id = member.value.int else { continue }
        let content = Array(member.key.utf8)
        let special = named.contains { $0.content == content }
        byID.append((id, Self.plain(content, special: special)))
      }
    }
    listed = byID.sorted { $0.id < $1.id }.map(\.token)
    for index in listed.indices where named.contains(where: { $0.content == listed[index].content })
    {
      listed[index].special = true
    }
  }

  /// All tokens to be added to those that a vocabulary has.
  func tokens(knownTo added: AddedVocabulary) -> [AddedToken] {
    listed
      + named.filter { name in
        !listed.contains { $0.content == name.content } && !added.contains(name.content)
      }
  }

  private static let fields = [
    "bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token",
    "additional_special_tokens",
  ]

  private static func specialFields(_ json: JSON) -> [String: [JSON]] {
    var out: [String: [JSON]] = [:]
    for field in fields {
      guard let value = json[field], value != .null else { continue }
      out[field] = value.array ?? [value]
    }
    return out
  }

  private static func plain(_ content: [UInt8], special: Bool) -> AddedToken {
    AddedToken(
      id: -1, content: content, special: special, stripsLeft: false, stripsRight: false,
      singleWord: false, normalized: !special)
  }

  /// A token written as a text or as an object.
  private static func token(_ json: JSON, special: Bool? = nil) -> AddedToken? {
    if let text = json.string { return plain(Array(text.utf8), special: special ?? false) }
    guard let content = json["content"]?.string else { return nil }
    let isSpecial = special ?? json["special"]?.bool ?? false
    return AddedToken(
      id: -1, content: Array(content.utf8), special: isSpecial,
      stripsLeft: json["lstrip"]?.bool ?? false, stripsRight: json["rstrip"]?.bool ?? false,
      singleWord: json["single_word"]?.bool ?? false,
      normalized: json["normalized"]?.bool ?? !isSpecial)
  }
}

/// The added tokens as `tokenizers` keeps them: an entry each time one is added, and its latest settings by id.
struct AddedVocabulary: Sendable {
  private let modelSize: Int
  /// The special tokens, each as it was added first.
  private var special: [AddedToken] = []
  /// The others, each time they were added.
  private var others: [AddedToken] = []
  private var latest: [Int32: AddedToken] = [:]
  private var order: [Int32] = []
  private var contents: Set<[UInt8]> = []
  private var specialContents: Set<[UInt8]> = []
  private var highest: Int?

  /// - Parameter modelSize: how many tokens the vocabulary itself has.
  init(modelSize: Int) { self.modelSize = modelSize }

  /// The id of the next token that has none.
  var nextID: Int { highest.map { $0 >= modelSize ? $0 + 1 : modelSize } ?? modelSize }

  /// The tokens with their latest settings.
  var tokens: [AddedToken] { order.compactMap { latest[$0] } }

  /// What is looked for: the token as it was added, and its latest settings.
  var entries: [(added: AddedToken, current: AddedToken)] {
    (special + others).map { ($0, latest[$0.id] ?? $0) }
  }

  func contains(_ content: [UInt8]) -> Bool { contents.contains(content) }

  mutating func add(_ token: AddedToken) {
    if latest[token.id] == token { return }
    if token.special, specialContents.insert(token.content).inserted { special.append(token) }
    if !specialContents.contains(token.content) { others.append(token) }
    if latest[token.id] == nil { order.append(token.id) }
    latest[token.id] = token
    contents.insert(token.content)
    highest = max(highest ?? 0, Int(token.id))
  }
}
