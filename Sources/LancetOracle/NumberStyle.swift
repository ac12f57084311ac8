// A new value written as the number it replaces was.

import LancetCore

enum NumberStyle {
  /// Spells a value the way another number was written: its thousands separators, its digits after the point where
  /// they suffice, a fraction as a fraction.
  ///
  /// Nil when the old text is no number or the value does not fit.
  static func spell(_ value: Rational, like old: String, separators: Bool) -> String? {
    if old.hasPrefix("\\") {
      guard let at = old.firstIndex(of: "{") else { return nil }
      if value.isInteger { return value.spelling }
      let sign = value.isNegative ? "-" : ""
      let upper = value.magnitude.numerator
      return "\(sign)\(old[..<at]){\(upper)}{\(value.denominator)}"
    }
    if old.utf8.contains(UInt8(ascii: "/")) {
      if value.isInteger { return value.spelling }
      return "\(value.numerator)/\(value.denominator)"
    }
    let shown = old.split(separator: ".", omittingEmptySubsequences: false)
    guard shown.count <= 2 else { return nil }
    let decimals = shown.count == 2 ? shown[1].utf8.count : 0
    let needed: Int
    if let exact = value.decimalPlaces, exact <= max(4, min(decimals, 12)) {
      // Long tails are the noise of a machine; money and "12.0" keep their digits.
      needed = decimals <= 4 ? max(decimals, exact) : exact
    } else {
      needed = decimals == 0 ? 2 : min(max(decimals, 2), 12)
    }
    guard let plain = value.spelled(decimals: needed) else { return nil }
    let hadSeparators = old.utf8.contains(UInt8(ascii: ","))
    let wasLong = shown[0].utf8.count >= 4
    guard hadSeparators || (separators && !wasLong) else { return plain }
    return separated(plain)
  }

  /// With a comma between groups of three digits.
  private static func separated(_ plain: String) -> String {
    let parts = plain.split(separator: ".", omittingEmptySubsequences: false)
    var whole = String(parts[0])
    let negative = whole.hasPrefix("-")
    if negative { whole.removeFirst() }
    guard whole.utf8.count > 3 else { return plain }
    var out = ""
    for (i, digit) in whole.enumerated() {
      if i > 0, (whole.count - i) % 3 == 0 { out += "," }
      out.append(digit)
    }
    return (negative ? "-" : "") + out + (parts.count == 2 ? ".\(parts[1])" : "")
  }
}
