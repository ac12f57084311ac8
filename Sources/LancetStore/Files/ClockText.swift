// The clock: milliseconds since 1970 now, and as text for people and file names.

import Glibc

/// Times as Lancet stores and shows them.
public enum ClockText {
  /// Milliseconds since 1970.
  public static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  /// `2026-03-01 09:12:45` in local time.
  public static func local(_ milliseconds: Int64) -> String {
    var seconds = time_t(milliseconds / 1000)
    var parts = tm()
    localtime_r(&seconds, &parts)
    return format(parts, "%Y-%m-%d %H:%M:%S")
  }

  /// `20260301T091245Z`, universal time, for file names.
  static func fileStamp(_ milliseconds: Int64) -> String {
    var seconds = time_t(milliseconds / 1000)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    return format(parts, "%Y%m%dT%H%M%SZ")
  }

  private static func format(_ parts: tm, _ pattern: String) -> String {
    var parts = parts
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
      guard let base = buffer.baseAddress else { return "" }
      let count = strftime(base, 64, pattern, &parts)
      return String(decoding: UnsafeRawBufferPointer(start: base, count: count), as: UTF8.self)
    }
  }
}
