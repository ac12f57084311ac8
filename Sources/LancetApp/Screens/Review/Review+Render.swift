// The Review screen on a canvas.

import LancetCanvas
import LancetCore

/// Draws the trace under review between header and footer.
func renderReview(_ review: ReviewState, _ state: State, in area: Rect, on canvas: inout Canvas) {
  let context = review.context(in: state, repertoire: canvas.repertoire)
  let painter = ReviewPainter(review: review, context: context, state: state)
  painter.question(on: &canvas)
  painter.titles(on: &canvas)
  painter.body(on: &canvas)
  painter.status(on: &canvas)
}

/// The words at the right end of the footer: mode flags of fixed width.
func reviewFlags(_ review: ReviewState, _ state: State) -> String {
  let unit =
    switch review.options.unit {
    case .word: "WORD"
    case .char: "CHAR"
    case .line: "LINE"
    case .token: "TOKEN"
    }
  return unit + (review.options.wraps ? " · WRAP" : " ·  CUT")
}

/// Draws the parts of the screen.
struct ReviewPainter {
  let review: ReviewState
  let context: WrapContext
  let state: State

  private var geometry: ReviewGeometry { context.geometry }
  var ascii: Bool { context.repertoire == .ascii }

  // MARK: - Question and titles

  /// The question left, the known answer right, a rule below.
  func question(on canvas: inout Canvas) {
    let problem = review.review.input.problem
    let area = geometry.question
    let known: (words: String, value: String) =
      review.assessment.before.gold.map { ("known answer ", $0) } ?? ("no known answer", "")
    let answerWidth = min(
      displayWidth(known.words) + displayWidth(known.value),
      max(area.width - geometry.questionWidth - 2, 4))
    let valueWidth = min(displayWidth(known.value), answerWidth)
    canvas.put(
      known.value, row: area.row, endColumn: area.endColumn, Style(.text, bold: true),
      width: valueWidth)
    if answerWidth - valueWidth >= displayWidth(known.words) {
      canvas.put(
        known.words, row: area.row, endColumn: area.endColumn - valueWidth, Style(.muted))
    }
    let width = geometry.questionWidth
    let rows = wrap(
      ReviewGeometry.oneLine(
        ReviewGeometry.text(problem, isOpen: review.options.questionOpen)), width: width,
      repertoire: canvas.repertoire)
    for (index, row) in rows.prefix(area.height).enumerated() {
      let isCut = index == area.height - 1 && rows.count > area.height
      canvas.put(
        row.cells, row: area.row + index, column: area.column, width: isCut ? width - 1 : width
      ) { _ in Style(.text) }
      if isCut {
        canvas.put(
          "…", row: area.row + index,
          column: area.column + min(row.width, width - 1), Style(.muted))
      }
    }
    let body = geometry.body
    canvas.horizontalRule(row: geometry.ruleRow, column: body.column, width: body.width)
    canvas.horizontalRule(row: geometry.statusRuleRow, column: body.column, width: body.width)
    if let divider = geometry.divider {
      canvas.verticalRule(
        row: geometry.titleRow, column: divider, height: body.endRow - geometry.titleRow)
      canvas.junction("┬", row: geometry.ruleRow, column: divider)
      canvas.junction("┴", row: geometry.statusRuleRow, column: divider)
    }
  }

  /// Who wrote each side, and the answer it ends in.
  func titles(on canvas: inout Canvas) {
    if geometry.panes.count == 2 {
      for pane in geometry.panes {
        title(pane.side, from: pane.rect.column + 1, to: pane.rect.endColumn - 1, on: &canvas)
      }
    } else if let only = context.zoomed {
      title(only, from: geometry.body.column + 1, to: geometry.body.endColumn - 1, on: &canvas)
    } else {
      let middle = geometry.body.column + geometry.body.width / 2
      title(.minus, from: geometry.body.column + 1, to: middle - 2, on: &canvas)
      title(.plus, from: middle, to: geometry.body.endColumn - 1, on: &canvas)
    }
  }

