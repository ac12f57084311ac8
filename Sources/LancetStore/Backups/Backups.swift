// Backups of a session: copies made through SQLite while the session is in use, checked before they count, thinned
// by their own dates, and put back by `restore`.

import Glibc
import LancetCore

/// One backup.
public struct Backup: Hashable, Sendable {
  /// Its number; later ones have larger numbers, whatever the clock said.
  public var number: Int
  /// When it was made, as its name says: `20260301T091245Z`, universal time.
  public var stamp: String
  /// Why it was made, a ``Backups/Reason``'s name.
  public var reason: String
  /// Its file.
  public var path: String
  /// Its size in bytes.
  public var size: Int64

  /// The day part of the stamp.
  var day: Substring { stamp.prefix(8) }
}

/// The backups of one session.
///
/// A value without state: it may be used from any thread, also while another thread writes to the
/// session.
public struct Backups: Sendable {
  /// Why a backup is made.
  public enum Reason: String, CaseIterable, Sendable {
    case open, timer
    case beforeImport = "before-import"
    case beforeBulk = "before-bulk"
    case beforeMigration = "before-migration"
    case byHand = "by-hand"
  }

  /// The newest backups that are always kept.
  static let newest = 12
  /// Of older ones the last of each day is kept, for this many days that have one.
  static let days = 30

  private let session: SessionPath

  /// The backups of a session.
  public init(_ session: SessionPath) { self.session = session }

