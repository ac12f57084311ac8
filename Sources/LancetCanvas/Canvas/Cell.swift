// One cell of the screen: a glyph, how many columns it takes, and its style. A plain value without references.

/// A base scalar with at most four combining marks.
///
/// Compared scalar by scalar, never canonically.
public struct Glyph: Hashable, Sendable {
  /// The most combining marks one cell draws (more have crashed terminals).
  public static let markLimit = 4

  var base: UInt32
  var marks = Marks()

  /// Four scalars in sixteen bytes, 0 for none; smaller than a vector, which would want to be aligned.
  struct Marks: Hashable, Sendable {
    var first: UInt32 = 0
    var second: UInt32 = 0
    var third: UInt32 = 0
    var fourth: UInt32 = 0

    subscript(slot: Int) -> UInt32 {
      get { slot == 0 ? first : slot == 1 ? second : slot == 2 ? third : fourth }
      set {
        switch slot {
        case 0: first = newValue
        case 1: second = newValue
        case 2: third = newValue
        default: fourth = newValue
        }
      }
    }
  }

  init(base: UInt32) {
    self.base = base
  }

  /// A space.
  static let blank = Glyph(base: 0x20)
  /// The second half of a glyph that is two columns wide.
  static let continuation = Glyph(base: 0)

  /// Adds a combining mark; false when the cell holds four already.
  mutating func add(mark: UInt32) -> Bool {
    for slot in 0..<Glyph.markLimit where marks[slot] == 0 {
      marks[slot] = mark
      return true
    }
    return false
  }

  /// The scalars, base first; none for the second half of a wide glyph.
  public var scalars: [Unicode.Scalar] {
    guard base != 0 else { return [] }
    var found: [Unicode.Scalar] = []
    if let scalar = Unicode.Scalar(base) { found.append(scalar) }
    for slot in 0..<Glyph.markLimit where marks[slot] != 0 {
      if let scalar = Unicode.Scalar(marks[slot]) { found.append(scalar) }
    }
    return found
  }

  /// The base scalar alone, 0 for the second half of a wide glyph.
  public var baseValue: UInt32 { base }

  func append(to text: inout String) {
    for scalar in scalars { text.unicodeScalars.append(scalar) }
  }
}

/// What one position of the canvas shows.
public struct Cell: Hashable, Sendable {
  /// The character with its combining marks.
  public internal(set) var glyph: Glyph
  /// 1 or 2 columns; 0 marks the second half of a wide character.
  public internal(set) var width: UInt8
  /// Role, ground and attributes.
  public var style: Style

  /// A cell that shows nothing.
  public static let blank = Cell(glyph: .blank, width: 1, style: .plain)

  /// The text of the cell, empty for the second half of a wide character.
  public var text: String {
    var text = ""
    glyph.append(to: &text)
    return text
  }
}
