// The only place of LancetStore with sentences: every fact of StoreError in words.

import CSQLite
import LancetCore
import LancetSystem

extension LockHolder {
  /// `process 4711 since 2026-03-01 09:12`, as far as known.
  public var description: String {
    var text = pid.map { "process \($0)" } ?? "another process"
    if let since { text += " since \(ClockText.local(since))" }
    return text
  }
}

extension ReadOnlyReason {
  /// The fact in a few words, for a banner.
  public var description: String {
    switch self {
    case .asked: "opened for reading"
    case .permissions: "the file, its folder or the file system is read-only"
    case .hardLinked(let names): "the file has \(names) names (hard links)"
    }
  }
}

extension RefusedInput {
  var what: String {
    switch self {
    case .missing: "no such file"
    case .danglingLink: "a link to a file that is not there"
    case .directory: "a directory, not a file"
    case .fifo: "a named pipe, not a file"
    case .socket: "a socket, not a file"
    case .device: "a device, not a file"
    case .container(let kind): "not JSON Lines but \(kind)"
    case .encoding(let name): "not UTF-8 (looks like \(name))"
    case .unreadable(let why): "cannot be read: \(why)"
    }
  }
}

extension SQLiteFailure {
  /// What SQLite reported, for a person who does not know it.
  var words: String {
    switch primary {
    case SQLITE_CANTOPEN: "the file or its journal cannot be opened"
    case SQLITE_BUSY, SQLITE_LOCKED: "another process is writing just now"
    case SQLITE_IOERR: "the disk failed to read or write"
    case SQLITE_READONLY: "it cannot be written"
    case SQLITE_FULL: "the disk is full"
    case SQLITE_NOMEM: "there is no memory left"
    case SQLITE_TOOBIG: "a text is too long to be stored"
    case SQLITE_CORRUPT, SQLITE_NOTADB: "the file is damaged"
    default: "the database refused: \(message)"
    }
  }
}

extension StoreError {
  /// What happened.
  public var what: String {
    switch self {
    case .missing: "no such session"
    case .exists: "the file is there already"
    case .notASession(_, let found): "not a Lancet session but \(found)"
    case .newerSchema(_, let found, let known):
      "session made by a newer Lancet (schema \(found), this one knows \(known))"
    case .earlierSchema(_, let found, let known):
      "session made by an earlier Lancet (schema \(found), this one reads \(known)), and it cannot be written"
    case .locked(_, let holder): "the session is open in \(holder.description)"
    case .damaged(_, let detail, _): "the session file is damaged: \(detail)"
    case .readOnly(_, let reason): "nothing can be written, \(reason.description)"
    case .notSaved(_, let reason, _): "not saved: \(reason)"
    case .replaced: "the session file was deleted, moved, replaced or changed while it was open"
    case .strangeJournal(_, let found): "in the place of a session's journal there is \(found)"
    case .foreignJournal:
      "the journal beside the session does not belong to it or is damaged; without it the session is sound"
    case .unrecovered:
      "a process was killed while it wrote, and its journal must be played back first"
    case .pairChanged(let pair, _):
      "the texts of pair \(pair.rawValue) are not those that were approved"
    case .file(let failure): failure.what
    case .cannotCreate(_, let reason): "cannot create: \(reason)"
    case .cannotRead(_, let reason): "cannot read: \(reason)"
    case .sqlite(let failure, _): failure.words
    case .unknown(let kind, let name, _): "no \(kind) \(name)"
    case .refusedEvent(_, let reason): reason
    case .refusedApproval(_, let reasons): "not approved: " + reasons.joined(separator: "; ")
    case .refusedInput(_, let why): why.what
    case .badRow(_, _, let reason): reason
    case .backupUnusable(_, let reason): "the backup cannot be put back: \(reason)"
    case .backupFailed(_, let reason): "the backup was not kept: \(reason)"
    }
  }

