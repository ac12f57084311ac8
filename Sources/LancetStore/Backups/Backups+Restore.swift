// Putting a backup back. The order is what keeps everything:
//
//   backup checked ─▶ copied aside ─▶ old file with its journal folded into one and kept ─▶ old journal checked in
//     ─▶ one rename
//
// Until the rename the session is the old one, whole; from then on it is the restored one, whole. The old one lies under
// its own name before anything moves. Whatever fails or dies in between, nothing is lost; asides go with the next start.

import LancetCore
import LancetSystem

extension Backups {
  /// Puts a backup in the session's place and returns where the session that was there is kept (`….damaged`, whether it
  /// was or not); nil when there was none.
  ///
  /// Throws `locked` while the session is open for writing; nothing has moved when it throws.
  @discardableResult
  public func restore(_ backup: Backup) throws(StoreError) -> String? {
    let file = session.file
    if let there = FileFacts(file), there.kind != .regular {
      throw .notASession(path: file, found: there.kind.words)
    }
    try refuseStrangeJournals(of: file)
    let lock = FileFacts(file) == nil ? nil : try SessionLock(session)
    defer { lock?.release() }
    let folder = Files.folder(of: file)
    removeLeftovers(beside: session)
    let part = AsideName.beside(file)
    defer { removeUnfinishedDatabase(part) }
    try copySound(backup, to: part)
    let kept = lock == nil ? nil : try keepOld()
    do throws(FileFailure) {
      // Without the session's file a journal beside it belongs to nothing any more.
      if lock == nil { try moveJournalsAway() }
      if lock == nil { try Files.giveName(part, file) } else { try Files.rename(part, file) }
      try Files.sync(folder)
    } catch {
      throw .cannotCreate(path: file, reason: error.reason)
    }
    return kept
  }

  /// Copies a backup once it is clear that it is a sound session of a known schema.
  private func copySound(_ backup: Backup, to part: String) throws(StoreError) {
    guard FileFacts(backup.path)?.kind == .regular else {
      throw .unknown(kind: "backup", name: String(backup.number), path: session.file)
    }
    do throws(StoreError) {
      let source = try Connection(backup.path, .readImmutable)
      defer { source.close() }
      _ = try SessionFile.acceptSchema(source, backup.path)
      if let finding = try Backups.quickCheck(source) {
        throw StoreError.damaged(path: backup.path, detail: finding, backups: 0)
      }
      try Backups.copy(source, to: part)
    } catch {
      switch error {
      case .damaged(_, let detail, _): throw .backupUnusable(path: backup.path, reason: detail)
      case .sqlite(let failure, _):
        throw .backupUnusable(
          path: backup.path, reason: failure.isNotADatabase ? "it is no session" : failure.words)
      case .notASession(_, let found):
        throw .backupUnusable(path: backup.path, reason: "it is no session but \(found)")
      case .newerSchema(_, let found, _):
        throw .backupUnusable(path: backup.path, reason: "a newer Lancet made it (schema \(found))")
      default: throw error
      }
    }
  }

  /// Folds the session that is there, with its journal, into one file under a name of its own; then the session has no
  /// journal any more that could be played into another file.
  private func keepOld() throws(StoreError) -> String {
    do throws(StoreError) {
      return try fold()
    } catch {
      // A full or failing disk is no damage: then nothing is done.
      let isDamage =
        switch error {
        case .damaged, .notASession, .newerSchema: true
        case .sqlite(let failure, _): failure.isDamage
        default: false
        }
      guard isDamage else { throw error }
      return try keepBytes()
    }
  }

  private func fold() throws(StoreError) -> String {
    let file = session.file
    guard FileFacts(file)?.size ?? 0 > 0 else {
      throw .damaged(path: file, detail: "it is empty", backups: 0)
    }
    let kept = Files.freeName(file + ".damaged")
    let part = AsideName.beside(file)
    defer { removeUnfinishedDatabase(part) }
    let old = try Connection(file, .write)
    defer { old.close() }
    try Backups.copy(old, to: part)
    try name(part, kept)
    do throws(StoreError) {
      try old.foldJournal()
      for ending in ["-wal", "-journal"] where FileFacts(file + ending)?.size ?? 0 > 0 {
        throw StoreError.locked(path: file, holder: LockHolder(pid: nil, since: nil))
      }
    } catch {
      // The session stays as it is, so its copy is not needed.
      Files.removeOwnFile(kept)
      throw error
    }
    return kept
  }

  /// Keeps a damaged session byte for byte, with its journals, and takes the journals out of the way.
  private func keepBytes() throws(StoreError) -> String {
    let file = session.file
    var kept = Files.freeName(file + ".damaged")
    while journalEndings.contains(where: { FileFacts.exists(kept + $0) }) {
      kept = Files.freeName(kept + "-2")
    }
    for ending in ["-wal", "-journal", ""] where FileFacts.exists(file + ending) {
      do throws(FileFailure) {
        let source = try RegularFile(file + ending, follow: false)
        let copy = try AtomicFile(kept + ending, .new)
        var offset = 0
        while offset < source.size {
          let bytes = try source.bytes(at: offset, count: min(4 << 20, source.size - offset))
          if bytes.isEmpty { break }
          try copy.write(bytes)
          offset += bytes.count
        }
        try copy.finish()
      } catch {
        throw .cannotCreate(path: kept + ending, reason: error.reason)
      }
    }
    for ending in journalEndings { Files.removeOwnFile(file + ending) }
    return kept
  }

  private func moveJournalsAway() throws(FileFailure) {
    for ending in journalEndings where FileFacts.exists(session.file + ending) {
      try Files.giveName(
        session.file + ending, Files.freeName(session.file + ".damaged" + ending))
    }
  }

  private func name(_ part: String, _ name: String) throws(StoreError) {
    do throws(FileFailure) {
      try Files.giveName(part, name)
      try Files.sync(Files.folder(of: name))
    } catch {
      throw .cannotCreate(path: name, reason: error.reason)
    }
  }
}
