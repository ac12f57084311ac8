// One connection to one session file. The only door to SQLite besides Statement; every failure leaves as a StoreError.

import CSQLite
import LancetSystem

extension SQLiteFailure {
  var isBusy: Bool { primary == SQLITE_BUSY || primary == SQLITE_LOCKED }
  var isDamage: Bool { primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB }
  var isNotADatabase: Bool { primary == SQLITE_NOTADB }
  /// SQLITE_READONLY_ROLLBACK, _RECOVERY and _CANTINIT: a journal that a reader cannot play back.
  var needsRecovery: Bool { code == 776 || code == 264 || code == 1288 }
  var isDiskFull: Bool { primary == SQLITE_FULL }
  var isWriteFailure: Bool {
    primary == SQLITE_FULL || primary == SQLITE_IOERR || primary == SQLITE_READONLY
      || primary == SQLITE_CANTOPEN
  }
}

/// An open SQLite database with Lancet's safety settings.
///
/// For one thread at a time.
final class Connection {
  /// How the file is opened.
  enum Access {
    case read
    /// Reads a file in a folder where no journal can be made; only right while nobody writes to it.
    case readImmutable
    case write
    case create
  }

  /// The file, as SQLite was given it.
  let path: String
  private let handle: OpaquePointer
  private let identity: FileIdentity?
  private var cache: [String: Statement] = [:]

  /// Opens the file.
  ///
  /// Hostile schemas are defused: no functions with side effects from the schema, no writable
  /// schema, cell sizes checked, no memory map (a truncated map would be a SIGBUS).
  init(_ path: String, _ access: Access) throws(StoreError) {
    self.path = path
    try refuseStrangeJournals(of: path)
    identity = FileFacts(path)?.identity
    var flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    var name = path
    switch access {
    case .read: flags |= SQLITE_OPEN_READONLY
    case .readImmutable:
      flags |= SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
      name = Connection.immutableURI(path)
    case .write: flags |= SQLITE_OPEN_READWRITE
    case .create: flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    }
    if let identity { OpenDatabases.opened(identity) }
    var opened: OpaquePointer?
    let code = sqlite3_open_v2(name, &opened, flags, nil)
    guard code == SQLITE_OK, let opened else {
      let message = opened.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
      sqlite3_close_v2(opened)
      if let identity { OpenDatabases.closed(identity) }
      throw .sqlite(SQLiteFailure(code: code, message: message, sql: "open"), path: path)
    }
    handle = opened
    _ = lancet_sqlite_db_config_flag(handle, SQLITE_DBCONFIG_DEFENSIVE, 1)
    _ = lancet_sqlite_db_config_flag(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
    // A connection that has not accepted the file yet, or only reads, must not write on closing either.
    _ = lancet_sqlite_db_config_flag(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
    sqlite3_busy_timeout(handle, 3000)
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, 256 << 20)
    try execute("PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY")
  }

  deinit { close() }

  private var closed = false

  /// Closes; later calls do nothing.
  func close() {
    guard !closed else { return }
    closed = true
    for statement in cache.values { statement.finalize() }
    cache = [:]
    sqlite3_close_v2(handle)
    if let identity { OpenDatabases.closed(identity) }
  }

  /// Lets this connection check the journal back into the file when it closes: the file is ours to write.
  func checkpointOnClose() {
    _ = lancet_sqlite_db_config_flag(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0)
  }

  /// Leaves file and journal as they are when it closes: the file is no longer the one this was opened on.
  func leaveAlone() {
    guard !closed else { return }
    _ = lancet_sqlite_db_config_flag(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
  }

  /// Checks the journal into the file, which then is the whole database.
  func foldJournal() throws(StoreError) {
    for statement in cache.values { statement.reset() }
    try execute("PRAGMA journal_mode = DELETE")
  }

  /// Makes the session one file again before it is closed, unless somebody is reading it just now.
  func settle() {
    guard !closed else { return }
    for statement in cache.values { statement.reset() }
    sqlite3_busy_timeout(handle, 0)
    sqlite3_exec(handle, "PRAGMA journal_mode = DELETE", nil, nil, nil)
  }

  /// `file:` URI of a path with everything special escaped.
  private static func immutableURI(_ path: String) -> String {
    var uri = "file:"
    let hex = Array("0123456789ABCDEF")
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."),
        UInt8(ascii: "-"), UInt8(ascii: "_"):
        uri.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        uri += "%\(hex[Int(byte >> 4)])\(hex[Int(byte & 15)])"
      }
    }
    return uri + "?immutable=1"
  }

