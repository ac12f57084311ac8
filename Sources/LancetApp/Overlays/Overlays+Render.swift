// The overlays on a canvas: one ground, one frame, a title, and the rows.
import LancetCanvas
import LancetCore

/// Draws the overlay that is open, over the screen.
func renderOverlay(_ state: State, on canvas: inout Canvas) {
  guard let layout = overlayLayout(state), let overlay = state.overlay else { return }
  canvas.cursor = nil
  canvas.fill(layout.frame, Style(.popup))
  canvas.frame(layout.frame, Style(.rule, on: .popup))
  switch overlay {
  case .help(let help): renderHelp(help, layout, state, on: &canvas)
  case .palette(let palette): renderPalette(palette, layout, state, on: &canvas)
  case .themes: renderThemes(layout, state, on: &canvas)
  case .prompt(let prompt): renderPrompt(prompt, layout, on: &canvas)
  case .choices(let choices): renderChoices(choices, layout, state, on: &canvas)
  }
}

private func title(_ text: String, _ layout: OverlayLayout, on canvas: inout Canvas) {
  canvas.put(
    text, row: layout.inside.row, column: layout.inside.column,
    Style(.title, bold: true, on: .popup), width: layout.inside.width)
}

/// The row under the cursor: its mark and its ground.
private func select(row: Int, _ layout: OverlayLayout, _ state: State, on canvas: inout Canvas) {
  let inside = layout.inside
  let line = Rect(column: inside.column - 1, row: row, width: inside.width + 2, height: 1)
  canvas.put(
    "▶", row: row, column: inside.column, Style(.accent, bold: true, on: .popup))
  canvas.restyle(line, on: .selection)
  if state.theme.monochrome { canvas.restyle(line) { $0.bold = true } }
}

private func more(
  above: Bool, below: Bool, _ layout: OverlayLayout, rows: Int, on canvas: inout Canvas
) {
  let column = layout.frame.endColumn - 2
  let style = Style(.muted, on: .popup)
  if above { canvas.put("↑", row: layout.firstRow, column: column, style) }
  if below { canvas.put("↓", row: layout.firstRow + rows - 1, column: column, style) }
}

// MARK: - Help

private func renderHelp(
  _ help: HelpState, _ layout: OverlayLayout, _ state: State, on canvas: inout Canvas
) {
  let inside = layout.inside
  title("Help", layout, on: &canvas)
  if let search = help.search {
    let column = inside.column + 8
    canvas.put("/", row: inside.row, column: column - 1, Style(.muted, on: .popup))
    if help.isTyping {
      renderField(search, row: inside.row, column: column, width: inside.width - 8, on: &canvas)
    } else {
      canvas.put(
        search.text, row: inside.row, column: column, Style(.accent, on: .popup),
        width: inside.width - 8)
    }
  }
  let rows = help.rows(in: state)
  if rows.isEmpty {
    canvas.put(
      "nothing here is called that", row: layout.firstRow, column: inside.column + 2,
      Style(.muted, on: .popup))
  }
  let lines = help.lines(in: state)
  for (offset, line) in lines.dropFirst(help.top).prefix(state.helpHeight).enumerated() {
    let row = layout.firstRow + offset
    switch line {
    case .blank: break
    case .title(let text):
      canvas.put(text, row: row, column: inside.column, Style(.accent, on: .popup))
    case .row(let index):
      let binding = rows[index]
      renderBinding(binding, row: row, inside, state, summaryFirst: true, on: &canvas)
      if index == help.cursor { select(row: row, layout, state, on: &canvas) }
    }
  }
  more(
    above: help.top > 0, below: help.top + state.helpHeight < lines.count, layout,
    rows: state.helpHeight, on: &canvas)
}

/// Keys, then what they do, then the id in muted text; refused ones are muted with the reason.
private func renderBinding(
  _ binding: Binding, row: Int, _ inside: Rect, _ state: State, summaryFirst: Bool,
  on canvas: inout Canvas
) {
  let reason = binding.refusal(state)
  let keys = binding.keys.map(\.name).joined(separator: " ")
  let keyWidth = 15
  canvas.put(
    keys.isEmpty ? ":" : keys, row: row, column: inside.column + 2,
    Style(keys.isEmpty ? .muted : .key, bold: !keys.isEmpty, on: .popup), width: keyWidth)
  let column = inside.column + keyWidth + 4
  let idWidth = inside.width >= 76 ? 22 : 0
  let room = inside.endColumn - column - idWidth - (idWidth > 0 ? 2 : 0)
  let used = canvas.put(
    binding.summary, row: row, column: column,
    Style(reason == nil ? .text : .muted, on: .popup), width: room)
  if let reason, room - used > 12 {
    canvas.put(
      "· \(reason)", row: row, column: column + used + 1,
      Style(.muted, italic: true, on: .popup),
      width: room - used - 1)
  }
  if idWidth > 0 {
    canvas.put(
      binding.id, row: row, column: inside.endColumn - idWidth,
      Style(.muted, on: .popup),
      width: idWidth)
  }
}

// MARK: - Palette

