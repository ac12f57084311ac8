// The frame the paper's prompt asks an Oracle to put around its text, in the spellings that models give it.

/// A text without its `=== CORRECTED STARTED ===` and `=== CORRECTED ENDED ===` lines.
public struct Unframed: Hashable, Sendable {
  /// What stands between the markers; without markers the whole text, byte for byte.
  public var text: String
  /// How many markers were taken off.
  public var markers: Int

  /// Takes the frame off.
  ///
  /// A marker is `CORRECTED` with `STARTED` or `ENDED` (also `START`, `BEGIN`, `END`) between rows of at least two `=` or
  /// `-`, in letters of any case, with a word such as `SOLUTION` between them and marks of emphasis or heading around it.
  /// Text before the first start marker and behind the last end marker goes with it, and one line end beside each marker.
  public init(_ framed: String) {
    let bytes = Array(framed.utf8)
    let found = Self.markers(in: bytes)
    markers = 0
    var range = bytes.indices
    if let start = found.first(where: \.isStart) {
      markers += 1
      var from = start.bytes.upperBound
      if from < bytes.count, bytes[from] == 0x0D { from += 1 }
      if from < bytes.count, bytes[from] == 0x0A { from += 1 }
      range = from..<range.upperBound
    }
    if let end = found.last(where: { !$0.isStart }), end.bytes.lowerBound >= range.lowerBound {
      markers += 1
      var to = end.bytes.lowerBound
      if to > range.lowerBound, bytes[to - 1] == 0x0A { to -= 1 }
      if to > range.lowerBound, bytes[to - 1] == 0x0D { to -= 1 }
      range = range.lowerBound..<to
    }
    text = markers == 0 ? framed : String(decoding: bytes[range], as: UTF8.self)
  }

  private struct Marker {
    var bytes: Range<Int>
    var isStart: Bool
  }

  private static let corrected = Array("corrected".utf8)
  private static let starts = ["started", "starts", "start", "begins", "begin"].map {
    Array($0.utf8)
  }
  private static let ends = ["ended", "ends", "end", "finished"].map { Array($0.utf8) }
  private static let between = ["solution", "answer", "response", "text", "reasoning"].map {
    Array($0.utf8)
  }

  private static func markers(in bytes: [UInt8]) -> [Marker] {
    var found: [Marker] = []
    var i = 0
    while i + corrected.count <= bytes.count {
      if bytes[i] | 0x20 == corrected[0], let marker = marker(in: bytes, at: i) {
        found.append(marker)
        i = marker.bytes.upperBound
      } else {
        i += 1
      }
    }
    return found
  }

  /// The marker whose word `CORRECTED` begins at a byte.
  private static func marker(in bytes: [UInt8], at word: Int) -> Marker? {
    func isGap(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x5F || byte == 0x09 }
    func isRule(_ byte: UInt8) -> Bool { byte == 0x3D || byte == 0x2D }
    func isMark(_ byte: UInt8) -> Bool {
      byte == 0x2A || byte == 0x5F || byte == 0x23 || byte == 0x60 || byte == 0x3E
    }
    func reads(_ word: [UInt8], _ at: Int) -> Bool {
      at + word.count <= bytes.count
        && zip(bytes[at..<at + word.count], word).allSatisfy { $0 | 0x20 == $1 }
    }
    guard reads(corrected, word) else { return nil }
    var from = word
    while from > 0, isGap(bytes[from - 1]) { from -= 1 }
    let leftEnd = from
    while from > 0, isRule(bytes[from - 1]) { from -= 1 }
    guard leftEnd - from >= 2 else { return nil }

    var to = word + corrected.count
    func skipGap() { while to < bytes.count, isGap(bytes[to]) || bytes[to] == 0x2D { to += 1 } }
    skipGap()
    if let other = between.first(where: { reads($0, to) }) {
      to += other.count
      skipGap()
    }
    let isStart: Bool
    if let word = starts.first(where: { reads($0, to) }) {
      (isStart, to) = (true, to + word.count)
    } else if let word = ends.first(where: { reads($0, to) }) {
      (isStart, to) = (false, to + word.count)
    } else {
      return nil
    }
    while to < bytes.count, isGap(bytes[to]) { to += 1 }
    let rightStart = to
    while to < bytes.count, isRule(bytes[to]) { to += 1 }
    guard to - rightStart >= 2 else { return nil }
    // Emphasis, headings and blanks around the marker are part of it.
    while from > 0, isMark(bytes[from - 1]) || isGap(bytes[from - 1]) { from -= 1 }
    while to < bytes.count, isMark(bytes[to]) || isGap(bytes[to]) || bytes[to] == 0x3A { to += 1 }
    return Marker(bytes: from..<to, isStart: isStart)
  }
}
