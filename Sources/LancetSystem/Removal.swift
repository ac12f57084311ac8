// Removing. Lancet removes only what it made: files whose names it gave, and folders that hold nothing else than such
// files. No link is ever followed; what a link leads to is never touched. There is no other way to remove in Lancet.

import Glibc

extension Files {
  /// Removes one file whose name Lancet gave it: an aside, a note, a journal.
  ///
  /// A link of that name goes, not what it leads to. Nothing happens when nothing is there.
  public static func removeOwnFile(_ path: String) {
    // unlink(2) takes no folder and follows no link.
    unlink(path)
  }

  /// Removes a folder that holds nothing but regular files of these names: all of it, or nothing.
  ///
  /// - Throws: `notOurs` when there is anything else in it, `kind` when it is no folder (a link to one is none).
  public static func removeOwnFolder(
    _ path: String, holding names: Set<String>
  ) throws(FileFailure) {
    let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    let folder = Glibc.open(path, flags)
    guard folder >= 0 else {
      if errno == ENOENT { return }
      if let there = FileFacts(ofName: path), there.kind != .folder {
        throw FileFailure(path, .remove, .kind(there.kind))
      }
      throw .last(path, .remove)
    }
    defer { close(folder) }
    // By the open folder, so that a folder exchanged for a link meanwhile is not followed.
    let there = try Files.names(in: "/proc/self/fd/\(folder)")
    for name in there {
      var info = stat()
      guard names.contains(name), fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0,
        FileKind(info.st_mode) == .regular || AsideName.owner(of: name) != nil
      else { throw FileFailure(path, .remove, .notOurs) }
    }
    for name in there where unlinkat(folder, name, 0) != 0 { throw .last(path, .remove) }
    guard rmdir(path) == 0 else { throw .last(path, .remove) }
  }

  /// Removes what processes that are no more left in a folder under aside names; folders only when they hold nothing but
  /// files of these names.
  ///
  /// - Parameter target: only leftovers of this name; nil for all, where the folder is Lancet's.
  public static func removeLeftovers(
    in folder: String, of target: String? = nil, holding names: Set<String> = []
  ) {
    for name in namesIfAny(in: folder) where AsideName.isLeftover(name) {
      if let target, !name.hasPrefix(".\(target).part-") { continue }
      let path = "\(folder)/\(name)"
      if FileFacts(ofName: path)?.kind == .folder {
        try? removeOwnFolder(path, holding: names)
      } else {
        removeOwnFile(path)
      }
    }
  }
}
