// The mouse: tabs and hints run, rows take the cursor, a second click opens, the wheel scrolls without moving it.
// Nothing can be done only with the mouse.
import LancetCanvas
import LancetCore

/// Two clicks on a place within this many seconds are one double click.
private let doubleClick = 0.4

/// Takes a mouse event into the state.
func updateMouse(_ state: inout State, _ mouse: MouseEvent) -> [Effect] {
  guard !state.isTooSmall else { return [] }
  if state.overlay != nil { return mouseInOverlay(&state, mouse) }
  let isPress = mouse.kind == .press && mouse.button == .left
  if isPress, mouse.row == 0 {
    guard let tab = state.tabs.first(where: { $0.columns.contains(mouse.column) }),
      let binding = state.bindings[tab.screen.tabBinding]
    else { return [] }
    return run(&state, binding)
  }
  if isPress, mouse.row == state.size.rows - 1 {
    guard let hint = state.hints.first(where: { $0.columns.contains(mouse.column) }) else {
      return []
    }
    return run(&state, hint.binding)
  }
  return state.shown.mouse(&state, mouse)
}

extension State {
  /// Whether this click is the second of a double click.
  mutating func isSecondClick(_ mouse: MouseEvent) -> Bool {
    let second =
      lastClick.map { $0.row == mouse.row && now.seconds - $0.seconds <= doubleClick } ?? false
    lastClick =
      second ? nil : Click(row: mouse.row, column: mouse.column, seconds: now.seconds)
    return second
  }
}

private func mouseInOverlay(_ state: inout State, _ mouse: MouseEvent) -> [Effect] {
  switch mouse.kind {
  case .wheelDown, .wheelUp:
    let step = (mouse.kind == .wheelDown ? 1 : -1) * max(1, mouse.count)
    switch state.overlay {
    case .help: state.moveHelp(by: 3 * step)
    case .palette: state.movePalette(by: step)
    case .choices: state.moveChoice(by: step > 0 ? 1 : -1)
    case .themes, .prompt, nil: break
    }
    return []
  case .press where mouse.button == .left && mouse.row == state.size.rows - 1:
    guard let hint = state.hints.first(where: { $0.columns.contains(mouse.column) }) else {
      return []
    }
    return run(&state, hint.binding)
  case .press where mouse.button == .left:
    return clickInOverlay(&state, row: mouse.row, column: mouse.column)
  case .press, .release, .drag:
    return []
  }
}

private func clickInOverlay(_ state: inout State, row: Int, column: Int) -> [Effect] {
  guard let layout = overlayLayout(state), layout.frame.contains(row: row, column: column) else {
    return []
  }
  guard let index = layout.index(atRow: row) else { return [] }
  switch state.overlay {
  case .help(var help):
    let second = help.cursor == index
    help.cursor = index
    state.overlay = .help(help)
    return second ? state.bindings["help.run"].map { run(&state, $0) } ?? [] : []
  case .palette(var palette):
    palette.cursor = index
    state.overlay = .palette(palette)
    return state.runPalette()
  case .choices(var choices):
    choices.cursor = index
    state.overlay = .choices(choices)
    return state.bindings["choices.take"].map { run(&state, $0) } ?? []
  case .themes:
    state.themes.use(index)
    return []
  case .prompt, nil:
    return []
  }
}
