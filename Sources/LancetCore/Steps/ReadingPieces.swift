// A long trace is read in pieces, so that what is read before the work ran out is whole.

/// Cuts a text where nothing is torn: between paragraphs, else between lines, else between the sentences of a long
/// line, never inside a formula.
struct ReadingPieces {
  /// A piece has at least so many bytes, when the text has, and the work suffices for what stands in them.
  static let size = 8_192
  /// A piece of a text full of equations has at least so many.
  static let leastSize = 512
  /// A sentence that is longer cannot be read.
  static let lineLimit = 32_768
  /// What an equation may take, and a little more: no piece has more of them than may be read.
  private static let dearEquation = 400

  private let bytes: [UInt8]
  private let spans: [MathSpan]
  private var nextSpan = 0

  init(_ bytes: [UInt8], spans: [MathSpan]) {
    self.bytes = bytes
    self.spans = spans
  }

  /// The piece that begins at a byte, for so much work that is left; nil when no sentence ends in time.
  mutating func piece(from start: Int, work: Int = .max) -> Range<Int>? {
    let size = size(from: start, work: work)
    if bytes.count - start <= 2 * size { return start..<bytes.count }
    var lineEnd: Int?
    var sentenceEnd: Int?
    var i = start + size
    let limit = min(bytes.count, start + Self.lineLimit)
    while i < limit {
      if bytes[i] == .newline, !isInFormula(i) {
        if i + 1 < bytes.count, bytes[i + 1] == .newline { return start..<(i + 1) }
        if lineEnd == nil { lineEnd = i + 1 }
      }
      if lineEnd == nil, sentenceEnd == nil, endsSentence(i), !isInFormula(i) {
        sentenceEnd = i + 1
      }
      if i > start + 2 * size, let end = lineEnd ?? sentenceEnd { return start..<end }
      i += 1
    }
    if let end = lineEnd ?? sentenceEnd { return start..<end }
    return limit == bytes.count ? start..<limit : nil
  }

  /// How many bytes a piece has at least: fewer where so many equations stand that the work might not suffice for all.
  private func size(from start: Int, work: Int) -> Int {
    let most = max(4, work / Self.dearEquation)
    var found = 0
    for i in start..<min(bytes.count, start + 2 * Self.size) where bytes[i] == .equals {
      found += 1
      if found > most { return min(Self.size, max(Self.leastSize, (i - start) / 2)) }
    }
    return Self.size
  }

  /// Whether a sentence ends with the byte: a full stop with white space behind it, or a Chinese one.
  private func endsSentence(_ at: Int) -> Bool {
    switch bytes[at] {
    case .dot, .question, .exclamation: at + 1 < bytes.count && bytes[at + 1].isBlank
    // 。
    case 0x82: at > 1 && bytes[at - 1] == 0x80 && bytes[at - 2] == 0xE3
    default: false
    }
  }

  /// Asked for ascending places, but for what one piece looked at and left to the next.
  private mutating func isInFormula(_ at: Int) -> Bool {
    while nextSpan > 0, spans[nextSpan - 1].outer.upperBound > at { nextSpan -= 1 }
    while nextSpan < spans.count, spans[nextSpan].outer.upperBound <= at { nextSpan += 1 }
    return nextSpan < spans.count && spans[nextSpan].outer.contains(at)
  }

  /// The math spans of a piece, in bytes of the piece.
  func spans(of piece: Range<Int>) -> [MathSpan] {
    spans[spans.partitioningIndex { $0.outer.lowerBound >= piece.lowerBound }...]
      .prefix { $0.outer.upperBound <= piece.upperBound }
      .map { $0.shifted(by: -piece.lowerBound) }
  }
}

extension MathSpan {
  fileprivate func shifted(by distance: Int) -> MathSpan {
    MathSpan(
      outer: (outer.lowerBound + distance)..<(outer.upperBound + distance),
      inner: (inner.lowerBound + distance)..<(inner.upperBound + distance))
  }
}
