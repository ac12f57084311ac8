// How a session comes to be: under an aside name until it is whole, its tables by the migrations that also bring an older
// file to this version.

import LancetCore
import LancetSystem

extension SessionFile {
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
}
