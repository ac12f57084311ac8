// Moving and scrolling. The first row on screen is a line and a row within it, so a new width or a new decision moves
// nothing; only lines near the screen are ever wrapped.

import LancetCanvas
import LancetCore

extension ReviewState {
  /// Where the parts of the screen lie now.
  func geometry(in state: State) -> ReviewGeometry {
    ReviewGeometry(
      area: state.area, options: options,
      question: ReviewGeometry.text(review.input.problem, isOpen: options.questionOpen))
  }

  /// What wrapping depends on now.
  func context(in state: State, repertoire: Repertoire = .unicode) -> WrapContext {
    WrapContext(
      geometry: geometry(in: state), wraps: options.wraps,
      zoomed: options.zoomed ? options.focus : nil, brackets: state.theme.monochrome,
      repertoire: repertoire)
  }

  /// The index of the item that shows or hides a line.
  func item(of line: Int) -> Int {
    max(items.partitioningIndex { $0.firstLine > line } - 1, 0)
  }

  /// How many rows an item takes.
  mutating func height(ofItem index: Int, _ context: WrapContext) -> Int {
    guard items.indices.contains(index), case .line(let line) = items[index] else { return 1 }
    markWords(of: layout.lines[line].hunks)
    return layout.rows(of: line, marks: marks, in: context).height
  }

  /// Scrolls as little as needed for the cursor's line to be on screen; a line that was far away is put a third down.
  mutating func follow(in state: State) {
    let context = context(in: state)
    let room = context.geometry.body.height
    guard room > 0, !items.isEmpty else { return }
    let target = item(of: cursor.line)
    let first = item(of: top.line)
    let margin = min(2, (room - 1) / 4)
    if target < first || (target == first && top.row > 0) {
      let isNear = first - target <= 3
      let tall = height(ofItem: target, context) > room
      if target == first, tall { return settle(context) }
      show(item: target, rowsAbove: isNear ? margin : room / 3, context)
    } else {
      var used = -top.row
      var index = first
      while index < target, used < 2 * room {
        used += height(ofItem: index, context)
        index += 1
      }
      let own = height(ofItem: target, context)
      let below = target + 1 < items.count ? margin : 0
      if index < target {
        show(item: target, rowsAbove: room / 3, context)
      } else if used + min(own, room) + below > room {
        show(item: target, rowsAbove: max(room - min(own, room) - below, 0), context)
      } else if used < min(margin, target) {
        show(item: target, rowsAbove: margin, context)
      }
    }
    markVisible(context)
  }

  /// Puts an item so many rows below the top.
  private mutating func show(item: Int, rowsAbove: Int, _ context: WrapContext) {
    var index = item
    var left = rowsAbove
    while left > 0, index > 0 {
      index -= 1
      let height = height(ofItem: index, context)
      if height > left {
        top = ReviewTop(line: items[index].firstLine, row: height - left)
        return settle(context)
      }
      left -= height
    }
    top = ReviewTop(line: items[index].firstLine, row: 0)
    settle(context)
  }

  /// Keeps the last page full: no rows are left empty while there are lines above.
  private mutating func settle(_ context: WrapContext) {
    let room = context.geometry.body.height
    var left = room
    var index = items.count
    while index > 0, left > 0 {
      index -= 1
      left -= height(ofItem: index, context)
    }
    let last = ReviewTop(line: items.isEmpty ? 0 : items[index].firstLine, row: max(-left, 0))
    if left > 0 { top = ReviewTop(line: items.first?.firstLine ?? 0, row: 0) }
    if left <= 0, (top.line, top.row) > (last.line, last.row) { top = last }
    markVisible(context)
  }

  /// Looks up the changed words of the hunks on screen and what the cursor's hunk is worth, so that drawing computes
  /// nothing.
  mutating func markVisible(_ context: WrapContext) {
    lookAtCursor()
    var used = -top.row
    var index = item(of: top.line)
    while index < items.count, used < context.geometry.body.height {
      used += height(ofItem: index, context)
      index += 1
    }
  }

  /// Moves the text by rows; the cursor stays on its line.
  mutating func scroll(by rows: Int, in state: State) {
    let context = context(in: state)
    var index = item(of: top.line)
    var row = top.row + rows
    while row < 0, index > 0 {
      index -= 1
      row += height(ofItem: index, context)
    }
    while index + 1 < items.count, row > 0 {
      let height = height(ofItem: index, context)
      guard row >= height else { break }
      row -= height
      index += 1
    }
    guard items.indices.contains(index) else { return }
    top = ReviewTop(line: items[index].firstLine, row: max(row, 0))
    settle(context)
  }

