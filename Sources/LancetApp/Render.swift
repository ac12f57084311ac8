// The workbench on a canvas: header, the screen's own area, footer, and the overlay over them.
import LancetCanvas
import LancetCore

/// Draws the whole workbench.
///
/// Touches only what is visible.
public func render(_ state: State, on canvas: inout Canvas) {
  guard !state.isTooSmall else {
    renderTooSmall(state, on: &canvas)
    return
  }
  renderHeader(state, on: &canvas)
  let area = state.area
  state.shown.draw(state, area, &canvas)
  renderFooter(state, on: &canvas)
  renderOverlay(state, on: &canvas)
}

/// Lines in the middle of an area: the first as text, the others muted.
func renderMessage(_ lines: [String], in area: Rect, on canvas: inout Canvas) {
  let top = area.row + max(0, (area.height - lines.count * 2) / 3)
  for (index, line) in lines.enumerated() {
    let width = min(displayWidth(line), area.width - 4)
    let row = top + index + (index > 0 ? 1 : 0)
    guard row < area.endRow else { return }
    canvas.put(
      line, row: row, column: area.column + (area.width - width) / 2,
      Style(index == 0 ? .text : .muted), width: width)
  }
}

private func renderTooSmall(_ state: State, on canvas: inout Canvas) {
  let size = state.size
  let smallest = State.smallest
  let lines = [
    "too small", "\(size.columns)×\(size.rows) here", "\(smallest.columns)×\(smallest.rows) needed",
    "Q quits",
  ].prefix(max(0, size.rows))
  let top = max(0, (size.rows - lines.count) / 2)
  for (index, line) in lines.enumerated() {
    let width = min(displayWidth(line), size.columns)
    canvas.put(
      line, row: top + index, column: (size.columns - width) / 2,
      Style(index == 0 ? .warning : .muted), width: width)
  }
}

// MARK: - Header

private func renderHeader(_ state: State, on canvas: inout Canvas) {
  let width = state.size.columns
  let name = state.headerName
  var column = 0
  if name.hasPrefix(" Lancet") {
    column = canvas.put(" Lancet", row: 0, column: 0, Style(.title, bold: true))
    column += canvas.put(
      String(name.dropFirst(7)), row: 0, column: column, Style(.text))
  } else {
    column += canvas.put(name, row: 0, column: 0, Style(.title))
  }
  for tab in state.tabs {
    let here = tab.screen.id == state.screen
    let usable = !tab.screen.isLater
    let style =
      here
      ? Style(.tabActive, bold: true, underline: state.theme.monochrome)
      : Style(usable ? .tab : .muted, dim: !usable)
    canvas.put(
      tab.title, row: 0, column: tab.columns.lowerBound, style)
    column = tab.columns.upperBound
  }
  renderProgress(state, from: column + 2, to: width - 1, on: &canvas)
  let bar = Rect(column: 0, row: 1, width: width, height: 1)
  if let failure = state.saving.failure {
    let lost = state.saving.waiting.reduce(0) { $0 + $1.events.count }
    let key = state.bindings["session.save"]?.keys.first?.name ?? "Ctrl-s"
    canvas.fill(bar, Style(.error, reverse: true))
    canvas.put(
      " NOT SAVED  \(counted(lost, "decision")): \(failure) · \(key) tries again",
      row: 1,
      column: 0, Style(.error, bold: true, reverse: true), width: width)
  } else if let reason = state.session.readOnly {
    canvas.horizontalRule(row: 1, column: 0, width: width)
    canvas.put(
      " READ ONLY  \(reason) ", row: 1, column: 1, Style(.warning, bold: true),
      width: width - 2)
  } else {
    canvas.horizontalRule(row: 1, column: 0, width: width)
  }
}

/// `128 approved · 41/h · 72 left  saved 14:03:22`, the less important parts left out when narrow.
private func renderProgress(_ state: State, from: Int, to end: Int, on canvas: inout Canvas) {
  let saved: (text: String, style: Style)
  if state.saving.failure != nil {
    saved = ("NOT SAVED", Style(.error, bold: true))
  } else if !state.saving.waiting.isEmpty {
    saved = ("saving…", Style(.muted))
  } else if let at = state.saving.savedAt {
    saved = ("saved \(at)", Style(.muted))
  } else {
    saved = ("", Style(.muted))
  }
  let totals = state.queue.totals
  var parts: [String] = []
  if state.queue.expected != nil {
    parts.append("\(totals.approved) approved")
    if let rate = state.pace.perHour { parts.append("\(Int(rate.rounded()))/h") }
    parts.append("\(totals.left) left" + timeLeft(totals.left, state))
  }
  if let place = state.shown.place(state) { parts = [place] + parts }
  let room = end - from
  let savedWidth = displayWidth(saved.text)
  while !parts.isEmpty {
    let text = parts.joined(separator: " · ")
    let gap = savedWidth > 0 ? 2 : 0
    if displayWidth(text) + gap + savedWidth <= room {
      canvas.put(text, row: 0, endColumn: end - gap - savedWidth, Style(.text))
      break
    }
    parts.removeFirst()
  }
  if savedWidth > 0, savedWidth <= room {
    canvas.put(saved.text, row: 0, endColumn: end, saved.style)
  }
}

/// How long the rest takes at the pace so far: `, 1 h 45 min`; empty while nothing is known or on a narrow screen.
private func timeLeft(_ left: Int, _ state: State) -> String {
  guard state.size.columns >= 120, left > 0, let rate = state.pace.perHour, rate >= 1 else {
    return ""
  }
  let minutes = Int((Double(left) * 60 / rate).rounded(.up))
  return minutes < 60 ? ", \(minutes) min" : ", \(minutes / 60) h \(minutes % 60) min"
}

// MARK: - Footer

private func renderFooter(_ state: State, on canvas: inout Canvas) {
  let size = state.size
  let rule = size.rows - 2
  canvas.horizontalRule(row: rule, column: 0, width: size.columns)
  if let notice = state.notice {
    canvas.put(
      " \(notice.text) ", row: rule, column: 1,
      Style(notice.role, bold: notice.role != .muted),
      width: size.columns - 2)
  }
  let row = size.rows - 1
  for hint in state.hints {
    let key = hint.binding.keys.first?.name ?? ""
    let used = canvas.put(
      key, row: row, column: hint.columns.lowerBound, Style(.key, bold: true))
    canvas.put(
      hint.binding.hint?.text ?? "", row: row,
      column: hint.columns.lowerBound + used + 1,
      Style(hint.binding.refusal(state) == nil ? .text : .muted))
  }
  let typing = state.scope.isText
  canvas.put(
    state.flags, row: row, endColumn: size.columns - 1,
    typing ? Style(.mode, bold: true, reverse: state.theme.monochrome) : Style(.muted))
}
