// Cutting a text into pieces before merging: the expressions of GPT-2, Llama 3 and Qwen, matched by hand. A general engine of
// regular expressions is neither needed nor wanted here: these run in one pass and cannot blow up.

/// One way of cutting a text; what it does is told by the text of the expression in `tokenizer.json`.
enum SplitExpression: String, Sendable, CaseIterable {
  case gpt2 =
    #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#
  case llama3 =
    #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
  case qwen =
    #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
}

/// The stages that cut a text, each within the pieces of the one before.
struct PreTokenizer: Sendable {
  enum Stage: Sendable, Hashable {
    case split(SplitExpression)
    /// Numbers apart from the rest: each digit alone, or runs of them.
    case digits(individual: Bool)
  }

  var stages: [Stage]
  /// Whether a text that does not begin with a space is given one.
  var addsPrefixSpace = false
  private let tables = UnicodeTables.shared

  init(stages: [Stage], addsPrefixSpace: Bool = false) {
    self.stages = stages
    self.addsPrefixSpace = addsPrefixSpace
  }

  /// Calls `emit` with the byte range of each piece, in order; together they cover the whole text.
  ///
  /// - Parameter bytes: valid UTF-8.
  func forEachPiece(
    in bytes: UnsafeBufferPointer<UInt8>, _ emit: (Range<Int>) -> Void
  ) {
    tables.classes.withUnsafeBufferPointer { classes in
      let cutter = PieceCutter(bytes: bytes, classes: classes)
      cut(0..<bytes.count, stages[...], cutter, emit)
    }
  }

  private func cut(
    _ range: Range<Int>, _ stages: ArraySlice<Stage>, _ cutter: PieceCutter,
    _ emit: (Range<Int>) -> Void
  ) {
    guard let stage = stages.first else {
      if !range.isEmpty { emit(range) }
      return
    }
    let rest = stages.dropFirst()
    var at = range.lowerBound
    while at < range.upperBound {
      let next: Int
      switch stage {
      case .split(.gpt2): next = cutter.gpt2(at, range.upperBound)
      case .split(.llama3): next = cutter.llama(at, range.upperBound, digits: 3)
      case .split(.qwen): next = cutter.llama(at, range.upperBound, digits: 1)
      case .digits(let individual):
        next = cutter.digits(at, range.upperBound, individual: individual)
      }
      if rest.isEmpty { emit(at..<next) } else { cut(at..<next, rest, cutter, emit) }
      at = next
    }
  }
}

/// Finds where the piece that begins at a byte ends; `end` is the end of the text as far as the expression can see.
private struct PieceCutter {
  let bytes: UnsafeBufferPointer<UInt8>
  let classes: UnsafeBufferPointer<UInt8>

  private static let letter = ScalarClass.letter.rawValue
  private static let number = ScalarClass.number.rawValue
  private static let space = ScalarClass.space.rawValue
  private static let seen: UInt8 = 7  // letter, number or space

  @inline(__always)
  private func look(_ at: Int) -> (kind: UInt8, length: Int) {
    let byte = bytes[at]
    if byte < 0x80 { return (classes[Int(byte)] & Self.seen, 1) }
    let (value, length) = scalar(bytes, at)
    return (classes[Int(value)] & Self.seen, length)
  }

  /// The end of the run of scalars of exactly this kind (0: neither letter, number nor space).
  @inline(__always)
  private func run(of kind: UInt8, _ start: Int, _ end: Int) -> Int {
    var at = start
    while at < end {
      let (found, length) = look(at)
      if found != kind { break }
      at += length
    }
    return at
  }

  @inline(__always)
  private func isNewline(_ at: Int) -> Bool { bytes[at] == 0x0A || bytes[at] == 0x0D }

  /// The Llama 3 expression, or with `digits` 1 that of Qwen.
  func llama(_ start: Int, _ end: Int, digits: Int) -> Int {
    if let contraction = contraction(start, end, foldingCase: true) { return contraction }
    let (kind, length) = look(start)
    let second = start + length
    // [^\r\n\p{L}\p{N}]?\p{L}+
    if kind == Self.letter { return run(of: Self.letter, second, end) }
    if kind != Self.number, !isNewline(start), second < end, look(second).kind == Self.letter {
      return run(of: Self.letter, second, end)
    }
    // \p{N}{1,3}
    if kind == Self.number {
      var at = second
      var count = 1
      while count < digits, at < end {
        let (kind, length) = look(at)
        if kind != Self.number { break }
        at += length
        count += 1
      }
      return at
    }
    // ` ?[^\s\p{L}\p{N}]+[\r\n]*`
    let body = bytes[start] == 0x20 ? second : start
    if body < end, look(body).kind == 0 {
      var at = run(of: 0, body, end)
      while at < end, isNewline(at) { at += 1 }
      return at
    }
    return spaces(start, end, newlinesFirst: true)
  }

  /// The GPT-2 expression.
  func gpt2(_ start: Int, _ end: Int) -> Int {
    if let contraction = contraction(start, end, foldingCase: false) { return contraction }
    let (kind, length) = look(start)
    if kind != Self.space { return run(of: kind, start, end) }
    if bytes[start] == 0x20, start + length < end {
      let after = look(start + length).kind
      if after != Self.space { return run(of: after, start + length, end) }
    }
    return spaces(start, end, newlinesFirst: false)
  }

  /// `\s*[\r\n]+` where asked for, then `\s+(?!\S)`, then `\s+`.
  private func spaces(_ start: Int, _ end: Int, newlinesFirst: Bool) -> Int {
    var at = start
    var last = start  // where the last white space of the run begins
    var afterNewline: Int?
    while at < end {
      let (kind, length) = look(at)
      if kind != Self.space { break }
      if isNewline(at) { afterNewline = at + 1 }
      last = at
      at += length
    }
    if newlinesFirst, let afterNewline { return afterNewline }
    if at == end || last == start { return at }
    return last
  }

  /// `'s|'t|'re|'ve|'m|'ll|'d`; when case is folded, the long s (U+017F) is an s too.
  private func contraction(_ start: Int, _ end: Int, foldingCase: Bool) -> Int? {
    guard bytes[start] == UInt8(ascii: "'"), start + 1 < end else { return nil }
    let fold: UInt8 = foldingCase ? 0x20 : 0
    switch bytes[start + 1] | fold {
    case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"):
      return start + 2
    case UInt8(ascii: "r"), UInt8(ascii: "v"):
      guard start + 2 < end, bytes[start + 2] | fold == UInt8(ascii: "e") else { return nil }
      return start + 3
    case UInt8(ascii: "l"):
      guard start + 2 < end, bytes[start + 2] | fold == UInt8(ascii: "l") else { return nil }
      return start + 3
    default:
      guard foldingCase, start + 2 < end, bytes[start + 1] == 0xC5, bytes[start + 2] == 0xBF
      else { return nil }
      return start + 3
    }
  }

  /// A number (each alone, or the run), or the run of what is none.
  func digits(_ start: Int, _ end: Int, individual: Bool) -> Int {
    let (first, length) = look(start)
    let isNumber = first == Self.number
    if isNumber, individual { return start + length }
    var at = start + length
    while at < end {
      let (kind, length) = look(at)
      if (kind == Self.number) != isNumber { break }
      at += length
    }
    return at
  }
}
