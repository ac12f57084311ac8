// How two texts become corresponding lines: the one pass behind ReviewLayout.

import LancetCore

/// Walks the pieces once and cuts where both sides begin a line.
struct LineBuilder {
  private let minus: [UInt8]
  private let plus: [UInt8]
  private let pieces: [ReviewPiece]
  private let minusStepStarts: [Int]
  private let plusStepStarts: [Int]

  private var lines: [ReviewLine] = []
  /// Where the block under construction begins on both sides, and its first piece.
  private var blockMinus = 0
  private var blockPlus = 0
  private var blockPiece = 0

  /// A paragraph is cut at a sentence after a change when it is longer than this many bytes.
  private static let resyncAfter = 160
  /// A line is cut at a space after this many bytes, and anywhere after `hardLimit`, so that wrapping one line
  /// never costs more than a moment.
  private static let softLimit = 1200
  private static let hardLimit = 1600

  init(
    minus: [UInt8], plus: [UInt8], pieces: [ReviewPiece], minusSteps: [Step], plusSteps: [Step]
  ) {
    self.minus = minus
    self.plus = plus
    self.pieces = pieces
    self.minusStepStarts = minusSteps.map(\.bytes.lowerBound)
    self.plusStepStarts = plusSteps.map(\.bytes.lowerBound)
  }

  /// The lines of both texts.
  mutating func build() -> [ReviewLine] {
    for (index, piece) in pieces.enumerated() {
      if piece.hunk != nil {
        let minusEnd = piece.minus.upperBound
        let plusEnd = piece.plus.upperBound
        if startsLine(minus, minusEnd), startsLine(plus, plusEnd) {
          close(minus: minusEnd, plus: plusEnd, pieceEnd: index + 1, next: index + 1)
        }
      } else {
        walkShared(piece, at: index)
      }
    }
    close(minus: minus.count, plus: plus.count, pieceEnd: pieces.count, next: pieces.count)
    return lines
  }

  private func startsLine(_ text: [UInt8], _ offset: Int) -> Bool {
    offset == 0 || (offset <= text.count && text[offset - 1] == .lineFeed)
  }

  /// Cuts inside a shared stretch: at every line break, at sentences that begin a step on both sides, at the first
  /// sentence after a change in a long paragraph, and at spaces of very long lines.
  private mutating func walkShared(_ piece: ReviewPiece, at index: Int) {
    let shift = piece.plus.lowerBound - piece.minus.lowerBound
    var nextStep = minusStepStarts.partitioningIndex { $0 > piece.minus.lowerBound }
    var offset = piece.minus.lowerBound
    let end = min(piece.minus.upperBound, minus.count)
    while offset < end {
      let byte = minus[offset]
      offset += 1
      var cuts = byte == .lineFeed
      if nextStep < minusStepStarts.count, minusStepStarts[nextStep] <= offset {
        let begins = minusStepStarts[nextStep] == offset
        nextStep += 1
        cuts = cuts || (begins && beginsStepInside(offset, shift))
      }
      if !cuts {
        let length = max(offset - blockMinus, offset + shift - blockPlus)
        if length >= Self.resyncAfter {
          cuts =
            endsSentence(offset) && blockPiece < index
            && pieces[blockPiece..<index].contains { $0.hunk != nil }
            || (length >= Self.softLimit && byte == .space)
            || (length >= Self.hardLimit && beginsScalar(minus, offset))
        }
      }
      if cuts {
        let isLast = offset == piece.minus.upperBound
        close(
          minus: offset, plus: offset + shift, pieceEnd: index + 1,
          next: isLast ? index + 1 : index)
      }
    }
  }

  /// Whether a step begins here on both sides with other text before it on the line.
  private func beginsStepInside(_ offset: Int, _ shift: Int) -> Bool {
    guard minus[blockMinus..<offset].contains(where: { !$0.isBlank }) else { return false }
    let other = offset + shift
    let index = plusStepStarts.partitioningIndex { $0 >= other }
    return index < plusStepStarts.count && plusStepStarts[index] == other
  }

  /// Whether a sentence has just ended: a full stop and a space, or its CJK equal.
  private func endsSentence(_ offset: Int) -> Bool {
    guard offset >= 3, offset < minus.count else { return false }
    if minus[offset - 1] == .space {
      return minus[offset - 2] == UInt8(ascii: ".") || minus[offset - 2] == UInt8(ascii: "!")
        || minus[offset - 2] == UInt8(ascii: "?")
    }
    return minus[offset - 3] == 0xE3 && minus[offset - 2] == 0x80 && minus[offset - 1] == 0x82
  }

  private func beginsScalar(_ text: [UInt8], _ offset: Int) -> Bool {
    offset >= text.count || text[offset] & 0xC0 != 0x80
  }

  /// Ends the block under construction before these offsets and turns it into lines.
  private mutating func close(minus minusEnd: Int, plus plusEnd: Int, pieceEnd: Int, next: Int) {
    defer {
      blockMinus = minusEnd
      blockPlus = plusEnd
      blockPiece = next
    }
    guard minusEnd > blockMinus || plusEnd > blockPlus else { return }
    let block = blockPiece..<pieceEnd
    let hasHunk = pieces[block].contains { touches($0, minusEnd, plusEnd) && $0.hunk != nil }
    guard hasHunk else {
      lines.append(
        ReviewLine(
          minus: trimmed(minus, blockMinus..<minusEnd), plus: trimmed(plus, blockPlus..<plusEnd),
          hunks: 0..<0, pieces: block, anchor: blockMinus))
      return
    }
    appendPaired(
      split(minus, blockMinus..<minusEnd), split(plus, blockPlus..<plusEnd), block: block,
      minusEnd: minusEnd, plusEnd: plusEnd)
  }

