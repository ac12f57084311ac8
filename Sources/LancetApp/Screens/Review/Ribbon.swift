// What one line shows, byte by byte, with the meaning of each stretch: the text of a side, its changed words, and in
// the absence of colour the brackets around them. Wrapping and drawing work on this alone.

import LancetCanvas
import LancetCore

/// A displayed text and what its bytes mean.
struct Ribbon: Sendable {
  /// What a stretch means.
  enum Meaning: Hashable, Sendable {
    /// The same on both sides.
    case shared
    /// Part of a hunk, on this side; `changed` for the words that differ.
    case hunk(Int, ReviewSide, changed: Bool)
    /// A bracket that stands for a colour.
    case bracket(Int)
  }

  /// A stretch of equal meaning.
  struct Span: Sendable {
    /// Its bytes in the ribbon.
    var bytes: Range<Int>
    var meaning: Meaning
    /// The side its text comes from, and the byte there where it begins.
    var side: ReviewSide
    var source: Int
  }

  /// The displayed bytes.
  private(set) var text: [UInt8] = []
  /// The stretches, in order, covering the text.
  private(set) var spans: [Span] = []

  init() {}

  mutating func append(
    _ bytes: ArraySlice<UInt8>, _ meaning: Meaning, _ side: ReviewSide, source: Int
  ) {
    guard !bytes.isEmpty else { return }
    let start = text.count
    text.append(contentsOf: bytes)
    spans.append(Span(bytes: start..<text.count, meaning: meaning, side: side, source: source))
  }

  mutating func bracket(_ text: StaticString, hunk: Int, _ side: ReviewSide, source: Int) {
    let bytes = text.withUTF8Buffer { Array($0) }
    append(bytes[...], .bracket(hunk), side, source: source)
  }

  /// The ribbon's bytes that show this byte of a side; nil when they are not here.
  ///
  /// The end of the last stretch of the
  /// side counts as its byte.
  func position(of byte: Int, on side: ReviewSide) -> Int? {
    var end: Int?
    for span in spans where span.side == side {
      if case .bracket = span.meaning { continue }
      let length = span.bytes.count
      if byte >= span.source && byte < span.source + length {
        return span.bytes.lowerBound + byte - span.source
      }
      if byte == span.source + length { end = span.bytes.upperBound }
    }
    return end
  }

  /// The side and byte that a byte of the ribbon shows; nil past the end.
  func source(of position: Int) -> (side: ReviewSide, byte: Int)? {
    guard let span = spans.first(where: { $0.bytes.contains(position) }) else { return nil }
    if case .bracket = span.meaning { return (span.side, span.source) }
    return (span.side, span.source + position - span.bytes.lowerBound)
  }

  /// The rows of the ribbon at this width; one row when `wraps` is off.
  func rows(width: Int, wraps: Bool, repertoire: Repertoire) -> [WrappedLine] {
    let visible = VisibleText(bytes: text, repertoire: repertoire)
    return wrap(visible, width: wraps ? width : Int.max)
  }
}

/// Which words of a hunk differ, on both sides, in bytes of the texts of the layout.
struct HunkMarks: Sendable {
  var minus: [Range<Int>]
  var plus: [Range<Int>]

  subscript(side: ReviewSide) -> [Range<Int>] { side == .minus ? minus : plus }
}

extension ReviewLayout {
  /// What a side of a line shows.
  ///
  /// With `brackets`, the changed words are put between `[` and `]`.
  func ribbon(_ line: ReviewLine, _ side: ReviewSide, marks: [Int: HunkMarks], brackets: Bool)
    -> Ribbon
  {
    var ribbon = Ribbon()
    guard let bytes = line[side] else { return ribbon }
    for index in line.pieces {
      append(pieces[index], side, within: bytes, to: &ribbon, marks: marks, brackets: brackets)
    }
    return ribbon
  }

  /// A line as one text with the removed and the added words in it, one after the other.
  func unifiedRibbon(_ line: ReviewLine, marks: [Int: HunkMarks], brackets: Bool) -> Ribbon {
    var ribbon = Ribbon()
    for index in line.pieces {
      let piece = pieces[index]
      guard let hunk = piece.hunk else {
        let side: ReviewSide = line.plus == nil ? .minus : .plus
        if let bytes = line[side] {
          append(piece, side, within: bytes, to: &ribbon, marks: marks, brackets: false)
        }
        continue
      }
      let isSame = minus[piece.minus].elementsEqual(plus[piece.plus])
      if let bytes = line.minus, !isSame {
        let part = piece.minus.clamped(to: bytes)
        if brackets, !part.isEmpty {
          ribbon.bracket("[-", hunk: hunk, .minus, source: part.lowerBound)
        }
        ribbon.append(
          minus[part], .hunk(hunk, .minus, changed: true), .minus, source: part.lowerBound)
        if brackets, !part.isEmpty {
          ribbon.bracket("-]", hunk: hunk, .minus, source: part.upperBound)
        }
      }
      if let bytes = line.plus {
        let part = piece.plus.clamped(to: bytes)
        let brackets = brackets && !isSame && !part.isEmpty
        if brackets { ribbon.bracket("[+", hunk: hunk, .plus, source: part.lowerBound) }
        ribbon.append(
          plus[part], .hunk(hunk, .plus, changed: !isSame), .plus, source: part.lowerBound)
        if brackets { ribbon.bracket("+]", hunk: hunk, .plus, source: part.upperBound) }
      }
    }
    return ribbon
  }

  private func append(
    _ piece: ReviewPiece, _ side: ReviewSide, within bytes: Range<Int>, to ribbon: inout Ribbon,
    marks: [Int: HunkMarks], brackets: Bool
  ) {
    let range = side == .minus ? piece.minus : piece.plus
    guard range.overlaps(bytes) else { return }
    let part = range.clamped(to: bytes)
    let text = text(side)
    guard let hunk = piece.hunk else {
      ribbon.append(text[part], .shared, side, source: part.lowerBound)
      return
    }
    var position = part.lowerBound
    for mark in marks[hunk]?[side] ?? [range] {
      let changed = mark.clamped(to: part)
      guard !changed.isEmpty, changed.lowerBound >= position else { continue }
      ribbon.append(
        text[position..<changed.lowerBound], .hunk(hunk, side, changed: false), side,
        source: position)
      if brackets { ribbon.bracket("[", hunk: hunk, side, source: changed.lowerBound) }
      ribbon.append(
        text[changed], .hunk(hunk, side, changed: true), side, source: changed.lowerBound)
      if brackets { ribbon.bracket("]", hunk: hunk, side, source: changed.upperBound) }
      position = changed.upperBound
    }
    ribbon.append(
      text[position..<part.upperBound], .hunk(hunk, side, changed: false), side, source: position)
  }
}
