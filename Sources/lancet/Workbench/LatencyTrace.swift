// How long a key takes to be seen, written to a file when LANCET_TRACE_LATENCY names one. For the benchmarks.
import LancetSystem

/// One line of nanoseconds for each key: from the return of `read` to the end of the flush.
struct LatencyTrace {
  private let file: AppendingFile

  /// Opens the file for appending; nil without a path or when it cannot be opened.
  init?(path: String?) {
    guard let path, !path.isEmpty, let file = try? AppendingFile(path) else { return nil }
    self.file = file
  }

  /// Nanoseconds of a clock that never jumps.
  static func now() -> UInt64 { SystemClock.nanoseconds }

  /// Writes what the keys of one read took.
  func record(keys: Int, from start: UInt64, to end: UInt64) {
    try? file.append(String(repeating: "\(end - start)\n", count: keys))
  }
}