  /// Moves the cursor by lines; in a line taller than the screen it scrolls first.
  mutating func moveLine(by step: Int, in state: State) {
    let context = context(in: state)
    let room = context.geometry.body.height
    let index = item(of: cursor.line)
    if index == item(of: top.line) {
      let hidden = height(ofItem: index, context) - top.row - room
      if step > 0, hidden > 0 { return scroll(by: 1, in: state) }
      if step < 0, top.row > 0 { return scroll(by: -1, in: state) }
    }
    let next = min(max(index + step, 0), max(items.count - 1, 0))
    guard items.indices.contains(next) else { return }
    placeCursor(onLine: items[next].firstLine)
    follow(in: state)
  }

  /// Moves the cursor by half pages of rows.
  mutating func movePage(by halves: Int, in state: State) {
    let context = context(in: state)
    let step = halves < 0 ? -1 : 1
    var left = max(context.geometry.body.height / 2, 1) * abs(halves)
    scroll(by: left * step, in: state)
    var index = item(of: cursor.line)
    while left > 0, items.indices.contains(index + step) {
      index += step
      left -= height(ofItem: index, context)
    }
    guard items.indices.contains(index) else { return }
    placeCursor(onLine: items[index].firstLine)
    follow(in: state)
  }

  /// Moves the cursor to the first or last line.
  mutating func moveToEnd(_ last: Bool, in state: State) {
    guard let item = last ? items.last : items.first else { return }
    placeCursor(onLine: item.firstLine)
    follow(in: state)
  }

  /// Moves the cursor to the next hunk in that direction; false when there is none.
  mutating func moveHunk(by step: Int, in state: State) -> Bool {
    let target: Int?
    if let hunk = cursor.hunk {
      target = hunk + step
    } else if step > 0 {
      target =
        layout.lines[min(cursor.line, layout.lines.count)...].first { !$0.isUnchanged }?
        .hunks.lowerBound
    } else {
      target = layout.lines[..<min(cursor.line, layout.lines.count)].last { !$0.isUnchanged }
        .map { $0.hunks.upperBound - 1 }
    }
    guard let target, shown.hunks.indices.contains(target) else { return false }
    placeCursor(onHunk: target)
    follow(in: state)
    return true
  }

  /// Moves the cursor to the next hunk without a decision in that direction, around the end; false when there is none.
  mutating func moveUndecided(by step: Int, in state: State) -> Bool {
    let count = shown.hunks.count
    guard count > 0 else { return false }
    let before = layout.lines.prefix(cursor.line).last { !$0.isUnchanged }
    let from = cursor.hunk ?? (before.map { $0.hunks.upperBound - 1 } ?? -1) + (step < 0 ? 1 : 0)
    for offset in 1...count {
      let index = ((from + step * offset) % count + count) % count
      if shown.hunks[index].decision == .undecided {
        placeCursor(onHunk: index)
        follow(in: state)
        return true
      }
    }
    return false
  }

  /// Moves the cursor to the next step of y⁻ in that direction; backwards first to the beginning of its own.
  mutating func moveStep(by step: Int, in state: State) -> Bool {
    let starts = layout.minusSteps.map { layout.line(atMinus: $0.bytes.lowerBound) }
    let target = step > 0 ? starts.first { $0 > cursor.line } : starts.last { $0 < cursor.line }
    guard let target else { return false }
    open(line: target)
    placeCursor(onLine: target)
    follow(in: state)
    return true
  }

  /// Folds or unfolds the stretch under the cursor; false when there is none to fold.
  mutating func toggleFold(in state: State) -> Bool {
    guard
      let stretch = stretches.first(where: { $0.contains(cursor.line) })
        ?? stretches.min(by: { distance($0) < distance($1) })
    else { return false }
    let folded = folds.isFolded(stretch, of: layout)
    let anchor = layout.lines[stretch.lowerBound].anchor
    refold { $0.own[anchor] = !folded }
    if !folded, stretch.contains(cursor.line) { placeCursor(onLine: stretch.lowerBound) }
    follow(in: state)
    return true
  }

  private func distance(_ stretch: Range<Int>) -> Int {
    stretch.contains(cursor.line)
      ? 0 : min(abs(stretch.lowerBound - cursor.line), abs(stretch.upperBound - 1 - cursor.line))
  }

  /// Folds everything that can be folded, or unfolds it all.
  mutating func toggleAllFolds(in state: State) {
    let anyFolded = stretches.contains { folds.isFolded($0, of: layout) }
    options.folds = !anyFolded
    refold {
      $0.all = !anyFolded
      $0.own = [:]
    }
    follow(in: state)
  }
}
