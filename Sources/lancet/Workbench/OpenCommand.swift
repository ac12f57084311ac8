// `lancet open`, and `lancet` alone: the workbench over a session, from start to end.

import Glibc
import LancetApp
import LancetCLI
import LancetCanvas
import LancetCore
import LancetStore
import LancetTerminal

func runOpen(_ options: OpenOptions, _ io: CommandIO) throws -> ExitCode {
  // Before anything is made or opened: without a terminal there is nothing to do here.
  guard io.host.inputIsTerminal else { throw TerminalError.notATerminal(standardInput: true) }
  guard io.host.outputIsTerminal else { throw TerminalError.notATerminal(standardInput: false) }
  let path = try options.session.map { io.session($0) } ?? DemoSession.prepare(io)
  guard let mailbox = Mailbox() else {
    throw TerminalError.cannotStart("no file descriptor is left")
  }
  let store = StoreWorker { mailbox.post($0) }
  let session = try store.open(path)
  let config = ConfigFolder()
  let terminal: Terminal
  do {
    terminal = try Terminal(
      color: options.color == .auto ? nil : options.color.rawValue, mouse: !options.noMouse)
  } catch {
    store.stop()
    throw error
  }
  var state = startingState(session, terminal, config, options)
  let runs = TrainWorker(session: session.path, runs: path.runs) { mailbox.post($0) }
  let runner = EffectRunner(store: store, runs: runs, config: config) { mailbox.post($0) }
  var loop = EventLoop(terminal: terminal, mailbox: mailbox, addressees: runner)
  let end = loop.run(&state, starting: [.store(.loadQueue)])
  return finish(end, state, terminal, io)
}

/// The workbench before the first key.
private func startingState(
  _ session: SessionInfo, _ terminal: Terminal, _ config: ConfigFolder, _ options: OpenOptions
) -> State {
  let (themes, themeWarnings) = config.themes()
  let (bindings, keyWarnings) = config.bindings()
  // Without colours the roles are told apart by weight, so the theme made for that is used, and not remembered.
  let chosen = options.theme ?? (terminal.depth == .mono ? Theme.mono.id : config.theme)
  var state = State(
    size: terminal.size, now: Clock.now, session: session, themes: Themes(themes, using: chosen),
    bindings: bindings)
  state.mouse = terminal.capturesMouse
  var warnings = keyWarnings + themeWarnings
  if let theme = options.theme, !themes.contains(where: { $0.id == theme }) {
    warnings.append("no theme is called \(theme)")
  }
  if !warnings.isEmpty {
    let shown = warnings.prefix(12)
    let more = warnings.count > shown.count ? ["… and \(warnings.count - shown.count) more"] : []
    state.overlay = .choices(
      Choices(
        "Your settings: \(warnings.count) line\(warnings.count == 1 ? " was" : "s were") not taken",
        lines: shown + more, items: [Choice("continue") { _ in [] }]))
  }
  return state
}

/// Says what a person should know after the screen is gone, and ends as the loop ended.
private func finish(
  _ end: LoopEnd, _ state: State, _ terminal: Terminal, _ io: CommandIO
) -> ExitCode {
  let lost = state.saving.waiting.reduce(0) { $0 + $1.events.count }
  if lost > 0 {
    io.note(
      "lancet: error: \(lost) decisions were not saved (\(state.session.path)): "
        + (state.saving.failure ?? "the session did not answer"))
  }
  switch end {
  case .quit, .hangup: return lost > 0 ? .inputOutput : .done
  case .signal(let number):
    try? io.finish()
    terminal.die(by: number)
    return .interrupted
  }
}
