// Which columns of the Queue fit, and where. Narrow windows drop columns in a fixed order; the question takes what is
// left and is never dropped.
import LancetCanvas

/// A column of the Queue, in the order drawn.
enum QueueColumn: String, CaseIterable {
  case id, status, before, after, hunks, ratio, bar, oracle, source, question

  /// Its title.
  var title: String {
    switch self {
    case .id: "trace"
    case .ratio: "R"
    case .bar: ""
    default: rawValue
    }
  }

  /// The order in which columns are dropped, first to go first.
  static let dropped: [QueueColumn] = [.source, .bar, .oracle, .hunks, .after, .ratio]

  /// The question is not squeezed below this while another column can go.
  static let questionWidth = 26
}

/// Where the columns lie.
struct QueueColumns {
  private(set) var places: [(column: QueueColumn, start: Int, width: Int)] = []

  /// The columns for a width; `idWidth` digits are needed for the largest number, `sourceWidth` for sources.
  init(width: Int, idWidth: Int, sourceWidth: Int, oracleWidth: Int) {
    func wanted(_ column: QueueColumn) -> Int {
      switch column {
      case .id: max(5, idWidth)
      case .status: 10
      case .before, .after: width < 120 ? 8 : width < 160 ? 9 : 14
      case .hunks: 9
      case .ratio: 4
      case .bar: 12
      case .oracle: min(max(6, oracleWidth), 14)
      case .source: min(max(6, sourceWidth), 18)
      case .question: QueueColumn.questionWidth
      }
    }
    var columns = QueueColumn.allCases
    var candidates = QueueColumn.dropped
    let margin = 2
    func needed() -> Int { columns.reduce(margin) { $0 + wanted($1) + 2 } }
    while needed() > width, !candidates.isEmpty {
      let gone = candidates.removeFirst()
      columns.removeAll { $0 == gone }
    }
    var start = margin
    for column in columns {
      let taken = column == .question ? max(0, width - start - 1) : wanted(column)
      places.append((column, start, taken))
      start += taken + 2
    }
  }
}