  private func title(_ side: ReviewSide, from: Int, to end: Int, on canvas: inout Canvas) {
    let row = geometry.titleRow
    let input = review.review.input
    let grade = side == .minus ? review.assessment.before : review.assessment.after
    let hasAnswer = side == .minus || !review.shown.hunks.isEmpty
    var right = end
    if hasAnswer {
      let (glyph, role) = mark(grade.verdict)
      right -= canvas.put(glyph, row: row, endColumn: right, Style(role, bold: true))
      let answer = grade.answer ?? "no answer"
      right -=
        1
        + canvas.put(
          answer, row: row, endColumn: right - 1, Style(role, bold: true),
          width: min(displayWidth(answer), max((end - from) / 3, 4)))
    }
    let style =
      side == review.options.focus ? Style(.title, bold: true) : Style(.title)
    var column = from
    column += canvas.put(
      side == .minus ? "y⁻" : "y⁺", row: row, column: column, style)
    var words: [String]
    if side == .minus {
      words = ["\(input.trace.source)", "#\(input.trace.id.rawValue)"]
      if let claimed = input.trace.claimed, claimed != (grade.verdict == .right) {
        words.append(claimed ? "file says right" : "file says wrong")
      }
    } else if review.shown.hunks.isEmpty {
      words = [input.proposals.isEmpty ? "no proposal yet" : "nothing proposed"]
    } else {
      words = ["correction"]
      if let oracle = review.shown.oracle { words.append(oracle) }
      if input.proposals.count > 1 { words.append("\(input.proposals.count) proposals") }
    }
    canvas.put(
      words.joined(separator: " · "), row: row, column: column + 2, Style(.muted),
      width: max(right - column - 4, 0))
  }

  private func mark(_ verdict: Verdict) -> (String, Role) {
    switch verdict {
    case .right: ("✓", .right)
    case .wrong: ("✗", .wrong)
    case .ungradable: ("?", .warning)
    }
  }

  // MARK: - Lines

  /// The visible lines, from the first row on screen.
  func body(on canvas: inout Canvas) {
    let body = geometry.body
    var row = body.row - review.top.row
    var index = review.item(of: review.top.line)
    while review.items.indices.contains(index), row < body.endRow {
      switch review.items[index] {
      case .fold(let lines):
        fold(lines, row: row, on: &canvas)
        row += 1
      case .line(let line):
        let rows = review.layout.rows(of: line, marks: review.marks, in: context)
        draw(rows, at: row, on: &canvas)
        row += rows.height
      }
      index += 1
    }
    if review.layout.lines.isEmpty {
      canvas.put(
        "The trace is empty.", row: body.row + 1, column: body.column + 2, Style(.muted))
    }
  }

  private func fold(_ lines: Range<Int>, row: Int, on canvas: inout Canvas) {
    let isHere = lines.contains(review.cursor.line)
    guard let pane = geometry.panes.first else { return }
    if isHere { cursorMark(row: row, pane, on: &canvas) }
    canvas.put(
      "⋯ \(lines.count) unchanged lines", row: row, column: pane.textColumn,
      Style(isHere ? .accent : .muted), width: pane.textWidth)
  }

  private func cursorMark(row: Int, _ pane: ReviewPane, on canvas: inout Canvas) {
    canvas.put(
      "▶", row: row, column: pane.rect.column + 1, Style(.accent, bold: true))
  }

