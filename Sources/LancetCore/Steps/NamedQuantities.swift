// Quantities that a trace names in words, and the last value it gave one.

/// Remembers the last named quantity.
struct NamedQuantities {
  /// A named quantity and the tokens of its value.
  struct Quantity {
    var name: String
    var member: Range<Int>
    /// The byte behind the value.
    var end: Int
    /// Whether the value ended where its line did.
    var isWhole: Bool
  }

  private let bytes: [UInt8]
  private(set) var last: Quantity?

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func forget() { last = nil }

  mutating func keep(_ name: String?, _ member: Range<Int>, end: Int, isWhole: Bool) {
    last = name.map { Quantity(name: $0, member: member, end: end, isWhole: isWhole) }
  }

  /// The words in front of a relation, from where their line, sentence or formula begins; nil when they are no name.
  func name(endingAt relation: Int) -> String? {
    let range = bytes.trimmed(nameStart(endingAt: relation)..<relation)
    let letters = bytes[range].count { $0.isLetter }
    guard letters >= 4, range.count < 60, !bytes[range].contains(where: \.isDigit),
      !bytes[range].contains(61)
    else { return nil }
    return loweredText(bytes, range)
  }

  private func nameStart(endingAt relation: Int) -> Int {
    var low = relation
    while low > 0, relation - low < 64 {
      let byte = bytes[low - 1]
      if byte == 10 || byte == 36 || byte == 58 { break }
      if low < relation, byte == 46 || byte == 44, bytes[low].isBlank { break }
      // Behind an opening delimiter, and behind the formula in front: "… + 3\\) Total =".
      if low > 1, bytes[low - 2] == 92, byte == 40 || byte == 91 || byte == 41 || byte == 93 {
        break
      }
      low -= 1
    }
    return low
  }

  /// Whether words of calculation at most ("Adding these together:") stand between a value and the next use of its name.
  func adjoins(_ end: Int, _ relation: Int, _ name: String, _ context: ClaimContext) -> Bool {
    let start = nameStart(endingAt: relation)
    if start > end, start - end < 100, context.passage(end..<start, counting: true) != .none {
      return true
    }
    return adjoins(end, name)
  }

  /// Whether nothing but a full stop and delimiters stands between a value and the next use of its name.
  private func adjoins(_ end: Int, _ name: String) -> Bool {
    var i = end
    while i < bytes.count, i - end < 24 {
      let byte = bytes[i]
      if byte.isLetter {
        let range = i..<min(i + name.utf8.count, bytes.count)
        return loweredText(bytes, range).hasPrefix(String(name.drop { !$0.isLetter }.prefix(6)))
          || byte == 116 && bytes[max(0, i - 1)] == 92
      }
      guard byte.isBlank || [46, 36, 91, 92, 93, 40, 41, 42, 45].contains(byte) else {
        return false
      }
      i += 1
    }
    return false
  }
}
