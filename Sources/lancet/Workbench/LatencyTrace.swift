// How long a key takes to be seen, written to a file when LANCET_TRACE_LATENCY names one. For the benchmarks.
import Glibc

/// One line of nanoseconds for each key: from the return of `read` to the end of the flush.
struct LatencyTrace {
  private let descriptor: Int32

  /// Opens the file for appending; nil without a path or when it cannot be opened.
  init?(path: String?) {
    guard let path, !path.isEmpty else { return nil }
    descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return nil }
  }

  /// Nanoseconds of a clock that never jumps.
  static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  /// Writes what the keys of one read took.
  func record(keys: Int, from start: UInt64, to end: UInt64) {
    let line = Array(String(repeating: "\(end - start)\n", count: keys).utf8)
    _ = line.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
  }
}
