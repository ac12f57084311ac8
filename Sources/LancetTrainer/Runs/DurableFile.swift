// Files that are whole or absent: written aside, synced, renamed, and the folder synced.

import Glibc
import LancetCore

/// Writes and reads the small files of a run.
enum DurableFile {
  /// Replaces a file in one step.
  static func write(_ bytes: [UInt8], to path: String) throws(TrainerError) {
    let aside = path + ".tmp"
    try writeSynced(path: aside) { descriptor throws(TrainerError) in
      try bytes.withUnsafeBytes { buffer in writeAll(descriptor, buffer, path: aside) }.get()
    }
    guard rename(aside, path) == 0 else { throw failure(path) }
    try syncFolder(of: path)
  }

  /// Creates a file, lets the caller fill it, syncs it; removes it again when that fails.
  static func writeSynced(
    path: String, _ body: (Int32) throws(TrainerError) -> Void
  ) throws(TrainerError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw failure(path) }
    var closed = false
    do throws(TrainerError) {
      try body(descriptor)
      guard fsync(descriptor) == 0 else { throw failure(path) }
      closed = true
      guard close(descriptor) == 0 else { throw failure(path) }
    } catch {
      if !closed { close(descriptor) }
      unlink(path)
      throw error
    }
  }

  /// Writes all bytes, whatever the system takes at a time.
  static func writeAll(
    _ descriptor: Int32, _ buffer: UnsafeRawBufferPointer, path: String
  ) -> Result<Void, TrainerError> {
    var from = 0
    while from < buffer.count {
      let wrote = Glibc.write(
        descriptor, buffer.baseAddress?.advanced(by: from), buffer.count - from)
      if wrote < 0 {
        if errno == EINTR { continue }
        return .failure(failure(path))
      }
      from += wrote
    }
    return .success(())
  }

  /// Makes a rename in this file's folder last through a power cut.
  static func syncFolder(of path: String) throws(TrainerError) {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let descriptor = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(folder) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure(folder) }
  }

  /// The bytes of a regular file.
  static func read(_ path: String, limit: Int = 1 << 30) throws(TrainerError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw readFailure(path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw readFailure(path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .cannotRead(path: path, reason: "not a regular file")
    }
    guard status.st_size <= limit else {
      throw .cannotRead(path: path, reason: "\(status.st_size) bytes are too many")
    }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var from = 0
    while from < bytes.count {
      let got = bytes.withUnsafeMutableBytes {
        Glibc.read(descriptor, $0.baseAddress?.advanced(by: from), $0.count - from)
      }
      if got < 0 {
        if errno == EINTR { continue }
        throw readFailure(path)
      }
      if got == 0 { break }
      from += got
    }
    bytes.removeLast(bytes.count - from)
    return bytes
  }

  /// Replaces a small file in one step without waiting for the disk: for files that only watchers read.
  static func replace(_ json: JSON, at path: String) -> Result<Void, TrainerError> {
    let aside = path + ".tmp"
    let descriptor = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { return .failure(failure(aside)) }
    let wrote = json.serializedBytes().withUnsafeBytes { writeAll(descriptor, $0, path: aside) }
    close(descriptor)
    if case .failure = wrote {
      unlink(aside)
      return wrote
    }
    return rename(aside, path) == 0 ? .success(()) : .failure(failure(path))
  }

  /// Makes a folder and the folders above it.
  static func makeFolders(_ path: String) throws(TrainerError) {
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
      let above = String(path[..<slash])
      if !exists(above) { try makeFolders(above) }
    }
    try makeFolder(path)
  }

  static func makeFolder(_ path: String) throws(TrainerError) {
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure(path) }
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// The names in a folder, in order; empty when there is none.
  static func names(in path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Removes a folder of plain files, or one file.
  static func remove(_ path: String) {
    for name in names(in: path) { remove(path + "/" + name) }
    if rmdir(path) != 0 { unlink(path) }
  }

  static func failure(_ path: String) -> TrainerError {
    .cannotWrite(path: path, reason: String(cString: strerror(errno)))
  }

  private static func readFailure(_ path: String) -> TrainerError {
    .cannotRead(path: path, reason: String(cString: strerror(errno)))
  }
}
