// Drawing the form for a new run.
import LancetCanvas
import LancetCore

/// The places of the form.
struct TrainFormLayout {
  /// The lines of the settings.
  let lines: Rect
  /// The first setting drawn.
  let top: Int
  private let count: Int

  init(_ state: State, in area: Rect) {
    count = TrainForm.shown.count
    let rest = area.splitTop(2).rest
    let height = max(1, min(count, rest.height - 3))
    lines = Rect(column: area.column, row: rest.row, width: area.width, height: height)
    let cursor = state.train.form?.cursor ?? 0
    top = min(max(0, cursor - height / 2), count - height)
  }

  /// The setting at a row of the canvas.
  func index(atRow row: Int) -> Int? {
    row >= lines.row && row < lines.endRow && top + row - lines.row < count
      ? top + row - lines.row : nil
  }
}

/// Draws the form.
func renderTrainForm(_ state: State, in area: Rect, on canvas: inout Canvas) {
  guard let form = state.train.form else { return }
  let layout = TrainFormLayout(state, in: area)
  renderFormTitle(form, state, in: area, on: &canvas)
  let labels = Rect(
    column: area.column + 3, row: layout.lines.row, width: 17, height: layout.lines.height)
  let isWide = area.width >= 118
  let valueWidth = isWide ? min(48, area.width - 90) : area.width < 96 ? 19 : 28
  let value = Rect(
    column: labels.endColumn, row: labels.row, width: valueWidth, height: labels.height)
  let paper = value.endColumn + 2
  let meaning = paper + (isWide ? 13 : 0)
  if isWide {
    canvas.put("the paper", row: area.row + 1, column: paper, Style(.muted))
  }
  let settings = form.readable
  for index in layout.top..<min(form.fields.count, layout.top + layout.lines.height) {
    let field = form.fields[index]
    let row = layout.lines.row + index - layout.top
    let isHere = index == form.cursor
    if isHere {
      canvas.put("▶", row: row, column: area.column + 1, Style(.accent, bold: true))
    }
    let words = field.id.field
    let isIdle = words.isIdle(in: settings)
    canvas.put(
      words.title, row: row, column: labels.column,
      Style(isHere ? .text : .muted, bold: isHere), width: labels.width - 1)
    renderValue(
      field, isHere: isHere, isIdle: isIdle, row: row, column: value.column, width: value.width,
      on: &canvas)
    if isWide {
      canvas.put(words.paper, row: row, column: paper, Style(.muted), width: 11)
    }
    canvas.put(
      words.meaning, row: row, column: meaning, Style(.muted, dim: isIdle),
      width: area.endColumn - meaning - 1)
  }
  if layout.top > 0 {
    canvas.put("↑", row: layout.lines.row, column: area.column, Style(.muted))
  }
  if layout.top + layout.lines.height < form.fields.count {
    canvas.put("↓", row: layout.lines.endRow - 1, column: area.column, Style(.muted))
  }
  renderFormSentences(form, state, from: layout.lines.endRow, in: area, on: &canvas)
}

private func renderValue(
  _ field: TrainForm.Field, isHere: Bool, isIdle: Bool, row: Int, column: Int, width: Int,
  on canvas: inout Canvas
) {
  if field.choices != nil {
    let text = field.text.text
    if isHere {
      canvas.put(
        "← \(text) →", row: row, column: column, Style(.input, bold: true),
        width: width)
    } else {
      canvas.put(text, row: row, column: column, Style(isIdle ? .muted : .text), width: width)
    }
    return
  }
  var copy = field.text
  let rect = Rect(column: column, row: row, width: width, height: 1)
  if isHere {
    canvas.put(&copy, in: rect)
    return
  }
  let text = field.text.text
  if text.isEmpty {
    canvas.put(
      field.id.field.whenEmpty, row: row, column: column, Style(.muted, italic: true), width: width)
  } else if displayWidth(text) > width, field.id == .model || field.id == .probes {
    // Of a long path the end says the most.
    var tail = text[...]
    while displayWidth(String(tail)) > width - 1, !tail.isEmpty { tail.removeFirst() }
    canvas.put(
      "…" + tail, row: row, column: column, Style(isIdle ? .muted : .text),
      width: width)
  } else {
    canvas.put(text, row: row, column: column, Style(isIdle ? .muted : .text), width: width)
  }
}

