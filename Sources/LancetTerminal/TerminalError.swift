// Why the terminal cannot be used. Found out before any mode is touched.

/// Why the terminal cannot be used.
public enum TerminalError: Error, Hashable, Sendable {
  /// Standard input or output is not a terminal.
  case notATerminal(standardInput: Bool)
  /// TERM is not set, or `dumb`.
  case noTerminalType(String?)
  /// The terminal database does not know the TERM.
  case unknownTerminalType(String)
  /// ncurses could not start.
  case cannotStart(String)
}
