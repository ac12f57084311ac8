// The session file: one SQLite file with one writer (architecture.md, decisions 3 and 4).
//
// Promises, and who keeps them:
// (1) What `commit` returned is on the disk: synchronous=FULL, checked after a kill at any moment by Tests/Soak.
// (2) Half a batch is never seen: one batch is one transaction, events and everything derived from them.
// (3) One process writes: SessionLock. Others read at any time: the journal is a WAL, whose readers never wait. On a
//     network file system, where WAL is not safe, it is a rollback journal.
// (4) One connection writes and checkpoints (SQLite before 3.51.3 can corrupt a WAL that two connections reset).
// (5) The file is opened by SQLite, and by the lock; no descriptor of it is closed while SQLite has it open, since that
//     would drop SQLite's locks (OpenDatabases).
// (6) A file that others move, replace or write while it is open takes no more decisions (SessionWatch).

import LancetCore
import LancetSystem

/// An open session.
///
/// For one thread at a time; open a second one for reading on another thread.
public final class SessionFile {
  /// How a session is opened.
  public enum Mode: Hashable, Sendable {
    /// Reads and writes; throws `locked` when another process writes.
    case write
    /// Reads, also while another process writes.
    case read
    /// Writes when that is possible, otherwise reads and tells why in ``SessionFile/readOnly``.
    case writeIfPossible
  }

  /// Something a person should know about an open session, no error.
  public enum Notice: Hashable, Sendable {
    /// On a network file system: slower, and only as safe as its locks.
    case networkFileSystem
    /// Another process writes to it; this is what it has saved so far.
    case openElsewhere(LockHolder)

    /// The notice in words.
    public var description: String {
      switch self {
      case .networkFileSystem: "on a network file system: only as safe as its locks"
      case .openElsewhere(let holder): "open for writing in \(holder.description)"
      }
    }
  }

  /// The session's files.
  public let path: SessionPath
  /// Why nothing can be written; nil when it can.
  public let readOnly: ReadOnlyReason?
  /// What a person should know.
  public let notices: [Notice]

  let db: Connection
  private var lock: SessionLock?
  private var watch: SessionWatch?
  /// Why nothing more is written to a file that is no longer the one that was opened.
  private var broken: StoreError?
  /// The traces decided about last, so that a decision need not fold all events again.
  var reviews = ReviewCache()

  // MARK: Opening

  /// Opens a session by name or path.
  public static func open(at name: String, mode: Mode = .write) throws(StoreError) -> SessionFile {
    try open(SessionPath(name), mode: mode)
  }

  /// Opens a session.
  public static func open(_ path: SessionPath, mode: Mode) throws(StoreError) -> SessionFile {
    do throws(StoreError) { return try SessionFile(path, mode) } catch let earlier {
      guard mode == .read else { throw earlier }
      switch earlier {
      case .damaged, .sqlite, .unrecovered: break
      case .earlierSchema:
        // Brought to this version first, with a backup, as by opening it to write.
        do throws(StoreError) { try SessionFile(path, .write).close() } catch {
          if case .readOnly = error { throw earlier }
          throw error
        }
        return try SessionFile(path, mode)
      default: throw earlier
      }
      // Somebody may just be ending, restoring or growing it: what a second look finds is so.
      pause(milliseconds: 200)
      return try SessionFile(path, mode)
    }
  }

