// The frame the paper's prompt asks an Oracle to put around its text.

/// A text without its `=== CORRECTED STARTED ===` and `=== CORRECTED ENDED ===` lines.
public struct Unframed: Hashable, Sendable {
  /// What stands between the markers; without markers the whole text, byte for byte.
  public var text: String
  /// How many markers were taken off.
  public var markers: Int

  /// Takes the frame off.
  ///
  /// Text before the first start marker and behind the last end marker goes with it, and one line
  /// end beside each marker.
  public init(_ framed: String) {
    var bytes = Array(framed.utf8)[...]
    markers = 0
    if let range = Self.find("=== CORRECTED STARTED ===", in: bytes, last: false) {
      markers += 1
      bytes = bytes[range.upperBound...]
      if bytes.first == 0x0D { bytes = bytes.dropFirst() }
      if bytes.first == 0x0A { bytes = bytes.dropFirst() }
    }
    if let range = Self.find("=== CORRECTED ENDED ===", in: bytes, last: true) {
      markers += 1
      bytes = bytes[..<range.lowerBound]
      if bytes.last == 0x0A { bytes = bytes.dropLast() }
      if bytes.last == 0x0D { bytes = bytes.dropLast() }
    }
    text = markers == 0 ? framed : String(decoding: bytes, as: UTF8.self)
  }

  private static func find(
    _ marker: String, in bytes: ArraySlice<UInt8>, last: Bool
  ) -> Range<Int>? {
    let marker = Array(marker.utf8)
    guard bytes.count >= marker.count else { return nil }
    let starts = bytes.startIndex...bytes.endIndex - marker.count
    let matches = { (i: Int) in
      bytes[i] == marker[0] && bytes[i..<i + marker.count].elementsEqual(marker)
    }
    let found = last ? starts.last(where: matches) : starts.first(where: matches)
    return found.map { $0..<$0 + marker.count }
  }
}
