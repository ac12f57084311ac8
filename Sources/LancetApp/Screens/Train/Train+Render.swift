// Drawing the Train screen: the runs, the panels, the readout of the crosshair, the sentence.
import LancetCanvas
import LancetCore

/// Draws the Train screen between header and footer.
func renderTrain(_ state: State, in area: Rect, on canvas: inout Canvas) {
  if state.train.form != nil {
    renderTrainForm(state, in: area, on: &canvas)
    return
  }
  guard !state.train.runs.isEmpty else {
    renderMessage(emptyTrain(state), in: area, on: &canvas)
    return
  }
  let layout = TrainLayout(state, in: area)
  renderRuns(state, layout, on: &canvas)
  canvas.horizontalRule(row: layout.runs.endRow, column: area.column, width: area.width)
  if state.train.isComparing {
    renderComparison(state, in: layout.body, on: &canvas)
  } else {
    for (panel, rect) in layout.panels { renderPanel(panel, state, in: rect, on: &canvas) }
    renderGutters(layout, on: &canvas)
  }
  if layout.readout.row > layout.body.endRow {
    canvas.horizontalRule(row: layout.body.endRow, column: area.column, width: area.width)
  }
  renderReadout(state, layout, on: &canvas)
  renderSentence(state, in: layout.sentence, on: &canvas)
}

/// What stands here before the first run.
private func emptyTrain(_ state: State) -> [String] {
  if !state.train.isLoaded { return ["Looking for runs…"] }
  if state.approvedPairs == 0 {
    return [
      "No run yet, and no pair is approved.",
      "Approve pairs on the Review screen (2), or many at once with a rule (: rule.apply).",
      "Then n sets up a run, and its curves are drawn here while it learns.",
    ]
  }
  return [
    "No run yet.",
    "\(counted(state.approvedPairs, "pair")) approved. n sets up a run; its curves are drawn here while it learns.",
    "A run is a process of its own: it continues when you leave Lancet.",
  ]
}

// MARK: - Runs

private let runColumns: [TableColumn] = [
  TableColumn("", minimum: 4, priority: 9, alignment: .right),
  TableColumn("objective", minimum: 10, priority: 9),
  TableColumn("β", minimum: 6, priority: 6),
  TableColumn("lr", minimum: 8, priority: 6),
  TableColumn("updates", minimum: 13, priority: 8, alignment: .right),
  TableColumn("", minimum: 6, flex: 1, priority: 7),
  TableColumn("state", minimum: 10, priority: 9),
  TableColumn("speed", minimum: 13, priority: 4, alignment: .right),
  TableColumn("tokens", minimum: 14, priority: 2, alignment: .right),
  TableColumn("left", minimum: 17, priority: 5),
  TableColumn("memory", minimum: 7, priority: 3, alignment: .right),
]

private func renderRuns(_ state: State, _ layout: TrainLayout, on canvas: inout Canvas) {
  let train = state.train
  let table = TableLayout(
    runColumns, start: layout.runs.column + 2, width: layout.runs.width - 3, gap: 2)
  for offset in 0..<layout.runCount {
    let index = layout.firstRun + offset
    guard train.runs.indices.contains(index) else { break }
    let run = train.runs[index]
    let row = layout.runs.row + offset
    let isHere = run.name == train.current?.name
    let isBehind = run.name == train.behind?.name
    let curves = train.curves[run.name] ?? RunCurves()
    let style = Style(isHere ? .text : .muted)
    func cell(_ text: String, _ column: Int, _ style: Style) {
      table.put(text, column: column, row: row, on: &canvas, style)
    }
    if isHere {
      canvas.put(
        "▶", row: row, column: layout.runs.column + 1, Style(.accent, bold: true))
    }
    cell("\(run.number)", 0, isHere ? Style(.text, bold: true) : style)
    cell(run.settings?.objective.rawValue ?? "?", 1, isHere ? Style(.text, bold: true) : style)
    cell(run.settings.map { $0.objective.hasReward ? "β \(plain($0.beta))" : "" } ?? "", 2, style)
    cell(run.settings.map { "lr \(short($0.learningRate))" } ?? "", 3, style)
    cell(run.steps > 0 ? "\(run.step)/\(run.steps)" : "–", 4, style)
    if let place = table.places[5] {
      canvas.putProgress(
        run.progress, row: row, column: place.lowerBound, width: place.count,
        role: isHere ? .bar : .muted)
    }
    let (word, role) = stateWord(run, isBehind: isBehind && !isHere)
    cell(word, 6, Style(isHere || role != .text ? role : .muted))
    if let speed = curves.speed {
      cell("\(short(speed.pairs)) pairs/s", 7, style)
      cell("\(short(speed.tokens)) tokens/s", 8, Style(.muted))
    }
    if run.condition.isAlive, let left = TimeLeft(run, curves) { cell(left.text, 9, style) }
    if run.memory > 0 { cell(memoryText(run.memory), 10, Style(.muted)) }
  }
  if layout.runCount < train.runs.count {
    let hidden = train.runs.count - layout.runCount
    canvas.put(
      " … \(hidden) more ", row: layout.runs.endRow,
      endColumn: layout.runs.endColumn - 2,
      Style(.muted))
  }
}

