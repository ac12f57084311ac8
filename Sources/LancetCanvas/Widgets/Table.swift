// The columns of a table: who gets how much room, who goes first when there is too little.

/// A column of a table.
public struct TableColumn: Hashable, Sendable {
  /// On which side its text stands.
  public enum Alignment: Hashable, Sendable { case left, right }

  /// The heading.
  public var title: String
  /// The least columns it can be shown in.
  public var minimum: Int
  /// The share of the free room it takes; 0 for none.
  public var flex: Int
  /// The lower, the earlier it is dropped when there is too little room; columns of the highest stay.
  public var priority: Int
  /// On which side its text stands.
  public var alignment: Alignment

  /// A column.
  public init(
    _ title: String, minimum: Int, flex: Int = 0, priority: Int = 1, alignment: Alignment = .left
  ) {
    self.title = title
    self.minimum = min(max(1, minimum), Size.limit)
    self.flex = min(max(0, flex), 1_000)
    self.priority = priority
    self.alignment = alignment
  }
}

/// Where the columns of a table lie.
public struct TableLayout: Hashable, Sendable {
  /// The columns' places, nil for those that were dropped.
  public let places: [Range<Int>?]
  private let columns: [TableColumn]

  /// Shares out `width` columns from `start` on, with `gap` columns between two neighbours.
  public init(_ columns: [TableColumn], start: Int = 0, width: Int, gap: Int = 2) {
    self.columns = columns
    var shown = Array(columns.indices)
    func needed() -> Int {
      shown.reduce(0) { $0 + columns[$1].minimum } + max(0, shown.count - 1) * gap
    }
    while shown.count > 1, needed() > width {
      guard let least = shown.map({ columns[$0].priority }).min(),
        let last = shown.lastIndex(where: { columns[$0].priority == least })
      else { break }
      shown.remove(at: last)
    }
    var free = max(0, width - needed())
    var flex = shown.reduce(0) { $0 + columns[$1].flex }
    var places: [Range<Int>?] = Array(repeating: nil, count: columns.count)
    var column = start
    for index in shown {
      let share = flex > 0 ? free * columns[index].flex / flex : 0
      free -= share
      flex -= columns[index].flex
      let size = min(columns[index].minimum + share, max(0, start + width - column))
      places[index] = column..<column + size
      column += size + gap
    }
    self.places = places
  }

  /// Writes a text into a column of a row, at the side the column says.
  public func put(
    _ text: String, column index: Int, row: Int, on canvas: inout Canvas, _ style: Style = .plain
  ) {
    guard columns.indices.contains(index), let place = places[index], !place.isEmpty else { return }
    if columns[index].alignment == .right {
      canvas.put(text, row: row, endColumn: place.upperBound, style, width: place.count)
    } else {
      canvas.put(text, row: row, column: place.lowerBound, style, width: place.count)
    }
  }
}
