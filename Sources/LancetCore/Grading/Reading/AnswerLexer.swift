// An answer taken apart into tokens: plain text, LaTeX and Unicode notations of one thing become one token.

/// One token of an answer.
struct AnswerToken: Sendable {
  enum Kind: Sendable, Equatable {
    /// A number as written.
    case number
    /// A vulgar fraction such as ½.
    case fraction(Int, Int)
    /// A variable of one letter, or a Greek one.
    case letter(String)
    /// A word, as units and text answers have them, in lower case.
    case word(String)
    /// A LaTeX command or a known function, without the backslash.
    case command(String)
    /// An operator, a bracket, a comma. `\{` is 1, `\}` is 2, `\\` is 3.
    case symbol(UInt8)
    /// A sign of money in front of or behind a number.
    case currency(String)
  }
  var kind: Kind
  var number = WrittenNumber(digits: [UInt8]())
  /// Whether a point ends the number, as in `0.\overline{3}`.
  var hasPointBehind = false
  /// How many of the last digits repeat for ever.
  var repeating = 0
  /// The digits as written, for numbers in other bases.
  var digits = ""
  var spaceBefore: Bool

  init(_ kind: Kind, spaceBefore: Bool) {
    self.kind = kind
    self.spaceBefore = spaceBefore
  }
  func isSymbol(_ character: Unicode.Scalar) -> Bool {
    kind == .symbol(UInt8(truncatingIfNeeded: character.value))
  }
  func isCommand(_ name: String) -> Bool { kind == .command(name) }
}

/// Why an answer could not be read.
struct Unreadable: Error {
  var reason: String
}

struct AnswerLexer {
  static let tokenLimit = 2000
  static let bracketLimit = 60
  private let bytes: [UInt8]
  private var at: Int
  private let end: Int
  private let textMode: Bool
  private let dollarsAreMoney: Bool
  private let depth: Int
  private(set) var tokens: [AnswerToken] = []
  private var space = false
  private var openBrackets = 0
  /// Whether `\\\\` ends a row here.
  private let hasRows: Bool

  static func tokens(of text: String) throws(Unreadable) -> [AnswerToken] {
    let bytes = narrowed(Array(text.utf8))
    var dollars = 0
    for (i, byte) in bytes.enumerated()
    where byte == .dollar && (i == 0 || bytes[i - 1] != .backslash) {
      dollars += 1
    }
    guard Self.closesFormulas(bytes) else { throw Unreadable(reason: "a formula that is cut off") }
    var lexer = AnswerLexer(
      bytes: bytes, range: 0..<bytes.count, textMode: false, dollarsAreMoney: dollars % 2 == 1,
      hasRows: text.utf8.count > 12
        && ByteText(bytes).find("\\begin", from: 0, to: bytes.count) != nil,
      depth: 0)
    try lexer.run()
    return lexer.tokens
  }

  /// Wide letters, digits and signs of Chinese texts as those of ASCII; a wide comma is no separator of thousands and stays.
  private static func narrowed(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(0xEF) else { return bytes }
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var i = 0
    while i < bytes.count {
      if bytes[i] == 0xEF, i + 2 < bytes.count, bytes[i + 1] == 0xBC || bytes[i + 1] == 0xBD {
        let code = (Int(bytes[i + 1]) - 0xBC) * 64 + Int(bytes[i + 2]) - 0x80 + 0x20
        if code > 0x20, code < 0x7F, code != 0x2C, code != 0x3B, code != 0x3F {
          out.append(UInt8(code))
          i += 3
          continue
        }
      }
      out.append(bytes[i])
      i += 1
    }
    return out
  }

