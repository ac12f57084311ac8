// A long trace is read in pieces, so that what is read before the work ran out is whole.

/// Cuts a text where nothing is torn: between paragraphs, else between lines, never inside a formula.
struct ReadingPieces {
  /// A piece has at least so many bytes, when the text has.
  static let size = 8_192
  /// A line that is longer cannot be read: pieces end at lines only.
  static let lineLimit = 32_768

  private let bytes: [UInt8]
  private let spans: [MathSpan]
  private var nextSpan = 0

  init(_ bytes: [UInt8], spans: [MathSpan]) {
    self.bytes = bytes
    self.spans = spans
  }

  /// The piece that begins at a byte; nil when no line ends in time.
  mutating func piece(from start: Int) -> Range<Int>? {
    if bytes.count - start <= 2 * Self.size { return start..<bytes.count }
    var lineEnd: Int?
    var i = start + Self.size
    let limit = min(bytes.count, start + Self.lineLimit)
    while i < limit {
      if bytes[i] == .newline, !isInFormula(i) {
        if i + 1 < bytes.count, bytes[i + 1] == .newline { return start..<(i + 1) }
        if lineEnd == nil { lineEnd = i + 1 }
      }
      if let lineEnd, i > start + 2 * Self.size { return start..<lineEnd }
      i += 1
    }
    if let lineEnd { return start..<lineEnd }
    return limit == bytes.count ? start..<limit : nil
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
