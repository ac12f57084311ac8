// `tokenizer.json` to the parts of a tokenizer, every reference checked: ids, merges, byte tokens, added tokens, templates. What
// Hugging Face's library would only warn about or crash on is an error here.

import LancetCore

/// Reads a `tokenizer.json`.
struct TokenizerReading {
  /// The file, for error messages.
  let path: String
  /// What the folder's other files add.
  var additions = TokenizerAdditions()
  /// The largest file that is read.
  static let sizeLimit = 100 << 20
  /// The highest id there may be; more than any vocabulary, little enough to number them all.
  static let idLimit = 1 << 22

  func bad(_ reason: String) -> ModelError { .badTokenizer(path: path, reason: reason) }

  /// The vocabulary as written: texts, their ids, and which text an id has.
  private struct Vocabulary {
    var texts: ByteStringTable
    var ids: [Int32]

    func id(_ text: some Collection<UInt8>) -> Int32? { texts.find(text).map { ids[$0] } }
  }

  func parts(of bytes: [UInt8]) throws(ModelError) -> TokenizerParts {
    guard bytes.count <= Self.sizeLimit else {
      throw .tooLarge(path: path, bytes: bytes.count, limit: Self.sizeLimit)
    }
    guard isValidUTF8(bytes) else { throw .badJSON(path: path, reason: "not UTF-8") }
    let file: TokenizerFile
    do {
      file = try TokenizerFile(scanning: bytes)
    } catch {
      throw .badJSON(path: path, reason: "\(error.reason) at byte \(error.byte)")
    }
    let sections = try sections(file, bytes)
    try checkModel(file, sections)

    var vocabulary = Vocabulary(texts: file.texts, ids: file.ids)
    let modelSize = vocabulary.ids.count
    guard modelSize > 0 else { throw bad("model.vocab is empty") }
    try checkIDs(vocabulary.ids)
    var added = AddedVocabulary(modelSize: modelSize)
    for token in try addedTokens(sections["added_tokens"], &vocabulary, modelSize: modelSize) {
      added.add(token)
    }
    try extend(&added, &vocabulary)
    try checkTemplate(sections["post_processor"], vocabulary)

    let normalizer = try normalizer(sections["normalizer"])
    let preTokenizer = try preTokenizer(sections["pre_tokenizer"])
    try checkDecoder(sections["decoder"])
    let (merges, byteTokens) = try merges(file, vocabulary)
    if byteTokens.contains(-1), sections["model.byte_fallback"]?.bool == true {
      throw .unsupported(
        feature: "the tokenizer option", found: "byte_fallback true with bytes that have no token",
        supported: "a byte-level BPE tokenizer")
    }
    var unknown: Int32?
    if let text = sections["model.unk_token"]?.string {
      unknown = vocabulary.id(Array(text.utf8))
      guard unknown != nil else { throw bad("unk_token is not in the vocabulary") }
    }

    var raw = AddedTokenFinder()
    var normalized = AddedTokenFinder()
    for (token, current) in added.entries {
      if token.normalized {
        let text = token.content.withUnsafeBufferPointer { normalizer?.normalized($0) }
        normalized.insert(current, foundBy: text ?? token.content)
      } else {
        raw.insert(current, foundBy: token.content)
      }
    }
    var parts = TokenizerParts(
      added: added.tokens, rawFinder: raw, normalizedFinder: normalized, normalizer: normalizer,
      preTokenizer: preTokenizer, byteTokens: byteTokens, unknown: unknown,
      fusesUnknown: sections["model.fuse_unk"]?.bool ?? false, merges: merges, wholePieces: nil,
      decodeBytes: [], decodeStarts: [], known: [])
    fillDecoding(&parts, vocabulary, modelSize: modelSize, ignoreMerges: file.ignoreMerges)
    return parts
  }

  /// The small sections of the file as values of the strict parser.
  private func sections(_ file: TokenizerFile, _ bytes: [UInt8]) throws(ModelError)
    -> [String: JSON]
  {
    var sections: [String: JSON] = [:]
    for (name, range) in file.sections {
      do {
        sections[name] = try JSON.parse(bytes[range])
      } catch {
        throw .badJSON(path: path, reason: "\(name): \(error.what)")
      }
    }
    return sections
  }

