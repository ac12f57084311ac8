// Overlays: a framed rectangle with a title over what is already drawn.

extension Canvas {
  /// Draws an overlay with a frame, a title in its upper edge and a hint in its lower one.
  ///
  /// Returns the rectangle inside, one column away from the frame on each side.
  @discardableResult
  public mutating func popup(_ rect: Rect, title: String, hint: String = "") -> Rect {
    let rect = rect.intersection(bounds)
    fill(rect, Style(.popup))
    frame(rect, Style(.rule, on: .popup))
    if !title.isEmpty && rect.width > 6 {
      put(
        " \(title) ", row: rect.row, column: rect.column + 2, Style(.title, on: .popup),
        width: rect.width - 4)
    }
    if !hint.isEmpty && rect.width > 6 && rect.height > 1 {
      put(
        " \(hint) ", row: rect.endRow - 1, endColumn: rect.endColumn - 2,
        Style(.muted, on: .popup), width: min(displayWidth(hint) + 2, rect.width - 4))
    }
    return rect.inset(columns: 2, rows: 1)
  }

  /// Draws the cells of a text field and places the terminal's cursor in it when it has the focus.
  ///
  /// A field of one line scrolls sideways, a field of several lines wraps and scrolls up and down.
  public mutating func put(
    _ field: inout TextField, in rect: Rect, _ style: Style = Style(.input), focused: Bool = true
  ) {
    let rect = rect.intersection(bounds)
    guard !rect.isEmpty else { return }
    fill(rect, style)
    let text = field.text
    let cursorByte = field.cursorByte
    if field.isMultiline {
      let lines = wrap(text, width: max(2, rect.width - 1))
      var row = lines.lastIndex { $0.bytes.lowerBound <= cursorByte } ?? 0
      if row > 0, lines[row].isContinuation, lines[row].bytes.lowerBound > cursorByte { row -= 1 }
      field.scroll = min(max(field.scroll, row - rect.height + 1), row)
      for (index, line) in lines.dropFirst(field.scroll).prefix(rect.height).enumerated() {
        put(
          line.cells, row: rect.row + index, column: rect.column, width: rect.width,
          ellipsis: false
        ) { _ in style }
      }
      let column = lines[row].cells.reduce(0) {
        $0 + ($1.bytes.upperBound <= cursorByte ? Int($1.width) : 0)
      }
      if focused {
        cursor = Position(
          row: rect.row + row - field.scroll, column: rect.column + min(column, rect.width - 1))
      }
    } else {
      let visible = VisibleText(text)
      var column = 0
      for cell in visible.cells where cell.bytes.upperBound <= cursorByte {
        column += Int(cell.width)
      }
      field.scroll = min(max(field.scroll, column - rect.width + 1), column)
      put(visible.cells[...], row: rect.row, column: rect.column - field.scroll, clip: rect, style)
      if focused { cursor = Position(row: rect.row, column: rect.column + column - field.scroll) }
    }
  }

  /// Writes cells that may begin left of a rectangle and shows only those inside.
  private mutating func put(
    _ cells: ArraySlice<VisibleCell>, row: Int, column: Int, clip: Rect, _ style: Style
  ) {
    var place = column
    for cell in cells {
      let end = place + Int(cell.width)
      if place >= clip.column && end <= clip.endColumn {
        let own = cell.isMark ? style.role(.mark) : style
        set(cell.glyph, row: row, column: place, width: cell.width, own)
      }
      if place >= clip.endColumn { break }
      place = end
    }
  }
}
