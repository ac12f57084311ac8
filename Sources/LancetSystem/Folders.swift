// Folders: their names, making them, making them durable.

import Glibc

extension Files {
  /// The names in a folder, sorted.
  public static func names(in folder: String) throws(FileFailure) -> [String] {
    guard let directory = opendir(folder) else { throw .last(folder, .list) }
    defer { closedir(directory) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(directory) else {
        if errno != 0 { throw .last(folder, .list) }
        return names.sorted()
      }
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
  }

  /// The names in a folder, sorted; none when there is no such folder or it cannot be read.
  public static func namesIfAny(in folder: String) -> [String] { (try? names(in: folder)) ?? [] }

  /// Makes a folder that only its owner may enter, unless it is there.
  ///
  /// - Parameter follow: whether a link to a folder will do: only where a person named the path.
  public static func makeFolder(_ path: String, follow: Bool = true) throws(FileFailure) {
    if mkdir(path, 0o700) == 0 { return }
    guard errno == EEXIST || errno == EISDIR else { throw .last(path, .makeFolder) }
    let there = follow ? FileFacts(path) : FileFacts(ofName: path)
    guard there?.kind == .folder else {
      throw FileFailure(path, .makeFolder, .kind(there?.kind ?? .link))
    }
  }

  /// Makes a folder that only its owner may enter; false when the name is taken, by whatever it is.
  public static func makeNewFolder(_ path: String) throws(FileFailure) -> Bool {
    if mkdir(path, 0o700) == 0 { return true }
    guard errno == EEXIST else { throw .last(path, .makeFolder) }
    return false
  }

  /// Makes a folder and those above it.
  public static func makeFolders(_ path: String) throws(FileFailure) {
    let above = folder(of: path)
    if above != path, above != ".", FileFacts(above) == nil { try makeFolders(above) }
    try makeFolder(path)
  }

  /// Makes what was written to a file or folder durable.
  public static func sync(_ path: String) throws(FileFailure) {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .last(path, .sync) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw .last(path, .sync) }
  }

  /// A path that nothing has: the name asked for, else one with a number from 2 behind it.
  public static func freeName(_ name: String) -> String {
    guard FileFacts.exists(name) else { return name }
    var number = 2
    while FileFacts.exists("\(name)-\(number)") { number += 1 }
    return "\(name)-\(number)"
  }
}
