// What the operating system says of a path or an open file: kind, size, identity, times.

import Glibc

/// The identity of a file: the same path may later be another file, and a file may have several paths.
public struct FileIdentity: Hashable, Sendable {
  /// The device it is on.
  public var device: UInt64
  /// Its number there.
  public var inode: UInt64
}

/// What a path leads to.
public enum FileKind: Hashable, Sendable {
  case regular, folder, pipe, socket, device, link, other

  init(_ mode: mode_t) {
    self =
      switch mode & S_IFMT {
      case S_IFREG: .regular
      case S_IFDIR: .folder
      case S_IFIFO: .pipe
      case S_IFSOCK: .socket
      case S_IFCHR, S_IFBLK: .device
      case S_IFLNK: .link
      default: .other
      }
  }
}

/// A snapshot of a file's metadata.
public struct FileFacts: Hashable, Sendable {
  /// What it is.
  public var kind: FileKind
  /// Its size in bytes.
  public var size: Int64
  /// Which file it is.
  public var identity: FileIdentity
  /// How many names it has.
  public var links: Int
  /// The last change of its content, nanoseconds since 1970.
  public var changed: Int64
  /// Its permission bits.
  public var mode: UInt32

  /// The last change of its content, milliseconds since 1970.
  public var modified: Int64 { changed / 1_000_000 }

  /// Facts of the file a path leads to, links followed; nil when there is none (`errno` says why).
  public init?(_ path: String) {
    var info = stat()
    guard stat(path, &info) == 0 else { return nil }
    self.init(info)
  }

  /// Facts of what has this name itself, a link too; nil when nothing has.
  public init?(ofName path: String) {
    var info = stat()
    guard lstat(path, &info) == 0 else { return nil }
    self.init(info)
  }

  /// Facts of an open file.
  public init?(descriptor: Int32) {
    var info = stat()
    guard fstat(descriptor, &info) == 0 else { return nil }
    self.init(info)
  }

  init(_ info: stat) {
    kind = FileKind(info.st_mode)
    size = Int64(info.st_size)
    identity = FileIdentity(device: UInt64(info.st_dev), inode: UInt64(info.st_ino))
    links = Int(info.st_nlink)
    // A time of a damaged file system may be anything.
    changed = (Int64(info.st_mtim.tv_sec) &* 1_000_000_000) &+ Int64(info.st_mtim.tv_nsec)
    mode = UInt32(info.st_mode & 0o777)
  }

  /// Whether something has this name, a dangling link too.
  public static func exists(_ path: String) -> Bool { FileFacts(ofName: path) != nil }
}
