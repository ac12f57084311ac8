// What must be so of a file before it is an open session: that it may be one at all, its journal, its schema, its length; and
// what its failures are called.

import LancetCore
import LancetSystem

extension SessionFile {
  /// Facts of the file, once it is clear that it may be a session at all.
  static func inspect(_ path: SessionPath) throws(StoreError) -> FileFacts {
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

  static func connect(_ path: SessionPath, writing: Bool) throws(StoreError) -> Connection {
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
  static func checkJournal(_ db: Connection, _ path: SessionPath) throws(StoreError) {
    guard FileFacts(path.file + "-wal")?.size ?? 0 > 0 else { return }
    if let finding = try Backups.quickCheck(db) {
      throw .damaged(path: path.file, detail: finding, backups: 0)
    }
  }

  /// Finishes what a process that was killed while it gave the file its name left: a second name, which only its owner
  /// ever used.
  static func removeSecondNames(_ path: SessionPath, _ facts: FileFacts) {
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
  static func chooseJournal(_ db: Connection, _ mode: String) throws(StoreError) {
    do throws(StoreError) { try db.execute("PRAGMA journal_mode = \(mode)") } catch {
      guard case .sqlite(let failure, _) = error, failure.isWriteFailure || failure.isBusy else {
        throw error
      }
    }
  }

  /// Checks that this is a whole session of a known schema, without writing; returns its schema version.
  static func accept(_ db: Connection, _ path: SessionPath) throws(StoreError) -> Int {
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
}
