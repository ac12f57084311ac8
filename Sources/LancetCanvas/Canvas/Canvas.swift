// The screen as a value: a grid of cells that carry roles. Everything drawn outside the grid is cut off, nothing traps.

/// A grid of cells.
public struct Canvas: Sendable, Hashable {
  /// A position of the canvas, counted from 0.
  public struct Position: Hashable, Sendable {
    /// The row from the top.
    public var row: Int
    /// The column from the left.
    public var column: Int

    /// A position.
    public init(row: Int, column: Int) {
      self.row = row
      self.column = column
    }
  }

  /// The columns and rows of the grid.
  public let size: Size
  /// Which characters outside text may use; `ascii` when the locale has no UTF-8.
  public var repertoire: Repertoire
  /// Where the terminal shows its cursor (in a text field); nil hides it.
  public var cursor: Position?
  /// Row after row.
  public internal(set) var cells: [Cell]

  /// An empty canvas.
  public init(size: Size, repertoire: Repertoire = .unicode) {
    self.size = size
    self.repertoire = repertoire
    cells = Array(repeating: .blank, count: size.columns * size.rows)
  }

  /// The rectangle of the whole canvas.
  public var bounds: Rect { Rect(size) }

  /// The cell at a position; a blank one outside the grid.
  public subscript(row row: Int, column column: Int) -> Cell {
    guard bounds.contains(row: row, column: column) else { return .blank }
    return cells[row * size.columns + column]
  }

  /// Writes a text and returns the columns used.
  ///
  /// This is the way by which outside text enters cells: controls, bidi, zero-width and other
  /// invisible characters become visible marks. At most `width` columns are written; a text that is
  /// longer ends in `…` when `ellipsis` is on.
  @discardableResult
  public mutating func put(
    _ text: some StringProtocol, row: Int, column: Int, _ style: Style = .plain,
    width: Int? = nil, ellipsis: Bool = true
  ) -> Int {
    let visible = VisibleText(text, repertoire: repertoire)
    return put(
      visible.cells[...], row: row, column: column, width: width, ellipsis: ellipsis
    ) { _ in style }
  }

  /// Writes cells of a visible text, each in the style its bytes ask for, and returns the columns
  /// used.
  ///
  /// Marks keep the attributes and ground of that style and take the role `mark`.
  @discardableResult
  public mutating func put(
    _ visible: ArraySlice<VisibleCell>, row: Int, column: Int, width: Int? = nil,
    ellipsis: Bool = true, style: (VisibleCell) -> Style
  ) -> Int {
    guard row >= 0, row < size.rows, column < size.columns, column > -Size.limit else { return 0 }
    let room = min(max(0, width ?? Size.limit), size.columns - column)
    var used = 0
    var index = visible.startIndex
    while index < visible.endIndex {
      let cell = visible[index]
      let needed = Int(cell.width)
      if used + needed > room { break }
      if ellipsis && used + needed == room && index + 1 < visible.endIndex { break }
      write(cell, row: row, column: column + used, style: style(cell))
      used += needed
      index += 1
    }
    if index < visible.endIndex && ellipsis && used < room {
      let last = style(visible[index])
      set(Glyph(base: repertoire == .ascii ? 0x7E : 0x2026), row: row, column: column + used, last)
      used += 1
      while used < room {
        set(.blank, row: row, column: column + used, last)
        used += 1
      }
    }
    return used
  }

  /// Writes a text that ends at (and includes) the column before `end`; returns the columns used.
  @discardableResult
  public mutating func put(
    _ text: some StringProtocol, row: Int, endColumn end: Int, _ style: Style = .plain,
    width: Int? = nil
  ) -> Int {
    let visible = VisibleText(text, repertoire: repertoire)
    let room = min(visible.width, width ?? visible.width)
    return put(visible.cells[...], row: row, column: end - room, width: room) { _ in style }
  }

  /// Fills a rectangle with spaces, or with one printable character of one column.
  public mutating func fill(_ rect: Rect, _ style: Style = .plain, with character: Character = " ")
  {
    let glyph = Canvas.narrowGlyph(character)
    forEachCell(of: rect) { canvas, row, column in
      canvas.set(glyph, row: row, column: column, style)
    }
  }

