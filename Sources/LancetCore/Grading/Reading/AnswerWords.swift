// The words and commands that answers are written with.

enum AnswerWords {
  static let functions: Set<String> = [
    "sin", "cos", "tan", "sec", "csc", "cot", "arcsin", "arccos", "arctan", "log", "ln", "exp",
    "sqrt", "cbrt", "pi", "infty", "frac", "sinh", "cosh", "tanh",
  ]
  /// Letters that a product of variables is made of.
  static let variables = Set("abcdfghjkmnpqrstuvwxyzABCDEFGHKLMNPQRSTVWXYZ".utf8)
  /// Units that differ from smaller ones by the case of their first letter.
  static let megas: Set<String> = ["Mm", "Mg", "MW", "MN", "MJ", "MV", "MT", "MWh", "MPa", "MHz"]
  /// Units that physics also writes as products of letters.
  static let unitsOfLetters: Set<String> = [
    "mg", "kg", "ml", "mm", "kN", "mV", "kV", "gh", "mgh",
  ]
  static let invisible: Set<String> = [
    "displaystyle", "textstyle", "quad", "qquad", "limits", "big", "Big", "bigg", "Bigg", "bigl",
    "bigr", "Bigl", "Bigr", "biggl", "biggr", "Biggl", "Biggr", "rm", "bf", "it", "hspace",
    "thinspace", "enspace", "mathstrut", "strut", "hfill", "small", "large", "Large",
  ]
  static let textual: Set<String> = [
    "text", "textbf", "textit", "textrm", "texttt", "textsf", "mathrm", "mathbf", "mathit",
    "mathsf", "mbox", "hbox", "operatorname", "emph", "underline", "textnormal",
  ]
  private static let notProducts: Set<String> = [
    "am", "pm", "or", "and", "no", "yes", "is", "at", "an", "as", "by", "if", "in", "of", "on",
    "to", "so", "up", "us", "be", "day", "days", "cat", "dog", "cup", "cups", "man", "men", "car",
    "bag", "bus", "can", "pen", "pens", "map", "gas", "any", "all", "not", "the", "per", "max",
    "min", "mod", "gcd", "lcm", "ways", "way", "pm", "sq", "cu", "sum", "sad", "bad", "sun", "mon",
    "tue", "wed", "thu", "fri", "sat", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug",
    "sep", "oct", "nov", "dec", "usd", "eur", "gbp", "nat", "sky", "far", "few", "pay", "pts",
    "pct", "amy", "bab", "pat", "ray", "sam", "tax", "ant", "cow", "hat", "jar", "key",
  ]
  /// Short words and signs of units, as they are written.
  private static let shortWords: Set<String> = [
    "ms", "ns", "mW", "mN", "mT", "kWh", "MWh", "mAh",
    "tsp", "tbs", "pkg", "pkt", "sqm", "bpm", "rps", "wks", "mls", "tv", "TV", "tvs", "TVs", "pc",
    "PC", "pcs", "PCs", "cds", "CD", "CDs", "dvd", "DVD", "cc",
    "ox", "dB", "hp", "BC", "BCE", "AD", "CE", "GB", "MB", "KB", "TB", "kB", "Hz", "Pa", "mA",
    "mV", "kV", "kW", "MW", "kJ", "MJ", "eV", "kN", "MN", "pH", "bps", "fps", "rpm", "mph", "kph",
  ]
  private static let wordsWithX: Set<String> = [
    "box", "fox", "fax", "mix", "wax", "axe", "max", "hex", "sax", "tux", "zoo", "zip", "fez",
  ]

  /// Whether a longer run is letters that multiply: "abcd", "xyzw".
  static func isLongProduct(_ run: String) -> Bool {
    guard run.utf8.count <= 6 else { return false }
    return zip(run.utf8, run.utf8.dropFirst()).allSatisfy { $1 == $0 + 1 }
      || run.utf8.allSatisfy { "uvwxyz".utf8.contains($0) }
  }

  /// Whether a run of two or three letters behind a number is letters that multiply and no word: "12 xy", "12 abc".
  ///
  /// Short runs without a vowel, with an x or a z, or in the order of the alphabet.
  static func isNoWord(_ run: String) -> Bool {
    if shortWords.contains(run) { return false }
    let lower = run.lowercased()
    let letters = Array(lower.utf8)
    if letters.count == 2 { return true }
    let vowels = Set("aeiouy".utf8)
    return !letters.contains(where: vowels.contains)
      || zip(letters, letters.dropFirst()).allSatisfy { $1 == $0 + 1 }
      || letters.contains { "xzq".utf8.contains($0) } && !wordsWithX.contains(lower)
  }

  static func isWord(_ lower: String) -> Bool {
    notProducts.contains(lower) || Units.known(lower) != nil
  }

  /// The one name of commands that mean the same.
  static func command(_ name: String) -> AnswerToken.Kind {
    switch name {
    case "lbrace": .symbol(1)
    case "rbrace": .symbol(2)
    case "lbrack": .symbol(.openBracket)
    case "rbrack": .symbol(.closeBracket)
    case "lvert", "rvert", "vert", "mid": .symbol(.bar)
    case "dbinom", "tbinom", "binom": .command("binom")
    case "sim": .command("approx")
    case "colon": .symbol(.colon)
    case "alpha", "beta", "gamma", "delta", "epsilon", "theta", "lambda", "mu", "omega", "phi",
      "psi", "rho", "sigma", "tau", "varphi", "varepsilon", "xi", "eta", "zeta", "kappa", "ell":
      .letter(name)
    default: .command(name)
    }
  }
}
