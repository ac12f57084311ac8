// What the workbench wants from the world. Effects are values; only the rim runs them.
import LancetCanvas
import LancetCore

/// A wish, answered by events where it says so.
public enum Effect: Hashable, Sendable {
  /// Read the Queue's rows: the first page quickly, then the rest. → `queueLoaded`, `queueFailed`
  case loadQueue
  /// Read a trace. → `traceLoaded`, `traceFailed`
  case loadTrace(TraceID)
  /// Read these too when there is nothing better to do. → `traceLoaded`
  case prefetch([TraceID])
  /// Store a batch. → `committed`, `commitFailed`
  case commit(Commit)
  /// Store all of these, in order, after a failure. → `committed`, `commitFailed` for each
  case retry([Commit])
  /// Take the last batch back, or do it again. → `undone`, `nothingToUndo`, `failed`
  case undo
  case redo
  /// Accept and approve what the expression matches, as one batch, after a backup. → `ruleApplied`, `failed`
  case applyRule(String)
  /// Ask an Oracle for another proposal. → `proposed`, `notProposed`
  case propose(TraceID)
  /// → `backupsListed`
  case listBackups
  /// Put a backup in the session's place (the present state is backed up first). → `restored`, `failed`
  case restore(Backup)
  /// Hand a text to $VISUAL or $EDITOR. → `edited`, `editFailed`
  case openEditor(EditorRequest)
  /// Put a text on the clipboard (OSC 52).
  case copy(String)
  /// Stop like any program on Ctrl-Z.
  case suspend
  /// Send every cell again.
  case redraw
  /// Turn mouse capture on or off.
  case captureMouse(Bool)
  /// Remember the theme of that name for the next start.
  case rememberTheme(String)
  /// Remember where the person is, for the next start.
  case rememberPlace(Place)
  /// End, after the store has answered everything.
  case quit
  /// Something for a run.
  case train(TrainEffect)
}

/// A text for $EDITOR, and what it is for.
public struct EditorRequest: Hashable, Sendable {
  /// What will be done with the text.
  public enum Purpose: Hashable, Sendable {
    /// It replaces this hunk.
    case tweak(TraceID, HunkKey)
    /// It becomes the text field's text.
    case field
  }
  /// What will be done with the text.
  public var purpose: Purpose
  /// The text to begin with.
  public var text: String

  /// A text on its way to the editor.
  public init(_ purpose: Purpose, text: String) {
    self.purpose = purpose
    self.text = text
  }
}
