// One entry of the one table: the keys, the help overlay, the command palette, the footer hints and the reason why a
// key is refused just now all come from here.
import LancetCanvas

/// Where a key means something.
///
/// Exactly one scope takes the keys at a time; the screens also see the `global` ones.
public enum Scope: String, CaseIterable, Hashable, Sendable {
  /// All screens, when no overlay is open and no text is being typed.
  case global
  case queue, review, inspect, train, jobs
  /// Typing the Queue's filter; typing a hunk in place; the form for a run; typing in a prompt.
  case queueFilter, reviewEdit, trainForm, prompt, helpSearch
  /// Overlays.
  case help, palette, themes, choices

  /// Whether all keys that are not bound here are text.
  public var isText: Bool {
    switch self {
    case .queueFilter, .reviewEdit, .trainForm, .prompt, .helpSearch, .palette: true
    default: false
    }
  }

  /// The name people read in the footer and the help.
  public var title: String {
    switch self {
    case .global: "everywhere"
    case .queue: "Queue"
    case .review: "Review"
    case .inspect: "Inspect"
    case .train: "Train"
    case .jobs: "Jobs"
    case .queueFilter: "FILTER"
    case .reviewEdit: "EDIT"
    case .trainForm: "NEW RUN"
    case .prompt: "INPUT"
    case .helpSearch: "SEARCH"
    case .help: "help"
    case .palette: "COMMAND"
    case .themes: "themes"
    case .choices: "choice"
    }
  }
}

/// A short hint in the footer.
public struct Hint: Hashable, Sendable {
  /// One or two words.
  public var text: String
  /// The largest stays longest when the line is narrow.
  public var priority: Int

  /// A hint; 50 is the usual priority.
  public init(_ text: String, _ priority: Int = 50) {
    self.text = text
    self.priority = priority
  }
}

/// Something a person can do.
public struct Binding: Sendable {
  /// Its name for the palette and the key file: `hunk.accept`.
  public var id: String
  /// The keys, the first shown in hints; may be empty (palette only).
  public var keys: [Key]
  /// Where the keys work.
  public var scopes: [Scope]
  /// What it does, in a few words.
  public var summary: String
  /// Its hint in the footer; nil for none.
  public var hint: Hint?
  /// Why it is refused just now; nil when it is not.
  public var refusal: @Sendable (State) -> String?
  /// What it does.
  public var action: @Sendable (inout State) -> [Effect]

  /// An entry of the table.
  public init(
    _ id: String, _ keys: [Key], in scopes: [Scope], _ summary: String, hint: Hint? = nil,
    refusal: @escaping @Sendable (State) -> String? = { _ in nil },
    action: @escaping @Sendable (inout State) -> [Effect]
  ) {
    self.id = id
    self.keys = keys
    self.scopes = scopes
    self.summary = summary
    self.hint = hint
    self.refusal = refusal
    self.action = action
  }
}
