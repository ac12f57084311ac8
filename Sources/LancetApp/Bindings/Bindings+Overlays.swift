// What can be done in the overlays and text fields.
import LancetCanvas

/// The bindings of the overlays.
public let overlayBindings: [Binding] =
  helpBindings + paletteBindings + themeBindings + promptBindings + choiceBindings

private let helpBindings: [Binding] = [
  Binding("help.down", [.char("j"), .down, .char("n")], in: [.help], "down") {
    $0.moveHelp(by: 1)
    return []
  },
  Binding("help.up", [.char("k"), .up, .char("N")], in: [.help], "up") {
    $0.moveHelp(by: -1)
    return []
  },
  Binding("help.pageDown", [.pageDown, .control("d"), .control("f")], in: [.help], "page down") {
    $0.moveHelp(by: $0.helpHeight - 1)
    return []
  },
  Binding("help.pageUp", [.pageUp, .control("u"), .control("b")], in: [.help], "page up") {
    $0.moveHelp(by: 1 - $0.helpHeight)
    return []
  },
  Binding("help.top", [.char("g"), .home], in: [.help], "top") {
    $0.moveHelp(by: -Size.limit)
    return []
  },
  Binding("help.bottom", [.char("G"), .end], in: [.help], "bottom") {
    $0.moveHelp(by: Size.limit)
    return []
  },
  Binding(
    "help.run", [.enter], in: [.help, .helpSearch], "do what the row says", hint: Hint("run", 80)
  ) {
    state in
    guard case .help(let help) = state.overlay else { return [] }
    let rows = help.rows(in: state)
    guard rows.indices.contains(help.cursor) else { return [] }
    state.overlay = nil
    return run(&state, rows[help.cursor])
  },
  Binding("help.search", [.char("/")], in: [.help], "search the help", hint: Hint("search", 70)) {
    $0.editHelp { help in
      help.search = help.search ?? TextField()
      help.isTyping = true
    }
    return []
  },
  Binding(
    "help.close", [.char("?"), .char("q"), .escape, .function(1)], in: [.help], "close",
    hint: Hint("close", 90)
  ) { state in
    state.overlay = nil
    return []
  },
  Binding("help.endSearch", [.escape], in: [.helpSearch], "end the search", hint: Hint("back", 60))
  {
    $0.editHelp { help in
      help.search = nil
      help.isTyping = false
      help.cursor = 0
      help.top = 0
    }
    return []
  },
  Binding("help.keepSearch", [.down, .control("s")], in: [.helpSearch], "to the rows found") {
    $0.editHelp { $0.isTyping = false }
    return []
  },
]

private let paletteBindings: [Binding] = [
  Binding("palette.run", [.enter], in: [.palette], "run", hint: Hint("run", 90)) {
    $0.runPalette()
  },
  Binding("palette.complete", [.tab], in: [.palette], "complete", hint: Hint("complete", 80)) {
    $0.completePalette()
    return []
  },
  Binding("palette.down", [.down, .control("n")], in: [.palette], "down") {
    $0.movePalette(by: 1)
    return []
  },
  Binding("palette.up", [.up, .control("p")], in: [.palette], "up; from the top: typed before") {
    $0.movePalette(by: -1)
    return []
  },
  Binding(
    "palette.close", [.escape, .control("c")], in: [.palette], "close", hint: Hint("close", 70)
  ) {
    state in
    state.overlay = nil
    return []
  },
]

private let themeBindings: [Binding] = [
  Binding("themes.down", [.char("j"), .down], in: [.themes], "down") {
    $0.themes.use(min($0.themes.index + 1, $0.themes.all.count - 1))
    return []
  },
  Binding("themes.up", [.char("k"), .up], in: [.themes], "up") {
    $0.themes.use(max($0.themes.index - 1, 0))
    return []
  },
  Binding("themes.take", [.enter], in: [.themes], "keep this theme", hint: Hint("keep", 90)) {
    state in
    state.overlay = nil
    state.notice = Notice("theme: \(state.theme.name)", .muted)
    return [.settings(.rememberTheme(state.theme.id))]
  },
  Binding(
    "themes.close", [.escape, .char("q")], in: [.themes], "back to the theme before",
    hint: Hint("back", 80)
  ) { state in
    if case .themes(let picker) = state.overlay { state.themes.use(picker.before) }
    state.overlay = nil
    return []
  },
]

private let promptBindings: [Binding] = [
  Binding("prompt.submit", [.control("s")], in: [.prompt], "done", hint: Hint("done", 90)) {
    $0.submitPrompt()
  },
  Binding("prompt.enter", [.enter], in: [.prompt], "done; a new line where there are several") {
    state in
    guard case .prompt(var prompt) = state.overlay, prompt.field.isMultiline else {
      return state.submitPrompt()
    }
    _ = prompt.field.handle(.enter)
    prompt.refresh(state)
    state.overlay = .prompt(prompt)
    return []
  },
  Binding("prompt.editor", [.control("e")], in: [.prompt], "in $EDITOR", hint: Hint("editor", 60)) {
    state in
    guard case .prompt(let prompt) = state.overlay else { return [] }
    return [.terminal(.openEditor(EditorRequest(.field, text: prompt.field.text)))]
  },
  Binding("prompt.cancel", [.escape], in: [.prompt], "cancel", hint: Hint("cancel", 80)) { state in
    state.overlay = nil
    return []
  },
]

private let choiceBindings: [Binding] = [
  Binding("choices.down", [.down, .char("j"), .tab], in: [.choices], "down") {
    $0.moveChoice(by: 1)
    return []
  },
  Binding("choices.up", [.up, .char("k"), .backTab], in: [.choices], "up") {
    $0.moveChoice(by: -1)
    return []
  },
  Binding("choices.take", [.enter], in: [.choices], "take it", hint: Hint("take", 90)) { state in
    guard case .choices(let choices) = state.overlay, choices.items.indices.contains(choices.cursor)
    else { return [] }
    state.overlay = nil
    return choices.items[choices.cursor].action(&state)
  },
  Binding(
    "choices.cancel", [.escape, .char("q")], in: [.choices], "cancel", hint: Hint("cancel", 80)
  ) { state in
    state.overlay = nil
    return []
  },
]
