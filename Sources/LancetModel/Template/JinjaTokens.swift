// The inside of a tag cut into tokens: names, numbers and strings with Python's escapes, and the symbols between them.

/// One token of a tag.
struct JinjaToken: Sendable {
  enum Kind: Sendable, Equatable {
    case name(String)
    case string(String)
    case int(Int)
    case double(Double)
    /// Punctuation and operators.
    case symbol(String)
  }

  let kind: Kind
  let line: Int
}

extension JinjaLexer {
  private static let symbols = [
    "==", "!=", "<=", ">=", "//", "**", "+", "-", "*", "/", "%", "~", "<", ">", "=", "(", ")", "[",
    "]", "{", "}", ",", ":", ".", "|", ";",
  ]

  mutating func token() throws(ModelError) -> JinjaToken {
    let first = source[at]
    let start = at
    let tokenLine = line
    if first == "_" || first.properties.isXIDStart {
      while at < source.count, source[at] == "_" || source[at].properties.isXIDContinue { at += 1 }
      return JinjaToken(kind: .name(text(start, at)), line: tokenLine)
    }
    if first == "\"" || first == "'" { return try string(quote: first) }
    if "0"..."9" ~= first { return try number() }
    for symbol in Self.symbols where starts(symbol, at: at) {
      at += symbol.unicodeScalars.count
      return JinjaToken(kind: .symbol(symbol), line: tokenLine)
    }
    throw failure("unexpected character U+\(String(first.value, radix: 16, uppercase: true))")
  }

  private func text(_ start: Int, _ end: Int) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: source[start..<end])
    return String(view)
  }

  private mutating func number() throws(ModelError) -> JinjaToken {
    let start = at
    while at < source.count, "0"..."9" ~= source[at] || source[at] == "_" { at += 1 }
    var isDouble = false
    if at + 1 < source.count, source[at] == ".", "0"..."9" ~= source[at + 1] {
      isDouble = true
      at += 1
      while at < source.count, "0"..."9" ~= source[at] { at += 1 }
    }
    if at < source.count, source[at] == "e" || source[at] == "E" {
      var exponent = at + 1
      if exponent < source.count, source[exponent] == "-" || source[exponent] == "+" {
        exponent += 1
      }
      if exponent < source.count, "0"..."9" ~= source[exponent] {
        isDouble = true
        at = exponent
        while at < source.count, "0"..."9" ~= source[at] { at += 1 }
      }
    }
    let digits = text(start, at).filter { $0 != "_" }
    if isDouble, let value = Double(digits) { return JinjaToken(kind: .double(value), line: line) }
    guard let value = Int(digits) else {
      throw failure("the number \(digits.prefix(30)) is too large")
    }
    return JinjaToken(kind: .int(value), line: line)
  }

  private mutating func string(quote: UnicodeScalar) throws(ModelError) -> JinjaToken {
    let tokenLine = line
    var out = String.UnicodeScalarView()
    at += 1
    while at < source.count, source[at] != quote {
      if source[at] == "\n" { line += 1 }
      if source[at] == "\\", at + 1 < source.count {
        at += 1
        try escape(into: &out)
      } else {
        out.append(source[at])
        at += 1
      }
    }
    guard at < source.count else { throw failure("a string without end") }
    at += 1
    return JinjaToken(kind: .string(String(out)), line: tokenLine)
  }

  /// Python's escapes; an unknown one stays as it is.
  private mutating func escape(into out: inout String.UnicodeScalarView) throws(ModelError) {
    let kind = source[at]
    at += 1
    let single: [UnicodeScalar: UnicodeScalar] = [
      "n": "\n", "t": "\t", "r": "\r", "\\": "\\", "'": "'", "\"": "\"", "a": "\u{7}",
      "b": "\u{8}", "f": "\u{C}", "v": "\u{B}",
    ]
    if let value = single[kind] {
      out.append(value)
    } else if kind == "\n" {
      line += 1
    } else if let digits = ["x": 2, "u": 4, "U": 8][kind] {
      var value: UInt32 = 0
      for _ in 0..<digits {
        guard at < source.count, let digit = Character(source[at]).hexDigitValue else {
          throw failure("a broken escape in a string")
        }
        value = value << 4 | UInt32(digit)
        at += 1
      }
      guard let scalar = UnicodeScalar(value) else { throw failure("no character \(value)") }
      out.append(scalar)
    } else if "0"..."7" ~= kind {
      var value = kind.value - 48
      for _ in 0..<2 where at < source.count && "0"..."7" ~= source[at] {
        value = value * 8 + source[at].value - 48
        at += 1
      }
      if let scalar = UnicodeScalar(value) { out.append(scalar) }
    } else {
      out.append("\\")
      out.append(kind)
    }
  }
}
