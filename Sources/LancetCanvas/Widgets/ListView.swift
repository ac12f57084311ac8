// The arithmetic of a scrolling list: which rows are visible, where the cursor is, what page keys do.

/// The scroll state of a list.
///
/// The rows themselves belong to whoever shows them.
public struct ListView: Hashable, Sendable {
  /// The row the cursor is on; 0 when the list is empty.
  public private(set) var cursor = 0
  /// The first visible row.
  public private(set) var top = 0
  /// How many rows the list has.
  public private(set) var count = 0
  /// How many rows are visible.
  public private(set) var height = 1
  /// How many rows stay visible above and below the cursor.
  public var margin = 2

  /// A list of no rows.
  public init() {}

  /// The visible rows.
  public var visible: Range<Int> { top..<min(count, top + height) }
  /// What the footer says: `5 of 38`.
  public var position: String { count == 0 ? "none" : "\(cursor + 1) of \(count)" }

  /// Tells the list how many rows there are and how many fit; the cursor stays on its row where it can.
  public mutating func update(count: Int, height: Int) {
    self.count = max(0, count)
    self.height = max(1, height)
    moveTo(cursor)
  }

  /// Puts the cursor on a row and scrolls as little as needed.
  public mutating func moveTo(_ row: Int) {
    cursor = min(max(0, row), max(0, count - 1))
    let room = min(max(0, margin), (height - 1) / 2)
    top = min(top, cursor - room)
    top = max(top, cursor + room - height + 1)
    top = min(max(0, top), max(0, count - height))
  }

  /// Moves the cursor by rows.
  public mutating func move(by rows: Int) {
    moveTo(cursor.addingReportingOverflow(rows).overflow ? (rows < 0 ? 0 : count) : cursor + rows)
  }

  /// Moves the cursor by pages, or by half ones.
  public mutating func movePage(by pages: Int, half: Bool = false) {
    move(by: pages * max(1, half ? height / 2 : height - 1))
  }

  /// Moves the view and leaves the cursor on its row, unless that row would leave the view.
  public mutating func scroll(by rows: Int) {
    top = min(max(0, top + min(max(rows, -count), count)), max(0, count - height))
    cursor = min(max(cursor, top), max(top, min(count, top + height) - 1))
    cursor = min(max(0, cursor), max(0, count - 1))
  }
}