  private func checkModel(_ file: TokenizerFile, _ sections: [String: JSON]) throws(ModelError) {
    guard file.hasVocabulary, file.hasMerges else {
      throw .unsupported(
        feature: "the tokenizer model", found: sections["model.type"]?.string ?? "(unnamed)",
        supported: "a byte-level BPE tokenizer")
    }
    if let type = sections["model.type"], type != .null, type.string != "BPE" {
      throw .unsupported(
        feature: "the tokenizer model", found: type.string ?? type.kind,
        supported: "a byte-level BPE tokenizer")
    }
    for option in ["continuing_subword_prefix", "end_of_word_suffix"] {
      if let text = sections["model." + option]?.string, !text.isEmpty {
        throw .unsupported(
          feature: "the tokenizer option", found: option, supported: "a byte-level BPE tokenizer")
      }
    }
    if let dropout = sections["model.dropout"], dropout != .null, dropout.double != 0 {
      throw .unsupported(
        feature: "the tokenizer option", found: "dropout", supported: "a tokenizer without it")
    }
  }

  private func checkIDs(_ ids: [Int32]) throws(ModelError) {
    var seen = Array(repeating: false, count: (ids.max().map(Int.init) ?? 0) + 1)
    for id in ids {
      if seen[Int(id)] { throw bad("two tokens of model.vocab have the id \(id)") }
      seen[Int(id)] = true
    }
  }

  /// Reads the added tokens; ids must be those that Hugging Face's library would give them.
  private func addedTokens(
    _ section: JSON?, _ vocabulary: inout Vocabulary, modelSize: Int
  ) throws(ModelError) -> [AddedToken] {
    guard let section, section != .null else { return [] }
    guard let list = section.array else {
      throw bad("added_tokens is \(section.kind), not an array")
    }
    var modelIDs = Set(vocabulary.ids.filter { Int($0) >= modelSize })
    var highest: Int?
    var added: [AddedToken] = []
    for (index, entry) in list.enumerated() {
      guard let content = entry["content"]?.string, let id = entry["id"]?.int else {
        throw bad("added token \(index) lacks its content or its id")
      }
      guard !content.isEmpty else { throw bad("added token \(id) is empty") }
      let text = Array(content.utf8)
      if let known = vocabulary.id(text) {
        guard Int(known) == id else {
          throw bad("the added token \(shown(text)) has the id \(id), but also the id \(known)")
        }
        if added.contains(where: { $0.content == text }) {
          throw bad("the added token \(shown(text)) is there twice")
        }
      } else {
        let expected = highest.map { $0 >= modelSize ? $0 + 1 : modelSize } ?? modelSize
        guard id == expected, id <= Self.idLimit, !modelIDs.contains(Int32(id)) else {
          throw bad(
            "the added token \(shown(text)) has the id \(id) where \(expected) would be next")
        }
        text.withUnsafeBufferPointer { _ = vocabulary.texts.insert($0) }
        vocabulary.ids.append(Int32(id))
        modelIDs.insert(Int32(id))
      }
      highest = max(highest ?? id, id)
      added.append(
        AddedToken(
          id: Int32(id), content: text, special: entry["special"]?.bool ?? false,
          stripsLeft: entry["lstrip"]?.bool ?? false, stripsRight: entry["rstrip"]?.bool ?? false,
          singleWord: entry["single_word"]?.bool ?? false,
          normalized: entry["normalized"]?.bool ?? true))
    }
    return added
  }

  /// Adds the tokens that only the folder's other files name, as Transformers does when it opens the folder: a token that is
  /// known gets their settings, a new one the next free id, whatever id they give it.
  private func extend(_ added: inout AddedVocabulary, _ vocabulary: inout Vocabulary)
    throws(ModelError)
  {
    for wanted in additions.tokens(knownTo: added) {
      guard !wanted.content.isEmpty else { continue }
      var token = wanted
      if let known = vocabulary.id(token.content) {
        token.id = known
      } else {
        let next = added.nextID
        guard next <= Self.idLimit else { throw bad("there are too many added tokens") }
        token.id = Int32(next)
        token.content.withUnsafeBufferPointer { _ = vocabulary.texts.insert($0) }
        vocabulary.ids.append(token.id)
      }
      added.add(token)
    }
    try checkIDs(vocabulary.ids)
  }

