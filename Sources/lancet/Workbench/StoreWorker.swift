// The thread that owns the session file. Jobs go in by a queue, events come out by `post`; nothing else is shared.
//
//   commit ──▶ transaction on disk ──▶ committed        (the only way to "saved")
//      └─────▶ disk refuses ──▶ commitFailed ──▶ every later commit too, until `retry` runs them all in order

import Glibc
import LancetApp
import LancetCanvas
import LancetCore
import LancetOracle
import LancetStore
import LancetSystem
import Synchronization

/// What is in the queue of the store's thread.
private enum StoreJob: Sendable {
  case effect(StoreEffect)
  /// What an Oracle proposed for a trace, under its name.
  case take(TraceID, String, OracleProposal)
  case stop

  /// Whether it can wait until there is nothing better to do.
  var isLater: Bool { if case .effect(.prefetch) = self { true } else { false } }
}

/// The session's thread, seen from the others.
final class StoreWorker: Sendable {
  private let jobs = WorkQueue<StoreJob>()
  private let post: @Sendable (Event) -> Void
  private let opening = Mutex<Result<SessionInfo, StoreError>?>(nil)
  private let opened = Bell()
  private let thread = Mutex<WorkerThread?>(nil)

  /// A worker that hands its events to `post`, from its own thread.
  init(post: @escaping @Sendable (Event) -> Void) { self.post = post }

  /// Opens the session on the worker's thread and waits for it; later jobs run there.
  func open(_ path: SessionPath) throws(StoreError) -> SessionInfo {
    let started = WorkerThread { [self] in
      var owner = StoreOwner(path: path, jobs: jobs, post: post)
      let result = owner.open()
      opening.withLock { $0 = result }
      opened.ring()
      if case .success = result { owner.serve() }
    }
    guard let started else {
      throw .cannotRead(path: path.file, reason: "the system has no thread left")
    }
    thread.withLock { $0 = started }
    while true {
      if let result = opening.withLock({ $0 }) { return try result.get() }
      opened.wait(milliseconds: -1)
    }
  }

  /// Adds an effect to carry out; what is to be read ahead goes in trace by trace, so that better things come in between.
  func add(_ effect: StoreEffect) {
    guard case .prefetch(let traces) = effect else {
      jobs.add(.effect(effect))
      return
    }
    for trace in traces { jobs.add(.effect(.prefetch([trace]))) }
  }

  /// Ends after everything that was asked so far, and waits for that.
  func stop() {
    jobs.add(.stop)
    thread.withLock { thread in
      thread?.join()
      thread = nil
    }
  }
}

/// The session file with what its thread remembers.
private struct StoreOwner {
  let path: SessionPath
  fileprivate let jobs: WorkQueue<StoreJob>
  let post: @Sendable (Event) -> Void
  var file: SessionFile?
  /// Why commits are refused until the next retry.
  var failure: String?
  /// The place to write down when there is time.
  var place: Place?
  var lastBackup = Int64(Clock.seconds * 1000)
  var changed = false
  var backedUpAtOpen = false

  fileprivate init(
    path: SessionPath, jobs: WorkQueue<StoreJob>, post: @escaping @Sendable (Event) -> Void
  ) {
    self.path = path
    self.jobs = jobs
    self.post = post
  }

  /// How many rows the first page has: more than any window shows.
  private static let firstPage = 300
  private static let page = 4000

  mutating func open() -> Result<SessionInfo, StoreError> {
    do throws(StoreError) {
      let file = try SessionFile.open(path, mode: .writeIfPossible)
      self.file = file
      let notes = file.notices.map(\.description)
      var reason = file.readOnly.map { $0.description }
      if reason != nil, !notes.isEmpty { reason = notes.joined(separator: "; ") }
      return .success(
        SessionInfo(
          name: path.name, path: path.file, readOnly: reason, gamma: try file.gamma()))
    } catch {
      return .failure(error)
    }
  }

  mutating func serve() {
    while true {
      // With something to write down, look up soon; with changes to back up, once a minute; else sleep.
      let patience: Int32 = place != nil || !backedUpAtOpen ? 700 : changed ? 60_000 : -1
      guard let job = jobs.next(milliseconds: patience, later: \.isLater) else {
        idle()
        continue
      }
      switch job {
      case .effect(let effect): run(effect)
      case .take(let trace, let oracle, let proposal): take(trace, oracle, proposal)
      case .stop:
        writePlace()
        file?.close()
        return
      }
    }
  }