private func renderPalette(
  _ palette: PaletteState, _ layout: OverlayLayout, _ state: State, on canvas: inout Canvas
) {
  let inside = layout.inside
  canvas.put(
    ":", row: inside.row, column: inside.column,
    Style(.accent, bold: true, on: .popup))
  renderField(
    palette.field, row: inside.row, column: inside.column + 1, width: inside.width - 1,
    on: &canvas)
  canvas.horizontalRule(
    row: inside.row + 1, column: layout.frame.column + 1, width: layout.frame.width - 2,
    Style(.rule, on: .popup))
  let matches = paletteMatches(palette.field.text, state)
  for (offset, index) in layout.indices.enumerated() {
    guard let index, matches.indices.contains(index) else { continue }
    let row = layout.firstRow + offset
    let binding = matches[index]
    let reason = binding.refusal(state)
    canvas.put(
      binding.id, row: row, column: inside.column + 2, Style(.text, on: .popup),
      width: 21)
    let keys = binding.keys.prefix(2).map(\.name).joined(separator: " ")
    let keyWidth = displayWidth(keys)
    canvas.put(
      reason ?? binding.summary, row: row, column: inside.column + 24,
      Style(.muted, italic: reason != nil, on: .popup), width: inside.width - 26 - keyWidth)
    canvas.put(
      keys, row: row, endColumn: inside.endColumn, Style(.key, bold: true, on: .popup)
    )
    if index == palette.cursor { select(row: row, layout, state, on: &canvas) }
  }
  let last = inside.endRow - 1
  if let complaint = palette.complaint {
    canvas.put(
      complaint, row: last, column: inside.column + 2, Style(.warning, on: .popup),
      width: inside.width - 2)
  } else if matches.isEmpty {
    canvas.put(
      "no command fits; Enter names the closest", row: last,
      column: inside.column + 2,
      Style(.muted, on: .popup), width: inside.width - 2)
  } else {
    canvas.put(
      "also:  rule EXPRESSION   filter EXPRESSION   theme NAME   a trace's number",
      row: last,
      column: inside.column + 2, Style(.muted, on: .popup), width: inside.width - 2)
  }
}

// MARK: - Themes, prompts, choices

private func renderThemes(_ layout: OverlayLayout, _ state: State, on canvas: inout Canvas) {
  let inside = layout.inside
  title("Theme", layout, on: &canvas)
  for (offset, index) in layout.indices.enumerated() {
    guard let index else { continue }
    let row = layout.firstRow + offset
    let theme = state.themes.all[index]
    canvas.put(
      theme.name, row: row, column: inside.column + 2, Style(.text, on: .popup),
      width: 17)
    canvas.put(
      theme.about, row: row, column: inside.column + 20, Style(.muted, on: .popup),
      width: inside.width - 20)
    if index == state.themes.index { select(row: row, layout, state, on: &canvas) }
  }
  canvas.put(
    "the screen shows it at once", row: inside.endRow - 1, column: inside.column + 2,
    Style(.muted, on: .popup), width: inside.width - 2)
}

private func renderPrompt(_ prompt: Prompt, _ layout: OverlayLayout, on canvas: inout Canvas) {
  let inside = layout.inside
  title(prompt.title, layout, on: &canvas)
  canvas.put(
    prompt.advice, row: inside.row + 1, column: inside.column,
    Style(.muted, on: .popup),
    width: inside.width)
  var row = inside.row + 2
  if prompt.field.isMultiline {
    let area = Rect(column: inside.column, row: row, width: inside.width, height: 6)
    renderLines(prompt.field, in: area, on: &canvas)
    row += 7
  } else {
    renderField(prompt.field, row: row, column: inside.column, width: inside.width, on: &canvas)
    row += 2
  }
  if let complaint = prompt.complaint {
    canvas.put(
      complaint, row: row, column: inside.column, Style(.warning, on: .popup),
      width: inside.width)
    return
  }
  for (index, line) in prompt.lines.enumerated() where row + index < inside.endRow {
    canvas.put(
      line, row: row + index, column: inside.column,
      Style(index == 0 ? .text : .muted, bold: index == 0, on: .popup), width: inside.width)
  }
}

/// Draws a field of several lines, wrapped, scrolled so that the cursor is seen.
public func renderLines(_ field: TextField, in area: Rect, on canvas: inout Canvas) {
  canvas.fill(area, Style(.input))
  let lines = wrap(field.text, width: max(2, area.width - 1), repertoire: canvas.repertoire)
  let byte = field.cursorByte
  let current = lines.lastIndex { $0.bytes.lowerBound <= byte } ?? 0
  let top = max(0, current - area.height + 1)
  for (index, line) in lines.enumerated() where index >= top && index < top + area.height {
    canvas.put(line.cells, row: area.row + index - top, column: area.column, width: area.width) {
      _ in Style(.input)
    }
  }
  var column = 0
  if lines.indices.contains(current) {
    for cell in lines[current].cells {
      if cell.bytes.lowerBound >= byte { break }
      column += Int(cell.width)
    }
  }
  canvas.cursor = Canvas.Position(
    row: area.row + current - top, column: area.column + min(column, area.width - 1))
}

private func renderChoices(
  _ choices: Choices, _ layout: OverlayLayout, _ state: State, on canvas: inout Canvas
) {
  let inside = layout.inside
  title(choices.title, layout, on: &canvas)
  for (index, line) in choices.lines.enumerated() {
    canvas.put(
      line, row: inside.row + 1 + index, column: inside.column,
      Style(.muted, on: .popup),
      width: inside.width)
  }
  for (offset, index) in layout.indices.enumerated() {
    guard let index else { continue }
    let row = layout.firstRow + offset
    let item = choices.items[index]
    var column = inside.column + 2
    if let key = item.key {
      canvas.put(
        String(key), row: row, column: column, Style(.key, bold: true, on: .popup))
    }
    column += 3
    column += canvas.put(
      item.title, row: row, column: column, Style(.text, on: .popup),
      width: inside.endColumn - column)
    canvas.put(
      item.detail, row: row, column: column + 2, Style(.muted, on: .popup),
      width: inside.endColumn - column - 2)
    if index == choices.cursor { select(row: row, layout, state, on: &canvas) }
  }
}
