// What phrases of prose are made of: quantities, the words that state a result, and where a statement ends.

/// A number with the words that count it.
struct ProseQuantity {
  var value: Rational
  /// The tokens of the number and its signs.
  var number: Range<Int>
  /// Behind its words.
  var end: Int
  /// What it counts, in the singular: "clip"; empty when nothing is said.
  var unit: String
  var isMoney = false
}

extension ProseReader {
  /// Words that no unit is made of.
  private static let noUnits: Set<String> = [
    "times", "more", "less", "fewer", "greater", "smaller", "older", "younger", "longer", "shorter",
    "of", "as", "per", "each", "every", "a", "an", "the", "for", "in", "at", "on", "by", "was",
    "were", "out", "plus", "minus", "squared", "cubed", "leaves", "apiece", "add", "sum", "total",
    "come", "totals", "before", "after", "into", "until", "through", "between", "other", "another",
    "percent", "only", "while", "whereas", "who", "whose", "this", "these", "those", "such", "not",
    "equals", "gives", "became", "becomes", "would", "will", "means",
    "yields", "results", "leads",
  ]

  /// A number, written in digits or as a word, with up to two words of unit.
  func quantity(_ start: Int, units: Int = 2) -> ProseQuantity? {
    var i = start
    let isMoney = kind(i) == .currency
    if isMoney { i += 1 }
    let value: Rational
    switch kind(i) {
    case .number:
      guard let written = numbers[tokens[i].number].value else { return nil }
      value = written
    case .word:
      guard !isMoney, let named = WordNumbers.value(text(i)) else { return nil }
      value = Rational(named)
    default: return nil
    }
    var out = ProseQuantity(
      value: value, number: start..<(i + 1), end: i + 1, unit: "", isMoney: isMoney)
    while out.end - i <= units, kind(out.end) == .word, isUnit(out.end) {
      out.unit = singular(text(out.end))
      out.end += 1
    }
    return out
  }

  /// Whether a word may be what a number counts.
  func isUnit(_ i: Int) -> Bool {
    let word = text(i)
    return !Self.clauseWords.contains(word) && !Self.noUnits.contains(word)
      && !ProseWords.changesNumber(word) && WordNumbers.value(word) == nil
      && WordNumbers.divisor(word) == nil
  }

  /// "clips" and "clip" are one unit.
  func singular(_ word: String) -> String {
    if word.utf8.count > 4, word.hasSuffix("ies") { return String(word.dropLast(3)) + "y" }
    if word.utf8.count > 4, ["xes", "shes", "ches", "sses"].contains(where: word.hasSuffix) {
      return String(word.dropLast(2))
    }
    return word.utf8.count > 2 && word.hasSuffix("s") && !word.hasSuffix("ss")
      ? String(word.dropLast()) : word
  }

  /// The token behind words that state a result: "is", ", which is", "equals", "gives", "would be".
  func statement(_ start: Int) -> Int? {
    var i = start
    if kind(i) == .comma, ["which", "that"].contains(text(i + 1)) { i += 1 }
    if ["which", "that"].contains(text(i)) { i += 1 }
    if kind(i) == .equals { return i + 1 }
    guard kind(i) == .word else { return nil }
    switch text(i) {
    case "is", "are", "was", "were", "gives", "makes", "means":
      i += 1
      return text(i) == "equal" && text(i + 1) == "to" ? i + 2 : i
    case "would", "will":
      return ["be", "equal", "make", "give"].contains(text(i + 1)) ? i + 2 : nil
    case "comes", "amounts", "equates": return text(i + 1) == "to" ? i + 2 : nil
    default: return nil
    }
  }

  /// Whether a clause may begin here, so that nothing in front belongs to what is read.
  func opensStatement(_ start: Int) -> Bool {
    switch kind(start - 1) {
    case nil, .newline, .stop, .comma, .open: return true
    case .word:
      let word = text(start - 1)
      if word == "and" || word == "or" { return kind(start - 2) == .comma }
      return [
        "so", "then", "since", "because", "that", "thus", "hence", "therefore", "as", "know",
        "means", "but",
      ].contains(word)
    default: return false
    }
  }

  /// Whether a stated number ends its statement: behind it a unit at most, then the end of a clause.
  func closesStatement(_ end: Int) -> Bool {
    var i = end
    while i < end + 3, kind(i) == .word, isUnit(i) { i += 1 }
    switch kind(i) {
    case nil, .stop, .newline, .comma, .close: return true
    case .open: return wordsInBrackets(i) != nil
    case .word:
      return ["so", "and", "but", "because", "which", "per", "each", "in", "for"].contains(text(i))
        && !(text(i) == "and" && startsOperand(i + 1))
    default: return false
    }
  }

  /// A check of words that make a number, and of the number stated behind them; nil when no number is stated there.
  ///
  /// The stated number may be computed at once: "half of 48 is 48/2 = 24" states 24.
  func check(_ phrase: Range<Int>, makes value: Rational, statedAt start: Int) -> Check? {
    var reader = self
    guard startsOperand(start), let stated = reader.expression(start), stated.operators == 0,
      !stated.isBlocked, !stated.isPercent, let said = stated.value,
      closesStatement(stated.tokens.upperBound)
    else { return nil }
    var number = stated.tokens
    if kind(number.lowerBound) == .currency { number = number.lowerBound + 1..<number.upperBound }
    return check(phrase, makes: value, stated: number, said: said, decimals: stated.decimals)
  }

  /// A check of tokens that make a number, against a stated one; rounded numbers are right, near ones unknown.
  func check(
    _ phrase: Range<Int>, makes value: Rational, stated: Range<Int>, said: Rational, decimals: Int
  ) -> Check {
    let expression = bytes(phrase)
    let place = bytes(stated)
    let half = Rational(10).power(-decimals)?.divided(by: Rational(2)) ?? .zero
    let distance = value.subtracting(said)?.magnitude ?? .zero
    let fits = value.decimalPlaces.map { $0 <= decimals } ?? false
    let isRight = value == said || !fits && !half.isLess(than: distance)
    let isClose = !fits && distance.isLess(than: .one)
    return Check(
      bytes: min(
        expression.lowerBound, place.lowerBound)..<max(expression.upperBound, place.upperBound),
      statedBytes: place, expression: string(expression), stated: string(place),
      computed: value.spelling, verdict: isRight ? .right : isClose ? .unknown : .wrong)
  }

  func bytes(_ range: Range<Int>) -> Range<Int> {
    tokens[range.lowerBound].start..<tokens[range.upperBound - 1].end
  }

  func string(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }
}
