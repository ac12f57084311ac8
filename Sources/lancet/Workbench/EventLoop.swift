// The loop of the workbench: wait for keys, signals or answers; update the state; run its effects; draw.
// Nothing happens while nothing happens: `poll` blocks, and a frame equal to the last one is not sent.
import Glibc
import LancetApp
import LancetCanvas
import LancetTerminal

/// Why the loop ended.
enum LoopEnd: Hashable {
  /// The person asked for it.
  case quit
  /// A signal asked for it; the caller ends by that signal.
  case signal(Int32)
  /// The terminal is gone.
  case hangup
}

/// The loop; it lives on the main thread.
struct EventLoop {
  /// The least time between two frames while resizes and answers keep coming, in seconds.
  static let frameTime = 1.0 / 30
  private let terminal: Terminal
  private let mailbox: Mailbox
  private let addressees: any Addressees
  private let editor: Editor
  private var latency: LatencyTrace?
  private var shown: Canvas?
  private var shownTheme: Theme?
  private var isDirty = true
  private var lastFrame = 0.0
  private var lastRead = 0.0
  /// Whether the state has work left that it wants to go on with.
  private var goesOn = false
  private var end: LoopEnd?
  private var edited: [EditedText] = []

  /// A loop over a terminal; what it does not do itself goes to these.
  init(terminal: Terminal, mailbox: Mailbox, addressees: any Addressees) {
    self.terminal = terminal
    self.mailbox = mailbox
    self.addressees = addressees
    editor = Editor(environment: environment)
    latency = LatencyTrace(path: environment("LANCET_TRACE_LATENCY"))
  }

  /// Runs until the person quits, a signal ends it or the terminal is gone.
  ///
  /// The terminal is given back after that.
  mutating func run(_ state: inout State, starting effects: [Effect] = []) -> LoopEnd {
    handle(.input(.resize(terminal.size)), &state)
    for effect in effects { perform(effect, &state) }
    draw(state)
    while end == nil {
      wait(&state)
      guard end == nil else { break }
      if isDirty { draw(state) }
    }
    addressees.finish()
    for event in mailbox.take() { handle(event, &state) }
    for text in edited { text.discard() }
    terminal.leave()
    return end ?? .quit
  }

  /// Waits for something to happen and takes it into the state.
  private mutating func wait(_ state: inout State) {
    var descriptors = [STDIN_FILENO, terminal.wakeDescriptor, mailbox.descriptor].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    let count = poll(&descriptors, nfds_t(descriptors.count), timeout)
    if count < 0 && errno != EINTR {
      end = .hangup
      return
    }
    let failed = Int16(POLLERR) | Int16(POLLNVAL) | Int16(POLLHUP)
    if descriptors[1].revents != 0 { takeSignals(&state) }
    if descriptors[2].revents & Int16(POLLIN) != 0 {
      for event in mailbox.take() { handle(event, &state) }
    }
    if descriptors[0].revents & Int16(POLLIN) != 0 {
      takeInput(&state)
    } else if descriptors[0].revents & failed != 0 {
      end = end ?? .hangup
    } else if let patience = terminal.patience, Clock.seconds - lastRead >= patience {
      take(terminal.endOfInput(), &state)
    }
    if goesOn {
      goesOn = false
      handle(.tick(Clock.now), &state)
    }
  }

  /// Milliseconds to wait: for the rest of a sequence or the next frame; forever when nothing is due.
  private var timeout: Int32 {
    if goesOn { return 0 }
    var due = Double.infinity
    let now = Clock.seconds
    if let patience = terminal.patience { due = min(due, max(0, lastRead + patience - now)) }
    if isDirty { due = min(due, max(0, lastFrame + EventLoop.frameTime - now)) }
    return due.isFinite ? Int32((due * 1000).rounded(.up)) : -1
  }

  private mutating func takeInput(_ state: inout State) {
    let start = LatencyTrace.now()
    lastRead = Clock.seconds
    guard let events = terminal.read(at: lastRead) else {
      end = end ?? .hangup
      return
    }
    take(events, &state)
    guard !events.isEmpty, end == nil else { return }
    draw(state)
    latency?.record(keys: events.count, from: start, to: LatencyTrace.now())
  }

  private mutating func take(_ events: [InputEvent], _ state: inout State) {
    guard !events.isEmpty else { return }
    handle(.tick(Clock.now), &state)
    for event in events where end == nil { handle(.input(event), &state) }
  }

  private mutating func takeSignals(_ state: inout State) {
    for signal in terminal.signals() {
      switch signal {
      case .resized: resize(&state)
      case .resumed:
        terminal.resume()
        shown = nil
        resize(&state)
      case .stopAsked: suspend(&state)
      case .end(let number): end = end ?? .signal(number)
      }
    }
  }

  private mutating func resize(_ state: inout State) {
    terminal.resized()
    handle(.input(.resize(terminal.size)), &state)
  }

  private mutating func suspend(_ state: inout State) {
    terminal.suspend()
    shown = nil
    handle(.tick(Clock.now), &state)
    resize(&state)
  }

  private mutating func handle(_ event: Event, _ state: inout State) {
    if case .committed = event {
      for text in edited { text.discard() }
      edited = []
    }
    isDirty = true
    for effect in update(&state, event) { perform(effect, &state) }
  }

  private mutating func perform(_ effect: Effect, _ state: inout State) {
    switch effect {
    case .terminal(let effect): perform(effect, &state)
    case .store(let effect): addressees.store(effect)
    case .runs(let effect): addressees.runs(effect)
    case .settings(let effect): addressees.settings(effect)
    }
  }

  private mutating func perform(_ effect: TerminalEffect, _ state: inout State) {
    switch effect {
    case .quit: end = end ?? .quit
    case .suspend: suspend(&state)
    case .redraw:
      terminal.redraw()
      shown = nil
    case .goOn: goesOn = true
    case .captureMouse(let on): terminal.captureMouse(on)
    case .copy(let text):
      if !terminal.copy(text) {
        handle(.failed("too long for the clipboard of a terminal (over 64 kB)"), &state)
      }
    case .openEditor(let request): edit(request, &state)
    }
  }

  private mutating func edit(_ request: EditorRequest, _ state: inout State) {
    let result = terminal.lend { editor.edit(request.text) }
    shown = nil
    resize(&state)
    switch result {
    case .success(let text):
      edited.append(text)
      handle(
        text.isCancelled
          ? .editFailed(request, "the editor left nothing: nothing was changed")
          : .edited(request, text: text.text), &state)
    case .failure(let error): handle(.editFailed(request, error.sentence), &state)
    }
  }

  /// Draws the state, unless the frame is the one shown or the window has no size.
  private mutating func draw(_ state: State) {
    let size = terminal.size
    guard size.columns > 0, size.rows > 0 else {
      isDirty = false
      return
    }
    var canvas = Canvas(size: size, repertoire: terminal.repertoire)
    render(state, on: &canvas)
    isDirty = false
    lastFrame = Clock.seconds
    if canvas == shown && state.theme == shownTheme { return }
    terminal.flush(canvas, previous: shown, theme: state.theme)
    shown = canvas
    shownTheme = state.theme
  }
}
