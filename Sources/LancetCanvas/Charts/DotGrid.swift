// Dots finer than cells: eight to a cell in braille, four in blocks, one in ASCII. Lines are drawn dot by dot.

/// What dots are made of.
public enum ChartGlyphs: String, CaseIterable, Hashable, Sendable {
  /// 2 × 4 dots to a cell.
  case braille
  /// 2 × 2 quarters to a cell.
  case block
  /// One character to a cell, a different one for each series.
  case ascii

  /// Dots to a cell from left to right.
  public var across: Int { self == .ascii ? 1 : 2 }
  /// Dots to a cell from top to bottom.
  public var down: Int { self == .braille ? 4 : self == .block ? 2 : 1 }
}

/// A grid of dots over cells; each cell remembers who drew on it last.
public struct DotGrid: Hashable, Sendable {
  /// What the dots are made of.
  public let glyphs: ChartGlyphs
  /// The cells from left to right.
  public let columns: Int
  /// The cells from top to bottom.
  public let rows: Int
  private var dots: [UInt8]
  private var owners: [UInt8]

  /// An empty grid of this many cells.
  public init(columns: Int, rows: Int, glyphs: ChartGlyphs) {
    let size = Size(columns: columns, rows: rows)
    self.columns = size.columns
    self.rows = size.rows
    self.glyphs = glyphs
    dots = Array(repeating: 0, count: size.columns * size.rows)
    owners = dots
  }

  /// The dots from left to right.
  public var width: Int { columns * glyphs.across }
  /// The dots from top to bottom.
  public var height: Int { rows * glyphs.down }

  /// Sets a dot, counted from the top left, for an owner; outside the grid nothing happens.
  public mutating func set(x: Int, y: Int, owner: Int) {
    guard x >= 0, x < width, y >= 0, y < height else { return }
    let place = y / glyphs.down * columns + x / glyphs.across
    let (column, row) = (x % glyphs.across, y % glyphs.down)
    let bit: UInt8 =
      switch glyphs {
      case .braille: row == 3 ? (column == 0 ? 0x40 : 0x80) : 1 << UInt8(row + 3 * column)
      case .block: 1 << UInt8(row * 2 + column)
      case .ascii: 1
      }
    dots[place] |= bit
    owners[place] = UInt8(truncatingIfNeeded: owner)
  }

  /// The owner of a cell, nil when it has no dots.
  public func owner(row: Int, column: Int) -> Int? {
    guard row >= 0, row < rows, column >= 0, column < columns else { return nil }
    let place = row * columns + column
    return dots[place] == 0 ? nil : Int(owners[place])
  }

  /// The scalar that shows a cell's dots; `asciiMark` is used where dots are characters.
  func scalar(row: Int, column: Int, asciiMark: (Int) -> UInt32) -> UInt32 {
    let place = row * columns + column
    switch glyphs {
    case .braille: return 0x2800 + UInt32(dots[place])
    case .block: return DotGrid.quarters[Int(dots[place] & 15)]
    case .ascii: return dots[place] == 0 ? 0x20 : asciiMark(Int(owners[place]))
    }
  }

  /// The quarter blocks by bits: 1 top left, 2 top right, 4 bottom left, 8 bottom right.
  private static let quarters: [UInt32] = [
    0x20, 0x2598, 0x259D, 0x2580, 0x2596, 0x258C, 0x259E, 0x259B,
    0x2597, 0x259A, 0x2590, 0x259C, 0x2584, 0x2599, 0x259F, 0x2588,
  ]
}