  private func draw(_ rows: LineRows, at first: Int, on canvas: inout Canvas) {
    let body = geometry.body
    let visible = body.row..<body.endRow
    let line = review.layout.lines[rows.line]
    let isHere = rows.line == review.cursor.line
    if isHere, let pane = geometry.panes.first {
      let row = max(first, body.row)
      if row < min(first + rows.height, body.endRow) { cursorMark(row: row, pane, on: &canvas) }
    }
    let boxes = review.boxes(of: rows, context: context)
    for part in rows.parts {
      let pane = geometry.panes[part.pane]
      if visible.contains(first + part.offset) {
        gutter(line, part, pane, row: first + part.offset, on: &canvas)
      }
      for (index, text) in part.rows.enumerated() {
        let row = first + part.offset + index
        guard visible.contains(row) else { continue }
        canvas.put(
          text.cells, row: row, column: pane.textColumn, width: pane.textWidth,
          style: styles(of: part, line: rows.line))
        caret(part, text, isLast: index == part.rows.count - 1, row: row, pane, on: &canvas)
        let hasBox = pane.side == .plus && boxes.contains { $0.row == part.offset + index }
        if !hasBox {
          canvas.put(
            review.values(on: text, of: part), row: row, column: pane.margin.column + 1,
            Style(.muted), width: max(pane.margin.width - 1, 0))
        }
      }
    }
    guard let pane = geometry.panes.last, pane.side == .plus else { return }
    for box in boxes where visible.contains(first + box.row) {
      draw(box, row: first + box.row, pane, on: &canvas)
    }
    if let last = boxes.last, !last.isAlone, visible.contains(first + last.row),
      let more = hidden(line, boxes)
    {
      canvas.put(
        more, row: first + last.row, column: pane.margin.column + last.columns.upperBound,
        Style(.muted), width: 2)
    }
  }

  private func hidden(_ line: ReviewLine, _ boxes: [HunkBox]) -> String? {
    line.hunks.count > boxes.count ? "…" : nil
  }

  private func draw(_ box: HunkBox, row: Int, _ pane: ReviewPane, on canvas: inout Canvas) {
    let isSelected = box.hunk == review.cursor.hunk
    let role = review.role(of: box.hunk)
    let column = pane.margin.column + box.columns.lowerBound
    canvas.put(
      review.boxText(box.hunk, ascii: ascii), row: row, column: column,
      Style(
        isSelected ? .accent : role, bold: isSelected || role == .undecided,
        reverse: isSelected && context.brackets))
    guard box.isAlone else { return }
    let number = "\(review.shown.hunks[box.hunk].number)"
    let used = canvas.put(
      number, row: row, column: column + 4, Style(isSelected ? .accent : .muted, bold: isSelected))
    let note = review.shown.hunks[box.hunk].comment == nil ? "" : "*"
    canvas.put(
      note + (review.role(ofHunk: box.hunk)?.rawValue ?? ""), row: row, column: column + 5 + used,
      Style(.muted), width: max(pane.margin.endColumn - column - 5 - used, 0))
  }

  /// Step number, verdict of its arithmetic, first-error mark and rating.
  private func gutter(
    _ line: ReviewLine, _ part: PaneRows, _ pane: ReviewPane, row: Int, on canvas: inout Canvas
  ) {
    let side = part.side
    guard let bytes = line[side] else { return }
    let isWide = pane.rect == geometry.panes.first?.rect
    var column = pane.rect.column + (isWide ? 3 : 1)
    if review.options.lineNumbers, isWide {
      if side == .minus, let number = review.layout.lineNumber(at: bytes.lowerBound) {
        canvas.put("\(number)", row: row, endColumn: column + 4, Style(.muted))
      }
      column += 6
    }
    if geometry.arrangement == .stacked, context.zoomed == nil, !line.isUnchanged,
      !review.layout.isSame(line)
    {
      canvas.put(
        side == .minus ? "−" : "+", row: row, column: pane.textColumn - 2,
        Style(side == .minus ? .removed : .added))
    }
    guard let step = review.layout.stepBeginning(in: bytes, of: side) else { return }
    let shown = review.layout.steps(side)[step]
    canvas.put("\(step + 1)", row: row, endColumn: column + 3, Style(.muted))
    let (glyph, role): (String, Role) =
      switch shown.verdict {
      case .wrong: ("✗", .wrong)
      case .right: ("✓", .right)
      case .unknown: (shown.unread != nil ? "?" : "·", .muted)
      }
    canvas.put(glyph, row: row, column: column + 4, Style(role, bold: role == .wrong), width: 2)
    guard side == .minus, isWide else { return }
    let at = shown.bytes.lowerBound
    if review.review.firstError == at {
      canvas.put("!", row: row, column: column + 5, Style(.wrong, bold: true))
    }
    if let label = review.review.labels[at] {
      let (text, role): (String, Role) =
        switch label {
        case .right: ("+1", .right)
        case .neutral: (" 0", .muted)
        case .wrong: ("−1", .wrong)
        }
      canvas.put(text, row: row, column: column + 6, Style(role, bold: true))
    }
  }

