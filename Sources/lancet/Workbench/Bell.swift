// A pipe that wakes a sleeping thread: ringing it often before the sleeper looks counts once.

import Glibc

/// Something to wait for in the kernel.
final class Bell: Sendable {
  private let reading: Int32
  private let writing: Int32

  init() {
    var ends: [Int32] = [-1, -1]
    if pipe(&ends) != 0 { ends = [-1, -1] }
    for end in ends where end >= 0 {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      // Neither end blocks: a full pipe has been rung already.
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    reading = ends[0]
    writing = ends[1]
  }

  deinit {
    if reading >= 0 { close(reading) }
    if writing >= 0 { close(writing) }
  }

  /// Wakes the sleeper, or lets the next wait return at once.
  func ring() {
    var one: UInt8 = 1
    while write(writing, &one, 1) < 0, errno == EINTR {}
  }

  /// Sleeps until it rings or so many milliseconds have gone by; -1 sleeps without end.
  ///
  /// May return early.
  func wait(milliseconds: Int32) {
    var descriptor = pollfd(fd: reading, events: Int16(POLLIN), revents: 0)
    _ = poll(&descriptor, 1, milliseconds)
    var taken = [UInt8](repeating: 0, count: 64)
    while read(reading, &taken, taken.count) > 0 {}
  }
}
