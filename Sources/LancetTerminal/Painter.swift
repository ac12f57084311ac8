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
      scalars = [wchar_t(bitPattern: asciiTwin(of: cell.glyph.baseValue))]
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

  /// What stands for a glyph where only ASCII may be sent.
  private func asciiTwin(of scalar: UInt32) -> UInt32 {
    switch scalar {
    case 0x2500, 0x2501, 0x2504, 0x2508, 0x2574, 0x2576, 0x2578, 0x2013, 0x2014, 0x2212: 0x2D
    case 0x2502, 0x2503, 0x2506, 0x250A, 0x258C, 0x258F, 0x2590: 0x7C
    case 0x250C...0x254B, 0x256D...0x2570: 0x2B
    case 0x2588, 0x2593, 0x2580, 0x2584: 0x23
    case 0x2591, 0x2592, 0xB7, 0x2022: 0x2E
    case 0x2713, 0x2714: 0x2B
    case 0x2717, 0x2718, 0xD7: 0x78
    case 0x25B6, 0x25B8, 0x2192, 0x203A, 0x2023: 0x3E
    case 0x25C0, 0x25C2, 0x2190, 0x2039: 0x3C
    case 0x25B2, 0x25B4, 0x2191: 0x5E
    case 0x25BC, 0x25BE, 0x2193: 0x76
    case 0x2026: 0x7E
    case 0x207A: 0x2B
    case 0x207B: 0x2D
    case 0x2801...0x28FF: 0x2A
    default: 0x3F
    }
  }
}
