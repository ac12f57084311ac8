// Backups of a session: copies made through SQLite while the session is in use, checked before they count, thinned
// by their own dates, and put back by `restore`.

import LancetCore
import LancetSystem

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

  let session: SessionPath

  /// The backups of a session.
  public init(_ session: SessionPath) { self.session = session }

  /// All backups, oldest first; none when their folder cannot be read.
  public func list() -> [Backup] { (try? listed()) ?? [] }

  /// All backups, oldest first; none when there is no folder of them.
  public func listed() throws(StoreError) -> [Backup] {
    let folder = session.backups
    let names: [String]
    do throws(FileFailure) { names = try Files.names(in: folder) } catch {
      if error.isMissing, !FileFacts.exists(folder) { return [] }
      throw .file(error)
    }
    var found: [Backup] = []
    for name in names where name.hasSuffix(SessionPath.suffix) {
      let parts = name.dropLast(SessionPath.suffix.count)
        .split(separator: "-", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3, let number = Backups.number(parts[0]),
        let facts = FileFacts("\(folder)/\(name)"), facts.kind == .regular
      else { continue }
      found.append(
        Backup(
          number: number, stamp: String(parts[1]), reason: String(parts[2]),
          path: "\(folder)/\(name)", size: facts.size))
    }
    return found.sorted { $0.number < $1.number }
  }

  /// The number a backup's name begins with: digits only, and none so large that there is no next one.
  private static func number(_ text: Substring) -> Int? {
    guard text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(text),
      number < 1_000_000_000
    else { return nil }
    return number
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
    do throws(FileFailure) { try Files.makeFolder(folder) } catch {
      throw .backupFailed(path: folder, reason: error.reason)
    }
    Files.removeLeftovers(in: folder)
    let number = (list().last?.number ?? 0) + 1
    let digits = String(number)
    let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    let stamp = ClockText.fileStamp(ClockText.now())
    let path = "\(folder)/\(padded)-\(stamp)-\(reason.rawValue)\(SessionPath.suffix)"
    let part = AsideName.beside(path)
    defer { removeUnfinishedDatabase(part) }
    try Backups.copy(source, to: part)
    do throws(FileFailure) {
      try Files.giveName(part, path)
      try Files.sync(folder)
    } catch {
      throw .backupFailed(path: path, reason: error.reason)
    }
    thin()
    return Backup(
      number: number, stamp: stamp, reason: reason.rawValue, path: path,
      size: FileFacts(path)?.size ?? 0)
  }

  /// Copies a database into a new file, checks the copy and makes it durable.
  static func copy(_ source: Connection, to path: String) throws(StoreError) {
    do throws(FileFailure) { try makeEmptyFile(path) } catch {
      throw .backupFailed(path: path, reason: error.reason)
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
        path: path, reason: failure.words)
    }
    do throws(FileFailure) { try Files.sync(path) } catch {
      throw .backupFailed(path: path, reason: error.reason)
    }
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
    // Of what lies there only what Lancet named so: a link or somebody's own file is not thinned.
    let own = list().filter {
      Reason(rawValue: $0.reason) != nil && $0.stamp.utf8.count == 16
        && FileFacts(ofName: $0.path)?.kind == .regular
    }
    for backup in Backups.thinned(own) { Files.removeOwnFile(backup.path) }
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
}
