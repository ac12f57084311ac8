// Where the final answer of a trace stands.

/// A final answer found in a text.
public struct ExtractedAnswer: Hashable, Sendable {
  /// The answer as written, without the words and marks that announce it.
  public var text: String
  /// Where it stands, in bytes of the text it was found in.
  public var bytes: Range<Int>

  public init(text: String, bytes: Range<Int>) {
    self.text = text
    self.bytes = bytes
  }
}

/// Finds the final answer of a trace; nil when the text announces none and is no bare value itself.
public func extractAnswer(from text: String) -> ExtractedAnswer? {
  nil
}
