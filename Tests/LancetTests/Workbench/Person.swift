// A person at a terminal: starts the program that was built in a pseudo-terminal, types, and looks at the screen.
import Glibc
import LancetStore
import Testing

@testable import lancet

/// How a program ended.
enum Ending: Equatable {
  case exit(Int32)
  case signal(Int32)
  case stopped
}

/// A program in a terminal of its own.
final class Person {
  private(set) var screen: TerminalScreen
  let process: pid_t
  private var master: Int32
  private var slave: Int32
  /// The modes the terminal had before the program started.
  let before: termios

  /// Where this test may write; also the person's home.
  let home: String

  /// Starts `lancet` with these arguments; with `shell`, `/bin/sh` with these, the program's path and one more.
  init(
    _ arguments: [String], shell: Bool = false, and last: String = "", home: String = newFolder(),
    _ variables: [String: String] = [:], columns: Int = 100, rows: Int = 30
  ) throws {
    let program = try program()
    let command = shell ? ["sh"] + arguments + [program, last] : ["lancet"] + arguments
    self.home = home
    screen = TerminalScreen(columns: columns, rows: rows)
    // What grantpt, unlockpt and ptsname do, which the C library's header hides from importers.
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var number: UInt32 = 0
    var unlock: Int32 = 0
    guard master >= 0, ioctl(master, 0x4004_5431, &unlock) == 0,
      ioctl(master, 0x8004_5430, &number) == 0
    else { throw NoTerminal() }
    let path = "/dev/pts/\(number)"
    slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    _ = fcntl(master, F_SETFL, O_NONBLOCK)
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    var modes = termios()
    tcgetattr(slave, &modes)
    before = modes

    var environment = [
      "PATH": "/usr/bin:/bin", "HOME": home, "TMPDIR": home, "TERM": "xterm-256color",
      "LC_ALL": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no",
    ]
    if let coverage = lancet.environment("LLVM_PROFILE_FILE") {
      environment["LLVM_PROFILE_FILE"] = coverage
    }
    environment.merge(variables) { $1 }

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // The leader of a new session that opens a terminal gets it as its own.
    for descriptor in Int32(0)...2 {
      posix_spawn_file_actions_addopen(&actions, descriptor, path, O_RDWR, 0)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(
      &attributes, 0x80 | Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
    var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) }
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0)=\($1)") }
    defer { for word in words + variables { free(word) } }
    words.append(nil)
    variables.append(nil)
    var process: pid_t = 0
    guard
      posix_spawn(&process, shell ? "/bin/sh" : program, &actions, &attributes, words, variables)
        == 0
    else {
      throw NoTerminal()
    }
    self.process = process
  }

  deinit {
    if ending == nil {
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
    close(master)
    close(slave)
  }

  private struct NoTerminal: Error {}

  /// Types a text.
  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
  }

  /// Looks at what the program wrote until it shows a text, for at most so many seconds.
  func see(
    _ text: String, seconds: Double = 20, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    if !waits({ self.screen.lines.contains { $0.contains(text) } }, seconds: seconds) {
      Issue.record(
        "\(text) is not on the screen:\n\(screen.lines.joined(separator: "\n"))",
        sourceLocation: sourceLocation)
    }
  }

  /// Looks until a text is gone.
  func seeNo(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    if !waits({ !self.screen.lines.contains { $0.contains(text) } }) {
      Issue.record("\(text) is still on the screen", sourceLocation: sourceLocation)
    }
  }

  /// Looks until something holds; false when it does not within twenty seconds.
  func waits(_ condition: () -> Bool, seconds: Double = 20) -> Bool {
    let end = Clock.seconds + seconds
    while true {
      look()
      if condition() { return true }
      if Clock.seconds > end { return false }
      // The program is another process: its screen is looked at again a moment later.
      usleep(5000)
    }
  }

  /// Takes what the program wrote so far.
  func look() {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = bytes.withUnsafeMutableBytes { read(master, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      screen.feed(bytes[..<count])
    }
  }

  /// Lets time go by.
  func pause(_ seconds: Double) { _ = waits({ false }, seconds: seconds) }

  /// Closes the terminal, as a window does.
  func hangUp() {
    close(master)
    close(slave)
    (master, slave) = (-1, -1)
  }

  /// Sets the modes of the terminal.
  func setModes(_ modes: termios) {
    var modes = modes
    tcsetattr(slave, TCSANOW, &modes)
  }

  /// Gives the window another size.
  func resize(columns: Int, rows: Int) {
    look()
    screen.resize(columns: columns, rows: rows)
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  private var ending: Ending?

  /// Waits until the program ends or stops.
  func end(seconds: Double = 20) -> Ending? {
    var found: Ending?
    _ = waits(
      {
        var status: Int32 = 0
        guard waitpid(self.process, &status, WNOHANG | WUNTRACED) == self.process else {
          return false
        }
        let low = status & 0x7F
        found = low == 0x7F ? .stopped : low == 0 ? .exit(status >> 8 & 0xFF) : .signal(low)
        return true
      }, seconds: seconds)
    look()
    if found != .stopped { ending = found }
    return found
  }

  /// The modes of the terminal now.
  var modes: termios {
    var modes = termios()
    tcgetattr(slave, &modes)
    return modes
  }

  /// What is wrong with the terminal as the program left it; empty when it is as it was.
  var damage: [String] {
    look()
    var found: [String] = []
    let now = modes
    if now.c_lflag != before.c_lflag { found.append("local modes \(now.c_lflag)") }
    if now.c_iflag != before.c_iflag { found.append("input modes \(now.c_iflag)") }
    if now.c_oflag != before.c_oflag { found.append("output modes \(now.c_oflag)") }
    let ours = screen.modes.intersection([1049, 1000, 1002, 1004, 1006, 2004])
    if !ours.isEmpty { found.append("still on: \(ours.sorted())") }
    if !screen.modes.contains(25) { found.append("the cursor is hidden") }
    return found
  }
}

/// The program under test: beside the bundle of the tests.
private func program() throws -> String {
  struct NoProgram: Error {}
  var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
  let length = readlink("/proc/self/exe", &buffer, Int(PATH_MAX))
  let own = String(
    decoding: buffer.prefix(max(0, length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  for path in [own] + CommandLine.arguments {
    guard let slash = path.lastIndex(of: "/") else { continue }
    let candidate = path[..<slash] + "/lancet"
    if access(String(candidate), X_OK) == 0 { return String(candidate) }
  }
  throw NoProgram()
}

/// A new folder that only this test writes to.
func newFolder() -> String {
  let path = "/tmp/lancet-test-\(UInt64.random(in: 0 ... .max))"
  mkdir(path, 0o700)
  return path
}

/// A text in a file.
func writeFile(_ text: String, at path: String) {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o700)
  let bytes = Array(text.utf8)
  _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
  close(descriptor)
}

/// The text of a file; nil when there is none.
func contents(of path: String) -> String? {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  var bytes = [UInt8](repeating: 0, count: 1 << 16)
  let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
  return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
}

/// A session with two traces and their proposals in a folder of its own.
func newSession() throws -> (folder: String, path: String) {
  let folder = newFolder()
  let file = try SessionFile.create(at: folder + "/small.lancet")
  defer { file.close() }
  let rows = [
    (
      "Start with 51. Take away 45. Add 43.", "49", "51 - 45 = 14.\\n14 + 43 = 57.\\nAnswer: 57",
      "51 - 45 = 6.\\n6 + 43 = 49.\\nAnswer: 49"
    ),
    (
      "Start with 21 stamps. Add 26.", "47", "21 + 26 = 48.\\nAnswer: 48",
      "21 + 26 = 47.\\nAnswer: 47"
    ),
  ]
  let lines = rows.map { row in
    "{\"question\": \"\(row.0)\", \"ground_truth\": \"\(row.1)\", \"original_answer\": \"\(row.2)\", "
      + "\"gemini_corrected_answer\": \"\(row.3)\"}"
  }
  writeFile(lines.joined(separator: "\n") + "\n", at: folder + "/rows.jsonl")
  _ = try file.importFiles([folder + "/rows.jsonl"])
  return (folder, folder + "/small.lancet")
}
