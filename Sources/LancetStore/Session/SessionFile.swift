// The session file: one SQLite file with one writer (architecture.md, decisions 3 and 4).
//
// Promises, and who keeps them:
// (1) What `commit` returned is on the disk: synchronous=FULL, checked after a kill at any moment by Tests/Soak.
// (2) Half a batch is never seen: one batch is one transaction, events and everything derived from them.
// (3) One process writes: SessionLock. Others read at any time: the journal is a WAL, whose readers never wait. On a
//     network file system, where WAL is not safe, it is a rollback journal.
// (4) One connection writes and checkpoints (SQLite before 3.51.3 can corrupt a WAL that two connections reset).
// (5) The file is opened by SQLite alone, since closing any other descriptor of it would drop SQLite's locks.

import LancetCore

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
  private let identity: FileIdentity?
  /// The traces decided about last, so that a decision need not fold all events again.
  var reviews = ReviewCache()

  // MARK: Opening

  /// Makes a new session; it is whole or not there.
  ///
  /// `exists` when the name is taken.
  public static func create(at name: String) throws(StoreError) -> SessionFile {
    let path = SessionPath.forNew(name)
    guard !FileFacts.exists(path.file) else { throw .exists(path: path.file) }
    let part = "\(Files.folder(of: path.file))/.\(Files.name(of: path.file)).new-\(processNumber())"
    removeDatabase(part)
    defer { removeDatabase(part) }
    guard makeEmptyFile(part) else {
      throw .cannotCreate(path: path.file, reason: Files.lastError())
    }
    do throws(StoreError) {
      let db = try Connection(part, .create)
      defer { db.close() }
      try db.execute("PRAGMA application_id = \(Schema.applicationID)")
      try migrate(db, from: 0)
    } catch {
      throw .cannotCreate(path: path.file, reason: error.what)
    }
    guard Files.sync(part), giveName(part, path.file) else {
      throw FileFacts.exists(path.file)
        ? .exists(path: path.file)
        : .cannotCreate(path: path.file, reason: Files.lastError())
    }
    _ = Files.sync(Files.folder(of: path.file))
    return try SessionFile(path, .write)
  }

  /// Opens a session by name or path.
  public static func open(at name: String, mode: Mode = .write) throws(StoreError) -> SessionFile {
    try SessionFile(SessionPath(name), mode)
  }

  /// Opens a session.
  public static func open(_ path: SessionPath, mode: Mode) throws(StoreError) -> SessionFile {
    try SessionFile(path, mode)
  }

  private init(_ path: SessionPath, _ mode: Mode) throws(StoreError) {
    self.path = path
    let facts = try SessionFile.inspect(path)
    identity = facts.identity
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
      db = try SessionFile.connect(path, writing: reason == nil)
      let version = try SessionFile.accept(db, path, facts)
      if reason == nil {
        try db.execute("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON")
        try SessionFile.chooseJournal(db, isRemote ? "DELETE" : "WAL")
        db.checkpointOnClose()
        if version < Schema.version {
          try Backups(path).make(.beforeMigration, from: db)
          try SessionFile.migrate(db, from: version)
        }
      } else if version < Schema.version {
        throw StoreError.readOnly(path: path.file, reason: reason ?? .asked)
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
    if lock != nil { db.settle() }
    db.close()
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
    case .directory: throw .notASession(path: path.file, found: "a directory")
    case .fifo: throw .notASession(path: path.file, found: "a named pipe")
    case .socket: throw .notASession(path: path.file, found: "a socket")
    case .device, .other: throw .notASession(path: path.file, found: "a device")
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
    return try Connection(path.file, .read)
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

  /// Checks that this is a session of a known schema, without writing; returns its schema version.
  private static func accept(
    _ db: Connection, _ path: SessionPath, _ facts: FileFacts
  ) throws(StoreError) -> Int {
    let application = try db.integer("PRAGMA application_id") ?? 0
    guard application == Schema.applicationID else {
      throw .notASession(path: path.file, found: "another program's SQLite database")
    }
    let version = Int(try db.integer("PRAGMA user_version") ?? 0)
    guard version <= Schema.version else {
      throw .newerSchema(path: path.file, found: version, known: Schema.version)
    }
    guard version > 0 else {
      throw .damaged(path: path.file, detail: "it has no schema", backups: 0)
    }
    // Lancet makes neither, and both would run with every statement.
    let foreign =
      try db.integer("SELECT count(*) FROM sqlite_schema WHERE type IN ('trigger', 'view')") ?? 0
    guard foreign == 0 else {
      throw .damaged(path: path.file, detail: "its schema was changed", backups: 0)
    }
    let pages = try db.integer("PRAGMA page_count") ?? 0
    let pageSize = try db.integer("PRAGMA page_size") ?? 0
    let hasJournal = FileFacts(path.file + "-wal").map { $0.size > 0 } ?? false
    if !hasJournal, pages * pageSize > facts.size {
      throw .damaged(
        path: path.file, detail: "\(pages * pageSize - facts.size) bytes are missing at its end",
        backups: 0)
    }
    return version
  }

  /// Applies the migrations from a version on, each with its version number in one transaction.
  static func migrate(_ db: Connection, from version: Int) throws(StoreError) {
    for (index, migration) in Schema.migrations.enumerated() where index >= version {
      do throws(StoreError) {
        try db.execute("BEGIN IMMEDIATE")
        try db.execute(migration.sql)
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

  // MARK: Transactions

  /// Runs reads; failures come back explained.
  func reading<Result>(_ body: () throws(StoreError) -> Result) throws(StoreError) -> Result {
    do throws(StoreError) { return try body() } catch { throw SessionFile.explained(error, path) }
  }

  /// Runs one transaction: all of it is on the disk when this returns, or nothing of it ever is.
  func writing<Result>(_ body: () throws(StoreError) -> Result) throws(StoreError) -> Result {
    if let readOnly { throw .readOnly(path: path.file, reason: readOnly) }
    try checkIdentity()
    do throws(StoreError) {
      try db.execute("BEGIN IMMEDIATE")
      let result = try body()
      try db.execute("COMMIT")
      // A file replaced during the commit took the transaction with it.
      try checkIdentity()
      return result
    } catch {
      db.rollback()
      reviews.removeAll()
      throw SessionFile.notSaved(error, path)
    }
  }

  /// Whether the path still leads to the file that is open.
  private func checkIdentity() throws(StoreError) {
    guard FileFacts(path.file)?.identity == identity else { throw .replaced(path: path.file) }
  }

  private static func notSaved(_ error: StoreError, _ path: SessionPath) -> StoreError {
    guard case .sqlite(let failure, _) = error else { return explained(error, path) }
    if failure.isWriteFailure {
      return .notSaved(
        path: path.file, reason: failure.isDiskFull ? "the disk is full" : failure.message,
        diskFull: failure.isDiskFull)
    }
    return explained(error, path)
  }
}
