// Bytes by name: readers of text compare bytes, and a bare 40 says less than `.openParen`.

extension UInt8 {
  package static var tab: UInt8 { 0x09 }
  package static var newline: UInt8 { 0x0A }
  package static var carriageReturn: UInt8 { 0x0D }
  package static var space: UInt8 { 0x20 }
  package static var exclamation: UInt8 { 0x21 }
  package static var quote: UInt8 { 0x22 }
  package static var hash: UInt8 { 0x23 }
  package static var dollar: UInt8 { 0x24 }
  package static var percent: UInt8 { 0x25 }
  package static var ampersand: UInt8 { 0x26 }
  package static var apostrophe: UInt8 { 0x27 }
  package static var openParen: UInt8 { 0x28 }
  package static var closeParen: UInt8 { 0x29 }
  package static var star: UInt8 { 0x2A }
  package static var plus: UInt8 { 0x2B }
  package static var comma: UInt8 { 0x2C }
  package static var minus: UInt8 { 0x2D }
  package static var dot: UInt8 { 0x2E }
  package static var slash: UInt8 { 0x2F }
  package static var zero: UInt8 { 0x30 }
  package static var colon: UInt8 { 0x3A }
  package static var semicolon: UInt8 { 0x3B }
  package static var less: UInt8 { 0x3C }
  package static var equals: UInt8 { 0x3D }
  package static var greater: UInt8 { 0x3E }
  package static var question: UInt8 { 0x3F }
  package static var openBracket: UInt8 { 0x5B }
  package static var backslash: UInt8 { 0x5C }
  package static var closeBracket: UInt8 { 0x5D }
  package static var caret: UInt8 { 0x5E }
  package static var underscore: UInt8 { 0x5F }
  package static var backtick: UInt8 { 0x60 }
  package static var openBrace: UInt8 { 0x7B }
  package static var bar: UInt8 { 0x7C }
  package static var closeBrace: UInt8 { 0x7D }
  package static var tilde: UInt8 { 0x7E }

  /// `0` to `9`.
  package var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  /// `A` to `Z`.
  package var isUpper: Bool { self >= 0x41 && self <= 0x5A }
  /// `a` to `z`.
  package var isLower: Bool { self >= 0x61 && self <= 0x7A }
  /// A letter of ASCII in either case.
  package var isLetter: Bool { isUpper || isLower }
  /// Space, tab and the ends of lines.
  package var isBlank: Bool { self == .space || self == .tab || isLineEnd }
  /// `\n` and `\r`.
  package var isLineEnd: Bool { self == .newline || self == .carriageReturn }
  /// A capital of ASCII made small; any other byte as it is.
  package var lowercased: UInt8 { isUpper ? self | 0x20 : self }
}

/// A piece of a text with its ASCII capitals made small.
///
/// Words of up to 15 bytes take no memory of their own.
package func loweredText(_ bytes: [UInt8], _ range: Range<Int>) -> String {
  String(unsafeUninitializedCapacity: range.count) { buffer in
    var count = 0
    for byte in bytes[range] {
      buffer[count] = byte.lowercased
      count += 1
    }
    return count
  }
}

/// The scalar at a byte and its length; a byte that begins no scalar stands for itself.
package func decodeScalar(_ bytes: [UInt8], at: Int, end: Int) -> (UInt32, Int) {
  let first = bytes[at]
  let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
  guard length > 1, at + length <= end else { return (UInt32(first), 1) }
  var value = UInt32(first) & (0xFF >> UInt32(length + 1))
  for i in 1..<length { value = value << 6 | UInt32(bytes[at + i] & 0x3F) }
  return (value, length)
}