private func renderFormTitle(
  _ form: TrainForm, _ state: State, in area: Rect, on canvas: inout Canvas
) {
  let pairs = state.approvedPairs
  var column = area.column + 1
  column += canvas.put("New run", row: area.row, column: column, Style(.title, bold: true))
  var words = "\(counted(pairs, "pair")) approved"
  if form.readable.objective == .rft {
    words = "your own right samples, each against a wrong one of its problem"
  } else if case .success(let settings) = form.settings, pairs > 0 {
    let updates = settings.totalUpdates(pairs: pairs)
    words +=
      " · \(counted(updates, "update")) of \(counted(min(pairs, settings.pairsPerUpdate), "pair"))"
    if settings.updates != nil {
      let seen = Double(updates) * Double(settings.pairsPerUpdate) / Double(pairs)
      words += " · \(short(seen, digits: 2)) epochs"
    }
  }
  canvas.put(
    words, row: area.row, column: column + 3,
    Style(pairs == 0 ? .warning : .text), width: area.endColumn - column - 4)
}

/// The sentences under the form: the headroom, and what is wrong or what the line means.
private func renderFormSentences(
  _ form: TrainForm, _ state: State, from row: Int, in area: Rect, on canvas: inout Canvas
) {
  let width = area.width - 2
  let first = row + 1
  let refused = form.refusal.map { sentenceLines($0.sentence, width: width) } ?? []
  // A long refusal takes the headroom's line too: nothing is started before it is mended.
  let second = first + 1 + refused.count > area.endRow ? first : first + 1
  if second > first, let (text, role) = headroomSentence(form, state) {
    canvas.put(text, row: first, column: area.column + 1, Style(role), width: width)
  }
  guard second < area.endRow else { return }
  if !refused.isEmpty {
    for (index, line) in refused.prefix(area.endRow - second).enumerated() {
      canvas.put(
        line, row: second + index, column: area.column + 1,
        Style(.error, bold: true), width: width)
    }
  } else if form.isStarting {
    canvas.put(
      "Starting: the pairs are read and the model is loaded…", row: second,
      column: area.column + 1, Style(.accent), width: width)
  } else if case .failure(let problem) = form.settings, problem.field == form.current.id {
    canvas.put(
      "\(problem.field.field.title): \(problem.advice)", row: second,
      column: area.column + 1, Style(.warning), width: width)
  } else {
    canvas.put(
      form.current.id.field.advice(form.text(form.current.id)), row: second,
      column: area.column + 1,
      Style(.muted), width: width)
  }
}

/// The headroom of the model with this β, when it is known.
func headroomSentence(_ form: TrainForm, _ state: State) -> (String, Role)? {
  if case .success(let settings) = form.settings,
    let cause = settings.causeOfStandstill(
      updates: settings.totalUpdates(pairs: state.approvedPairs))
  {
    return (cause, .warning)
  }
  guard form.readable.objective.hasReward else { return nil }
  let model = form.text(.model)
  guard !model.isEmpty else { return nil }
  guard let beta = Double(form.text(.beta)), let reference = state.train.reference(of: model) else {
    if state.train.measuring == model {
      return ("Reward headroom: measuring this model on the pairs…", .muted)
    }
    if let failure = state.train.measureFailure { return ("Reward headroom: \(failure)", .muted) }
    return nil
  }
  let headroom = reference.headroom(beta: beta)
  let measured = "over \(counted(reference.pairs, "pair"))"
  guard !headroom.isEnough else {
    return ("Reward headroom \(short(headroom.value)): r⁺ can rise that far (\(measured)).", .right)
  }
  let advice = headroom.proposedBeta.map { " β \(plain($0)) would give 2; Ctrl-b takes it." } ?? ""
  return (
    "Reward headroom \(short(headroom.value)): r⁺ cannot rise above it, the tether never tightens.\(advice)",
    .warning
  )
}
