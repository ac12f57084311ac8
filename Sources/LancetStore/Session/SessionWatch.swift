// What a session's file was after the last write of ours. Another program that moves, replaces, cuts or writes it is seen
// before the next decision is written, so that nothing is ever "saved" into a file that is not the session any more.

import Glibc
import LancetSystem

/// The file of an open session, as it was left.
final class SessionWatch {
  private let path: String
  private let lock: SessionLock
  private var size: Int64 = 0
  private var changed: Int64 = 0
  private var header: [UInt8] = []
  private var journal: FileIdentity?

  /// Begins to watch; throws `replaced` when the path leads to another file than the one that is locked.
  init(_ session: SessionPath, _ lock: SessionLock) throws(StoreError) {
    path = session.file
    self.lock = lock
    guard isStillNamed else { throw .replaced(path: path, kept: nil) }
    look()
  }

  /// Whether the path leads to the locked file.
  var isStillNamed: Bool { FileFacts(path)?.identity == lock.identity }

  /// Remembers the file as it is: after every write of ours.
  func look() {
    guard let facts = FileFacts(path), facts.identity == lock.identity else { return }
    size = facts.size
    changed = facts.changed
    header = lock.beginning(100)
    journal = FileFacts(ofName: path + "-wal")?.identity
  }

  /// Whether nobody else wrote to the file or took its journal away.
  var isUndisturbed: Bool {
    guard let facts = FileFacts(path), facts.identity == lock.identity, facts.size == size else {
      return false
    }
    if let journal, FileFacts(ofName: path + "-wal")?.identity != journal { return false }
    // A new time alone is a `touch`: SQLite's header changes with every write.
    return facts.changed == changed || lock.beginning(100) == header
  }

  /// Takes the journal out of the way, so that it is not played into a file it does not belong to.
  func putJournalAway() {
    guard let journal, FileFacts(ofName: path + "-wal")?.identity == journal else { return }
    if FileFacts(ofName: path + "-wal")?.size ?? 0 > 0 {
      try? Files.giveName(path + "-wal", Files.freeName(path + ".lost-wal"))
    } else {
      Files.removeOwnFile(path + "-wal")
    }
    Files.removeOwnFile(path + "-shm")
  }
}

/// Waits.
func pause(milliseconds: Int32) { _ = poll(nil, 0, milliseconds) }
