// What can be said of a session without opening it.

import LancetSystem

extension SessionPath {
  /// Whether a file is a session, whatever its name: SQLite's format with Lancet's application id.
  ///
  /// Not for a file that is open as a session in this process.
  public static func isSession(_ path: String) -> Bool {
    guard let file = try? RegularFile(path), let header = try? file.bytes(at: 0, count: 72) else {
      return false
    }
    return header.starts(with: Array("SQLite format 3\0".utf8))
      && header.dropFirst(68) == [0x4C, 0x4E, 0x43, 0x54]
  }

  /// The file's size in bytes; 0 when it is not there.
  public var size: Int64 { FileFacts(file)?.size ?? 0 }
  /// When the file was changed last, milliseconds since 1970; 0 when it is not there.
  public var modified: Int64 { FileFacts(file)?.modified ?? 0 }
  /// Who writes to it right now; nil when nobody does.
  public var holder: LockHolder? { SessionLock.holder(of: self) }
}

extension SessionFile {
  /// Who writes to the session right now; nil when nobody does.
  public var holder: LockHolder? { path.holder }
}
