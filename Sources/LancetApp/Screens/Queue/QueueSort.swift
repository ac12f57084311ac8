// The order of the Queue.
import LancetCore

/// A column to sort by, and the direction.
public struct QueueSort: Hashable, Sendable {
  /// What can be sorted by, in the order of the menu.
  public enum Field: String, CaseIterable, Hashable, Sendable {
    case id = "trace"
    case changeRatio = "R"
    case undecided
    case status
    case before
    case after
    case hunks
    case steps
    case tokens
    case question
  }

  /// The column.
  public var field: Field
  /// Largest first.
  public var descending: Bool

  /// An order of the Queue.
  public init(_ field: Field = .id, descending: Bool = false) {
    self.field = field
    self.descending = descending
  }

  /// As people read it: `R ▲`.
  public var title: String { field.rawValue + (descending ? " ▼" : " ▲") }

  /// The next column of the menu, smallest first.
  public var next: QueueSort {
    let all = Field.allCases
    let index = all.firstIndex(of: field) ?? 0
    return QueueSort(all[(index + 1) % all.count])
  }

  /// The indices in this order; rows that are equal keep the session's order.
  func arranged(_ indices: [Int], of rows: [TraceSummary]) -> [Int] {
    switch field {
    case .id:
      let sorted = indices.sorted()
      return descending ? sorted.reversed() : sorted
    case .question:
      return indices.sorted { a, b in
        let (x, y) = (rows[a].question, rows[b].question)
        if x.utf8.elementsEqual(y.utf8) { return a < b }
        let less = x.utf8.lexicographicallyPrecedes(y.utf8)
        return descending ? !less : less
      }
    default:
      // The key is taken once per row, not once per comparison; rows without a value come last in both directions.
      let keyed = indices.map { (index: $0, key: number(of: rows[$0])) }
      return
        keyed
        .sorted { a, b in
          switch (a.key, b.key) {
          case (nil, nil): return a.index < b.index
          case (nil, _): return false
          case (_, nil): return true
          case (let x?, let y?):
            if x == y { return a.index < b.index }
            return descending ? x > y : x < y
          }
        }
        .map(\.index)
    }
  }

  private func number(of row: TraceSummary) -> Double? {
    switch field {
    case .id, .question: Double(row.id.rawValue)
    case .changeRatio: row.changeRatio
    case .undecided: Double(row.undecided)
    case .status: Double(Self.rank(row.status))
    case .before: Double(Self.rank(row.gradeBefore))
    case .after: row.gradeAfter.map { Double(Self.rank($0)) }
    case .hunks: Double(row.hunks)
    case .steps: Double(row.steps)
    case .tokens: Double(row.tokens)
    }
  }

  private static func rank(_ status: TraceStatus) -> Int {
    switch status {
    case .open: 0
    case .new: 1
    case .approved: 2
    case .rejected: 3
    case .skipped: 4
    }
  }

  private static func rank(_ verdict: Verdict) -> Int {
    switch verdict {
    case .wrong: 0
    case .ungradable: 1
    case .right: 2
    }
  }
}