  // MARK: Statements

  /// Runs statements that take no parameters and give no rows.
  func execute(_ sql: String) throws(StoreError) {
    guard !closed else { throw closedError(sql) }
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw failure(sql) }
  }

  /// A prepared statement, ready to be bound; prepared once per connection.
  func statement(_ sql: String) throws(StoreError) -> Statement {
    guard !closed else { throw closedError(sql) }
    if let ready = cache[sql] {
      ready.reset()
      return ready
    }
    var prepared: OpaquePointer?
    let code = sqlite3_prepare_v3(
      handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
    guard code == SQLITE_OK, let prepared else { throw failure(sql) }
    let statement = Statement(prepared, connection: self, sql: sql)
    cache[sql] = statement
    return statement
  }

  /// Runs one statement to its end.
  func run(_ sql: String, _ values: Value...) throws(StoreError) {
    let statement = try statement(sql)
    try statement.bind(values)
    while try statement.step() {}
    statement.reset()
  }

  /// The first column of the first row as an integer; nil without rows or for NULL.
  func integer(_ sql: String, _ values: Value...) throws(StoreError) -> Int64? {
    let statement = try statement(sql)
    try statement.bind(values)
    defer { statement.reset() }
    return try statement.step() ? statement.optionalInt(0) : nil
  }

  /// The first column of the first row as text; nil without rows or for NULL.
  func text(_ sql: String, _ values: Value...) throws(StoreError) -> String? {
    let statement = try statement(sql)
    try statement.bind(values)
    defer { statement.reset() }
    return try statement.step() ? try statement.optionalText(0) : nil
  }

  /// The number of the row inserted last.
  var lastInsertedRow: Int64 { sqlite3_last_insert_rowid(handle) }
  /// Rows changed by the statement that ran last.
  var changes: Int { Int(sqlite3_changes(handle)) }
  /// Whether a transaction is open.
  var inTransaction: Bool { !closed && sqlite3_get_autocommit(handle) == 0 }

  /// Undoes an open transaction, if any; SQLite itself may have undone it already.
  func rollback() {
    guard inTransaction else { return }
    for statement in cache.values { statement.reset() }
    sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
  }

  /// Copies the whole database into another connection's file.
  func copy(into target: Connection) throws(StoreError) {
    guard let backup = sqlite3_backup_init(target.handle, "main", handle, "main") else {
      throw target.failure("backup")
    }
    let code = sqlite3_backup_step(backup, -1)
    sqlite3_backup_finish(backup)
    guard code == SQLITE_DONE else {
      throw .sqlite(
        SQLiteFailure(code: code, message: String(cString: sqlite3_errstr(code)), sql: "backup"),
        path: target.path)
    }
  }

  /// The failure SQLite reported last, as an error.
  func failure(_ sql: String) -> StoreError {
    let code = sqlite3_extended_errcode(handle)
    let message = String(cString: sqlite3_errmsg(handle))
    return .sqlite(SQLiteFailure(code: code, message: message, sql: sql), path: path)
  }

  private func closedError(_ sql: String) -> StoreError {
    .sqlite(
      SQLiteFailure(code: SQLITE_MISUSE, message: "the session is closed", sql: sql), path: path)
  }
}
