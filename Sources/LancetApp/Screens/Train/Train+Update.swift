// What the rim's reports, typing and the mouse do to the Train screen.
import LancetCanvas
import LancetCore

/// What a report of the rim does.
func updateTrain(_ state: inout State, _ event: TrainEvent) -> [Effect] {
  switch event {
  case .runs(let runs):
    state.took(runs)
    return []
  case .news(let run, let news):
    state.train.curves[run, default: RunCurves()].take(news)
    return []
  case .launched(let name):
    state.train.launching = name
    state.train.form?.isStarting = true
    return []
  case .startFailed(let field, let sentence):
    state.train.launching = nil
    guard state.train.form != nil else {
      state.notice = Notice("the run did not start: \(sentence)", .error)
      return []
    }
    state.train.form?.isStarting = false
    state.train.form?.refusal = (field, sentence)
    if let field { state.train.form?.move(to: field) }
    return []
  case .resumeFailed(let name, let sentence):
    state.overlay = .choices(resumeChoices(name, sentence))
    return []
  case .measured(let reference):
    state.train.references[reference.model] = reference
    if state.train.measuring == reference.model { state.train.measuring = nil }
    return []
  case .measureFailed(let model, let sentence):
    if state.train.measuring == model {
      state.train.measuring = nil
      state.train.measureFailure = sentence
    }
    return []
  case .pairsFound(let run, let step, let pairs):
    if state.screen == .train, state.overlay == nil {
      state.overlay = .choices(pairChoices(state, run: run, step: step, pairs))
    }
    return []
  }
}

extension State {
  /// Takes the runs as they are now; a run that was just started is shown as soon as it is there.
  fileprivate mutating func took(_ runs: [RunRecord]) {
    let before = train.runs
    train.isLoaded = true
    train.runs = runs
    var launched: String?
    if let name = train.launching, runs.contains(where: { $0.name == name }) {
      launched = name
      train.launching = nil
      train.selected = name
      train.form = nil
      train.crosshair = nil
      train.window = .all
      notice = Notice("run \(number(of: name)) has started; it continues when you leave", .right)
    }
    for run in runs {
      let old = before.first { $0.name == run.name }
      // A short run may be over when it is first seen: its end is said all the same.
      guard old == nil ? run.name == launched : old?.condition != run.condition else { continue }
      switch run.condition {
      case .done: notice = Notice("run \(run.number) is done", .right)
      case .failed, .died:
        notice = Notice("run \(run.number) ended: \(run.message)", .error)
      case .stopped: notice = Notice("run \(run.number) stopped with a checkpoint; r resumes")
      case .preparing, .running, .paused: break
      }
    }
  }

  private func number(of name: String) -> String {
    train.runs.first { $0.name == name }.map { "\($0.number)" } ?? name
  }
}

/// Why a run was not resumed, and what may be done about it.
private func resumeChoices(_ name: String, _ sentence: String) -> Choices {
  Choices(
    "The run was not resumed", lines: sentenceLines(sentence, width: 72),
    items: [
      Choice("leave it as it is", key: "n") { _ in [] },
      Choice("resume all the same; then it is not bit for bit the same run", key: "f") { _ in
        [.runs(.resume(name, force: true))]
      },
    ])
}

/// The pairs of an update, the least learned first.
private func pairChoices(_ state: State, run: String, step: Int, _ found: [FoundPair]) -> Choices {
  let curves = state.train.curves[run] ?? RunCurves()
  let update = curves.update(near: Double(step))
  let rewards = Dictionary(
    (update?.pairs ?? []).map { ($0.pair, $0) }, uniquingKeysWith: { first, _ in first })
  func margin(_ pair: FoundPair) -> Double {
    rewards[pair.pair].map { $0.chosen - $0.rejected } ?? 0
  }
  let room = max(16, state.size.columns - 76)
  let items = found.sorted { margin($0) < margin($1) }.map { pair in
    let question = pair.question.count > room ? "\(pair.question.prefix(room - 1))…" : pair.question
    var detail = pair.trace != nil && !pair.isApproved ? ["approval taken back"] : []
    if let reward = rewards[pair.pair] {
      detail.append("r⁺ \(fixed(reward.chosen, 2)) r⁻ \(fixed(reward.rejected, 2))")
    }
    let history = curves.history(of: pair.pair).suffix(4)
    if history.count > 1 {
      detail.append("r⁺ was " + history.map { fixed($0.reward.chosen, 2) }.joined(separator: " → "))
    }
    return Choice(
      pair.trace == nil ? "pair \(pair.pair) is not in this session" : question,
      detail: detail.joined(separator: " · ")
    ) { state in
      guard let trace = pair.trace else { return [] }
      return state.open(trace)
    }
  }
  var lines: [String] = []
  if let update {
    lines.append(
      "loss \(short(update.loss)) · gradient \(short(update.gradientNorm)) · "
        + "learning rate \(short(update.learningRate))")
  }
  lines.append("Enter opens a pair in Review; there its approval can be taken back.")
  return Choices("Update \(step): \(counted(items.count, "pair"))", lines: lines, items: items)
}

