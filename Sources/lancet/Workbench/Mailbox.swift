// How other threads speak to the event loop: a list of events behind a lock, and a bell that wakes `poll`.

import LancetApp
import LancetSystem
import Synchronization

/// Events on their way to the event loop, in the order they were posted.
final class Mailbox: Sendable {
  private let bell = Bell()
  private let waiting = Mutex<[Event]>([])

  /// A mailbox; nil when the process has no descriptors left.
  init?() {
    if descriptor < 0 { return nil }
  }

  /// For `poll`: readable while events wait.
  var descriptor: Int32 { bell.descriptor }

  /// Adds an event; from any thread.
  func post(_ event: Event) {
    let wasEmpty = waiting.withLock { events in
      events.append(event)
      return events.count == 1
    }
    if wasEmpty { bell.ring() }
  }

  /// Takes all events that wait.
  func take() -> [Event] {
    bell.silence()
    return waiting.withLock { events in
      defer { events = [] }
      return events
    }
  }
}
