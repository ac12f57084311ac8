// A run's log: one sentence a line, with the time.

import LancetCore
import LancetSystem

/// Appends to a run's `log.txt`.
final class RunLog {
  private let file: AppendingFile

  /// Opens the log.
  init(_ folder: RunFolder) throws(TrainerError) {
    file = try withFiles { () throws(FileFailure) in try AppendingFile(folder.logFile) }
  }

  /// Appends a sentence.
  ///
  /// A log that cannot be written ends nothing: what matters stands in the state and the metrics.
  func append(_ sentence: String) {
    try? file.append("\(ClockText.local(ClockText.now()))  \(sentence)\n")
  }
}
