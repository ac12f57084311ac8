// What the Train screen shows: panels at all sizes, the form, the sentence, and the figures behind them.

import LancetCanvas
import LancetCore
import Testing

@testable import LancetApp

@Test(arguments: [(80, 24, 1), (140, 44, 6), (200, 60, 6), (60, 15, 1)])
func `panels fill the window and nothing overlaps`(columns: Int, rows: Int, panels: Int) {
  var test = ScreenTest.train(columns: columns, rows: rows)
  let layout = TrainLayout(test.state, in: test.state.area)
  #expect(layout.panels.count == panels)
  for (index, one) in layout.panels.enumerated() {
    #expect(test.state.area.intersection(one.rect) == one.rect)
    for other in layout.panels.dropFirst(index + 1) {
      #expect(one.rect.intersection(other.rect).isEmpty)
    }
  }
  test.expect("loss")
  test.expect("Learning, no forgetting seen: in-domain +8.0")
  test.expect("40/100")
  // Every panel is reached by Tab and shows a curve.
  for panel in TrainPanel.allCases {
    #expect(test.state.train.panel == panel)
    test.expect(panel.title)
    test.type("Tab")
  }
}

@Test func `the crosshair stands in all panels at the same update with exact values`() {
  var test = ScreenTest.train()
  test.type("x PgUp PgUp")
  test.expect("update 20  loss 0.924")
  // The panels' titles show the same update: r⁺ = 20/40, r⁻ = −2·20/40.
  test.expect("r⁺ 0.5")
  test.expect("r⁻ -1")
  let lines = test.canvas
  var marked = 0
  for place in TrainLayout(test.state, in: test.state.area).panels {
    // A curve may hide it in some rows, never in all.
    let found = (place.rect.row..<place.rect.endRow).contains { row in
      (place.rect.column..<place.rect.endColumn).contains {
        lines[row: row, column: $0].style.role == .crosshair
      }
    }
    marked += found ? 1 : 0
  }
  #expect(marked == 6)
}

@Test func `two curves of one panel have their updates in the same columns`() {
  let test = ScreenTest.train()
  for panel in [TrainPanel.margin, .gradient] {
    let charts = alignedCharts(
      panel, test.state, in: Rect(column: 0, row: 0, width: 44, height: 16))
    #expect(charts.count == 2)
    #expect(
      charts[0].chart.plot(in: charts[0].rect).column
        == charts[1].chart.plot(in: charts[1].rect).column)
  }
}

@Test func `the overlaid run is drawn dimmed and named`() {
  var test = ScreenTest.train()
  test.type("o 1")
  let charts = trainCharts(.loss, test.state, height: 10)
  #expect(charts[0].chart.series.map(\.isDimmed) == [false, true])
  #expect(charts[0].chart.series[1].points.count == 100)
  test.expect("dimmed: run 1")
}

@Test func `a resumed run joins its old curve`() {
  var curves = RunCurves()
  curves.take(.fake(.learning, updates: 40))
  curves.take(.fake(.learning, updates: 10, from: 31))
  #expect(curves.updates.map(\.step) == Array(1...40))
  #expect(curves.probes.map(\.step) == [0, 10, 20, 30, 40])
  var again = RunNews.fake(.learning, updates: 3)
  again.startsOver = true
  curves.take(again)
  #expect(curves.updates.count == 3)
}

@Test func `a calm curve has no spikes; a jump and a missing number are some`() {
  var curves = RunCurves()
  curves.take(.fake(.learning, updates: 100))
  #expect(curves.spikes == [])
  var news = RunNews.fake(.learning, updates: 3, from: 101)
  news.updates[0].gradientNorm = 9
  news.updates[2].loss = .nan
  curves.take(news)
  #expect(curves.spikes == [101, 103])
}

@Test func `the nearest update is found at both ends and between`() {
  var curves = RunCurves()
  curves.take(.fake(.learning, updates: 10))
  #expect(curves.update(near: -5)?.step == 1)
  #expect(curves.update(near: 4.4)?.step == 4)
  #expect(curves.update(near: 4.6)?.step == 5)
  #expect(curves.update(near: 99)?.step == 10)
  #expect(curves.update(near: .nan) == nil)
  #expect(RunCurves().update(near: 1) == nil)
}

@Test func `the time left is the mean update times the updates to come`() throws {
  var curves = RunCurves()
  var news = RunNews.fake(.learning, updates: 40)
  for index in news.updates.indices { news.updates[index].pairsPerSecond = 8 }
  curves.take(news)
  let left = try #require(TimeLeft(.fake(2), curves))
  // Four pairs at eight a second: half a second an update, sixty to come.
  #expect(left.seconds == 30 && left.spread == 0)
  #expect(left.text == "30 s left ± 0")
  #expect(TimeLeft(.fake(2, .dpo, .done, step: 100), curves) == nil)
  #expect(TimeLeft(.fake(2), RunCurves()) == nil)
}

// MARK: - The sentence

private func sentence(_ course: FakeCourse, _ run: RunRecord = .fake(2), updates: Int = 40)
  -> String
{
  var curves = RunCurves()
  curves.take(.fake(course, updates: updates))
  return diagnose(run, curves).text
}