/// The word for what a run is doing, and its role.
private func stateWord(_ run: RunRecord, isBehind: Bool) -> (String, Role) {
  switch run.condition {
  case .running: ("\(Int((100 * run.progress).rounded(.down))) %", .accent)
  case .paused: ("paused", .warning)
  case .done: (isBehind ? "dimmed" : "done", isBehind ? .text : .right)
  case .stopped: (isBehind ? "dimmed" : "stopped", isBehind ? .text : .warning)
  case .failed, .died: (run.condition.rawValue, .error)
  case .preparing: (run.condition.rawValue, .muted)
  }
}

// MARK: - Panels

private func renderPanel(
  _ panel: TrainPanel, _ state: State, in rect: Rect, on canvas: inout Canvas
) {
  let parts = rect.splitTop(1)
  renderPanelTitle(panel, state, in: parts.top, on: &canvas)
  var body = parts.rest
  if panel == .probes {
    let detail = probeDetail(state)
    if !detail.isEmpty, body.height >= 5 {
      let split = body.splitBottom(1)
      body = split.rest
      canvas.put(
        detail, row: split.bottom.row, column: rect.column, Style(.muted),
        width: rect.width)
    }
  }
  if state.train.isMaximised, body.height >= 10 {
    let split = body.splitBottom(1)
    body = split.rest
    canvas.put(
      panel.meaning, row: split.bottom.row, column: rect.column, Style(.muted),
      width: rect.width)
  }
  if let words = emptyPanel(panel, state) {
    for (index, line) in sentenceLines(words, width: max(8, body.width - 4)).prefix(body.height)
      .enumerated()
    {
      canvas.put(
        line, row: body.row + max(0, body.height / 2 - 1) + index,
        column: body.column + max(0, (body.width - displayWidth(line)) / 2), Style(.muted),
        width: body.width)
    }
    return
  }
  for one in alignedCharts(panel, state, in: body) { one.chart.draw(on: &canvas, in: one.rect) }
}

private func renderPanelTitle(
  _ panel: TrainPanel, _ state: State, in rect: Rect, on canvas: inout Canvas
) {
  let isHere = panel == state.train.panel
  var column = rect.column
  column += canvas.put(
    panel.title, row: rect.row, column: column,
    isHere
      ? Style(.accent, bold: true, underline: state.theme.monochrome) : Style(.title, bold: true))
  if panel.takesLog, state.train.logarithmic.contains(panel) {
    column += canvas.put(" log", row: rect.row, column: column, Style(.mode))
  }
  let figures = panelFigures(panel, state).filter { !$0.value.isEmpty }
  let needed = figures.reduce(0) {
    $0 + displayWidth($1.name) + displayWidth($1.value) + 3 + ($1.name.isEmpty ? 0 : 1)
  }
  let gap = column + needed + 2 * figures.count <= rect.endColumn ? 3 : 2
  for figure in figures {
    let sign = canvas.repertoire == .ascii ? "" : figure.sign + " "
    let name = figure.name.isEmpty ? "" : figure.name + " "
    let width = displayWidth(sign) + displayWidth(name) + displayWidth(figure.value)
    guard column + gap + width <= rect.endColumn else { break }
    column += gap
    column += canvas.put(sign, row: rect.row, column: column, figure.style)
    column += canvas.put(name, row: rect.row, column: column, Style(.muted))
    column += canvas.put(figure.value, row: rect.row, column: column, Style(.text, bold: isHere))
  }
}

