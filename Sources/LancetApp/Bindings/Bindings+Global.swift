// What can be done on every screen.
import LancetCanvas
import LancetCore

/// The global bindings, in the order of the help.
public let globalBindings: [Binding] =
  [
    Binding(
      "session.undo", [.char("u")], in: [.global],
      "take the last decision back, also after a restart", hint: Hint("undo", 40),
      refusal: { $0.refusesUndo }
    ) { _ in [.store(.undo)] },
    Binding(
      "session.redo", [.control("r")], in: [.global], "do again what was undone",
      refusal: { $0.refusesUndo }
    ) { _ in [.store(.redo)] },
    Binding(
      "palette.open", [.char(":")], in: [.global], "run any command by its name",
      hint: Hint("commands", 45)
    ) { state in
      state.overlay = .palette(PaletteState(scope: state.scope))
      return []
    },
    Binding(
      "help.open", [.char("?"), .function(1)], in: [.global], "what is possible here",
      hint: Hint("help", 100)
    ) { state in
      state.overlay = .help(HelpState(scope: state.scope))
      return []
    },
  ] + tabBindings + [
    Binding("tab.next", [.tab], in: [.global], "next screen") { $0.cycleScreen(by: 1) },
    Binding("tab.previous", [.backTab], in: [.global], "previous screen") {
      $0.cycleScreen(by: -1)
    },
    Binding(
      "rule.apply", [], in: [.global],
      "accept and approve all that an expression matches, with a preview",
      refusal: { $0.session.readOnly }
    ) { state in
      state.overlay = .prompt(rulePrompt(state, text: ""))
      return []
    },
    Binding(
      "session.save", [.control("s")], in: [.global], "try again to save what is not saved",
      refusal: { $0.saving.failure == nil ? "everything is saved already" : nil }
    ) { state in
      [.store(.retry(state.saving.waiting))]
    },
    Binding(
      "session.restore", [], in: [.global], "list the backups and restore one",
      refusal: { $0.session.readOnly }
    ) { _ in [.store(.listBackups)] },
    Binding(
      "session.reload", [.char("R")], in: [.global], "filter and sort anew"
    ) { state in
      state.queue.refresh()
      state.followCursor()
      state.notice = Notice("\(counted(state.queue.shown.count, "trace")) shown", .muted)
      return []
    },
    Binding("theme.pick", [.char("T")], in: [.global], "choose a theme, with a live preview") {
      state in
      state.overlay = .themes(ThemePickerState(before: state.themes.index))
      return []
    },
    Binding(
      "mouse.toggle", [.char("%")], in: [.global], "give the mouse to the terminal, or take it back"
    ) { state in
      state.mouse.toggle()
      state.notice = Notice(
        state.mouse ? "the mouse works in Lancet" : "the mouse selects text in the terminal")
      return [.terminal(.captureMouse(state.mouse))]
    },
    Binding("screen.redraw", [.control("l")], in: [.global], "draw everything again") { _ in
      [.terminal(.redraw)]
    },
    Binding(
      "app.suspend", [.control("z")], in: [.global], "stop; the shell's fg comes back here"
    ) { _ in [.terminal(.suspend)] },
    Binding("app.up", [.escape], in: [.global], "one level up; never quits") { state in
      state.goUp()
    },
    Binding("app.back", [.char("q")], in: [.global], "back to the Queue; there: quit") { state in
      state.screen == .queue ? state.quit() : state.goUp()
    },
    Binding(
      "app.quit", [.char("Q"), .control("c")], in: [.global],
      "quit; all decisions are stored already"
    ) { $0.quit() },
  ]

/// One binding a screen: the digit of its place.
private let tabBindings: [Binding] = Screen.all.enumerated().map { index, screen in
  Binding(
    screen.tabBinding, [.char(Character("\(index + 1)"))], in: [.global], screen.summary,
    refusal: screen.refusal
  ) { screen.show(&$0) }
}

extension Screen {
  /// The name of the binding that goes to it.
  var tabBinding: String { "tab.\(id.name)" }
}

extension State {
  /// Goes to the next screen that can be shown.
  mutating func cycleScreen(by step: Int) -> [Effect] {
    let usable = Screen.all.filter { $0.refusal(self) == nil }
    guard let index = usable.firstIndex(where: { $0.id == screen }), !usable.isEmpty else {
      return []
    }
    return usable[(index + step + usable.count) % usable.count].show(&self)
  }

  /// Goes one level up.
  mutating func goUp() -> [Effect] { screen == .queue ? [] : Screen[.queue].show(&self) }

  /// Why nothing can be undone just now.
  var refusesUndo: String? {
    if let reason = session.readOnly { return reason }
    return saving.failure == nil ? nil : "the last decision is not saved yet; Ctrl-s tries again"
  }

  /// Ends, after asking when something is not saved.
  mutating func quit() -> [Effect] {
    let place = review.map { Place(trace: $0.trace, hunk: $0.hunkNumber) }
    let here = screen == .review ? place : queue.current.map { Place(trace: $0.id) } ?? place
    let last = here.map { [Effect.store(.rememberPlace($0))] } ?? []
    guard saving.failure != nil, !saving.waiting.isEmpty else { return last + [.terminal(.quit)] }
    let lost = saving.waiting.reduce(0) { $0 + $1.events.count }
    overlay = .choices(
      Choices(
        "\(counted(lost, "decision")) could not be saved. Quit and lose them?",
        lines: [saving.failure ?? ""],
        items: [
          Choice("try to save again", key: "s") { [.store(.retry($0.saving.waiting))] },
          Choice("stay here", key: "n") { _ in [] },
          Choice("quit and lose them", key: "y") { _ in last + [.terminal(.quit)] },
        ]))
    return []
  }
}
