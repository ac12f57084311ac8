// The Oracle that repeats what an imported file proposed.

import LancetCore

/// Proposals that came with the traces, such as the `gemini_corrected_answer` of a SPoT file.
///
/// The import stores them; this type
/// only gives them their name and their note.
public struct ReplayOracle: Sendable {
  /// The name its proposals are stored under.
  public static let name = "replay"

  /// An Oracle; it has no settings.
  public init() {}

  /// The proposal for a trace from the file's corrected text; nil when the text is empty or changes nothing.
  public func propose(problem: Problem, trace: Trace, correctedText: String) -> OracleProposal? {
    guard !correctedText.utf8.isEmpty, !correctedText.bytesEqual(trace.text) else { return nil }
    guard let known = problem.answer else {
      return OracleProposal(text: correctedText, note: nil, reachedAnswer: false, edits: [])
    }
    let reached = grade(gold: known, answer: correctedText).verdict == .right
    let note = reached ? nil : "does not reach the known answer"
    return OracleProposal(text: correctedText, note: note, reachedAnswer: reached, edits: [])
  }
}
