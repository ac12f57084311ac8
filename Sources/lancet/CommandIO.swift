// How a command speaks and reads: data to standard output, sentences for people to standard error, inputs by path.
//
// Once standard output has refused a byte, nothing more is written or said: `write` throws the reason, `finish` throws
// it again for what was written where nothing can be thrown, and `runLancet` alone decides how the command ends.

import LancetCanvas
import LancetCore
import LancetStore

/// The streams of one command.
final class CommandIO {
  /// The process the command runs in.
  let host: CommandHost
  /// Why standard output takes no more; nil while it does.
  private(set) var outputFailure: OutputFailure?
  private var pending: [UInt8] = []
  private var progress = ProgressPace()

  /// A wider COLUMNS is no terminal's and is not believed: rows of that width would be filled with spaces.
  private static let mostColumns = 10_000
  /// Bytes that are gathered before they are written, where nobody watches.
  private static let gathered = 1 << 16

  /// The streams of a process.
  init(_ host: CommandHost) { self.host = host }

  /// The width for a person: COLUMNS, else what the terminal says, else 80.
  var columns: Int {
    if let text = host.variable("COLUMNS"), let columns = Int(text),
      (1...Self.mostColumns).contains(columns)
    {
      return columns
    }
    return min(host.terminalColumns() ?? 80, Self.mostColumns)
  }

  /// Whether standard output takes colour: NO_COLOR, CLICOLOR_FORCE, TERM and being a terminal decide.
  var outputTakesColor: Bool {
    if let no = host.variable("NO_COLOR"), !no.isEmpty { return false }
    if let force = host.variable("CLICOLOR_FORCE"), force != "0", !force.isEmpty { return true }
    return host.outputIsTerminal && host.variable("TERM") != "dumb"
  }

  /// Where sessions are looked for by name.
  var sessionFolders: SessionFolders { SessionFolders(variable: host.variable) }

  /// The session of a name as a person writes it.
  func session(_ name: String) -> SessionPath { SessionPath(name, in: sessionFolders) }

  // MARK: Standard output

  /// Writes data to standard output, byte for byte.
  func write(_ text: String) throws(OutputFailure) {
    pending.append(contentsOf: text.utf8)
    if pending.count >= Self.gathered || host.outputIsTerminal { try flush() }
  }

  /// Writes one JSON object and a line feed to standard output; for a person without what drives a terminal.
  func write(_ json: JSON) throws(OutputFailure) {
    let text = json.serialized()
    try write((host.outputIsTerminal ? terminalJSON(text) : text) + "\n")
  }

  /// Makes what was written visible to whoever reads standard output now.
  func flush() throws(OutputFailure) {
    if let outputFailure { throw outputFailure }
    guard !pending.isEmpty else { return }
    let bytes = pending
    pending.removeAll(keepingCapacity: true)
    do throws(OutputFailure) {
      try bytes.withUnsafeBufferPointer { bytes throws(OutputFailure) in
        try host.output(UnsafeRawBufferPointer(bytes))
      }
    } catch {
      outputFailure = error
      throw error
    }
  }

  /// Ends the output.
  func finish() throws(OutputFailure) {
    clearProgress()
    try flush()
  }

  // MARK: Standard error

  /// Says something to a person on standard error, one line.
  ///
  /// Text from outside is made harmless first. What was written before is written out before, so that nobody is told
  /// of data that never left; when that fails, nothing is said.
  func note(_ text: String) {
    do {
      try flush()
      say(text)
    } catch {}  // kept in outputFailure
  }

  /// Prints the one sentence of an error, whatever became of the output.
  func error(_ error: any LancetError) {
    try? flush()
    say("lancet: error: " + error.sentence)
  }

  /// Shows how far a long task is, once it has taken half a second: on a terminal a bar that replaces itself, elsewhere
  /// a line now and then.
  func progress(_ label: String, done: Int, of total: Int?) {
    guard progress.isDue(at: host.seconds(), onTerminal: host.errorIsTerminal) else { return }
    guard host.errorIsTerminal else {
      return note("\(label): \(done)" + (total.map { " of \($0)" } ?? ""))
    }
    progress.barStands = true
    var line = "\r\u{1B}[K" + visible(label)
    if let total, total > 0 {
      let share = min(1, Double(done) / Double(total))
      let filled = Int(share * 30)
      line += " " + String(repeating: "━", count: filled)
      line += String(repeating: "─", count: 30 - filled) + " \(Int(share * 100)) %"
    } else {
      line += " \(done)"
    }
    sayRaw(line)
  }

  private func say(_ text: String) {
    clearProgress()
    sayRaw(visible(text) + "\n")
  }

  private func sayRaw(_ text: String) {
    Array(text.utf8).withUnsafeBytes { host.error($0) }
  }

  private func clearProgress() {
    guard progress.barStands else { return }
    progress.barStands = false
    sayRaw("\r\u{1B}[K")
  }
}

/// When progress is shown: not before half a second has gone by, then as often as an eye or a log can use.
private struct ProgressPace {
  /// Whether a bar stands on the terminal's last line.
  var barStands = false
  private var started: Double?
  private var shown: Double?

  /// Seconds a task may take in silence, and between two bars, and between two lines.
  private static let silence = 0.5
  private static let betweenBars = 0.05
  private static let betweenLines = 10.0

  /// Whether to show it now.
  mutating func isDue(at now: Double, onTerminal: Bool) -> Bool {
    let start = started ?? now
    started = start
    guard now - start >= Self.silence else { return false }
    if let shown, now - shown < (onTerminal ? Self.betweenBars : Self.betweenLines) { return false }
    shown = now
    return true
  }
}

/// A text with every control, bidi and invisible character shown as a mark: the only form in which text from outside
/// reaches a terminal.
func visible(_ text: String) -> String { VisibleText(text).text }