  /// All backups, oldest first.
  public func list() -> [Backup] {
    let folder = session.backups
    var found: [Backup] = []
    for name in Files.list(folder) where name.hasSuffix(SessionPath.suffix) {
      let parts = name.dropLast(SessionPath.suffix.count)
        .split(separator: "-", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3, let number = Int(parts[0]), number >= 0,
        let facts = FileFacts("\(folder)/\(name)"), facts.kind == .regular
      else { continue }
      found.append(
        Backup(
          number: number, stamp: String(parts[1]), reason: String(parts[2]),
          path: "\(folder)/\(name)", size: facts.size))
    }
    return found.sorted { $0.number < $1.number }
  }

  /// Makes a backup when the session has changed since the last one; nil when it has not.
  @discardableResult
  public func makeIfChanged(_ reason: Reason) throws(StoreError) -> Backup? {
    let source = try Connection(session.file, .read)
    defer { source.close() }
    return try makeIfChanged(reason, from: source)
  }

  /// Makes a backup from an open connection when there are changes since the last one.
  func makeIfChanged(_ reason: Reason, from source: Connection) throws(StoreError) -> Backup? {
    if let last = list().last, let copy = try? Connection(last.path, .readImmutable) {
      defer { copy.close() }
      let known = try? Backups.fingerprint(copy)
      if known == (try Backups.fingerprint(source)) { return nil }
    }
    return try make(reason, from: source)
  }

  /// Copies, checks, names and thins.
  ///
  /// Nothing that was there is touched unless the new copy is sound.
  @discardableResult
  func make(_ reason: Reason, from source: Connection) throws(StoreError) -> Backup {
    let folder = session.backups
    if mkdir(folder, 0o700) != 0 && errno != EEXIST {
      throw .backupFailed(path: folder, reason: Files.lastError())
    }
    let part = "\(folder)/.part-\(processNumber())-\(UInt32.random(in: 0 ... .max))"
    defer { removeDatabase(part) }
    try Backups.copy(source, to: part)
    let number = (list().last?.number ?? 0) &+ 1
    let digits = String(number)
    let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    let stamp = ClockText.fileStamp(ClockText.now())
    let path = "\(folder)/\(padded)-\(stamp)-\(reason.rawValue)\(SessionPath.suffix)"
    guard rename(part, path) == 0, Files.sync(folder) else {
      throw .backupFailed(path: path, reason: Files.lastError())
    }
    thin()
    return Backup(
      number: number, stamp: stamp, reason: reason.rawValue, path: path,
      size: FileFacts(path)?.size ?? 0)
  }

  /// Copies a database into a new file, checks the copy and makes it durable.
  static func copy(_ source: Connection, to path: String) throws(StoreError) {
    removeDatabase(path)
    guard makeEmptyFile(path) else {
      throw .backupFailed(path: path, reason: Files.lastError())
    }
    do throws(StoreError) {
      let target = try Connection(path, .create)
      defer { target.close() }
      try target.execute("PRAGMA synchronous = OFF")
      try source.copy(into: target)
      // At rest a session is one file: the copy must not ask for a journal of its own.
      try target.execute("PRAGMA journal_mode = DELETE")
      if let finding = try quickCheck(target) {
        throw StoreError.damaged(path: source.path, detail: finding, backups: 0)
      }
    } catch {
      guard case .sqlite(let failure, _) = error, !failure.isDamage else { throw error }
      throw .backupFailed(
        path: path, reason: failure.isDiskFull ? "the disk is full" : failure.message)
    }
    guard Files.sync(path) else { throw .backupFailed(path: path, reason: Files.lastError()) }
  }

  /// What SQLite's quick_check finds first; nil for a sound file.
  static func quickCheck(_ db: Connection) throws(StoreError) -> String? {
    let finding = try db.text("PRAGMA quick_check(1)")
    return finding == "ok" ? nil : finding ?? "no answer from quick_check"
  }

  /// Looks through the whole file for damage; nil when it is sound.
  ///
  /// Reads everything: for a background thread.
  public func findDamage() throws(StoreError) -> String? {
    do throws(StoreError) {
      let db = try Connection(session.file, .read)
      defer { db.close() }
      return try Backups.quickCheck(db)
    } catch {
      if case .sqlite(let failure, _) = error, failure.isDamage { return failure.message }
      throw error
    }
  }

  /// What changes with every change that is worth a backup.
  private static func fingerprint(_ db: Connection) throws(StoreError) -> [Int64] {
    try [
      db.integer("SELECT max(seq) FROM events") ?? 0, db.integer("SELECT max(id) FROM traces") ?? 0,
      db.integer("SELECT max(id) FROM proposals") ?? 0, db.integer("SELECT max(id) FROM runs") ?? 0,
      db.integer("SELECT max(id) FROM problems") ?? 0, db.integer("PRAGMA user_version") ?? 0,
    ]
  }

  /// Removes what `thinned` names.
  ///
  /// A clock that jumps cannot empty the folder: ages are never compared with now.
  private func thin() {
    for backup in Backups.thinned(list()) { unlink(backup.path) }
  }

  /// The backups to remove: all but the newest, the last of each older day, and no more than `days` such days.
  static func thinned(_ backups: [Backup]) -> [Backup] {
    let old = backups.dropLast(newest)
    var keptDays: Set<Substring> = []
    var removed: [Backup] = []
    for backup in old.reversed() {
      if keptDays.contains(backup.day) || keptDays.count >= days {
        removed.append(backup)
      } else {
        keptDays.insert(backup.day)
      }
    }
    return removed.reversed()
  }

  // MARK: Restoring

  /// Puts a backup in the session's place and returns where the file that was there is kept
  /// (`….damaged`).
  ///
  /// Throws `locked` while the session is open for writing.
  @discardableResult
  public func restore(_ backup: Backup) throws(StoreError) -> String {
    let lock = try SessionLock(session)
    defer { lock.release() }
    guard FileFacts.exists(backup.path) else {
      throw .unknown(kind: "backup", name: String(backup.number), path: session.file)
    }
    let folder = Files.folder(of: session.file)
    let part = "\(folder)/.\(Files.name(of: session.file)).restore-\(processNumber())"
    defer { removeDatabase(part) }
    let source = try Connection(backup.path, .readImmutable)
    defer { source.close() }
    do throws(StoreError) { try Backups.copy(source, to: part) } catch {
      if case .damaged(_, let detail, _) = error {
        throw .backupFailed(path: backup.path, reason: detail)
      }
      throw error
    }
    let kept = freeName(session.file + ".damaged")
    // A journal left beside the restored file would be played into it: it goes first.
    for ending in ["-wal", "-journal", "-shm"] where FileFacts.exists(session.file + ending) {
      guard rename(session.file + ending, kept + ending) == 0 else {
        throw .cannotCreate(path: kept + ending, reason: Files.lastError())
      }
    }
    if FileFacts.exists(session.file), link(session.file, kept) != 0,
      rename(session.file, kept) != 0
    {
      throw .cannotCreate(path: kept, reason: Files.lastError())
    }
    guard rename(part, session.file) == 0, Files.sync(folder) else {
      throw .cannotCreate(path: session.file, reason: Files.lastError())
    }
    return kept
  }

  private func freeName(_ wanted: String) -> String {
    guard FileFacts.exists(wanted) else { return wanted }
    var number = 2
    while FileFacts.exists("\(wanted)-\(number)") { number += 1 }
    return "\(wanted)-\(number)"
  }
}
