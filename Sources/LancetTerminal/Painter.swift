// Canvas cells to ncurses cells: colours of the theme to pairs, glyphs to what libc will measure the same.
import CNcurses
import Glibc
import LancetCanvas

/// Paints canvases through ncurses, which sends only what changed.
struct Painter {
  private let depth: ColourDepth
  private let repertoire: Repertoire
  private var drawn: [Style: (attributes: attr_t, pair: Int32)] = [:]
  private var theme: Theme?
  private var mustClear = true
  private var isCursorShown: Bool?

  init(depth: ColourDepth, repertoire: Repertoire) {
    self.depth = depth
    self.repertoire = repertoire
  }

  /// The terminal's screen is unknown: the next canvas is drawn whole.
  mutating func forget() {
    mustClear = true
    isCursorShown = nil
  }

  mutating func paint(_ canvas: Canvas, previous: Canvas?, theme: Theme) {
    if theme != self.theme {
      self.theme = theme
      drawn.removeAll(keepingCapacity: true)
      reset_color_pairs()
      mustClear = true
    }
    var previous = previous
    if mustClear || previous?.size != canvas.size {
      lancet_clear_all()
      previous = nil
      mustClear = false
    }
    let before = previous?.cells
    for row in 0..<canvas.size.rows {
      for column in 0..<canvas.size.columns {
        let place = row * canvas.size.columns + column
        let cell = canvas.cells[place]
        // A wide character is written again when its second half changed.
        if cell.width == 0 { continue }
        if let before, before[place] == cell,
          cell.width == 1 || before[place + 1] == canvas.cells[place + 1]
        {
          continue
        }
        put(cell, row: row, column: column)
      }
    }
    if let cursor = canvas.cursor {
      lancet_move(Int32(clamping: cursor.row), Int32(clamping: cursor.column))
    }
    let showsCursor = canvas.cursor != nil
    if showsCursor != isCursorShown {
      curs_set(showsCursor ? 1 : 0)
      isCursorShown = showsCursor
    }
    // Terminals that know mode 2026 show the frame at once, others ignore it.
    Terminal.write(Array("\u{1B}[?2026h".utf8))
    lancet_refresh()
    Terminal.write(Array("\u{1B}[?2026l".utf8))
  }

  private mutating func put(_ cell: Cell, row: Int, column: Int) {
    let (attributes, pair) = look(of: cell.style)
    var scalars = cell.glyph.scalars.map { wchar_t(bitPattern: $0.value) }
    if cell.glyph.baseValue > 0x7E && !isSafe(scalars, width: Int32(cell.width)) {
      // The cell holds one character: a longer twin does not fit it.
      let twin = asciiTwin(of: cell.glyph.baseValue)?.utf8
      scalars = [wchar_t(twin.flatMap { $0.count == 1 ? $0.first : nil } ?? 0x3F)]
      if cell.width == 2 { lancetPut(Int32(row), Int32(column + 1), [0x3F], attributes, pair) }
    }
    lancetPut(Int32(row), Int32(column), scalars, attributes, pair)
  }

  private func lancetPut(
    _ row: Int32, _ column: Int32, _ scalars: [wchar_t], _ attributes: attr_t, _ pair: Int32
  ) {
    let text = scalars + [0]
    text.withUnsafeBufferPointer { lancet_put(row, column, $0.baseAddress, attributes, pair) }
  }

  /// Whether ncurses, which asks libc, will take as many columns as the canvas did.
  private func isSafe(_ scalars: [wchar_t], width: Int32) -> Bool {
    guard repertoire == .unicode, let base = scalars.first, lancet_width(base) == width else {
      return false
    }
    return scalars.dropFirst().allSatisfy { lancet_width($0) == 0 }
  }

  private mutating func look(of style: Style) -> (attributes: attr_t, pair: Int32) {
    if let known = drawn[style] { return known }
    let ink = theme?.ink(for: style) ?? Ink()
    var attributes: attr_t = 0
    if ink.bold { attributes |= lancet_bold() }
    if ink.underline { attributes |= lancet_underline() }
    if ink.reverse { attributes |= lancet_reverse() }
    if ink.italic { attributes |= lancet_italic() }
    if ink.dim { attributes |= lancet_dim() }
    var pair: Int32 = 0
    if depth != .mono, ink.foreground != nil || ink.background != nil {
      pair = max(0, alloc_pair(colour(ink.foreground), colour(ink.background)))
    }
    drawn[style] = (attributes, pair)
    return (attributes, pair)
  }

  private func colour(_ colour: RGB?) -> Int32 {
    guard let colour else { return -1 }
    switch depth {
    case .mono: return -1
    case .sixteen:
      let index = colour.nearest16
      return Int32(lancet_colors() >= 16 ? index : index % 8)
    case .palette: return Int32(colour.nearest256)
    case .truecolor:
      return Int32(colour.red) << 16 | Int32(colour.green) << 8 | Int32(colour.blue)
    }
  }
}
