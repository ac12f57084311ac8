// What an Oracle hands back.

/// A corrected text for a trace, before it is stored as a proposal.
public struct OracleProposal: Hashable, Sendable {
  /// One replaced piece of the trace.
  public struct Edit: Hashable, Sendable {
    /// The bytes of the trace that are replaced.
    public var bytes: Range<Int>
    /// What stands there instead.
    public var replacement: String

    /// A piece and what replaces it.
    public init(bytes: Range<Int>, replacement: String) {
      self.bytes = bytes
      self.replacement = replacement
    }
  }

  /// The whole corrected text, byte for byte.
  public var text: String
  /// What the Oracle says of its own proposal; nil when there is nothing to say.
  public var note: String?
  /// Whether the corrected text ends in the known answer.
  public var reachedAnswer: Bool
  /// What was replaced, in order, without overlap.
  public var edits: [Edit]

  /// A correction with what is known of it.
  public init(text: String, note: String?, reachedAnswer: Bool, edits: [Edit]) {
    self.text = text
    self.note = note
    self.reachedAnswer = reachedAnswer
    self.edits = edits
  }
}
