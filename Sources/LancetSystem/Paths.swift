// Paths as texts and as places: folder and name, the real path of what need not exist yet, and whether one place is,
// holds or lies in another by whatever name.

import CSystem
import Glibc

/// Files and folders: the only door to them outside SQLite.
public enum Files {}

extension Files {
  /// The operating system's words for the error that just happened.
  public static func lastError() -> String { String(cString: strerror(errno)) }

  /// The folder part of a path; `.` when it has none.
  public static func folder(of path: String) -> String {
    let path = withoutEndingSlashes(path)
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last component of a path.
  public static func name(of path: String) -> String {
    let path = withoutEndingSlashes(path)
    guard path != "/", let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return String(path[path.utf8.index(after: slash)...])
  }

  static func withoutEndingSlashes(_ path: String) -> String {
    var end = path.utf8.endIndex
    while end > path.utf8.index(path.startIndex, offsetBy: 1, limitedBy: path.endIndex)
      ?? path.endIndex, path.utf8[path.utf8.index(before: end)] == UInt8(ascii: "/")
    {
      end = path.utf8.index(before: end)
    }
    return String(path[..<end])
  }

  /// The path with all links resolved; nil when it leads nowhere.
  public static func resolved(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  /// The real path of something that need not exist yet: links of what exists are resolved, the rest is appended.
  public static func place(of path: String) -> String {
    if let real = resolved(path) { return real }
    let path = withoutEndingSlashes(path)
    let name = name(of: path)
    let above = folder(of: path)
    guard above != path, !name.isEmpty else { return path }
    let base = place(of: above)
    switch name {
    case ".": return base
    case "..": return folder(of: base)
    default: return base == "/" ? "/" + name : base + "/" + name
    }
  }

  /// The files a place lies in, itself first: identities of what exists on the way to the root.
  private static func ancestry(_ place: String) -> [FileIdentity] {
    var found: [FileIdentity] = []
    var at = place
    while true {
      if let facts = FileFacts(at) { found.append(facts.identity) }
      let above = folder(of: at)
      if above == at || above == "." { return found }
      at = above
    }
  }

  /// How two places lie to each other.
  public enum Relation: Sendable { case same, inside, around }

  /// How a path lies to another: the same place, inside it, around it, or apart (nil), links and other names seen through.
  public static func relation(of path: String, to other: String) -> Relation? {
    let (one, two) = (place(of: path), place(of: other))
    if one.utf8.elementsEqual(two.utf8) { return .same }
    let (first, second) = (FileFacts(one)?.identity, FileFacts(two)?.identity)
    if let first, first == second { return .same }
    func lies(_ inner: String, in outer: String, _ identity: FileIdentity?) -> Bool {
      inner.utf8.starts(with: (outer == "/" ? outer : outer + "/").utf8)
        || identity.map { ancestry(inner).contains($0) } ?? false
    }
    if lies(one, in: two, second) { return .inside }
    if lies(two, in: one, first) { return .around }
    return nil
  }

  /// Whether this process may write to the path.
  public static func isWritable(_ path: String) -> Bool { access(path, W_OK) == 0 }

  /// Whether this process may read what the path leads to.
  public static func isReadable(_ path: String) -> Bool { access(path, R_OK) == 0 }

  /// Whether the file lies where locks and shared memory cannot be relied on (NFS, SMB, 9P, FUSE, …).
  public static func isOnNetwork(_ path: String) -> Bool {
    let remote: Set<UInt32> = [
      0x6969, 0xFF53_4D42, 0xFE53_4D42, 0x517B, 0x0102_1997, 0x6573_5546, 0x5346_414F,
      0x00C3_6400, 0x7375_7245, 0x0BD0_0BD0,
    ]
    return remote.contains(lancet_filesystem_type(path))
  }
}
