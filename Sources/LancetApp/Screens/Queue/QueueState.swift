// The traces of the session: all rows, the order and filter in which they are shown, and the cursor. The shown order
// is kept and computed again only when the filter, the sort or the rows' number changes, never while drawing.
import LancetCanvas
import LancetCore

/// The Queue screen as a value.
public struct QueueState: Sendable {
  /// All rows in session order.
  public private(set) var rows: [TraceSummary] = []
  /// How many rows there will be when all pages are here; nil before the first page.
  public private(set) var expected: Int?
  /// The indices into ``rows`` that are shown, in the order shown.
  public private(set) var shown: [Int] = []
  /// The row under the cursor, as an index into ``shown``.
  public private(set) var cursor = 0
  /// The first row drawn, as an index into ``shown``.
  public var top = 0
  /// The filter in force.
  public private(set) var filter = QueueFilter()
  /// The order.
  public private(set) var sort = QueueSort()
  /// The filter being typed; nil when it is not.
  public var typing: TextField?
  /// The filter that Esc goes back to while one is typed.
  public var filterBefore = ""
  /// Sums over all rows, kept up to date.
  public private(set) var totals = QueueTotals()
  /// Why the rows could not be read.
  public var failure: String?
  private var position: [TraceID: Int] = [:]
  /// The first row that the filter has not looked at; nil when it has looked at all.
  private var unfiltered: Int?
  /// Where the cursor goes when it has.
  private var anchor: (trace: TraceID?, index: Int) = (nil, 0)

  /// A Queue without rows.
  public init() {}

  /// Whether keys are the filter's text.
  public var isTyping: Bool { typing != nil }
  /// Whether the filter is still looking at rows: a long one looks at so many at a time, so that keys are answered.
  public var isFiltering: Bool { unfiltered != nil }
  /// The share of the rows that the filter has looked at.
  public var filtered: Double {
    unfiltered.map { Double($0) / Double(max(1, rows.count)) } ?? 1
  }
  /// Whether all rows are here.
  public var isComplete: Bool { expected.map { rows.count >= $0 } ?? false }

  /// The row under the cursor.
  public var current: TraceSummary? {
    shown.indices.contains(cursor) ? rows[shown[cursor]] : nil
  }

  /// The row of that trace, wherever it is.
  public func row(of id: TraceID) -> TraceSummary? { position[id].map { rows[$0] } }

  /// The place of that trace among the shown rows.
  public func shownIndex(of id: TraceID) -> Int? {
    guard let place = position[id] else { return nil }
    if shown.indices.contains(cursor), shown[cursor] == place { return cursor }
    return shown.firstIndex(of: place)
  }

  /// The trace that many shown rows after that one; nil past the ends or when it is not shown.
  public func neighbour(of id: TraceID, by offset: Int) -> TraceID? {
    guard let index = shownIndex(of: id), shown.indices.contains(index + offset) else { return nil }
    return rows[shown[index + offset]].id
  }

  // MARK: - Changes

  /// Forgets all rows and begins to load anew; filter, sort and cursor's trace stay as they are.
  public mutating func reset() {
    rows = []
    shown = []
    unfiltered = nil
    position = [:]
    totals = QueueTotals()
    expected = nil
    failure = nil
  }

  /// Adds a page of rows.
  public mutating func append(_ page: [TraceSummary], total: Int) {
    let first = rows.count
    rows.reserveCapacity(max(total, first + page.count))
    for row in page {
      if let known = position[row.id] {
        totals.subtract(rows[known])
        rows[known] = row
      } else {
        position[row.id] = rows.count
        rows.append(row)
      }
      totals.add(row)
    }
    expected = max(total, rows.count)
    failure = nil
    if isFiltering { return }  // it comes to these rows too
    let fresh = (first..<rows.count).filter { filter.matches(rows[$0]) }
    let anchor = current?.id
    shown.append(contentsOf: fresh)
    if sort.field != .id || sort.descending, isComplete {
      arrange()
    }
    if let anchor { moveCursor(to: anchor) }
  }

  /// Takes changed rows.
  ///
  /// Nothing moves: a row that no longer matches stays until the next filter, sort or reload.
  public mutating func update(_ changed: [TraceSummary]) {
    for row in changed {
      guard let index = position[row.id] else { continue }
      totals.subtract(rows[index])
      rows[index] = row
      totals.add(row)
    }
  }

  /// Filters by this text, keeping the cursor on its trace when it is still shown.
  public mutating func setFilter(_ text: String) {
    filter = QueueFilter(text, after: filter)
    refresh()
  }

  /// Takes another order, keeping the cursor on its trace.
  public mutating func setSort(_ sort: QueueSort) {
    self.sort = sort
    refresh()
  }

  /// Filters and sorts anew, keeping the cursor on its trace, else on the row that took its place.
  public mutating func refresh() {
    if !isFiltering { anchor = (current?.id, cursor) }
    shown = []
    unfiltered = 0
    filterMore()
  }

  /// Lets the filter look at the next rows; those that it has found so far are shown.
  public mutating func filterMore() {
    guard let from = unfiltered else { return }
    let end = from + min(rows.count - from, filter.rowsAtOnce)
    shown += (from..<end).filter { filter.matches(rows[$0]) }
    guard end == rows.count else {
      unfiltered = end
      cursor = min(cursor, max(0, shown.count - 1))
      return
    }
    unfiltered = nil
    arrange()
    cursor = min(anchor.index, max(0, shown.count - 1))
    if let trace = anchor.trace { moveCursor(to: trace) }
  }

  private mutating func arrange() {
    shown = sort.arranged(shown, of: rows)
  }

  /// Puts the cursor on that shown row, clamped.
  public mutating func moveCursor(toIndex index: Int) {
    cursor = min(max(index, 0), max(0, shown.count - 1))
  }

  /// Puts the cursor on that trace; false when it is not shown.
  @discardableResult
  public mutating func moveCursor(to id: TraceID) -> Bool {
    guard let index = shownIndex(of: id) else { return false }
    cursor = index
    return true
  }

  /// Scrolls so that the cursor is among `height` drawn rows.
  public mutating func follow(height: Int) {
    guard height > 0 else { return }
    if cursor < top { top = cursor }
    if cursor >= top + height { top = cursor - height + 1 }
    top = min(top, max(0, shown.count - height))
  }
}

/// Sums over all rows.
public struct QueueTotals: Hashable, Sendable {
  /// Approved pairs.
  public var approved = 0
  /// Traces that are not right and not decided: what is left to review.
  public var left = 0
  /// Rejected and skipped traces.
  public var setAside = 0
  /// Flagged traces.
  public var flagged = 0
  /// Traces that were right to begin with.
  public var right = 0
  /// Traces that wait for a proposal.
  public var unproposed = 0

  /// Sums of nothing.
  public init() {}

  mutating func add(_ row: TraceSummary) { count(row, 1) }
  mutating func subtract(_ row: TraceSummary) { count(row, -1) }

  private mutating func count(_ row: TraceSummary, _ one: Int) {
    if row.flagged { flagged += one }
    switch row.status {
    case .approved: approved += one
    case .rejected, .skipped: setAside += one
    case .new, .open:
      if row.gradeBefore == .right {
        right += one
      } else {
        left += one
        if row.hunks == 0 { unproposed += one }
      }
    }
  }
}
