// Words beside a number that may change what it means.

enum ProseWords {
  /// "2 million", "3 remainder 1", "5 times as many", "9 choose 3".
  static func changesNumber(_ word: String) -> Bool { scales.contains(word) }

  /// "three", "twenty-five", "half", "twice", "a", "there": with what a phrase that states a number may begin.
  static func opensPhrase(_ word: String) -> Bool {
    if openers.contains(word) { return true }
    guard let hyphen = word.utf8.firstIndex(of: .minus) else { return NumberWords.isNumber(word) }
    return NumberWords.isNumber(String(word[..<hyphen]))
  }

  private static let openers: Set<String> = [
    "a", "one", "each", "every", "half", "halves", "third", "thirds", "quarter", "quarters",
    "fourth", "fourths", "fifth", "fifths", "sixth", "sixths", "seventh", "sevenths", "eighth",
    "eighths", "ninth", "ninths", "tenth", "tenths", "twice", "double", "thrice", "triple",
    "quadruple", "hundred", "thousand", "square", "cube", "remainder", "there", "one-half",
    "multiply", "multiplying", "divide", "dividing", "add", "adding", "subtract", "subtracting",
    "quarterly", "monthly", "annually", "yearly", "semiannually",
  ]

  private static let scales: Set<String> = [
    "remainder", "hundred", "thousand", "million", "billion", "trillion", "dozen", "dozens", "half",
    "halves", "thirds", "quarters", "fifths", "percent", "percentage", "squared", "cubed",
    "and-a-half", "hundreds", "thousands", "times", "choose", "mod", "modulo", "divided",
    "multiplied", "score", "r", "am", "pm", "a.m", "p.m", "o'clock", "o’clock",
  ]
  /// "3 dozen - 6 = 30", "3 quarters + 2 dimes = 95 cents": words that say how much one of a number is.
  static let multiples: Set<String> = [
    "dozen", "dozens", "score", "hundred", "hundreds", "thousand", "thousands", "million",
    "millions", "billion", "trillion", "pair", "pairs", "couple", "quarters", "quarter", "dime",
    "dimes", "nickel", "nickels", "penny", "pennies", "am", "pm",
  ]
}
