// The one way a file is opened: what is there must be a regular file, and finding that out never waits. A named pipe, a
// socket, a device or a folder in a file's place is a fact with its kind.

import Glibc

extension Files {
  /// Opens a regular file; the descriptor is the caller's.
  ///
  /// - Parameters:
  ///   - flags: of open(2); O_NONBLOCK, O_CLOEXEC and O_NOCTTY are added.
  ///   - follow: whether a link at the end of the path may be followed: only where a person named the path.
  static func open(
    _ path: String, _ flags: Int32, _ operation: FileFailure.Operation, follow: Bool
  ) throws(FileFailure) -> (descriptor: Int32, facts: FileFacts) {
    guard !path.utf8.contains(0) else { throw FileFailure(path, operation, .system(ENOENT)) }
    // Looked at first: opening a device or the writing end of a pipe does something already.
    if let there = follow ? FileFacts(path) : FileFacts(ofName: path), there.kind != .regular {
      throw FileFailure(path, operation, .kind(there.kind))
    }
    let all = flags | O_NONBLOCK | O_CLOEXEC | O_NOCTTY | (follow ? 0 : O_NOFOLLOW)
    let descriptor = Glibc.open(path, all, 0o600)
    guard descriptor >= 0 else {
      guard errno != ELOOP || follow else { throw FileFailure(path, operation, .kind(.link)) }
      throw .last(path, operation)
    }
    guard let facts = FileFacts(descriptor: descriptor) else {
      let failure = FileFailure.last(path, operation)
      close(descriptor)
      throw failure
    }
    guard facts.kind == .regular else {
      close(descriptor)
      throw FileFailure(path, operation, .kind(facts.kind))
    }
    return (descriptor, facts)
  }

  /// Writes all bytes, whatever the system takes at a time.
  public static func writeAll(
    _ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, path: String
  ) -> Result<Void, FileFailure> {
    var done = 0
    while done < bytes.count {
      let wrote = Glibc.write(
        descriptor, bytes.baseAddress.map { $0 + done }, min(bytes.count - done, 1 << 30))
      if wrote < 0 {
        if errno == EINTR { continue }
        return .failure(.last(path, .write))
      }
      done += wrote
    }
    return .success(())
  }
}

/// A regular file open for reading, as long as it was when it was opened.
public struct RegularFile: ~Copyable {
  /// Its path.
  public let path: String
  /// What it was when it was opened.
  public let facts: FileFacts
  private let descriptor: Int32

  /// Opens a file.
  ///
  /// - Parameter follow: whether a link at the end of the path may be followed.
  public init(_ path: String, follow: Bool = true) throws(FileFailure) {
    self.path = path
    (descriptor, facts) = try Files.open(path, O_RDONLY, .read, follow: follow)
  }

  deinit { close(descriptor) }

  /// Its size when it was opened, in bytes.
  public var size: Int { Int(facts.size) }

  /// What it is now.
  public var factsNow: FileFacts? { FileFacts(descriptor: descriptor) }

  /// Reads from a place in the file, as much as there is up to the buffer's size; returns how much.
  public func readSome(
    at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(FileFailure) -> Int {
    var done = 0
    while done < buffer.count {
      let got = pread(
        descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done,
        off_t(offset &+ done))
      if got < 0 {
        if errno == EINTR { continue }
        throw .last(path, .read)
      }
      if got == 0 { break }
      done += got
    }
    return done
  }

  /// Fills a buffer from a place in the file.
  public func read(
    at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(FileFailure) {
    guard try readSome(at: offset, into: buffer) == buffer.count else {
      throw FileFailure(path, .read, .shorter)
    }
  }

  /// Up to `count` bytes from a place in the file.
  public func bytes(at offset: Int, count: Int) throws(FileFailure) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let outcome = bytes.withUnsafeMutableBytes { buffer in
      Result { () throws(FileFailure) in try readSome(at: offset, into: buffer) }
    }
    bytes.removeLast(count - (try outcome.get()))
    return bytes
  }
}
