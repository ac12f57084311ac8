// What each event does to the workbench: `(state, event) -> effects`, and nothing else happens anywhere.
import LancetCanvas
import LancetCore

/// Takes an event into the state and says what the world should do about it.
public func update(_ state: inout State, _ event: Event) -> [Effect] {
  let effects = advance(&state, event)
  return effects + state.watchTrain()
}

private func advance(_ state: inout State, _ event: Event) -> [Effect] {
  switch event {
  case .input(let input):
    return updateInput(&state, input)
  case .tick(let now):
    state.now = now
    return []
  case .queueLoaded(let page, let total):
    state.queue.append(page, total: total)
    state.followCursor()
    return state.resumeIfLoaded()
  case .queueFailed(let sentence):
    state.queue.failure = sentence
    state.notice = Notice(sentence, .error)
    return []
  case .resume(let place):
    state.resuming = place
    return state.resumeIfLoaded()
  case .traceLoaded(let id, let review):
    return state.received(review, of: id)
  case .traceFailed(let id, let sentence):
    if state.opening?.trace == id {
      state.opening = nil
      if state.review == nil { state.screen = .queue }
      state.notice = Notice(sentence, .error)
    }
    return []
  case .committed(let ticket, let rows, let at):
    state.acknowledged(ticket: ticket, rows: rows, at: at)
    return []
  case .commitFailed(_, let sentence):
    state.saving.failure = sentence
    return []
  case .commitRefused(let ticket, let sentence):
    return state.refused(ticket: ticket, sentence)
  case .undone(let report):
    return state.took(report)
  case .nothingToUndo(let redo):
    state.notice = Notice(redo ? "nothing to do again" : "nothing to undo", .muted)
    return []
  case .ruleApplied(let report):
    return state.took(report)
  case .failed(let sentence):
    state.notice = Notice(sentence, .error)
    return []
  case .done(let sentence):
    state.notice = Notice(sentence, .right)
    return []
  case .backupsListed(let backups):
    state.overlay = .choices(backupChoices(backups))
    return []
  case .restored(let backup):
    return state.restored(backup)
  case .edited(let request, let text):
    guard request.purpose == .field else { return updateReview(&state, event) }
    state.setField(text)
    return []
  case .editFailed(let request, let sentence):
    guard request.purpose == .field else { return updateReview(&state, event) }
    state.notice = Notice(sentence, .error)
    return []
  case .proposed(let id, let row):
    state.queue.update([row])
    state.loaded.forget(id)
    return updateReview(&state, event)
  case .notProposed:
    return updateReview(&state, event)
  case .train(let report):
    return updateTrain(&state, report)
  }
}

extension State {
  /// Takes a fold from the store.
  ///
  /// Commits that wait for their answer were made after it was read, so they are applied to it
  /// here; nothing decided meanwhile disappears from the screen.
  mutating func received(_ stored: Review, of id: TraceID) -> [Effect] {
    var review = stored
    for commit in saving.waiting {
      for item in commit.events where item.trace == id { review.apply(item.event) }
    }
    if let opening, opening.trace == id {
      let hunk = opening.hunk ?? openingKey.flatMap { key in review.number(of: key) }
      self.opening = nil
      openingKey = nil
      keepReview()
      show(review, hunk: hunk)
    } else if self.review?.trace == id {
      show(review, hunk: nil)
    }
    loaded.keep(review, for: id)
    return []
  }

  /// Puts a fold on the Review screen; one that is there already keeps its cursor and folds.
  mutating func show(_ fold: Review, hunk: Int?) {
    if var shown = review, shown.trace == fold.input.trace.id {
      shown.reload(fold, hunk: hunk, in: self)
      review = shown
    } else {
      review = ReviewState(review: fold, hunk: hunk, in: self)
    }
  }

  /// A batch is on disk.
  mutating func acknowledged(ticket: Int, rows: [TraceSummary], at: Moment) {
    for row in rows where row.status == .approved {
      if queue.row(of: row.id)?.status != .approved { pace.approved(at: at.seconds) }
    }
    queue.update(rows)
    saving.waiting.removeAll { $0.ticket == ticket }
    saving.savedAt = at.clock
    if saving.failure != nil, saving.waiting.isEmpty {
      saving.failure = nil
      notice = Notice("everything is saved", .right)
    }
  }

  /// A batch will never be stored: what it changed on screen is read again.
  mutating func refused(ticket: Int, _ sentence: String) -> [Effect] {
    let events = saving.waiting.first { $0.ticket == ticket }?.events ?? []
    saving.waiting.removeAll { $0.ticket == ticket }
    if saving.waiting.isEmpty { saving.failure = nil }
    notice = Notice("not stored: \(sentence)", .error)
    for item in events { loaded.forget(item.trace) }
    guard let shown = review?.trace, events.contains(where: { $0.trace == shown }) else {
      return []
    }
    return [.loadTrace(shown)]
  }

  /// The session is another one now: all is read again, and the person stays at the same trace.
  mutating func restored(_ backup: Backup) -> [Effect] {
    let place = review?.trace ?? queue.current?.id
    queue.reset()
    loaded.forgetAll()
    review = nil
    opening = nil
    saving = Saving()
    screen = .queue
    overlay = nil
    resuming = place.map { Place(trace: $0) }
    notice = Notice("restored the backup of \(backup.made)", .right)
    return [.loadQueue]
  }

  /// Puts the cursor where the last sitting ended, once that row is here.
  mutating func resumeIfLoaded() -> [Effect] {
    guard let place = resuming, queue.row(of: place.trace) != nil else {
      if queue.isComplete { resuming = nil }
      return []
    }
    resuming = nil
    if screen == .queue, queue.cursor == 0 {
      queue.moveCursor(to: place.trace)
      centreCursor()
      if let hunk = place.hunk { resumeHunk = Place(trace: place.trace, hunk: hunk) }
    }
    return []
  }

  /// Replaces the text of the field that has the keys.
  mutating func setField(_ text: String) {
    switch overlay {
    case .prompt(var prompt):
      prompt.field.set(text)
      prompt.refresh(self)
      overlay = .prompt(prompt)
    case nil where queue.typing != nil:
      queue.typing?.set(text)
      queue.setFilter(queue.typing?.text ?? "")
    default: break
    }
  }
}

extension Review {
  /// The number of the hunk with that key.
  func number(of key: HunkKey) -> Int? { hunks.first { $0.key == key }?.number }
}
