// Every key of the Train screen and of its form: typed, and its effect looked for in the state, the wishes and on the canvas.

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

private let run = "0002-spot-bco"

private let presses: [Press] = [
  Press("train.new", "n") { $0.shows("New run") && $0.form(.model) == "/models/tiny" },
  Press("train.pause", "p") { $0.trainEffects.last == .pause(run, true) },
  Press("train.pause", "k p") { $0.shows("not now: run 1 is done") },
  Press("train.stop", "s") { $0.shows("Stop run 2 after update 40?") },
  Press("train.stop", "s n") { !$0.trainEffects.contains(.stop(run)) },
  Press("train.stop", "s y") { $0.trainEffects.last == .stop(run) },
  Press("train.resume", "r") { $0.shows("not now: run 2 is at work") },
  Press("train.runUp", "k") { $0.state.train.current?.number == 1 && $0.shows("▶   1") },
  Press("train.runUp", "↑") { $0.state.train.current?.number == 1 },
  Press("train.runDown", "k j") { $0.state.train.current?.number == 2 },
  Press("train.runDown", "k ↓ ↓") { $0.state.train.current?.number == 2 },
  Press("train.compare", "c") { $0.shows("run 1") && $0.shows("weight decay") },
  Press("train.compare", "c c") { !$0.shows("weight decay") },
  Press("train.overlay", "o") { $0.shows("Draw behind run 2") },
  Press("train.overlay", "o 1") { $0.shows("dimmed: run 1") },
  Press("train.overlay", "o 1 o 0") { !$0.shows("dimmed: run 1") },
  Press("train.copy", "Y") { $0.shows("this run has written no model yet") },
  Press("train.copy", "k Y") { $0.effects.contains(.terminal(.copy("/runs/0001-dpo/model"))) },
  Press("train.panelNext", "Tab") { $0.state.train.panel == .rewards },
  Press("train.panelPrevious", "Shift-Tab") { $0.state.train.panel == .gradient },
  Press("train.maximise", "O") { $0.shows("panel 1 of 6") && !$0.shows("tether") },
  Press("train.maximise", "O O") { $0.shows("tether") },
  Press("train.log", "l") { $0.shows("loss log") },
  Press("train.log", "l l") { !$0.shows("loss log") },
  Press("train.log", "Tab l") { $0.shows("rewards may be negative") },
  Press("train.zoomIn", "z") { $0.state.trainRange == 20...40 && $0.shows("ZOOM") },
  Press("train.zoomIn", "z z z z z") { $0.shows("four updates are the least") },
  Press("train.zoomOut", "z z Z") { $0.state.trainRange == 20...40 },
  Press("train.zoomOut", "Z") { $0.shows("all updates are shown") },
  Press("train.panLeft", "z <") { $0.state.trainRange == 15...35 },
  Press("train.panLeft", "z h h h h h") { $0.state.trainRange == 0...20 },
  Press("train.panRight", "z < < >") { $0.state.trainRange == 15...35 },
  Press("train.follow", "z < f") { $0.state.trainRange == 20...40 },
  Press("train.follow", "z f") { $0.state.trainRange == nil },
  Press("train.smooth", "S") { $0.state.train.smoothing == 0.9 && $0.shows("smoothing 0.9") },
  Press("train.smooth", "S S S") { $0.state.train.smoothing == 0 && $0.shows("raw") },
  Press("train.smoother", "+ + + +") { $0.state.train.smoothing == 0.98 },
  Press("train.rougher", "- - -") { $0.state.train.smoothing == 0 },
  Press("train.crosshair", "x") { $0.shows("update 40  loss") },
  Press("train.crosshair", "x x") { $0.state.train.crosshair == nil },
  Press("train.left", "← ← ←") { $0.shows("update 38  loss") },
  Press("train.right", "x ← ← →") { $0.state.train.crosshair == 39 },
  Press("train.farLeft", "x PgUp") { $0.state.train.crosshair == 30 },
  Press("train.farRight", "Home PgDn") { $0.state.train.crosshair == 11 },
  Press("train.first", "Home") { $0.state.train.crosshair == 1 },
  Press("train.last", "Home End") { $0.state.train.crosshair == 40 },
  Press("train.spikeNext", "]") { $0.shows("this run has no spike") },
  Press("train.spikePrevious", "[") { $0.shows("this run has no spike") },
  Press("train.pairs", "Enter") { $0.shows("there is no spike; x puts the crosshair") },
  Press("train.pairs", "x ← Enter") {
    $0.effects.last
      == .store(.findPairs(run: run, step: 39, pairs: [1, 2, 3, 4], areTraces: false))
  },
  Press("train.back", "O x Esc") { $0.state.train.crosshair == nil && $0.state.train.isMaximised },
  Press("train.back", "O x c Esc Esc Esc Esc") { $0.state.screen == .queue },
  Press("trainForm.start", "n Enter") { test in
    guard case .start(let settings)? = test.trainEffects.last else { return false }
    return settings.model == "/models/tiny" && settings.objective == .spotBCO
      && settings.learningRate == 1e-4
  },
  Press("trainForm.start", "n ↓ ↓ Ctrl-u Ctrl-s") {
    $0.shows("β: give a number from 1e-12") && $0.state.train.form?.current.id == .beta
  },
  Press("trainForm.start", "n Enter Enter") { $0.shows("it is starting already") },
  Press("trainForm.leave", "n Esc") { $0.state.train.form == nil && $0.state.screen == .train },
  Press("trainForm.next", "n ↓ Tab") { $0.state.train.form?.current.id == .beta },
  Press("trainForm.previous", "n ↑") { $0.state.train.form?.current.id == .checkpointEvery },
  Press("trainForm.previous", "n Tab Shift-Tab") { $0.state.train.form?.current.id == .model },
  Press("trainForm.wordNext", "n ↓ →") { $0.form(.objective) == "spot-bce" },
  Press("trainForm.wordPrevious", "n ↓ ←") { $0.form(.objective) == "rft" },
  Press("trainForm.wordNext", "n ← ← → Backspace") { $0.form(.model) == "/models/tiy" },
  Press("trainForm.beta", "n Ctrl-b") { $0.form(.beta) == "0.4" },
]