  /// Whether a piece has anything in the block under construction, a deletion or insertion at its start included.
  private func touches(_ piece: ReviewPiece, _ minusEnd: Int, _ plusEnd: Int) -> Bool {
    piece.minus.upperBound <= minusEnd && piece.plus.upperBound <= plusEnd
      && piece.minus.lowerBound >= blockMinus && piece.plus.lowerBound >= blockPlus
  }

  /// A range without its line break.
  private func trimmed(_ text: [UInt8], _ range: Range<Int>) -> Range<Int> {
    guard let last = text[range].last, last == .lineFeed else { return range }
    return range.lowerBound..<(range.upperBound - 1)
  }

  /// The lines of a range, each without its line break and none longer than the limits.
  private func split(_ text: [UInt8], _ range: Range<Int>) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var start = range.lowerBound
    var offset = start
    while offset < range.upperBound {
      let byte = text[offset]
      offset += 1
      if byte == .lineFeed {
        result.append(start..<(offset - 1))
        start = offset
      } else if offset - start >= Self.softLimit,
        byte == .space || (offset - start >= Self.hardLimit && beginsScalar(text, offset))
      {
        result.append(start..<offset)
        start = offset
      }
    }
    if start < range.upperBound { result.append(start..<range.upperBound) }
    return result
  }

  /// Pairs the lines of a block through the stretches both sides share, then by their order.
  private mutating func appendPaired(
    _ left: [Range<Int>], _ right: [Range<Int>], block: Range<Int>, minusEnd: Int, plusEnd: Int
  ) {
    var i = 0
    var j = 0
    let first = lines.count
    for piece in pieces[block] where piece.hunk == nil {
      let from = max(piece.minus.lowerBound, blockMinus)
      let to = min(piece.minus.upperBound, minusEnd)
      guard from < to, minus[from..<to].contains(where: { !$0.isBlank }) else { continue }
      let leftLine = left.partitioningIndex { $0.upperBound > from }
      let other = from + piece.plus.lowerBound - piece.minus.lowerBound
      let rightLine = right.partitioningIndex { $0.upperBound > other }
      guard leftLine >= i, rightLine >= j, leftLine < left.count, rightLine < right.count
      else { continue }
      appendByOrder(left[i..<leftLine], right[j..<rightLine], block)
      append(left[leftLine], right[rightLine], block)
      i = leftLine + 1
      j = rightLine + 1
    }
    appendByOrder(left[i...], right[j...], block)
    assignHunks(from: first, block: block)
  }

  private mutating func appendByOrder(
    _ left: ArraySlice<Range<Int>>, _ right: ArraySlice<Range<Int>>, _ block: Range<Int>
  ) {
    for k in 0..<max(left.count, right.count) {
      append(
        k < left.count ? left[left.startIndex + k] : nil,
        k < right.count ? right[right.startIndex + k] : nil, block)
    }
  }

  private mutating func append(_ minus: Range<Int>?, _ plus: Range<Int>?, _ block: Range<Int>) {
    let before = lines.last.map { $0.minus?.upperBound ?? $0.anchor } ?? 0
    lines.append(
      ReviewLine(
        minus: minus, plus: plus, hunks: 0..<0, pieces: block,
        anchor: minus?.lowerBound ?? max(before, blockMinus)))
  }

  /// Says of every line of a block which hunks touch it, and narrows the pieces it has to look at.
  private mutating func assignHunks(from first: Int, block: Range<Int>) {
    let count = lines.count - first
    guard count > 1 else {
      let hunks = pieces[block].compactMap(\.hunk)
      if count == 1, let low = hunks.first, let high = hunks.last {
        lines[first].hunks = low..<(high + 1)
      }
      return
    }
    // The first and the last line that each piece reaches, on whichever side it has bytes.
    let leftEnds = ends(from: first, side: .minus)
    let rightEnds = ends(from: first, side: .plus)
    for index in block {
      let piece = pieces[index]
      var reach: Range<Int>?
      if !piece.minus.isEmpty { reach = reached(piece.minus, leftEnds) }
      if !piece.plus.isEmpty {
        let other = reached(piece.plus, rightEnds)
        reach = reach.map {
          min($0.lowerBound, other.lowerBound)..<max($0.upperBound, other.upperBound)
        }
        reach = reach ?? other
      }
      guard let reach else { continue }
      for k in reach.clamped(to: 0..<count) {
        let line = first + k
        if lines[line].pieces == block {
          lines[line].pieces = index..<(index + 1)
        } else {
          lines[line].pieces = lines[line].pieces.lowerBound..<(index + 1)
        }
        guard let hunk = piece.hunk else { continue }
        let known = lines[line].hunks
        lines[line].hunks = known.isEmpty ? hunk..<(hunk + 1) : known.lowerBound..<(hunk + 1)
      }
    }
  }

  /// Where each line of the block ends on one side; a missing side repeats the line before.
  private func ends(from first: Int, side: ReviewSide) -> [Int] {
    var last = side == .minus ? blockMinus : blockPlus
    return lines[first...].map { line in
      if let range = line[side] { last = range.upperBound }
      return last
    }
  }

  private func reached(_ range: Range<Int>, _ ends: [Int]) -> Range<Int> {
    let from = ends.partitioningIndex { $0 > range.lowerBound }
    let to = ends.partitioningIndex { $0 >= range.upperBound }
    let low = min(from, ends.count - 1)
    return low..<(max(min(to, ends.count - 1), low) + 1)
  }
}

extension UInt8 {
  static let lineFeed = UInt8(ascii: "\n")
  static let space = UInt8(ascii: " ")

  /// A space, tab or line break.
  var isBlank: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D) }
}
