// Words beside a number that may change what it means.

enum ProseWords {
  /// "2 million", "3 remainder 1", "5 times as many", "9 choose 3".
  static func changesNumber(_ word: String) -> Bool { scales.contains(word) }

  private static let scales: Set<String> = [
    "remainder", "hundred", "thousand", "million", "billion", "trillion", "dozen", "dozens", "half",
    "halves", "thirds", "quarters", "fifths", "percent", "percentage", "squared", "cubed",
    "and-a-half", "hundreds", "thousands", "times", "choose", "mod", "modulo", "divided",
    "multiplied", "score", "r",
  ]
}