/// What a panel without a curve says.
private func emptyPanel(_ panel: TrainPanel, _ state: State) -> String? {
  let curves = state.train.currentCurves
  if panel == .probes {
    if !curves.probes.isEmpty { return nil }
    return state.train.current?.settings?.probes.isEmpty == false
      ? "the first probe is not here yet"
      : "no probes: give files of questions when you set up a run"
  }
  if curves.updates.isEmpty { return "no update yet" }
  return nil
}

/// The rules between panels.
private func renderGutters(_ layout: TrainLayout, on canvas: inout Canvas) {
  for (index, place) in layout.panels.enumerated() {
    guard index + 1 < layout.panels.count, layout.panels[index + 1].rect.row == place.rect.row
    else { continue }
    canvas.verticalRule(
      row: place.rect.row, column: place.rect.endColumn + 1, height: place.rect.height)
  }
}

// MARK: - Readout and sentence

private func renderReadout(_ state: State, _ layout: TrainLayout, on canvas: inout Canvas) {
  let rect = layout.readout
  let curves = state.train.currentCurves
  guard let crosshair = state.train.crosshair,
    let update = curves.update(near: Double(crosshair))
  else {
    var parts: [String] = []
    if state.train.isMaximised || layout.panels.count < TrainPanel.allCases.count,
      !state.train.isComparing
    {
      parts.append(
        "panel \(state.train.panel.rawValue + 1) of \(TrainPanel.allCases.count) · Tab next")
    }
    if let behind = state.train.behind { parts.append("dimmed: run \(behind.number)") }
    if let spike = curves.spikes.last {
      let pairs = curves.update(near: Double(spike))?.pairCount ?? 0
      parts.append("last spike: update \(spike) (\(counted(pairs, "pair"))) · Enter opens them")
    }
    if curves.badLines > 0 {
      parts.append("\(counted(curves.badLines, "line")) of the metrics cannot be read")
    }
    canvas.put(
      parts.joined(separator: "   "), row: rect.row, column: rect.column,
      Style(.muted), width: rect.width)
    return
  }
  var column = rect.column
  column += canvas.put(
    "update \(update.step)", row: rect.row, column: column, Style(.crosshair, bold: true))
  let figures: [(String, Double)] = [
    ("loss", update.loss), ("r⁺", update.rewardChosen), ("r⁻", update.rewardRejected),
    ("δ", update.delta), ("margin", update.margin), ("accuracy", update.accuracy),
    ("λ", update.tether), ("surgery", update.surgery), ("gradient", update.gradientNorm),
    ("lr", update.learningRate), ("log π⁺", update.logProbChosen),
    ("log π⁻", update.logProbRejected),
  ]
  for (name, value) in figures {
    let text = short(value, digits: 5)
    guard column + 2 + displayWidth(name) + 1 + displayWidth(text) <= rect.endColumn else { break }
    column += 2
    column += canvas.put(name, row: rect.row, column: column, Style(.muted)) + 1
    column += canvas.put(text, row: rect.row, column: column, Style(.text))
  }
}

private func renderSentence(_ state: State, in rect: Rect, on canvas: inout Canvas) {
  guard let run = state.train.current else { return }
  let diagnosis = diagnose(run, state.train.currentCurves)
  canvas.put(
    diagnosis.text, row: rect.row, column: rect.column,
    Style(diagnosis.role, bold: diagnosis.verdict == .bad), width: rect.width)
}

/// The words at the right end of the footer.
func trainFlags(_ state: State) -> String {
  guard state.train.form == nil, !state.train.runs.isEmpty else { return "" }
  var parts: [String] = []
  switch state.train.window {
  case .all: break
  case .part(_, nil): parts.append("ZOOM follows")
  case .part: parts.append("ZOOM")
  }
  parts.append(
    state.train.smoothing > 0 ? "smoothing \(plain(state.train.smoothing)) · raw kept" : "raw")
  return parts.joined(separator: " · ")
}

