// The one way by which text from outside becomes cells. Every control, bidi, zero-width, private-use and other
// invisible character becomes a visible mark; every cell knows the bytes it stands for.
// Different bytes give different cells: a literal `⟨` that could be taken for a mark is itself shown as a mark.

/// Which characters the terminal can be trusted with.
public enum Repertoire: Hashable, Sendable {
  /// Everything the width table knows.
  case unicode
  /// Only ASCII (the locale's codeset is not UTF-8): signs of our own screens become their ASCII twins,
  /// the rest is shown as `<U+XXXX>`.
  case ascii
}

/// One drawn character of a text: its glyph, its width in columns, and the bytes it stands for.
public struct VisibleCell: Hashable, Sendable {
  /// The character with its combining marks.
  public internal(set) var glyph: Glyph
  /// 1 or 2 columns.
  public internal(set) var width: UInt8
  /// Whether this is part of a mark (`⟨U+202E⟩`, `␛`, an expanded tab) and not the character itself.
  public internal(set) var isMark: Bool
  /// Whether the bytes are white space of the text: a place where a line may be broken.
  public internal(set) var isSpace: Bool
  var start: Int32
  var end: Int32

  /// The bytes this cell stands for.
  ///
  /// All cells of one mark share one range.
  public var bytes: Range<Int> { Int(start)..<Int(max(start, end)) }
}

/// A text made visible and harmless, cell by cell.
public struct VisibleText: Hashable, Sendable {
  /// A tab stop every this many columns.
  public static let tabWidth = 8
  /// A longer run of equal spaces is folded into a mark that counts them.
  public static let spaceRunLimit = 512
  /// Longer texts are cut here, with a mark that says so (64 MB, the limit of one imported line).
  public static let byteLimit = 64 << 20

  /// The drawn characters from left to right.
  public internal(set) var cells: [VisibleCell] = []
  /// The columns they take together.
  public private(set) var width = 0
  /// The bytes of the text.
  public private(set) var byteCount = 0

  /// Makes a text visible; `startColumn` moves the tab stops.
  public init(
    _ text: some StringProtocol, startColumn: Int = 0, repertoire: Repertoire = .unicode
  ) {
    let utf8 = text.utf8
    let done: Void? = utf8.withContiguousStorageIfAvailable { bytes in
      self.scan(UnsafeRawBufferPointer(bytes), startColumn, repertoire)
    }
    if done == nil {
      let copy = Array(utf8)
      copy.withUnsafeBytes { scan($0, startColumn, repertoire) }
    }
  }

  /// Makes bytes visible; a byte that is not UTF-8 becomes `⟨0xFF⟩`.
  public init(bytes: [UInt8], startColumn: Int = 0, repertoire: Repertoire = .unicode) {
    bytes.withUnsafeBytes { scan($0, startColumn, repertoire) }
  }

