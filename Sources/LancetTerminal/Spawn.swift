// Starting a program that takes over the terminal, and waiting for its end.
import Glibc

/// How a child ended.
enum ChildEnd: Hashable, Sendable {
  case notStarted(String)
  case exited(Int32)
  case killed(Int32)
}

extension Editor {
  /// Runs a program with our terminal, default signal handling and no other file of ours, and waits for it.
  static func run(_ arguments: [String]) -> ChildEnd {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK))
    let words = arguments.map { strdup($0) }
    defer { words.forEach { free($0) } }
    var child: pid_t = 0
    let problem = (words + [nil]).withUnsafeBufferPointer { pointer in
      pointer.first.flatMap { $0 }.map { name in
        pointer.baseAddress.map {
          posix_spawnp(&child, name, nil, &attributes, $0, environ)
        } ?? EINVAL
      } ?? EINVAL
    }
    guard problem == 0 else { return .notStarted(reason(problem)) }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 {
      if errno != EINTR { return .notStarted(reason(errno)) }
    }
    let signal = status & 0x7F
    return signal == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal)
  }
}