  private mutating func idle() {
    writePlace()
    guard let file, file.readOnly == nil else {
      backedUpAtOpen = true
      return
    }
    do throws(StoreError) {
      if !backedUpAtOpen {
        backedUpAtOpen = true
        try file.backup(.open)
      }
      if changed, try file.backupIfDue(now: Int64(Clock.seconds * 1000), last: &lastBackup) {
        changed = false
      }
    } catch {
      post(.failed("no backup: \(error.sentence)"))
    }
  }

  private mutating func run(_ effect: StoreEffect) {
    guard let file else {
      post(.failed("the session is closed"))
      return
    }
    switch effect {
    case .loadQueue: loadQueue(file)
    case .loadTrace(let trace): load(trace, file)
    case .prefetch(let traces): for trace in traces { load(trace, file) }
    case .commit(let commit): self.commit(commit, file)
    case .retry(let commits):
      failure = nil
      for commit in commits { self.commit(commit, file) }
    case .undo: move(redo: false, file)
    case .redo: move(redo: true, file)
    case .applyRule(let expression): apply(expression, file)
    case .propose(let trace): propose(trace, file)
    case .listBackups: listBackups(file)
    case .restore(let backup): restore(backup, file)
    case .rememberPlace(let place): self.place = place
    case .findPairs(let run, let step, let pairs, let areTraces):
      let found = pairs.map { file.found($0, isTrace: areTraces) }
      post(.train(.pairsFound(run: run, step: step, found)))
    }
  }

  // MARK: - Reading

  private func loadQueue(_ file: SessionFile) {
    do throws(StoreError) {
      let total = try file.traceCount()
      var page = try file.summaries(after: nil, limit: Self.firstPage)
      post(.queueLoaded(page, total: total))
      if let place = try savedPlace(file) { post(.resume(place)) }
      while let last = page.last {
        page = try file.summaries(after: last.id, limit: Self.page)
        if !page.isEmpty { post(.queueLoaded(page, total: total)) }
      }
    } catch {
      post(.queueFailed(error.sentence))
    }
  }

  private func load(_ trace: TraceID, _ file: SessionFile) {
    do throws(StoreError) {
      let (input, events) = try file.review(of: trace)
      post(.traceLoaded(trace, Review(input, events: events)))
    } catch {
      post(.traceFailed(trace, error.sentence))
    }
  }

  private func savedPlace(_ file: SessionFile) throws(StoreError) -> Place? {
    guard let text = try file.setting("place") else { return nil }
    let parts = text.split(separator: " ")
    guard let first = parts.first, let trace = Int64(first) else { return nil }
    return Place(trace: TraceID(rawValue: trace), hunk: parts.dropFirst().first.flatMap { Int($0) })
  }

  private mutating func writePlace() {
    guard let place, let file, file.readOnly == nil else {
      self.place = nil
      return
    }
    self.place = nil
    let hunk = place.hunk.map { " \($0)" } ?? ""
    // The place is a comfort: when it cannot be written, decisions say so anyway.
    try? file.set("place", to: "\(place.trace.rawValue)\(hunk)")
  }

  // MARK: - Deciding

  private mutating func commit(_ commit: Commit, _ file: SessionFile) {
    if let failure {
      post(.commitFailed(ticket: commit.ticket, failure))
      return
    }
    do throws(StoreError) {
      let receipt = try file.commit(commit.events.map { ($0.trace, $0.event) })
      changed = true
      post(.committed(ticket: commit.ticket, receipt.summaries, at: Clock.now))
    } catch {
      switch error {
      case .refusedEvent, .refusedApproval:
        post(.commitRefused(ticket: commit.ticket, error.sentence))
      default:
        failure = error.sentence
        post(.commitFailed(ticket: commit.ticket, error.sentence))
      }
    }
  }

  private mutating func move(redo: Bool, _ file: SessionFile) {
    do throws(StoreError) {
      guard let receipt = redo ? try file.redo() : try file.undo() else {
        post(.nothingToUndo(redo: redo))
        return
      }
      changed = true
      let events = try file.events(inBatch: receipt.batch).map { TraceEvent($0.0, $0.1) }
      post(
        .undone(
          UndoReport(
            redo: redo, isRule: receipt.label == "rule", events: events,
            summaries: receipt.summaries, at: Clock.now)))
    } catch {
      post(.failed(error.sentence))
    }
  }