  /// Draws a horizontal line, by default `─`.
  public mutating func horizontalRule(
    row: Int, column: Int, width: Int, _ style: Style = Style(.rule), _ character: Character = "─"
  ) {
    fill(Rect(column: column, row: row, width: width, height: 1), style, with: character)
  }

  /// Draws a vertical line, by default `│`.
  public mutating func verticalRule(
    row: Int, column: Int, height: Int, _ style: Style = Style(.rule), _ character: Character = "│"
  ) {
    fill(Rect(column: column, row: row, width: 1, height: height), style, with: character)
  }

  /// Writes one character where rules meet (`┬`, `┴`, `┼`).
  public mutating func junction(
    _ character: Character, row: Int, column: Int, _ style: Style = Style(.rule)
  ) {
    set(Canvas.narrowGlyph(character), row: row, column: column, style)
  }

  /// Draws a frame around the inside of a rectangle.
  public mutating func frame(_ rect: Rect, _ style: Style = Style(.rule)) {
    guard rect.width >= 2, rect.height >= 2 else { return }
    horizontalRule(row: rect.row, column: rect.column, width: rect.width, style)
    horizontalRule(row: rect.endRow - 1, column: rect.column, width: rect.width, style)
    verticalRule(row: rect.row, column: rect.column, height: rect.height, style)
    verticalRule(row: rect.row, column: rect.endColumn - 1, height: rect.height, style)
    junction("┌", row: rect.row, column: rect.column, style)
    junction("┐", row: rect.row, column: rect.endColumn - 1, style)
    junction("└", row: rect.endRow - 1, column: rect.column, style)
    junction("┘", row: rect.endRow - 1, column: rect.endColumn - 1, style)
  }

  /// Changes the style of what is drawn already.
  public mutating func restyle(_ rect: Rect, _ change: (inout Style) -> Void) {
    forEachCell(of: rect) { canvas, row, column in
      change(&canvas.cells[row * canvas.size.columns + column].style)
    }
  }

  /// Lays the ground of a role (a selected row, an overlay) under what is drawn already.
  public mutating func restyle(_ rect: Rect, on ground: Role?) {
    restyle(rect) { $0.ground = ground }
  }

  /// Writes a glyph of one or two columns; a wide one that does not fit is replaced by a space.
  mutating func set(
    _ glyph: Glyph, row: Int, column: Int, width: UInt8 = 1, _ style: Style
  ) {
    guard bounds.contains(row: row, column: column) else { return }
    let place = row * size.columns + column
    breakWide(at: place, column: column)
    if width == 2 && column + 1 < size.columns {
      breakWide(at: place + 1, column: column + 1)
      cells[place] = Cell(glyph: glyph, width: 2, style: style)
      cells[place + 1] = Cell(glyph: .continuation, width: 0, style: style)
    } else {
      cells[place] = Cell(glyph: width == 2 ? .blank : glyph, width: 1, style: style)
    }
  }

  private mutating func write(_ cell: VisibleCell, row: Int, column: Int, style: Style) {
    var style = style
    if cell.isMark { style.role = .mark }
    if column < 0 {
      // The right half of a wide character at the left edge becomes a space.
      if column == -1 && cell.width == 2 { set(.blank, row: row, column: 0, style) }
      return
    }
    set(cell.glyph, row: row, column: column, width: cell.width, style)
  }

  /// Overwriting half of a wide character turns its other half into a space.
  private mutating func breakWide(at place: Int, column: Int) {
    if cells[place].width == 0 && column > 0 {
      cells[place - 1].glyph = .blank
      cells[place - 1].width = 1
    }
    if cells[place].width == 2 && column + 1 < size.columns {
      cells[place + 1].glyph = .blank
      cells[place + 1].width = 1
    }
  }

  private mutating func forEachCell(
    of rect: Rect, _ body: (inout Canvas, Int, Int) -> Void
  ) {
    let part = rect.intersection(bounds)
    guard !part.isEmpty else { return }
    for row in part.row..<part.endRow {
      for column in part.column..<part.endColumn { body(&self, row, column) }
    }
  }

  /// The glyph of a character that takes one column, a space for any other.
  static func narrowGlyph(_ character: Character) -> Glyph {
    let scalars = character.unicodeScalars
    guard let scalar = scalars.first, scalars.count == 1,
      classify(scalar.value) == .narrow || scalar.value == 0x2800
    else { return .blank }
    return Glyph(base: scalar.value)
  }
}
