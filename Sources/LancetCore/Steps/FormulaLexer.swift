// Bytes to formula tokens.

/// Reads the tokens of a whole text.
struct FormulaLexer {
  let bytes: [UInt8]
  var tokens: [FormulaToken] = []
  var numbers: [FormulaNumber] = []
  var at = 0
  var end = 0
  var space = true
  var inMath = false

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

  mutating func delimiter(_ range: Range<Int>) {
    tokens.append(
      FormulaToken(
        kind: .delimiter, start: range.lowerBound, end: range.upperBound, spaceBefore: space,
        inMath: false))
    space = false
  }

  func peek(_ offset: Int = 0) -> UInt8 { at + offset < end ? bytes[at + offset] : 0 }

  mutating func put(_ kind: FormulaToken.Kind, _ length: Int) {
    tokens.append(
      FormulaToken(kind: kind, start: at, end: at + length, spaceBefore: space, inMath: inMath))
    at += length
    space = false
  }

  mutating func skip(_ length: Int) {
    at += length
    space = true
  }

  mutating func read(_ range: Range<Int>, math: Bool) {
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

  mutating func sign(_ byte: UInt8) {
    let isBullet = [.minus, .plus, .star].contains(byte)
    if isBullet, !inMath, peek(1) == 32, opensLine || opensItem { return put(.separator, 1) }
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
    case .openParen where loweredText(bytes, at..<min(at + 5, end)) == "(mod ": put(.modulus, 4)
    case .openParen, .openBracket, .openBrace: put(.open(byte), 1)
    case .closeParen, .closeBracket, .closeBrace: put(.close(byte), 1)
    case .bar: put(.bar, 1)
    case .percent: put(.percent, 1)
    // "4!!" is not (4!)!.
    case .exclamation:
      peek(1) == byte ? put(.unreadable, 2) : put(peek(1) == .equals ? .unreadable : .bang, 1)
    case .ampersand, .tilde: skip(1)
    case .dollar: skip(1)
    case .dot:
      put(peek(1) == byte ? .unreadable : .separator, 1)
    case .comma: put(.comma, 1)
    case .underscore: put(.subscripted, 1)
    // "x:15" is a ratio.
    case .colon where tokens.last?.kind.isLetter ?? false && !space && peek(1).isDigit:
      put(.unreadable, 1)
    case .semicolon, .question, .colon: put(.separator, 1)
    default: put(.unreadable, 1)
    }
  }

  var opensLine: Bool {
    guard let last = tokens.last else { return true }
    return last.kind == .newline
  }

  /// Whether a sign with spaces around has nothing in front that it could act on: a dash, or the bullet of a list that
  /// lost its line ends ("compute both: - \\(5 + 3 = 8\\)").
  var opensItem: Bool {
    guard space else { return false }
    switch tokens.last?.kind {
    case .separator, .word, .comma: return true
    default: return false
    }
  }

  mutating func angle(_ byte: UInt8) {
    // A calculator mark belongs to another reader.
    if byte == .less, peek(1) == byte {
      var i = at + 2
      while i + 1 < end, bytes[i] != 10, i - at < 120 {
        if bytes[i] == .greater, bytes[i + 1] == .greater {
          put(.word, i + 2 - at)
          return
        }
        i += 1
      }
    }
    put(.otherRelation, peek(1) == .equals ? 2 : 1)
  }

  /// 。、（ and the like, × and ÷.
  func isWidePunctuation(_ i: Int) -> Bool {
    bytes[i] == 0xEF || bytes[i] == 0xE3 && i + 1 < end && bytes[i + 1] == 0x80
      || bytes[i] == 0xC3 && i + 1 < end && (bytes[i + 1] == 0x97 || bytes[i + 1] == 0xB7)
  }

  /// Letters outside mathematics: a word, or an unknown with a digit behind or alone.
  mutating func word() {
    var i = at
    while i < end, bytes[i].isLetter || bytes[i].isHigh && !isWidePunctuation(i) { i += 1 }
    let length = i - at
    let isArticle = length == 1 && (bytes[at] | 32 == 97 || bytes[at] == 73)
    if length == 1, !isArticle || !(i >= end || bytes[i].isBlank) {
      if i < end, bytes[i] == .apostrophe { return put(.word, 1) }
      return letter()
    }
    while i < end,
      bytes[i].isLetter || bytes[i] == 39 || bytes[i] == 45
        || bytes[i].isHigh && !isWidePunctuation(i)
    {
      i += 1
    }
    if i < end, bytes[i] == .openParen, let joint = Self.joints[loweredText(bytes, at..<i)] {
      return put(.joint(joint), i - at)
    }
    let isOperator = tokens.last?.kind.isOperand ?? false
    if isOperator, i - at == 3 || i - at == 6,
      ["mod", "modulo"].contains(loweredText(bytes, at..<i))
    {
      return put(.remainder, i - at)
    }
    put(.word, i - at)
  }

  mutating func letter() {
    if inMath {
      // Several letters that spell a word are a name.
      var i = at
      while i < end, bytes[i].isLetter { i += 1 }
      if i - at >= 4 { return put(.text, i - at) }
    }
    unknown(length: 1)
  }

  /// An unknown of so many bytes with its subscript.
  mutating func unknown(length: Int) {
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
    // "5C2"
    if isDigitBehind, bytes[at] == UInt8(ascii: "C"), !space, case .number = tokens.last?.kind {
      return put(.letter("C"), 1)
    }
    if isDigitBehind { return put(.word, i - at) }
    put(.letter(String(decoding: bytes[at..<i], as: UTF8.self)), i - at)
  }

  mutating func scalar() {
    let (value, length) = decodeScalar(bytes, at: at, end: end)
    if let sign = MathSign.scalar(value) { return putSign(sign, length) }
    switch value {
    case 0xC0...0x24F, 0x3040...0x9FFF, 0xAC00...0xD7AF: inMath ? put(.unreadable, length) : word()
    case 0x3B1...0x3C9:
      put(.letter(String(decoding: bytes[at..<(at + length)], as: UTF8.self)), length)
    case 0xFF0C, 0x3002, 0xFF1B, 0xFF1A: put(.separator, length)
    default: put(.unreadable, length)
    }
  }

  /// A sign, whether it is a character or a command.
  mutating func putSign(_ sign: MathSign, _ length: Int) {
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

  mutating func small(_ value: Int, _ length: Int) {
    numbers.append(
      FormulaNumber(value: Rational(value), decimals: 0, hasPoint: false, slack: 0))
    put(.number(numbers.count - 1), length)
  }
}
