// Every binding of the shell, pressed or run at least once. The table is enumerated: a binding without a test here is
// a failure, and so is a test without a binding.
import LancetCanvas
import LancetCore
import Testing

@testable import LancetApp

/// One test of one binding: what to do, and what must hold after.
private struct BindingTest: Sendable {
  let id: String
  let body: @Sendable (inout ScreenTest) -> Void
  init(_ id: String, _ body: @escaping @Sendable (inout ScreenTest) -> Void) {
    self.id = id
    self.body = body
  }
}

/// The overlay a test is about is not open.
private func closed() { Issue.record("the overlay is closed") }

private func manyRows() -> ScreenTest {
  var store = FakeStore()
  for number in 0..<60 {
    store.add(question: "Number \(number)?", answer: "1", trace: "1", proposal: nil)
  }
  return ScreenTest(store)
}

private let globalTests: [BindingTest] = [
  BindingTest("session.undo") { test in
    test.type("m u")
    test.expect("undone: flag in trace 1")
    #expect(test.store.events.isEmpty && test.state.queue.current?.flagged == false)
    test.type("u")
    test.expect("nothing to undo")
  },
  BindingTest("session.redo") { test in
    test.type("m u Ctrl-r")
    test.expect("done again: flag in trace 1")
    #expect(test.state.queue.current?.flagged == true)
  },
  BindingTest("palette.open") { test in
    test.type(":")
    test.expect("queue.down")
  },
  BindingTest("help.open") { test in
    test.type("?")
    test.expect("On this screen: Queue")
    test.type("q F1")
    test.expect("On this screen: Queue")
  },
  BindingTest("tab.queue") { test in
    test.type("4 1")
    #expect(test.state.screen == .queue)
  },
  BindingTest("tab.review") { test in
    test.type("j 2")
    #expect(test.state.review?.trace == TraceID(rawValue: 2))
  },
  BindingTest("tab.inspect") { test in
    test.type("3")
    test.expect("the Inspect screen comes with a later version")
    #expect(test.state.screen == .queue)
  },
  BindingTest("tab.train") { test in
    test.type("4")
    #expect(test.state.screen == .train)
  },
  BindingTest("tab.jobs") { test in
    test.type("5")
    test.expect("the Jobs screen comes with a later version")
  },
  BindingTest("tab.next") { test in
    test.type("Tab")
    #expect(test.state.screen == .review)
  },
  BindingTest("tab.previous") { test in
    test.type("Shift-Tab")
    #expect(test.state.screen == .train)
  },
  BindingTest("rule.apply") { test in
    test.type(":")
    test.write("rule answer = right")
    test.type("Enter")
    // The rows that are right already have no proposal: three of the four are left.
    test.expect("3 open traces match")
    test.expect("trace 1")
    test.type("Enter")
    #expect(test.state.queue.totals.approved >= 1)
    let decided = test.store.events.count
    #expect(decided > 3)
    test.type("u")
    #expect(test.store.events.isEmpty && test.state.queue.totals.approved == 0)
  },
  BindingTest("session.save") { test in
    test.store.failure = "disk full"
    test.type("m")
    test.expect("NOT SAVED")
    test.expect("disk full")
    test.expect("1 decision")
    test.type("j m u")
    test.expect("not saved yet")
    test.type("Ctrl-s")
    test.expect("NOT SAVED")
    test.store.failure = nil
    test.type("Ctrl-s")
    test.expectNo("NOT SAVED")
    test.expect("everything is saved")
    #expect(test.store.events.count == 2 && test.state.saving.waiting.isEmpty)
    test.type("Ctrl-s")
    test.expect("everything is saved already")
  },
  BindingTest("session.restore") { test in
    test.store.backups = [ListedBackup(path: "a", made: "2026-03-01 09:12 UTC", detail: "1 kB")]
    test.type("m :")
    test.write("session.restore")
    test.type("Enter")
    test.expect("2026-03-01 09:12 UTC")
    test.type("Enter y")
    test.expect("restored the backup")
    #expect(test.state.queue.current?.flagged == false)
  },
  BindingTest("session.reload") { test in
    test.type("R")
    test.expect("5 traces shown")
  },
  BindingTest("theme.pick") { test in
    test.type("T")
    test.expect("Theme")
  },
  BindingTest("mouse.toggle") { test in
    test.type("%")
    #expect(test.effects.last == .terminal(.captureMouse(false)))
    test.type("%")
    #expect(test.effects.last == .terminal(.captureMouse(true)))
  },
  BindingTest("screen.redraw") { test in
    test.type("Ctrl-l")
    #expect(test.effects.last == .terminal(.redraw))
  },
  BindingTest("app.suspend") { test in
    test.type("Ctrl-z")
    #expect(test.effects.last == .terminal(.suspend))
  },
  BindingTest("app.up") { test in
    test.type("4 Esc Esc Esc")
    #expect(test.state.screen == .queue && !test.effects.contains(.terminal(.quit)))
  },
  BindingTest("app.back") { test in
    test.type("4 q")
    #expect(test.state.screen == .queue && !test.effects.contains(.terminal(.quit)))
    test.type("q")
    #expect(test.effects.last == .terminal(.quit))
  },
  BindingTest("app.quit") { test in
    test.store.failure = "disk full"
    test.type("m Ctrl-c")
    test.expect("Quit and lose them?")
    test.type("n Q y")
    #expect(test.effects.last == .terminal(.quit))
  },
]

