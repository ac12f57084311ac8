// Bytes to formula tokens.

/// Reads the tokens of a whole text.
struct FormulaLexer {
  private let bytes: [UInt8]
  private(set) var tokens: [FormulaToken] = []
  private(set) var numbers: [FormulaNumber] = []
  private var at = 0
  private var end = 0
  private var space = true
  private var inMath = false

  init(_ bytes: [UInt8], spans: [MathSpan]) {
    self.bytes = bytes
    tokens.reserveCapacity(bytes.count / 3)
    var from = 0
    for span in spans {
      read(from..<span.outer.lowerBound, math: false)
      delimiter(span.outer.lowerBound..<span.inner.lowerBound)
      read(span.inner, math: true)
      delimiter(span.inner.upperBound..<span.outer.upperBound)
      from = span.outer.upperBound
    }
    read(from..<bytes.count, math: false)
  }

  private mutating func delimiter(_ range: Range<Int>) {
    tokens.append(
      FormulaToken(
        kind: .delimiter, start: range.lowerBound, end: range.upperBound, spaceBefore: space,
        inMath: false))
    space = false
  }

  private func peek(_ offset: Int = 0) -> UInt8 { at + offset < end ? bytes[at + offset] : 0 }

  private mutating func put(_ kind: FormulaToken.Kind, _ length: Int) {
    tokens.append(
      FormulaToken(kind: kind, start: at, end: at + length, spaceBefore: space, inMath: inMath))
    at += length
    space = false
  }

  private mutating func skip(_ length: Int) {
    at += length
    space = true
  }

  private mutating func read(_ range: Range<Int>, math: Bool) {
    (at, end, inMath) = (range.lowerBound, range.upperBound, math)
    while at < end {
      let byte = bytes[at]
      switch byte {
      case 10, 13:
        if math { skip(1) } else { put(.newline, 1) }
        space = true
      case 32, 9: skip(1)
      case 48...57: number()
      case .dot where peek(1).isDigit: number()
      case .backslash: command()
      case 65...90, 97...122: math ? letter() : word()
      case 128...: scalar()
      default: sign(byte)
      }
    }
  }

  private mutating func sign(_ byte: UInt8) {
    let isBullet = [.minus, .plus, .star].contains(byte)
    if isBullet, !inMath, opensLine, peek(1) == 32 { return put(.separator, 1) }
    switch byte {
    case .plus, .slash, .caret: put(.op(byte), 1)
    case .minus:
      if peek(1) == .greater || peek(1) == byte {
        put(peek(1) == byte ? .unreadable : .arrow, 2)
      } else {
        put(.op(byte), 1)
      }
    case .star:
      // "**" is emphasis outside mathematics.
      if peek(1) == byte { put(inMath ? .op(94) : .separator, 2) } else { put(.op(byte), 1) }
    case .equals:
      if peek(1) == .greater {
        put(.arrow, 2)
      } else if peek(1) == byte {
        put(.unreadable, 2)
      } else {
        put(.equals, 1)
      }
    case .less, .greater: angle(byte)
    case .openParen, .openBracket, .openBrace: put(.open(byte), 1)
    case .closeParen, .closeBracket, .closeBrace: put(.close(byte), 1)
    case .bar: put(.bar, 1)
    case .percent: put(.percent, 1)
    case .exclamation: put(peek(1) == .equals ? .unreadable : .bang, 1)
    case .ampersand, .tilde: skip(1)
    case .dollar: skip(1)
    case .dot:
      put(peek(1) == byte ? .unreadable : .separator, 1)
    case .comma: put(.comma, 1)
    case .underscore: put(.subscripted, 1)
    case .semicolon, .question, .colon: put(.separator, 1)
    default: put(.unreadable, 1)
    }
  }

  private var opensLine: Bool {
    guard let last = tokens.last else { return true }
    return last.kind == .newline
  }

  private mutating func angle(_ byte: UInt8) {
    // A calculator mark belongs to another reader.
    if byte == .less, peek(1) == byte {
      var i = at + 2
      while i + 1 < end, bytes[i] != 10, i - at < 400 {
        if bytes[i] == .greater, bytes[i + 1] == .greater {
          put(.word, i + 2 - at)
          return
        }
        i += 1
      }
    }
    put(.otherRelation, peek(1) == .equals ? 2 : 1)
  }

