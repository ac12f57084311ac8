// Whether an expression in prose begins where it is read: words in front of a number may act on it.

extension CheckFinder {
  /// Whether nothing in front of an expression could belong to it.
  func beginsClean(_ start: Int) -> Bool {
    var i = start - 1
    while reader.kind(i) == .currency || reader.kind(i) == .mark { i -= 1 }
    switch reader.kind(i) {
    // "2,5 × 4": the comma belongs to the number.
    case .comma: return !(reader.kind(i - 1) == .number && isTight(i) && isTight(start))
    case nil, .newline, .stop, .open, .equals, .approximately: return true
    case .word:
      // "abs(3 - 5)" applies a function.
      if reader.kind(start) == .open, isTight(start) { return false }
      let word = reader.text(i)
      return !Self.suspicious.contains(word) && !isPartOf(i)
    case .op(let op):
      // A bullet at the beginning of a line.
      let isFirst = reader.kind(i - 1) == nil || reader.kind(i - 1) == .newline
      return isFirst && (op == .minus || op == .star) && tokens[start].spaceBefore
    case .close:
      // "(a) 5 + 3", "1) 5 + 3"
      let before = reader.kind(i - 2)
      return tokens[start].spaceBefore && (before == .open || before == .newline || before == nil)
    // The bar of a table.
    case .other: return bytes[tokens[i].start] == .bar && tokens[start].spaceBefore
    default: return false
    }
  }

  /// Whether no space stands in front of a token.
  func isTight(_ i: Int) -> Bool { i > 0 && tokens[i].start == tokens[i - 1].end }

  /// Words in front of a number that may act on it.
  static let suspicious: Set<String> = [
    "half", "twice", "double", "triple", "thrice", "third", "quarter", "times", "by", "over",
    "squared", "percent", "step", "day", "week", "month", "year", "part", "question",
    "problem", "case", "number", "no", "option", "chapter", "round", "plus", "minus", "negative",
    "add", "subtract", "multiply", "divide", "halves", "thirds", "fourths", "quarters", "fifths",
    "choose", "adding", "subtracting", "multiplying", "dividing", "root", "sum", "difference",
    "product",
  ]

  /// "a total of 36 + 30" is whole; "half of 20 + 3" and "20% of 50 + 3" are not.
  func isPartOf(_ i: Int) -> Bool {
    guard reader.text(i) == "of" else { return false }
    switch reader.kind(i - 1) {
    case .word: return Self.parts.contains(reader.text(i - 1))
    case .number, .percent, .close, .other, .letter: return true
    default: return false
    }
  }

  static let parts: Set<String> = [
    "half", "third", "quarter", "fourth", "fifth", "sixth", "tenth", "thirds", "quarters",
    "fourths", "fifths", "halves", "tenths", "percent", "out", "one-half", "one-third",
    "two-thirds", "one-fourth", "three-fourths", "three-quarters", "one-quarter", "one-fifth",
  ]
}