private let queueTests: [BindingTest] = [
  BindingTest("queue.open") { test in
    test.type("j Enter")
    #expect(test.state.screen == .review)
    #expect(test.state.review?.trace == TraceID(rawValue: 2))
  },
  BindingTest("queue.filter") { test in
    test.type("/")
    test.expect("FILTER")
  },
  BindingTest("queue.clear") { test in
    test.type("/")
    test.write("eggs")
    test.type("Enter Esc")
    #expect(test.state.queue.shown.count == 5 && !test.effects.contains(.terminal(.quit)))
  },
  BindingTest("queue.sort") { test in
    test.type("s")
    test.expect("Sort the Queue by")
    test.type("Enter")
    #expect(test.state.queue.sort == QueueSort(.id, descending: true))
    #expect(test.state.queue.rows[test.state.queue.shown[0]].id == TraceID(rawValue: 5))
  },
  BindingTest("queue.flag") { test in
    test.type("m")
    test.expect("⚑")
    #expect(test.store.events == [TraceEvent(TraceID(rawValue: 1), .flag(true))])
    test.type("m")
    test.expectNo("⚑")
  },
  BindingTest("queue.nextFlagged") { test in
    test.type("'")
    test.expect("no trace is flagged")
    test.type("j j m g '")
    #expect(test.state.queue.cursor == 2)
  },
  BindingTest("queue.skip") { test in
    test.type("S g")
    #expect(test.state.queue.current?.status == .skipped)
    test.type("S u")
    #expect(test.state.queue.current?.status != .skipped)
    #expect(test.store.events.count == 2)
  },
  BindingTest("queue.copy") { test in
    test.type("Y")
    #expect(test.effects.last == .terminal(.copy(test.state.queue.rows[0].question)))
  },
  BindingTest("filter.done") { test in
    test.type("/")
    test.write("eggs")
    test.type("Ctrl-s")
    #expect(test.state.queue.shown.count == 1 && !test.state.queue.isTyping)
  },
  BindingTest("filter.cancel") { test in
    test.type("/")
    test.write("eggs")
    test.type("Esc")
    #expect(test.state.queue.shown.count == 5 && !test.state.queue.isTyping)
  },
  BindingTest("filter.editor") { test in
    test.store.editor = { _ in "marbles" }
    test.type("/ Ctrl-e")
    #expect(test.state.queue.shown.count == 1 && test.state.queue.isTyping)
  },
  BindingTest("queue.down") { test in
    test.type("j ↓")
    #expect(test.state.queue.cursor == 2)
  },
  BindingTest("queue.up") { test in
    test.type("G k ↑")
    #expect(test.state.queue.cursor == 2)
  },
  BindingTest("queue.halfPageDown") { test in
    test = manyRows()
    test.type("Ctrl-d")
    #expect(test.state.queue.cursor == test.state.listArea.height / 2)
  },
  BindingTest("queue.halfPageUp") { test in
    test = manyRows()
    test.type("G Ctrl-u")
    #expect(test.state.queue.cursor == 59 - test.state.listArea.height / 2)
  },
  BindingTest("queue.pageDown") { test in
    test = manyRows()
    test.type("Ctrl-f PgDn")
    #expect(test.state.queue.cursor == 2 * (test.state.listArea.height - 1))
  },
  BindingTest("queue.pageUp") { test in
    test = manyRows()
    test.type("G Ctrl-b PgUp")
    #expect(test.state.queue.cursor == 59 - 2 * (test.state.listArea.height - 1))
  },
  BindingTest("queue.top") { test in
    test.type("j j g g")
    #expect(test.state.queue.cursor == 0)
  },
  BindingTest("queue.bottom") { test in
    test.type("G End")
    #expect(test.state.queue.cursor == 4)
  },
  BindingTest("queue.scrollDown") { test in
    test = manyRows()
    test.type("J Ctrl-e")
    #expect(test.state.queue.top == 2 && test.state.queue.cursor == 0)
  },
  BindingTest("queue.scrollUp") { test in
    test = manyRows()
    test.type("J J J K Ctrl-y")
    #expect(test.state.queue.top == 1)
  },
]

