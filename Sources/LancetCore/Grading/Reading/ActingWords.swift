// Words that change the value of the number in front of them: read as a unit they would make a false right. What reads a
// unit and what looks behind a box share them.

enum ActingWords {
  /// Words that scale the number; an answer may be read with them.
  static let scales: Set<String> = [
    "percent", "pct", "dozen", "hundred", "thousand", "million", "millions", "billion", "billions",
    "trillion",
  ]

  private static let plain: Set<String> = [
    // powers and their like
    "squared", "cubed", "power", "raised", "exponent", "factorial", "root", "roots", "reciprocal",
    "inverse", "inverted", "conjugate", "conjugated", "negated", "negative", "primorial",
    // scales
    "dozens", "score", "gross", "grand", "hundreds", "thousands", "mil", "mill", "bn", "mn", "tn",
    "lakh", "lakhs", "crore", "crores", "mille", "permille", "promille", "permil", "bps", "basis",
    "trillions", "quadrillion", "tens", "percentage", "percents", "percentile", "kilo", "mega",
    // operations
    "times", "plus", "minus", "multiplied", "divided", "over", "mod", "modulo", "choose", "pick",
    "permute", "remainder", "rem", "by", "x", "double", "doubled", "triple", "tripled", "twice",
    "thrice", "quadruple", "quadrupled", "halved", "fold", "twofold", "threefold", "tenfold",
    "doubles", "triples", "increased", "decreased", "reduced", "added", "subtracted",
    // bases
    "base", "binary", "hex", "hexadecimal", "octal", "ternary", "radix",
    // comparisons
    "than", "more", "less", "fewer", "above", "below", "under", "short", "beyond", "exceeding",
    "away", "least", "most", "minimum", "maximum", "upwards", "upward", "ish", "odd", "something",
    "versus", "vs", "against", "to", "till", "until", "through", "thru", "out", "point",
    // denials
    "not", "no", "never", "wrong", "incorrect", "false", "nope", "impossible", "excluded",
    "invalid", "rejected", "mistake", "mistaken", "error", "void",
  ]

  /// Halves, thirds, … thousandths, and the same of one.
  private static let fractions: Set<String> = {
    let ordinals =
      "third fourth quarter fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
      + "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth "
      + "fiftieth sixtieth seventieth eightieth ninetieth hundredth thousandth millionth billionth"
    var out: Set<String> = ["half", "halves"]
    for word in ordinals.split(separator: " ") {
      out.insert(String(word))
      out.insert(word + "s")
    }
    return out
  }()

  static func contains(_ word: String) -> Bool {
    plain.contains(word) || fractions.contains(word) || scales.contains(word)
  }
}
