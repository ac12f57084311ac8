// The texts of a review: the correction, what-if corrections, and the cover of y⁻ that screens are drawn from.

extension Review {
  /// y⁺ as decided; undecided hunks as the proposal has them.
  public var correction: String { correction(overriding: [:]) }

  /// y⁺ if some hunks were decided otherwise.
  public func correction(overriding decisions: [HunkKey: Decision]) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(minus.count + 64)
    var at = 0
    for hunk in hunks {
      bytes.append(contentsOf: minus[at..<hunk.key.minus.lowerBound])
      let decision = decisions[hunk.key] ?? hunk.decision
      bytes.append(contentsOf: hunk.text(for: decision).utf8)
      at = hunk.key.minus.upperBound
    }
    bytes.append(contentsOf: minus[at...])
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A stretch of y⁻ and what stands for it in the correction.
  public enum Segment: Hashable, Sendable {
    /// Unchanged text.
    case equal(minus: Range<Int>, plus: Range<Int>)
    /// The hunk at this place in ``Review/hunks``; `plus` are its bytes in the correction.
    case hunk(Int, minus: Range<Int>, plus: Range<Int>)

    /// The bytes of y⁻.
    public var minus: Range<Int> {
      switch self {
      case .equal(let minus, _), .hunk(_, let minus, _): minus
      }
    }

    /// The bytes of the correction.
    public var plus: Range<Int> {
      switch self {
      case .equal(_, let plus), .hunk(_, _, let plus): plus
      }
    }
  }

  /// y⁻ and the correction cut into unchanged stretches and hunks: in order, without holes, equal stretches not empty.
  public func segments() -> [Segment] {
    var segments: [Segment] = []
    var at = 0
    var plusAt = 0
    func equal(upTo end: Int) {
      guard end > at else { return }
      segments.append(.equal(minus: at..<end, plus: plusAt..<plusAt + end - at))
      plusAt += end - at
    }
    for (i, hunk) in hunks.enumerated() {
      equal(upTo: hunk.key.minus.lowerBound)
      let length = hunk.currentText.utf8.count
      segments.append(.hunk(i, minus: hunk.key.minus, plus: plusAt..<plusAt + length))
      plusAt += length
      at = hunk.key.minus.upperBound
    }
    equal(upTo: minus.count)
    return segments
  }

  /// The smallest range that holds these bytes of y⁻ and cuts neither a hunk nor a character; what an edit by hand may
  /// replace.
  public func editableRange(covering range: Range<Int>) -> Range<Int> {
    var lower = min(max(0, range.lowerBound), minus.count)
    var upper = min(max(lower, range.upperBound), minus.count)
    while lower > 0, !isCharacterBorder(lower, of: minus) { lower -= 1 }
    while upper < minus.count, !isCharacterBorder(upper, of: minus) { upper += 1 }
    for hunk in hunks where Self.overlap(hunk.key.minus, lower..<upper) {
      lower = min(lower, hunk.key.minus.lowerBound)
      upper = max(upper, hunk.key.minus.upperBound)
    }
    return lower..<upper
  }

  /// What the correction has in place of these bytes of y⁻; nil when they cut a hunk.
  ///
  /// An editor of a whole step begins
  /// with this text.
  public func correctionText(of range: Range<Int>) -> String? {
    guard range == editableRange(covering: range) else { return nil }
    var bytes: [UInt8] = []
    var at = range.lowerBound
    for hunk in hunks where Self.overlap(hunk.key.minus, range) {
      bytes.append(contentsOf: minus[at..<hunk.key.minus.lowerBound])
      bytes.append(contentsOf: hunk.currentText.utf8)
      at = hunk.key.minus.upperBound
    }
    bytes.append(contentsOf: minus[at..<range.upperBound])
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether two ranges of y⁻ share a byte, or one is an insertion strictly inside the other.
  ///
  /// Touching is no overlap.
  static func overlap(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
    a.lowerBound < b.upperBound && b.lowerBound < a.upperBound
  }

  /// Whether a text may be cut at this byte.
  func isCharacterBorder(_ at: Int, of bytes: [UInt8]) -> Bool {
    at == bytes.count || (bytes.indices.contains(at) && bytes[at] & 0xC0 != 0x80)
  }
}
