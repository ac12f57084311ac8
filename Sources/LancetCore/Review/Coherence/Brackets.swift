// Whether the brackets of a text close: an expression that was taken by half does not.

/// The first bracket without its partner, `( ) [ ] { }` each for itself; nil when all close.
///
/// `\\(`, `\\[` and their partners, and the bracket of a list item such as `a)` or `2)`, do not count.
func openBracket(in bytes: [UInt8]) -> Int? {
  var open: [(byte: UInt8, at: Int)] = []
  for (at, byte) in bytes.enumerated() {
    switch byte {
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
      if at > 0, bytes[at - 1] == UInt8(ascii: "\\") { continue }
      open.append((byte, at))
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
      if at > 0, bytes[at - 1] == UInt8(ascii: "\\") { continue }
      let partner: UInt8 = byte == UInt8(ascii: ")") ? UInt8(ascii: "(") : byte - 2
      if let last = open.last, last.byte == partner {
        open.removeLast()
      } else if byte != UInt8(ascii: ")") || !closesItem(at, in: bytes) {
        return at
      }
    default: break
    }
  }
  return open.first?.at
}

/// Whether a bracket stands behind a letter or a number that begins a line.
private func closesItem(_ at: Int, in bytes: [UInt8]) -> Bool {
  var start = at
  while start > 0, bytes[start - 1].isDigit || bytes[start - 1].isLetter, at - start < 4 {
    start -= 1
  }
  guard start < at else { return false }
  while start > 0, bytes[start - 1] == 32 { start -= 1 }
  return start == 0 || bytes[start - 1] == 10
}
