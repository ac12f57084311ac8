// A trace taken apart into the tokens that arithmetic in prose, LaTeX and calculator marks is made of.

/// One token of a trace.
struct ProseToken {
  enum Kind: Equatable {
    case number
    /// `+ - * / ^`.
    case op(UInt8)
    case open, close
    /// `=`, `≈` (approximate), or another relation, which parts expressions.
    case equals, approximately, otherRelation
    case percent, currency
    case word
    /// A single letter that may be a variable.
    case letter(UInt8)
    case frac, sqrt, pi
    /// A calculator mark; its inner range is `inner`.
    case mark
    /// `, ; :`
    case comma
    case newline, stop
    /// Something that makes the neighbourhood doubtful: a time of day, an ordinal, an unknown sign.
    case other
  }
  var kind: Kind
  var start: Int
  var end: Int
  var spaceBefore: Bool
  /// The index of the written number, for numbers.
  var number = 0
}

/// Reads the tokens of a piece of a trace.
struct ProseLexer {
  let bytes: [UInt8]
  private(set) var tokens: [ProseToken] = []
  private(set) var numbers: [WrittenNumber] = []
  private var at: Int
  private let end: Int
  private var space = true
  /// For each open brace, whether its closing one is shown.
  private var braces: [Bool] = []
  private let inMark: Bool

  init(_ bytes: [UInt8], range: Range<Int>, inMark: Bool = false) {
    self.bytes = bytes
    at = range.lowerBound
    end = range.upperBound
    self.inMark = inMark
    tokens.reserveCapacity(range.count / 4)
    run()
  }

  private func peek(_ offset: Int = 0) -> UInt8 { at + offset < end ? bytes[at + offset] : 0 }

  private mutating func put(_ kind: ProseToken.Kind, _ length: Int) {
    tokens.append(ProseToken(kind: kind, start: at, end: at + length, spaceBefore: space))
    at += length
    space = false
  }

  private mutating func run() {
    while at < end {
      let byte = bytes[at]
      switch byte {
      case .newline, .carriageReturn:
        put(.newline, 1)
        space = true
      case .space, .tab:
        at += 1
        space = true
      case _ where byte.isDigit: number()
      case .dot where peek(1).isDigit && !(at > 0 && bytes[at - 1].isDigit): number()
      case _ where byte.isLetter: word()
      case .backslash: command()
      case 128...: scalar()
      default: sign(byte)
      }
    }
  }

  private mutating func sign(_ byte: UInt8) {
    switch byte {
    case .plus, .slash, .caret: put(.op(byte), 1)
    case .minus:
      // "12-mile" is a number and its unit; "-->" is an arrow.
      if peek(1) == .greater || peek(1) == byte {
        put(.otherRelation, peek(1) == byte && peek(2) == .greater ? 3 : 2)
      } else if !space, peek(1).isLetter, tokens.last?.kind == .number {
        at += 1
        space = true
      } else {
        put(.op(byte), 1)
      }
    case .star:
      guard peek(1) == byte else { return put(.op(byte), 1) }
      let last = tokens.last?.kind
      if last == .number || last == .close, !space,
        peek(2).isDigit || peek(2) == .openParen
      {
        put(.op(.caret), 2)
      } else {
        at += 2
      }
    case .equals:
      if peek(1) == byte {
        put(.equals, 2)
      } else if peek(1) == .greater {
        put(.otherRelation, 2)
      } else {
        put(.equals, 1)
      }
    case .tilde:
      if peek(1) == .equals { put(.approximately, 2) } else { at += 1 }
    case .exclamation:
      if peek(1) == .equals {
        put(.otherRelation, 2)
      } else if tokens.last?.kind == .number, !space, peek(1) != .newline, at + 1 < end {
        put(.other, 1)
      } else {
        put(.stop, 1)
      }
    case .less, .greater: angle(byte)
    case .openParen, .openBracket: put(.open, 1)
    case .closeParen, .closeBracket: put(.close, 1)
    case .openBrace:
      // Braces group only behind \frac, \sqrt and ^.
      let groups: Bool
      switch tokens.last?.kind {
      case .frac, .sqrt, .op(.caret): groups = true
      case .close:
        groups =
          bytes[(tokens.last?.end ?? 1) - 1] == .closeBrace && tokens.last?.end == at
      default: groups = false
      }
      braces.append(groups)
      if groups { put(.open, 1) } else { at += 1 }
    case .closeBrace:
      if braces.popLast() ?? false { put(.close, 1) } else { at += 1 }
    case .percent: put(.percent, 1)
    case .dollar:
      if peek(1).isDigit || peek(1) == .dot { put(.currency, 1) } else { at += 1 }
    case .dot:
      if at + 1 >= end || peek(1).isBlank || peek(1) == .dot {
        put(.stop, 1)
      } else {
        put(.comma, 1)
      }
    case .question: put(.stop, 1)
    case .comma, .semicolon, .colon: put(.comma, 1)
    case .ampersand, .quote, .apostrophe, .backtick: at += 1
    default: put(.other, 1)
    }
  }

