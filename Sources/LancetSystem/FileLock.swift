// One lock for one file, by whatever name it is reached: the system keeps it for the file itself (device and inode), not
// for a path. It goes when its holder dies, however it dies. Who asks takes nothing, not even for an instant.

import CSystem
import Glibc
import Synchronization

/// Descriptors that may not be closed yet.
///
/// Closing any descriptor of a file drops the POSIX locks that this process has on it, and SQLite locks with those. So
/// descriptors of a file that SQLite has open are put aside until it has closed it.
public enum OpenDatabases {
  private struct Parked {
    var connections: [FileIdentity: Int] = [:]
    var descriptors: [FileIdentity: [Int32]] = [:]
  }
  private static let state = Mutex(Parked())

  /// SQLite is about to open a file.
  public static func opened(_ file: FileIdentity) {
    state.withLock { $0.connections[file, default: 0] += 1 }
  }

  /// SQLite has closed a file.
  public static func closed(_ file: FileIdentity) {
    let free: [Int32] = state.withLock { state in
      let left = (state.connections[file] ?? 1) - 1
      state.connections[file] = left > 0 ? left : nil
      return left > 0 ? [] : state.descriptors.removeValue(forKey: file) ?? []
    }
    for descriptor in free { Glibc.close(descriptor) }
  }

  /// Closes a descriptor as soon as SQLite does not have the file open.
  static func close(_ descriptor: Int32, of file: FileIdentity) {
    let isParked = state.withLock { state in
      guard state.connections[file] != nil else { return false }
      state.descriptors[file, default: []].append(descriptor)
      return true
    }
    if !isParked { Glibc.close(descriptor) }
  }
}

/// The sole right to write to a file; given back when the object goes away, or by the system when the process dies.
public final class FileLock {
  /// The byte that is locked: far behind those that SQLite locks, and behind every content.
  private static let byte: Int64 = 0x7fff_ffff_0000

  /// The locked file.
  public let identity: FileIdentity
  private let path: String
  private var descriptor: Int32

  /// Takes the lock of a file; nil when another holder has it.
  ///
  /// - Parameters:
  ///   - creating: whether the file is made when it is not there (a file that is only there to be locked).
  ///   - follow: whether a link at the end of the path may be followed.
  public init?(_ path: String, creating: Bool, follow: Bool) throws(FileFailure) {
    self.path = path
    for _ in 0..<100 {
      let flags = O_RDWR | (creating ? O_CREAT : 0)
      let (descriptor, facts) = try Files.open(path, flags, .lock, follow: follow)
      guard lancet_lock(descriptor, FileLock.byte) == 0 else {
        let failure = FileFailure.last(path, .lock)
        OpenDatabases.close(descriptor, of: facts.identity)
        guard failure.errorNumber == EAGAIN || failure.errorNumber == EACCES else { throw failure }
        return nil
      }
      // The name may lead to another file since it was opened: then that one must be locked.
      if FileFacts(path)?.identity == facts.identity {
        self.descriptor = descriptor
        identity = facts.identity
        return
      }
      OpenDatabases.close(descriptor, of: facts.identity)
    }
    return nil
  }

  deinit { release() }

  /// Gives the lock back; later calls do nothing.
  public func release() {
    guard descriptor >= 0 else { return }
    _ = lancet_unlock(descriptor, FileLock.byte)
    OpenDatabases.close(descriptor, of: identity)
    descriptor = -1
  }

  /// The first bytes of the locked file, whatever its name leads to by now.
  public func beginning(_ count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let got = pread(descriptor, &bytes, count, 0)
    return Array(bytes.prefix(max(0, got)))
  }

  /// Replaces the content of a file that is only there to be locked: who holds it.
  public func sign(_ text: String) throws(FileFailure) {
    guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
      throw .last(path, .write)
    }
    try Array(text.utf8).withUnsafeBytes {
      Files.writeAll(descriptor, $0, path: path)
    }.get()
  }

  /// Whether somebody holds the lock of a file now; false when there is no such file.
  public static func isHeld(_ path: String, follow: Bool) -> Bool {
    guard let (descriptor, facts) = try? Files.open(path, O_RDONLY, .read, follow: follow) else {
      return false
    }
    defer { OpenDatabases.close(descriptor, of: facts.identity) }
    return lancet_is_locked(descriptor, byte) == 1
  }
}