  /// Whether every `\(`, `\[` and `$$` is closed.
  static func closesFormulas(_ bytes: [UInt8]) -> Bool {
    var (round, square, double) = (0, 0, 0)
    var i = 0
    while i + 1 < bytes.count {
      switch (bytes[i], bytes[i + 1]) {
      case (.backslash, .openParen): round += 1
      case (.backslash, .closeParen): round -= 1
      case (.backslash, .openBracket): square += 1
      case (.backslash, .closeBracket): square -= 1
      case (.dollar, .dollar): double += 1
      case (.backslash, _): break
      default:
        i += 1
        continue
      }
      i += 2
    }
    return round <= 0 && square <= 0 && double % 2 == 0
  }

  private init(
    bytes: [UInt8], range: Range<Int>, textMode: Bool, dollarsAreMoney: Bool, hasRows: Bool,
    depth: Int
  ) {
    self.bytes = bytes
    at = range.lowerBound
    end = range.upperBound
    self.textMode = textMode
    self.hasRows = hasRows
    self.dollarsAreMoney = dollarsAreMoney
    self.depth = depth
  }

  private func peek(_ offset: Int = 0) -> UInt8 { at + offset < end ? bytes[at + offset] : 0 }

  private mutating func put(_ kind: AnswerToken.Kind) {
    switch kind {
    case .symbol(.openParen), .symbol(.openBracket), .symbol(1): openBrackets += 1
    case .symbol(.closeParen), .symbol(.closeBracket), .symbol(2): openBrackets -= 1
    default: break
    }
    tokens.append(AnswerToken(kind, spaceBefore: space))
    space = false
  }

  private mutating func run() throws(Unreadable) {
    while at < end {
      guard tokens.count < Self.tokenLimit else { throw Unreadable(reason: "too long") }
      guard openBrackets <= Self.bracketLimit else { throw Unreadable(reason: "nested too deeply") }
      let byte = bytes[at]
      switch byte {
      case _ where byte.isBlank:
        space = true
        at += 1
      case .backslash: try command()
      case .dollar:
        at += 1
        if dollarsAreMoney { put(.currency("$")) }
      case _ where byte.isDigit: number()
      case .dot where peek(1) == .dot && peek(2) == .dot:
        at += 3
        put(.command("dots"))
      case .dot where peek(1).isDigit: number()
      case _ where byte.isLetter: letters()
      case .star where peek(1) == .star:
        at += 2
        let power =
          (tokens.last.map { $0.kind == .number || $0.isSymbol(")") } ?? false)
          && (peek().isDigit || peek() == .openParen)
        if power { put(.symbol(.caret)) }
      case .tilde where peek(1) == .tilde: throw Unreadable(reason: "a part that is crossed out")
      case .tilde:
        at += 1
        space = true
      case .exclamation, .less, .greater, .equals:
        // "5!=120" is a factorial.
        let isFactorial = byte == .exclamation && !space && tokens.last?.kind == .number
        let isPair = peek(1) == .equals && !isFactorial
        at += isPair ? 2 : 1
        switch (byte, isPair) {
        case (.exclamation, true): put(.command("ne"))
        case (.less, true): put(.command("le"))
        case (.greater, true): put(.command("ge"))
        default: put(.symbol(byte))
        }
      case 0x21...0x7E:
        at += 1
        if byte != .quote, byte != .backtick, byte != .hash {
          put(.symbol(byte))
        }
      case 128...: scalar()
      default: at += 1
      }
    }
  }

