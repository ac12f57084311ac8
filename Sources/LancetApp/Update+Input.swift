// Keys, pastes and new sizes: looked up in the one table, refused in words, or taken as text.
import LancetCanvas
import LancetCore

/// Takes an input into the state.
func updateInput(_ state: inout State, _ input: InputEvent) -> [Effect] {
  switch input {
  case .resize(let size):
    state.size = size
    return state.tellScreens(.input(input))
  case .focus:
    return []
  case .key(let key):
    state.notice = nil
    return pressed(&state, key)
  case .paste(let text):
    return pasted(&state, text)
  case .mouse(let mouse):
    return updateMouse(&state, mouse)
  }
}

extension State {
  /// The smallest window that is drawn.
  public static let smallest = Size(columns: 60, rows: 15)

  /// Whether the window is too small to work in.
  public var isTooSmall: Bool { !size.holds(Self.smallest) }
}

private func pressed(_ state: inout State, _ key: Key) -> [Effect] {
  let scope = state.scope
  if state.isTooSmall {
    guard let binding = state.bindings.binding(for: key, in: .queue),
      ["app.quit", "app.suspend"].contains(binding.id)
    else { return [] }
    return run(&state, binding)
  }
  if let binding = state.bindings.binding(for: key, in: scope) {
    return run(&state, binding)
  }
  if scope.isText { return typed(&state, .key(key)) }
  if case .choices(let choices) = state.overlay, case .char(let character) = key,
    let choice = choices.items.first(where: { $0.key == character })
  {
    state.overlay = nil
    return choice.action(&state)
  }
  state.notice = Notice("\(key.name) does nothing here; ? shows what does", .muted)
  return []
}

/// Runs a binding, or says why not.
func run(_ state: inout State, _ binding: Binding) -> [Effect] {
  if let reason = binding.refusal(state) {
    state.notice = Notice("\(binding.keyName)not now: \(reason)", .warning)
    return []
  }
  return binding.action(&state)
}

extension Binding {
  /// The first key with a space behind it, for sentences; empty without a key.
  var keyName: String { keys.first.map { "\($0.name): " } ?? "" }
}

private func pasted(_ state: inout State, _ text: String) -> [Effect] {
  guard state.scope.isText, !state.isTooSmall else {
    state.notice = Notice("pasted text was dropped: no text field is open", .muted)
    return []
  }
  return typed(&state, .paste(text))
}

/// Gives an input to the text field that has the keys.
private func typed(_ state: inout State, _ input: InputEvent) -> [Effect] {
  switch state.overlay {
  case .prompt(var prompt):
    if prompt.field.handle(input) == .changed { prompt.refresh(state) }
    state.overlay = .prompt(prompt)
    return []
  case .palette(var palette):
    if palette.field.handle(input) == .changed {
      palette.cursor = 0
      palette.historyIndex = nil
      palette.complaint = nil
    }
    state.overlay = .palette(palette)
    return []
  case .help(var help):
    if help.search?.handle(input) == .changed {
      help.cursor = 0
      help.top = 0
    }
    state.overlay = .help(help)
    return []
  case .themes, .choices:
    return []
  case nil:
    return state.shown.input(&state, input)
  }
}

extension Prompt {
  /// Asks for the problem and the preview again, after the text changed.
  mutating func refresh(_ state: State) {
    let text = field.text
    complaint = problem(state, text)
    lines = complaint == nil ? preview(state, text) : []
  }
}
