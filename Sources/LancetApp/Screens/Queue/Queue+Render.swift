// The Queue on a canvas: filter line, column titles, and the rows that are visible; no other row is touched.
import LancetCanvas
import LancetCore

/// Draws the Queue between header and footer.
func renderQueue(_ state: State, in area: Rect, on canvas: inout Canvas) {
  renderFilter(state, row: area.row, on: &canvas)
  let list = state.listArea
  let queue = state.queue
  if let message = emptyMessage(state) {
    renderMessage(message, in: list, on: &canvas)
    return
  }
  let visible = queue.top..<min(queue.shown.count, queue.top + list.height)
  var sourceWidth = 0
  var oracleWidth = 0
  for index in visible {
    let row = queue.rows[queue.shown[index]]
    sourceWidth = max(sourceWidth, min(18, displayWidth(row.source)))
    oracleWidth = max(oracleWidth, min(14, displayWidth(row.oracle ?? "")))
  }
  let columns = QueueColumns(
    width: area.width, idWidth: String(queue.rows.last?.id.rawValue ?? 0).count,
    sourceWidth: sourceWidth, oracleWidth: oracleWidth)
  for place in columns.places {
    let row = list.row - 1
    switch place.column {
    case .id, .ratio:
      canvas.put(
        place.column.title, row: row, endColumn: place.start + place.width,
        Style(.muted))
    case .before, .after:
      canvas.put(
        place.column.title, row: row, endColumn: place.start + place.width,
        Style(.muted))
    case .bar:
      let tick = gammaColumn(state.session.gamma, width: place.width)
      canvas.put("0", row: row, column: place.start, Style(.muted))
      canvas.put("γ", row: row, column: place.start + tick, Style(.gamma))
      canvas.put("1", row: row, endColumn: place.start + place.width, Style(.muted))
    default:
      canvas.put(place.column.title, row: row, column: place.start, Style(.muted))
    }
  }
  for index in visible {
    renderRow(
      queue.rows[queue.shown[index]], isCurrent: index == queue.cursor,
      at: list.row + index - queue.top, columns, state, on: &canvas)
  }
}

private func renderFilter(_ state: State, row: Int, on canvas: inout Canvas) {
  let queue = state.queue
  let width = state.size.columns
  let order = queue.sort.field == .id && !queue.sort.descending ? "" : " · sort \(queue.sort.title)"
  var right = "\(queue.shown.count) of \(queue.rows.count)\(order)"
  if !queue.isComplete, let expected = queue.expected {
    right = "reading \(queue.rows.count) of \(expected)…"
  }
  if queue.isFiltering {
    right = "\(queue.shown.count) found, \(Int(queue.filtered * 100)) % looked at…"
  }
  let rightWidth = displayWidth(right)
  canvas.put(right, row: row, endColumn: width - 1, Style(.muted))
  let room = max(10, width - rightWidth - 14)
  if let field = queue.typing {
    canvas.put("▌", row: row, column: 1, Style(.accent))
    canvas.put("filter", row: row, column: 2, Style(.accent, bold: true))
    renderField(field, row: row, column: 10, width: room, on: &canvas)
  } else {
    canvas.put("filter", row: row, column: 2, Style(.muted))
    let text = queue.filter.text
    canvas.put(
      text.isEmpty ? "all traces" : text, row: row, column: 10,
      Style(text.isEmpty ? .muted : .accent), width: room)
  }
  canvas.horizontalRule(row: row + 1, column: 0, width: width)
  var words: String?
  if let complaint = queue.filter.complaint {
    words = complaint
  } else if queue.isTyping {
    switch queue.filter.meaning {
    case .all: words = "an expression (status = open and R <= 0.6) or words of the question"
    case .rule: words = "expression"
    case .text: words = "words of the question"
    }
  }
  if let words {
    canvas.put(
      " \(words) ", row: row + 1, column: 9, Style(.muted), width: width - 10)
  }
}

/// Draws a one-line text field with its cursor; a long text is scrolled so that the cursor is seen.
func renderField(
  _ field: TextField, row: Int, column: Int, width: Int, on canvas: inout Canvas
) {
  let visible = VisibleText(field.text, repertoire: canvas.repertoire)
  let byte = field.cursorByte
  var before = 0
  for cell in visible.cells {
    if cell.bytes.lowerBound >= byte { break }
    before += Int(cell.width)
  }
  var skipped = 0
  var first = visible.cells.startIndex
  while before - skipped >= width, first < visible.cells.endIndex {
    skipped += Int(visible.cells[first].width)
    first += 1
  }
  canvas.fill(Rect(column: column, row: row, width: width, height: 1), Style(.input))
  canvas.put(visible.cells[first...], row: row, column: column, width: width) { _ in Style(.input) }
  canvas.cursor = Canvas.Position(row: row, column: column + before - skipped)
}