  /// The file, line or trace it happened at.
  public var place: String {
    switch self {
    case .missing(let path), .exists(let path), .notASession(let path, _),
      .newerSchema(let path, _, _), .earlierSchema(let path, _, _), .locked(let path, _),
      .damaged(let path, _, _),
      .readOnly(let path, _), .notSaved(let path, _, _), .replaced(let path, _),
      .strangeJournal(let path, _), .foreignJournal(_, let path), .unrecovered(let path),
      .cannotCreate(let path, _), .cannotRead(let path, _), .sqlite(_, let path),
      .unknown(_, _, let path), .refusedInput(let path, _), .backupFailed(let path, _),
      .backupUnusable(let path, _):
      path
    case .refusedEvent(let trace, _), .refusedApproval(let trace, _), .pairChanged(_, let trace):
      "trace \(trace.rawValue)"
    case .file(let failure): failure.place
    case .badRow(let file, let line, _): "\(file), line \(line)"
    }
  }

  /// What to do about it.
  public var advice: String {
    switch self {
    case .missing: "make it with lancet new, or see lancet sessions"
    case .exists: "choose another name or open it"
    case .notASession: "give the name of a .lancet file"
    case .newerSchema: "use the newer Lancet; the file was not touched"
    case .earlierSchema:
      "copy it to a place where you may write; there it is brought to this version, with a backup"
    case .locked: "close it there, or read it with show and export"
    case .damaged(_, _, let backups):
      backups > 0
        ? "lancet restore shows its backups (\(backups)) and puts one back; the damaged file is kept"
        : "it has no backups; sqlite3's .recover may save a part"
    case .readOnly(_, .hardLinked): "copy it to a file of its own and open that"
    case .readOnly: "copy it to a place where you may write"
    case .notSaved(_, _, true): "free some space and repeat; what was saved before is safe"
    case .notSaved: "repeat; what was saved before is safe"
    case .replaced(_, let kept?):
      "nothing more is written to it; all that was saved is in \(kept): open that"
    case .replaced(_, nil):
      "nothing more is written to it; lancet restore shows its backups and puts one back"
    case .strangeJournal: "move it away, then open the session again"
    case .foreignJournal: "move the journal to another folder, then open the session again"
    case .unrecovered:
      "open the session once with lancet open, where you may write to it and its folder"
    case .pairChanged: "approve the trace again, or put back a backup with lancet restore"
    case .file(let failure): failure.advice
    case .cannotCreate: "check the folder and its permissions"
    case .cannotRead: "check the file and its permissions"
    case .sqlite(let failure, _) where failure.primary == SQLITE_CANTOPEN:
      "check the permissions of the file, its folder and what lies beside it"
    case .sqlite(let failure, _) where failure.isBusy: "repeat in a moment"
    case .sqlite: "check the disk and repeat; if it stays, report it with this line"
    case .unknown(let kind, _, _): kind == "backup" ? "see the list of backups" : "see lancet show"
    case .refusedEvent: "show the trace again, it may have changed"
    case .refusedApproval: "decide more hunks, or override with a reason in the workbench"
    case .refusedInput(_, .container): "unpack or convert it to JSON Lines first"
    case .refusedInput(_, .encoding): "convert it to UTF-8 first"
    case .refusedInput(_, .missing), .refusedInput(_, .danglingLink): "check the path"
    case .refusedInput: "name a regular file of JSON Lines"
    case .badRow: "fix the row, or import without --strict"
    case .backupUnusable: "nothing was moved; choose another backup"
    case .backupFailed: "the older backups are untouched"
    }
  }

  /// The exit status of a command that ends with it.
  public var exitCode: ExitCode {
    switch self {
    case .missing, .unknown: .missingInput
    case .refusedInput(_, .missing), .refusedInput(_, .danglingLink): .missingInput
    case .exists, .cannotCreate: .cannotCreate
    case .file(let failure): failure.exitCode
    case .notASession, .newerSchema, .damaged, .strangeJournal, .foreignJournal, .pairChanged,
      .backupUnusable, .refusedInput, .badRow, .refusedEvent:
      .badData
    case .locked, .unrecovered: .tryAgain
    case .sqlite(let failure, _): failure.isBusy ? .tryAgain : .inputOutput
    case .readOnly, .earlierSchema: .cannotCreate
    case .notSaved, .replaced, .cannotRead, .backupFailed: .inputOutput
    case .refusedApproval: .no
    }
  }
}
