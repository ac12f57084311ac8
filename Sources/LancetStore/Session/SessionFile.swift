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

  /// Makes a new session; it is whole or not there.
  ///
  /// `exists` when the name is taken.
  public static func create(at name: String) throws(StoreError) -> SessionFile {
    let path = SessionPath.forNew(name)
    guard path.canBeNew else {
      throw .cannotCreate(
        path: name, reason: "a session needs a name, and one that does not begin with a dot")
    }
    guard !FileFacts.exists(path.file) else { throw .exists(path: path.file) }
    // A journal without its file would be played into the new one.
    for ending in journalEndings where FileFacts.exists(path.file + ending) {
      throw .strangeJournal(path: path.file + ending, found: "a journal without its session")
    }
    let folder = Files.folder(of: path.file)
    LancetStore.removeLeftovers(beside: path)
    let part = AsideName.beside(path.file)
    defer { removeUnfinished(part) }
    do throws(StoreError) { try make(part) } catch {
      let reason = if case .file(let failure) = error { failure.reason } else { error.what }
      throw .cannotCreate(path: path.file, reason: reason)
    }
    do throws(FileFailure) {
      try Files.sync(part)
      try Files.giveName(part, path.file)
      try Files.sync(folder)
    } catch {
      throw error.problem == .taken
        ? .exists(path: path.file) : .cannotCreate(path: path.file, reason: error.reason)
    }
    return try SessionFile(path, .write)
  }

  /// Makes and opens a session under an aside name, which its maker gives its own name once it is filled and closed.
  public static func createAside(_ part: String) throws(StoreError) -> SessionFile {
    try make(part)
    return try SessionFile(SessionPath(file: part), .write)
  }

  /// Removes what was made under an aside name and did not get its own.
  public static func removeUnfinished(_ part: String) { removeUnfinishedDatabase(part) }

  private static func make(_ part: String) throws(StoreError) {
    do throws(FileFailure) { try makeEmptyFile(part) } catch { throw .file(error) }
    let db = try Connection(part, .create)
    defer { db.close() }
    try db.execute("PRAGMA application_id = \(Schema.applicationID)")
    try migrate(db, from: 0)
  }

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

  private init(_ path: SessionPath, _ mode: Mode) throws(StoreError) {
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

  /// Facts of the file, once it is clear that it may be a session at all.
  private static func inspect(_ path: SessionPath) throws(StoreError) -> FileFacts {
    guard let facts = FileFacts(path.file) else {
      guard !FileFacts.exists(path.file) else {
        throw .cannotRead(path: path.file, reason: RefusedInput.danglingLink.what)
      }
      throw .missing(path: path.file)
    }
    switch facts.kind {
    case .regular: break
    case let kind: throw .notASession(path: path.file, found: kind.words)
    }
    guard facts.size > 0 else {
      throw .damaged(
        path: path.file, detail: "it is empty", backups: Backups(path).list().count)
    }
    return facts
  }

  private static func connect(_ path: SessionPath, writing: Bool) throws(StoreError) -> Connection {
    if writing { return try Connection(path.file, .write) }
    // Where no journal can be made beside the file nobody can be writing to it either.
    let folder = Files.folder(of: path.file)
    if !Files.isWritable(folder), !FileFacts.exists(path.file + "-wal") {
      return try Connection(path.file, .readImmutable)
    }
    for _ in 0..<3 {
      let db = try Connection(path.file, .read)
      do throws(StoreError) {
        _ = try db.integer("PRAGMA user_version")
        return db
      } catch {
        db.close()
        guard case .sqlite(let failure, _) = error, failure.needsRecovery else { throw error }
        try recover(path)
      }
    }
    throw .unrecovered(path: path.file)
  }

  /// Plays back the journal of a process that was killed, which only a writer can.
  private static func recover(_ path: SessionPath) throws(StoreError) {
    do throws(StoreError) {
      let lock = try SessionLock(path)
      defer { lock.release() }
      let db = try Connection(path.file, .write)
      defer { db.close() }
      _ = try db.integer("SELECT count(*) FROM sqlite_schema")
    } catch {
      // Whoever has it open recovers it, or is just at it.
      guard case .locked = error else { throw .unrecovered(path: path.file) }
      pause(milliseconds: 100)
    }
  }

  /// Looks through a journal that is there when nobody else writes: what a killed process left.
  ///
  /// It may be another file's: then the file together with it is damaged, and nothing is written.
  private static func checkJournal(_ db: Connection, _ path: SessionPath) throws(StoreError) {
    guard FileFacts(path.file + "-wal")?.size ?? 0 > 0 else { return }
    if let finding = try Backups.quickCheck(db) {
      throw .damaged(path: path.file, detail: finding, backups: 0)
    }
  }

  /// Finishes what a process that was killed while it gave the file its name left: a second name, which only its owner
  /// ever used.
  private static func removeSecondNames(_ path: SessionPath, _ facts: FileFacts) {
    let folder = Files.folder(of: path.file)
    let own = "." + Files.name(of: path.file)
    for name in Files.namesIfAny(in: folder) where name.hasPrefix(own + ".") {
      let old = ["new", "restore", "copy"].contains { word in
        let start = "\(own).\(word)-"
        return name.hasPrefix(start)
          && AsideName.isLeftover("\(own).part-\(name.dropFirst(start.count))-1")
      }
      guard old || AsideName.isLeftover(name),
        FileFacts(ofName: "\(folder)/\(name)")?.identity == facts.identity
      else { continue }
      Files.removeOwnFile("\(folder)/\(name)")
    }
  }

  /// Sets the journal mode.
  ///
  /// A disk without room for it leaves the mode as it is: safe in either, and a decision that finds
  /// no room says so itself.
  private static func chooseJournal(_ db: Connection, _ mode: String) throws(StoreError) {
    do throws(StoreError) { try db.execute("PRAGMA journal_mode = \(mode)") } catch {
      guard case .sqlite(let failure, _) = error, failure.isWriteFailure || failure.isBusy else {
        throw error
      }
    }
  }

  /// Checks that this is a whole session of a known schema, without writing; returns its schema version.
  private static func accept(_ db: Connection, _ path: SessionPath) throws(StoreError) -> Int {
    let version = try acceptSchema(db, path.file)
    // The file may grow or get its journal back between two looks: what stays is missing.
    for look in 1... {
      let pages = try db.integer("PRAGMA page_count") ?? 0
      let pageSize = try db.integer("PRAGMA page_size") ?? 0
      let size = FileFacts(path.file)?.size ?? 0
      let hasJournal = FileFacts(path.file + "-wal").map { $0.size > 0 } ?? false
      if hasJournal || pages * pageSize <= size { break }
      guard look < 4 else {
        throw .damaged(
          path: path.file, detail: "\(pages * pageSize - size) bytes are missing at its end",
          backups: 0)
      }
      pause(milliseconds: 50)
    }
    return version
  }

  /// Checks that a database is a session of a known schema; returns its schema version.
  static func acceptSchema(_ db: Connection, _ path: String) throws(StoreError) -> Int {
    let application = try db.integer("PRAGMA application_id") ?? 0
    guard application == Schema.applicationID else {
      throw .notASession(path: path, found: "another program's SQLite database")
    }
    let version = Int(try db.integer("PRAGMA user_version") ?? 0)
    guard version <= Schema.version else {
      throw .newerSchema(path: path, found: version, known: Schema.version)
    }
    guard version > 0 else {
      throw .damaged(path: path, detail: "it has no schema", backups: 0)
    }
    // Lancet makes neither, and both would run with every statement.
    let foreign =
      try db.integer("SELECT count(*) FROM sqlite_schema WHERE type IN ('trigger', 'view')") ?? 0
    guard foreign == 0 else {
      throw .damaged(path: path, detail: "its schema was changed", backups: 0)
    }
    return version
  }

  /// Applies the migrations from a version on, each with its version number in one transaction.
  static func migrate(_ db: Connection, from version: Int) throws(StoreError) {
    for (index, migration) in Schema.migrations.enumerated() where index >= version {
      do throws(StoreError) {
        try db.execute("BEGIN IMMEDIATE")
        try db.execute(migration.sql)
        try migration.fill?(db)
        try db.execute("PRAGMA user_version = \(index + 1)")
        try db.execute("COMMIT")
      } catch {
        db.rollback()
        throw error
      }
    }
  }

  /// A failure of SQLite in the words of the session: damage with the number of backups, disk full, and so on.
  static func explained(_ error: StoreError, _ path: SessionPath) -> StoreError {
    switch error {
    case .damaged where isForeignJournal(error, path), .sqlite where isForeignJournal(error, path):
      return .foreignJournal(path: path.file, journal: path.file + "-wal")
    case .damaged(_, let detail, _):
      return .damaged(path: path.file, detail: detail, backups: Backups(path).list().count)
    case .sqlite(let failure, _) where failure.isDamage:
      let backups = Backups(path).list().count
      if failure.isNotADatabase, backups == 0 {
        return .notASession(path: path.file, found: "some other file")
      }
      return .damaged(path: path.file, detail: failure.message, backups: backups)
    default: return error
    }
  }

  /// Whether the damage comes from the journal alone: without it the file is sound.
  private static func isForeignJournal(_ error: StoreError, _ path: SessionPath) -> Bool {
    if case .sqlite(let failure, _) = error, !failure.isDamage { return false }
    guard FileFacts(path.file + "-wal")?.size ?? 0 > 0,
      let alone = try? Connection(path.file, .readImmutable)
    else { return false }
    defer { alone.close() }
    guard (try? acceptSchema(alone, path.file)) != nil else { return false }
    return (try? Backups.quickCheck(alone)) == .some(nil)
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
