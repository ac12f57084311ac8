// Breaking a text into rows: at spaces, between wide characters, inside a word only when it is wider than the row.

/// One row of a wrapped text.
public struct WrappedLine: Hashable, Sendable {
  /// The bytes of the text this row shows, the space or line end it was broken at included.
  public let bytes: Range<Int>
  /// The cells to draw, without the white space the row was broken at.
  public let cells: ArraySlice<VisibleCell>
  /// Whether this row goes on with the text line of the row before.
  public let isContinuation: Bool

  /// The columns the row takes.
  public var width: Int { cells.reduce(0) { $0 + Int($1.width) } }

  /// The columns (from 0) of the row that a byte range of the text takes, nil when it has none here.
  public func columns(of range: Range<Int>) -> Range<Int>? {
    var column = 0
    var first: Int?
    var last = 0
    for cell in cells {
      if Int(cell.start) < range.upperBound && Int(cell.end) > range.lowerBound {
        if first == nil { first = column }
        last = column + Int(cell.width)
      }
      column += Int(cell.width)
    }
    guard let first else { return nil }
    return first..<last
  }
}

/// Breaks a text into rows of at most `width` columns; line feeds end a row.
///
/// A text has at least one row.
public func wrap(
  _ text: some StringProtocol, width: Int, repertoire: Repertoire = .unicode
) -> [WrappedLine] {
  wrap(VisibleText(text, repertoire: repertoire), width: width)
}

/// Breaks visible text into rows of at most `width` columns (at least 2, so that wide characters fit).
public func wrap(_ text: VisibleText, width: Int) -> [WrappedLine] {
  let width = max(2, width)
  let cells = text.cells
  var lines: [WrappedLine] = []
  var start = 0  // first cell of the row
  var startByte = 0
  var column = 0
  var breakAt: Int?  // first cell after the last place where the row may be broken
  var columnsAfterBreak = 0
  var continues = false

  func isTrimmable(_ cell: VisibleCell) -> Bool { cell.isSpace && !cell.isMark }
  func emit(upTo end: Int, next: Int, endByte: Int) {
    var last = end
    if next < cells.count || end < next {
      while last > start, isTrimmable(cells[last - 1]) { last -= 1 }
      if last == start { last = end }  // a row of nothing but spaces keeps them
    }
    lines.append(
      WrappedLine(
        bytes: startByte..<endByte, cells: cells[start..<last], isContinuation: continues))
    start = next
    startByte = endByte
  }

  var index = 0
  while index < cells.count {
    let cell = cells[index]
    if cell.isMark && cell.isSpace && cell.glyph.base == 0x240A {  // a line feed
      lines.append(
        WrappedLine(
          bytes: startByte..<Int(cell.end), cells: cells[start..<index], isContinuation: continues))
      start = index + 1
      startByte = Int(cell.end)
      (column, breakAt, continues) = (0, nil, false)
      index += 1
      continue
    }
    let fits = column + Int(cell.width) <= width
    if !fits && !isTrimmable(cell) {
      let cut = breakAt.flatMap { $0 > start ? $0 : nil } ?? index
      let rest = breakAt != nil && cut < index ? columnsAfterBreak : 0
      emit(upTo: cut, next: cut, endByte: Int(cells[cut].start))
      (column, breakAt, continues) = (rest, nil, true)
      columnsAfterBreak = 0
      // Cells of one tab or mark share their bytes; a row begun inside one shows what is left of it.
      continue
    }
    column += Int(cell.width)
    columnsAfterBreak += Int(cell.width)
    if cell.isSpace || cell.width == 2 || (index + 1 < cells.count && cells[index + 1].width == 2) {
      breakAt = index + 1
      columnsAfterBreak = 0
    }
    index += 1
  }
  if start < cells.count || lines.isEmpty || endsWithLineFeed(cells) {
    lines.append(
      WrappedLine(
        bytes: startByte..<max(startByte, text.byteCount), cells: cells[start...],
        isContinuation: continues))
  }
  return lines
}

private func endsWithLineFeed(_ cells: [VisibleCell]) -> Bool {
  guard let last = cells.last else { return false }
  return last.isMark && last.glyph.base == 0x240A
}
