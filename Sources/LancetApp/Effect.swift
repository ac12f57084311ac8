// What the workbench wants from the world, by who answers it. Effects are values; only the rim runs them. Each addressee
// has one exhaustive switch, so an effect that nobody runs does not compile.
import LancetCanvas
import LancetCore

/// Something the world should do, and who does it.
public enum Effect: Hashable, Sendable {
  /// The session file's thread.
  case store(StoreEffect)
  /// The thread that starts and watches runs.
  case runs(RunsEffect)
  /// The event loop, which owns the terminal.
  case terminal(TerminalEffect)
  /// The folder of the person's settings.
  case settings(SettingsEffect)
}

/// What the session file is asked, answered by events where it says so.
public enum StoreEffect: Hashable, Sendable {
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
  case restore(ListedBackup)
  /// Remember where the person is, for the next start.
  case rememberPlace(Place)
  /// Find the pairs of a run's update again by their numbers (traces in an `rft` run). → `pairsFound`
  case findPairs(run: String, step: Int, pairs: [Int], areTraces: Bool)
}

/// What the terminal is asked.
public enum TerminalEffect: Hashable, Sendable {
  /// Hand a text to $VISUAL or $EDITOR. → `edited`, `editFailed`
  case openEditor(EditorRequest)
  /// Put a text on the clipboard (OSC 52).
  case copy(String)
  /// Stop like any program on Ctrl-Z.
  case suspend
  /// Send every cell again.
  case redraw
  /// Answer what waits, then come back at once: something is half done. → `tick`
  case goOn
  /// Turn mouse capture on or off.
  case captureMouse(Bool)
  /// Give it back for good: the workbench ends, after the store has answered everything.
  case quit
}

/// What the person's settings are asked.
public enum SettingsEffect: Hashable, Sendable {
  /// Remember the theme of that name for the next start. → `failed` when that cannot be
  case rememberTheme(String)
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
