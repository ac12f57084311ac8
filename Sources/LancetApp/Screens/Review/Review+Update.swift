// What events do to the Review screen. Called by `update` for events this screen may care about.

import LancetCanvas
import LancetCore

/// Keys that are text (scope `reviewEdit`), pastes, clicks inside `area`, the wheel.
func updateReview(_ state: inout State, input: InputEvent, in area: Rect) -> [Effect] {
  switch input {
  case .mouse(let mouse):
    return state.reviewMouse(mouse)
  case .key, .paste:
    _ = state.changeReview { review, state in
      guard var draft = review.draft else { return }
      let outcome = draft.field.handle(input)
      review.draft = draft
      if outcome != .ignored { review.showDraft(in: state) }
    }
    return []
  case .focus, .resize:
    return []
  }
}

/// Folds of traces, new sizes, and what the editor and the Oracle answer.
func updateReview(_ state: inout State, _ event: Event) -> [Effect] {
  switch event {
  case .input(.resize):
    guard state.review != nil else { return [] }
    _ = state.changeReview { review, state in review.follow(in: state) }
    return []
  case .traceLoaded(let id, let review):
    state.received(review, of: id)
    return []
  case .traceFailed(let id, let sentence):
    guard state.opening?.trace == id else { return [] }
    state.opening = nil
    if state.review == nil { state.screen = .queue }
    state.notice = Notice(sentence, .error)
    return []
  case .edited(let request, let text):
    return request.purpose == .field ? [] : state.takeEdited(request, text)
  case .proposed(let trace, _):
    guard state.review?.trace == trace else { return [] }
    state.notice = Notice("a new proposal is here", .right)
    return [.store(.loadTrace(trace))]
  case .notProposed(let trace, let sentence):
    if state.review?.trace == trace { state.notice = Notice(sentence, .warning) }
    return []
  default:
    return []
  }
}

extension State {
  /// The wheel scrolls the text under it; a click on a hunk box decides, elsewhere it moves the cursor.
  mutating func reviewMouse(_ mouse: MouseEvent) -> [Effect] {
    switch mouse.kind {
    case .wheelUp: return move { $0.scroll(by: -3 * mouse.count, in: $1) }
    case .wheelDown: return move { $0.scroll(by: 3 * mouse.count, in: $1) }
    case .press where mouse.button == .left: return reviewClick(mouse)
    default: return []
    }
  }

  private mutating func reviewClick(_ mouse: MouseEvent) -> [Effect] {
    guard let target = review?.target(row: mouse.row, column: mouse.column, in: self) else {
      return []
    }
    if review?.draft != nil {
      return move { review, state in review.placeCaret(target, in: state) }
    }
    _ = changeReview { review, state in
      review.placeCursor(onLine: target.line)
      if let hunk = target.hunk { review.cursor.hunk = hunk }
      if let side = target.side { review.options.focus = side }
      review.follow(in: state)
    }
    if target.isFold { return go("") { $0.toggleFold(in: $1) } }
    guard target.isBox, session.readOnly == nil, let hunk = review?.hunk else { return [] }
    return decideAndStay(hunk.decision == .accepted ? .undecided : .accepted)
  }
}

/// What a click meant.
struct ReviewTarget: Hashable, Sendable {
  /// The index of the line.
  var line: Int
  /// The index of the hunk, when the click was on its text or its box.
  var hunk: Int?
  /// The side the click was on, and the byte of it.
  var side: ReviewSide?
  var byte: Int?
  /// Whether it was on the box.
  var isBox = false
  /// Whether the line stands for hidden ones.
  var isFold = false
}

extension ReviewState {
  /// What lies at a cell of the screen.
  func target(row: Int, column: Int, in state: State) -> ReviewTarget? {
    let context = context(in: state)
    let body = context.geometry.body
    guard body.contains(row: row, column: column) else { return nil }
    let pane = context.geometry.panes.firstIndex { $0.rect.contains(row: row, column: column) }
    var current = body.row - top.row
    var index = item(of: top.line)
    while items.indices.contains(index), current <= row {
      guard case .line(let line) = items[index] else {
        if current == row { return ReviewTarget(line: items[index].firstLine, isFold: true) }
        current += 1
        index += 1
        continue
      }
      let rows = layout.rows(of: line, marks: marks, in: context)
      if row < current + rows.height {
        var target = ReviewTarget(line: line)
        guard let pane else { return target }
        let place = context.geometry.panes[pane]
        target.side = place.side
        let offset = row - current
        if column >= place.margin.column,
          let box = boxes(of: rows, context: context).first(where: {
            $0.row == offset && $0.columns.contains(column - place.margin.column)
          }), place.side == .plus
        {
          target.hunk = box.hunk
          target.isBox = true
          return target
        }
        guard
          let part = rows.parts.first(where: {
            $0.pane == pane && $0.offset <= offset && offset < $0.offset + $0.rows.count
          })
        else { return target }
        var used = 0
        let text = part.rows[offset - part.offset]
        let cell = text.cells.first { cell in
          used += Int(cell.width)
          return column - place.textColumn < used
        }
        let position = cell?.bytes.lowerBound ?? max(text.bytes.upperBound - 1, 0)
        let span = part.ribbon.spans.first { $0.bytes.contains(position) }
        if case .hunk(let hunk, _, _) = span?.meaning { target.hunk = hunk }
        if let source = part.ribbon.source(of: position) {
          target.side = source.side
          target.byte = cell == nil ? source.byte + 1 : source.byte
        }
        return target
      }
      current += rows.height
      index += 1
    }
    return nil
  }

  /// Puts the text cursor of what is being typed where the click was, when that is in its text.
  mutating func placeCaret(_ target: ReviewTarget, in state: State) {
    guard target.side == .plus, let byte = target.byte, let draft,
      let piece = shown.index(of: draft.key).flatMap({ layout.piece(ofHunk: $0) }),
      piece.plus.lowerBound <= byte, byte <= piece.plus.upperBound
    else { return }
    self.draft?.field.moveCursor(toByte: byte - piece.plus.lowerBound)
    showDraft(in: state)
  }
}
