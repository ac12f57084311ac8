// The terminal while it is ours: modes on and off, canvases to cells, bytes to events, signals to facts.
// One thread at a time, the main one. All deaths give the terminal back (see TerminalGuard).
import CNcurses
import Glibc
import LancetCanvas

/// What the event loop woke up for, besides keys.
public enum TerminalSignal: Hashable, Sendable {
  /// The window has another size.
  case resized
  /// We go on after having been stopped; modes are set again and everything is to be drawn.
  case resumed
  /// Somebody asked us to stop (SIGTSTP from outside).
  case stopAsked
  /// Somebody asked us to end by this signal.
  case end(Int32)
}

/// The terminal, entered.
public final class Terminal {
  /// How many colours are used.
  public private(set) var depth: ColourDepth
  /// Which characters the locale's codeset allows.
  public let repertoire: Repertoire
  /// Whether clicks and the wheel come to us.
  public private(set) var capturesMouse: Bool
  /// Signals arrive here as bytes; for `poll`.
  public let wakeDescriptor: Int32

  private let wakeWriter: Int32
  private var painter: Painter
  private var decoder: KeyDecoder
  private var isEntered = false

  /// Enters the terminal: checks everything first, then sets modes, handlers and colours.
  ///
  /// `color` is the `--color` flag, `mouse` false leaves the mouse to the terminal.
  public init(color: String? = nil, mouse: Bool = true) throws(TerminalError) {
    guard isatty(STDIN_FILENO) == 1 else { throw .notATerminal(standardInput: true) }
    guard isatty(STDOUT_FILENO) == 1 else { throw .notATerminal(standardInput: false) }
    let type = Terminal.variable("TERM")
    guard let type, !type.isEmpty, type != "dumb" else { throw .noTerminalType(type) }
    setlocale(LC_CTYPE, "")
    repertoire = lancet_is_utf8() != 0 ? .unicode : .ascii
    guard Terminal.knows(type) else { throw .unknownTerminalType(type) }
    var pipe: [Int32] = [-1, -1]
    guard lancet_pipe(&pipe) == 0, TerminalGuard.saveModes()
    else { throw .cannotStart(String(cString: strerror(errno))) }
    (wakeDescriptor, wakeWriter) = (pipe[0], pipe[1])
    capturesMouse = mouse
    let asked = ColourDepth.choose(
      flag: color, environment: Terminal.variable, isTerminal: true,
      terminalColours: Int(tigetnum("colors")))
    TerminalGuard.setRestore(Terminal.restoreText())
    TerminalGuard.install(wake: wakeWriter)
    TerminalGuard.arm()
    let direct = asked == .truecolor ? Terminal.directType(of: type) : nil
    guard lancet_start(direct ?? type) == 0 else {
      TerminalGuard.restore()
      throw .cannotStart("ncurses refused \(direct ?? type)")
    }
    TerminalGuard.install(wake: wakeWriter)  // ncurses put its own in their place
    depth = asked == .truecolor && direct == nil ? .palette : asked
    if depth != .mono {
      if start_color() != OK || has_colors() == false {
        depth = .mono
      } else {
        use_default_colors()
        if depth > .sixteen && lancet_colors() < 256 { depth = .sixteen }
        if lancet_colors() < 8 { depth = .mono }
      }
    }
    raw()
    noecho()
    nonl()
    lancet_keypad()
    typeahead(-1)
    painter = Painter(depth: depth, repertoire: repertoire)
    decoder = KeyDecoder(keys: Terminal.keysOfDatabase())
    isEntered = true
    setOwnModes()
  }

  deinit { leave() }

  /// The size of the window now; 0×0 when it has none.
  public var size: Size {
    var rows: Int32 = 0
    var columns: Int32 = 0
    guard lancet_window(STDOUT_FILENO, &rows, &columns) == 0 else {
      return Size(columns: 0, rows: 0)
    }
    return Size(columns: Int(columns), rows: Int(rows))
  }

  /// Tells ncurses the size of the window; everything is drawn anew after it.
  public func resized() {
    let size = self.size
    if size.rows > 0 && size.columns > 0 { resizeterm(Int32(size.rows), Int32(size.columns)) }
  }