// MARK: - Typing and the mouse

/// Clicks, the wheel, typing and pastes on the Train screen.
func updateTrain(_ state: inout State, input: InputEvent, in area: Rect) -> [Effect] {
  if state.train.form != nil {
    guard case .mouse(let mouse) = input else {
      state.train.form?.take(input)
      return []
    }
    let layout = TrainFormLayout(state, in: area)
    switch mouse.kind {
    case .wheelDown: state.train.form?.move(by: 1)
    case .wheelUp: state.train.form?.move(by: -1)
    case .press where mouse.button == .left:
      if let index = layout.index(atRow: mouse.row) { state.train.form?.move(toIndex: index) }
    case .press, .release, .drag: break
    }
    return []
  }
  guard case .mouse(let mouse) = input else { return [] }
  let layout = TrainLayout(state, in: area)
  switch mouse.kind {
  case .wheelDown, .wheelUp:
    if layout.runs.contains(row: mouse.row, column: mouse.column) {
      state.moveRun(by: mouse.kind == .wheelDown ? 1 : -1)
    } else {
      state.zoom(mouse.kind == .wheelUp ? 0.5 : 2)
    }
  case .press where mouse.button == .left, .drag where mouse.button == .left:
    if mouse.kind == .press, let index = layout.run(atRow: mouse.row) {
      state.selectRun(index)
    } else if let place = layout.panels.first(where: {
      $0.rect.contains(row: mouse.row, column: mouse.column)
    }) {
      state.train.panel = place.panel
      let charts = trainCharts(place.panel, state, height: place.rect.height - 1)
      let rect = place.rect.splitTop(1).rest
      if let chart = charts.first?.chart, let x = chart.x(atColumn: mouse.column, in: rect) {
        state.train.crosshair = state.train.currentCurves.update(near: x)?.step
      }
    }
  case .press, .release, .drag: break
  }
  return []
}

extension State {
  /// Shows another run.
  mutating func moveRun(by step: Int) { selectRun(train.currentIndex + step) }

  /// Shows the run at a place of the list.
  mutating func selectRun(_ index: Int) {
    guard !train.runs.isEmpty else { return }
    let index = min(max(0, index), train.runs.count - 1)
    guard train.runs[index].name != train.current?.name else { return }
    train.selected = train.runs[index].name
    train.crosshair = nil
    train.window = .all
  }

  /// The first and the newest update on the axis of the shown runs.
  var trainSpan: ClosedRange<Double> {
    let shown = [train.current?.name, train.behind?.name].compactMap { $0 }
    var last = 1.0
    for name in shown {
      let curves = train.curves[name]
      last = max(last, Double(curves?.updates.last?.step ?? 1))
      last = max(last, Double(curves?.probes.last?.step ?? 1))
    }
    return 0...last
  }

  /// The shown part of the axis; nil for all of it.
  var trainRange: ClosedRange<Double>? {
    guard case .part(let width, let end) = train.window else { return nil }
    let last = min(end ?? trainSpan.upperBound, trainSpan.upperBound)
    return max(0, last - width)...last
  }

  /// Shows less or more of the axis, around the crosshair when it is on.
  mutating func zoom(_ factor: Double) {
    let span = trainSpan
    let range = trainRange ?? span
    let width = (range.upperBound - range.lowerBound) * factor
    if width >= span.upperBound - span.lowerBound {
      train.window = .all
      return
    }
    guard width >= 4 else {
      notice = Notice("four updates are the least that is shown", .muted)
      return
    }
    var end: Double?
    if case .part(_, let known) = train.window { end = known }
    if let crosshair = train.crosshair { end = Double(crosshair) + width / 2 }
    if let place = end {
      end = place >= span.upperBound ? nil : max(place, span.lowerBound + width)
    }
    train.window = .part(width: width, end: end)
  }

  /// Moves the shown part by a share of its width.
  mutating func pan(_ share: Double) {
    guard case .part(let width, let end) = train.window else { return }
    let span = trainSpan
    let place = (end ?? span.upperBound) + share * width
    train.window = .part(
      width: width, end: place >= span.upperBound ? nil : max(place, span.lowerBound + width))
  }

  /// Moves the crosshair by so many updates of the shown run.
  mutating func moveCrosshair(by steps: Int) {
    let curves = train.currentCurves
    guard !curves.updates.isEmpty else { return }
    let last = curves.updates.count - 1
    let here = train.crosshair.flatMap { curves.index(near: Double($0)) }
    let index = here.map { min(max(0, $0 + steps), last) } ?? last
    putCrosshair(curves.updates[index].step)
  }

  /// Puts the crosshair on an update and moves the shown part so that it is in it.
  mutating func putCrosshair(_ step: Int) {
    train.crosshair = step
    guard case .part(let width, _) = train.window, let range = trainRange else { return }
    let x = Double(step)
    if x < range.lowerBound { train.window = .part(width: width, end: x + width) }
    if x > range.upperBound { train.window = .part(width: width, end: x) }
  }
}
