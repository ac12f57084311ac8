// A file that is whole or absent: written under another name, made durable, then renamed over the target.

import Glibc

/// Writes a file so that readers see the old content or the new, never a part.
///
/// Dropped without `finish`, it leaves nothing behind.
public final class AtomicFile {
  private let target: String
  /// Nil when the target is written directly.
  private let temporary: String?
  private var descriptor: Int32
  private var buffer: [UInt8] = []

  /// Begins a file beside its target, mode 0600 (an existing target's permissions are taken over).
  public init(_ path: String) throws(StoreError) {
    // A link is followed, so that the file it names is replaced and the link stays.
    target = Files.resolved(path) ?? path
    let kind = FileFacts(target)?.kind ?? .regular
    guard kind == .regular else {
      // A pipe or a device has no old content to keep: written as it is.
      guard kind == .fifo || kind == .device else {
        throw .cannotCreate(path: path, reason: "there is something that is no file")
      }
      temporary = nil
      descriptor = open(target, O_WRONLY | O_CLOEXEC | O_NOCTTY)
      guard descriptor >= 0 else { throw .cannotCreate(path: path, reason: Files.lastError()) }
      return
    }
    let temporary = "\(Files.folder(of: target))/.\(Files.name(of: target)).part-\(getpid())"
    self.temporary = temporary
    unlink(temporary)
    descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      throw .cannotCreate(path: path, reason: Files.lastError())
    }
    var info = stat()
    if stat(target, &info) == 0 { fchmod(descriptor, info.st_mode & 0o777) }
  }

  deinit { discard() }

  /// Appends text.
  public func write(_ text: String) throws(StoreError) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= 1 << 18 { try drain() }
  }

  private func drain() throws(StoreError) {
    var done = 0
    while done < buffer.count {
      let count = buffer.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw failed() }
      done += count
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Makes the file durable and gives it its name.
  public func finish() throws(StoreError) {
    try drain()
    // Pipes and devices cannot be made durable, and say so with EINVAL.
    guard fsync(descriptor) == 0 || temporary == nil else { throw failed() }
    guard close(descriptor) == 0 else {
      descriptor = -1
      throw failed()
    }
    descriptor = -1
    guard let temporary else { return }
    guard rename(temporary, target) == 0 else { throw failed() }
    guard Files.sync(Files.folder(of: target)) else { throw failed() }
  }

  private func failed() -> StoreError {
    let full = errno == ENOSPC || errno == EDQUOT
    let error = StoreError.notSaved(path: target, reason: Files.lastError(), diskFull: full)
    discard()
    return error
  }

  private func discard() {
    if descriptor >= 0 {
      close(descriptor)
      descriptor = -1
    }
    if let temporary { unlink(temporary) }
  }
}
