// Looking for a text in both sides.

import LancetCanvas
import LancetCore

/// A search and what it found.
struct ReviewSearch: Hashable, Sendable {
  /// One place.
  struct Match: Hashable, Sendable {
    var side: ReviewSide
    var bytes: Range<Int>
    /// The index of the line it begins in.
    var line: Int
  }

  /// What is looked for.
  ///
  /// Small ASCII letters also find capitals; a text with a capital means it.
  private(set) var pattern: String
  /// The places in reading order: line by line, y⁻ before the correction.
  private(set) var matches: [Match] = []
  /// The match the search stands at.
  var current: Int?

  init(_ pattern: String, in layout: ReviewLayout) {
    self.pattern = pattern
    find(in: layout)
  }

  /// Looks anew, after the texts changed; the current match is kept by its number.
  mutating func find(in layout: ReviewLayout) {
    let needle = Array(pattern.utf8)
    let folds = !needle.contains { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") }
    var found: [Match] = []
    for side in [ReviewSide.minus, .plus] {
      for start in Self.places(of: needle, in: layout.text(side), folding: folds) {
        let range = start..<start + needle.count
        if let line = layout.line(of: start, on: side) {
          found.append(Match(side: side, bytes: range, line: line))
        }
      }
    }
    matches = found.sorted {
      ($0.line, $0.side == .minus ? 0 : 1, $0.bytes.lowerBound)
        < ($1.line, $1.side == .minus ? 0 : 1, $1.bytes.lowerBound)
    }
    current = matches.isEmpty ? nil : current.map { min($0, matches.count - 1) }
  }

  /// The numbers of the matches that begin on a line.
  func matches(on line: Int) -> Range<Int> {
    let first = matches.partitioningIndex { $0.line >= line }
    return first..<matches.partitioningIndex { $0.line > line }
  }

  /// The number of the first match at or after a line, around the end.
  func match(from line: Int) -> Int? {
    matches.isEmpty ? nil : matches.firstIndex { $0.line >= line } ?? 0
  }

  /// Where the needle begins.
  private static func places(of needle: [UInt8], in text: [UInt8], folding: Bool) -> [Int] {
    guard let first = needle.first, text.count >= needle.count else { return [] }
    func same(_ a: UInt8, _ b: UInt8) -> Bool {
      a == b || (folding && a >= UInt8(ascii: "A") && a <= UInt8(ascii: "Z") && a | 0x20 == b)
    }
    var result: [Int] = []
    var start = 0
    while start + needle.count <= text.count {
      if same(text[start], first),
        needle.indices.allSatisfy({ same(text[start + $0], needle[$0]) })
      {
        result.append(start)
        start += needle.count
      } else {
        start += 1
      }
    }
    return result
  }
}

extension ReviewLayout {
  /// The index of the line that shows a byte of a side.
  func line(of byte: Int, on side: ReviewSide) -> Int? {
    // Ends of the sides rise along the lines; lines without this side repeat the end before them.
    var low = 0
    var high = lines.count
    while low < high {
      let middle = low + (high - low) / 2
      var probe = middle
      while probe < high, lines[probe][side] == nil { probe += 1 }
      guard probe < high, let range = lines[probe][side] else {
        high = middle
        continue
      }
      if range.upperBound >= byte, range.lowerBound <= byte { return probe }
      if range.lowerBound > byte { high = middle } else { low = probe + 1 }
    }
    return nil
  }
}
