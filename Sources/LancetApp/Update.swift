// What each event does to the workbench: `(state, event) -> effects`, and nothing else happens anywhere.
import LancetCanvas
import LancetCore

/// Takes an event into the state and says what the world should do about it.
public func update(_ state: inout State, _ event: Event) -> [Effect] {
  let effects = advance(&state, event)
  return effects + state.settleScreens()
}

private func advance(_ state: inout State, _ event: Event) -> [Effect] {
  switch event {
  case .input(let input):
    return updateInput(&state, input)
  case .tick(let now):
    state.now = now
    return state.tellScreens(event)
  case .resume(let place):
    state.resuming = place
    return state.resumeIfLoaded()
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
  case .backupsListed(let backups):
    state.overlay = .choices(backupChoices(backups))
    return []
  case .restored(let backup):
    return state.restored(backup)
  case .edited(let request, let text):
    if request.purpose == .field, case .prompt(var prompt) = state.overlay {
      prompt.field.set(text)
      prompt.refresh(state)
      state.overlay = .prompt(prompt)
    }
    return state.tellScreens(event)
  case .editFailed(_, let sentence):
    state.notice = Notice(sentence, .error)
    return []
  case .proposed(let id, let row):
    state.queue.update([row])
    state.loaded.forget(id)
    return state.tellScreens(event)
  case .queueLoaded, .queueFailed, .traceLoaded, .traceFailed, .notProposed, .train:
    return state.tellScreens(event)
  }
}

extension State {
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
    return [.store(.loadTrace(shown))]
  }

  /// The session is another one now: all is read again, and the person stays at the same trace.
  mutating func restored(_ backup: ListedBackup) -> [Effect] {
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
    return [.store(.loadQueue)]
  }
}
