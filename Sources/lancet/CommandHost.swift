// The process that a command runs in, as values: standard streams, environment, terminal, clock, the request to stop. A
// command knows nothing else of it, so a test can give every one of them.

import Glibc
import LancetCore
import LancetStore

/// What a command may ask of the process it runs in, and where its bytes go.
struct CommandHost {
  /// Appends bytes to standard output, all of them or with the reason why not.
  var output: (UnsafeRawBufferPointer) throws(OutputFailure) -> Void
  /// Appends bytes to standard error; what cannot be said there is said nowhere.
  var error: (UnsafeRawBufferPointer) -> Void
  /// Reads on from standard input into a buffer and gives the number of bytes, 0 at the end; nil when a signal came
  /// before any byte.
  var input: (UnsafeMutableRawBufferPointer) throws(InputError) -> Int?
  /// Whether a person sits at standard input, at standard output, at standard error.
  var inputIsTerminal: Bool
  var outputIsTerminal: Bool
  var errorIsTerminal: Bool
  /// The columns of the terminal at standard output; nil when there is none or it does not say.
  var terminalColumns: () -> Int?
  /// The value of an environment variable; nil when unset.
  var variable: (String) -> String?
  /// Seconds of a clock that never jumps.
  var seconds: () -> Double
  /// From here on a signal to stop is a request, which long work looks at.
  var watchInterruption: () -> Void
  /// Whether somebody asked it to stop.
  var isInterrupted: () -> Bool

  /// The process itself.
  static var process: CommandHost {
    CommandHost(
      output: { bytes throws(OutputFailure) in
        try writeAll(bytes, to: STDOUT_FILENO)
      },
      error: { try? writeAll($0, to: STDERR_FILENO) },
      input: { buffer throws(InputError) in try readSome(STDIN_FILENO, into: buffer, name: "-") },
      inputIsTerminal: isatty(STDIN_FILENO) == 1,
      outputIsTerminal: isatty(STDOUT_FILENO) == 1,
      errorIsTerminal: isatty(STDERR_FILENO) == 1,
      terminalColumns: {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
          return nil
        }
        return Int(size.ws_col)
      },
      variable: environment,
      seconds: { Clock.seconds },
      watchInterruption: Interruption.watch,
      isInterrupted: { Interruption.isWished })
  }
}

/// The value of an environment variable of this process; nil when unset.
func environment(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }
}

/// Writes all bytes to a descriptor.
func writeAll(
  _ bytes: UnsafeRawBufferPointer, to descriptor: Int32
) throws(OutputFailure) {
  var rest = bytes[...]
  while !rest.isEmpty {
    let wrote = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
    if wrote < 0 {
      if errno == EINTR { continue }
      if errno == EPIPE { throw .closed }
      throw .failed(reason: String(cString: strerror(errno)))
    }
    rest = rest.dropFirst(wrote)
  }
}

/// Reads once from a descriptor: the number of bytes, 0 at the end, nil when a signal came first.
func readSome(
  _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer, name: String
) throws(InputError) -> Int? {
  let count = read(descriptor, buffer.baseAddress, buffer.count)
  if count >= 0 { return count }
  if errno == EINTR { return nil }
  throw .unreadable(name, reason: String(cString: strerror(errno)))
}
