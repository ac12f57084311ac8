// What a command may do to the world: write to standard output, say something to a person, read an input.

import Glibc
import LancetCanvas
import LancetCore

/// Standard output for data, standard error for people, and inputs by path.
final class CommandIO {
  /// Whether a person sees standard output, and whether one sees standard error.
  let outputIsTerminal = isatty(STDOUT_FILENO) == 1
  let errorIsTerminal = isatty(STDERR_FILENO) == 1
  private var pending: [UInt8] = []
  private var progressShown = false

  /// The width of the terminal on standard output: COLUMNS, else what the terminal says, else 80.
  var columns: Int {
    if let text = environment("COLUMNS"), let columns = Int(text), columns > 0 { return columns }
    var size = winsize()
    if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
      return Int(size.ws_col)
    }
    return 80
  }

  /// Whether standard output takes colour: NO_COLOR, CLICOLOR_FORCE, TERM and being a terminal decide.
  var outputTakesColor: Bool {
    if let no = environment("NO_COLOR"), !no.isEmpty { return false }
    if let force = environment("CLICOLOR_FORCE"), force != "0", !force.isEmpty { return true }
    return outputIsTerminal && environment("TERM") != "dumb"
  }

  /// Writes data to standard output, byte for byte.
  ///
  /// A closed pipe ends the process quietly, any other failure with exit status 74.
  func write(_ text: String) {
    pending.append(contentsOf: text.utf8)
    if pending.count >= 1 << 16 || outputIsTerminal { flush() }
  }

  /// Writes one JSON object and a line feed to standard output.
  func write(_ json: JSON) {
    write(json.serialized() + "\n")
  }

  /// Makes what was written visible to whoever reads standard output now.
  func flush() {
    var from = 0
    while from < pending.count {
      let wrote = pending[from...].withUnsafeBytes {
        Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count)
      }
      if wrote < 0 {
        if errno == EINTR { continue }
        if errno == EPIPE { exit(ExitCode.done.rawValue) }
        let reason = String(cString: strerror(errno))
        note("lancet: error: cannot write (standard output): \(reason)")
        exit(ExitCode.inputOutput.rawValue)
      }
      from += wrote
    }
    pending.removeAll(keepingCapacity: true)
  }

  /// Says something to a person on standard error, one line.
  ///
  /// Text from outside is made harmless first.
  func note(_ text: String) {
    clearProgress()
    let line = visible(text) + "\n"
    _ = Array(line.utf8).withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }

  /// Prints the one sentence of an error.
  func error(_ error: any LancetError) {
    flush()
    note("lancet: error: " + error.sentence)
  }

  /// Shows how far a long task is: on a terminal a bar that replaces itself, elsewhere nothing.
  func progress(_ label: String, done: Int, of total: Int?) {
    guard errorIsTerminal else { return }
    progressShown = true
    var line = "\r\u{1B}[K" + visible(label)
    if let total, total > 0 {
      let share = min(1, Double(done) / Double(total))
      let filled = Int(share * 30)
      line += " " + String(repeating: "━", count: filled)
      line += String(repeating: "─", count: 30 - filled) + " \(Int(share * 100)) %"
    } else {
      line += " \(done)"
    }
    _ = Array(line.utf8).withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }

  private func clearProgress() {
    guard progressShown else { return }
    progressShown = false
    let clear = Array("\r\u{1B}[K".utf8)
    _ = clear.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }

  /// Ends the output.
  func finish() {
    clearProgress()
    flush()
  }
}

/// The value of an environment variable; nil when unset.
func environment(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }
}

/// A text with every control, bidi and invisible character shown as a mark: the only form in which text from outside
/// reaches a terminal.
func visible(_ text: String) -> String {
  var shown = String.UnicodeScalarView()
  for cell in VisibleText(text).cells { shown.append(contentsOf: cell.glyph.scalars) }
  return String(shown)
}
