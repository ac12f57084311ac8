// Files of a model folder: opened only when they are regular and lie inside it, read with pread into memory of our own. Never
// mapped, so that a file that shrinks while it is read is an error and not a dead process.

import Glibc

/// A regular file open for reading.
struct FolderFile: ~Copyable {
  let path: String
  /// Its size when it was opened.
  let size: Int
  private let descriptor: Int32

  /// Opens a file of a folder.
  ///
  /// A link is followed only where it ends inside the folder, or in the `blobs` of a Hugging Face cache whose `snapshots` hold
  /// the folder.
  init(folder: String, name: String) throws(ModelError) {
    let path = folder + "/" + name
    guard !name.isEmpty, !name.contains("/"), !name.utf8.contains(0), name != ".", name != ".."
    else { throw .notRegularFile(path: path) }
    let realFolder = try Self.resolved(folder)
    let real = try Self.resolved(path)
    guard Self.isInside(real, realFolder) else { throw .notRegularFile(path: path) }
    // Not blocking, so that a pipe is refused instead of waited for.
    let descriptor = open(real, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { throw Self.failure(path, "open") }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let error = Self.failure(path, "examine")
      close(descriptor)
      throw error
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .notRegularFile(path: path)
    }
    self.path = path
    self.descriptor = descriptor
    size = status.st_size
  }

  deinit { close(descriptor) }

  /// Whether a folder has something of this name.
  static func exists(_ folder: String, _ name: String) -> Bool {
    access(folder + "/" + name, F_OK) == 0
  }

  /// Reads bytes from a place in the file into memory.
  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ModelError) {
    var done = 0
    while done < buffer.count {
      let got = pread(
        descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done, offset + done)
      if got < 0 {
        if errno == EINTR { continue }
        throw Self.failure(path, "read")
      }
      guard got > 0 else {
        throw .inputOutput(
          path: path, operation: "read", reason: "it became shorter while it was read")
      }
      done += got
    }
  }

  /// Reads bytes from a place in the file.
  func read(at offset: Int, count: Int) throws(ModelError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let outcome = bytes.withUnsafeMutableBytes { buffer in
      Result { () throws(ModelError) in try read(at: offset, into: buffer) }
    }
    try outcome.get()
    return bytes
  }

  /// Reads a whole file that must not be larger than a limit.
  static func contents(folder: String, name: String, limit: Int) throws(ModelError) -> [UInt8] {
    let file = try FolderFile(folder: folder, name: name)
    guard file.size <= limit else {
      throw .tooLarge(path: file.path, bytes: file.size, limit: limit)
    }
    return try file.read(at: 0, count: file.size)
  }

  static func failure(_ path: String, _ operation: String) -> ModelError {
    let code = errno
    if code == ENOENT || code == ENOTDIR { return .missingFile(path: path) }
    if code == ELOOP { return .notRegularFile(path: path) }
    return .inputOutput(
      path: path, operation: operation, reason: String(cString: strerror(code)))
  }

  private static func resolved(_ path: String) throws(ModelError) -> String {
    guard !path.utf8.contains(0) else { throw .missingFile(path: path) }
    guard let real = realpath(path, nil) else { throw failure(path, "find") }
    defer { free(real) }
    return String(cString: real)
  }

  private static func isInside(_ file: String, _ folder: String) -> Bool {
    if file.hasPrefix(folder == "/" ? "/" : folder + "/") { return true }
    let parts = folder.split(separator: "/")
    guard parts.count >= 3, parts[parts.count - 2] == "snapshots" else { return false }
    return file.hasPrefix("/" + parts.dropLast(2).joined(separator: "/") + "/blobs/")
  }
}
