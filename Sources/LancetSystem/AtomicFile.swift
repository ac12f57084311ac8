// A file that is whole or absent: written under a name of its own beside the target, made durable, then renamed over it.

import CSystem
import Glibc
import Synchronization

private let counter = Atomic<Int>(0)

/// Names of what is not finished yet: hidden, with the process's number and a counter, so that two writers never meet
/// and a leftover shows whose it was.
public enum AsideName {
  /// A name beside a path that nothing has yet.
  public static func beside(_ path: String) -> String {
    let number = counter.add(1, ordering: .relaxed).newValue
    // File names end at 255 bytes; the beginning is enough to see what it was going to be.
    var start = Files.name(of: path)
    while start.utf8.count > 160 { start.removeLast() }
    return "\(Files.folder(of: path))/.\(start).part-\(getpid())-\(number)"
  }

  /// The process that an aside name belongs to; nil for every other name.
  static func owner(of name: String) -> pid_t? {
    var name = name[...]
    // A database that is being made has journals beside it.
    for ending in ["-journal", "-wal", "-shm"] where name.hasSuffix(ending) {
      name = name.dropLast(ending.count)
    }
    guard name.hasPrefix("."), let mark = name.utf8.lastIndex(of: UInt8(ascii: ".")) else {
      return nil
    }
    let parts = name[mark...].split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == ".part", mark > name.startIndex,
      let process = pid_t(parts[1]), process > 0, String(process) == parts[1],
      let count = Int(parts[2]), count > 0, String(count) == parts[2]
    else { return nil }
    return process
  }

  /// Whether a name is what a process that is no more left behind.
  public static func isLeftover(_ name: String) -> Bool {
    guard let process = owner(of: name), process != getpid() else { return false }
    return kill(process, 0) != 0 && errno == ESRCH
  }
}

/// Writes a file so that readers see the old content or the new, never a part.
///
/// Dropped without `finish`, it leaves nothing behind.
public final class AtomicFile {
  /// What happens to a target that is there.
  public enum Target: Sendable {
    /// A person named it: a link is followed, so that the file it names is replaced and the link stays; a device, and a
    /// pipe that somebody reads, are written directly. The old file's permissions are taken over.
    case named
    /// Lancet's own: replaced, and if a link is there the link itself.
    case own
    /// Nothing may be there.
    case new
  }

  private let path: String
  private let target: String
  /// Nil when the target is written directly.
  private let aside: String?
  private let isNew: Bool
  private let isDurable: Bool
  private var descriptor: Int32
  private var buffer: [UInt8] = []

  /// Begins a file beside its target, mode 0600.
  ///
  /// - Parameter durable: whether it must outlast a power cut: not needed for files that only watchers read.
  public init(_ path: String, _ kind: Target, durable: Bool = true) throws(FileFailure) {
    self.path = path
    isNew = kind == .new
    isDurable = durable
    target = kind == .named ? Files.resolved(path) ?? path : path
    let there = kind == .named ? FileFacts(target) : FileFacts(ofName: target)
    if kind == .named, let facts = there, facts.kind != .regular {
      aside = nil
      descriptor = try AtomicFile.openDirectly(path, facts.kind)
      return
    }
    if kind == .named, there == nil, let link = FileFacts(ofName: path), link.kind == .link {
      throw FileFailure(path, .create, .kind(.link))
    }
    guard there?.kind != .folder else { throw FileFailure(path, .create, .kind(.folder)) }
    guard kind != .new || there == nil else { throw FileFailure(path, .create, .taken) }
    let aside = AsideName.beside(target)
    self.aside = aside
    descriptor = Glibc.open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw .last(path, .create) }
    if kind == .named, let there { fchmod(descriptor, mode_t(there.mode)) }
  }

  /// A pipe or a device has no old content to keep.
  private static func openDirectly(_ path: String, _ kind: FileKind) throws(FileFailure) -> Int32 {
    guard kind == .pipe || kind == .device else {
      throw FileFailure(path, .create, .kind(kind))
    }
    // Not to wait for a reader: a pipe that nobody reads is refused by the system (ENXIO).
    let descriptor = Glibc.open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENXIO { throw FileFailure(path, .create, .kind(kind)) }
      throw .last(path, .create)
    }
    let flags = fcntl(descriptor, F_GETFL)
    if flags >= 0 { _ = fcntl(descriptor, F_SETFL, flags & ~O_NONBLOCK) }
    return descriptor
  }

  deinit { discard() }

  /// Appends text.
  public func write(_ text: String) throws(FileFailure) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= 1 << 18 { try drain() }
  }

  /// Appends bytes.
  public func write(_ bytes: [UInt8]) throws(FileFailure) {
    try bytes.withUnsafeBytes { buffer in
      Result { () throws(FileFailure) in try write(buffer) }
    }.get()
  }

  /// Appends bytes that may be many.
  public func write(_ bytes: UnsafeRawBufferPointer) throws(FileFailure) {
    if bytes.count < 1 << 16 {
      buffer.append(contentsOf: bytes)
      if buffer.count >= 1 << 18 { try drain() }
    } else {
      try drain()
      try written(Files.writeAll(descriptor, bytes, path: path))
    }
  }

  private func drain() throws(FileFailure) {
    try written(buffer.withUnsafeBytes { Files.writeAll(descriptor, $0, path: path) })
    buffer.removeAll(keepingCapacity: true)
  }

  private func written(_ result: Result<Void, FileFailure>) throws(FileFailure) {
    if case .failure(let failure) = result {
      discard()
      throw failure
    }
  }

  /// Makes the file durable and gives it its name.
  public func finish() throws(FileFailure) {
    try drain()
    // Pipes and devices cannot be made durable, and say so with EINVAL.
    if isDurable, aside != nil, fsync(descriptor) != 0 { throw failed(.sync) }
    let closed = close(descriptor) == 0
    descriptor = -1
    guard closed else { throw failed(.write) }
    guard let aside else { return }
    do throws(FileFailure) {
      if isNew { try Files.giveName(aside, target) } else { try Files.rename(aside, target) }
    } catch {
      discard()
      throw error
    }
    if isDurable { try Files.sync(Files.folder(of: target)) }
  }

  private func failed(_ operation: FileFailure.Operation) -> FileFailure {
    let failure = FileFailure.last(path, operation)
    discard()
    return failure
  }

  private func discard() {
    if descriptor >= 0 {
      close(descriptor)
      descriptor = -1
    }
    if let aside { unlink(aside) }
  }
}

extension Files {
  /// Replaces one of Lancet's own files in one step.
  ///
  /// - Parameter durable: whether it must outlast a power cut.
  public static func replace(
    _ path: String, with bytes: [UInt8], durable: Bool = true
  ) throws(FileFailure) {
    let file = try AtomicFile(path, .own, durable: durable)
    try file.write(bytes)
    try file.finish()
  }

  /// Renames, replacing what has the new name.
  public static func rename(_ from: String, _ to: String) throws(FileFailure) {
    guard Glibc.rename(from, to) == 0 else { throw .last(to, .rename) }
  }

  /// Gives a file or folder a name that nothing has yet.
  public static func giveName(_ from: String, _ to: String) throws(FileFailure) {
    if lancet_rename_new(from, to) == 0 { return }
    if errno == EEXIST { throw FileFailure(to, .create, .taken) }
    // File systems that cannot refuse to replace.
    guard errno == EINVAL || errno == ENOSYS || errno == ENOTSUP else { throw .last(to, .rename) }
    guard !FileFacts.exists(to) else { throw FileFailure(to, .create, .taken) }
    try rename(from, to)
  }
}
