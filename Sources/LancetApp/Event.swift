// What can happen to the workbench. Events are past facts; only the rim makes them.
import LancetCanvas
import LancetCore

/// Something that happened.
public enum Event: Sendable {
  /// A key, a paste, a click, a new size.
  case input(InputEvent)
  /// The clock; the rim sends one before each input.
  case tick(Moment)
  /// Rows of the Queue in session order, added to those already here; `total` is how many there will be.
  case queueLoaded([TraceSummary], total: Int)
  /// The session's rows could not be read.
  case queueFailed(String)
  /// A trace with its proposals and the fold of its effective events (folded off the drawing thread).
  case traceLoaded(TraceID, Review)
  /// A trace could not be read.
  case traceFailed(TraceID, String)
  /// A commit's transaction is on disk; the rows as they are now.
  case committed(ticket: Int, [TraceSummary], at: Moment)
  /// A commit was refused and nothing of it is stored.
  case commitFailed(ticket: Int, String)
  /// A commit broke a rule of the store and will never be stored; the sentence says which.
  case commitRefused(ticket: Int, String)
  /// A batch was undone or done again.
  case undone(UndoReport)
  /// There was nothing to undo or redo.
  case nothingToUndo(redo: Bool)
  /// A rule was applied as one batch.
  case ruleApplied(RuleReport)
  /// Something asked of the store outside a commit did not work; the sentence says what.
  case failed(String)
  /// The backups of this session, newest first.
  case backupsListed([ListedBackup])
  /// The session was replaced by a backup: everything is to be read again.
  case restored(ListedBackup)
  /// $EDITOR ended well with this text.
  case edited(EditorRequest, text: String)
  /// $EDITOR failed; the sentence says why and where the text is kept.
  case editFailed(EditorRequest, String)
  /// The Oracle's new proposal was stored.
  case proposed(TraceID, TraceSummary)
  /// The Oracle could not propose.
  case notProposed(TraceID, String)
  /// The place where the last sitting ended.
  case resume(Place)
  /// Something about a run.
  case train(TrainEvent)
}

/// What an undo or a redo did.
public struct UndoReport: Hashable, Sendable {
  /// Whether it was a redo.
  public var redo: Bool
  /// Whether the batch was made by a rule.
  public var isRule: Bool
  /// The events of the batch, in their order.
  public var events: [TraceEvent]
  /// The rows as they are now.
  public var summaries: [TraceSummary]
  /// When it was stored.
  public var at: Moment

  /// What an undo or redo did, once it is stored.
  public init(
    redo: Bool, isRule: Bool = false, events: [TraceEvent], summaries: [TraceSummary], at: Moment
  ) {
    self.redo = redo
    self.isRule = isRule
    self.events = events
    self.summaries = summaries
    self.at = at
  }
}

/// What applying a rule did.
public struct RuleReport: Hashable, Sendable {
  /// The expression.
  public var expression: String
  /// Traces it matched; those that were not approved stay open.
  public var matched: Int
  /// How many of them were approved.
  public var approved: Int
  /// Hunks it accepted.
  public var hunks: Int
  /// The most frequent reason for not approving; nil when there was none.
  public var reason: String?
  /// The rows as they are now.
  public var summaries: [TraceSummary]
  /// When it was stored.
  public var at: Moment

  /// What a rule did, once it is stored.
  public init(
    expression: String, matched: Int, approved: Int, hunks: Int, reason: String?,
    summaries: [TraceSummary], at: Moment
  ) {
    self.expression = expression
    self.matched = matched
    self.approved = approved
    self.hunks = hunks
    self.reason = reason
    self.summaries = summaries
    self.at = at
  }
}

/// A verified copy of the session file.
public struct ListedBackup: Hashable, Sendable {
  /// The file.
  public var path: String
  /// When it was made, as people read it.
  public var made: String
  /// Why it was made, and its size: `before a rule · 1.2 MB`.
  public var detail: String

  /// A backup as it is listed.
  public init(path: String, made: String, detail: String) {
    self.path = path
    self.made = made
    self.detail = detail
  }
}
