// Cutting a text into the units a diff counts: words, characters, lines. All ranges are byte ranges.

/// Cuts texts into units.
public enum TextUnits {
  /// The byte ranges of the units of a text, in order.
  ///
  /// For ``DiffUnit/token``, which only a model can cut, these are the
  /// words.
  public static func ranges(of text: [UInt8], unit: DiffUnit) -> [Range<Int>] {
    switch unit {
    case .word, .token: words(of: text)
    case .char: characters(of: text)
    case .line: lines(of: text)
    }
  }

  /// The byte ranges of the words of a text.
  public static func words(of text: [UInt8]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    ranges.reserveCapacity(text.count / 4)
    text.withUnsafeBufferPointer { bytes in
      var runStart = -1
      var at = 0
      while at < bytes.count {
        let (kind, length) = classify(bytes, at: at)
        if kind == .inWord {
          if runStart < 0 { runStart = at }
        } else {
          if runStart >= 0 {
            ranges.append(runStart..<at)
            runStart = -1
          }
          if kind == .alone { ranges.append(at..<at + length) }
        }
        at += length
      }
      if runStart >= 0 { ranges.append(runStart..<bytes.count) }
    }
    return ranges
  }

  /// How a scalar takes part in words.
  enum WordKind { case inWord, alone, space }

  /// The kind of the scalar at a byte, and its length in bytes (1 for a byte that begins none).
  static func classify(
    _ bytes: UnsafeBufferPointer<UInt8>, at: Int
  ) -> (kind: WordKind, length: Int) {
    let byte = bytes[at]
    if byte < 0x80 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        return (.inWord, 1)
      case 0x20, 0x09...0x0D: return (.space, 1)
      default: return (.alone, 1)
      }
    }
    guard let (scalar, length) = decodeScalar(bytes, at: at) else { return (.alone, 1) }
    let properties = scalar.properties
    if properties.isWhitespace { return (.space, length) }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber:
      return (.inWord, length)
    default:
      return (.alone, length)
    }
  }

  /// The scalar that begins at a byte, and its length; nil where none begins.
  static func decodeScalar(
    _ bytes: UnsafeBufferPointer<UInt8>, at: Int
  ) -> (scalar: Unicode.Scalar, length: Int)? {
    let lead = bytes[at]
    let length: Int
    var code: UInt32
    switch lead {
    case 0x00...0x7F: return (Unicode.Scalar(lead), 1)
    case 0xC2...0xDF: (length, code) = (2, UInt32(lead & 0x1F))
    case 0xE0...0xEF: (length, code) = (3, UInt32(lead & 0x0F))
    case 0xF0...0xF4: (length, code) = (4, UInt32(lead & 0x07))
    default: return nil
    }
    guard at + length <= bytes.count else { return nil }
    for i in 1..<length {
      guard bytes[at + i] & 0xC0 == 0x80 else { return nil }
      code = code << 6 | UInt32(bytes[at + i] & 0x3F)
    }
    guard let scalar = Unicode.Scalar(code) else { return nil }
    return (scalar, length)
  }

  private static func characters(of text: [UInt8]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    ranges.reserveCapacity(text.count)
    var at = 0
    for character in String(decoding: text, as: UTF8.self) {
      let length = character.utf8.count
      ranges.append(at..<at + length)
      at += length
    }
    return ranges
  }

  private static func lines(of text: [UInt8]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    for (i, byte) in text.enumerated() where byte == 0x0A {
      ranges.append(start..<i + 1)
      start = i + 1
    }
    if start < text.count { ranges.append(start..<text.count) }
    return ranges
  }
}
