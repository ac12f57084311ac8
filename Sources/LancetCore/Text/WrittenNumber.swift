// How numbers are written: digits with a point, thousands separators, mixed numbers.

/// A number as written: its value and how precisely it was given.
package struct WrittenNumber: Sendable {
  /// The value; nil when it has more digits than fit.
  package var value: Rational?
  /// Digits after the point that were shown.
  package var decimals: Int
  /// Digits from the first that is not zero on.
  package var significant: Int
  /// Whether there is a point.
  package var hasPoint: Bool
  /// The digits, when they are more than fit.
  package var digits = ""

  /// Reads plain digits with an optional point; any other byte (a thousands separator) is passed over.
  ///
  /// Digits after the 30th significant one are dropped when they stand behind the point.
  package init(digits bytes: some Sequence<UInt8>) {
    var mantissa: Int128 = 0
    var short = 0
    var (decimals, significant, kept) = (0, 0, 0)
    var (hasPoint, overflow) = (false, false)
    for byte in bytes {
      if byte == .dot {
        hasPoint = true
        continue
      }
      guard byte.isDigit else { continue }
      if hasPoint { decimals += 1 }
      if byte != .zero || significant > 0 { significant += 1 }
      if significant > 30 {
        if !hasPoint { overflow = true }
        continue
      }
      if hasPoint {
        if kept >= 30 { continue }
        kept += 1
      }
      if significant <= 18 {
        short = short * 10 + Int(byte - .zero)
        continue
      }
      if significant == 19 { mantissa = Int128(short) }
      mantissa = mantissa * 10 + Int128(byte - .zero)
    }
    if significant <= 18 { mantissa = Int128(short) }
    self.decimals = decimals
    self.significant = significant
    self.hasPoint = hasPoint
    if overflow {
      value = nil
      digits = String(decoding: bytes.lazy.filter(\.isDigit), as: UTF8.self)
    } else if kept == 0 {
      value = Rational(mantissa, over: 1)
    } else {
      var scale: Int128 = 1
      for _ in 0..<kept { scale *= 10 }
      value = Rational(mantissa, over: scale)
    }
  }
}

extension WrittenNumber {
  /// The marks that part groups of three digits; which of them count depends on what is read.
  package struct Separators: OptionSet, Sendable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }
    /// A bare comma.
    package static let comma = Separators(rawValue: 1)
    /// The spacing commands of LaTeX and its comma in braces.
    package static let latex = Separators(rawValue: 2)
    /// A space of ASCII.
    package static let space = Separators(rawValue: 4)
    /// No-break and narrow spaces.
    package static let narrow = Separators(rawValue: 8)
  }

  /// The length of the thousands separator at a place; nil when none stands there.
  ///
  /// In front of it stand one to three digits that do not begin with 0, or a full group of three when the number
  /// already has a separator; behind it exactly three digits.
  ///
  /// - Parameter first: where the number begins.
  package static func separator(
    in bytes: [UInt8], at: Int, end: Int, first: Int, _ allowed: Separators
  ) -> Int? {
    func peek(_ offset: Int) -> UInt8 { at + offset < end ? bytes[at + offset] : 0 }
    var length = 0
    switch peek(0) {
    case .comma where allowed.contains(.comma):
      length = 1
      if allowed.contains(.latex), peek(1) == .backslash, peek(2) == .exclamation {
        length = peek(3) == .space ? 4 : 3
      }
    case .openBrace where allowed.contains(.latex):
      if peek(1) == .comma, peek(2) == .closeBrace { length = 3 }
    case .backslash where allowed.contains(.latex):
      if peek(1) == .comma || peek(1) == .exclamation || peek(1) == .space { length = 2 }
    case .space where allowed.contains(.space): length = 1
    case 0xC2 where allowed.contains(.narrow): if peek(1) == 0xA0 { length = 2 }
    case 0xE2 where allowed.contains(.narrow):
      if peek(1) == 0x80, peek(2) == 0x89 || peek(2) == 0xAF { length = 3 }
    default: break
    }
    guard length > 0, at > first, bytes[first] != .zero else { return nil }
    guard peek(length).isDigit, peek(length + 1).isDigit, peek(length + 2).isDigit,
      !peek(length + 3).isDigit
    else { return nil }
    var run = 0
    while run < 4, at - 1 - run >= first, bytes[at - 1 - run].isDigit { run += 1 }
    return (at - run == first ? run >= 1 && run <= 3 : run == 3) ? length : nil
  }

  /// The value of a whole number and a proper fraction of whole numbers behind it, as in `1 1/2`; nil for any others.
  package static func mixed(
    _ whole: WrittenNumber, _ upper: WrittenNumber, over lower: WrittenNumber
  ) -> Rational? {
    guard !whole.hasPoint, let whole = whole.value, let upper = upper.value,
      let lower = lower.value, upper.isInteger, lower.isInteger, upper.isLess(than: lower),
      let part = upper.divided(by: lower)
    else { return nil }
    return whole.adding(part)
  }

  /// Whether two letters behind digits make an ordinal: "st", "nd", "rd", "th".
  package static func isOrdinal(_ a: UInt8, _ b: UInt8) -> Bool {
    switch (a.lowercased, b.lowercased) {
    case (UInt8(ascii: "s"), UInt8(ascii: "t")), (UInt8(ascii: "n"), UInt8(ascii: "d")),
      (UInt8(ascii: "r"), UInt8(ascii: "d")), (UInt8(ascii: "t"), UInt8(ascii: "h")):
      true
    default: false
    }
  }
}
