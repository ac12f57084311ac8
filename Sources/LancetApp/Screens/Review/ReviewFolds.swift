// Folding: long stretches that nobody has to read again become one row that says how many lines it hides.

import LancetCore

/// What stands in the list of a trace's lines.
enum ReviewItem: Hashable, Sendable {
  /// A line, by its index in `ReviewLayout.lines`.
  case line(Int)
  /// Hidden lines.
  case fold(Range<Int>)

  /// The first line shown or hidden.
  var firstLine: Int {
    switch self {
    case .line(let line): line
    case .fold(let lines): lines.lowerBound
    }
  }
}

/// Which stretches are folded: those a trace of that length folds by itself, and what the person changed.
struct ReviewFolds: Hashable, Sendable {
  /// Traces with more lines than this begin folded.
  static let automaticFrom = 60
  /// Lines kept open on both sides of what matters, and the fewest worth a fold.
  static let context = 3
  static let fewest = 4

  /// All on, all off, or by length.
  var all: Bool?
  /// Stretches the person opened (false) or closed (true), by where they begin in y⁻.
  var own: [Int: Bool] = [:]

  /// The stretches that may be folded: unchanged lines without a wrong check, away from lines that matter.
  ///
  /// The thinking part's lines make stretches of their own.
  static func stretches(of layout: ReviewLayout) -> [Range<Int>] {
    let matters = linesThatMatter(in: layout)
    let thinking = thinkingLines(of: layout)
    var result: [Range<Int>] = []
    func add(_ lines: Range<Int>) { if lines.count >= fewest { result.append(lines) } }
    var start = 0
    for line in matters + [layout.lines.count] {
      let from = start == 0 ? 0 : min(start + context, layout.lines.count)
      let to = line == layout.lines.count ? line : max(line - context, from)
      let cut = min(max(thinking, from), to)
      add(from..<cut)
      add(cut..<to)
      start = line + 1
    }
    return result
  }

  /// How many lines the thinking part takes; 0 when there is none.
  private static func thinkingLines(of layout: ReviewLayout) -> Int {
    guard let part = Thinking.part(ofBytes: layout.minus) else { return 0 }
    return layout.line(atMinus: part.upperBound - 1) + 1
  }

  /// The lines with hunks or with a step whose arithmetic is wrong, in order.
  private static func linesThatMatter(in layout: ReviewLayout) -> [Int] {
    let wrong = layout.minusSteps.filter { $0.verdict == .wrong }
      .map { layout.line(atMinus: $0.bytes.lowerBound) }
    var next = 0
    return layout.lines.indices.filter { index in
      while next < wrong.count, wrong[next] < index { next += 1 }
      return !layout.lines[index].isUnchanged || (next < wrong.count && wrong[next] == index)
    }
  }

  /// Whether a stretch is folded.
  func isFolded(_ stretch: Range<Int>, of layout: ReviewLayout) -> Bool {
    own[layout.lines[stretch.lowerBound].anchor]
      ?? all
      ?? (layout.lines.count > Self.automaticFrom
        || stretch.upperBound <= Self.thinkingLines(of: layout))
  }

  /// The list with the folded stretches as one row each.
  func items(of layout: ReviewLayout, stretches: [Range<Int>]) -> [ReviewItem] {
    var result: [ReviewItem] = []
    result.reserveCapacity(layout.lines.count)
    var line = 0
    for stretch in stretches where isFolded(stretch, of: layout) {
      while line < stretch.lowerBound {
        result.append(.line(line))
        line += 1
      }
      result.append(.fold(stretch))
      line = stretch.upperBound
    }
    while line < layout.lines.count {
      result.append(.line(line))
      line += 1
    }
    return result
  }
}
