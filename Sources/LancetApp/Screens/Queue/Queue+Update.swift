// Moving and deciding on the Queue screen.
import LancetCanvas
import LancetCore

extension State {
  /// Moves the cursor of the Queue by rows.
  mutating func moveQueue(by rows: Int) -> [Effect] {
    queue.moveCursor(toIndex: queue.cursor + rows)
    followCursor()
    return []
  }

  /// Moves the list under the cursor.
  mutating func scrollQueue(by rows: Int) {
    queue.top = min(max(0, queue.top + rows), max(0, queue.shown.count - listArea.height))
  }

  /// Why nothing can be decided on the Queue just now.
  var refusesDecision: String? {
    session.readOnly ?? (queue.current == nil ? "no trace is shown" : nil)
  }

  /// Decides something about a trace from outside the Review screen: stored, and applied to the folds at hand.
  mutating func decideFromQueue(_ item: TraceEvent) -> [Effect] {
    if var review = loaded[item.trace] {
      review.apply(item.event)
      loaded.keep(review, for: item.trace)
    }
    if var shown = review, shown.trace == item.trace {
      var fold = shown.review
      fold.apply(item.event)
      shown.reload(fold, hunk: shown.hunkNumber, in: self)
      review = shown
    }
    if var row = queue.row(of: item.trace) {
      // Shown at once; the store's own row replaces it with its answer.
      switch item.event {
      case .flag(let on): row.flagged = on
      case .skip(let reason): row.status = reason == nil ? .open : .skipped
      default: break
      }
      queue.update([row])
    }
    notice = Notice("\(item.event.title): trace \(item.trace.rawValue)", .muted)
    return commit([item])
  }

  /// Moves the cursor to the next flagged row, wrapping around.
  mutating func goToNextFlagged() {
    let count = queue.shown.count
    for step in 1...max(1, count) {
      let index = (queue.cursor + step) % max(1, count)
      if queue.shown.indices.contains(index), queue.rows[queue.shown[index]].flagged {
        queue.moveCursor(toIndex: index)
        followCursor()
        return
      }
    }
    notice = Notice("no flagged trace among those shown; Esc clears the filter", .muted)
  }
}

/// The reasons for setting a trace aside; `skipped` adds the way back.
public func skipChoices(
  skipped: Bool, _ action: @escaping @Sendable (inout State, SkipReason?) -> [Effect]
) -> Choices {
  var items = [
    Choice("later", key: "l", detail: "not now; the filter  status = skipped  finds it again") {
      action(&$0, .later)
    },
    Choice("give up", key: "g", detail: "no small correction makes this right") {
      action(&$0, .giveUp)
    },
    Choice("bad problem", key: "b", detail: "the question or its known answer is wrong") {
      action(&$0, .badProblem)
    },
  ]
  if skipped {
    items.append(
      Choice("un-skip", key: "u", detail: "take it back into review") { action(&$0, nil) })
  }
  return Choices("Set this trace aside: why?", items: items)
}

/// The columns to sort by; picking the one in use turns its direction.
func sortChoices(_ state: State) -> Choices {
  let current = state.queue.sort
  let items = QueueSort.Field.allCases.map { field in
    let inUse = field == current.field
    return Choice(
      field.rawValue, detail: inUse ? (current.descending ? "▼ now" : "▲ now") : ""
    ) { state in
      let descending = inUse ? !current.descending : false
      state.queue.setSort(QueueSort(field, descending: descending))
      state.followCursor()
      return []
    }
  }
  let next = Choice("next column", key: "s", detail: current.next.title) { state in
    state.queue.setSort(current.next)
    state.followCursor()
    state.notice = Notice("sorted by \(state.queue.sort.title)", .muted)
    return []
  }
  let cursor = QueueSort.Field.allCases.firstIndex(of: current.field) ?? 0
  return Choices(
    "Sort the Queue by", lines: ["Enter on the column in use turns its direction."],
    items: items + [next], cursor: cursor)
}
