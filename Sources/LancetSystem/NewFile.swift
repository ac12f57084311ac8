// A file that must not be there yet, written once and made durable: for files inside a folder that is itself whole or
// absent.

import Glibc

/// A new file; dropped without `finish` it stays as it is, in a folder that nobody has seen yet.
public struct NewFile: ~Copyable {
  private let path: String
  private let descriptor: Int32

  /// Makes the file.
  public init(_ path: String) throws(FileFailure) {
    self.path = path
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
    descriptor = Glibc.open(path, flags, 0o600)
    guard descriptor >= 0 else { throw .last(path, .create) }
  }

  deinit { close(descriptor) }

  /// Appends bytes.
  public func write(_ bytes: UnsafeRawBufferPointer) throws(FileFailure) {
    try Files.writeAll(descriptor, bytes, path: path).get()
  }

  /// Appends bytes.
  public func write(_ bytes: [UInt8]) throws(FileFailure) {
    try bytes.withUnsafeBytes { Files.writeAll(descriptor, $0, path: path) }.get()
  }

  /// Makes it durable.
  public func finish() throws(FileFailure) {
    guard fsync(descriptor) == 0 else { throw .last(path, .sync) }
  }
}

extension Files {
  /// Makes a file of a free name `PREFIX…SUFFIX` with this content, which only this person can read; returns its path.
  ///
  /// It is not made durable: it is for another program to look at meanwhile.
  public static func createPrivate(
    in folder: String, named prefix: String, _ suffix: String, with bytes: [UInt8]
  ) throws(FileFailure) -> String {
    // mkstemps(3) puts the free name's letters in the place of exactly these six X.
    var template = Array("\(folder)/\(prefix)XXXXXX\(suffix)".utf8CString)
    // O_EXCL and 0600 by definition: mkstemps(3).
    let descriptor = mkstemps(&template, Int32(suffix.utf8.count))
    guard descriptor >= 0 else { throw .last(folder, .create) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    defer { close(descriptor) }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let outcome = bytes.withUnsafeBytes { writeAll(descriptor, $0, path: path) }
    if case .failure(let failure) = outcome {
      removeOwnFile(path)
      throw failure
    }
    return path
  }

  /// Makes a new file with this content, durable.
  public static func create(
    _ path: String, with bytes: UnsafeRawBufferPointer
  ) throws(FileFailure) {
    let file = try NewFile(path)
    try file.write(bytes)
    try file.finish()
  }

  /// Puts a finished folder in its place.
  ///
  /// What was there is moved away first. It is removed when it is Lancet's own by its manifest; everything else (a
  /// folder somebody changed, a link) is kept under a free name `NAME.before`, which is returned.
  ///
  /// - Parameters:
  ///   - mark: the name of the manifest in such folders.
  ///   - digests: whether the old folder's bytes are read to see that it is unchanged, or its names and sizes will do.
  public static func place(
    _ finished: String, at path: String, mark: String, digests: Bool
  ) throws(FileFailure) -> String? {
    guard FileFacts.exists(path) else {
      try giveName(finished, path)
      try sync(folder(of: path))
      return nil
    }
    let manifest = FolderManifest(folder: path, name: mark)
    let isOwn =
      manifest.map { digests ? $0.isTrue(of: path, name: mark) : $0.fits(path, name: mark) }
      ?? false
    let old = isOwn ? AsideName.beside(path) : freeName(path + ".before")
    try giveName(path, old)
    do throws(FileFailure) { try giveName(finished, path) } catch {
      try? giveName(old, path)
      throw error
    }
    try sync(folder(of: path))
    guard isOwn else { return old }
    try? FolderManifest.remove(old, name: mark, digests: false)
    return nil
  }
}
