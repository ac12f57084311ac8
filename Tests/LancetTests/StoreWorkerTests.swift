// The store's thread with a real session file: what is acknowledged, what is refused, and that the order holds.
import LancetApp
import LancetCore
import LancetStore
import LancetSystem
import Synchronization
import Testing

@testable import lancet

/// Collects events from the worker's thread and waits for one.
private final class Inbox: Sendable {
  private let events = Mutex<[Event]>([])
  private let bell = Bell()

  func post(_ event: Event) {
    events.withLock { $0.append(event) }
    bell.ring()
  }

  /// The first event that `pick` takes, within ten seconds.
  func wait<Found>(_ pick: (Event) -> Found?) -> Found? {
    let end = Clock.seconds + 10
    while Clock.seconds < end {
      let found = events.withLock { events -> Found? in
        for (index, event) in events.enumerated() {
          if let found = pick(event) {
            events.removeSubrange(...index)
            return found
          }
        }
        return nil
      }
      if let found { return found }
      bell.wait(milliseconds: 50)
    }
    return nil
  }
}

/// A session of the demo's files, its worker and its inbox.
private func openedDemo() throws -> (StoreWorker, Inbox, [TraceSummary]) {
  let folder = "/tmp/lancet-worker-\(UInt32.random(in: 0 ... .max))"
  try? Files.makeFolders(folder)
  let path = "\(folder)/demo.lancet"
  let file = try SessionFile.create(at: path)
  let source = try #require(DemoSession.folder())
  _ = try file.importFiles(["\(source)/traces.jsonl", "\(source)/rectified.jsonl"])
  file.close()
  let inbox = Inbox()
  let worker = StoreWorker { inbox.post($0) }
  _ = try worker.open(SessionPath(path))
  worker.add(.loadQueue)
  var rows: [TraceSummary] = []
  var total = Int.max
  while rows.count < total {
    let page = try #require(
      inbox.wait { event -> ([TraceSummary], Int)? in
        if case .queueLoaded(let page, let total) = event { (page, total) } else { nil }
      })
    rows += page.0
    total = page.1
  }
  return (worker, inbox, rows)
}

@Test func `a commit is acknowledged with its new row, and undone with its events`() throws {
  let (worker, inbox, rows) = try openedDemo()
  defer { worker.stop() }
  let row = try #require(rows.first { $0.hunks > 0 })
  worker.add(.loadTrace(row.id))
  let review = try #require(
    inbox.wait { event -> Review? in
      if case .traceLoaded(row.id, let review) = event { review } else { nil }
    })
  let key = try #require(review.hunks.first?.key)
  worker.add(.commit(Commit(ticket: 7, events: [TraceEvent(row.id, .decide(key, .accepted))])))
  let stored = try #require(
    inbox.wait { event -> [TraceSummary]? in
      if case .committed(7, let rows, _) = event { rows } else { nil }
    })
  #expect(stored.first?.accepted == 1 && stored.first?.status == .open)
  worker.add(.undo)
  let report = try #require(
    inbox.wait { event -> UndoReport? in
      if case .undone(let report) = event { report } else { nil }
    })
  #expect(report.events == [TraceEvent(row.id, .decide(key, .accepted))])
  #expect(report.summaries.first?.accepted == 0)
  worker.add(.undo)
  #expect(
    inbox.wait { if case .nothingToUndo(redo: false) = $0 { true } else { nil } } == true)
}

@Test func `an approval against the rules is refused and does not hold back what follows`() throws {
  let (worker, inbox, rows) = try openedDemo()
  defer { worker.stop() }
  let row = try #require(rows.first { $0.hunks > 0 })
  worker.add(.commit(Commit(ticket: 1, events: [TraceEvent(row.id, .approve(override: nil))])))
  worker.add(.commit(Commit(ticket: 2, events: [TraceEvent(row.id, .flag(true))])))
  #expect(inbox.wait { if case .commitRefused(1, _) = $0 { true } else { nil } } == true)
  #expect(inbox.wait { if case .committed(2, _, _) = $0 { true } else { nil } } == true)
}

@Test func `the Oracle is asked beside the session, and what is there already is said`() throws {
  let (worker, inbox, rows) = try openedDemo()
  defer { worker.stop() }
  // The demo's rows are imported without the Oracle's proposals.
  let row = try #require(rows.first { $0.hunks == 0 && $0.gradeBefore == .wrong })
  worker.add(.propose(row.id))
  let stored = try #require(
    inbox.wait { event -> TraceSummary? in
      if case .proposed(row.id, let summary) = event { summary } else { nil }
    })
  #expect(stored.hunks > 0 && stored.oracle == "arithmetic")
  worker.add(.propose(row.id))
  let refusal = inbox.wait { event -> String? in
    if case .notProposed(row.id, let reason) = event { reason } else { nil }
  }
  #expect(refusal == "the Oracle proposes what is here already")
  let right = try #require(rows.first { $0.gradeBefore == .right })
  worker.add(.propose(right.id))
  let nothing = inbox.wait { event -> String? in
    if case .notProposed(right.id, let reason) = event { reason } else { nil }
  }
  #expect(nothing == "the arithmetic Oracle sees nothing it can improve")
}

@Test func `a rule approves what the rules allow, as one batch`() throws {
  let (worker, inbox, rows) = try openedDemo()
  defer { worker.stop() }
  let fitting = rows.filter { $0.gradeAfter == .right && ($0.changeRatio ?? 1) <= 0.6 }.count
  worker.add(.applyRule("answer = right and R <= 0.6"))
  let report = try #require(
    inbox.wait { event -> RuleReport? in
      if case .ruleApplied(let report) = event { report } else { nil }
    })
  #expect(report.matched == fitting && report.approved > 0 && report.approved <= fitting)
  worker.add(.undo)
  let undone = try #require(
    inbox.wait { event -> UndoReport? in
      if case .undone(let report) = event { report } else { nil }
    })
  #expect(undone.isRule && undone.summaries.allSatisfy { $0.status == .new })
}

@Test func `a backup brings the session back`() throws {
  let (worker, inbox, rows) = try openedDemo()
  defer { worker.stop() }
  let row = try #require(rows.first { $0.hunks > 0 })
  worker.add(.applyRule("answer = right"))
  #expect(inbox.wait { if case .ruleApplied = $0 { true } else { nil } } == true)
  worker.add(.commit(Commit(ticket: 1, events: [TraceEvent(row.id, .flag(true))])))
  worker.add(.listBackups)
  let backups = try #require(
    inbox.wait { event -> [ListedBackup]? in
      if case .backupsListed(let backups) = event { backups } else { nil }
    })
  let before = try #require(backups.first { $0.detail.contains("before a rule") })
  worker.add(.restore(before))
  #expect(inbox.wait { if case .restored = $0 { true } else { nil } } == true)
  worker.add(.loadQueue)
  let again = try #require(
    inbox.wait { event -> [TraceSummary]? in
      if case .queueLoaded(let page, _) = event { page } else { nil }
    })
  #expect(again.allSatisfy { $0.status == .new && !$0.flagged })
}
