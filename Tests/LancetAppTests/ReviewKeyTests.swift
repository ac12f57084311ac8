// Every key of the Review screen: typed, and its effect looked for in the decisions and on the canvas.

import LancetCanvas
import LancetCore
import Testing

@testable import LancetApp

/// A key sequence and what must be true after it.
private struct Press: Sendable, CustomTestStringConvertible {
  var id: String
  var keys: String
  var holds: @Sendable (ScreenTest) -> Bool

  init(_ id: String, _ keys: String, _ holds: @escaping @Sendable (ScreenTest) -> Bool) {
    self.id = id
    self.keys = keys
    self.holds = holds
  }

  var testDescription: String { "\(id): \(keys)" }
}

private let presses: [Press] = [
  Press("hunk.accept", "a") { $0.signs == "✓?????" && $0.hunk == 2 },
  Press("hunk.accept", "y y") { $0.signs == "✓✓????" && $0.hunk == 3 },
  Press("hunk.reject", "x") { $0.signs == "✗?????" && $0.correction.hasPrefix("51 - 45 = 14.") },
  Press("hunk.edit", "e") { $0.state.scope == .reviewEdit && $0.shows("EDIT") },
  Press("hunk.editor", "E") { test in
    test.effects.contains {
      if case .terminal(.openEditor(let request)) = $0 { request.text == "6" } else { false }
    }
  },
  Press("hunk.toggle", "Space") { $0.signs == "✓?????" && $0.hunk == 1 },
  Press("hunk.toggle", "Space Space") { $0.signs == "??????" },
  Press("hunk.reset", "x [ r") { $0.signs == "??????" },
  Press("hunk.acceptRest", "x A") { $0.signs == "✗✓✓✓✓✓" && $0.store.batches.count == 2 },
  Press("hunk.rejectRest", "a X") { $0.signs == "✓✗✗✗✗✗" && $0.store.batches.count == 2 },
  Press("hunk.join", "] &") { $0.signs == "?????" && $0.shows("14 + 43 = 57") },
  Press("hunk.split", "] & s") { $0.signs == "??????" && $0.hunk == 2 },
  Press("hunk.range", "] & v") { $0.shows("1 of 2 parts selected") },
  Press("hunk.range", "] & v a") { $0.signs == "?✓????" },
  Press("hunk.range", "] & v ] x") { $0.signs == "?✗???" },
  Press("hunk.alternative", "p") {
    $0.correction.hasPrefix("51 - 45 is 6.") && $0.signs.first == "?"
  },
  Press("hunk.alternative", "p p") { $0.correction.hasPrefix("51 - 45 = 6.") },
  Press("proposal.next", "P") { $0.correction.utf8.elementsEqual(Marbles.reworded.utf8) },
  Press("proposal.ask", "o") { test in
    test.effects.contains { if case .store(.propose) = $0 { true } else { false } }
  },
  Press("pair.approve", "A Enter") { $0.decided.contains(.approve(override: nil)) },
  Press("pair.approve", "A Enter") { $0.state.review?.trace == TraceID(rawValue: 2) },
  Press("pair.approve", "j j k k j Enter") { $0.shows("undecided") && $0.decided.isEmpty },
  Press("pair.override", "A G x Ctrl-o text:it is fine") { $0.shows("it is fine") },
  Press("trace.skip", "S g") { $0.decided == [.skip(.giveUp)] },
  Press("trace.flag", "m") { $0.decided == [.flag(true)] && $0.shows("flagged") },
  Press("trace.flag", "m m") { $0.decided == [.flag(true), .flag(false)] },
  Press("hunk.comment", "c text:why") { $0.shows("why") && $0.shows("note on hunk 1") },
  Press("hunk.next", "]") { $0.hunk == 2 },
  Press("hunk.previous", "] ] [") { $0.hunk == 2 },
  Press("hunk.previous", "[") { $0.shows("no hunk before") },
  Press("hunk.nextUndecided", "a [ )") { $0.hunk == 2 },
  Press("hunk.previousUndecided", "] ] (") { $0.hunk == 2 },
  Press("step.next", "}") { $0.hunk == 2 && $0.state.review?.step == 1 },
  Press("step.previous", "} } {") { $0.state.review?.step == 1 },
  Press("step.previous", "{") { $0.shows("first step") },
  Press("line.down", "j") { $0.hunk == 2 },
  Press("line.down", "↓ ↓") { $0.hunk == 4 },
  Press("line.up", "j j k") { $0.hunk == 2 },
  Press("page.halfDown", "Ctrl-d") { $0.hunk == 6 },
  Press("page.halfUp", "G Ctrl-u") { $0.hunk == 1 },
  Press("page.down", "PgDn") { $0.hunk == 6 },
  Press("page.up", "G PgUp") { $0.hunk == 1 },
  Press("line.first", "G g") { $0.hunk == 1 },
  Press("line.last", "G") { $0.hunk == 6 },
  // Here all of the text is on screen; where it is longer, see `J and K scroll the text under the cursor`.
  Press("text.down", "J") { $0.hunk == 1 && $0.state.review?.top.line == 0 },
  Press("text.up", "K") { $0.hunk == 1 },
  Press("trace.next", ">") { $0.state.review?.trace == TraceID(rawValue: 2) },
  Press("trace.next", ". ,") { $0.state.review?.trace == TraceID(rawValue: 1) },
  Press("trace.previous", "<") { $0.shows("this is the first") },
  Press("trace.nextFlagged", "m > '") { $0.state.review?.trace == TraceID(rawValue: 1) },
  Press("trace.nextFlagged", "'") { $0.shows("no other trace of the Queue is flagged") },
  Press("text.find", "/ text:answer") { $0.shows("answer") },
  Press("text.findNext", "n") { $0.shows("there is no search yet") },
  Press("text.findPrevious", "N") { $0.shows("there is no search yet") },
  Press("step.right", "+") {
    $0.decided == [.label(stepAt: 0, .right)] && $0.state.review?.step == 1 && $0.shows("+1")
  },
  Press("step.right", "= { =") { $0.state.review?.review.labels.isEmpty == true },
  Press("step.neutral", "0") { $0.decided == [.label(stepAt: 0, .neutral)] },
  Press("step.wrong", "-") { $0.decided == [.label(stepAt: 0, .wrong)] && $0.shows("−1") },
  Press("step.firstError", "j !") { $0.decided == [.firstError(stepAt: 14)] && $0.shows("(you)") },
  Press("step.firstError", "! !") { $0.state.review?.review.firstError == nil },
  Press("view.arrangement", "|") { $0.shows("arrangement: stacked") && $0.shows("− 51 - 45") },
  Press("view.arrangement", "| |") { $0.shows("arrangement: unified") && $0.shows("= 146.") },
  Press("view.wrap", "w") { $0.shows("WORD ·  CUT") },
  Press("view.unit", "W") { $0.shows("CHAR · WRAP") },
  Press("view.unit", "W W W") { $0.shows("WORD · WRAP") },
  Press("view.numbers", "L") { $0.state.review?.options.lineNumbers == true },
  Press("view.zoom", "O") { !$0.shows("y⁻  student") && $0.shows("y⁺  correction") },
  Press("view.left", "h O") { $0.shows("y⁻  student") && !$0.shows("y⁺  correction") },
  Press("view.right", "h l O") { !$0.shows("y⁻  student") },
  Press("view.question", "i") { $0.state.review?.options.questionOpen == true },
  Press("fold.toggle", "z") { $0.shows("there is nothing to fold") },
  Press("fold.all", "F") { $0.state.review?.options.folds == true },
  Press("pair.copy", "Y c") { $0.effects.contains(.terminal(.copy(Marbles.corrected))) },
  Press("pair.copy", "Y m") { $0.effects.contains(.terminal(.copy(Marbles.wrong))) },
  Press("review.up", "Esc") { $0.state.screen == .queue },
  Press("review.up", "] & v Esc") { $0.state.screen == .review && $0.state.review?.range == nil },
  Press("edit.cancel", "e 9 9 Esc") { $0.signs == "??????" && $0.correction == Marbles.corrected },
  Press("edit.save", "e 9 Ctrl-s") {
    $0.signs == "~?????" && $0.correction.hasPrefix("51 - 45 = 69.")
  },
  Press("edit.save", "e Backspace 1 4 Ctrl-s") { $0.signs == "✗?????" },
  Press("edit.editor", "e 7 Ctrl-e") { test in
    test.effects.contains {
      if case .terminal(.openEditor(let request)) = $0 { request.text == "67" } else { false }
    }
  },
]

