// Starting another program: one that takes over the terminal and is waited for, or one that lives a life of its own. No
// descriptor of ours goes along but those named, and its signals are the usual ones whatever this thread blocks.

import Glibc

/// How a child ended.
public enum ChildEnd: Hashable, Sendable {
  /// It gave this status.
  case exited(Int32)
  /// This signal killed it.
  case killed(Int32)
}

/// A program that could not be started.
public struct StartFailure: Error, Hashable, Sendable {
  /// The operating system's error number.
  public var number: Int32

  /// The sentence libc has for it.
  public var reason: String { String(cString: strerror(number)) }
}

/// A process that was started here.
public struct ChildProcess: Hashable, Sendable {
  /// Where one of the child's standard streams leads.
  public enum Stream: Hashable, Sendable {
    /// Where ours leads.
    case ours
    /// To nothing: empty to read, thrown away when written.
    case nothing
    /// To this open descriptor.
    case descriptor(Int32)
  }

  /// Its number.
  public let number: pid_t

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - program: its path, or a name looked for in PATH.
  ///   - words: its arguments, the name it is called by first.
  ///   - environment: lines `NAME=VALUE`; ours when nil.
  ///   - apart: in a session of its own, without the terminal: it outlives us and is not interrupted with us.
  public static func start(
    _ program: String, _ words: [String], environment: [String]? = nil, apart: Bool = false,
    input: Stream = .ours, output: Stream = .ours, errors: Stream = .ours
  ) throws(StartFailure) -> ChildProcess {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (stream, number) in [
      (input, STDIN_FILENO), (output, STDOUT_FILENO), (errors, STDERR_FILENO),
    ] {
      switch stream {
      case .ours: break
      case .nothing:
        let mode = number == STDIN_FILENO ? O_RDONLY : O_WRONLY
        posix_spawn_file_actions_addopen(&actions, number, "/dev/null", mode, 0)
      case .descriptor(let descriptor):
        posix_spawn_file_actions_adddup2(&actions, descriptor, number)
      }
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
    let flags = Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF)
    posix_spawnattr_setflags(&attributes, Int16(apart ? flags | newSession : flags))
    keepDescriptorsHere()

    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var lines: [UnsafeMutablePointer<CChar>?] = (environment ?? []).map { strdup($0) } + [nil]
    defer { (arguments + lines).forEach { free($0) } }
    var number: pid_t = 0
    let problem =
      environment == nil
      ? posix_spawnp(&number, program, &actions, &attributes, &arguments, environ)
      : posix_spawnp(&number, program, &actions, &attributes, &arguments, &lines)
    guard problem == 0 else { throw StartFailure(number: problem) }
    return ChildProcess(number: number)
  }

  /// Whether it has ended; a process is only asked about by the thread that started it.
  public func hasEnded() -> Bool {
    var status: Int32 = 0
    let result = waitpid(number, &status, WNOHANG)
    return result == number || (result < 0 && errno == ECHILD)
  }

  /// Waits for its end.
  public func wait() throws(StartFailure) -> ChildEnd {
    var status: Int32 = 0
    while waitpid(number, &status, 0) < 0 {
      if errno != EINTR { throw StartFailure(number: errno) }
    }
    let signal = status & 0x7F
    return signal == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal)
  }

  /// Ends it at once: for a process that has nothing to lose.
  public func kill() { Glibc.kill(number, SIGKILL) }

  /// POSIX_SPAWN_SETSID of <spawn.h>; the header hides it from importers without _GNU_SOURCE.
  private static let newSession: Int32 = 0x80

  /// No descriptor above the three standard ones goes to the child.
  ///
  /// Lancet's own are close-on-exec from the start; this holds for those of libraries too.
  private static func keepDescriptorsHere() {
    for descriptor in (STDERR_FILENO + 1)..<1024 {
      let flags = fcntl(descriptor, F_GETFD)
      if flags >= 0, flags & FD_CLOEXEC == 0 {
        _ = fcntl(descriptor, F_SETFD, flags | FD_CLOEXEC)
      }
    }
  }
}
