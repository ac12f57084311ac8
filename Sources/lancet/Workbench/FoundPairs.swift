// From the numbers a run has for its pairs back to the traces of the session.

import LancetApp
import LancetCore
import LancetStore

extension SessionFile {
  /// The trace of a pair (or a trace's own number, in an `rft` run).
  ///
  /// A number the session does not know has no trace: the
  /// run may have been started on a file.
  func found(_ number: Int, isTrace: Bool) -> FoundPair {
    let unknown = FoundPair(pair: number, trace: nil, question: "", isApproved: false)
    if isTrace {
      guard let row = try? summary(of: TraceID(rawValue: Int64(number))) else { return unknown }
      return FoundPair(
        pair: number, trace: row.id, question: row.question, isApproved: row.status == .approved)
    }
    guard let (pair, isLive) = try? pair(PairID(rawValue: Int64(number))) else { return unknown }
    return FoundPair(
      pair: number, trace: pair.trace, question: pair.question, isApproved: isLive)
  }
}
