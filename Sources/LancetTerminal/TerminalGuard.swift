// Gives the terminal back whatever happens: names for the handlers of CNcurses.
import CNcurses
import Glibc

/// The handlers, and the memory of how the terminal was.
enum TerminalGuard {
  /// Remembers how the terminal is; false when standard input is none.
  static func saveModes() -> Bool { lancet_save_modes() == 0 }

  /// Says what text gives the terminal back.
  static func setRestore(_ text: [UInt8]) {
    text.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      lancet_set_restore(base.assumingMemoryBound(to: CChar.self), bytes.count)
    }
  }

  /// From here on a death gives the terminal back.
  static func arm() { lancet_arm(1) }

  /// Writes the restore text and the saved modes now; once, until armed again.
  static func restore() { lancet_restore_terminal() }

  /// Takes the terminal back from a child whatever it did to it: the foreground, the modes, mouse, cursor and colours.
  static func takeBack() { lancet_take_back() }

  /// Installs handlers for `exit` and every signal that ends, stops or resizes; polite ones arrive as bytes on `wake`.
  static func install(wake: Int32) {
    _ = lancet_alternate_stack()
    lancet_install_handlers(wake)
  }

  /// Stops the process group as Ctrl-Z does elsewhere; returns when it goes on.
  static func stop() { lancet_stop() }

  /// While a child owns the terminal its keys must not end or wake us.
  static func childOwnsTerminal(_ yes: Bool) { lancet_child_owns_terminal(yes ? 1 : 0) }

  /// Gives the terminal back and dies by a signal.
  static func die(by number: Int32) { lancet_die_by(number) }
}
