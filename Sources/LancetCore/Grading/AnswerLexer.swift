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
  private let bytes: [UInt8]
  private var at: Int
  private let end: Int
  private let textMode: Bool
  private let dollarsAreMoney: Bool
  private let depth: Int
  private(set) var tokens: [AnswerToken] = []
  private var space = false
  private var openBrackets = 0

  static func tokens(of text: String) throws(Unreadable) -> [AnswerToken] {
    let bytes = Array(text.utf8)
    var dollars = 0
    for (i, byte) in bytes.enumerated()
    where byte == UInt8(ascii: "$") && (i == 0 || bytes[i - 1] != UInt8(ascii: "\\")) {
      dollars += 1
    }
    var lexer = AnswerLexer(
      bytes: bytes, range: 0..<bytes.count, textMode: false, dollarsAreMoney: dollars % 2 == 1,
      depth: 0)
    try lexer.run()
    return lexer.tokens
  }

  private init(
    bytes: [UInt8], range: Range<Int>, textMode: Bool, dollarsAreMoney: Bool, depth: Int
  ) {
    self.bytes = bytes
    at = range.lowerBound
    end = range.upperBound
    self.textMode = textMode
    self.dollarsAreMoney = dollarsAreMoney
    self.depth = depth
  }

  private func peek(_ offset: Int = 0) -> UInt8 { at + offset < end ? bytes[at + offset] : 0 }

  private mutating func put(_ kind: AnswerToken.Kind) {
    switch kind {
    case .symbol(UInt8(ascii: "(")), .symbol(UInt8(ascii: "[")), .symbol(1): openBrackets += 1
    case .symbol(UInt8(ascii: ")")), .symbol(UInt8(ascii: "]")), .symbol(2): openBrackets -= 1
    default: break
    }
    tokens.append(AnswerToken(kind, spaceBefore: space))
    space = false
  }

  private mutating func run() throws(Unreadable) {
    while at < end {
      guard tokens.count < Self.tokenLimit else { throw Unreadable(reason: "too long") }
      let byte = bytes[at]
      switch byte {
      case 9, 10, 13, 32:
        space = true
        at += 1
      case UInt8(ascii: "\\"): try command()
      case UInt8(ascii: "$"):
        at += 1
        if dollarsAreMoney { put(.currency("$")) }
      case 48...57: number()
      case UInt8(ascii: ".") where peek(1).isDigit: number()
      case 65...90, 97...122: letters()
      case UInt8(ascii: "*") where peek(1) == UInt8(ascii: "*"):
        at += 2
        let power =
          (tokens.last.map { $0.kind == .number || $0.isSymbol(")") } ?? false)
          && (peek().isDigit || peek() == UInt8(ascii: "("))
        if power { put(.symbol(UInt8(ascii: "^"))) }
      case 33...126:
        at += 1
        if byte != UInt8(ascii: "\""), byte != UInt8(ascii: "`"), byte != UInt8(ascii: "#") {
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
    while at < end {
      let byte = bytes[at]
      if byte.isDigit {
        digits.append(byte)
        at += 1
      } else if byte == UInt8(ascii: "."), peek(1).isDigit, !digits.contains(UInt8(ascii: ".")) {
        digits.append(byte)
        at += 1
        thousands = false
      } else if byte == UInt8(ascii: "."), !digits.contains(UInt8(ascii: ".")), at > first,
        at + 1 >= end || !(bytes[at + 1].isLetter), at + 1 < end, bytes[at + 1] != 32
      {
        at += 1  // "5." before something else: a full stop that says nothing
        break
      } else if thousands, let skip = separator(digits: digits) {
        at += skip
      } else {
        break
      }
    }
    var token = AnswerToken(.number, spaceBefore: space)
    token.number = WrittenNumber(digits: digits)
    token.digits = String(decoding: digits, as: UTF8.self)
    // 1.5e-3
    if peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
      let sign = peek(1) == UInt8(ascii: "-") || peek(1) == UInt8(ascii: "+") ? 1 : 0
      var i = at + 1 + sign
      var exponent = 0
      while i < end, bytes[i].isDigit, exponent < 10_000 {
        exponent = exponent * 10 + Int(bytes[i] - 48)
        i += 1
      }
      if i > at + 1 + sign, i >= end || !bytes[i].isLetter, !(i < end && bytes[i].isDigit) {
        let negative = sign == 1 && peek(1) == UInt8(ascii: "-")
        at = i
        let scale = Rational(10).power(negative ? -exponent : exponent)
        token.number.value = scale.flatMap { token.number.value?.multiplied(by: $0) }
        token.number.hasPoint = true
        token.number.decimals += negative ? exponent : -min(exponent, token.number.decimals)
      }
    }
    tokens.append(token)
    space = false
  }

  /// The length of a thousands separator here: a comma, `{,}`, `\,`, `\!` or a narrow space between a group of one to
  /// three digits (three after the first) and exactly three digits.
  private func separator(digits: [UInt8]) -> Int? {
    var length = 0
    if peek() == UInt8(ascii: ",") {
      // Inside brackets a bare comma parts the members of a tuple.
      if openBrackets > 0 { return nil }
      length = peek(1) == UInt8(ascii: "\\") && peek(2) == UInt8(ascii: "!") ? 3 : 1
    } else if peek() == UInt8(ascii: "{"), peek(1) == UInt8(ascii: ","),
      peek(2) == UInt8(ascii: "}")
    {
      length = 3
    } else if peek() == UInt8(ascii: "\\"),
      peek(1) == UInt8(ascii: ",") || peek(1) == UInt8(ascii: "!") || peek(1) == 32
    {
      length = 2
    } else if peek() == 32 {
      length = 1
    } else if peek() == 0xC2, peek(1) == 0xA0 {
      length = 2
    } else if peek() == 0xE2, peek(1) == 0x80, peek(2) == 0x89 || peek(2) == 0xAF {
      length = 3
    }
    guard length > 0 else { return nil }
    // The group in front of the separator.
    let group = digits.count
    guard group >= 1, digits.first != 48 else { return nil }
    if group > 3 {
      // Further groups: the previous byte run must have been three digits long.
      var run = 0
      while run < 4, at - 1 - run >= 0, bytes[at - 1 - run].isDigit { run += 1 }
      guard run == 3 else { return nil }
    }
    guard peek(length).isDigit, peek(length + 1).isDigit, peek(length + 2).isDigit,
      !peek(length + 3).isDigit
    else { return nil }
    // "1 234/567" is no thousands group.
    if peek() == 32, peek(length + 3) == UInt8(ascii: "/") { return nil }
    return length
  }

  private mutating func letters() {
    let first = at
    while at < end, bytes[at].isLetter || (bytes[at] == UInt8(ascii: "'") && textMode) { at += 1 }
    let run = String(decoding: bytes[first..<at], as: UTF8.self)
    // In text a single letter is a word ("a total"), unless it stands alone or in brackets: "(A)".
    let isChoice =
      tokens.last?.isSymbol("(") ?? false
      ? peek() == UInt8(ascii: ")") : tokens.isEmpty && at >= end
    if run.utf8.count == 1, !textMode || isChoice {
      put(.letter(run))
      return
    }
    let lower = run.lowercased()
    if AnswerWords.functions.contains(lower), !textMode || lower == "pi" {
      put(.command(lower))
      return
    }
    let isProduct =
      !textMode && run.utf8.count <= 3 && !AnswerWords.isWord(lower)
      && run.utf8.allSatisfy { AnswerWords.variables.contains($0) }
      && !(space && tokens.last?.kind == .number)
    if isProduct {
      for byte in run.utf8 { put(.letter(String(decoding: [byte], as: UTF8.self))) }
    } else {
      put(.word(lower))
    }
  }

  private mutating func command() throws(Unreadable) {
    at += 1
    guard at < end else { return }
    let byte = bytes[at]
    guard byte.isLetter else {
      at += 1
      switch byte {
      case UInt8(ascii: "{"): put(.symbol(1))
      case UInt8(ascii: "}"): put(.symbol(2))
      case UInt8(ascii: "\\"): put(.symbol(3))
      case UInt8(ascii: "%"), UInt8(ascii: "|"): put(.symbol(byte))
      case UInt8(ascii: "$"): put(.currency("$"))
      default: space = true
      }
      return
    }
    let first = at
    while at < end, bytes[at].isLetter { at += 1 }
    let name = String(decoding: bytes[first..<at], as: UTF8.self)
    if name == "left" || name == "right" {
      if peek() == UInt8(ascii: ".") { at += 1 }
      return
    }
    if AnswerWords.invisible.contains(name) {
      space = true
      return
    }
    if AnswerWords.textual.contains(name) || name == "boxed" || name == "fbox" {
      while peek() == 32 { at += 1 }
      guard peek() == UInt8(ascii: "{"), let close = closingBrace(of: bytes, at: at, end: end)
      else { return }
      guard depth < 40 else { throw Unreadable(reason: "nested too deeply") }
      var inner = AnswerLexer(
        bytes: bytes, range: (at + 1)..<close, textMode: AnswerWords.textual.contains(name),
        dollarsAreMoney: dollarsAreMoney, depth: depth + 1)
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
    put(AnswerWords.command(name))
  }

  private mutating func scalar() {
    let (value, length) = decodeScalar(bytes, at: at, end: end)
    at += length
    switch value {
    case 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: space = true
    case 0x2010...0x2015, 0x2212: put(.symbol(UInt8(ascii: "-")))
    case 0xD7, 0x22C5, 0xB7, 0x2219, 0x2062: put(.symbol(UInt8(ascii: "*")))
    case 0xF7: put(.symbol(UInt8(ascii: "/")))
    case 0xB1: put(.command("pm"))
    case 0x221E: put(.command("infty"))
    case 0x222A: put(.command("cup"))
    case 0x221A: put(.command("sqrt"))
    case 0xB0, 0x2218: put(.command("degree"))
    case 0x2264: put(.command("le"))
    case 0x2265: put(.command("ge"))
    case 0x2260: put(.command("ne"))
    case 0x2248: put(.command("approx"))
    case 0x2208: put(.command("in"))
    case 0x20AC: put(.currency("€"))
    case 0xA3: put(.currency("£"))
    case 0xA5: put(.currency("¥"))
    case 0x20B9: put(.currency("₹"))
    case 0xA2: put(.word("cent"))
    case 0xBD: put(.fraction(1, 2))
    case 0xBC: put(.fraction(1, 4))
    case 0xBE: put(.fraction(3, 4))
    case 0x2153: put(.fraction(1, 3))
    case 0x2154: put(.fraction(2, 3))
    case 0x2155: put(.fraction(1, 5))
    case 0x215B: put(.fraction(1, 8))
    case 0xB2, 0xB3:
      put(.symbol(UInt8(ascii: "^")))
      var token = AnswerToken(.number, spaceBefore: false)
      token.number = WrittenNumber(digits: [value == 0xB2 ? 50 : 51])
      token.digits = value == 0xB2 ? "2" : "3"
      tokens.append(token)
    case 0x200B...0x200F, 0xFEFF, 0x2018...0x201F: break
    case 0x3C0: put(.command("pi"))
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
}

extension UInt8 {
  package var isDigit: Bool { self >= 48 && self <= 57 }
  package var isLetter: Bool { (self >= 65 && self <= 90) || (self >= 97 && self <= 122) }
  package var isBlank: Bool { self == 32 || self == 9 || self == 13 || self == 10 }
}

/// The scalar at a byte and its length; a byte that begins no scalar stands for itself.
func decodeScalar(_ bytes: [UInt8], at: Int, end: Int) -> (UInt32, Int) {
  let first = bytes[at]
  let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
  guard length > 1, at + length <= end else { return (UInt32(first), 1) }
  var value = UInt32(first) & (0xFF >> UInt32(length + 1))
  for i in 1..<length { value = value << 6 | UInt32(bytes[at + i] & 0x3F) }
  return (value, length)
}

/// The place of the brace that closes the one at `at`; escaped braces do not count.
func closingBrace(of bytes: [UInt8], at: Int, end: Int) -> Int? {
  var (depth, i) = (0, at)
  while i < end {
    switch bytes[i] {
    case UInt8(ascii: "\\"): i += 1
    case UInt8(ascii: "{"): depth += 1
    case UInt8(ascii: "}"):
      depth -= 1
      if depth == 0 { return i }
    default: break
    }
    i += 1
  }
  return nil
}
