// The footer: keys with what they do, and mode flags at the right that never move.

/// A key and what it does, as the footer shows it.
public struct Hint: Hashable, Sendable {
  /// The name of the key.
  public var key: String
  /// One or two words.
  public var label: String
  /// Whether it stays when others are dropped for want of room, as the help does.
  public var isPinned: Bool
  /// Whether the key is refused just now; then it is muted.
  public var isRefused: Bool

  /// A hint.
  public init(_ key: String, _ label: String, pinned: Bool = false, refused: Bool = false) {
    self.key = key
    self.label = label
    isPinned = pinned
    isRefused = refused
  }

  var width: Int { displayWidth(key) + 1 + displayWidth(label) }
}

extension Canvas {
  /// Draws hints from the left and mode flags at the right; returns which hints had room, by index.
  ///
  /// When there is too little room the last hints that are not pinned go first.
  @discardableResult
  public mutating func putHints(
    _ hints: [Hint], flags: String = "", row: Int, column: Int = 1, width: Int? = nil
  ) -> [(index: Int, columns: Range<Int>)] {
    let end = min(size.columns, column + (width ?? size.columns - column - 1))
    let flagWidth = flags.isEmpty ? 0 : displayWidth(flags)
    let room = end - column - (flagWidth > 0 ? flagWidth + 2 : 0)
    let gap = 3
    var shown = Array(hints.indices)
    func needed() -> Int {
      shown.reduce(0) { $0 + hints[$1].width } + max(0, shown.count - 1) * gap
    }
    while !shown.isEmpty, needed() > room {
      shown.remove(at: shown.lastIndex { !hints[$0].isPinned } ?? shown.count - 1)
    }
    var place = column
    var places: [(index: Int, columns: Range<Int>)] = []
    for index in shown {
      let hint = hints[index]
      let start = place
      place += put(
        hint.key, row: row, column: place, Style(hint.isRefused ? .muted : .key))
      place += 1
      place += put(hint.label, row: row, column: place, Style(.muted))
      places.append((index, start..<place))
      place += gap
    }
    if flagWidth > 0 && flagWidth <= end - column {
      put(flags, row: row, endColumn: end, Style(.mode))
    }
    return places
  }
}