@Test(arguments: presses)
private func `a key of the Train screen does what its line of help says`(press: Press) {
  var test = ScreenTest.train()
  test.type(press.keys)
  #expect(press.holds(test), "\(test.screen.joined(separator: "\n"))")
}

@Test func `every binding of the Train screen is typed in a test`() {
  let typed = Set(presses.map(\.id))
  let own = Set(trainBindings.map(\.id))
  #expect(own.subtracting(typed).sorted() == [])
  #expect(typed.subtracting(own).sorted() == [])
}

@Test func `spikes are gone through and open their pairs, the least learned first`() {
  var test = ScreenTest.train()
  var news = RunNews.fake(.learning, updates: 1, from: 41)
  news.updates[0].gradientNorm = 50
  news.updates[0].microBatches[0][2].chosen = -9
  test.send(.train(.news(run, news)))
  test.send(.train(.news(run, .fake(.learning, updates: 5, from: 42))))
  test.expect("last spike: update 41 (4 pairs)")
  test.type("]")
  #expect(test.state.train.crosshair == 41)
  test.type("x [ Esc Enter")
  #expect(
    test.effects.last
      == .store(.findPairs(run: run, step: 41, pairs: [1, 2, 3, 4], areTraces: false)))
  let found = (1...4).map {
    FoundPair(
      pair: $0, trace: $0 == 4 ? nil : TraceID(rawValue: Int64($0)), question: "Question \($0)?",
      isApproved: $0 != 1)
  }
  test.send(.train(.pairsFound(run: run, step: 41, found)))
  test.expect("Update 41: 4 pairs")
  test.expect("pair 4 is not in this session")
  test.expect("Question 1?  approval taken back")
  test.expect("r⁺ was")
  // Pair 3 had the lowest margin, so the cursor is on it.
  test.type("Enter")
  #expect(test.state.screen == .review && test.state.review?.trace == TraceID(rawValue: 3))
}

@Test func `a run that stopped is resumed, and a refusal offers to go on all the same`() {
  var test = ScreenTest.train()
  test.send(.train(.runs([.fake(2, .spotBCO, .stopped, step: 40)])))
  test.expect("run 2 stopped with a checkpoint; r resumes")
  test.type("r")
  #expect(test.trainEffects.last == .resume(run, force: false))
  test.send(
    .train(.resumeFailed(run, "the run was started with something else: the program changed")))
  test.expect("The run was not resumed")
  test.expect("the program changed")
  test.type("f")
  #expect(test.trainEffects.last == .resume(run, force: true))
}

@Test func `a start is answered by the run on screen or by a sentence in the form`() {
  var test = ScreenTest.train()
  test.type("n Enter")
  test.send(.train(.startFailed(.model, "there is no folder /models/tiny")))
  test.expect("there is no folder /models/tiny")
  #expect(test.state.train.form?.current.id == .model)
  test.type("Enter")
  test.send(.train(.launched("0003-spot-bco")))
  test.expect("Starting: the pairs are read")
  test.send(.train(.runs([.fake(2, step: 41), .fake(3, .spotBCO, .preparing, step: 0)])))
  #expect(test.state.train.form == nil && test.state.train.current?.number == 3)
  test.expect("run 3 has started")
  test.expect("no update yet")
  // A run that is over before it was ever looked at says so.
  test.type("n Enter")
  test.send(.train(.launched("0004-spot-bco")))
  test.send(
    .train(.runs([.fake(2, step: 41), .fake(3, step: 41), .fake(4, .spotBCO, .done, step: 9)])))
  test.expect("run 4 is done")
}

@Test func `the rim is told what to look at, and told once`() {
  var test = ScreenTest.train()
  let watches = test.trainEffects.compactMap { effect -> TrainWatch? in
    if case .watch(let watch) = effect { watch } else { nil }
  }
  #expect(watches.count == 2 && watches.last?.isVisible == true && watches.last?.runs == [run])
  test.type("x ← z 1")
  guard case .watch(let hidden)? = test.trainEffects.last else {
    Issue.record("nothing was said when the screen was left")
    return
  }
  #expect(!hidden.isVisible)
}

@Test func `without approved pairs the screen says what to do and a start is refused`() {
  var test = ScreenTest()
  test.type("4")
  test.expect("Looking for runs…")
  test.send(.train(.runs([])))
  test.expect("No run yet, and no pair is approved.")
  for key in ["p", "s", "r", "j", "x", "z", "Enter", "o", "c"] {
    test.type(key)
    test.expect("not now: there is no")
  }
  test.type("n Enter")
  test.expect("no pair is approved yet")
  #expect(!test.trainEffects.contains { if case .start = $0 { true } else { false } })
}
