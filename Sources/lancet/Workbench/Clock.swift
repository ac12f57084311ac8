// The only place where the workbench's time comes from.

import LancetApp
import LancetSystem

/// The clocks of this machine.
enum Clock {
  /// Seconds of a clock that never jumps.
  static var seconds: Double { SystemClock.seconds }

  /// Now, as the workbench wants it.
  static var now: Moment {
    Moment(seconds: seconds, clock: ClockText.localTime(SystemClock.milliseconds))
  }
}
