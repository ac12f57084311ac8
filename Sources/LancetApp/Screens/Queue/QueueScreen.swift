// The Queue's row of the table of screens: the list of all traces.
import LancetCanvas
import LancetCore

extension ScreenID {
  /// The list of all traces; where the workbench begins and `q` leads back to.
  public static let queue = ScreenID("queue")
}

extension Scope {
  /// The list of traces.
  public static let queue = Scope("queue", title: "Queue", kind: .screen)
  /// Typing the Queue's filter.
  public static let queueFilter = Scope("queueFilter", title: "FILTER", kind: .text)
}

extension Screen {
  static let queue = Screen(
    .queue, "Queue", "the list of all traces", bindings: queueBindings,
    scope: { $0.queue.isTyping ? .queueFilter : .queue },
    draw: { renderQueue($0, in: $1, on: &$2) },
    input: { typedInQueue(&$0, $1) },
    mouse: { mouseInQueue(&$0, $1) },
    update: { updateQueue(&$0, $1) },
    show: { state in
      state.screen = .queue
      state.returnToQueue()
      return []
    },
    settle: { $0.queue.isFiltering ? [.terminal(.goOn)] : [] },
    flags: { state in
      guard !state.queue.shown.isEmpty else { return "" }
      return "\(state.queue.cursor + 1) of \(state.queue.shown.count)"
    })
}

/// What the session's rows, a new size and the editor do to the Queue.
private func updateQueue(_ state: inout State, _ event: Event) -> [Effect] {
  switch event {
  case .input(.resize):
    state.followCursor()
  case .tick:
    guard state.queue.isFiltering else { break }
    state.queue.filterMore()
    state.followCursor()
  case .queueLoaded(let page, let total):
    state.queue.append(page, total: total)
    state.followCursor()
    return state.resumeIfLoaded()
  case .queueFailed(let sentence):
    state.queue.failure = sentence
    state.notice = Notice(sentence, .error)
  case .edited(let request, let text) where request.purpose == .field && state.overlay == nil:
    guard state.queue.typing != nil else { break }
    state.queue.typing?.set(text)
    state.queue.setFilter(state.queue.typing?.text ?? "")
  default: break
  }
  return []
}

/// Gives a key or a paste to the filter.
private func typedInQueue(_ state: inout State, _ input: InputEvent) -> [Effect] {
  guard var field = state.queue.typing else { return [] }
  let outcome = field.handle(input)
  state.queue.typing = field
  if outcome == .changed {
    state.queue.setFilter(field.text)
    state.followCursor()
  }
  return []
}

private func mouseInQueue(_ state: inout State, _ mouse: MouseEvent) -> [Effect] {
  let list = state.listArea
  switch mouse.kind {
  case .wheelDown: state.scrollQueue(by: 3 * max(1, mouse.count))
  case .wheelUp: state.scrollQueue(by: -3 * max(1, mouse.count))
  case .press where mouse.button == .left:
    if mouse.row == state.area.row, let binding = state.bindings["queue.filter"] {
      return state.queue.isTyping ? [] : run(&state, binding)
    }
    let index = state.queue.top + mouse.row - list.row
    guard list.contains(row: mouse.row, column: mouse.column),
      state.queue.shown.indices.contains(index)
    else { return [] }
    state.queue.typing = nil
    state.queue.moveCursor(toIndex: index)
    if state.isSecondClick(mouse), let row = state.queue.current { return state.open(row.id) }
  case .press, .release, .drag: break
  }
  return []
}

extension State {
  /// The rows of the Queue's list: below filter line, rule and column titles.
  var listArea: Rect {
    let area = self.area
    return Rect(column: 0, row: area.row + 3, width: area.width, height: area.height - 3)
  }

  /// Scrolls the Queue so that the cursor is drawn.
  mutating func followCursor() { queue.follow(height: listArea.height) }

  /// Scrolls the Queue so that the cursor is in the middle.
  mutating func centreCursor() {
    queue.top = max(0, queue.cursor - listArea.height / 2)
    followCursor()
  }

  /// The cursor of the Queue goes to the trace that was under review.
  mutating func returnToQueue() {
    keepReview()
    if let review { queue.moveCursor(to: review.trace) }
    followCursor()
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
}
