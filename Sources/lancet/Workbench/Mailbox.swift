// How other threads speak to the event loop: a list of events behind a lock, and a pipe that wakes `poll`.
import Glibc
import LancetApp
import Synchronization

/// Events on their way to the event loop, in the order they were posted.
final class Mailbox: Sendable {
  /// For `poll`: readable while events wait.
  let descriptor: Int32
  private let writer: Int32
  private let waiting = Mutex<[Event]>([])

  /// A mailbox; nil when the process has no descriptors left.
  init?() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    (descriptor, writer) = (ends[0], ends[1])
  }

  deinit {
    close(descriptor)
    close(writer)
  }

  /// Adds an event; from any thread.
  func post(_ event: Event) {
    let wasEmpty = waiting.withLock { events in
      events.append(event)
      return events.count == 1
    }
    guard wasEmpty else { return }
    var byte: UInt8 = 1
    _ = write(writer, &byte, 1)
  }

  /// Takes all events that wait.
  func take() -> [Event] {
    var bytes = [UInt8](repeating: 0, count: 64)
    _ = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    return waiting.withLock { events in
      defer { events = [] }
      return events
    }
  }
}
