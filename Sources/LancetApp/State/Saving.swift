// What the store was told and has not answered. A decision shows at once; "saved" is said only after its
// transaction; a refusal keeps everything here until a retry succeeds.
import LancetCanvas
import LancetCore

/// One thing that happened to one trace.
public struct TraceEvent: Hashable, Sendable {
  /// The trace.
  public var trace: TraceID
  /// What happened to it.
  public var event: ReviewEvent

  /// An event about a trace.
  public init(_ trace: TraceID, _ event: ReviewEvent) {
    self.trace = trace
    self.event = event
  }
}

/// Events that are stored together or not at all, and undone together.
public struct Commit: Hashable, Sendable {
  /// Counts up from 1; the store's answer names it.
  public var ticket: Int
  /// The events in order.
  public var events: [TraceEvent]

  /// A batch with its number.
  public init(ticket: Int, events: [TraceEvent]) {
    self.ticket = ticket
    self.events = events
  }
}

/// The state of saving.
public struct Saving: Hashable, Sendable {
  /// Commits without an answer, oldest first.
  public var waiting: [Commit] = []
  /// The wall clock of the last "saved".
  public var savedAt: String?
  /// Why the store refused; nil when it did not.
  public var failure: String?
  /// The ticket of the next commit.
  public var nextTicket = 1

  /// Nothing waits.
  public init() {}
}

extension State {
  /// Hands events to the store as one undoable batch.
  ///
  /// Refuses on a read-only session, in words.
  public mutating func commit(_ events: [TraceEvent]) -> [Effect] {
    if let reason = session.readOnly {
      notice = Notice("not decided: \(reason)", .warning)
      return []
    }
    guard !events.isEmpty else { return [] }
    let commit = Commit(ticket: saving.nextTicket, events: events)
    saving.nextTicket += 1
    saving.waiting.append(commit)
    return [.store(.commit(commit))]
  }
}
