// Words of a trace that give its signs another meaning than the usual one.

/// The words of a trace that say that its signs do not mean what they usually mean.
struct Landmarks {
  var hasForeignArithmetic = false
  var definesOperation = false

  mutating func read(_ bytes: [UInt8]) {
    var i = 0
    while i < bytes.count {
      guard bytes[i].isLetter else {
        i += 1
        continue
      }
      var j = i
      while j < bytes.count, bytes[j].isLetter { j += 1 }
      let first = bytes[i] | 32
      if Self.isLandmark(first, length: j - i) {
        word(loweredText(bytes, i..<j), behind: j, bytes)
      }
      i = j
    }
  }

  /// Whether a word of this first letter and length may be one that counts here.
  private static func isLandmark(_ first: UInt8, length: Int) -> Bool {
    switch first {
    case UInt8(ascii: "b"): length == 4 || length == 6 || length == 7
    case UInt8(ascii: "p"): length == 4
    case UInt8(ascii: "m"): length == 3 || length == 6 || length == 7
    case UInt8(ascii: "o"): length == 5 || length == 8 || length == 9
    case UInt8(ascii: "d"): length == 6 || length == 7
    case UInt8(ascii: "h"): length == 3 || length == 11
    case UInt8(ascii: "t"): length == 7
    case UInt8(ascii: "x"): length == 3
    case UInt8(ascii: "g"): length == 2
    case UInt8(ascii: "z"), UInt8(ascii: "f"): length == 1
    default: false
    }
  }

  private mutating func word(_ word: String, behind: Int, _ bytes: [UInt8]) {
    switch word {
    case "mod", "modulo", "pmod", "bmod", "modular", "modulus": hasForeignArithmetic = true
    case "binary", "boolean", "bitwise", "octal", "hex", "hexadecimal", "ternary", "xor":
      hasForeignArithmetic = true
    case "gf": if behind < bytes.count, bytes[behind] == .openParen { hasForeignArithmetic = true }
    case "z", "f":
      // "Z_5", "\mathbb{F}_3" and "\mathbb{Z}/7": arithmetic of remainders.
      var i = behind
      while i < bytes.count, bytes[i] == .closeBrace { i += 1 }
      guard i + 1 < bytes.count, bytes[i] == .underscore || bytes[i] == .slash && i > behind else {
        break
      }
      i += bytes[i + 1] == .openBrace ? 2 : 1
      if i < bytes.count, bytes[i].isDigit, i > behind + 1 || bytes[behind - 1] == UInt8(ascii: "Z")
      {
        hasForeignArithmetic = true
      }
    case "base":
      // "base 7", "base $7$", "base-10", "base seven" but not "base of the triangle".
      var i = behind
      while i < bytes.count, [32, 36, 40, 45, 92, 123].contains(bytes[i]) { i += 1 }
      if i < bytes.count, bytes[i].isDigit { hasForeignArithmetic = true }
      if i + 1 < bytes.count, bytes[i] | 32 == 98, i > behind, !bytes[i + 1].isLetter {
        hasForeignArithmetic = true
      }
    case "operation", "operator": definesOperation = true
    case "define", "defined", "defines":
      if namesProduct(behind, bytes) { definesOperation = true }
    default: break
    }
  }

  /// "Define $a * b = …": a sign of multiplication between two letters gets a meaning of its own.
  private func namesProduct(_ from: Int, _ bytes: [UInt8]) -> Bool {
    let end = min(bytes.count, from + 40)
    var i = from
    while i < end, bytes[i] != .star { i += 1 }
    guard i < end else { return false }
    var (low, high) = (i - 1, i + 1)
    while low > from, bytes[low] == 32 { low -= 1 }
    while high < end, bytes[high] == 32 { high += 1 }
    guard high < end, bytes[low].isLetter, bytes[high].isLetter else { return false }
    high += 1
    while high < end, bytes[high] == 32 { high += 1 }
    return high < end && bytes[high] == .equals
  }
}