  init(_ path: SessionPath, _ mode: Mode) throws(StoreError) {
    self.path = path
    var facts = try SessionFile.inspect(path)
    if facts.links > 1 {
      SessionFile.removeSecondNames(path, facts)
      facts = try SessionFile.inspect(path)
    }
    try refuseStrangeJournals(of: path.file)
    var notices: [Notice] = []
    let isRemote = Files.isOnNetwork(path.file)
    if isRemote { notices.append(.networkFileSystem) }

    var reason: ReadOnlyReason?
    if mode == .read {
      reason = .asked
    } else if facts.links > 1 {
      reason = .hardLinked(facts.links)
    } else if !Files.isWritable(path.file) || !Files.isWritable(Files.folder(of: path.file)) {
      reason = .permissions
    }
    if reason != nil, mode == .write { throw .readOnly(path: path.file, reason: reason ?? .asked) }

    var lock: SessionLock?
    if reason == nil {
      do throws(StoreError) {
        lock = try SessionLock(path)
      } catch {
        guard mode == .writeIfPossible else { throw error }
        reason = .asked
        if case .locked(_, let holder) = error { notices.append(.openElsewhere(holder)) }
      }
    }
    self.lock = lock
    readOnly = reason
    self.notices = notices

    do throws(StoreError) {
      if lock != nil {
        LancetStore.removeLeftovers(beside: path)
      }
      db = try SessionFile.connect(path, writing: reason == nil)
      let version = try SessionFile.accept(db, path)
      if lock != nil { try SessionFile.checkJournal(db, path) }
      if reason == nil {
        try db.execute("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON")
        try SessionFile.chooseJournal(db, isRemote ? "DELETE" : "WAL")
        db.checkpointOnClose()
        if version < Schema.version {
          try Backups(path).make(.beforeMigration, from: db)
          try SessionFile.migrate(db, from: version)
        }
        if let lock {
          watch = try SessionWatch(path, lock)
        }
      } else if version < Schema.version {
        throw StoreError.earlierSchema(path: path.file, found: version, known: Schema.version)
      }
    } catch {
      lock?.release()
      throw SessionFile.explained(error, path)
    }
  }

  deinit { close() }

  /// Closes the file and gives the lock back; later calls do nothing.
  public func close() {
    // At rest there is no journal beside the file: readers need not make one, and a copy of the file is a whole session.
    if lock != nil {
      // What was saved before somebody moved the file away must be found again.
      if let watch, broken == nil, !watch.isUndisturbed { _ = stopWriting() }
      if broken == nil { db.settle() } else { db.leaveAlone() }
    }
    db.close()
    if lock != nil, broken != nil { watch?.putJournalAway() }
    lock?.release()
    lock = nil
  }

  // MARK: Transactions

  /// Runs reads; failures come back explained.
  func reading<Result>(_ body: () throws(StoreError) -> Result) throws(StoreError) -> Result {
    do throws(StoreError) { return try body() } catch { throw SessionFile.explained(error, path) }
  }

  /// Runs one transaction: all of it is on the disk when this returns, or nothing of it ever is.
  func writing<Result>(_ body: () throws(StoreError) -> Result) throws(StoreError) -> Result {
    if let readOnly { throw .readOnly(path: path.file, reason: readOnly) }
    try checkUndisturbed()
    do throws(StoreError) {
      try db.execute("BEGIN IMMEDIATE")
      let result = try body()
      try db.execute("COMMIT")
      // A file replaced during the commit took the transaction with it.
      if let watch, !watch.isStillNamed { throw stopWriting() }
      watch?.look()
      return result
    } catch {
      db.rollback()
      reviews.removeAll()
      throw SessionFile.notSaved(error, path)
    }
  }

  /// Whether the path still leads to the file that is open, and nobody else wrote to it.
  private func checkUndisturbed() throws(StoreError) {
    if let broken { throw broken }
    guard let watch, !watch.isUndisturbed else { return }
    throw stopWriting()
  }

  /// From here on nothing is written.
  ///
  /// What was saved is copied to a file of its own where it can still be read whole.
  private func stopWriting() -> StoreError {
    if let broken { return broken }
    db.rollback()
    var kept: String?
    if let watch, !watch.isStillNamed {
      let target = Files.freeName(path.stem + "-rescued") + SessionPath.suffix
      if !FileFacts.exists(target), (try? copyAside(to: target)) != nil { kept = target }
    }
    let error = StoreError.replaced(path: path.file, kept: kept)
    broken = error
    return error
  }

  private static func notSaved(_ error: StoreError, _ path: SessionPath) -> StoreError {
    guard case .sqlite(let failure, _) = error else { return explained(error, path) }
    if failure.isWriteFailure {
      return .notSaved(
        path: path.file, reason: failure.words,
        diskFull: failure.isDiskFull)
    }
    return explained(error, path)
  }
}
