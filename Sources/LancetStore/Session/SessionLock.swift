// The writing lock of a session: of the file itself, whatever name it is reached by, and beside it a note that names the
// holder. The system drops the lock when its holder dies, so that no stale lock is ever left; a stale note means nothing.

import Glibc
import LancetCore
import LancetSystem

/// Held as long as it lives.
final class SessionLock {
  private let note: String
  private let lock: FileLock

  /// Which file is locked.
  var identity: FileIdentity { lock.identity }

  /// The first bytes of the locked file.
  func beginning(_ count: Int) -> [UInt8] { lock.beginning(count) }

  /// Takes the lock of a session's file, or throws ``StoreError/locked(path:holder:)`` at once.
  init(_ session: SessionPath) throws(StoreError) {
    note = session.lock
    let taken: FileLock?
    do throws(FileFailure) {
      taken = try FileLock(session.file, creating: false, follow: true)
    } catch {
      throw .cannotCreate(path: session.file, reason: error.reason)
    }
    guard let taken else {
      throw .locked(path: session.file, holder: SessionLock.readNote(session))
    }
    lock = taken
    // Only whoever asks needs it; a full disk must not keep a session shut.
    try? Files.replace(
      note, with: Array("{\"pid\":\(getpid()),\"since\":\(ClockText.now())}\n".utf8),
      durable: false)
  }

  deinit { release() }

  private var isReleased = false

  /// Gives the lock back; later calls do nothing.
  func release() {
    guard !isReleased else { return }
    isReleased = true
    // While the lock is held nobody else writes the note.
    Files.removeOwnFile(note)
    lock.release()
  }

  /// Who holds the lock of a session right now; nil when nobody does.
  static func holder(of session: SessionPath) -> LockHolder? {
    FileLock.isHeld(session.file, follow: true) ? readNote(session) : nil
  }

  private static func readNote(_ session: SessionPath) -> LockHolder {
    // The holder signs just after it took the lock: an empty answer is asked for once more.
    for wait: Int32 in [0, 20] {
      pause(milliseconds: wait)
      guard let bytes = try? Files.read(session.lock, limit: 4096, follow: false),
        let json = try? JSON.parse(bytes)
      else { continue }
      return LockHolder(pid: json["pid"]?.int, since: json["since"]?.int.map(Int64.init))
    }
    return LockHolder(pid: nil, since: nil)
  }
}