  /// Letters outside mathematics: a word, or an unknown with a digit behind or alone.
  private mutating func word() {
    var i = at
    while i < end, bytes[i].isLetter || bytes[i].isHigh { i += 1 }
    let length = i - at
    let isArticle = length == 1 && (bytes[at] | 32 == 97 || bytes[at] == 73)
    if length == 1, !isArticle || !(i >= end || bytes[i].isBlank) {
      if i < end, bytes[i] == .apostrophe { return put(.word, 1) }
      return letter()
    }
    while i < end, bytes[i].isLetter || bytes[i] == 39 || bytes[i] == 45 || bytes[i].isHigh {
      i += 1
    }
    let isOperator = tokens.last?.kind.isOperand ?? false
    if isOperator, i - at == 3 || i - at == 6,
      ["mod", "modulo"].contains(loweredText(bytes, at..<i))
    {
      return put(.remainder, i - at)
    }
    put(.word, i - at)
  }

  private mutating func letter() {
    if inMath {
      // Several letters that spell a word are a name.
      var i = at
      while i < end, bytes[i].isLetter { i += 1 }
      if i - at >= 4 { return put(.text, i - at) }
    }
    unknown(length: 1)
  }

  /// An unknown of so many bytes with its subscript.
  private mutating func unknown(length: Int) {
    var i = at + length
    if i < end, bytes[i] == .underscore {
      i += 1
      if i < end, bytes[i] == .openBrace {
        guard let close = closingBrace(of: bytes, at: i, end: min(end, i + 40)) else {
          return put(.unreadable, length)
        }
        i = close + 1
      } else if i < end {
        i += 1
      }
    }
    if i < end, bytes[i] == .apostrophe || bytes[i] == .underscore {
      return put(.unreadable, i + 1 - at)
    }
    let isDigitBehind = i < end && bytes[i].isDigit && !inMath
    if isDigitBehind { return put(.word, i - at) }
    put(.letter(String(decoding: bytes[at..<i], as: UTF8.self)), i - at)
  }

  private mutating func scalar() {
    let (value, length) = decodeScalar(bytes, at: at, end: end)
    if let sign = MathSign.scalar(value) { return put(sign, length) }
    switch value {
    case 0xC0...0x24F, 0x3040...0x9FFF, 0xAC00...0xD7AF: inMath ? put(.unreadable, length) : word()
    case 0x3B1...0x3C9:
      put(.letter(String(decoding: bytes[at..<(at + length)], as: UTF8.self)), length)
    case 0xFF0C, 0x3002, 0xFF1B, 0xFF1A: put(.separator, length)
    default: put(.unreadable, length)
    }
  }

  /// A sign, whether it is a character or a command.
  private mutating func put(_ sign: MathSign, _ length: Int) {
    switch sign {
    case .times: put(.op(.star), length)
    case .divide: put(.op(.slash), length)
    case .minus: put(.op(.minus), length)
    case .fractionCommand: put(.frac, length)
    case .pi: put(.pi, length)
    case .root: put(.root(2), length)
    case .cubeRoot: put(.root(3), length)
    case .fourthRoot: put(.root(4), length)
    case .degree: put(.degree, length)
    case .plusMinus: put(.plusMinus, length)
    case .percent: put(.percent, length)
    case .approximately: put(.approximately, length)
    case .identical: put(.congruent, length)
    case .less, .greater, .lessOrEqual, .greaterOrEqual, .notEqual: put(.otherRelation, length)
    case .arrow: put(.arrow, length)
    case .bullet: put(.separator, length)
    case .space, .invisible: skip(length)
    case .currency: skip(length)
    case .power(let exponent):
      put(.op(.caret), 0)
      small(exponent, length)
    case .dash, .subscripted, .fraction, .infinity, .prime, .element, .union, .intersection,
      .emptySet, .cent:
      put(.unreadable, length)
    }
  }

  private mutating func small(_ value: Int, _ length: Int) {
    numbers.append(
      FormulaNumber(value: Rational(value), decimals: 0, hasPoint: false, slack: 0))
    put(.number(numbers.count - 1), length)
  }
}

// MARK: Commands

