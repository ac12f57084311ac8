// Moving and choosing in the overlays.
import LancetCanvas
import LancetCore

extension State {
  // MARK: - Help

  /// How many lines of the help are drawn.
  var helpHeight: Int { max(1, overlayArea.height - 4) }

  /// Where the help and other tall overlays lie.
  var overlayArea: Rect {
    let width = min(size.columns - 4, 100)
    return Rect(
      column: (size.columns - width) / 2, row: 1, width: width, height: size.rows - 3)
  }

  mutating func editHelp(_ change: (inout HelpState) -> Void) {
    guard case .help(var help) = overlay else { return }
    change(&help)
    overlay = .help(help)
  }

  mutating func moveHelp(by rows: Int) {
    guard case .help(var help) = overlay else { return }
    let count = help.rows(in: self).count
    help.cursor = min(max(0, help.cursor + rows), max(0, count - 1))
    let lines = help.lines(in: self)
    let line =
      lines.firstIndex { if case .row(help.cursor) = $0 { true } else { false } } ?? 0
    let first = help.cursor == 0 ? 0 : line
    help.top = min(max(help.top, line - helpHeight + 1), first)
    overlay = .help(help)
  }

  // MARK: - Prompts and choices

  mutating func submitPrompt() -> [Effect] {
    guard case .prompt(var prompt) = overlay else { return [] }
    prompt.refresh(self)
    guard prompt.complaint == nil else {
      overlay = .prompt(prompt)
      return []
    }
    overlay = nil
    return prompt.submit(&self, prompt.field.text)
  }

  mutating func moveChoice(by step: Int) {
    guard case .choices(var choices) = overlay, !choices.items.isEmpty else { return }
    let count = choices.items.count
    choices.cursor = (choices.cursor + step + count) % count
    overlay = .choices(choices)
  }

  // MARK: - Palette

  mutating func movePalette(by step: Int) {
    guard case .palette(var palette) = overlay else { return }
    if palette.historyIndex != nil || (step < 0 && palette.cursor == 0) {
      let index = (palette.historyIndex ?? paletteHistory.count) + step
      if paletteHistory.indices.contains(index) {
        palette.historyIndex = index
        palette.field.set(paletteHistory[index])
      } else if index >= paletteHistory.count {
        palette.historyIndex = nil
        palette.field.set("")
      }
      palette.cursor = 0
    } else {
      let count = paletteMatches(palette.field.text, self).count
      palette.cursor = min(max(0, palette.cursor + step), max(0, count - 1))
    }
    overlay = .palette(palette)
  }

  mutating func completePalette() {
    guard case .palette(var palette) = overlay else { return }
    let matches = paletteMatches(palette.field.text, self)
    guard matches.indices.contains(palette.cursor) else { return }
    palette.field.set(matches[palette.cursor].id)
    palette.cursor = 0
    overlay = .palette(palette)
  }

  mutating func runPalette() -> [Effect] {
    guard case .palette(var palette) = overlay else { return [] }
    let text = palette.field.text
    switch paletteCommand(text, cursor: palette.cursor, self) {
    case .run(let binding):
      overlay = nil
      remember(text.isEmpty ? binding.id : text)
      return LancetApp.run(&self, binding)
    case .rule(let expression):
      overlay = .prompt(rulePrompt(self, text: expression))
      remember(text)
      return []
    case .filter(let expression):
      overlay = nil
      remember(text)
      screen = .queue
      queue.setFilter(expression)
      followCursor()
      return []
    case .theme(let name):
      overlay = nil
      remember(text)
      guard let index = themes.all.firstIndex(where: { $0.id == name || $0.name == name }) else {
        notice = Notice("no theme is called \(name); T shows them all", .warning)
        return []
      }
      themes.use(index)
      return [.settings(.rememberTheme(theme.id))]
    case .trace(let id):
      overlay = nil
      remember(text)
      guard queue.row(of: id) != nil else {
        notice = Notice("no trace has the number \(id.rawValue)", .warning)
        return []
      }
      return open(id)
    case .habit(let sentence):
      overlay = nil
      notice = Notice(sentence, .muted)
      return []
    case .quit:
      overlay = nil
      return quit()
    case .unknown(let sentence):
      palette.complaint = sentence
      overlay = .palette(palette)
      return []
    }
  }

  private mutating func remember(_ text: String) {
    paletteHistory.removeAll { $0 == text }
    paletteHistory.append(text)
    if paletteHistory.count > 100 { paletteHistory.removeFirst() }
  }
}

/// The backups to choose from.
func backupChoices(_ backups: [ListedBackup]) -> Choices {
  guard !backups.isEmpty else {
    return Choices(
      "There is no backup yet",
      lines: ["Lancet makes one when a session is opened and every 30 minutes with changes."],
      items: [Choice("close") { _ in [] }])
  }
  let items = backups.map { backup in
    Choice(backup.made, detail: backup.detail) { state in
      state.overlay = .choices(
        Choices(
          "Go back to \(backup.made)?",
          lines: ["The session as it is now is backed up first, so this can be taken back too."],
          items: [
            Choice("stay with the session as it is", key: "n") { _ in [] },
            Choice("restore", key: "y") { _ in [.store(.restore(backup))] },
          ]))
      return []
    }
  }
  return Choices("Restore a backup", items: items)
}
