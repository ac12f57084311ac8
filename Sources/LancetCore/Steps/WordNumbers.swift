// Numbers as words: "three", "twenty-five", "half", "a dozen".

enum WordNumbers {
  /// The value of a word in lower case: "seven", "fifty-four"; nil for other words.
  static func value(_ word: String) -> Int? {
    isPossible(word) ? values[word] : nil
  }

  /// Whether a number word has this length and first letter: nearly every other word is told apart without a hash.
  private static func isPossible(_ word: String) -> Bool {
    guard (3...13).contains(word.utf8.count), let first = word.utf8.first else { return false }
    return "efhnostz".utf8.contains(first)
  }

  private static let values: [String: Int] = {
    var out = ["hundred": 100, "thousand": 1000]
    for (word, value) in NumberWords.all { out[word] = value }
    for (ten, above) in NumberWords.all where above >= 20 && above < 100 {
      for (one, value) in NumberWords.all where value > 0 && value < 10 {
        out["\(ten)-\(one)"] = above + value
      }
    }
    return out
  }()

  /// What "half", "third", "quarters" and their like divide by.
  static func divisor(_ word: String) -> Int? {
    guard (4...8).contains(word.utf8.count), let first = word.utf8.first,
      "efhnqst".utf8.contains(first)
    else { return nil }
    return divisors[word]
  }

  private static let divisors = [
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4,
    "fourths": 4, "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7,
    "eighth": 8, "eighths": 8, "ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10,
  ]

  fileprivate static let others = ["once": 1, "pair": 2, "couple": 2, "dozen": 12]

  /// What "twice" and its like multiply by.
  static func factor(_ word: String) -> Int? {
    switch word {
    case "twice", "double": 2
    case "thrice", "triple": 3
    case "quadruple": 4
    default: nil
    }
  }
}

/// The whole numbers that a text says in words, from two on: "six apples", "twenty-five".
package func numbersInWords(of text: String) -> Set<Rational> {
  var out: Set<Rational> = []
  for part in text.utf8.split(whereSeparator: { !$0.isLetter && $0 != .minus }) {
    guard part.count <= 18 else { continue }
    let word = String(decoding: part.map { $0.isLetter ? $0 | 32 : $0 }, as: UTF8.self)
    if let value = WordNumbers.value(word), value > 1 { out.insert(Rational(value)) }
  }
  return out
}

/// The values that the number words of a text bring in: "three boxes", "half of them", "a dozen".
package func wordValues(of text: String) -> Set<Rational> {
  var out: Set<Rational> = []
  for part in text.utf8.split(whereSeparator: { !$0.isLetter && $0 != .minus }) {
    guard part.count <= 18 else { continue }
    let whole = String(decoding: part.map { $0.isLetter ? $0 | 32 : $0 }, as: UTF8.self)
    for word in [whole] + whole.split(separator: "-").map(String.init) {
      if let value = WordNumbers.value(word) ?? WordNumbers.divisor(word)
        ?? WordNumbers.factor(word) ?? WordNumbers.others[word]
      {
        out.insert(Rational(value))
      }
    }
  }
  return out
}
