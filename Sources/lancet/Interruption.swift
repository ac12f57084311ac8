// Ctrl-C in a command that works for long: the command stops between two transactions and says how to go on.

import Glibc
import Synchronization

private let interrupted = Atomic<Bool>(false)

/// The wish to stop, as a flag that long work looks at.
enum Interruption {
  /// Turns SIGINT, SIGTERM and SIGHUP into the flag. A second one ends the process at once.
  static func watch() {
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number) { number in
        interrupted.store(true, ordering: .relaxed)
        signal(number, SIG_DFL)
      }
    }
  }

  /// Whether one of them came.
  static var isWished: Bool { interrupted.load(ordering: .relaxed) }
}