extension FormulaLexer {
  private static let kinds: [String: FormulaToken.Kind] = [
    "binom": .binom, "dbinom": .binom,
    "tbinom": .binom, "choose": .unreadable, "pmod": .modulus, "bmod": .remainder,
    "mod": .remainder, "Leftrightarrow": .arrow,
    "quad": .separator, "qquad": .separator, "sin": .function(.sine), "cos": .function(.cosine),
    "tan": .function(.tangent), "cot": .function(.cotangent), "sec": .function(.secant),
    "csc": .function(.cosecant), "ln": .function(.naturalLog), "log": .log,
    "gcd": .joint(.gcd), "lcm": .joint(.lcm), "max": .joint(.largest), "min": .joint(.smallest),
    "lfloor": .floorOpen, "rfloor": .floorClose, "lceil": .ceilingOpen,
    "rceil": .ceilingClose, "lvert": .bar, "rvert": .bar, "lbrace": .open(123),
    "rbrace": .close(125),
  ]
  private static let passed: Set<String> = [
    "left", "right", "displaystyle", "boxed", "fbox", "big", "Big", "bigl", "bigr", "Bigl", "Bigr",
    "bigg", "Bigg", "biggl", "biggr", "therefore", "because", "limits", "nonumber", "textstyle",
  ]
  private static let greek: Set<String> = [
    "alpha", "beta", "gamma", "delta", "theta", "lambda", "mu", "phi", "varphi", "rho", "sigma",
    "tau", "epsilon", "psi", "eta", "zeta", "xi", "kappa",
  ]
  private static let texts: Set<String> = [
    "text", "textbf", "mathrm", "textit", "mbox", "textrm", "operatorname", "mathop",
  ]

  private mutating func command() {
    var i = at + 1
    while i < end, bytes[i].isLetter { i += 1 }
    guard i > at + 1 else { return symbol() }
    let name = String(decoding: bytes[(at + 1)..<i], as: UTF8.self)
    let length = i - at
    if let kind = Self.kinds[name] { return put(kind, length) }
    if name != "sqrt", name != "mp", let sign = MathSign.command(name) { return put(sign, length) }
    if Self.passed.contains(name) { return skip(length) }
    if Self.greek.contains(name) { return unknown(length: length) }
    if name == "sqrt" { return root(length) }
    if name == "begin" || name == "end" { return environment(name, length) }
    if Self.texts.contains(name) { return text(length) }
    put(.unreadable, length)
  }

