// The mouse in overlays, on tabs and on hints: what a click and the wheel do, as a person at the screen sees it.

import LancetCanvas
import LancetCore
import Testing

@testable import LancetApp

extension ScreenTest {
  /// Turns the wheel; positive is down.
  fileprivate mutating func wheel(_ count: Int) {
    let kind: MouseEvent.Kind = count > 0 ? .wheelDown : .wheelUp
    send(.input(.mouse(MouseEvent(kind, row: 10, column: 40, count: abs(count)))))
  }
}

@Test func `the wheel scrolls the help and a second click runs what is shown`() {
  var test = ScreenTest(columns: 120)
  test.type("?")
  let first = test.screen
  test.wheel(2)
  #expect(test.screen != first)
  test.wheel(-2)
  #expect(test.screen == first)
  test.click(on: "choose the order")
  test.expect("Help")
  test.click(on: "choose the order")
  test.expectNo("Help")
  test.expect("undecided")
}

@Test func `a click in the palette runs the command`() {
  var test = ScreenTest(columns: 120)
  test.type(":")
  test.write("flag")
  test.wheel(1)
  test.wheel(-1)
  test.click(on: "flag the trace, or")
  #expect(test.state.overlay == nil)
  #expect(test.state.queue.rows.first?.flagged == true)
}

@Test func `a click takes a choice, and the wheel moves among them`() {
  var test = ScreenTest(columns: 120)
  test.type("s")
  test.wheel(1)
  test.click(on: "steps")
  #expect(test.state.queue.sort.field == .steps)
  #expect(test.state.overlay == nil)
}

@Test func `a click uses a theme, and a hint under an overlay can be clicked`() {
  var test = ScreenTest(columns: 120)
  let before = test.state.themes.current
  test.type("T")
  let names = test.state.themes.all.map(\.name)
  guard let other = names.last(where: { $0 != before.name }) else {
    Issue.record("there is one theme only")
    return
  }
  test.click(on: other)
  #expect(test.state.themes.current.name == other)
  test.click(on: "Enter")
  #expect(test.state.overlay == nil)
}

@Test func `a click beside an overlay, on no tab or on no hint does nothing`() {
  var test = ScreenTest(columns: 120)
  test.type("?")
  let shown = test.screen
  test.click(row: 3, column: 0)
  #expect(test.screen == shown, "a click beside the help")
  test.type("Esc")
  let plain = test.screen
  for row in [0, 23] {
    test.click(row: row, column: 95)
    test.expect(rows: plain.joined(separator: "\n"), from: 0)
  }
}

@Test(arguments: [
  (QueueSort.Field.changeRatio, "R"), (.undecided, "undecided"), (.status, "status"),
  (.before, "before"), (.after, "after"), (.hunks, "hunks"), (.steps, "steps"),
  (.tokens, "tokens"), (.question, "question"), (.id, "trace"),
])
func `each order of the Queue is kept both ways, rows without a value last`(
  _ field: QueueSort.Field, _ name: String
) {
  let rows = ScreenTest().state.queue.rows
  #expect(rows.count == 5 && field.rawValue == name)
  let up = QueueSort(field).arranged(Array(rows.indices), of: rows)
  let down = QueueSort(field, descending: true).arranged(Array(rows.indices), of: rows)
  #expect(up.sorted() == Array(rows.indices) && down.sorted() == up.sorted())
  let valueless = Set(rows.indices.filter { field == .changeRatio && rows[$0].changeRatio == nil })
  #expect(Set(up.suffix(valueless.count)) == valueless)
  #expect(Set(down.suffix(valueless.count)) == valueless)
  switch field {
  case .changeRatio:
    let ratios = up.compactMap { rows[$0].changeRatio }
    #expect(ratios == ratios.sorted())
    #expect(down.compactMap { rows[$0].changeRatio } == ratios.reversed())
  case .hunks: #expect(up.map { rows[$0].hunks } == rows.map(\.hunks).sorted())
  case .steps: #expect(up.map { rows[$0].steps } == rows.map(\.steps).sorted())
  case .tokens: #expect(down.map { rows[$0].tokens } == rows.map(\.tokens).sorted().reversed())
  case .question: #expect(up.map { rows[$0].question } == rows.map(\.question).sorted())
  case .id: #expect(down == up.reversed())
  case .before: #expect(up.last.map { rows[$0].gradeBefore } == .right)
  case .after: #expect(down.first.flatMap { rows[$0].gradeAfter } == .right)
  case .undecided: #expect(up != down)
  // All are new: equal rows keep the session's order both ways.
  case .status: #expect(up == down)
  }
}