@Test func `the sentence names what the curves do`() {
  #expect(sentence(.learning).hasPrefix("Learning, no forgetting seen: in-domain +8.0, OOD ±0.0"))
  #expect(sentence(.pullUp).hasPrefix("Both rise: pull-up (r⁺ "))
  #expect(sentence(.suppression).hasPrefix("Both fall: the margin grows by suppression"))
  #expect(sentence(.learning, updates: 3) == "Too early to say: 3 of the first 5 updates.")
  #expect(sentence(.stuck(learningRate: 0)).contains("the learning rate is 0 at every update"))
  #expect(
    sentence(.stuck(learningRate: 0), updates: 3).contains("still 0, as warm-up begins"))
  #expect(sentence(.stuck(learningRate: 1e-12)).contains("the learning rate is too small"))
  #expect(sentence(.stuck(learningRate: 1), .fake(2, beta: 0)).contains("β is 0"))
}

@Test func `the sentence names forgetting, an odd number and an end`() {
  var curves = RunCurves()
  var news = RunNews.fake(.learning, updates: 40)
  let last = news.probes.count - 1
  news.probes[last].suites[1].accuracy = 0.8
  curves.take(news)
  let forgetting = diagnose(.fake(2), curves)
  #expect(forgetting.verdict == .bad)
  #expect(forgetting.text.hasPrefix("Forgetting: OOD got worse (in-domain +8.0, OOD −13.3"))

  news.updates[20].loss = .infinity
  curves = RunCurves()
  curves.take(news)
  #expect(diagnose(.fake(2), curves).text.contains("Not a finite number at update 21"))

  var failed = RunRecord.fake(2, .spotBCO, .failed)
  failed.state?.message = "the disk is full"
  #expect(diagnose(failed, curves).text == "the disk is full")
  #expect(diagnose(.fake(2, .dpo, .died), RunCurves()).text.contains("r resumes from the last"))
}

@Test(arguments: RunCondition.allCases)
func `a run without an update has a sentence in every condition`(condition: RunCondition) {
  #expect(!diagnose(.fake(2, .spotBCO, condition), RunCurves()).text.isEmpty)
}

// MARK: - The form

@Test(arguments: TrainForm.shown)
func `every setting has a meaning, and those that are typed refuse nonsense`(id: RunFieldID) {
  let field = id.field
  #expect(!field.meaning.isEmpty && displayWidth(field.meaning) <= 50)
  guard field.choices == nil, id != .model, id != .probes else { return }
  var form = TrainForm(RunSettings(model: "/m"))
  #expect(throws: Never.self) { try form.settings.get() }
  form.set(id, to: "nonsense")
  #expect(throws: RunFieldProblem.self) { try form.settings.get() }
  form.set(id, to: "-1")
  #expect(throws: RunFieldProblem.self) { try form.settings.get() }
}

@Test func `a low headroom is warned of with a β that mends it`() {
  var test = ScreenTest.train()
  test.type("n")
  // log π_ref(y⁺|x) is −6.1 on average and β is 1.
  test.expect("Reward headroom 6.1: r⁺ can rise that far (over 64 pairs).")
  test.type("↓ ↓ Ctrl-u")
  test.write("0.1")
  test.expect("Reward headroom 0.61: r⁺ cannot rise above it")
  test.expect("β 0.4 would give 2")
  test.type("Ctrl-b")
  #expect(test.form(.beta) == "0.4")
  test.expect("Reward headroom 2.44")
}

@Test func `a model nobody measured is measured when it was typed`() {
  var test = ScreenTest.train()
  test.type("n Ctrl-u")
  test.write("/models/other")
  test.type("↓")
  #expect(test.trainEffects.last == .measure(model: "/models/other", endOfTurn: .trl))
  test.expect("measuring this model")
  test.send(
    .train(.measured(ModelReference(model: "/models/other", chosen: -30, pairs: 32))))
  test.expect("Reward headroom 30")
}

@Test(arguments: [(80, 24), (140, 44), (200, 60), (60, 15)])
func `the form shows the line under the cursor at every size`(columns: Int, rows: Int) {
  var test = ScreenTest.train(columns: columns, rows: rows)
  test.type("n")
  for id in TrainForm.shown {
    #expect(test.state.train.form?.current.id == id)
    test.expect("▶ \(id.field.title)")
    test.type("↓")
  }
}

@Test func `a long refusal is read to its end in a small window`() {
  var test = ScreenTest.train(columns: 80, rows: 24)
  test.type("n")
  let sentence =
    "the model folder lacks a file (/models/tiny/model.safetensors): give a folder with "
    + "config.json and model.safetensors"
  test.send(.train(.startFailed(.model, sentence)))
  test.expect("the model folder lacks a file")
  test.expect("and model.safetensors")
}

@Test func `settings side by side show what differs first`() throws {
  var test = ScreenTest.train()
  test.type("c")
  test.expect("run 1")
  let rows = test.screen
  let objective = try #require(rows.firstIndex { $0.contains("objective") })
  let same = try #require(rows.firstIndex { $0.contains("learning rate") })
  #expect(objective < same)
  test.expect("dpo")
}

@Test(arguments: [140, 200]) func `a long, fast run says its figures whole`(columns: Int) {
  var test = ScreenTest(columns: columns, rows: 44)
  test.type("4")
  var run = RunRecord.fake(1, step: 10_953)
  run.state?.steps = 180_000
  test.send(.train(.runs([run])))
  var news = RunNews.fake(.learning, updates: 40)
  for index in news.updates.indices {
    news.updates[index].pairsPerSecond = 1234
    news.updates[index].tokensPerSecond = 57_480
  }
  test.send(.train(.news(run.name, news)))
  test.expect("10953/180000")
  test.expect("1234 pairs/s")
  test.expect("57.5k tokens/s")
}
