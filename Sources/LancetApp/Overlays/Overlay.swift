// What can lie over a screen. An overlay takes all keys; Esc closes it and changes nothing.
import LancetCanvas

/// The overlays.
public enum Overlay: Sendable {
  /// `?`: what is possible here; searchable, every row runs with Enter.
  case help(HelpState)
  /// `:`: every command by name.
  case palette(PaletteState)
  /// `T`: themes with live preview.
  case themes(ThemePickerState)
  /// A line or some lines of text.
  case prompt(Prompt)
  /// A short list to pick from; a question to confirm is a list of two.
  case choices(Choices)
}

/// A text to type.
///
/// `submit` runs on Enter (Ctrl-S when multi-line); Esc closes without a trace.
public struct Prompt: Sendable {
  /// What is asked for.
  public var title: String
  /// What to type, in muted words.
  public var advice: String
  /// The text so far.
  public var field: TextField
  /// Why the text will not do; nil when it will.
  ///
  /// Asked after each key.
  public var problem: @Sendable (State, String) -> String?
  /// Lines under the field, for a preview; asked after each key.
  public var preview: @Sendable (State, String) -> [String]
  /// What to do with the text.
  public var submit: @Sendable (inout State, String) -> [Effect]
  /// The lines of the last preview.
  public var lines: [String] = []
  /// The last problem.
  public var complaint: String?

  /// A prompt with the text it begins with.
  public init(
    _ title: String, advice: String, text: String = "", multiline: Bool = false,
    problem: @escaping @Sendable (State, String) -> String? = { _, _ in nil },
    preview: @escaping @Sendable (State, String) -> [String] = { _, _ in [] },
    submit: @escaping @Sendable (inout State, String) -> [Effect]
  ) {
    self.title = title
    self.advice = advice
    self.field = TextField(text, multiline: multiline)
    self.problem = problem
    self.preview = preview
    self.submit = submit
  }
}

/// One thing to pick.
public struct Choice: Sendable {
  /// The key that picks it at once; nil for none.
  public var key: Character?
  /// Its name.
  public var title: String
  /// A word about it, in muted text.
  public var detail: String
  /// What picking it does.
  public var action: @Sendable (inout State) -> [Effect]

  /// Something to pick, with what picking it does.
  public init(
    _ title: String, key: Character? = nil, detail: String = "",
    action: @escaping @Sendable (inout State) -> [Effect]
  ) {
    self.title = title
    self.key = key
    self.detail = detail
    self.action = action
  }
}

/// A list to pick from.
public struct Choices: Sendable {
  /// The question.
  public var title: String
  /// Lines of explanation under it.
  public var lines: [String]
  /// What can be picked.
  public var items: [Choice]
  /// The one under the cursor.
  public var cursor: Int

  /// A list with the cursor on one of its items.
  public init(_ title: String, lines: [String] = [], items: [Choice], cursor: Int = 0) {
    self.title = title
    self.lines = lines
    self.items = items
    self.cursor = cursor
  }
}

extension State {
  /// Who takes the keys just now.
  public var scope: Scope {
    switch overlay {
    case .help(let help): return help.isTyping ? .helpSearch : .help
    case .palette: return .palette
    case .themes: return .themes
    case .prompt: return .prompt
    case .choices: return .choices
    case nil: return shown.scope(self)
    }
  }
}