  /// All of it as one text, for output that has no cells.
  public var text: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(byteCount)
    for cell in cells {
      for scalar in cell.glyph.scalars {
        bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The columns (from 0) that the bytes of this range take; empty at the right place when none do.
  public func columns(of bytes: Range<Int>) -> Range<Int> {
    var column = 0
    var first: Int?
    var last = 0
    for cell in cells {
      if cell.end > bytes.lowerBound && cell.start < bytes.upperBound {
        if first == nil { first = column }
        last = column + Int(cell.width)
      } else if first == nil && cell.start >= bytes.upperBound {
        return column..<column
      }
      column += Int(cell.width)
    }
    guard let first else { return column..<column }
    return first..<last
  }

  /// The bytes of the cell that covers a column; the end of the text right of the last cell.
  public func bytes(atColumn column: Int) -> Range<Int> {
    var current = 0
    for cell in cells {
      current += Int(cell.width)
      if column < current { return cell.bytes }
    }
    return byteCount..<byteCount
  }

  private mutating func scan(
    _ bytes: UnsafeRawBufferPointer, _ startColumn: Int, _ repertoire: Repertoire
  ) {
    byteCount = min(bytes.count, VisibleText.byteLimit)
    cells.reserveCapacity(byteCount)
    var scanner = VisibleScanner(bytes: bytes, count: byteCount, ascii: repertoire == .ascii)
    scanner.column = max(0, startColumn)
    let first = scanner.column
    scanner.run(into: &cells)
    if byteCount < bytes.count {
      scanner.mark("⟨+\(bytes.count - byteCount) bytes⟩", byteCount, byteCount, into: &cells)
    }
    width = scanner.column - first
  }
}

/// Walks over bytes and writes cells.
private struct VisibleScanner {
  let bytes: UnsafeRawBufferPointer
  let count: Int
  let ascii: Bool
  var column = 0

  init(bytes: UnsafeRawBufferPointer, count: Int, ascii: Bool) {
    self.bytes = bytes
    self.count = count
    self.ascii = ascii
  }

  mutating func run(into cells: inout [VisibleCell]) {
    var position = 0
    while position < count {
      let byte = bytes[position]
      if byte >= 0x21 && byte < 0x7F {
        if ascii && byte == 0x3C && opensMark(after: position + 1) {
          mark("<U+003C>", position, position + 1, into: &cells)
        } else {
          put(UInt32(byte), 1, position, position + 1, into: &cells)
        }
        position += 1
      } else if byte == 0x20 {
        position = spaces(from: position, into: &cells)
      } else if let (value, length) = decode(at: position) {
        let end = position + length
        position = scalar(value, position, end, into: &cells)
      } else {
        mark("⟨0x\(hex(UInt32(byte), digits: 2))⟩", position, position + 1, into: &cells)
        position += 1
      }
    }
  }

  private mutating func scalar(
    _ value: UInt32, _ start: Int, _ end: Int, into cells: inout [VisibleCell]
  ) -> Int {
    if value == 0x09 {
      tab(start, end, into: &cells)
      return end
    }
    switch classify(value) {
    case .control:
      let picture = value == 0x7F ? 0x2421 : 0x2400 + value
      if ascii {
        mark(code(value), start, end, into: &cells)
      } else {
        put(picture, 1, start, end, mark: true, space: value == 0x0A, into: &cells)
      }
    case .marked: mark(code(value), start, end, into: &cells)
    case .narrow where value == 0x27E8 && opensMark(after: end):
      mark(code(value), start, end, into: &cells)
    case .narrow, .wide, .combining:
      if ascii, let twin = asciiTwin(of: value) {
        for byte in twin.utf8 { put(UInt32(byte), 1, start, end, into: &cells) }
      } else if ascii && value > 0x7E {
        mark(code(value), start, end, into: &cells)
      } else if classify(value) == .combining {
        return combining(value, start, end, into: &cells)
      } else {
        put(value, classify(value) == .wide ? 2 : 1, start, end, into: &cells)
      }
    }
    return end
  }

  /// Puts marks over the cell before; the fifth and later ones are counted.
  ///
  /// Returns the next position.
  private mutating func combining(
    _ value: UInt32, _ start: Int, _ end: Int, into cells: inout [VisibleCell]
  ) -> Int {
    guard let last = cells.indices.last, !cells[last].isMark, !cells[last].isSpace else {
      mark(code(value), start, end, into: &cells)
      return end
    }
    if cells[last].glyph.add(mark: value) {
      cells[last].end = Int32(clamping: end)
      return end
    }
    var stop = end
    var extra = 1
    while stop < count, let (next, length) = decode(at: stop), classify(next) == .combining {
      extra += 1
      stop += length
    }
    mark("⟨+\(extra) marks⟩", start, stop, into: &cells)
    return stop
  }

  private mutating func spaces(from start: Int, into cells: inout [VisibleCell]) -> Int {
    var end = start + 1
    while end < count && bytes[end] == 0x20 { end += 1 }
    if end - start > VisibleText.spaceRunLimit {
      mark("⟨×\(end - start) U+0020⟩", start, end, into: &cells)
    } else {
      for position in start..<end {
        put(0x20, 1, position, position + 1, space: true, into: &cells)
      }
    }
    return end
  }

  private mutating func tab(_ start: Int, _ end: Int, into cells: inout [VisibleCell]) {
    let stop = (column / VisibleText.tabWidth + 1) * VisibleText.tabWidth
    put(ascii ? 0x3E : 0x2409, 1, start, end, mark: true, space: true, into: &cells)
    while column < stop { put(0x20, 1, start, end, mark: true, space: true, into: &cells) }
  }

  mutating func mark(_ text: String, _ start: Int, _ end: Int, into cells: inout [VisibleCell]) {
    for scalar in text.unicodeScalars {
      var value = scalar.value
      if ascii {
        value = value == 0x27E8 ? 0x3C : value == 0x27E9 ? 0x3E : value == 0xD7 ? 0x78 : value
      }
      put(value, 1, start, end, mark: true, into: &cells)
    }
  }

  private mutating func put(
    _ value: UInt32, _ width: UInt8, _ start: Int, _ end: Int, mark: Bool = false,
    space: Bool = false, into cells: inout [VisibleCell]
  ) {
    cells.append(
      VisibleCell(
        glyph: Glyph(base: value), width: width, isMark: mark, isSpace: space,
        start: Int32(clamping: start), end: Int32(clamping: end)))
    column += Int(width)
  }

  /// Whether what follows a literal bracket reads like the inside of a mark.
  private func opensMark(after position: Int) -> Bool {
    guard position < count else { return false }
    let next = bytes[position]
    let after = position + 1 < count ? bytes[position + 1] : 0
    return next == 0x2B || (next == 0x55 && after == 0x2B) || (next == 0x30 && after == 0x78)
      || (next == 0x78 && ascii) || (next == 0xC3 && after == 0x97)
  }

  /// The scalar at a byte and how many bytes it takes; nil when the bytes are not UTF-8.
  private func decode(at position: Int) -> (UInt32, Int)? {
    let first = bytes[position]
    if first < 0x80 { return (UInt32(first), 1) }
    let length: Int
    var value: UInt32
    let least: UInt32
    switch first {
    case 0xC2...0xDF: (length, value, least) = (2, UInt32(first & 0x1F), 0x80)
    case 0xE0...0xEF: (length, value, least) = (3, UInt32(first & 0x0F), 0x800)
    case 0xF0...0xF4: (length, value, least) = (4, UInt32(first & 0x07), 0x10000)
    default: return nil
    }
    guard position + length <= count else { return nil }
    for offset in 1..<length {
      let next = bytes[position + offset]
      guard next & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(next & 0x3F)
    }
    guard value >= least, Unicode.Scalar(value) != nil else { return nil }
    return (value, length)
  }

  private func code(_ value: UInt32) -> String { "⟨U+\(hex(value, digits: 4))⟩" }
}

/// Upper-case hexadecimal with at least this many digits.
func hex(_ value: UInt32, digits: Int) -> String {
  let text = String(value, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
}

/// The code points of a text as `U+0065 U+0301`: what tells look-alike texts apart.
public func codePoints(of text: String) -> String {
  text.unicodeScalars.map { "U+" + hex($0.value, digits: 4) }.joined(separator: " ")
}
