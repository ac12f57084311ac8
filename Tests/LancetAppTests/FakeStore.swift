// A session in memory: answers the effects of the workbench as the store's thread would, at once and in order.
import LancetCore

@testable import LancetApp

/// Problems, traces, proposals and batches of events.
struct FakeStore {
  var inputs: [ReviewInput] = []
  private(set) var batches: [[TraceEvent]] = []
  private(set) var undone: [[TraceEvent]] = []
  private var rules: Set<Int> = []
  /// Why commits fail just now; nil when they do not.
  var failure: String?
  var backups: [ListedBackup] = []
  /// What the last effects asked of the terminal.
  private(set) var asked: [Effect] = []
  /// What $EDITOR makes of a text; nil when it fails.
  var editor: @Sendable (String) -> String? = { $0 }

  /// Adds a trace with an optional proposal; ids count from 1.
  mutating func add(
    question: String, answer: String?, trace: String, proposal: String?, source: String = "student",
    oracle: String = "arithmetic"
  ) {
    let id = Int64(inputs.count + 1)
    inputs.append(
      ReviewInput(
        problem: Problem(
          id: ProblemID(rawValue: id), question: question, answer: answer, source: "test"),
        trace: Trace(
          id: TraceID(rawValue: id), problem: ProblemID(rawValue: id), text: trace, source: source,
          claimed: nil),
        proposals: proposal.map {
          [
            Proposal(
              id: ProposalID(rawValue: id), trace: TraceID(rawValue: id), oracle: oracle, text: $0,
              note: nil)
          ]
        } ?? []))
  }

  /// The fold of a trace.
  func review(_ id: TraceID) -> Review? {
    guard let input = inputs.first(where: { $0.trace.id == id }) else { return nil }
    let events = batches.flatMap { $0 }.filter { $0.trace == id }.map(\.event)
    return Review(input, events: events)
  }

  /// The rows of these traces.
  func rows(_ ids: [TraceID]) -> [TraceSummary] {
    ids.compactMap { review($0) }.map { TraceSummary($0) }
  }

  /// All decisions in effect.
  var events: [TraceEvent] { batches.flatMap { $0 } }

  /// Does what an effect asks and says what happened.
  mutating func answer(_ effect: Effect, at: Moment) -> [Event] {
    switch effect {
    case .store(let effect):
      return answer(effect, at: at)
    case .terminal(.openEditor(let request)):
      asked.append(effect)
      if let text = editor(request.text) { return [.edited(request, text: text)] }
      return [.editFailed(request, "the editor failed; the text is kept")]
    case .terminal(.goOn):
      return [.tick(at)]
    case .terminal, .runs, .settings:
      asked.append(effect)
      return []
    }
  }

  private mutating func answer(_ effect: StoreEffect, at: Moment) -> [Event] {
    switch effect {
    case .loadQueue:
      return [.queueLoaded(rows(inputs.map(\.trace.id)), total: inputs.count)]
    case .loadTrace(let id):
      return [review(id).map { .traceLoaded(id, $0) } ?? .traceFailed(id, "no such trace")]
    case .prefetch(let ids):
      return ids.compactMap { id in review(id).map { .traceLoaded(id, $0) } }
    case .commit(let commit):
      return [store(commit, at: at)]
    case .retry(let commits):
      return commits.map { store($0, at: at) }
    case .undo:
      guard let last = batches.popLast() else { return [.nothingToUndo(redo: false)] }
      undone.append(last)
      return [.undone(report(last, redo: false, at: at))]
    case .redo:
      guard let last = undone.popLast() else { return [.nothingToUndo(redo: true)] }
      batches.append(last)
      return [.undone(report(last, redo: true, at: at))]
    case .applyRule(let expression):
      return [applyRule(expression, at: at)]
    case .propose(let id):
      return [.notProposed(id, "the arithmetic Oracle sees nothing it can improve")]
    case .listBackups:
      return [.backupsListed(backups)]
    case .restore(let backup):
      batches = []
      return [.restored(backup)]
    case .rememberPlace, .findPairs:
      return []
    }
  }

  private mutating func store(_ commit: Commit, at: Moment) -> Event {
    if let failure { return .commitFailed(ticket: commit.ticket, failure) }
    batches.append(commit.events)
    undone = []
    return .committed(ticket: commit.ticket, rows(ids(commit.events)), at: at)
  }

  private func report(_ batch: [TraceEvent], redo: Bool, at: Moment) -> UndoReport {
    UndoReport(redo: redo, events: batch, summaries: rows(ids(batch)), at: at)
  }

  private func ids(_ events: [TraceEvent]) -> [TraceID] {
    Array(Set(events.map(\.trace))).sorted()
  }

  private mutating func applyRule(_ expression: String, at: Moment) -> Event {
    guard let rule = try? Rule(parsing: expression) else { return .failed("no rule") }
    var events: [TraceEvent] = []
    var matched = 0
    var approved = 0
    for row in rows(inputs.map(\.trace.id)) where rule.applies(to: row) {
      guard let review = review(row.id) else { continue }
      let decision = RuleDecision(about: review, ApprovalRules())
      matched += 1
      if decision.refusals.isEmpty { approved += 1 }
      events += decision.events.map { TraceEvent(row.id, $0) }
    }
    let hunks = events.count - approved
    batches.append(events)
    return .ruleApplied(
      RuleReport(
        expression: expression, matched: matched, approved: approved, hunks: hunks, reason: nil,
        summaries: rows(ids(events)), at: at))
  }
}
