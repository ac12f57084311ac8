// The values a correction may use without deriving them: what the question says in figures and words, and what everybody
// knows of the units it speaks of.

/// The values that the question gives: its numbers, each run of digits by itself ("7:13", "8am"), number words and the
/// shares they name ("half an hour"), and 0, 1 and 2.
func givenValues(of question: String) -> Set<Rational> {
  var out: Set<Rational> = [.zero, .one, Rational(2)]
  let text = ValueText(question, withChecks: false)
  for place in text.places { out.formUnion(place.names) }
  for run in text.bytes.split(whereSeparator: { !$0.isDigit }) {
    if let value = WrittenNumber(digits: run).value { out.insert(value) }
  }
  out.formUnion(wordValues(of: question))
  for word in lowerWords(of: text.bytes) {
    if let divisor = WordNumbers.divisor(word), let share = Rational(1, over: Int128(divisor)) {
      out.insert(share)
    }
  }
  return out
}

/// How many of one unit make the other, where both are spoken of: nobody derives that a week has 7 days.
func factsOfUnits(in texts: [[UInt8]]) -> Set<Rational> {
  let words = Set(texts.flatMap(lowerWords(of:)))
  func speaks(of unit: String) -> Bool { words.contains(unit) || words.contains(unit + "s") }
  var out: Set<Rational> = []
  for (large, small, factor) in factors where speaks(of: large) && speaks(of: small) {
    out.insert(Rational(factor))
  }
  return out
}

private let factors: [(String, String, Int)] = [
  ("week", "day", 7), ("year", "week", 52), ("year", "month", 12), ("year", "day", 365),
  ("day", "hour", 24), ("hour", "minute", 60), ("minute", "second", 60), ("yard", "foot", 3),
  ("yard", "feet", 3), ("foot", "inch", 12), ("foot", "inches", 12), ("feet", "inches", 12),
  ("dollar", "cent", 100), ("meter", "centimeter", 100), ("kilometer", "meter", 1000),
  ("kilogram", "gram", 1000), ("liter", "milliliter", 1000), ("pound", "ounce", 16),
  ("gallon", "quart", 4), ("decade", "year", 10), ("century", "year", 100),
]

/// The words of a text in lower case; "half-hour" is two.
private func lowerWords(of bytes: [UInt8]) -> [String] {
  bytes.split(whereSeparator: { !$0.isLetter }).filter { $0.count <= 12 }.map {
    String(decoding: $0.map { $0 | 32 }, as: UTF8.self)
  }
}
