// A line after wrapping: which rows it takes in which pane.

import LancetCanvas
import LancetCore

/// The rows one side of a line takes in a pane.
struct PaneRows: Sendable {
  /// What is shown; for a unified line both sides.
  var ribbon: Ribbon
  /// The side whose steps and checks belong to it.
  var side: ReviewSide
  /// The wrapped rows; at least one when there is text or an empty line.
  var rows: [WrappedLine]
  /// The first of them, counted from the line's first row.
  var offset: Int
  /// The index of the pane in `ReviewGeometry.panes`.
  var pane: Int
}

/// All rows of a line.
struct LineRows: Sendable {
  /// The index of the line in the layout.
  var line: Int
  /// What is drawn.
  var parts: [PaneRows]
  /// How many screen rows it takes; at least one.
  var height: Int
  /// The row, from the line's first, at which its hunk boxes begin.
  var boxesFrom: Int

  /// The part that shows a side; nil when the line has nothing there.
  func part(_ side: ReviewSide) -> PaneRows? {
    parts.first { $0.side == side && $0.ribbon.shows(side) }
      ?? parts.first { $0.ribbon.shows(side) }
  }
}

extension Ribbon {
  /// Whether any text of this side is here.
  func shows(_ side: ReviewSide) -> Bool { spans.contains { $0.side == side } }
}

/// What wrapping a line depends on besides its bytes.
struct WrapContext: Sendable {
  var geometry: ReviewGeometry
  var wraps: Bool
  var zoomed: ReviewSide?
  var brackets: Bool
  var repertoire: Repertoire
}

extension ReviewLayout {
  /// Wraps one line.
  func rows(of index: Int, marks: [Int: HunkMarks], in context: WrapContext) -> LineRows {
    let line = lines[index]
    switch context.geometry.arrangement {
    case .sideBySide, .automatic:
      return sideBySide(line, index, marks, context)
    case .stacked:
      return stacked(line, index, marks, context)
    case .unified:
      let ribbon: Ribbon
      if let only = context.zoomed {
        ribbon = self.ribbon(line, only, marks: marks, brackets: context.brackets)
      } else {
        ribbon = unifiedRibbon(line, marks: marks, brackets: context.brackets)
      }
      let side: ReviewSide = context.zoomed ?? (line.minus == nil ? .plus : .minus)
      let part = wrapped(ribbon, side, pane: 0, offset: 0, context)
      return LineRows(line: index, parts: [part], height: max(part.rows.count, 1), boxesFrom: 0)
    }
  }

  private func sideBySide(
    _ line: ReviewLine, _ index: Int, _ marks: [Int: HunkMarks], _ context: WrapContext
  ) -> LineRows {
    var parts: [PaneRows] = []
    for (number, pane) in context.geometry.panes.enumerated() where line[pane.side] != nil {
      let ribbon = ribbon(line, pane.side, marks: marks, brackets: context.brackets)
      parts.append(wrapped(ribbon, pane.side, pane: number, offset: 0, context))
    }
    let height = parts.map(\.rows.count).max() ?? 1
    return LineRows(line: index, parts: parts, height: max(height, 1), boxesFrom: 0)
  }

  private func stacked(
    _ line: ReviewLine, _ index: Int, _ marks: [Int: HunkMarks], _ context: WrapContext
  ) -> LineRows {
    var parts: [PaneRows] = []
    let sides: [ReviewSide] = context.zoomed.map { [$0] } ?? [.minus, .plus]
    var boxesFrom = 0
    for side in sides where line[side] != nil {
      if side == .plus, !parts.isEmpty, line.isUnchanged || isSame(line) { break }
      let offset = parts.reduce(0) { $0 + max($1.rows.count, 1) }
      if side == .plus { boxesFrom = offset }
      let ribbon = ribbon(line, side, marks: marks, brackets: context.brackets)
      parts.append(wrapped(ribbon, side, pane: 0, offset: offset, context))
    }
    let height = parts.reduce(0) { $0 + max($1.rows.count, 1) }
    return LineRows(line: index, parts: parts, height: max(height, 1), boxesFrom: boxesFrom)
  }

  /// Whether both sides of a changed line read the same, as after a rejection.
  func isSame(_ line: ReviewLine) -> Bool {
    guard let left = line.minus, let right = line.plus else { return false }
    return minus[left].elementsEqual(plus[right])
  }

  private func wrapped(
    _ ribbon: Ribbon, _ side: ReviewSide, pane: Int, offset: Int, _ context: WrapContext
  ) -> PaneRows {
    let width = context.geometry.panes[pane].textWidth
    let rows = ribbon.rows(width: width, wraps: context.wraps, repertoire: context.repertoire)
    return PaneRows(ribbon: ribbon, side: side, rows: rows, offset: offset, pane: pane)
  }
}
