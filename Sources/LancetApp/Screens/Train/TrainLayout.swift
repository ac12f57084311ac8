// Where the parts of the Train screen lie, for drawing and for the mouse alike.
import LancetCanvas

/// The places of the Train screen.
struct TrainLayout: Sendable {
  /// The list of runs.
  let runs: Rect
  /// The first run in it.
  let firstRun: Int
  /// How many runs are listed.
  let runCount: Int
  /// Everything between the list and the sentences at the bottom.
  let body: Rect
  /// The panels in the body.
  let panels: [(panel: TrainPanel, rect: Rect)]
  /// The exact values at the crosshair, and the diagnosis.
  let readout: Rect
  let sentence: Rect

  init(_ state: State, in area: Rect) {
    let train = state.train
    let count = train.runs.count
    // The list grows with the runs, and leaves the curves the most of the room.
    let listed = min(max(1, count), max(2, area.height / 7))
    let hidden = max(0, count - listed)
    firstRun = min(max(0, train.currentIndex - listed / 2), hidden)
    runCount = min(listed, count)
    let top = area.splitTop(listed)
    runs = top.top
    let isTall = area.height >= 26
    let bottom = Rect(
      column: area.column, row: top.rest.row + 1, width: area.width, height: top.rest.height - 1
    ).splitBottom(isTall ? 3 : 2)
    let below = bottom.bottom.splitTop(isTall ? 2 : 1)
    readout = Rect(
      column: area.column + 1, row: isTall ? below.top.row + 1 : below.top.row,
      width: area.width - 2, height: 1)
    sentence = Rect(column: area.column + 1, row: below.rest.row, width: area.width - 2, height: 1)
    body = bottom.rest
    panels = TrainLayout.panels(state, in: body)
  }

  /// The run at a row of the canvas.
  func run(atRow row: Int) -> Int? {
    let index = firstRun + row - runs.row
    return row >= runs.row && row < runs.row + runCount ? index : nil
  }

  private static func panels(_ state: State, in body: Rect) -> [(panel: TrainPanel, rect: Rect)] {
    let train = state.train
    guard !train.isComparing, !train.runs.isEmpty, !body.isEmpty else { return [] }
    let inside = Rect(
      column: body.column + 1, row: body.row, width: body.width - 2, height: body.height)
    if train.isMaximised { return [(train.panel, inside)] }
    let across = inside.width >= 128 ? 3 : inside.width >= 92 ? 2 : 1
    let down = min(max(1, inside.height / 8), (TrainPanel.allCases.count + across - 1) / across)
    let room = across * down
    // The page that holds the panel the keys act on; without room for all, pages are full.
    let all = TrainPanel.allCases
    let page = (all.firstIndex(of: train.panel) ?? 0) / room
    let first = min(page * room, max(0, all.count - room))
    let shown = all[first..<min(first + room, all.count)]
    let rows = inside.rows(down, gap: inside.height >= 9 * down ? 1 : 0)
    let cells = rows.flatMap { $0.columns(across, gap: 3) }
    return zip(shown, cells).map { ($0, $1) }
  }
}
