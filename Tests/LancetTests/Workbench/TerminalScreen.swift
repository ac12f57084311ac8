// A small terminal that understands what ncurses writes for xterm: enough to see what a person would see.

/// A screen of cells, written to by the bytes of a program.
struct TerminalScreen {
  /// One cell: its text, and the colours of the 256 as SGR set them.
  struct Cell: Equatable {
    var text = " "
    var foreground: Int?
    var background: Int?
    var isBold = false
  }

  private(set) var columns: Int
  private(set) var rows: Int
  private(set) var cells: [[Cell]]
  /// The private modes that are on, such as 1049 (the other screen), 25 (the cursor), 1000 (the mouse), 2004 (pastes).
  private(set) var modes: Set<Int> = [25]
  /// Text of OSC 52, in base 64.
  private(set) var clipboard: String?
  /// Whether a colour was ever set.
  private(set) var hasColour = false
  private var row = 0
  private var column = 0
  private var wraps = false
  private var pen = Cell()
  private var margin = (top: 0, bottom: 0)
  private var pending: [UInt8] = []

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    cells = Array(repeating: Array(repeating: Cell(), count: columns), count: rows)
    margin = (0, rows - 1)
  }

  /// The rows as text, without spaces at their ends.
  var lines: [String] {
    cells.map { row in
      var line = row.map(\.text).joined()
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  /// Another size; what was drawn stays where it fits.
  mutating func resize(columns: Int, rows: Int) {
    cells = (0..<rows).map { row in
      (0..<columns).map { column in
        row < self.rows && column < self.columns ? cells[row][column] : Cell()
      }
    }
    (self.columns, self.rows) = (columns, rows)
    margin = (0, rows - 1)
    row = min(row, rows - 1)
    column = min(column, columns - 1)
  }

  /// The first cell of a text on the screen.
  func cell(of text: String) -> Cell? {
    for (row, line) in lines.enumerated() {
      guard let range = line.firstRange(of: text) else { continue }
      let offset = line.distance(from: line.startIndex, to: range.lowerBound)
      // Every cell of these tests holds one character; the second half of a wide one holds none.
      return cells[row].filter { !$0.text.isEmpty }[offset]
    }
    return nil
  }

  /// Takes what a program wrote.
  mutating func feed(_ bytes: some Sequence<UInt8>) {
    pending += bytes
    var position = 0
    while position < pending.count, let length = take(pending[position...]) { position += length }
    pending.removeFirst(position)
  }

  /// Takes one character or sequence and returns its length; nil when it is not whole.
  private mutating func take(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard let first = bytes.first else { return nil }
    switch first {
    case 0x1B: return takeEscape(bytes)
    case 0x0D: (column, wraps) = (0, false)
    case 0x0A: lineFeed()
    case 0x08: (column, wraps) = (max(0, column - 1), false)
    case 0x09: column = min(columns - 1, (column / 8 + 1) * 8)
    case 0..<0x20: break
    default:
      let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
      guard bytes.count >= length else { return nil }
      put(String(decoding: bytes.prefix(length), as: UTF8.self))
      return length
    }
    return 1
  }

  private mutating func put(_ text: String) {
    guard let scalar = text.unicodeScalars.first else { return }
    if scalar.properties.generalCategory == .nonspacingMark {
      cells[row][max(0, column - (wraps ? 0 : 1))].text += text
      return
    }
    if wraps {
      column = 0
      lineFeed()
    }
    wraps = false
    cells[row][column] = pen
    cells[row][column].text = text
    let isWide =
      (0x1100...0x115F).contains(scalar.value)
      || (0x2E80...0xA4CF).contains(scalar.value) || (0xAC00...0xD7A3).contains(scalar.value)
      || (0xFF00...0xFF60).contains(scalar.value) || (0x1F300...0x1FAFF).contains(scalar.value)
    if isWide, column + 1 < columns {
      column += 1
      cells[row][column] = Cell(text: "")
    }
    if column == columns - 1 { wraps = true } else { column += 1 }
  }

  private mutating func lineFeed() {
    if row == margin.bottom { scroll(up: 1) } else { row = min(row + 1, rows - 1) }
  }

  private mutating func scroll(up count: Int, from top: Int? = nil) {
    let top = top ?? margin.top
    for _ in 0..<min(abs(count), rows) {
      cells.remove(at: count > 0 ? top : margin.bottom)
      cells.insert(
        Array(repeating: Cell(), count: columns), at: count > 0 ? margin.bottom : top)
    }
  }

  private mutating func takeEscape(_ bytes: ArraySlice<UInt8>) -> Int? {
    let start = bytes.startIndex
    guard bytes.count > 1 else { return nil }
    switch bytes[start + 1] {
    case 0x5B:  // [
      guard let end = bytes.dropFirst(2).firstIndex(where: { (0x40...0x7E).contains($0) }) else {
        return nil
      }
      control(Array(bytes[(start + 2)..<end]), bytes[end])
      return end - start + 1
    case 0x5D:  // ]
      guard let end = bytes.firstIndex(of: 0x07) else { return nil }
      let text = String(decoding: bytes[(start + 2)..<end], as: UTF8.self)
      if text.hasPrefix("52;c;") { clipboard = String(text.dropFirst(5)) }
      return end - start + 1
    case 0x28, 0x29: return bytes.count > 2 ? 3 : nil  // ( )
    case 0x4D: if row == margin.top { scroll(up: -1) } else { row = max(0, row - 1) }  // M
    default: break
    }
    return 2
  }

  private mutating func control(_ body: [UInt8], _ final: UInt8) {
    if body.first == 0x3F {  // ?
      for mode in numbers(body.dropFirst()) {
        if final == 0x68 { modes.insert(mode) } else if final == 0x6C { modes.remove(mode) }
      }
      return
    }
    let values = numbers(body[...])
    let count = max(1, values.first ?? 0)
    if final != 0x6D { wraps = false }
    switch final {
    case 0x41: row = max(0, row - count)  // A
    case 0x42: row = min(rows - 1, row + count)  // B
    case 0x43: column = min(columns - 1, column + count)  // C
    case 0x44: column = max(0, column - count)  // D
    case 0x47: column = min(columns - 1, count - 1)  // G
    case 0x64: row = min(rows - 1, count - 1)  // d
    case 0x48:  // H
      row = min(rows - 1, count - 1)
      column = min(columns - 1, max(1, values.count > 1 ? values[1] : 1) - 1)
    case 0x4A:  // J
      if values.first ?? 0 == 0 {
        erase(row, column..<columns)
        for below in (row + 1)..<max(rows, row + 1) { erase(below, 0..<columns) }
      } else {
        for all in 0..<rows { erase(all, 0..<columns) }
      }
    case 0x4B: erase(row, values.first ?? 0 == 1 ? 0..<(column + 1) : column..<columns)  // K
    case 0x58: erase(row, column..<min(columns, column + count))  // X
    case 0x50:  // P
      cells[row].removeSubrange(column..<min(columns, column + count))
      cells[row] += Array(repeating: Cell(), count: columns - cells[row].count)
    case 0x40:  // @
      cells[row].insert(contentsOf: Array(repeating: Cell(), count: count), at: column)
      cells[row].removeLast(cells[row].count - columns)
    case 0x4C: scroll(up: -count, from: row)  // L
    case 0x4D: scroll(up: count, from: row)  // M
    case 0x53: scroll(up: count)  // S
    case 0x54: scroll(up: -count)  // T
    case 0x62:  // b: the character before, again
      let text = cells[row][max(0, column - 1)].text
      for _ in 0..<count { put(text) }
    case 0x72:  // r
      margin = (count - 1, (values.count > 1 ? values[1] : rows) - 1)
      (row, column) = (0, 0)
    case 0x6D: look(values)  // m
    default: break
    }
  }

  private mutating func erase(_ row: Int, _ range: Range<Int>) {
    for column in range { cells[row][column] = Cell(background: pen.background) }
  }

  private mutating func look(_ values: [Int]) {
    var index = 0
    while index < values.count {
      switch values[index] {
      case 0: pen = Cell()
      case 1: pen.isBold = true
      case 22: pen.isBold = false
      case 30...37: pen.foreground = values[index] - 30
      case 90...97: pen.foreground = values[index] - 82
      case 39: pen.foreground = nil
      case 40...47: pen.background = values[index] - 40
      case 49: pen.background = nil
      case 38 where index + 2 < values.count:
        pen.foreground = values[index + 2]
        index += 2
      case 48 where index + 2 < values.count:
        pen.background = values[index + 2]
        index += 2
      default: break
      }
      hasColour = hasColour || pen.foreground != nil || pen.background != nil
      index += 1
    }
  }

  private func numbers(_ body: ArraySlice<UInt8>) -> [Int] {
    body.split(separator: 0x3B, omittingEmptySubsequences: false).map {
      Int(String(decoding: $0, as: UTF8.self)) ?? 0
    }
  }
}
