// Byte-level BPE as Hugging Face's `tokenizers` computes it: added tokens are cut out, the rest is normalized, cut into pieces,
// and each piece is merged. Nothing is ever added in front or behind.

import LancetCore

/// A tokenizer read from `tokenizer.json`.
public struct Tokenizer: Sendable {
  /// The ids of the tokens marked special, by their text.
  public let specialTokens: [String: Int32]
  /// One more than the highest id.
  public let vocabularySize: Int
  /// The id that ends an answer, as `tokenizer_config.json` names it; nil where it names none.
  public var eosID: Int32?
  /// The id of padding, as `tokenizer_config.json` names it.
  public var padID: Int32?
  /// The id that begins a text, as `tokenizer_config.json` names it; never added by ``encode(_:)``.
  public var bosID: Int32?

  let parts: TokenizerParts

  /// Reads the bytes of a `tokenizer.json`.
  ///
  /// - Parameter additions: what the other files of the folder add to it.
  /// - Throws: ``ModelError/badTokenizer(path:reason:)`` when it contradicts itself,
  ///   ``ModelError/unsupported(feature:found:supported:)`` for another kind of tokenizer.
  public init(json bytes: [UInt8], path: String = "tokenizer.json") throws(ModelError) {
    try self.init(json: bytes, path: path, additions: TokenizerAdditions())
  }

  init(json bytes: [UInt8], path: String, additions: TokenizerAdditions) throws(ModelError) {
    let parts = try TokenizerReading(path: path, additions: additions).parts(of: bytes)
    self.parts = parts
    vocabularySize = parts.decodeStarts.count - 1
    var special: [String: Int32] = [:]
    for token in parts.added where token.special {
      special[String(decoding: token.content, as: UTF8.self)] = token.id
    }
    specialTokens = special
  }

  /// The token ids of a text; nothing is added, and a special token's text becomes its id as in Hugging Face.
  public func encode(_ text: String) -> [Int32] {
    var out: [Int32] = []
    var workspace = MergeWorkspace()
    let bytes = Array(text.utf8)
    out.reserveCapacity(bytes.count / 3 + 4)
    bytes.withUnsafeBufferPointer { all in
      for stretch in parts.rawFinder.stretches(of: all) {
        if let token = stretch.token {
          out.append(token.id)
        } else {
          let raw = UnsafeBufferPointer(rebasing: all[stretch.range])
          encodeRaw(raw, &workspace, &out)
        }
      }
    }
    return out
  }

  /// Normalizes a stretch without raw added tokens and looks for the normalized ones.
  private func encodeRaw(
    _ raw: UnsafeBufferPointer<UInt8>, _ workspace: inout MergeWorkspace, _ out: inout [Int32]
  ) {
    if let composed = parts.normalizer?.normalized(raw) {
      composed.withUnsafeBufferPointer { encodeNormalized($0, &workspace, &out) }
    } else {
      encodeNormalized(raw, &workspace, &out)
    }
  }

  private func encodeNormalized(
    _ text: UnsafeBufferPointer<UInt8>, _ workspace: inout MergeWorkspace, _ out: inout [Int32]
  ) {
    for stretch in parts.normalizedFinder.stretches(of: text) {
      if let token = stretch.token {
        out.append(token.id)
        continue
      }
      let part = UnsafeBufferPointer(rebasing: text[stretch.range])
      if parts.preTokenizer.addsPrefixSpace, part.first != 0x20 {
        ([0x20] + part).withUnsafeBufferPointer { encodePieces($0, &workspace, &out) }
      } else {
        encodePieces(part, &workspace, &out)
      }
    }
  }

  private func encodePieces(
    _ text: UnsafeBufferPointer<UInt8>, _ workspace: inout MergeWorkspace, _ out: inout [Int32]
  ) {
    parts.preTokenizer.forEachPiece(in: text) { piece in
      if piece.count == 1, parts.byteTokens[Int(piece[0])] >= 0 {
        out.append(parts.byteTokens[Int(piece[0])])
      } else if let whole = parts.wholePieces?.find(piece) {
        out.append(whole)
      } else {
        workspace.merge(
          piece, byteTokens: parts.byteTokens, unknown: parts.unknown,
          fusesUnknown: parts.fusesUnknown, table: parts.merges, into: &out)
      }
    }
  }

