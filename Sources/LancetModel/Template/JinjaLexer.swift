// A template cut into text and tags, the white space around tags taken away as Jinja does with `trim_blocks` and `lstrip_blocks`
// on, which is how Transformers renders chat templates.

/// A piece of a template.
enum JinjaPiece: Sendable {
  case text(String, line: Int)
  /// `{{ … }}`
  case output([JinjaToken], line: Int)
  /// `{% … %}`
  case block([JinjaToken], line: Int)
}

/// Cuts a template into pieces.
struct JinjaLexer {
  let source: [UnicodeScalar]
  var at = 0
  var line = 1
  /// Whether what was consumed last ended in a newline, so that the next text begins a line.
  private var beginsLine = true
  private var pieces: [JinjaPiece] = []

  private init(_ template: String) {
    var scalars: [UnicodeScalar] = []
    var previous: UnicodeScalar = " "
    for scalar in template.unicodeScalars {
      if scalar == "\n", previous == "\r" {
        previous = scalar
        continue
      }
      scalars.append(scalar == "\r" ? "\n" : scalar)
      previous = scalar
    }
    if scalars.last == "\n" { scalars.removeLast() }  // Jinja drops one newline at the end
    source = scalars
  }

  /// The pieces of a template.
  static func pieces(of template: String) throws(ModelError) -> [JinjaPiece] {
    var lexer = JinjaLexer(template)
    try lexer.run()
    return lexer.pieces
  }

  func failure(_ reason: String) -> ModelError { .badTemplate(line: line, reason: reason) }

  func starts(_ text: String, at index: Int) -> Bool {
    var index = index
    for scalar in text.unicodeScalars {
      guard index < source.count, source[index] == scalar else { return false }
      index += 1
    }
    return true
  }

  private mutating func run() throws(ModelError) {
    while at < source.count {
      let start = at
      while at < source.count, !isTagStart(at) { at += 1 }
      try emitText(from: start, to: at)
      guard at < source.count else { return }
      if starts("{#", at: at) {
        try comment()
      } else {
        try tag()
      }
    }
  }

  private func isTagStart(_ index: Int) -> Bool {
    guard source[index] == "{", index + 1 < source.count else { return false }
    return ["{", "%", "#"].contains(source[index + 1])
  }

  /// Text up to a tag, its end stripped as the tag asks.
  private mutating func emitText(from start: Int, to end: Int) throws(ModelError) {
    var text = source[start..<end]
    let textLine = line
    line += text.count { $0 == "\n" }
    if end < source.count {
      let sign: UnicodeScalar? = end + 2 < source.count ? source[end + 2] : nil
      if sign == "-" {
        while let last = text.last, last.isPythonSpace { text.removeLast() }
      } else if sign != "+", source[end + 1] != "{" {
        let lineStart = text.lastIndex(of: "\n").map { $0 + 1 }
        if lineStart != nil || beginsLine {
          let from = lineStart ?? text.startIndex
          if from < text.endIndex, text[from...].allSatisfy(\.isPythonSpace) {
            text = text[..<from]
          }
        }
      }
    }
    guard !text.isEmpty else { return }
    var joined = String.UnicodeScalarView()
    joined.append(contentsOf: text)
    pieces.append(.text(String(joined), line: textLine))
  }

  private mutating func comment() throws(ModelError) {
    var end = at + 2
    while end < source.count, !starts("#}", at: end) { end += 1 }
    guard end < source.count else { throw failure("a comment without end") }
    let sign = end > at + 2 ? source[end - 1] : " "
    line += source[at..<end].count { $0 == "\n" }
    at = end + 2
    skipAfterTag(sign: sign, trimsNewline: true)
  }

  /// White space behind a tag: all of it after `-`, one newline after a block.
  private mutating func skipAfterTag(sign: UnicodeScalar, trimsNewline: Bool) {
    beginsLine = false
    if sign == "-" {
      while at < source.count, source[at].isPythonSpace { advanceOverSpace() }
    } else if sign != "+", trimsNewline, at < source.count, source[at] == "\n" {
      advanceOverSpace()
    }
  }

  private mutating func advanceOverSpace() {
    beginsLine = source[at] == "\n"
    if beginsLine { line += 1 }
    at += 1
  }

  private mutating func tag() throws(ModelError) {
    let isOutput = source[at + 1] == "{"
    let tagLine = line
    at += 2
    if at < source.count, source[at] == "-" || source[at] == "+" { at += 1 }
    let end = isOutput ? "}}" : "%}"
    var tokens: [JinjaToken] = []
    var open = 0
    while true {
      while at < source.count, source[at].isPythonSpace { advanceOverSpace() }
      guard at < source.count else { throw failure("a tag without end") }
      if open == 0 {
        if starts(end, at: at) {
          at += 2
          skipAfterTag(sign: " ", trimsNewline: !isOutput && !Self.isRaw(tokens))
          break
        }
        if starts("-" + end, at: at) || !isOutput && starts("+" + end, at: at) {
          let sign = source[at]
          at += 3
          skipAfterTag(sign: sign, trimsNewline: !isOutput && !Self.isRaw(tokens))
          break
        }
      }
      let token = try token()
      if case .symbol(let symbol) = token.kind {
        if ["(", "[", "{"].contains(symbol) { open += 1 }
        if [")", "]", "}"].contains(symbol) { open -= 1 }
        guard open >= 0 else { throw failure("‘\(symbol)’ closes nothing") }
      }
      tokens.append(token)
    }
    if isOutput {
      pieces.append(.output(tokens, line: tagLine))
    } else if Self.isRaw(tokens) {
      try raw()
    } else {
      pieces.append(.block(tokens, line: tagLine))
    }
  }

  /// Behind `raw` a newline stays: it is of the text that stays as it stands.
  private static func isRaw(_ tokens: [JinjaToken]) -> Bool {
    tokens.count == 1 && tokens[0].kind == .name("raw")
  }

  /// Text up to `{% endraw %}`, as it stands.
  private mutating func raw() throws(ModelError) {
    let start = at
    while at < source.count {
      if starts("{%", at: at) {
        var inside = at + 2
        if inside < source.count, source[inside] == "-" || source[inside] == "+" { inside += 1 }
        while inside < source.count, source[inside].isPythonSpace { inside += 1 }
        if starts("endraw", at: inside) {
          try emitText(from: start, to: at)
          at = inside + 6
          while at < source.count, source[at].isPythonSpace { at += 1 }
          let sign: UnicodeScalar = at < source.count ? source[at] : " "
          if sign == "-" || sign == "+" { at += 1 }
          guard starts("%}", at: at) else { throw failure("a broken endraw") }
          at += 2
          skipAfterTag(sign: sign, trimsNewline: true)
          return
        }
      }
      at += 1
    }
    throw failure("raw without endraw")
  }
}

extension UnicodeScalar {
  /// What Python's `str.isspace` and `strip` call white space.
  var isPythonSpace: Bool {
    switch value {
    case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F,
      0x205F, 0x3000:
      true
    default: false
    }
  }
}