  /// The tokens a template would add are never added here, but they must exist.
  private func checkTemplate(_ section: JSON?, _ vocabulary: Vocabulary) throws(ModelError) {
    guard let section, section != .null else { return }
    if let steps = section["processors"]?.array {
      for step in steps.prefix(16) where step["processors"] == nil {
        try checkTemplate(step, vocabulary)
      }
    }
    guard section["type"]?.string == "TemplateProcessing" else { return }
    let named = section["special_tokens"]
    for field in ["single", "pair"] {
      for piece in section[field]?.array ?? [] {
        guard let token = piece["SpecialToken"]?["id"]?.string else { continue }
        guard let entry = named?[token] else {
          throw bad("the template names \(shown(Array(token.utf8))), which is no special token")
        }
        for text in entry["tokens"]?.array ?? [] {
          guard let text = text.string, vocabulary.id(Array(text.utf8)) != nil else {
            throw bad("the template names \(shown(Array(token.utf8))), which has no id")
          }
        }
      }
    }
  }

  private func merges(_ file: TokenizerFile, _ vocabulary: Vocabulary) throws(ModelError)
    -> (MergeTable, byteTokens: [Int32])
  {
    var byteTokens: [Int32] = []
    for value in ByteAlphabet.scalars {
      let text = UnicodeScalar(value).map { Array(Character($0).utf8) } ?? []
      // Several vocabularies lack rare bytes, SmolLM2's for one: a text that needs such a byte loses it, and is told so.
      byteTokens.append(vocabulary.id(text) ?? -1)
    }
    let missing = byteTokens.count { $0 < 0 }
    guard missing <= 128 else {
      throw bad("\(missing) of the 256 bytes have no token, so this is no byte-level tokenizer")
    }
    var table = MergeTable(capacity: file.mergeCount)
    let outcome = file.mergeBytes.withUnsafeBufferPointer { all in
      Result { () throws(ModelError) in
        for rank in 0..<file.mergeCount {
          let begin = file.mergeStarts[rank].left
          let middle = file.mergeStarts[rank].right
          let end = file.mergeStarts[rank + 1].left
          let left = vocabulary.texts.find(UnsafeBufferPointer(rebasing: all[begin..<middle]))
          let right = vocabulary.texts.find(UnsafeBufferPointer(rebasing: all[middle..<end]))
          let result = vocabulary.texts.find(UnsafeBufferPointer(rebasing: all[begin..<end]))
          guard let left, let right, let result else {
            throw bad(
              "merge \(rank), \(shown(Array(all[begin..<middle]))) + "
                + "\(shown(Array(all[middle..<end]))), names a token that is not in the vocabulary")
          }
          table.insert(
            left: vocabulary.ids[left], right: vocabulary.ids[right], rank: rank,
            result: vocabulary.ids[result])
        }
      }
    }
    try outcome.get()
    return (table, byteTokens)
  }

  private func fillDecoding(
    _ parts: inout TokenizerParts, _ vocabulary: Vocabulary, modelSize: Int, ignoreMerges: Bool
  ) {
    let size = (vocabulary.ids.max().map(Int.init) ?? 0) + 1
    var numbers = Array(repeating: -1, count: size)
    for (number, id) in vocabulary.ids.enumerated() { numbers[Int(id)] = number }
    var whole = WholePieces(capacity: ignoreMerges ? modelSize : 0)
    var bytes: [UInt8] = []
    var starts = [0]
    starts.reserveCapacity(size + 1)
    let texts = vocabulary.texts.bytes
    texts.withUnsafeBufferPointer { all in
      for (id, number) in numbers.enumerated() {
        if number >= 0 {
          let text = UnsafeBufferPointer(rebasing: all[vocabulary.texts.range(number)])
          let start = bytes.count
          if !ByteAlphabet.decode(text, into: &bytes) {
            bytes.append(contentsOf: text)
          } else if ignoreMerges, number < modelSize {
            Array(bytes[start...]).withUnsafeBufferPointer { whole.insert($0, id: Int32(id)) }
          }
        }
        starts.append(bytes.count)
      }
    }
    parts.decodeBytes = bytes
    parts.decodeStarts = starts
    parts.known = numbers.map { $0 >= 0 }
    parts.wholePieces = ignoreMerges ? whole : nil
  }

  /// A token's text, shortened, for a message.
  private func shown(_ text: [UInt8]) -> String {
    let name = String(decoding: text, as: UTF8.self)
    return "“" + (name.count > 40 ? name.prefix(40) + "…" : name) + "”"
  }
}
