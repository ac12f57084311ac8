// The clocks, which a test can replace: one for dates, one for durations that never jumps. And dates as text.

import Glibc

/// Where time comes from.
public enum SystemClock {
  /// Two clocks.
  public struct Source: Sendable {
    /// Milliseconds since 1970.
    public var wall: @Sendable () -> Int64
    /// Nanoseconds of a clock that never jumps.
    public var monotonic: @Sendable () -> UInt64

    /// Clocks given one by one.
    public init(
      wall: @escaping @Sendable () -> Int64, monotonic: @escaping @Sendable () -> UInt64
    ) {
      self.wall = wall
      self.monotonic = monotonic
    }

    /// The clocks of this machine.
    public static let machine = Source(
      wall: {
        let time = read(CLOCK_REALTIME)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
      },
      monotonic: {
        let time = read(CLOCK_MONOTONIC)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
      })

    private static func read(_ clock: clockid_t) -> timespec {
      var time = timespec()
      clock_gettime(clock, &time)
      return time
    }
  }

  /// The clocks in use; tests put their own here with `$source.withValue`.
  @TaskLocal public static var source = Source.machine

  /// Milliseconds since 1970.
  public static var milliseconds: Int64 { source.wall() }

  /// Nanoseconds of a clock that never jumps.
  public static var nanoseconds: UInt64 { source.monotonic() }

  /// Seconds of a clock that never jumps.
  public static var seconds: Double { Double(nanoseconds) / 1e9 }
}

/// Times as Lancet stores and shows them.
public enum ClockText {
  /// Milliseconds since 1970.
  public static func now() -> Int64 { SystemClock.milliseconds }

  /// `2026-03-01 09:12:45` in local time.
  public static func local(_ milliseconds: Int64) -> String {
    format(milliseconds, "%Y-%m-%d %H:%M:%S", isLocal: true)
  }

  /// `09:12:45` in local time.
  public static func localTime(_ milliseconds: Int64) -> String {
    format(milliseconds, "%H:%M:%S", isLocal: true)
  }

  /// `20260301T091245Z`, universal time, for file names.
  public static func fileStamp(_ milliseconds: Int64) -> String {
    format(milliseconds, "%Y%m%dT%H%M%SZ", isLocal: false)
  }

  /// Empty for a time so far away that no calendar has it.
  private static func format(_ milliseconds: Int64, _ pattern: String, isLocal: Bool) -> String {
    var seconds = time_t(milliseconds / 1000)
    var parts = tm()
    guard (isLocal ? localtime_r(&seconds, &parts) : gmtime_r(&seconds, &parts)) != nil else {
      return ""
    }
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
      guard let base = buffer.baseAddress else { return "" }
      let count = strftime(base, 64, pattern, &parts)
      return String(decoding: UnsafeRawBufferPointer(start: base, count: count), as: UTF8.self)
    }
  }
}
