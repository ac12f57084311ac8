// A run's log: one sentence a line, with the time.

import Glibc
import LancetCore

/// Appends to a run's `log.txt`.
final class RunLog {
  private let descriptor: Int32

  /// Opens the log.
  init(_ folder: RunFolder) throws(TrainerError) {
    descriptor = open(folder.logFile, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw DurableFile.failure(folder.logFile) }
  }

  deinit { close(descriptor) }

  /// Appends a sentence.
  ///
  /// A log that cannot be written ends nothing: what matters stands in the state and the metrics.
  func append(_ sentence: String) {
    var seconds = time(nil)
    var parts = tm()
    localtime_r(&seconds, &parts)
    var stamp = [CChar](repeating: 0, count: 32)
    strftime(&stamp, stamp.count, "%Y-%m-%d %H:%M:%S", &parts)
    let text = String(
      decoding: stamp.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    let line = Array("\(text)  \(sentence)\n".utf8)
    _ = line.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
  }
}
