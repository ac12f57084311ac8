// Sizes and rectangles of the screen in cells. Nothing here can trap: sizes from outside are clamped.

/// How many columns and rows an area has; never negative.
public struct Size: Hashable, Sendable {
  /// The largest number of columns or rows that is believed.
  public static let limit = 10_000

  /// The width in cells.
  public let columns: Int
  /// The height in cells.
  public let rows: Int

  /// A size; numbers outside 0...10,000 are clamped.
  public init(columns: Int, rows: Int) {
    self.columns = min(max(columns, 0), Size.limit)
    self.rows = min(max(rows, 0), Size.limit)
  }

  /// Whether both sides are at least as long as those of `other`.
  public func holds(_ other: Size) -> Bool { columns >= other.columns && rows >= other.rows }
}

/// A rectangle of cells; its far edges are excluded.
public struct Rect: Hashable, Sendable {
  /// The first column.
  public var column: Int
  /// The first row.
  public var row: Int
  /// The number of columns, never negative.
  public var width: Int
  /// The number of rows, never negative.
  public var height: Int

  /// A rectangle; positions and sizes are clamped to ±10,000.
  public init(column: Int, row: Int, width: Int, height: Int) {
    self.column = min(max(column, -Size.limit), Size.limit)
    self.row = min(max(row, -Size.limit), Size.limit)
    self.width = min(max(width, 0), Size.limit)
    self.height = min(max(height, 0), Size.limit)
  }

  /// The rectangle that covers a canvas of this size.
  public init(_ size: Size) {
    self.init(column: 0, row: 0, width: size.columns, height: size.rows)
  }

  /// The column after the last one.
  public var endColumn: Int { column + width }
  /// The row after the last one.
  public var endRow: Int { row + height }
  /// Whether no cell is inside.
  public var isEmpty: Bool { width == 0 || height == 0 }
  /// The size without the position.
  public var size: Size { Size(columns: width, rows: height) }

  /// Whether the cell at this row and column is inside.
  public func contains(row: Int, column: Int) -> Bool {
    row >= self.row && row < endRow && column >= self.column && column < endColumn
  }

  /// The rectangle with this many cells taken off each side.
  public func inset(columns: Int = 0, rows: Int = 0) -> Rect {
    Rect(
      column: column + columns, row: row + rows, width: width - 2 * columns,
      height: height - 2 * rows)
  }

  /// The part that both rectangles cover.
  public func intersection(_ other: Rect) -> Rect {
    let left = max(column, other.column)
    let top = max(row, other.row)
    return Rect(
      column: left, row: top, width: min(endColumn, other.endColumn) - left,
      height: min(endRow, other.endRow) - top)
  }

  /// The first `height` rows, and what is below them.
  public func splitTop(_ height: Int) -> (top: Rect, rest: Rect) {
    let cut = min(max(height, 0), self.height)
    return (
      Rect(column: column, row: row, width: width, height: cut),
      Rect(column: column, row: row + cut, width: width, height: self.height - cut)
    )
  }

  /// What is above the last `height` rows, and those rows.
  public func splitBottom(_ height: Int) -> (rest: Rect, bottom: Rect) {
    let cut = min(max(height, 0), self.height)
    let parts = splitTop(self.height - cut)
    return (parts.top, parts.rest)
  }

  /// The first `width` columns, and what is right of them.
  public func splitLeft(_ width: Int) -> (left: Rect, rest: Rect) {
    let cut = min(max(width, 0), self.width)
    return (
      Rect(column: column, row: row, width: cut, height: height),
      Rect(column: column + cut, row: row, width: self.width - cut, height: height)
    )
  }

  /// `count` parts side by side, as equal as can be, with `gap` columns between them.
  public func columns(_ count: Int, gap: Int = 1) -> [Rect] {
    Rect.shares(of: width, among: count, gap: gap).map {
      Rect(column: column + $0.lowerBound, row: row, width: $0.count, height: height)
    }
  }

  /// `count` parts below each other, as equal as can be, with `gap` rows between them.
  public func rows(_ count: Int, gap: Int = 0) -> [Rect] {
    Rect.shares(of: height, among: count, gap: gap).map {
      Rect(column: column, row: row + $0.lowerBound, width: width, height: $0.count)
    }
  }

  /// A rectangle of at most this size in the middle of this one.
  public func centred(_ size: Size) -> Rect {
    let columns = min(size.columns, width)
    let rows = min(size.rows, height)
    return Rect(
      column: column + (width - columns) / 2, row: row + (height - rows) / 2, width: columns,
      height: rows)
  }

  private static func shares(of length: Int, among count: Int, gap: Int) -> [Range<Int>] {
    guard count > 0, count <= Size.limit else { return [] }
    let free = max(0, length - max(0, gap) * (count - 1))
    var start = 0
    return (0..<count).map { index in
      let share = free / count + (index < free % count ? 1 : 0)
      defer { start += share + max(0, gap) }
      return min(start, length)..<min(start + share, length)
    }
  }
}