private let overlayTests: [BindingTest] = [
  BindingTest("help.down") { test in
    test.type("? j ↓ n")
    guard case .help(let help) = test.state.overlay else { return closed() }
    #expect(help.cursor == 3)
  },
  BindingTest("help.up") { test in
    test.type("? j j j k ↑ N")
    guard case .help(let help) = test.state.overlay else { return closed() }
    #expect(help.cursor == 0)
  },
  BindingTest("help.pageDown") { test in
    test.type("? PgDn")
    guard case .help(let help) = test.state.overlay else { return closed() }
    #expect(help.cursor > 5)
  },
  BindingTest("help.pageUp") { test in
    test.type("? G PgUp")
    guard case .help(let help) = test.state.overlay else { return closed() }
    #expect(help.cursor < help.rows(in: test.state).count - 5)
  },
  BindingTest("help.top") { test in
    test.type("? G g")
    guard case .help(let help) = test.state.overlay else { return closed() }
    #expect(help.cursor == 0 && help.top == 0)
  },
  BindingTest("help.bottom") { test in
    test.type("? G")
    guard case .help(let help) = test.state.overlay else { return closed() }
    #expect(help.cursor == help.rows(in: test.state).count - 1)
    test.expect("quit; all decisions are stored already")
  },
  BindingTest("help.run") { test in
    test.type("? /")
    test.write("flag the trace")
    test.type("Enter")
    #expect(test.state.overlay == nil && test.store.events.count == 1)
  },
  BindingTest("help.search") { test in
    test.type("? /")
    test.write("theme")
    test.expect("choose a theme")
    test.expectNo("half a page down")
    test.expect("SEARCH")
  },
  BindingTest("help.close") { test in
    for key in ["?", "q", "Esc"] {
      test.type("? \(key)")
      #expect(test.state.overlay == nil && !test.effects.contains(.terminal(.quit)))
    }
  },
  BindingTest("help.endSearch") { test in
    test.type("? /")
    test.write("theme")
    test.type("Esc")
    test.expect("half a page down")
  },
  BindingTest("help.keepSearch") { test in
    test.type("? /")
    test.write("page")
    test.type("↓ j")
    guard case .help(let help) = test.state.overlay else { return closed() }
    #expect(!help.isTyping && help.cursor == 1)
  },
  BindingTest("palette.run") { test in
    test.type(":")
    test.write("qflag")
    test.type("Enter")
    #expect(test.store.events.count == 1)
    test.type(":")
    test.write("zzzxq")
    test.type("Enter")
    test.expect("no command zzzxq; the closest is")
  },
  BindingTest("palette.complete") { test in
    test.type(":")
    test.write("theme")
    test.type("Tab")
    guard case .palette(let palette) = test.state.overlay else { return closed() }
    #expect(palette.field.text == "theme.pick")
  },
  BindingTest("palette.down") { test in
    test.type(": ↓ Ctrl-n")
    guard case .palette(let palette) = test.state.overlay else { return closed() }
    #expect(palette.cursor == 2)
  },
  BindingTest("palette.up") { test in
    test.type(":")
    test.write("session.reload")
    test.type("Enter : ↑")
    guard case .palette(let palette) = test.state.overlay else { return closed() }
    #expect(palette.field.text == "session.reload")
    test.type("Enter")
    test.expect("5 traces shown")
  },
  BindingTest("palette.close") { test in
    test.type(": Esc")
    #expect(test.state.overlay == nil)
    test.type(": Ctrl-c")
    #expect(test.state.overlay == nil && !test.effects.contains(.terminal(.quit)))
  },
  BindingTest("themes.down") { test in
    let before = test.state.theme.id
    test.type("T j")
    #expect(test.state.theme.id != before)
  },
  BindingTest("themes.up") { test in
    let before = test.state.theme.id
    test.type("T j k")
    #expect(test.state.theme.id == before)
  },
  BindingTest("themes.take") { test in
    test.type("T j Enter")
    #expect(test.effects.last == .settings(.rememberTheme(test.state.theme.id)))
    #expect(test.state.overlay == nil)
  },
  BindingTest("themes.close") { test in
    let before = test.state.theme.id
    test.type("T j j Esc")
    #expect(test.state.theme.id == before && test.state.overlay == nil)
  },
  BindingTest("prompt.submit") { test in
    test.type(":")
    test.write("rule answer = right")
    test.type("Enter Ctrl-s")
    #expect(!test.store.events.isEmpty)
  },
  BindingTest("prompt.enter") { test in
    test.type(":")
    test.write("rule")
    test.type("Enter")
    test.write("grade = ")
    test.type("Enter")
    // A rule that is not complete stays in the prompt with the reason.
    guard case .prompt(let prompt) = test.state.overlay else { return closed() }
    #expect(prompt.complaint != nil)
    test.write("wrong")
    test.type("Enter")
    #expect(test.state.overlay == nil)
  },
  BindingTest("prompt.editor") { test in
    test.store.editor = { $0 + " and R <= 1" }
    test.type(":")
    test.write("rule answer = right")
    test.type("Enter Ctrl-e")
    guard case .prompt(let prompt) = test.state.overlay else { return closed() }
    #expect(prompt.field.text == "answer = right and R <= 1")
  },
  BindingTest("prompt.cancel") { test in
    test.type(":")
    test.write("rule answer = right")
    test.type("Enter Esc")
    #expect(test.state.overlay == nil && test.store.events.isEmpty)
  },
  BindingTest("choices.down") { test in
    test.type("S j Enter")
    #expect(test.store.events == [TraceEvent(TraceID(rawValue: 1), .skip(.giveUp))])
  },
  BindingTest("choices.up") { test in
    test.type("S k Enter")
    #expect(test.store.events == [TraceEvent(TraceID(rawValue: 1), .skip(.badProblem))])
  },
  BindingTest("choices.take") { test in
    test.type("S Enter")
    #expect(test.store.events == [TraceEvent(TraceID(rawValue: 1), .skip(.later))])
  },
  BindingTest("choices.cancel") { test in
    test.type("S Esc")
    #expect(test.state.overlay == nil && test.store.events.isEmpty)
  },
]

private let allTests = globalTests + queueTests + overlayTests

@Test(arguments: allTests.map(\.id))
func `the binding does what its summary says`(id: String) throws {
  let found = try #require(allTests.first { $0.id == id })
  var test = ScreenTest()
  found.body(&test)
}

@Test func `every binding of the shell has a test`() {
  let tested = Set(allTests.map(\.id))
  let own = Set((globalBindings + queueBindings + overlayBindings).map(\.id))
  #expect(own.subtracting(tested).sorted() == [])
  #expect(tested.subtracting(own).sorted() == [])
}
