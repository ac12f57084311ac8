// The writing lock of a session: a file beside it that names its holder. The kernel drops the lock when its holder
// dies, however it dies, so that no stale lock is ever left. SQLite's own locks are on the session file and stay
// untouched by this.

import Glibc
import LancetCore

/// Held as long as it lives.
final class SessionLock {
  private let path: String
  private var descriptor: Int32

  /// Takes the lock, or throws ``StoreError/locked(path:holder:)`` at once.
  init(_ session: SessionPath) throws(StoreError) {
    path = session.lock
    // The file is removed on release. Whoever opened it just before then holds the lock of a file without a name, and
    // must look again.
    for _ in 0..<100 {
      let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
      guard descriptor >= 0 else {
        throw .cannotCreate(path: path, reason: Files.lastError())
      }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        let reason = errno
        let holder = SessionLock.holder(descriptor)
        close(descriptor)
        guard reason == EWOULDBLOCK else {
          throw .cannotCreate(path: session.lock, reason: String(cString: strerror(reason)))
        }
        throw .locked(path: session.file, holder: holder)
      }
      if let named = FileFacts(path)?.identity,
        named == FileFacts(descriptor: descriptor)?.identity
      {
        self.descriptor = descriptor
        sign()
        return
      }
      close(descriptor)
    }
    throw .locked(path: session.file, holder: LockHolder(pid: nil, since: nil))
  }

  deinit { release() }

  /// Gives the lock back; later calls do nothing.
  func release() {
    guard descriptor >= 0 else { return }
    unlink(path)
    close(descriptor)
    descriptor = -1
  }

  /// Writes who holds it.
  private func sign() {
    let text = "{\"pid\":\(getpid()),\"since\":\(ClockText.now())}\n"
    ftruncate(descriptor, 0)
    var bytes = Array(text.utf8)
    _ = pwrite(descriptor, &bytes, bytes.count, 0)
  }

  /// Who holds the lock of a session right now; nil when nobody does.
  static func holder(of session: SessionPath) -> LockHolder? {
    let descriptor = open(session.lock, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    // A shared lock that is granted shows that nobody writes; it is dropped again at once.
    if flock(descriptor, LOCK_SH | LOCK_NB) == 0 { return nil }
    return holder(descriptor)
  }

  private static func holder(_ descriptor: Int32) -> LockHolder {
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    guard count > 0, let json = try? JSON.parse(Array(bytes.prefix(count))) else {
      return LockHolder(pid: nil, since: nil)
    }
    return LockHolder(pid: json["pid"]?.int, since: json["since"]?.int.map(Int64.init))
  }
}