// MARK: - Settings side by side

/// A setting's value in a narrow column: of a path its last name, and words for nothing.
private func shownValue(_ field: RunField, _ settings: RunSettings) -> String {
  let text = field.isIdle(in: settings) ? "" : field.text(settings)
  if text.isEmpty { return field.whenEmpty.isEmpty ? "–" : field.whenEmpty }
  return text.split(separator: ",").map { $0.split(separator: "/").last ?? $0 }
    .joined(separator: ", ")
}

private func renderComparison(_ state: State, in rect: Rect, on canvas: inout Canvas) {
  let train = state.train
  let width = 14
  let name = 16
  let room = max(1, (rect.width - name - 2) / (width + 2))
  // The newest ones fit last; the shown run is always among them.
  let last = min(train.runs.count, max(train.currentIndex + 1, room))
  let runs = Array(train.runs[max(0, last - room)..<last])
  var rows: [(name: String, values: [String])] = []
  for id in RunFieldID.allCases {
    rows.append(
      (id.field.title, runs.map { $0.settings.map { shownValue(id.field, $0) } ?? "?" }))
  }
  let differing = rows.filter { Set($0.values).count > 1 }
  let same = rows.filter { Set($0.values).count <= 1 }
  let results = resultRows(runs, state)
  var row = rect.row
  func draw(_ title: String, _ values: [String], _ styles: (Int) -> Style, titleStyle: Style) {
    guard row < rect.endRow else { return }
    canvas.put(title, row: row, column: rect.column + 1, titleStyle, width: name - 1)
    for (index, value) in values.enumerated() {
      canvas.put(
        value, row: row, column: rect.column + 1 + name + index * (width + 2),
        styles(index), width: width)
    }
    row += 1
  }
  draw(
    "", runs.map { "run \($0.number)" },
    { Style(runs[$0].name == train.current?.name ? .accent : .title, bold: true) },
    titleStyle: Style(.muted))
  for line in results {
    draw(line.name, line.values, { _ in Style(.text) }, titleStyle: Style(.muted))
  }
  row += results.isEmpty ? 0 : 1
  let here = runs.firstIndex { $0.name == train.current?.name } ?? 0
  for line in differing {
    draw(
      line.name, line.values,
      { Style(line.values[$0] == line.values[here] ? .text : .tweaked, bold: true) },
      titleStyle: Style(.text, bold: true))
  }
  if !differing.isEmpty, row + same.count < rect.endRow { row += 1 }
  for line in same {
    draw(line.name, line.values, { _ in Style(.muted) }, titleStyle: Style(.muted))
  }
}

/// Where each run got to.
private func resultRows(_ runs: [RunRecord], _ state: State) -> [(name: String, values: [String])] {
  let curves = runs.map { state.train.curves[$0.name] ?? RunCurves() }
  func row(_ name: String, _ value: (UpdateMetrics) -> String) -> (name: String, values: [String]) {
    (name, curves.map { $0.updates.last.map(value) ?? "–" })
  }
  var rows = [
    (name: "state", values: runs.map(\.condition.rawValue)),
    (name: "updates", values: runs.map { "\($0.step)/\($0.steps)" }),
    row("loss") { short($0.loss, digits: 4) },
    row("r⁺  r⁻") { "\(fixed($0.rewardChosen, 2))  \(fixed($0.rewardRejected, 2))" },
    row("accuracy") { "\(fixed(100 * $0.accuracy, 0)) %" },
  ]
  var suites: [String] = []
  for one in curves {
    for suite in one.suites where !suites.contains(suite) { suites.append(suite) }
  }
  for suite in suites.prefix(4) {
    rows.append(
      (
        name: suite,
        values: curves.map { one in
          guard let last = one.probes.last?.suites.first(where: { $0.suite == suite }),
            let accuracy = last.accuracy
          else { return "–" }
          let first = one.probes.first?.suites.first { $0.suite == suite }?.accuracy
          let change = first.map { " \(signed(100 * (accuracy - $0), 1))" } ?? ""
          return fixed(100 * accuracy, 1) + change
        }
      ))
  }
  return rows
}