  private mutating func angle(_ byte: UInt8) {
    if byte == .less, peek(1) == byte, !inMark {
      var i = at + 2
      while i + 1 < end, bytes[i] != .newline, i - at < 120 {
        if bytes[i] == .greater, bytes[i + 1] == .greater {
          put(.mark, i + 2 - at)
          return
        }
        i += 1
      }
    }
    put(.otherRelation, peek(1) == .equals ? 2 : 1)
  }

  private mutating func number() {
    let first = at
    var hasPoint = false
    while at < end {
      let byte = bytes[at]
      if byte.isDigit {
        at += 1
      } else if byte == .dot, !hasPoint, peek(1).isDigit {
        hasPoint = true
        at += 1
      } else if !hasPoint, let length = separator(from: first) {
        at += length
      } else {
        break
      }
    }
    let stop = at
    at = first
    // Times of day and ratios, ordinals, 2.5.1
    if stop + 1 < end, bytes[stop] == .colon || bytes[stop] == .dot,
      bytes[stop + 1].isDigit
    {
      put(.other, stop - first)
      return
    }
    // "0.(3)" repeats its digits.
    if stop + 2 < end, !hasPoint, bytes[stop] == UInt8(ascii: "."), bytes[stop + 1] == 40,
      bytes[stop + 2].isDigit
    {
      put(.other, stop - first)
      return
    }
    // "33.33..." says that digits are missing.
    if stop + 1 < end, bytes[stop] == .dot, bytes[stop + 1] == .dot {
      put(.other, stop - first)
      return
    }
    if stop + 1 < end, bytes[stop].isLetter, WrittenNumber.isOrdinal(bytes[stop], bytes[stop + 1]),
      stop + 2 >= end || !bytes[stop + 2].isLetter
    {
      put(.other, stop + 2 - first)
      return
    }
    var token = ProseToken(kind: .number, start: first, end: stop, spaceBefore: space)
    token.number = numbers.count
    numbers.append(WrittenNumber(digits: bytes[first..<stop]))
    tokens.append(token)
    at = stop
    space = false
  }

  private func separator(from first: Int) -> Int? {
    var allowed: WrittenNumber.Separators = [.comma, .latex]
    // "$350 000"
    if tokens.last?.kind == .currency, tokens.last?.end == first { allowed.insert(.space) }
    return WrittenNumber.separator(in: bytes, at: at, end: end, first: first, allowed)
  }

  private func isWideSign(_ byte: UInt8, _ next: UInt8) -> Bool {
    byte == 0xE3 && next == 0x80 || byte == 0xC3 && (next == 0x97 || next == 0xB7)
  }

  /// Operators in Chinese, where they stand alone between numbers.
  private static let chinese: [String: ProseToken.Kind] = [
    "加": .op(.plus), "加上": .op(.plus), "减": .op(.minus), "减去": .op(.minus), "乘": .op(.star),
    "乘以": .op(.star), "除以": .op(.slash), "等于": .equals,
  ]

  private mutating func word() {
    var i = at
    while i < end {
      let byte = bytes[i]
      // 。 and （ are no letters, nor are × and ÷.
      if byte == 0xEF || i + 1 < end && isWideSign(byte, bytes[i + 1]) { break }
      if byte.isLetter || byte >= 0xC3 && byte != 0xE2 || (byte >= 0x80 && byte < 0xC0 && i > at) {
        i += 1
      } else if byte == .apostrophe || byte == .minus, i + 1 < end,
        bytes[i + 1].isLetter, i > at + 1 || byte == .apostrophe
      {
        i += 1
      } else if byte == 0xE2, i + 2 < end, bytes[i + 1] == 0x80, bytes[i + 2] == 0x99 {
        i += 3
      } else {
        break
      }
    }
    let length = i - at
    if length == 1 {
      let letter = bytes[at]
      let isArticle =
        letter == UInt8(ascii: "A") || letter == UInt8(ascii: "a") || letter == UInt8(ascii: "I")
      put(isArticle && space && (i >= end || bytes[i] == .space) ? .word : .letter(letter), 1)
      return
    }
    if length == 0 { return put(.other, 1) }
    // "x2", "A1": a name.
    if i < end, bytes[i].isDigit, bytes[i - 1].isLetter {
      while i < end, bytes[i].isDigit { i += 1 }
      put(.other, i - at)
      return
    }
    if length <= 9, bytes[at] >= 0xE4,
      let kind = Self.chinese[String(decoding: bytes[at..<i], as: UTF8.self)]
    {
      return put(kind, length)
    }
    guard "pmteds".utf8.contains(bytes[at].lowercased) else { return put(.word, length) }
    switch lowered(at, i) {
    case "percent" where tokens.last?.kind == .number: put(.percent, length)
    case "sqrt" where i < end && bytes[i] == .openParen: put(.sqrt, length)
    case "plus": put(.op(.plus), length)
    case "minus": put(.op(.minus), length)
    case "times": put(.op(.star), length)
    case "equals": put(.equals, length)
    case "divided" where matches(" by ", i): put(.op(.slash), length + 3)
    case "multiplied" where matches(" by ", i): put(.op(.star), length + 3)
    default: put(.word, length)
    }
  }

