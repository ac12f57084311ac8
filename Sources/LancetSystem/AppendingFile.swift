// A file that grows at its end: metrics and logs.

import Glibc

/// One of Lancet's own files, open for appending.
public final class AppendingFile {
  private let path: String
  private let descriptor: Int32

  /// Opens the file, made when it is not there; a link of that name is refused.
  public init(_ path: String) throws(FileFailure) {
    self.path = path
    (descriptor, _) = try Files.open(path, O_WRONLY | O_CREAT | O_APPEND, .write, follow: false)
  }

  deinit { close(descriptor) }

  /// Appends text.
  public func append(_ text: String) throws(FileFailure) {
    try Array(text.utf8).withUnsafeBytes { Files.writeAll(descriptor, $0, path: path) }.get()
  }

  /// Hands out the descriptor, for a child process that writes to the file.
  public func withDescriptor<Result, Failure>(
    _ body: (Int32) throws(Failure) -> Result
  ) throws(Failure) -> Result { try body(descriptor) }
}
