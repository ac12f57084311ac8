// Where the parts of the Review screen lie, for drawing, scrolling and the mouse alike.

import LancetCanvas
import LancetCore

/// One column of text with what stands left and right of it.
struct ReviewPane: Hashable, Sendable {
  /// Which side it shows; in stacked and unified arrangement the pane shows both and this says `plus`.
  var side: ReviewSide
  /// All of it.
  var rect: Rect
  /// The first column and the width of the text.
  var textColumn: Int
  var textWidth: Int
  /// The columns right of the text for computed values or hunk boxes.
  var margin: Rect
}

/// The parts of the screen for an area.
struct ReviewGeometry: Hashable, Sendable {
  /// How the two texts stand to each other here.
  var arrangement: ReviewOptions.Arrangement
  /// The question, its rows as many as it gets.
  var question: Rect
  /// The columns the question is wrapped to; the known answer has those right of them.
  var questionWidth: Int
  /// The rule below the question, the pane titles below that.
  var ruleRow: Int
  var titleRow: Int
  /// The panes, left first; one when stacked, unified or zoomed.
  var panes: [ReviewPane]
  /// The rows of text.
  var body: Rect
  /// The rule above the status line, and the status line; a second row for notes when there is room.
  var statusRuleRow: Int
  var status: Rect

  /// Columns of the gutter: cursor, step number, verdict, first-error mark and label.
  static let wideGutter = 12
  static let plainGutter = 7
  /// Columns for `[✓] 12 propagates`, and for `is 1,234`.
  static let boxes = 17
  static let values = 9

  init(area: Rect, options: ReviewOptions, question text: String) {
    arrangement = options.resolved(columns: area.width)
    let statusRows = area.height >= 26 ? 2 : 1
    let questionLimit =
      options.questionOpen ? max(area.height / 2, 1) : area.height >= 24 ? 3 : 2
    let answerRoom = min(max(area.width / 4, 16), 34)
    questionWidth = max(area.width - 2 - answerRoom, 8)
    let questionRows = min(
      wrap(Self.oneLine(text), width: questionWidth).count, questionLimit)
    let (head, rest) = area.splitTop(questionRows)
    question = Rect(
      column: head.column + 1, row: head.row, width: max(head.width - 2, 0), height: head.height)
    ruleRow = rest.row
    titleRow = rest.row + 1
    let air = area.height >= 26 ? 1 : 0
    let (main, bottom) = rest.splitBottom(statusRows + 1)
    statusRuleRow = bottom.row
    status = Rect(
      column: bottom.column + 1, row: bottom.row + 1, width: max(bottom.width - 2, 0),
      height: statusRows)
    body = Rect(
      column: main.column, row: main.row + 2 + air, width: main.width,
      height: max(main.height - 2 - air, 0))
    panes = Self.panes(in: body, arrangement: arrangement, options: options)
  }

  /// The question as the pane shows it: what stands before it in a few words, or whole when the pane is open.
  static func text(_ problem: Problem, isOpen: Bool) -> String {
    let context = problem.context
    guard !context.isEmpty else { return problem.question }
    guard isOpen else { return "(\(context.summary)) \(problem.question)" }
    var parts = context.messages.map { "\($0.role): \($0.content)" }
    if !context.arguments.isEmpty {
      parts.append("template: " + JSON.object(context.arguments).serialized())
    }
    return (parts + ["question: " + problem.question]).joined(separator: "\n")
  }

  /// The question's characters for wrapping: a long one is cut, because three rows are all it gets.
  static func oneLine(_ text: String) -> String {
    text.utf8.count <= 20_000 ? text : String(decoding: text.utf8.prefix(20_000), as: UTF8.self)
  }

  private static func panes(
    in body: Rect, arrangement: ReviewOptions.Arrangement, options: ReviewOptions
  ) -> [ReviewPane] {
    let numbers = options.lineNumbers ? 6 : 0
    guard arrangement == .sideBySide else {
      // Two more columns for the sign of a changed line.
      return [pane(.plus, body, gutter: wideGutter + 2 + numbers, margin: boxes)]
    }
    if options.zoomed {
      let margin = options.focus == .minus ? values : boxes
      return [pane(options.focus, body, gutter: wideGutter + numbers, margin: margin)]
    }
    // The left pane is wider by the difference of the gutters and margins, so that both texts get the same width.
    let spare = body.width - 1 - wideGutter - numbers - values - plainGutter - boxes
    let text = max(spare / 2, 4)
    let left = min(wideGutter + numbers + text + values, body.width)
    let (leftRect, rest) = body.splitLeft(left)
    let (_, rightRect) = rest.splitLeft(1)
    return [
      pane(.minus, leftRect, gutter: wideGutter + numbers, margin: values),
      pane(.plus, rightRect, gutter: plainGutter, margin: boxes),
    ]
  }

  private static func pane(_ side: ReviewSide, _ rect: Rect, gutter: Int, margin: Int) -> ReviewPane
  {
    let width = max(rect.width - gutter - margin, 2)
    return ReviewPane(
      side: side, rect: rect, textColumn: rect.column + gutter, textWidth: width,
      margin: Rect(
        column: rect.column + gutter + width, row: rect.row,
        width: max(rect.width - gutter - width, 0), height: rect.height))
  }

  /// The column between the panes; nil with one pane.
  var divider: Int? { panes.count == 2 ? panes[0].rect.endColumn : nil }
}
