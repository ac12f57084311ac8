// The Oracle that repeats replies which somebody else's Oracle gave: they were asked for elsewhere and stand in a file.

import LancetCore

/// Proposes the corrected texts that a file has for traces.
public struct ReplayOracle: Oracle {
  /// `replay`.
  public var name: String { Self.name }
  /// The name its proposals are stored under.
  public static let name = "replay"

  private let replies: [TraceID: String]

  /// An Oracle with a corrected text for some traces.
  public init(_ replies: [TraceID: String]) { self.replies = replies }

  /// The file's text for the trace; `reply` is not read.
  public func proposal(
    for item: OracleItem, reply: String
  ) throws(OracleRefusal) -> OracleProposal {
    guard let text = replies[item.trace.id] else { throw .noReply }
    guard !text.utf8.isEmpty else { throw .emptyReply }
    guard !text.bytesEqual(item.trace.text) else { throw .unchanged }
    guard let known = item.problem.answer else {
      return OracleProposal(text: text, note: nil, reachedAnswer: false, edits: [])
    }
    let reached = grade(gold: known, answer: text).verdict == .right
    let note = reached ? nil : "does not reach the known answer"
    return OracleProposal(text: text, note: note, reachedAnswer: reached, edits: [])
  }
}