  private mutating func number() {
    var digits: [UInt8] = []
    var thousands = true
    let first = at
    var hasPointBehind = false
    while at < end {
      let byte = bytes[at]
      if byte.isDigit {
        digits.append(byte)
        at += 1
      } else if byte == .dot, peek(1).isDigit, !digits.contains(.dot) {
        digits.append(byte)
        at += 1
        thousands = false
      } else if byte == .dot, !digits.contains(.dot), at > first, at + 1 < end,
        !bytes[at + 1].isLetter, bytes[at + 1] != .space, bytes[at + 1] != .dot
      {
        at += 1  // "5." before something else: a full stop that says nothing, or 0.\overline{3}
        hasPointBehind = true
        break
      } else if thousands, let skip = separator(from: first) {
        at += skip
      } else {
        break
      }
    }
    var token = AnswerToken(.number, spaceBefore: space)
    token.number = WrittenNumber(digits: digits)
    token.hasPointBehind = hasPointBehind
    token.digits = String(decoding: digits, as: UTF8.self)
    // 1.5e-3
    if peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
      let sign = peek(1) == .minus || peek(1) == .plus ? 1 : 0
      var i = at + 1 + sign
      var exponent = 0
      while i < end, bytes[i].isDigit, exponent < 10_000 {
        exponent = exponent * 10 + Int(bytes[i] - 48)
        i += 1
      }
      if i > at + 1 + sign, i >= end || !bytes[i].isLetter, !(i < end && bytes[i].isDigit) {
        let negative = sign == 1 && peek(1) == .minus
        at = i
        let scale = Rational(10).power(negative ? -exponent : exponent)
        token.number.value = scale.flatMap { token.number.value?.multiplied(by: $0) }
        token.number.hasPoint = true
        token.number.decimals += negative ? exponent : -min(exponent, token.number.decimals)
      }
    }
    // "3rd"
    if at + 1 < end, at > first, !token.number.hasPoint,
      WrittenNumber.isOrdinal(bytes[at], bytes[at + 1]), at + 2 >= end || !bytes[at + 2].isLetter
    {
      at += 2
    }
    if let period = ellipsis(token) {
      token.repeating = period
    }
    tokens.append(token)
    space = false
  }

  /// Behind "0.333…": how many digits repeat, the ellipsis read; nil without one.
  ///
  /// One digit has to be shown three times, several of them twice.
  private mutating func ellipsis(_ token: AnswerToken) -> Int? {
    guard token.number.hasPoint else { return nil }
    var length = 0
    if peek() == .dot, peek(1) == .dot, peek(2) == .dot {
      length = 3
    } else if peek() == 0xE2, peek(1) == 0x80, peek(2) == 0xA6 {
      length = 3
    } else {
      for name in ["\\ldots", "\\dots", "\\cdots"] where matches(name) { length = name.utf8.count }
    }
    guard length > 0 else { return nil }
    let digits = Array(token.digits.utf8.drop { $0 != .dot }.dropFirst())
    for period in stride(from: 1, through: digits.count / 2, by: 1) {
      let shown = period == 1 ? 3 : 2 * period
      guard digits.count >= shown else { break }
      let tail = digits.suffix(shown)
      let block = digits.suffix(period)
      let isRepeated = tail.enumerated().allSatisfy { i, digit in
        digit == block[block.startIndex + i % period]
      }
      if isRepeated {
        at += length
        return period
      }
    }
    return nil
  }

  private func matches(_ name: String) -> Bool {
    at + name.utf8.count <= end && bytes[at..<(at + name.utf8.count)].elementsEqual(name.utf8)
  }

  private func separator(from first: Int) -> Int? {
    // Inside brackets a bare comma parts the members of a tuple.
    let allowed: WrittenNumber.Separators =
      openBrackets > 0 ? [.latex, .space, .narrow] : [.comma, .latex, .space, .narrow]
    guard
      let length = WrittenNumber.separator(in: bytes, at: at, end: end, first: first, allowed)
    else { return nil }
    // "1 234/567" is no thousands group.
    return peek() == .space && peek(length + 3) == .slash ? nil : length
  }

  private mutating func letters() {
    let first = at
    while at < end, bytes[at].isLetter || (bytes[at] == .apostrophe && textMode) { at += 1 }
    let run = String(decoding: bytes[first..<at], as: UTF8.self)
    // In text a single letter is a word ("a total"), unless it stands alone or in brackets: "(A)".
    let isChoice =
      tokens.last?.isSymbol("(") ?? false
      ? peek() == .closeParen
      : tokens.isEmpty
        && (at >= end
          || run.utf8.allSatisfy(\.isUpper)
            && (peek() == .colon || peek() == .closeParen || peek() == .dot || peek() == .comma))
        || run.utf8.allSatisfy(\.isUpper) && (tokens.last?.isSymbol(",") ?? false)
    if run.utf8.count == 1, !textMode || isChoice {
      // "3 x 4"
      let isTimes =
        run == "x" && space && tokens.last?.kind == .number && peek() == .space && peek(1).isDigit
      put(isTimes ? .symbol(.star) : .letter(run))
      return
    }
    let lower = run.lowercased()
    if AnswerWords.functions.contains(lower), !textMode || lower == "pi" {
      put(.command(lower))
      return
    }
    let isShort =
      !textMode && run.utf8.count == 2 && space && tokens.last?.kind == .number
      && AnswerWords.isNoWord(run) && !AnswerWords.isWord(lower)
    // "mg\\sin\\theta", "\\frac{mg}{k}": in front of a formula a unit is letters that multiply.
    let isFactor =
      AnswerWords.unitsOfLetters.contains(run) && tokens.last?.kind != .number
      && (peek() == .backslash || peek() == .closeBrace || peek() == .caret)
    let isProduct =
      !textMode && (run.utf8.count <= 3 || AnswerWords.isLongProduct(run))
      && (!AnswerWords.isWord(lower) || isFactor)
      && run.utf8.allSatisfy { AnswerWords.variables.contains($0) }
      && (!(space && tokens.last?.kind == .number) || AnswerWords.isNoWord(run))
    // "Rs 50"
    if isProduct || isShort, !(tokens.isEmpty && lower == "rs") {
      for byte in run.utf8 { put(.letter(String(decoding: [byte], as: UTF8.self))) }
    } else {
      put(.word(AnswerWords.megas.contains(run) ? "mega" + lower.dropFirst() : lower))
    }
  }

  private mutating func command() throws(Unreadable) {
    try command(behind: at + 1)
  }

  /// Reads a command whose name begins at a place.
  private mutating func command(behind start: Int) throws(Unreadable) {
    at = start
    guard at < end else { throw Unreadable(reason: "a command that is cut off") }
    let byte = bytes[at]
    guard byte.isLetter else {
      at += 1
      switch byte {
      case .openBrace: put(.symbol(1))
      case .closeBrace: put(.symbol(2))
      case .backslash:
        // "\\\\frac" of a text that was escaped twice; in a matrix it ends a row.
        if !hasRows, peek().isLetter { return try command(behind: at) }
        put(.symbol(3))
      case .percent, .bar: put(.symbol(byte))
      case .dollar: put(.currency("$"))
      default: space = true
      }
      return
    }
    let first = at
    while at < end, bytes[at].isLetter { at += 1 }
    var name = String(decoding: bytes[first..<at], as: UTF8.self)
    if name.hasPrefix("quad") {
      // "\\quadx": a space and a letter.
      at = first + 4
      name = "quad"
    }
    if name == "left" || name == "right" {
      if peek() == .dot { at += 1 }
      return
    }
    if name == "langle" || name == "rangle" {
      return put(.symbol(name == "langle" ? .openParen : .closeParen))
    }
    if name == "mp" { return put(.command("mp")) }
    if ["dots", "ldots", "cdots", "dotsc", "hdots"].contains(name) { return put(.command("dots")) }
    if AnswerWords.invisible.contains(name) {
      space = true
      return
    }
    if AnswerWords.textual.contains(name) || name == "boxed" || name == "fbox" {
      while peek() == .space { at += 1 }
      guard peek() == .openBrace, let close = closingBrace(of: bytes, at: at, end: end)
      else { return }
      guard depth < 40 else { throw Unreadable(reason: "nested too deeply") }
      var inner = AnswerLexer(
        bytes: bytes, range: (at + 1)..<close,
        textMode: AnswerWords.textual.contains(name) && name != "operatorname",
        dollarsAreMoney: dollarsAreMoney, hasRows: hasRows, depth: depth + 1)
      try inner.run()
      for (i, token) in inner.tokens.enumerated() {
        tokens.append(token)
        if i == 0 { tokens[tokens.count - 1].spaceBefore = true }
      }
      guard tokens.count < Self.tokenLimit else { throw Unreadable(reason: "too long") }
      at = close + 1
      space = true
      return
    }
    if let sign = MathSign.command(name) { putSign(sign) } else { put(AnswerWords.command(name)) }
  }

  private mutating func scalar() {
    let (value, length) = decodeScalar(bytes, at: at, end: end)
    at += length
    if let sign = MathSign.scalar(value) { return putSign(sign) }
    switch value {
    case 0x2026, 0x22EF: put(.command("dots"))
    case 0xFF08: put(.symbol(.openParen))
    case 0xFF09: put(.symbol(.closeParen))
    case 0xFF1F: put(.symbol(.question))
    case 0xFF0C, 0x3001: put(.symbol(.comma))
    case 0x2705, 0x2713, 0x2714, 0xFE0F, 0x1F389: space = true
    case 0x211D:
      put(.command("mathbb"))
      put(.letter("R"))
    case 0x391...0x3C9:
      put(.letter(Unicode.Scalar(value).map { String(Character($0)) } ?? "?"))
    default:
      let text = Unicode.Scalar(value).map { String(Character($0)).lowercased() } ?? "\u{FFFD}"
      if !space, case .word(let word)? = tokens.last?.kind {
        tokens[tokens.count - 1].kind = .word(word + text)
      } else {
        put(.word(text))
      }
    }
  }

  private mutating func putSign(_ sign: MathSign) {
    switch sign {
    case .space: space = true
    case .invisible: break
    case .times: put(.symbol(.star))
    case .divide: put(.symbol(.slash))
    case .minus, .dash: put(.symbol(.minus))
    case .percent: put(.symbol(.percent))
    case .less: put(.symbol(.less))
    case .greater: put(.symbol(.greater))
    case .fractionCommand: put(.command("frac"))
    case .root: put(.command("sqrt"))
    case .cubeRoot: put(.command("cbrt"))
    case .fourthRoot: put(.command("fourthroot"))
    case .pi: put(.command("pi"))
    case .infinity: put(.command("infty"))
    case .degree: put(.command("degree"))
    case .plusMinus: put(.command("pm"))
    case .prime: put(.command("prime"))
    case .approximately: put(.command("approx"))
    case .lessOrEqual: put(.command("le"))
    case .greaterOrEqual: put(.command("ge"))
    case .notEqual: put(.command("ne"))
    case .identical: put(.command("equiv"))
    case .arrow: put(.command("to"))
    case .element: put(.command("in"))
    case .union: put(.command("cup"))
    case .intersection: put(.command("cap"))
    case .emptySet: put(.command("emptyset"))
    case .bullet: put(.command("bullet"))
    case .currency(let sign): put(.currency(sign))
    case .cent: put(.word("cent"))
    case .fraction(let upper, let lower): put(.fraction(upper, lower))
    case .power(let digit): putDigit(digit, behind: .caret)
    case .subscripted(let digit): putDigit(digit, behind: .underscore)
    }
  }

  /// A raised or lowered digit as the mark and the number.
  private mutating func putDigit(_ digit: Int, behind mark: UInt8) {
    put(.symbol(mark))
    var token = AnswerToken(.number, spaceBefore: false)
    token.digits = String(digit)
    token.number = WrittenNumber(digits: token.digits.utf8)
    tokens.append(token)
  }
}

/// The place of the brace that closes the one at `at`; escaped braces do not count.
func closingBrace(of bytes: [UInt8], at: Int, end: Int) -> Int? {
  var (depth, i) = (0, at)
  while i < end {
    switch bytes[i] {
    case .backslash: i += 1
    case .openBrace: depth += 1
    case .closeBrace:
      depth -= 1
      if depth == 0 { return i }
    default: break
    }
    i += 1
  }
  return nil
}
