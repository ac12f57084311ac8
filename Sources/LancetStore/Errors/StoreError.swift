// What can go wrong with a session file or an imported file, as facts. The sentences stand in StoreError+Sentences.

import LancetCore
import LancetSystem

/// Who holds the writing lock of a session.
public struct LockHolder: Hashable, Sendable {
  /// The process; nil when the lock file could not be read.
  public var pid: Int?
  /// When it opened the session, milliseconds since 1970; nil when unknown.
  public var since: Int64?

  /// A holder, as far as known.
  public init(pid: Int?, since: Int64?) {
    self.pid = pid
    self.since = since
  }
}

/// A refusal of SQLite.
///
/// Bound values stay out of it, since they may be private texts.
public struct SQLiteFailure: Hashable, Sendable {
  /// The extended result code.
  public var code: Int32
  /// SQLite's own words.
  public var message: String
  /// The statement, with its parameters as question marks.
  public var sql: String

  /// The primary result code: the low byte.
  public var primary: Int32 { code & 0xff }
}

/// Why nothing may be written to a session that can be read.
public enum ReadOnlyReason: Hashable, Sendable {
  /// It was opened for reading.
  case asked
  /// The file's or the folder's permissions, or a read-only file system.
  case permissions
  /// The file has several names (hard links): journals of one name are invisible under the other.
  case hardLinked(Int)
}

/// What a person cannot have imported.
public enum RefusedInput: Hashable, Sendable {
  case missing, danglingLink, directory, fifo, socket, device
  /// A compressed or binary container by its first bytes: `gzip`, `zip`, `parquet`, …
  case container(String)
  /// An encoding that is not UTF-8, by its first bytes.
  case encoding(String)
  /// The operating system's words.
  case unreadable(String)
}

/// Everything LancetStore can refuse or fail at.
public enum StoreError: LancetError, Hashable {
  /// There is no such session.
  case missing(path: String)
  /// `create` found a file of that name.
  case exists(path: String)
  /// The file is no Lancet session; `found` says what it is.
  case notASession(path: String, found: String)
  /// The file was written by a newer Lancet.
  case newerSchema(path: String, found: Int, known: Int)
  /// The file was written by an earlier Lancet and cannot be brought to this version where it lies.
  case earlierSchema(path: String, found: Int, known: Int)
  /// Another process writes to it.
  case locked(path: String, holder: LockHolder)
  /// The file is damaged; `backups` can be restored.
  case damaged(path: String, detail: String, backups: Int)
  /// Nothing can be written.
  case readOnly(path: String, reason: ReadOnlyReason)
  /// A transaction did not reach the disk and was rolled back.
  case notSaved(path: String, reason: String, diskFull: Bool)
  /// The file was deleted, renamed, replaced or written by others while it was open; `kept` is a copy of what was saved.
  case replaced(path: String, kept: String?)
  /// There is something beside the file that SQLite must not open; `path` is its path.
  case strangeJournal(path: String, found: String)
  /// The journal beside the file is another file's or damaged: without it the file is sound, with it it is not.
  case foreignJournal(path: String, journal: String)
  /// A killed process left a journal that only a writer can play back, and nothing can be written here now.
  case unrecovered(path: String)
  /// A pair's texts are not those that were approved.
  case pairChanged(PairID, trace: TraceID)
  /// A file beside the session could not be used.
  case file(FileFailure)
  /// The file or folder could not be made.
  case cannotCreate(path: String, reason: String)
  /// Reading failed.
  case cannotRead(path: String, reason: String)
  /// A statement failed for another reason.
  case sqlite(SQLiteFailure, path: String)
  /// No trace, pair, run or backup has this name.
  case unknown(kind: String, name: String, path: String)
  /// An event names a hunk or proposal that the trace does not have, or the like.
  case refusedEvent(trace: TraceID, reason: String)
  /// The rules do not allow this pair.
  case refusedApproval(trace: TraceID, reasons: [String])
  /// A file that cannot be imported.
  case refusedInput(path: String, RefusedInput)
  /// `--strict` met a row that cannot be imported.
  case badRow(file: String, line: Int, reason: String)
  /// A backup cannot be put back; nothing was moved.
  case backupUnusable(path: String, reason: String)
  /// A backup turned out unusable and was not kept.
  case backupFailed(path: String, reason: String)
}
