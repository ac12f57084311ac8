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
  let bytes: [UInt8]
  var at: Int
  let end: Int
  private let textMode: Bool
  private let dollarsAreMoney: Bool
  let depth: Int
  var tokens: [AnswerToken] = []
  var space = false
  var openBrackets = 0
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

  init(
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

  func peek(_ offset: Int = 0) -> UInt8 { at + offset < end ? bytes[at + offset] : 0 }

  mutating func put(_ kind: AnswerToken.Kind) {
    switch kind {
    case .symbol(.openParen), .symbol(.openBracket), .symbol(1): openBrackets += 1
    case .symbol(.closeParen), .symbol(.closeBracket), .symbol(2): openBrackets -= 1
    default: break
    }
    tokens.append(AnswerToken(kind, spaceBefore: space))
    space = false
  }

  mutating func run() throws(Unreadable) {
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

  mutating func letters() {
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

  mutating func command() throws(Unreadable) {
    try command(behind: at + 1)
  }

  /// Reads a command whose name begins at a place.
  mutating func command(behind start: Int) throws(Unreadable) {
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