private func renderRow(
  _ row: TraceSummary, isCurrent: Bool, at line: Int, _ columns: QueueColumns, _ state: State,
  on canvas: inout Canvas
) {
  let closed = row.status == .skipped || row.status == .rejected
  let plain: Role = closed ? .muted : .text
  if isCurrent { canvas.put("▶", row: line, column: 0, Style(.accent, bold: true)) }
  for place in columns.places {
    let end = place.start + place.width
    switch place.column {
    case .id:
      canvas.put("\(row.id.rawValue)", row: line, endColumn: end, Style(plain))
    case .status:
      let used = canvas.put(
        row.status.rawValue, row: line, column: place.start,
        Style(statusRole(row.status)))
      if row.flagged {
        canvas.put(
          "⚑", row: line, column: place.start + used + 1, Style(.flagged, bold: true))
      }
    case .before:
      renderAnswer(row.answerBefore, row.gradeBefore, end, place.width, line, plain, on: &canvas)
    case .after:
      renderAnswer(row.answerAfter, row.gradeAfter, end, place.width, line, plain, on: &canvas)
    case .hunks: renderHunks(row, column: place.start, line, on: &canvas)
    case .ratio:
      let over = (row.changeRatio ?? 0) > state.session.gamma
      canvas.put(
        row.changeRatio.map { ratioText($0, gamma: state.session.gamma) } ?? "–",
        row: line,
        endColumn: end,
        Style(over ? .warning : row.changeRatio == nil ? .muted : plain))
    case .bar:
      if let ratio = row.changeRatio {
        canvas.putBar(
          ratio, gamma: state.session.gamma, row: line, column: place.start, width: place.width)
      }
    case .oracle:
      canvas.put(
        row.oracle ?? "–", row: line, column: place.start, Style(.muted),
        width: place.width)
    case .source:
      canvas.put(row.source, row: line, column: place.start, Style(.muted), width: place.width)
    case .question:
      let over = (row.changeRatio ?? 0) > state.session.gamma ? "R over γ" : ""
      let room = place.width - (over.isEmpty || place.width < 40 ? 0 : over.count + 2)
      canvas.put(row.question, row: line, column: place.start, Style(plain), width: room)
      if room < place.width {
        canvas.put(over, row: line, endColumn: end, Style(.warning))
      }
    }
  }
  if isCurrent {
    canvas.restyle(
      Rect(column: 0, row: line, width: state.size.columns, height: 1), on: .selection)
    if state.theme.monochrome {
      canvas.restyle(Rect(column: 0, row: line, width: state.size.columns, height: 1)) {
        $0.bold = true
      }
    }
  }
}

private func statusRole(_ status: TraceStatus) -> Role {
  switch status {
  case .new: .muted
  case .open: .text
  case .approved: .right
  case .rejected, .skipped: .muted
  }
}

/// The glyph of a verdict.
public func glyph(_ verdict: Verdict) -> (text: String, role: Role) {
  switch verdict {
  case .right: ("✓", .right)
  case .wrong: ("✗", .wrong)
  case .ungradable: ("?", .warning)
  }
}

private func renderAnswer(
  _ answer: String?, _ verdict: Verdict?, _ end: Int, _ width: Int, _ line: Int, _ role: Role,
  on canvas: inout Canvas
) {
  guard let verdict else {
    canvas.put("–", row: line, endColumn: end, Style(.muted))
    return
  }
  let mark = glyph(verdict)
  let sign = mark.text
  canvas.put(sign, row: line, endColumn: end, Style(mark.role, bold: true))
  // Signs of two columns have a twin in ASCII only; the answers then end one column further left.
  let signWidth = displayWidth(sign)
  let text = answer ?? "–"
  let used = min(displayWidth(text), width - 1 - signWidth)
  canvas.put(
    text, row: line, column: end - 1 - signWidth - used, Style(answer == nil ? .muted : role),
    width: used)
}

private func renderHunks(
  _ row: TraceSummary, column: Int, _ line: Int, on canvas: inout Canvas
) {
  guard row.hunks > 0 else {
    canvas.put("–", row: line, column: column, Style(.muted))
    return
  }
  let parts: [(count: Int, mark: String, role: Role)] = [
    (row.accepted - row.tweaked, "✓", .right), (row.tweaked, "~", .tweaked),
    (row.rejected, "✗", .wrong), (row.undecided, "?", .undecided),
  ]
  var place = column
  for part in parts where part.count > 0 {
    place +=
      canvas.put(
        "\(part.count)\(part.mark)", row: line, column: place, Style(part.role)) + 1
  }
}

/// R with two digits; one that is over γ never reads as γ.
public func ratioText(_ ratio: Double, gamma: Double) -> String {
  let text = fixed(ratio, 2)
  guard ratio > gamma, text == fixed(gamma, 2) else { return text }
  return fixed(gamma + 0.01, 2)
}

/// The column of γ in a bar of that width.
public func gammaColumn(_ gamma: Double, width: Int) -> Int {
  guard gamma.isFinite else { return width - 1 }
  return min(max(1, Int((min(max(gamma, 0), 1) * Double(width)).rounded())), width - 1)
}

/// What an empty list says; nil when there are rows to show.
private func emptyMessage(_ state: State) -> [String]? {
  let queue = state.queue
  guard queue.shown.isEmpty else { return nil }
  if let failure = queue.failure { return ["The traces could not be read.", failure] }
  guard let expected = queue.expected else { return ["reading the session…"] }
  if expected == 0 {
    return [
      "This session has no traces yet.",
      "In a shell:  lancet import \(state.session.name) FILE.jsonl",
      "then:  lancet rectify \(state.session.name) --oracle arithmetic",
    ]
  }
  if !queue.isComplete { return ["nothing yet among \(queue.rows.count) of \(expected) traces…"] }
  return ["No trace matches the filter.", "/ changes it, Esc clears it."]
}
