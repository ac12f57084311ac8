// Commands of LaTeX as tokens of formulas.

extension FormulaLexer {
  static let kinds: [String: FormulaToken.Kind] = [
    "binom": .binom, "dbinom": .binom,
    "tbinom": .binom, "choose": .choose, "pmod": .modulus, "bmod": .remainder,
    "mod": .remainder, "Leftrightarrow": .arrow,
    "quad": .separator, "qquad": .separator, "sin": .function(.sine), "cos": .function(.cosine),
    "tan": .function(.tangent), "cot": .function(.cotangent), "sec": .function(.secant),
    "csc": .function(.cosecant), "ln": .function(.naturalLog), "log": .log,
    "gcd": .joint(.gcd), "lcm": .joint(.lcm), "max": .joint(.largest), "min": .joint(.smallest),
    "lfloor": .floorOpen, "rfloor": .floorClose, "lceil": .ceilingOpen,
    "rceil": .ceilingClose, "lvert": .bar, "rvert": .bar, "lbrace": .open(123),
    "rbrace": .close(125),
  ]
  /// Functions of several whole numbers by name, as in "LCM(4, 6)".
  static let joints: [String: Formula.Joint] = [
    "gcd": .gcd, "gcf": .gcd, "hcf": .gcd, "lcm": .lcm, "max": .largest, "min": .smallest,
  ]
  static let passed: Set<String> = [
    "left", "right", "displaystyle", "boxed", "fbox", "big", "Big", "bigl", "bigr", "Bigl", "Bigr",
    "bigg", "Bigg", "biggl", "biggr", "therefore", "because", "limits", "nonumber", "textstyle",
  ]
  static let greek: Set<String> = [
    "alpha", "beta", "gamma", "delta", "theta", "lambda", "mu", "phi", "varphi", "rho", "sigma",
    "tau", "epsilon", "psi", "eta", "zeta", "xi", "kappa",
  ]
  static let texts: Set<String> = [
    "text", "textbf", "mathrm", "mathbf", "textit", "mbox", "textrm", "operatorname", "mathop",
  ]

  mutating func command() {
    var i = at + 1
    while i < end, bytes[i].isLetter { i += 1 }
    guard i > at + 1 else { return symbol() }
    let name = String(decoding: bytes[(at + 1)..<i], as: UTF8.self)
    let length = i - at
    if let kind = Self.kinds[name] { return put(kind, length) }
    if name != "sqrt", name != "mp", let sign = MathSign.command(name) {
      putSign(sign, length)
      if sign == .fractionCommand { shortArguments() }
      return
    }
    if Self.passed.contains(name) { return skip(length) }
    if name == "tag" || name == "label" { return tag(length) }
    if Self.greek.contains(name) { return unknown(length: length) }
    if name == "sqrt" { return root(length) }
    if name == "begin" || name == "end" { return environment(name, length) }
    if Self.texts.contains(name) { return text(length) }
    put(.unreadable, length)
  }

  /// `\tag{3}` numbers a line and is no part of it.
  mutating func tag(_ length: Int) {
    guard peek(length) == .openBrace,
      let close = closingBrace(of: bytes, at: at + length, end: min(end, at + 40))
    else { return put(.unreadable, length) }
    put(.separator, close + 1 - at)
  }

  /// `\frac12` takes single digits.
  mutating func shortArguments() {
    for _ in 0..<2 where peek().isDigit {
      numbers.append(
        FormulaNumber(
          value: Rational(Int(peek() - .zero)), decimals: 0, hasPoint: false, slack: 0))
      put(.number(numbers.count - 1), 1)
    }
  }

  /// `\$ \% \, \\ \|` and the like.
  mutating func symbol() {
    switch peek(1) {
    case .percent: put(.percent, 2)
    case .backslash:
      put(.newline, 2)
      space = true
    case .bar: put(.unreadable, 2)
    case .openBrace, .closeBrace: put(.unreadable, 2)
    case 0: skip(1)
    default: skip(2)
    }
  }

  /// `\\begin{aligned}` is passed over; a matrix or a list of cases is one thing that cannot be read.
  mutating func environment(_ command: String, _ length: Int) {
    guard peek(length) == .openBrace,
      let close = closingBrace(of: bytes, at: at + length, end: min(end, at + 40))
    else { return put(.unreadable, length) }
    let name = String(decoding: bytes[(at + length + 1)..<close], as: UTF8.self)
    if ["aligned", "align", "align*", "split", "gathered", "equation", "equation*"].contains(name) {
      return skip(close + 1 - at)
    }
    guard command == "begin" else { return put(.unreadable, close + 1 - at) }
    let mark = Array("\\end{\(name)}".utf8)
    var i = close + 1
    while i + mark.count <= end, !bytes[i..<(i + mark.count)].elementsEqual(mark) { i += 1 }
    put(.unreadable, min(i + mark.count, end) - at)
  }

  mutating func root(_ length: Int) {
    guard peek(length) == .openBracket else { return put(.root(2), length) }
    var i = length + 1
    var degree = 0
    while peek(i).isDigit, i < length + 4 {
      degree = degree * 10 + Int(peek(i) - 48)
      i += 1
    }
    guard peek(i) == .closeBracket, degree >= 2, degree <= 60 else {
      return put(.unreadable, length)
    }
    put(.root(degree), i + 1)
  }

  /// `\text{…}`: a function's name, a word that parts statements, or something that is no formula.
  mutating func text(_ length: Int) {
    guard peek(length) == .openBrace,
      let close = closingBrace(of: bytes, at: at + length, end: min(end, at + 300))
    else { return put(.unreadable, length) }
    let inside = loweredText(bytes, (at + length + 1)..<close)
    let word = inside.filter { $0 != " " && $0 != "\\" && $0 != "{" && $0 != "}" }
    let whole = close + 1 - at
    switch word {
    case "": skip(whole)
    case "gcd", "gcf", "hcf", "textgcd": put(.joint(.gcd), whole)
    case "lcm", "textlcm": put(.joint(.lcm), whole)
    case "mod": put(.remainder, whole)
    case "and", "or", "so", "then", "thus", "therefore", ",", ".", "where", "if", "for", "since":
      put(.separator, whole)
    // "\textbf{8}" is the number, in bold.
    case let number where number.utf8.allSatisfy({ $0.isDigit }): skip(length)
    default: put(.text, whole)
    }
  }
}
