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
      case 10, 13:
        put(.newline, 1)
        space = true
      case 32, 9:
        at += 1
        space = true
      case 48...57: number()
      case UInt8(ascii: ".") where peek(1).isDigit && !(at > 0 && bytes[at - 1].isDigit): number()
      case 65...90, 97...122: word()
      case UInt8(ascii: "\\"): command()
      case 128...: scalar()
      default: sign(byte)
      }
    }
  }

  private mutating func sign(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "^"): put(.op(byte), 1)
    case UInt8(ascii: "-"):
      // "12-mile" is a number and its unit; "-->" is an arrow.
      if peek(1) == UInt8(ascii: ">") || peek(1) == byte {
        put(.otherRelation, peek(1) == byte && peek(2) == UInt8(ascii: ">") ? 3 : 2)
      } else if !space, peek(1).isLetter, tokens.last?.kind == .number {
        at += 1
        space = true
      } else {
        put(.op(byte), 1)
      }
    case UInt8(ascii: "*"):
      guard peek(1) == byte else { return put(.op(byte), 1) }
      let last = tokens.last?.kind
      if last == .number || last == .close, !space,
        peek(2).isDigit || peek(2) == UInt8(ascii: "(")
      {
        put(.op(UInt8(ascii: "^")), 2)
      } else {
        at += 2
      }
    case UInt8(ascii: "="):
      if peek(1) == byte {
        put(.equals, 2)
      } else if peek(1) == UInt8(ascii: ">") {
        put(.otherRelation, 2)
      } else {
        put(.equals, 1)
      }
    case UInt8(ascii: "~"):
      if peek(1) == UInt8(ascii: "=") { put(.approximately, 2) } else { at += 1 }
    case UInt8(ascii: "!"):
      if peek(1) == UInt8(ascii: "=") {
        put(.otherRelation, 2)
      } else if tokens.last?.kind == .number, !space, peek(1) != 10, at + 1 < end {
        put(.other, 1)
      } else {
        put(.stop, 1)
      }
    case UInt8(ascii: "<"), UInt8(ascii: ">"): angle(byte)
    case UInt8(ascii: "("), UInt8(ascii: "["): put(.open, 1)
    case UInt8(ascii: ")"), UInt8(ascii: "]"): put(.close, 1)
    case UInt8(ascii: "{"):
      // Braces group only behind \frac, \sqrt and ^.
      let groups: Bool
      switch tokens.last?.kind {
      case .frac, .sqrt, .op(UInt8(ascii: "^")): groups = true
      case .close:
        groups =
          bytes[(tokens.last?.end ?? 1) - 1] == UInt8(ascii: "}") && tokens.last?.end == at
      default: groups = false
      }
      braces.append(groups)
      if groups { put(.open, 1) } else { at += 1 }
    case UInt8(ascii: "}"):
      if braces.popLast() ?? false { put(.close, 1) } else { at += 1 }
    case UInt8(ascii: "%"): put(.percent, 1)
    case UInt8(ascii: "$"):
      if peek(1).isDigit || peek(1) == UInt8(ascii: ".") { put(.currency, 1) } else { at += 1 }
    case UInt8(ascii: "."):
      if at + 1 >= end || peek(1).isBlank || peek(1) == UInt8(ascii: ".") {
        put(.stop, 1)
      } else {
        put(.comma, 1)
      }
    case UInt8(ascii: "?"): put(.stop, 1)
    case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"): put(.comma, 1)
    case UInt8(ascii: "&"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): at += 1
    default: put(.other, 1)
    }
  }

  private mutating func angle(_ byte: UInt8) {
    if byte == UInt8(ascii: "<"), peek(1) == byte, !inMark {
      var i = at + 2
      while i + 1 < end, bytes[i] != 10, i - at < 400 {
        if bytes[i] == UInt8(ascii: ">"), bytes[i + 1] == UInt8(ascii: ">") {
          put(.mark, i + 2 - at)
          return
        }
        i += 1
      }
    }
    put(.otherRelation, peek(1) == UInt8(ascii: "=") ? 2 : 1)
  }

  private mutating func number() {
    let first = at
    var hasPoint = false
    while at < end {
      let byte = bytes[at]
      if byte.isDigit {
        at += 1
      } else if byte == UInt8(ascii: "."), !hasPoint, peek(1).isDigit {
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
    if stop + 1 < end, bytes[stop] == UInt8(ascii: ":") || bytes[stop] == UInt8(ascii: "."),
      bytes[stop + 1].isDigit
    {
      put(.other, stop - first)
      return
    }
    // "33.33..." says that digits are missing.
    if stop + 1 < end, bytes[stop] == UInt8(ascii: "."), bytes[stop + 1] == UInt8(ascii: ".") {
      put(.other, stop - first)
      return
    }
    if stop + 1 < end, bytes[stop].isLetter, isOrdinal(bytes[stop] | 32, bytes[stop + 1] | 32),
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

  /// "st", "nd", "rd", "th".
  private func isOrdinal(_ a: UInt8, _ b: UInt8) -> Bool {
    (a == 115 && b == 116) || ((a == 110 || a == 114) && b == 100) || (a == 116 && b == 104)
  }

  /// The length of a thousands separator in front of exactly three digits.
  private func separator(from first: Int) -> Int? {
    var length = 0
    if peek() == UInt8(ascii: ",") {
      length = 1
    } else if peek() == UInt8(ascii: "{"), peek(1) == UInt8(ascii: ","),
      peek(2) == UInt8(ascii: "}")
    {
      length = 3
    } else if peek() == UInt8(ascii: "\\"), peek(1) == UInt8(ascii: ",") {
      length = 2
    } else if peek() == 32, tokens.last?.kind == .currency, tokens.last?.end == first {
      length = 1  // "$350 000"
    }
    guard length > 0, peek(length).isDigit, peek(length + 1).isDigit, peek(length + 2).isDigit,
      !peek(length + 3).isDigit
    else { return nil }
    var run = 0
    while run < 4, at - 1 - run >= first, bytes[at - 1 - run].isDigit { run += 1 }
    let isFirstGroup = at - run == first
    return (isFirstGroup ? run >= 1 && run <= 3 : run == 3) ? length : nil
  }

  private mutating func word() {
    var i = at
    while i < end {
      let byte = bytes[i]
      if byte.isLetter || byte >= 0xC3 && byte != 0xE2 || (byte >= 0x80 && byte < 0xC0 && i > at) {
        i += 1
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "-"), i + 1 < end,
        bytes[i + 1].isLetter, i > at + 1 || byte == UInt8(ascii: "'")
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
      let isArticle = letter == 65 || letter == 97 || letter == 73
      put(isArticle && space && (i >= end || bytes[i] == 32) ? .word : .letter(letter), 1)
      return
    }
    // "x2", "A1": a name.
    if i < end, bytes[i].isDigit {
      while i < end, bytes[i].isDigit { i += 1 }
      put(.other, i - at)
      return
    }
    let first = bytes[at] | 32
    guard first == 112 || first == 109 || first == 116 || first == 101 || first == 100 else {
      return put(.word, length)
    }
    switch lowered(at, i) {
    case "plus": put(.op(UInt8(ascii: "+")), length)
    case "minus": put(.op(UInt8(ascii: "-")), length)
    case "times": put(.op(UInt8(ascii: "*")), length)
    case "equals": put(.equals, length)
    case "divided" where matches(" by ", i): put(.op(UInt8(ascii: "/")), length + 3)
    case "multiplied" where matches(" by ", i): put(.op(UInt8(ascii: "*")), length + 3)
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
      case UInt8(ascii: "%"): put(.percent, 1)
      case UInt8(ascii: "$"): put(.currency, 1)
      case UInt8(ascii: "\\"):
        put(.newline, 1)
        space = true
      case 0: break
      default:
        at += 1
        space = true
      }
      return
    }
    let length = i - at
    switch String(decoding: bytes[(at + 1)..<i], as: UTF8.self) {
    case "times", "cdot", "ast": put(.op(UInt8(ascii: "*")), length)
    case "div": put(.op(UInt8(ascii: "/")), length)
    case "frac", "dfrac", "tfrac", "cfrac": put(.frac, length)
    case "sqrt": put(.sqrt, length)
    case "pi": put(.pi, length)
    case "approx", "simeq": put(.approximately, length)
    case "le", "leq", "ge", "geq", "lt", "gt", "ne", "neq", "to", "Rightarrow", "implies",
      "rightarrow", "Longrightarrow", "equiv", "iff":
      put(.otherRelation, length)
    case "left", "right", "displaystyle", "quad", "qquad", "boxed", "fbox", "text", "textbf",
      "mathrm", "mathbf", "textit", "mbox", "textrm", "big", "Big", "bigl", "bigr", "Bigl", "Bigr":
      at += length
      space = true
    case "circ", "pm", "mp", "log", "ln", "sin", "cos", "tan", "binom", "sum", "prod", "int":
      put(.other, length)
    default: put(.other, length)
    }
  }

  private mutating func scalar() {
    let (value, length) = decodeScalar(bytes, at: at, end: end)
    switch value {
    case 0xD7, 0x22C5, 0xB7, 0x2219: put(.op(UInt8(ascii: "*")), length)
    case 0xF7: put(.op(UInt8(ascii: "/")), length)
    case 0x2212, 0x2013, 0x2010, 0x2011: put(.op(UInt8(ascii: "-")), length)
    case 0x2248: put(.approximately, length)
    case 0x2260, 0x2264, 0x2265, 0x2192, 0x21D2: put(.otherRelation, length)
    case 0x20AC, 0xA3, 0xA5, 0x20B9: put(.currency, length)
    case 0x3C0: put(.pi, length)
    case 0xA0, 0x2000...0x200F, 0x202F, 0x3000, 0xFEFF:
      at += length
      space = true
    case 0x2018...0x201F: at += length
    case 0x2022, 0x25CF, 0x2023:
      at += length  // bullets
      space = true
    case 0xC0...0x24F, 0x370...0x1FFF, 0x3040...0x9FFF, 0xAC00...0xD7AF: word()
    default: put(.other, length)
    }
  }
}