  /// The bytes of a text for which the vocabulary has no token, each once and in order: ``encode(_:)`` drops them, as Hugging
  /// Face does, or writes the unknown token for them where the model names one.
  public func bytesWithoutToken(in text: String) -> [UInt8] {
    guard parts.byteTokens.contains(where: { $0 < 0 }) else { return [] }
    var seen: [UInt8] = []
    func look(_ bytes: UnsafeBufferPointer<UInt8>) {
      for stretch in parts.normalizedFinder.stretches(of: bytes) where stretch.token == nil {
        for byte in bytes[stretch.range] where parts.byteTokens[Int(byte)] < 0 {
          if !seen.contains(byte) { seen.append(byte) }
        }
      }
    }
    Array(text.utf8).withUnsafeBufferPointer { all in
      for stretch in parts.rawFinder.stretches(of: all) where stretch.token == nil {
        let raw = UnsafeBufferPointer(rebasing: all[stretch.range])
        if let normalized = parts.normalizer?.normalized(raw) {
          normalized.withUnsafeBufferPointer(look)
        } else {
          look(raw)
        }
      }
    }
    return seen
  }

  /// What is lost of a text in a sentence for a person; nil when nothing is.
  public func lossNote(for text: String) -> String? {
    let bytes = bytesWithoutToken(in: text)
    guard !bytes.isEmpty else { return nil }
    func name(_ byte: UInt8) -> String {
      (byte < 16 ? "0x0" : "0x") + String(byte, radix: 16, uppercase: true)
    }
    let list = bytes.prefix(8).map(name).joined(separator: ", ") + (bytes.count > 8 ? ", …" : "")
    let fate = parts.unknown == nil ? "dropped" : "read as the unknown token"
    return bytes.count == 1
      ? "the vocabulary has no token for the byte \(list): it is \(fate)"
      : "the vocabulary has no tokens for the bytes \(list): they are \(fate)"
  }

  /// The text of token ids, invalid UTF-8 repaired with U+FFFD; an id outside the vocabulary reads `⟨?id⟩`.
  public func decode(_ ids: [Int32]) -> String { String(decoding: decodeBytes(ids), as: UTF8.self) }

  /// The bytes of token ids, as they are; an id outside the vocabulary reads `⟨?id⟩`.
  public func decodeBytes(_ ids: [Int32]) -> [UInt8] {
    var out: [UInt8] = []
    for id in ids {
      if let range = parts.decodeRange(id) {
        out.append(contentsOf: parts.decodeBytes[range])
      } else {
        out.append(contentsOf: "⟨?\(id)⟩".utf8)
      }
    }
    return out
  }

  /// One token as text for people; part of a character reads U+FFFD.
  public func tokenText(_ id: Int32) -> String { decode([id]) }

  /// The special tokens whose text occurs in this text and would become control tokens, in order and each once.
  public func controlTokens(in text: String) -> [String] {
    var found: [String] = []
    let bytes = Array(text.utf8)
    bytes.withUnsafeBufferPointer { all in
      for finder in [parts.rawFinder, parts.normalizedFinder] {
        for case let token? in finder.stretches(of: all).map(\.token) where token.special {
          let name = String(decoding: token.content, as: UTF8.self)
          if !found.contains(where: { $0.bytesEqual(name) }) { found.append(name) }
        }
      }
    }
    return found
  }

  /// The id of an added token by its text.
  public func addedTokenID(_ text: String) -> Int32? {
    parts.added.last { $0.content.elementsEqual(text.utf8) }?.id
  }
}

/// What a tokenizer is made of.
struct TokenizerParts: Sendable {
  var added: [AddedToken]
  /// The tokens looked for in the raw text.
  var rawFinder: AddedTokenFinder
  /// The tokens looked for after normalizing.
  var normalizedFinder: AddedTokenFinder
  var normalizer: TextNormalizer?
  var preTokenizer: PreTokenizer
  /// The token of each single byte; −1 where there is none.
  var byteTokens: [Int32]
  /// What stands for a byte without a token, and whether one stands for several in a row.
  var unknown: Int32?
  var fusesUnknown = false
  var merges: MergeTable
  /// With `ignore_merges`, pieces that are tokens as they stand.
  var wholePieces: WholePieces?
  /// What each id decodes to, one after the other; ids without a token have an empty range and no bit in ``known``.
  var decodeBytes: [UInt8]
  var decodeStarts: [Int]
  var known: [Bool]

  func decodeRange(_ id: Int32) -> Range<Int>? {
    guard id >= 0, Int(id) < known.count, known[Int(id)] else { return nil }
    return decodeStarts[Int(id)]..<decodeStarts[Int(id) + 1]
  }
}

/// Tokens by the bytes they stand for.
struct WholePieces: Sendable {
  private var table: ByteStringTable
  private var ids: [Int32] = []

  init(capacity: Int) { table = ByteStringTable(capacity: capacity) }

  mutating func insert(_ bytes: UnsafeBufferPointer<UInt8>, id: Int32) {
    if table.insert(bytes).isNew { ids.append(id) }
  }

  func find(_ bytes: UnsafeBufferPointer<UInt8>) -> Int32? {
    table.find(bytes).map { ids[$0] }
  }
}
