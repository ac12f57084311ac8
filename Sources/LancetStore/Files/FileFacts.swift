// What the operating system says of a path: kind, size, identity, permissions, and words for errno.

import CSQLite
import Glibc

/// The identity of a file: the same path may later be another file.
struct FileIdentity: Hashable {
  var device: UInt64
  var inode: UInt64
}

/// A snapshot of a file's metadata.
struct FileFacts {
  enum Kind { case regular, directory, fifo, socket, device, other }

  var kind: Kind
  var size: Int64
  var identity: FileIdentity
  var links: Int
  /// Last change of the content, milliseconds since 1970.
  var modified: Int64

  /// Facts of the file a path leads to; nil when there is none.
  init?(_ path: String) {
    var info = stat()
    guard stat(path, &info) == 0 else { return nil }
    self.init(info)
  }

  /// Facts of an open file.
  init?(descriptor: Int32) {
    var info = stat()
    guard fstat(descriptor, &info) == 0 else { return nil }
    self.init(info)
  }

  private init(_ info: stat) {
    kind =
      switch info.st_mode & S_IFMT {
      case S_IFREG: .regular
      case S_IFDIR: .directory
      case S_IFIFO: .fifo
      case S_IFSOCK: .socket
      case S_IFCHR, S_IFBLK: .device
      default: .other
      }
    size = Int64(info.st_size)
    identity = FileIdentity(device: UInt64(info.st_dev), inode: UInt64(info.st_ino))
    links = Int(info.st_nlink)
    modified = Int64(info.st_mtim.tv_sec) * 1000 + Int64(info.st_mtim.tv_nsec) / 1_000_000
  }

  /// Whether something has this name, a dangling link too.
  static func exists(_ path: String) -> Bool {
    var info = stat()
    return lstat(path, &info) == 0
  }
}

/// Small pieces of path arithmetic and system calls.
enum Files {
  /// The operating system's words for the error that just happened.
  static func lastError() -> String { String(cString: strerror(errno)) }

  /// The folder part of a path; `.` when it has none.
  static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last component of a path.
  static func name(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return String(path[path.utf8.index(after: slash)...])
  }

  /// The path with all links resolved; nil when it leads nowhere.
  static func resolved(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  /// Whether this process may write to the path.
  static func isWritable(_ path: String) -> Bool { access(path, W_OK) == 0 }

  /// The names in a folder, sorted; empty when it cannot be read.
  static func list(_ folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Makes what was written to a file or folder durable; false when the system says it is not.
  static func sync(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return fsync(descriptor) == 0
  }

  /// Whether the file lies where locks and shared memory cannot be relied on (NFS, SMB, 9P, FUSE, …).
  static func isOnNetwork(_ path: String) -> Bool {
    let remote: Set<UInt32> = [
      0x6969, 0xFF53_4D42, 0xFE53_4D42, 0x517B, 0x0102_1997, 0x6573_5546, 0x5346_414F,
      0x00C3_6400, 0x7375_7245, 0x0BD0_0BD0,
    ]
    return remote.contains(lancet_filesystem_type(path))
  }
}