  /// `\$ \% \, \\ \|` and the like.
  private mutating func symbol() {
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
  private mutating func environment(_ command: String, _ length: Int) {
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

  private mutating func root(_ length: Int) {
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
  private mutating func text(_ length: Int) {
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
    default: put(.text, whole)
    }
  }
}

// MARK: Numbers

extension FormulaLexer {
  private mutating func number() {
    let first = at
    var i = at
    var hasPoint = false
    while i < end {
      if bytes[i].isDigit {
        i += 1
      } else if bytes[i] == .dot, !hasPoint, i + 1 < end, bytes[i + 1].isDigit {
        hasPoint = true
        i += 1
      } else if !hasPoint,
        let length = WrittenNumber.separator(
          in: bytes, at: i, end: end, first: first, [.comma, .latex])
      {
        i += length
      } else {
        break
      }
    }
    let written = WrittenNumber(digits: bytes[first..<i])
    if i < end, let (value, next) = repeating(from: i, hasPoint: hasPoint, first..<i) {
      numbers.append(
        FormulaNumber(value: value, decimals: 30, hasPoint: false, isRepeating: true, slack: 0))
      return put(.number(numbers.count - 1), next - first)
    }
    // "33.3…" says that digits are missing; "1011_2" is written in another base; "3:40" is no number.
    if truncated(i) { return put(.unreadable, i - first) }
    if i < end, bytes[i] == .underscore { return based(first..<i) }
    if !inMath, i < end, bytes[i].isLetter, i + 1 < end, bytes[i + 1].isLetter {
      // "3rd", "12mm"
      while i < end, bytes[i].isLetter { i += 1 }
      return put(.word, i - first)
    }
    if i + 1 < end, bytes[i] == .colon, bytes[i + 1].isDigit {
      return put(.unreadable, i - first)
    }
    numbers.append(
      FormulaNumber(
        value: written.value, decimals: written.decimals, hasPoint: hasPoint,
        slack: roundingSlack(bytes, end: i, written)))
    put(.number(numbers.count - 1), i - first)
  }

  private mutating func put(whole value: Rational?, _ length: Int) {
    numbers.append(FormulaNumber(value: value, decimals: 0, hasPoint: false, slack: 0))
    put(.number(numbers.count - 1), length)
  }

  private func truncated(_ i: Int) -> Bool {
    if i + 1 < end, bytes[i] == .dot, bytes[i + 1] == .dot { return true }
    var j = i
    while j < end, bytes[j] == 32 { j += 1 }
    for name in ["\\ldots", "\\dots", "\\cdots", "…", "\\overline", "\\bar"] {
      let mark = Array(name.utf8)
      if j + mark.count <= end, bytes[j..<(j + mark.count)].elementsEqual(mark) { return true }
    }
    return false
  }

  /// A repeating decimal: "0.\overline{27}", "0.1\overline{6}", "0.(3)"; its value and end.
  private func repeating(from i: Int, hasPoint: Bool, _ head: Range<Int>) -> (Rational?, Int)? {
    var (j, point) = (i, hasPoint)
    if !point {
      guard bytes[j] == .dot else { return nil }
      j += 1
      point = true
    }
    var open = j
    var closing = .closeParen
    if j < end, bytes[j] == .backslash {
      var k = j + 1
      while k < end, bytes[k].isLetter { k += 1 }
      let name = String(decoding: bytes[(j + 1)..<k], as: UTF8.self)
      guard name == "overline" || name == "bar" else { return nil }
      while k < end, bytes[k] == 32 { k += 1 }
      guard k < end, bytes[k] == .openBrace else { return nil }
      open = k
      closing = .closeBrace
    } else {
      guard j < end, bytes[j] == .openParen, !hasPoint else { return nil }
    }
    var close = open + 1
    while close < end, bytes[close].isDigit, close - open < 20 { close += 1 }
    guard close > open + 1, close < end, bytes[close] == closing else { return nil }
    return (Self.value(head: bytes[head], period: bytes[(open + 1)..<close]), close + 1)
  }

  private static func value(head: ArraySlice<UInt8>, period: ArraySlice<UInt8>) -> Rational? {
    let whole = WrittenNumber(digits: head)
    let tail = WrittenNumber(digits: period)
    let shift = Rational(10).power(whole.decimals) ?? .one
    guard let base = whole.value, let digits = tail.value,
      let nines = Rational(10).power(period.count)?.subtracting(.one),
      let part = digits.divided(by: nines)?.divided(by: shift)
    else { return nil }
    return base.adding(part)
  }

  /// "1011_2", "1011_{2}": the value in that base.
  private mutating func based(_ digits: Range<Int>) {
    var i = digits.upperBound + 1
    let braced = i < end && bytes[i] == .openBrace
    if braced { i += 1 }
    var base = 0
    let from = i
    while i < end, bytes[i].isDigit, i - from < 2 {
      base = base * 10 + Int(bytes[i] - 48)
      i += 1
    }
    if braced, i < end, bytes[i] == .closeBrace { i += 1 } else if braced { base = 0 }
    var value = Rational.zero as Rational?
    for byte in bytes[digits] {
      guard byte.isDigit, Int(byte - 48) < base else {
        value = nil
        break
      }
      value = value?.multiplied(by: Rational(base))?.adding(Rational(Int(byte - 48)))
    }
    guard let value, base >= 2 else { return put(.unreadable, max(i, digits.upperBound) - at) }
    put(whole: value, i - digits.lowerBound)
  }
}

/// How far a decimal that looks rounded (3.33, 0.167, or three and more digits) may be from what was meant.
func roundingSlack(_ bytes: [UInt8], end: Int, _ written: WrittenNumber) -> Double {
  guard written.decimals >= 2 else { return 0 }
  let tail = (bytes[end - 2], bytes[end - 1])
  let thirds: [(UInt8, UInt8)] = [
    (51, 51), (54, 55), (54, 54), (49, 55), (56, 51), (49, 54), (49, 52), (49, 49), (50, 57),
    (52, 51), (53, 55), (55, 49), (56, 54),
  ]
  guard written.decimals >= 3 || thirds.contains(where: { $0 == tail }) else { return 0 }
  var step = 1.0
  for _ in 0..<min(written.decimals, 40) { step /= 10 }
  return step
}
