// The command palette: every command by its name, found by a few of its letters.
import LancetCanvas

/// The palette as a value.
public struct PaletteState: Sendable {
  /// What is typed.
  public var field = TextField()
  /// The row under the cursor, among ``matches(in:)``.
  public var cursor = 0
  /// The scope it was opened from.
  public var scope: Scope
  /// Where Up has gone in the history; nil when not in it.
  public var historyIndex: Int?
  /// What was wrong with the last Enter.
  public var complaint: String?

  /// A palette over a scope.
  public init(scope: Scope) {
    self.scope = scope
  }
}

/// The theme picker as a value.
public struct ThemePickerState: Sendable {
  /// The theme that Esc goes back to.
  public var before: Int

  /// A picker that goes back to this theme.
  public init(before: Int) {
    self.before = before
  }
}
