// Backups of the open session, and copies of it.

import LancetCore
import LancetSystem

extension SessionFile {
  /// How long a changed session may go without a backup, in milliseconds.
  public static let backupInterval: Int64 = 30 * 60 * 1000

  /// The session's backups.
  ///
  /// The value may be handed to another thread, which then makes them without holding up this one.
  public var backups: Backups { Backups(path) }

  /// Makes a backup before something large; nil when nothing changed since the last one.
  @discardableResult
  public func backup(_ reason: Backups.Reason) throws(StoreError) -> Backup? {
    try reading { () throws(StoreError) in try backups.makeIfChanged(reason, from: db) }
  }

  /// Makes a backup when the last one asked for is half an hour old and there are changes since.
  ///
  /// `now` and `last` are milliseconds of a clock that does not jump; returns whether the interval
  /// was over.
  @discardableResult
  public func backupIfDue(now: Int64, last: inout Int64) throws(StoreError) -> Bool {
    guard now &- last >= SessionFile.backupInterval else { return false }
    last = now
    try backup(.timer)
    return true
  }

  /// Copies the session as it is saved now to a new file: never a plain file copy, which could tear.
  public func copy(to name: String) throws(StoreError) {
    let target = SessionPath.forNew(name).file
    guard !FileFacts.exists(target) else { throw .exists(path: target) }
    do throws(StoreError) { try copyAside(to: target) } catch {
      throw SessionFile.explained(error, path)
    }
  }

  /// Makes a copy under a name that is free.
  func copyAside(to target: String) throws(StoreError) {
    let part = AsideName.beside(target)
    defer { removeUnfinishedDatabase(part) }
    do throws(StoreError) { try Backups.copy(db, to: part) } catch {
      if case .backupFailed(_, let reason) = error {
        throw .cannotCreate(path: target, reason: reason)
      }
      throw error
    }
    do throws(FileFailure) {
      try Files.giveName(part, target)
      try Files.sync(Files.folder(of: target))
    } catch {
      throw .cannotCreate(path: target, reason: error.reason)
    }
  }
}
