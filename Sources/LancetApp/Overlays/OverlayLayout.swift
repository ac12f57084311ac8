// Where an overlay lies and which of its rows can be picked, for drawing and for the mouse alike.
import LancetCanvas

/// The place of an overlay.
struct OverlayLayout {
  /// The frame.
  var frame: Rect
  /// The first row that can be picked, and the index it stands for; one index a row.
  var firstRow = 0
  var indices: [Int?] = []

  /// The inside of the frame.
  var inside: Rect { frame.inset(columns: 2, rows: 1) }

  /// What stands at a row of the terminal.
  func index(atRow row: Int) -> Int? {
    indices.indices.contains(row - firstRow) ? indices[row - firstRow] : nil
  }
}

/// The layout of the overlay that is open.
func overlayLayout(_ state: State) -> OverlayLayout? {
  let whole = Rect(column: 0, row: 1, width: state.size.columns, height: state.size.rows - 3)
  func centred(_ width: Int, _ height: Int) -> Rect {
    whole.centred(
      Size(
        columns: min(width, state.size.columns - 4), rows: min(max(height, 5), whole.height)))
  }
  switch state.overlay {
  case nil:
    return nil
  case .help(let help):
    var layout = OverlayLayout(frame: state.overlayArea)
    layout.firstRow = layout.inside.row + 2
    layout.indices = help.lines(in: state).dropFirst(help.top).prefix(state.helpHeight).map {
      if case .row(let index) = $0 { index } else { nil }
    }
    return layout
  case .palette(let palette):
    let matches = paletteMatches(palette.field.text, state).count
    let height = min(14, whole.height - 5)
    var layout = OverlayLayout(frame: centred(84, height + 5))
    layout.frame.row = whole.row + 1
    layout.firstRow = layout.inside.row + 2
    let rows = layout.inside.height - 3
    let top = min(max(0, palette.cursor - rows + 1), max(0, matches - rows))
    layout.indices = Array(top..<min(matches, top + max(0, rows)))
    return layout
  case .themes:
    let count = state.themes.all.count
    var layout = OverlayLayout(frame: centred(state.size.columns < 100 ? 44 : 64, count + 6))
    layout.firstRow = layout.inside.row + 2
    let rows = max(0, layout.inside.height - 3)
    let top = max(0, state.themes.index - rows + 1)
    layout.indices = Array(top..<min(count, top + rows))
    // At the right, so that the screen it changes stays in sight.
    layout.frame.column = state.size.columns - layout.frame.width - 2
    return layout
  case .prompt(let prompt):
    let field = prompt.field.isMultiline ? 6 : 1
    let more = max(prompt.lines.count, prompt.complaint == nil ? 0 : 1)
    return OverlayLayout(frame: centred(100, 5 + field + (more > 0 ? more + 1 : 0)))
  case .choices(let choices):
    let width =
      choices.items.map { displayWidth($0.title) + displayWidth($0.detail) + 11 }
      + choices.lines.map { displayWidth($0) + 4 } + [displayWidth(choices.title) + 6, 44]
    var layout = OverlayLayout(
      frame: centred(
        width.max() ?? 44,
        choices.items.count + choices.lines.count + 4
          + (choices.lines.isEmpty ? 0 : 1)))
    layout.firstRow =
      layout.inside.row + 2 + choices.lines.count + (choices.lines.isEmpty ? 0 : 1)
    let rows = max(1, layout.inside.endRow - layout.firstRow)
    let top = max(0, choices.cursor - rows + 1)
    layout.indices = Array(top..<min(choices.items.count, top + rows))
    return layout
  }
}