  private mutating func apply(_ expression: String, _ file: SessionFile) {
    let rule: Rule
    do throws(RuleError) { rule = try Rule(parsing: expression) } catch {
      post(.failed(error.sentence))
      return
    }
    do throws(StoreError) {
      let outcome = try file.apply(rule, dryRun: false)
      guard let receipt = outcome.receipt else {
        post(.failed("no open trace matches that has anything left to accept"))
        return
      }
      changed = true
      var reasons: [String: Int] = [:]
      for reason in outcome.refusals.values { reasons[reason, default: 0] += 1 }
      post(
        .ruleApplied(
          RuleReport(
            expression: expression, matched: outcome.matched.count,
            approved: outcome.approved.count, hunks: outcome.hunks,
            reason: reasons.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key,
            summaries: receipt.summaries, at: Clock.now)))
    } catch {
      post(.failed("the rule was not applied: \(error.sentence)"))
    }
  }

  /// Asks the Oracle on a thread of its own: the session answers other keys meanwhile.
  private func propose(_ trace: TraceID, _ file: SessionFile) {
    do throws(StoreError) {
      let (input, _) = try file.review(of: trace)
      let started = WorkerThread { [jobs, post] in
        let oracle = ArithmeticOracle()
        do throws(OracleRefusal) {
          jobs.add(.take(trace, oracle.name, try oracle.proposal(for: OracleItem(input))))
        } catch {
          post(.notProposed(trace, error.sentence))
        }
      }
      if let started {
        started.detach()
      } else {
        post(.notProposed(trace, "the system has no thread left"))
      }
    } catch {
      post(.notProposed(trace, error.sentence))
    }
  }

  /// Stores what an Oracle proposed.
  private mutating func take(_ trace: TraceID, _ oracle: String, _ proposal: OracleProposal) {
    guard let file else { return post(.notProposed(trace, "the session is closed")) }
    do throws(StoreError) {
      let (input, _) = try file.review(of: trace)
      guard !input.proposals.contains(where: { $0.text.bytesEqual(proposal.text) }) else {
        post(.notProposed(trace, "the Oracle proposes what is here already"))
        return
      }
      try file.addProposals([
        NewProposal(trace: trace, oracle: oracle, text: proposal.text, note: proposal.note)
      ])
      changed = true
      post(.proposed(trace, try file.summary(of: trace)))
    } catch {
      post(.notProposed(trace, error.sentence))
    }
  }

  // MARK: - Backups

  private func listBackups(_ file: SessionFile) {
    do throws(StoreError) {
      post(.backupsListed(try file.backups.listed().reversed().map(\.shown)))
    } catch {
      post(.failed(error.sentence))
    }
  }

  private mutating func restore(_ backup: ListedBackup, _ open: SessionFile) {
    guard let chosen = open.backups.list().first(where: { $0.path == backup.path }) else {
      post(.failed("that backup is gone"))
      return
    }
    do throws(StoreError) {
      try open.backup(.byHand)
    } catch {
      post(.failed("not restored, since the session as it is cannot be backed up: \(error.what)"))
      return
    }
    open.close()
    var trouble: String?
    do throws(StoreError) { _ = try Backups(path).restore(chosen) } catch {
      trouble = error.sentence
    }
    // Whatever happened, the session that is in place now is opened again.
    do throws(StoreError) {
      file = try SessionFile.open(path, mode: .writeIfPossible)
      post(trouble.map { .failed("not restored: \($0)") } ?? .restored(backup))
    } catch {
      file = nil
      post(.failed(error.sentence))
    }
  }
}

extension Backup {
  /// As the workbench lists it.
  fileprivate var shown: ListedBackup {
    let digits = Array(stamp)
    let made =
      digits.count >= 15
      ? "\(String(digits[0..<4]))-\(String(digits[4..<6]))-\(String(digits[6..<8])) "
        + "\(String(digits[9..<11])):\(String(digits[11..<13])) UTC" : stamp
    let kilobytes = Double(size) / 1024
    let length =
      kilobytes < 1024 ? "\(Int(kilobytes.rounded(.up))) kB" : "\(fixed(kilobytes / 1024, 1)) MB"
    return ListedBackup(path: path, made: made, detail: "\(reasonWords) · \(length)")
  }

  private var reasonWords: String {
    switch reason {
    case "open": "when the session was opened"
    case "timer": "after half an hour of changes"
    case "before-import": "before an import"
    case "before-bulk": "before a rule"
    case "before-migration": "before an update of the file"
    case "by-hand": "before a restore"
    default: reason
    }
  }
}
