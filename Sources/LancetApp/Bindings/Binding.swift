// One entry of the one table: the keys, the help overlay, the command palette, the footer hints and the reason why a
// key is refused just now all come from here.
import LancetCanvas

/// Where a key means something.
///
/// Exactly one scope takes the keys at a time; the screens also see the `global` ones. A screen's folder adds its own.
public struct Scope: Hashable, Sendable {
  /// What takes the keys, and what happens to keys that are not bound.
  public enum Kind: Hashable, Sendable {
    /// A screen, where the global keys work too.
    case screen
    /// Something to type in: a key that is not bound is text.
    case text
    /// All else: overlays, and the keys that work everywhere.
    case other
  }
  /// Its name, unlike any other's.
  public let name: String
  /// The name people read in the footer and the help.
  public let title: String
  /// What happens to keys that are not bound.
  public let kind: Kind

  /// A scope.
  public init(_ name: String, title: String, kind: Kind) {
    self.name = name
    self.title = title
    self.kind = kind
  }

  /// Whether all keys that are not bound here are text.
  public var isText: Bool { kind == .text }

  /// Whether it is a screen, where the global keys work too.
  public var isScreen: Bool { kind == .screen }
}

extension Scope {
  /// All screens, when no overlay is open and no text is being typed.
  public static let global = Scope("global", title: "everywhere", kind: .other)
  /// Typing in a prompt.
  public static let prompt = Scope("prompt", title: "INPUT", kind: .text)
  /// Typing in the help's search.
  public static let helpSearch = Scope("helpSearch", title: "SEARCH", kind: .text)
  /// Typing in the command palette.
  public static let palette = Scope("palette", title: "COMMAND", kind: .text)
  /// The help.
  public static let help = Scope("help", title: "help", kind: .other)
  /// The theme picker.
  public static let themes = Scope("themes", title: "themes", kind: .other)
  /// A list to pick from.
  public static let choices = Scope("choices", title: "choice", kind: .other)
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
