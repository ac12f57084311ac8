// The Queue as a person sees it.
import LancetCanvas
import LancetCore
import Testing

@testable import LancetApp

@Test func `the Queue shows every trace with answers, hunks, R and its bar`() {
  let test = ScreenTest(columns: 140, rows: 24)
  test.expect(" Lancet  demo ▸ 1 Queue  2 Review  3 Inspect  4 Train  5 Jobs")
  test.expect("0 approved · 4 left")
  test.expect("5 of 5")
  test.expect("60 ✗")
  test.expect("62 ✓")
  test.expect("│")
  test.expect("arithmetic")
  test.expect("Start with 51 marbles")
}

@Test func `at 80 columns the question is still there and the bar gave way`() {
  let test = ScreenTest(columns: 80, rows: 24)
  test.expect("Start with 51 marbles")
  test.expect("60 ✗")
  test.expectNo("░")
  for line in test.screen { #expect(displayWidth(line) <= 80) }
}

@Test func `a window below 60 by 15 says so and takes only quitting`() {
  var test = ScreenTest(columns: 59, rows: 14)
  test.expect("too small")
  test.type("j")
  #expect(test.state.queue.cursor == 0)
  test.send(.input(.resize(Size(columns: 1, rows: 1))))
  #expect(test.screen.count == 1)
  test.send(.input(.resize(Size(columns: 0, rows: 0))))
  _ = test.canvas
  test.type("Q")
  #expect(test.effects.last == .terminal(.quit))
}

@Test func `a rule filters while it is typed, a half one keeps the rows and says what is missing`()
{
  var test = ScreenTest()
  test.type("/")
  test.write("grade = wrong")
  #expect(test.state.queue.shown.count == 4)
  test.expect("FILTER")
  test.write(" and ")
  #expect(test.state.queue.shown.count == 4)
  #expect(test.state.queue.filter.complaint != nil)
  test.write("answer = right")
  #expect(test.state.queue.shown.count == 3)
  test.type("Enter")
  #expect(!test.state.queue.isTyping)
  test.expect("3 of 5")
}

@Test func `other words are looked for in the question, whatever their case`() {
  var test = ScreenTest()
  test.type("/")
  test.write("MARBLES")
  #expect(test.state.queue.shown.count == 1)
  test.type("Esc")
  #expect(test.state.queue.shown.count == 5)
  test.type("/")
  test.write("zebra")
  test.expect("No trace matches the filter.")
}

@Test func `the cursor stays on its trace when filter and order change`() {
  var test = ScreenTest()
  test.type("j j j")
  let trace = test.state.queue.current?.id
  test.type("/")
  test.write("eggs")
  #expect(test.state.queue.current?.id == trace)
  test.type("Esc s s")
  #expect(test.state.queue.sort.field == .changeRatio)
  #expect(test.state.queue.current?.id == trace)
}

@Test func `rows without a value come last in both directions`() {
  var queue = QueueState()
  let rows = FakeStore.demo.rows((1...5).map { TraceID(rawValue: $0) })
  queue.append(rows, total: 5)
  for descending in [false, true] {
    queue.setSort(QueueSort(.changeRatio, descending: descending))
    let ratios = queue.shown.map { queue.rows[$0].changeRatio }
    #expect(ratios.suffix(2).allSatisfy { $0 == nil })
    let known = ratios.compactMap { $0 }
    #expect(known == known.sorted { descending ? $0 > $1 : $0 < $1 })
  }
}

@Test func `pages of rows add up, and the sums follow every change`() {
  var queue = QueueState()
  let rows = FakeStore.demo.rows((1...5).map { TraceID(rawValue: $0) })
  queue.append(Array(rows.prefix(2)), total: 5)
  #expect(!queue.isComplete)
  queue.append(Array(rows.dropFirst(2)), total: 5)
  #expect(queue.isComplete && queue.shown == [0, 1, 2, 3, 4])
  #expect(queue.totals.left == 4 && queue.totals.right == 1 && queue.totals.unproposed == 1)
  var row = rows[0]
  row.status = .approved
  queue.update([row])
  #expect(queue.totals.approved == 1 && queue.totals.left == 3)
  queue.append([row], total: 5)
  #expect(queue.rows.count == 5 && queue.totals.approved == 1)
}

@Test func `a row that no longer matches stays until R`() {
  var test = ScreenTest()
  test.type("/")
  test.write("flagged = false")
  test.type("Enter m")
  #expect(test.state.queue.shown.count == 5)
  test.type("R")
  #expect(test.state.queue.shown.count == 4)
}

@Test func `drawing touches only the rows in sight`() {
  var queue = QueueState()
  let template = FakeStore.demo.rows([TraceID(rawValue: 1)])[0]
  let rows = (1...20_000).map { number in
    var row = template
    row.id = TraceID(rawValue: Int64(number))
    return row
  }
  queue.append(rows, total: rows.count)
  var test = ScreenTest(columns: 140, rows: 40)
  test.state.queue = queue
  test.type("G")
  test.expect("20000 of 20000")
  test.expect("▶ 20000")
  test.expectNo(" 19000 ")
  test.type("g")
  test.expect("1 of 20000")
}

@Test func `an empty session says what to do`() {
  let test = ScreenTest(FakeStore())
  test.expect("This session has no traces yet.")
  test.expect("lancet import demo FILE.jsonl")
}

@Test func `a read-only session refuses decisions in words`() {
  var test = ScreenTest(readOnly: "open for writing in process 7")
  test.expect("READ ONLY")
  test.type("m")
  test.expect("not now: open for writing in process 7")
  #expect(test.store.events.isEmpty)
}

@Test func `the wheel scrolls without moving the cursor, a click moves it, a second one opens`() {
  var store = FakeStore()
  for number in 0..<60 {
    store.add(question: "Number \(number)?", answer: "1", trace: "1", proposal: nil)
  }
  var test = ScreenTest(store)
  test.send(.input(.mouse(MouseEvent(.wheelDown, row: 10, column: 5, count: 2))))
  #expect(test.state.queue.top == 6 && test.state.queue.cursor == 0)
  test.click(row: test.state.listArea.row + 4, column: 5)
  #expect(test.state.queue.cursor == 10)
  test.click(row: test.state.listArea.row + 4, column: 5, after: 2)
  #expect(test.state.screen == .queue)
  test.click(row: test.state.listArea.row + 4, column: 5, after: 0.1)
  #expect(test.state.screen == .review)
}

@Test func `tabs and hints can be clicked`() {
  var test = ScreenTest(columns: 140)
  test.click(on: "4 Train")
  #expect(test.state.screen == .train)
  test.click(on: "1 Queue")
  #expect(test.state.screen == .queue)
  test.click(on: "? help")
  test.expect("Help")
}

@Test func `what is displayed of a hostile question is harmless`() {
  var store = FakeStore()
  store.add(
    question: "a\u{1B}[2Jb\u{202E}c\u{7}", answer: "1", trace: "1", proposal: nil,
    source: "\u{1B}]0;x\u{7}")
  let test = ScreenTest(store, columns: 140)
  let text = test.screen.joined()
  #expect(!text.unicodeScalars.contains { $0.value < 32 || $0 == "\u{202E}" })
}

@Test func `without UTF-8 every sign of our own has a twin, on the screen and in the overlays`() {
  var test = ScreenTest(columns: 140)
  for keys in ["m", "?", "Esc :", "Esc S", "Esc s", "Esc T"] {
    test.type(keys)
    var canvas = Canvas(size: test.state.size, repertoire: .ascii)
    render(test.state, on: &canvas)
    #expect(!canvas.snapshot().contains("<U+"), "after \(keys):\n\(canvas.snapshot())")
  }
}

@Test func `undoing a rule moves nothing and says what it was`() {
  var test = ScreenTest()
  test.type(":")
  test.write("rule answer = right")
  test.type("Enter Enter u")
  #expect(test.state.queue.cursor == 0)
  test.expect("undone: ")
  test.expect("changes in 3 traces")
}

@Test func `R over γ never reads as γ`() {
  #expect(ratioText(0.604, gamma: 0.6) == "0.61")
  #expect(ratioText(0.6, gamma: 0.6) == "0.60")
  #expect(ratioText(0.194, gamma: 0.6) == "0.19")
}

@Test func `the pace counts the last approvals and forgets a long pause`() {
  var pace = Pace()
  pace.approved(at: 0)
  pace.approved(at: 60)
  #expect(pace.perHour == nil)
  pace.approved(at: 120)
  #expect(pace.perHour == 60)
  pace.approved(at: 10_000)
  #expect(pace.perHour == nil)
}

@Test func `a decision made while a trace is read again is not lost from the screen`() throws {
  var test = ScreenTest()
  test.type("Enter")
  let review = try #require(test.state.review?.review)
  let key = try #require(review.hunks.first?.key)
  let id = review.input.trace.id
  // The store read the trace before this commit was stored.
  _ = test.state.commit([TraceEvent(id, .decide(key, .rejected))])
  _ = update(&test.state, .traceLoaded(id, review))
  #expect(test.state.review?.review.hunks.first?.decision == .rejected)
}

@Test func `a long filter looks at some rows at a time, and keys are answered meanwhile`() throws {
  var test = ScreenTest()
  let row = try #require(test.state.queue.rows.first)
  let page = (10..<6010).map { number in
    var copy = row
    copy.id = TraceID(rawValue: Int64(number))
    return copy
  }
  test.send(.queueLoaded(page, total: 6005))
  let terms = (1...300).map { "steps = \($0 + 100)" }.joined(separator: " or ")
  // No rim: what comes after the first look is done here, step by step.
  _ = update(&test.state, .input(.key(.char("/"))))
  let effects = update(&test.state, .input(.paste(terms + " or grade = wrong")))
  #expect(effects.contains(.terminal(.goOn)) && test.state.queue.isFiltering)
  test.expect("looked at")
  var looks = 0
  while test.state.queue.isFiltering, looks < 1000 {
    looks += 1
    _ = update(&test.state, .tick(test.state.now))
  }
  #expect(looks > 3 && test.state.queue.shown.count == 6004)
  #expect(test.state.queue.shown == test.state.queue.shown.sorted())
  test.expectNo("looked at")
  // A short filter is done at once.
  _ = update(&test.state, .input(.key(.escape)))
  test.type("/ text:grade = right")
  #expect(!test.state.queue.isFiltering && test.state.queue.shown.count == 1)
}
