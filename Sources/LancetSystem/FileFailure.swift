// The one thing that goes wrong with files: a path, what was tried, and why not.

import Glibc
import LancetCore

/// A file, a folder or a lock that could not be used.
public struct FileFailure: LancetError, Hashable {
  /// What was tried.
  public enum Operation: Hashable, Sendable {
    case read, write, create, rename, list, sync, makeFolder, remove, lock
  }

  /// Why it did not work.
  public enum Problem: Hashable, Sendable {
    /// The operating system refused; its error number.
    case system(Int32)
    /// There is something else than a regular file (or than a folder, where one is needed).
    case kind(FileKind)
    /// Larger than such a file may be, in bytes.
    case tooLarge(bytes: Int64, limit: Int64)
    /// It became shorter while it was read.
    case shorter
    /// It is not marked as Lancet's own, or holds what is not.
    case notOurs
    /// The name is taken.
    case taken
  }

  /// The path.
  public var path: String
  /// What was tried.
  public var operation: Operation
  /// Why it did not work.
  public var problem: Problem

  /// A failure.
  public init(_ path: String, _ operation: Operation, _ problem: Problem) {
    self.path = path
    self.operation = operation
    self.problem = problem
  }

  /// What the operating system just refused: `errno` as it is now.
  public static func last(_ path: String, _ operation: Operation) -> FileFailure {
    FileFailure(path, operation, .system(errno))
  }

  /// The operating system's error number; nil for what Lancet itself refuses.
  public var errorNumber: Int32? { if case .system(let number) = problem { number } else { nil } }

  /// Whether there is nothing of that name.
  public var isMissing: Bool { errorNumber == ENOENT || errorNumber == ENOTDIR }

  /// Whether there is no room: the disk is full, a quota or the largest size of a file is reached.
  public var isFull: Bool {
    errorNumber == ENOSPC || errorNumber == EDQUOT || errorNumber == EFBIG
  }
}
