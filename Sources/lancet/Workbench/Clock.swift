// The only place where the workbench's time comes from.

import Glibc
import LancetApp

/// The clocks of this machine.
enum Clock {
  /// Seconds of a clock that never jumps.
  static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Now, as the workbench wants it.
  static var now: Moment {
    var epoch = time(nil)
    var parts = tm()
    guard localtime_r(&epoch, &parts) != nil else { return Moment(seconds: seconds, clock: "") }
    let words = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return Moment(seconds: seconds, clock: words.joined(separator: ":"))
  }
}