  /// The ASCII text in lower case, for short words; empty for long ones.
  private func lowered(_ low: Int, _ high: Int) -> String {
    guard high - low <= 10, high - low >= 4 else { return "" }
    return loweredText(bytes, low..<high)
  }

  private func matches(_ text: StaticString, _ place: Int) -> Bool {
    guard place + text.utf8CodeUnitCount <= end else { return false }
    return text.withUTF8Buffer { buffer in
      for i in 0..<buffer.count where bytes[place + i] != buffer[i] { return false }
      return true
    }
  }

  private mutating func command() {
    var i = at + 1
    while i < end, bytes[i].isLetter { i += 1 }
    if i == at + 1 {
      // \$ \% \, \( \\ …
      let next = peek(1)
      at += 1
      switch next {
      case .percent: put(.percent, 1)
      case .dollar: put(.currency, 1)
      case .backslash:
        put(.newline, 1)
        space = true
      case 0: break
      case UInt8(ascii: ")"), UInt8(ascii: "]"):
        // Two formulas beside each other are two chains.
        if opensFormula(at + 1) { put(.stop, 1) } else { at += 1 }
        space = true
      default:
        at += 1
        space = true
      }
      return
    }
    let length = i - at
    let name = String(decoding: bytes[(at + 1)..<i], as: UTF8.self)
    if let sign = MathSign.command(name) { return putSign(sign, length) }
    switch name {
    case "left", "right", "displaystyle", "quad", "qquad", "boxed", "fbox", "text", "textbf",
      "mathrm", "mathbf", "textit", "mbox", "textrm", "big", "Big", "bigl", "bigr", "Bigl", "Bigr":
      skip(length)
    default: put(.other, length)
    }
  }

  /// Whether only white space stands between a place and an opening delimiter.
  private func opensFormula(_ place: Int) -> Bool {
    var i = place
    while i < end, bytes[i].isBlank { i += 1 }
    return i + 1 < end && bytes[i] == 92 && (bytes[i + 1] == 40 || bytes[i + 1] == 91)
  }

  private mutating func scalar() {
    let (value, length) = decodeScalar(bytes, at: at, end: end)
    if let sign = MathSign.scalar(value) { return putSign(sign, length) }
    switch value {
    case 0x3002, 0xFF01, 0xFF1F: put(.stop, length)
    case 0xFF0C, 0xFF1A, 0xFF1B, 0x3001: put(.comma, length)
    case 0xFF08: put(.open, length)
    case 0xFF09: put(.close, length)
    case 0xFF1D: put(.equals, length)
    case 0xFF0B: put(.op(.plus), length)
    case 0xC0...0x24F, 0x370...0x1FFF, 0x3040...0x9FFF, 0xAC00...0xD7AF: word()
    default: put(.other, length)
    }
  }

  /// Passes over what stands for white space.
  private mutating func skip(_ length: Int) {
    at += length
    space = true
  }

  private mutating func putSign(_ sign: MathSign, _ length: Int) {
    switch sign {
    case .times: put(.op(.star), length)
    case .divide: put(.op(.slash), length)
    case .minus: put(.op(.minus), length)
    case .fractionCommand: put(.frac, length)
    case .root: put(.sqrt, length)
    case .pi: put(.pi, length)
    case .percent: put(.percent, length)
    case .approximately: put(.approximately, length)
    case .less, .greater, .lessOrEqual, .greaterOrEqual, .notEqual, .identical, .arrow:
      put(.otherRelation, length)
    case .currency: put(.currency, length)
    case .space, .bullet: skip(length)
    case .invisible: at += length
    case .dash, .power, .subscripted, .fraction, .cubeRoot, .fourthRoot, .infinity, .degree,
      .plusMinus, .prime, .element, .union, .intersection, .emptySet, .cent:
      put(.other, length)
    }
  }
}