  /// Shows a canvas: writes the cells that differ from `previous`, all of them without one.
  public func flush(_ canvas: Canvas, previous: Canvas?, theme: Theme) {
    guard isEntered else { return }
    painter.paint(canvas, previous: previous, theme: depth == .mono ? .mono : theme)
  }

  /// Believes nothing about the screen any more: the next canvas is sent whole.
  public func redraw() { painter.forget() }

  /// Reads what the terminal sent, without waiting; nil when it is gone (end of file or an error).
  ///
  /// `seconds` is the time of a clock that never jumps.
  public func read(at seconds: Double) -> [InputEvent]? {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = buffer.withUnsafeMutableBytes { Glibc.read(STDIN_FILENO, $0.baseAddress, $0.count) }
    if count > 0 { return decoder.feed(buffer[..<count], at: seconds) }
    if count < 0 && (errno == EINTR || errno == EAGAIN) { return [] }
    return nil
  }

  /// How long to wait, from the last read, for more of what has begun (an escape sequence, a paste); nil when nothing has.
  ///
  /// After that ``endOfInput()`` is due.
  public var patience: Double? { decoder.patience }

  /// Nothing more came: an escape byte was the key, a paste without an end mark is over.
  public func endOfInput() -> [InputEvent] { decoder.flush() }

  /// The signals that came since the last call.
  public func signals() -> [TerminalSignal] {
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = bytes.withUnsafeMutableBytes {
      Glibc.read(wakeDescriptor, $0.baseAddress, $0.count)
    }
    guard count > 0 else { return [] }
    var found: [TerminalSignal] = []
    for byte in bytes[..<count] {
      let signal: TerminalSignal =
        switch Int32(byte) {
        case SIGWINCH: .resized
        case SIGCONT: .resumed
        case SIGTSTP: .stopAsked
        default: .end(Int32(byte))
        }
      if !found.contains(signal) { found.append(signal) }
    }
    return found
  }

  /// Gives the terminal back.
  public func leave() {
    guard isEntered else { return }
    isEntered = false
    endwin()
    TerminalGuard.restore()
  }

  /// Takes the terminal again after `leave` or a stop; everything is to be drawn anew.
  ///
  /// Whoever had it meanwhile may have chosen other modes for it: a shell's are kept for the end, a child's are not.
  private func enterAgain(keepingModes: Bool) {
    if keepingModes { _ = TerminalGuard.saveModes() }
    TerminalGuard.arm()
    isEntered = true
    raw()
    noecho()
    nonl()
    lancet_clear_all()
    lancet_refresh()
    resized()
    setOwnModes()
    painter.forget()
  }

  /// Stops as any program does on Ctrl-Z, and takes the terminal again when it goes on.
  public func suspend() {
    leave()
    TerminalGuard.stop()
    _ = signals()
    enterAgain(keepingModes: true)
  }

  /// Modes may be lost (we were stopped by force): sets them again without believing any.
  public func resume() {
    isEntered = false
    endwin()
    enterAgain(keepingModes: true)
  }

  /// Turns the mouse on or off.
  public func captureMouse(_ on: Bool) {
    capturesMouse = on
    Terminal.write(Array((on ? Terminal.mouseOn : Terminal.mouseOff).utf8))
  }

  /// Puts a text on the clipboard through the terminal (OSC 52); at most 64 kB, what many terminals take.
  ///
  /// Returns false when it was too long.
  public func copy(_ text: String) -> Bool {
    guard text.utf8.count <= 64 << 10 else { return false }
    Terminal.write(Array("\u{1B}]52;c;".utf8) + base64(Array(text.utf8)) + [0x07])
    return true
  }

  /// Gives the terminal back and ends the process by a signal, as its parent expects.
  public func die(by number: Int32) {
    leave()
    TerminalGuard.die(by: number)
  }

  /// Runs something that owns the terminal, such as an editor, and mends what it did to it.
  public func lend<Result>(_ body: () -> Result) -> Result {
    leave()
    TerminalGuard.childOwnsTerminal(true)
    defer {
      TerminalGuard.childOwnsTerminal(false)
      TerminalGuard.takeBack()
      enterAgain(keepingModes: false)
    }
    return body()
  }
}
