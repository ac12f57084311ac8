// Files of a model folder: opened only when they are regular and lie inside it, read with pread into memory of our own. Never
// mapped, so that a file that shrinks while it is read is an error and not a dead process.

import Glibc
import LancetSystem

/// A regular file open for reading.
struct FolderFile: ~Copyable {
  let path: String
  /// Its size when it was opened.
  var size: Int { file.size }
  private let file: RegularFile

  /// Opens a file of a folder.
  ///
  /// A link of the folder is the person's own (a Hugging Face cache is full of them) and is followed to a regular file, wherever
  /// that lies; a name never leads out of the folder by itself.
  init(folder: String, name: String) throws(ModelError) {
    let path = folder + "/" + name
    guard !name.isEmpty, !name.contains("/"), !name.utf8.contains(0), name != ".", name != ".."
    else { throw .notRegularFile(path: path) }
    let real = try Self.resolved(path)
    let opened = try Self.opened(real, path)
    file = opened
    self.path = path
  }

  private static func opened(_ real: String, _ path: String) throws(ModelError) -> RegularFile {
    do throws(FileFailure) { return try RegularFile(real, follow: false) } catch {
      throw failure(error, path)
    }
  }

  /// Whether a folder has something of this name.
  static func exists(_ folder: String, _ name: String) -> Bool {
    FileFacts(folder + "/" + name) != nil
  }

  /// Reads bytes from a place in the file into memory.
  func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ModelError) {
    do throws(FileFailure) { try file.read(at: offset, into: buffer) } catch {
      throw Self.failure(error, path)
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

  /// What the floor reports, in the words of a model folder.
  static func failure(_ failure: FileFailure, _ path: String) -> ModelError {
    if failure.isMissing { return .missingFile(path: path) }
    if case .kind = failure.problem { return .notRegularFile(path: path) }
    let operation = failure.what.split(separator: ":").first.map { $0.dropFirst("cannot ".count) }
    return .inputOutput(
      path: path, operation: operation.map(String.init) ?? "use", reason: failure.reason)
  }

  private static func resolved(_ path: String) throws(ModelError) -> String {
    guard !path.utf8.contains(0) else { throw .missingFile(path: path) }
    if let real = Files.resolved(path) { return real }
    guard isNamed(path) else { throw .missingFile(path: path) }
    var target = [CChar](repeating: 0, count: 4096)
    let length = readlink(path, &target, target.count - 1)
    throw .brokenLink(
      path: path,
      target: String(
        decoding: target.prefix(max(0, length)).map { UInt8(bitPattern: $0) }, as: UTF8.self))
  }

  private static func isNamed(_ path: String) -> Bool { FileFacts(ofName: path) != nil }

  /// Whether a folder has something of this name, be it a link that leads nowhere.
  static func isNamed(_ folder: String, _ name: String) -> Bool { isNamed(folder + "/" + name) }
}
