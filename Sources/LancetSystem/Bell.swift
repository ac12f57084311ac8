// Pipes of this process: one that wakes a sleeping thread (ringing it often before the sleeper looks counts once), and one
// by which a child's output comes back.

import Glibc
import Synchronization

/// Something to wait for in the kernel.
public final class Bell: Sendable {
  /// For poll(2): readable while it has rung and nobody looked; -1 when the process had no descriptors left.
  public let descriptor: Int32
  private let writing: Int32

  /// A bell that has not rung.
  public init() {
    (descriptor, writing) = openPipe() ?? (-1, -1)
    // Neither end blocks: a full pipe has been rung already.
    for end in [descriptor, writing] where end >= 0 { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if writing >= 0 { close(writing) }
  }

  /// Wakes the sleeper, or lets the next wait return at once.
  public func ring() {
    var one: UInt8 = 1
    while write(writing, &one, 1) < 0, errno == EINTR {}
  }

  /// Forgets the rings so far.
  public func silence() {
    var taken = [UInt8](repeating: 0, count: 64)
    while read(descriptor, &taken, taken.count) > 0 {}
  }

  /// Sleeps until it rings or so many milliseconds have gone by; -1 sleeps without end.
  ///
  /// May return early.
  public func wait(milliseconds: Int32) {
    var waited = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    _ = poll(&waited, 1, milliseconds)
    silence()
  }
}

/// A pipe whose writing end goes to a child process.
public final class OutputPipe: Sendable {
  /// What a look at the pipe found.
  public enum News: Hashable, Sendable {
    /// Bytes that came.
    case bytes([UInt8])
    /// Nothing yet.
    case nothing
    /// The child has closed its end.
    case end
  }

  private let reading: Int32
  /// The child's end, which blocks as programs expect; nil once it is handed over.
  private let childEnd: Mutex<Int32?>

  /// A pipe; nil when the process has no descriptors left.
  public init?() {
    guard let ends = openPipe() else { return nil }
    reading = ends.reading
    childEnd = Mutex(ends.writing)
    // Looked at now and then, never waited for.
    _ = fcntl(reading, F_SETFL, O_NONBLOCK)
  }

  deinit {
    handOver()
    close(reading)
  }

  /// The descriptor that a child writes to; nil once it is handed over.
  public var writing: Int32? { childEnd.withLock { $0 } }

  /// Closes this process's copy of the writing end, so that the end of the child is the end of the pipe.
  public func handOver() {
    childEnd.withLock { end in
      if let open = end { close(open) }
      end = nil
    }
  }

  /// What came since the last look, at most 64 KiB.
  public func look() -> News {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let got = bytes.withUnsafeMutableBytes { read(reading, $0.baseAddress, $0.count) }
    if got > 0 { return .bytes(Array(bytes[..<got])) }
    return got < 0 && (errno == EAGAIN || errno == EINTR) ? .nothing : .end
  }
}

/// A pipe whose ends no child inherits by itself.
private func openPipe() -> (reading: Int32, writing: Int32)? {
  var ends: [Int32] = [-1, -1]
  guard pipe(&ends) == 0 else { return nil }
  for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  return (ends[0], ends[1])
}