  /// The style of each cell of a part.
  private func styles(of part: PaneRows, line: Int) -> (VisibleCell) -> Style {
    let found = review.search?.matches(on: line) ?? 0..<0
    let matches = review.search.map { $0.matches[found] } ?? []
    let current = review.search?.current
    var next = 0
    return { cell in
      let spans = part.ribbon.spans
      let at = cell.bytes.lowerBound
      while next + 1 < spans.count, spans[next].bytes.upperBound <= at { next += 1 }
      while next > 0, spans[next].bytes.lowerBound > at { next -= 1 }
      guard spans.indices.contains(next) else { return .plain }
      let span = spans[next]
      var style = self.style(of: span.meaning)
      let source = span.source + at - span.bytes.lowerBound
      if case .bracket = span.meaning { return style }
      if self.isInRange(source, span) { style.reverse = true }
      if !matches.isEmpty {
        let index = matches.firstIndex { $0.side == span.side && $0.bytes.contains(source) }
        if let index { style.role = index == current ? .matchCurrent : .match }
      }
      return style
    }
  }

  private func isInRange(_ source: Int, _ span: Ribbon.Span) -> Bool {
    guard let range = review.range, case .hunk(let hunk, let side, _) = span.meaning,
      review.shown.hunks[hunk].key == range.key, let piece = review.layout.piece(ofHunk: hunk)
    else { return false }
    return range.pieces[range.selected].contains { part in
      side == .minus
        ? part.minus.contains(source)
        : part.plus.shifted(by: piece.plus.lowerBound - range.key.plus.lowerBound).contains(source)
    }
  }

  private func style(of meaning: Ribbon.Meaning) -> Style {
    switch meaning {
    case .shared:
      return Style(.text)
    case .bracket(let hunk):
      return Style(hunk == review.cursor.hunk ? .accent : .muted, bold: hunk == review.cursor.hunk)
    case .hunk(let hunk, let side, let changed):
      guard review.shown.hunks.indices.contains(hunk) else { return .plain }
      let isSelected = hunk == review.cursor.hunk
      if let draft = review.draft, side == .plus, review.shown.hunks[hunk].key == draft.key {
        return Style(.input, underline: context.brackets)
      }
      var role: Role =
        side == .minus
        ? (changed ? .changedRemoved : .removed)
        : (changed ? .changedAdded : .added)
      switch review.shown.hunks[hunk].decision {
      case .tweaked where side == .plus: role = .tweaked
      case .rejected: role = .text
      default: break
      }
      return Style(
        role, bold: changed && isSelected, underline: isSelected && changed,
        on: isSelected ? .selection : nil)
    }
  }

  /// Shows the terminal's cursor where the next character of the draft goes.
  private func caret(
    _ part: PaneRows, _ text: WrappedLine, isLast: Bool, row: Int, _ pane: ReviewPane,
    on canvas: inout Canvas
  ) {
    guard let draft = review.draft, canvas.cursor == nil,
      let index = review.shown.index(of: draft.key),
      let piece = review.layout.piece(ofHunk: index)
    else { return }
    let byte = piece.plus.lowerBound + draft.field.cursorByte
    guard let position = part.ribbon.position(of: byte, on: .plus),
      text.bytes.contains(position) || (isLast && position == text.bytes.upperBound)
    else { return }
    var column = 0
    for cell in text.cells where cell.bytes.lowerBound < position { column += Int(cell.width) }
    canvas.cursor = Canvas.Position(
      row: row, column: pane.textColumn + min(column, pane.textWidth))
  }
}
