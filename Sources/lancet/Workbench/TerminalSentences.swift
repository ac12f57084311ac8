// What is said when the workbench cannot have the terminal.
import LancetCore
import LancetTerminal

extension TerminalError: LancetError {
  /// What is missing.
  public var what: String {
    switch self {
    case .notATerminal: "the workbench needs a terminal"
    case .noTerminalType(nil), .noTerminalType(""): "the type of the terminal is not set"
    case .noTerminalType: "this terminal cannot place characters"
    case .unknownTerminalType: "the type of the terminal is not known"
    case .cannotStart: "the terminal cannot be used"
    }
  }

  /// Where it was looked for.
  public var place: String {
    switch self {
    case .notATerminal(let input): input ? "standard input" : "standard output"
    case .noTerminalType(let type): "TERM=\(type ?? "")"
    case .unknownTerminalType(let type): "TERM=\(type)"
    case .cannotStart(let reason): reason
    }
  }

  /// What the person can do.
  public var advice: String {
    switch self {
    case .notATerminal: "start it in a terminal, or use `lancet show` and `lancet decide` in pipes"
    case .noTerminalType, .unknownTerminalType:
      "set TERM to what the terminal is, such as xterm-256color"
    case .cannotStart: "try another terminal, or set TERM=xterm-256color"
    }
  }

  /// It is the way lancet was started that is wrong.
  public var exitCode: ExitCode { .usage }
}
