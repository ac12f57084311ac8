// Ctrl-C in a command that works for long: the command stops between two transactions and says how to continue.

import Glibc
import Synchronization

private let interrupted = Atomic<Bool>(false)

/// The request to stop, as a flag that long work looks at.
enum Interruption {
  /// Turns SIGINT, SIGTERM and SIGHUP into the flag.
  ///
  /// A second one ends the process at once.
  static func watch() {
    for number in [SIGINT, SIGTERM, SIGHUP] {
      var action = sigaction()
      sigemptyset(&action.sa_mask)
      // Without SA_RESTART, so that a read that waits for input ends.
      action.sa_flags = 0
      action.__sigaction_handler.sa_handler = { number in
        interrupted.store(true, ordering: .relaxed)
        signal(number, SIG_DFL)
      }
      sigaction(number, &action, nil)
    }
  }

  /// Whether one of them came.
  static var isWished: Bool { interrupted.load(ordering: .relaxed) }
}
