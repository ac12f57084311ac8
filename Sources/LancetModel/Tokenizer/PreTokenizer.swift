// Cutting a text into pieces before merging. The expressions of GPT-2, Llama 3 and Qwen are matched by hand, since nearly all text
// goes through them; any other goes through ``SplitPattern``.

/// One way of cutting a text; what it does is told by the text of the expression in `tokenizer.json`.
enum SplitExpression: String, Sendable, CaseIterable {
  case gpt2 =
    #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#
  case llama3 =
    #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
  case qwen =
    #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
}

/// What becomes of a match and of what lies between matches.
enum SplitBehavior: String, Sendable {
  case isolated = "Isolated"
  case removed = "Removed"
  case mergedWithPrevious = "MergedWithPrevious"
  case mergedWithNext = "MergedWithNext"
  case contiguous = "Contiguous"
}

/// The stages that cut a text, each within the pieces of the one before.
struct PreTokenizer: Sendable {
  enum Stage: Sendable {
    case split(SplitExpression)
    /// Numbers apart from the rest: each digit alone, or runs of them.
    case digits(individual: Bool)
    case punctuation(SplitBehavior)
    case pattern(SplitPattern, SplitBehavior, inverted: Bool)
    /// Each byte becomes a letter of the byte alphabet; what comes after it sees these letters.
    case letters
    /// Each piece that does not begin with a space is given one.
    case prefixSpace
  }

  var stages: [Stage]
  /// Whether a text that does not begin with a space is given one.
  var addsPrefixSpace = false
  private let isSimple: Bool
  private let tables = UnicodeTables.shared

  /// - Parameter stages: `.letters` once, or, when it would come last, not at all.
  init(stages: [Stage], addsPrefixSpace: Bool = false) {
    self.stages = stages
    self.addsPrefixSpace = addsPrefixSpace
    isSimple = stages.allSatisfy { stage in
      switch stage {
      case .split, .digits: true
      case .punctuation, .pattern, .letters, .prefixSpace: false
      }
    }
  }

  /// Calls `emit` with the bytes of each piece, in order.
  ///
  /// - Parameter bytes: valid UTF-8.
  func forEachPiece(
    in bytes: UnsafeBufferPointer<UInt8>, _ emit: (UnsafeBufferPointer<UInt8>) -> Void
  ) {
    tables.classes.withUnsafeBufferPointer { classes in
      guard isSimple else { return forEachPieceByStages(in: bytes, classes, emit) }
      let cutter = PieceCutter(bytes: bytes, classes: classes)
      cut(0..<bytes.count, stages[...], cutter) {
        emit(UnsafeBufferPointer(rebasing: bytes[$0]))
      }
    }
  }

  /// Stage by stage: each takes all pieces of the one before.
  private func forEachPieceByStages(
    in bytes: UnsafeBufferPointer<UInt8>, _ classes: UnsafeBufferPointer<UInt8>,
    _ emit: (UnsafeBufferPointer<UInt8>) -> Void
  ) {
    var pieces = [Array(bytes)]
    var areLetters = false
    for stage in stages {
      if case .letters = stage {
        pieces = pieces.map(ByteAlphabet.letters)
        areLetters = true
        continue
      }
      if case .prefixSpace = stage {
        pieces = pieces.map { $0.first == 0x20 ? $0 : [0x20] + $0 }
        continue
      }
      var finer: [[UInt8]] = []
      for piece in pieces {
        piece.withUnsafeBufferPointer { one in
          for range in ranges(stage, one, classes) where !range.isEmpty {
            finer.append(Array(one[range]))
          }
        }
      }
      pieces = finer
    }
    for piece in pieces where !piece.isEmpty {
      guard areLetters else {
        piece.withUnsafeBufferPointer(emit)
        continue
      }
      var raw: [UInt8] = []
      // Every character is a letter by now, so this cannot fail.
      _ = piece.withUnsafeBufferPointer { ByteAlphabet.decode($0, into: &raw) }
      raw.withUnsafeBufferPointer(emit)
    }
  }

  /// How one stage cuts one piece.
  private func ranges(
    _ stage: Stage, _ bytes: UnsafeBufferPointer<UInt8>, _ classes: UnsafeBufferPointer<UInt8>
  ) -> [Range<Int>] {
    var parts: [(range: Range<Int>, isMatch: Bool)] = []
    var covered = 0
    func add(match: Range<Int>) {
      if covered < match.lowerBound { parts.append((covered..<match.lowerBound, false)) }
      parts.append((match, true))
      covered = match.upperBound
    }
    switch stage {
    case .split, .digits:
      var out: [Range<Int>] = []
      cut(0..<bytes.count, [stage], PieceCutter(bytes: bytes, classes: classes)) { out.append($0) }
      return out
    case .letters, .prefixSpace: return [0..<bytes.count]
    case .punctuation(let behavior):
      var at = 0
      while at < bytes.count {
        let (value, length) = scalar(bytes, at)
        if Self.isPunctuation(value) { add(match: at..<at + length) }
        at += length
      }
      if covered < bytes.count { parts.append((covered..<bytes.count, false)) }
      return Self.joined(parts, behavior)
    case .pattern(let pattern, let behavior, let inverted):
      pattern.forEachMatch(in: bytes) { add(match: $0) }
      if covered < bytes.count { parts.append((covered..<bytes.count, false)) }
      if inverted { parts = parts.map { ($0.range, !$0.isMatch) } }
      return Self.joined(parts, behavior)
    }
  }

  private static func isPunctuation(_ value: UInt32) -> Bool {
    if value < 0x80 {
      return 0x21...0x2F ~= value || 0x3A...0x40 ~= value || 0x5B...0x60 ~= value
        || 0x7B...0x7E ~= value
    }
    return ScalarSet.punctuationCategories.contains(value)
  }

  /// Pieces of matches and of what lies between, as `tokenizers` joins them.
  private static func joined(
    _ parts: [(range: Range<Int>, isMatch: Bool)], _ behavior: SplitBehavior
  ) -> [Range<Int>] {
    var out: [Range<Int>] = []
    var last = false
    switch behavior {
    case .isolated: return parts.map(\.range)
    case .removed: return parts.filter { !$0.isMatch }.map(\.range)
    case .contiguous:
      for (range, isMatch) in parts {
        if let end = out.last, isMatch == last {
          out[out.count - 1] = end.lowerBound..<range.upperBound
        } else {
          out.append(range)
        }
        last = isMatch
      }
    case .mergedWithPrevious:
      for (range, isMatch) in parts {
        if isMatch, !last, let end = out.last {
          out[out.count - 1] = end.lowerBound..<range.upperBound
        } else {
          out.append(range)
        }
        last = isMatch
      }
    case .mergedWithNext:
      for (range, isMatch) in parts.reversed() {
        if isMatch, !last, let end = out.last {
          out[out.count - 1] = range.lowerBound..<end.upperBound
        } else {
          out.append(range)
        }
        last = isMatch
      }
      out.reverse()
    }
    return out
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
      case .punctuation, .pattern, .letters, .prefixSpace: next = range.upperBound
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
