// What can be done on the Queue screen.
import LancetCanvas
import LancetCore

/// The bindings of the Queue, in the order of its help.
public let queueBindings: [Binding] =
  queueMovement + [
    Binding(
      "queue.open", [.enter], in: [.queue], "review the trace", hint: Hint("open", 95),
      refusal: { $0.queue.current == nil ? "no trace is shown" : nil }
    ) { state in
      guard let row = state.queue.current else { return [] }
      return state.open(row.id)
    },
    Binding(
      "queue.filter", [.char("/")], in: [.queue],
      "filter by an expression (grade = wrong and R <= 0.6) or by words of the question",
      hint: Hint("filter", 90)
    ) { state in
      state.queue.filterBefore = state.queue.filter.text
      state.queue.typing = TextField(state.queue.filter.text)
      return []
    },
    Binding("queue.clear", [.escape], in: [.queue], "clear the filter") { state in
      if !state.queue.filter.text.isEmpty {
        state.queue.setFilter("")
        state.followCursor()
        state.notice = Notice("filter cleared", .muted)
      }
      return []
    },
    Binding(
      "queue.sort", [.char("s")], in: [.queue], "choose the order; s again takes the next column",
      hint: Hint("sort", 70)
    ) { state in
      state.overlay = .choices(sortChoices(state))
      return []
    },
    Binding(
      "queue.flag", [.char("m")], in: [.queue], "flag the trace, or take the flag away",
      hint: Hint("flag", 60), refusal: { $0.refusesDecision }
    ) { state in
      guard let row = state.queue.current else { return [] }
      return state.decideFromQueue(TraceEvent(row.id, .flag(!row.flagged)))
    },
    Binding(
      "queue.nextFlagged", [.char("'")], in: [.queue], "next flagged trace",
      refusal: { $0.queue.totals.flagged == 0 ? "no trace is flagged; m flags one" : nil }
    ) { state in
      state.goToNextFlagged()
      return []
    },
    Binding(
      "queue.skip", [.char("S")], in: [.queue], "set the trace aside with a reason, or take it up",
      hint: Hint("skip", 50), refusal: { $0.refusesDecision }
    ) { state in
      guard let row = state.queue.current else { return [] }
      state.overlay = .choices(
        skipChoices(skipped: row.status == .skipped) { state, reason in
          state.decideFromQueue(TraceEvent(row.id, .skip(reason)))
        })
      return []
    },
    Binding(
      "queue.copy", [.char("Y")], in: [.queue], "copy the question to the clipboard",
      refusal: { $0.queue.current == nil ? "no trace is shown" : nil }
    ) { state in
      guard let row = state.queue.current else { return [] }
      state.notice = Notice("copied the question of trace \(row.id.rawValue)", .muted)
      return [.terminal(.copy(row.question))]
    },
    Binding(
      "filter.done", [.enter, .control("s")], in: [.queueFilter], "keep the filter",
      hint: Hint("keep", 90)
    ) { state in
      state.queue.typing = nil
      return []
    },
    Binding(
      "filter.cancel", [.escape], in: [.queueFilter], "back to the filter before",
      hint: Hint("back", 80)
    ) { state in
      state.queue.typing = nil
      state.queue.setFilter(state.queue.filterBefore)
      state.followCursor()
      return []
    },
    Binding("filter.editor", [.control("e")], in: [.queueFilter], "type the filter in $EDITOR") {
      state in
      [.terminal(.openEditor(EditorRequest(.field, text: state.queue.typing?.text ?? "")))]
    },
  ]

private let queueMovement: [Binding] = [
  Binding("queue.down", [.char("j"), .down], in: [.queue], "down") { $0.moveQueue(by: 1) },
  Binding("queue.up", [.char("k"), .up], in: [.queue], "up") { $0.moveQueue(by: -1) },
  Binding("queue.halfPageDown", [.control("d")], in: [.queue], "half a page down") {
    $0.moveQueue(by: $0.listArea.height / 2)
  },
  Binding("queue.halfPageUp", [.control("u")], in: [.queue], "half a page up") {
    $0.moveQueue(by: -$0.listArea.height / 2)
  },
  Binding("queue.pageDown", [.control("f"), .pageDown], in: [.queue], "a page down") {
    $0.moveQueue(by: $0.listArea.height - 1)
  },
  Binding("queue.pageUp", [.control("b"), .pageUp], in: [.queue], "a page up") {
    $0.moveQueue(by: 1 - $0.listArea.height)
  },
  Binding("queue.top", [.char("g"), .home], in: [.queue], "to the first trace") {
    $0.moveQueue(by: -$0.queue.shown.count)
  },
  Binding("queue.bottom", [.char("G"), .end], in: [.queue], "to the last trace") {
    $0.moveQueue(by: $0.queue.shown.count)
  },
  Binding(
    "queue.scrollDown", [.char("J"), .control("e")], in: [.queue], "scroll, the cursor stays"
  ) {
    $0.scrollQueue(by: 1)
    return []
  },
  Binding(
    "queue.scrollUp", [.char("K"), .control("y")], in: [.queue], "scroll back, the cursor stays"
  ) {
    $0.scrollQueue(by: -1)
    return []
  },
]