/// Commands without a key, run through the palette's table.
private let commands: Set<String> = ["pair.revoke", "trace.unskip", "hunk.needed"]

@Test(arguments: presses) private func `a key does what the table says`(press: Press) {
  var test = ScreenTest.review(
    proposals: [Marbles.corrected, Marbles.reworded], columns: 140, rows: 40, traces: 3)
  test.type(press.keys)
  #expect(
    press.holds(test), "\(press.id) after \(press.keys):\n\(test.screen.joined(separator: "\n"))")
}

@Test func `every binding of the Review screen is typed in a test`() {
  let tested = Set(presses.map(\.id)).union(commands)
  #expect(Set(reviewBindings.map(\.id)).subtracting(tested).isEmpty)
}

@Test func `no two bindings of the Review screen share a key`() {
  for scope in [Scope.review, .reviewEdit] {
    let keys = reviewBindings.filter { $0.scopes.contains(scope) }.flatMap(\.keys)
    #expect(keys.count == Set(keys).count)
  }
}

@Test func `commands without a key take back what was recorded`() throws {
  var test = ScreenTest.review(traces: 1)
  test.type("A Enter")
  #expect(test.state.review?.review.approval != nil)
  let revoke = try #require(test.state.bindings["pair.revoke"])
  for effect in revoke.action(&test.state) {
    if case .store(.commit) = effect { #expect(test.state.review?.review.approval == nil) }
  }
  #expect(revoke.refusal(test.state) == "it is not approved")
  test.type("S l")
  let unskip = try #require(test.state.bindings["trace.unskip"])
  _ = unskip.action(&test.state)
  #expect(test.state.review?.review.skip == nil)
  let needed = try #require(test.state.bindings["hunk.needed"])
  _ = needed.action(&test.state)
  #expect(test.state.review?.roles?.isSound == true)
}

@Test func `a read-only session refuses decisions and still moves`() {
  var test = ScreenTest.review(readOnly: "another Lancet has it open")
  test.type("a")
  test.expect("another Lancet has it open")
  #expect(test.signs == "??????")
  test.type("]")
  #expect(test.hunk == 2)
}

@Test func `a correction that is still wrong says so and how to go on`() {
  var test = ScreenTest.review()
  test.type("A G x Enter")
  test.expect("not approved: still answers 60, expected 62")
  test.expect("Ctrl-o approves anyway")
  test.type("Ctrl-o")
  test.write("the key is wrong")
  test.type("Enter")
  #expect(test.decided.last == .approve(override: "the key is wrong"))
}

@Test func `a value left behind cannot be approved without a reason`() {
  var test = ScreenTest.review("51 - 45 = 14. So 14 remain.\nAnswer: 62", proposals: [])
  test.type("e Home Ctrl-k")
  test.write("51 - 45 = 6. So 14 remain.")
  test.type("Ctrl-s Enter")
  test.expect("not approved: step 1 uses 14, which no step derives")
  #expect(test.state.review?.review.approval == nil)
}

@Test func `rejecting everything cannot be approved`() {
  var test = ScreenTest.review()
  test.type("X Enter")
  test.expect("the correction is the model's own text")
  test.type("Ctrl-o")
  #expect(test.state.overlay == nil)
}

@Test func `a trace without a proposal is corrected by hand`() {
  var test = ScreenTest.review("51 - 45 = 6, and 56.\nAnswer: 60", proposals: [], traces: 1)
  test.expect("no proposal yet")
  test.type("j e Backspace 2 Ctrl-s")
  #expect(test.correction == "51 - 45 = 6, and 56.\nAnswer: 62")
  #expect(test.signs == "~")
  test.type("Enter")
  #expect(test.decided.last == .approve(override: nil))
}

@Test func `what is typed is graded while it is typed`() {
  var test = ScreenTest.review(traces: 1)
  test.type("G e")
  test.expect("62 ✓")
  test.type("9")
  test.expect("629 ✗")
  test.expect("editing")
  #expect(test.canvas.cursor != nil)
  test.type("Backspace")
  test.expect("62 ✓")
}

@Test func `search finds both sides and n goes round`() {
  var test = ScreenTest.review()
  test.type("/ text:answer")
  test.type("Enter")
  test.expect("1 of 2")
  #expect(test.hunk == 6)
  test.type("n n")
  test.expect("1 of 2")
  test.type("N")
  test.expect("2 of 2")
  test.type("Esc")
  #expect(test.state.review?.search == nil)
  #expect(test.state.screen == .review)
}

@Test func `editing a step rated +1 before the first error is warned of`() {
  var test = ScreenTest.review()
  test.type("+ ! k")
  test.expect("this hunk edits step 1, rated +1 and before the first error")
}

@Test func `a click on a box decides, elsewhere it moves`() {
  var test = ScreenTest.review()
  test.click(on: "[ ] 1")
  #expect(test.signs == "✓?????")
  test.click(on: "57 + 13")
  #expect(test.state.review?.cursor.line == 2)
  test.click(on: "[ ] 6")
  #expect(test.signs == "✓????✓")
}

@Test func `undo comes back to the hunk it concerns`() {
  var test = ScreenTest.review()
  test.type("a a a u")
  #expect(test.signs == "✓✓????")
  #expect(test.hunk == 3)
  test.type("Ctrl-r")
  #expect(test.signs == "✓✓✓???")
}

@Test func `a new size keeps the hunk under the cursor`() {
  var test = ScreenTest.review()
  test.type("] ] ]")
  for size in [(80, 24), (200, 60), (60, 15), (120, 30)] {
    test.send(.input(.resize(Size(columns: size.0, rows: size.1))))
    #expect(test.hunk == 4)
    #expect(test.shows("▶"))
  }
}

@Test func `an editor's text becomes a tweak, an empty file nothing`() {
  var test = ScreenTest.review()
  test.store.editor = { $0 + " exactly\n" }
  test.type("E")
  #expect(test.correction.hasPrefix("51 - 45 = 6 exactly."))
  test.store.editor = { _ in "" }
  test.type("g E")
  #expect(test.correction.hasPrefix("51 - 45 = 6 exactly."))
}

@Test func `J and K scroll the text, and the cursor stays on its hunk`() throws {
  // Every line has a hunk, so nothing is folded; the cursor goes to the middle.
  func text(_ add: Int) -> String {
    (1...40).map { "Step \($0): \($0) + 1 = \($0 + add)." }.joined(separator: "\n")
  }
  var test = ScreenTest.review(text(3), proposals: [text(1)], rows: 24)
  test.type("g ] ] ] ] ] ] ] ] ] ] ] ]")
  let hunk = test.hunk
  func row(_ test: ScreenTest) -> Int? { test.screen.firstIndex { $0.contains("Step \(hunk):") } }
  let (before, screen) = (try #require(row(test)), test.screen)
  test.type("J")
  #expect(row(test) == before - 1 && test.hunk == hunk)
  test.type("J")
  #expect(row(test) == before - 2 && test.hunk == hunk)
  test.type("K K")
  #expect(test.screen == screen && test.hunk == hunk)
}
