// A file that is to be imported: looked at before it is opened, so that reading it can neither hang nor run away.

import Glibc
import LancetCore

/// A regular file (or standard input) read in chunks, as long as it was when it was opened.
final class InputFile {
  let path: String
  /// The size when it was opened; nil for standard input.
  let size: Int64?
  private let descriptor: Int32
  private let start: FileFacts?
  private var left: Int64
  /// The first bytes, read already to see what kind of file this is.
  private var first: [UInt8] = []

  /// Opens a file; `-` is standard input.
  ///
  /// Throws `refusedInput` with what the path is instead.
  init(_ path: String) throws(StoreError) {
    self.path = path
    if path == "-" {
      descriptor = 0
      size = nil
      start = nil
      left = .max
      try checkBeginning()
      return
    }
    func refuse(_ why: RefusedInput) -> StoreError { .refusedInput(path: path, why) }
    guard let facts = FileFacts(path) else {
      guard errno == ENOENT || errno == ENOTDIR || errno == ELOOP else {
        throw refuse(.unreadable(Files.lastError()))
      }
      throw refuse(FileFacts.exists(path) ? .danglingLink : .missing)
    }
    switch facts.kind {
    case .regular: break
    case .directory: throw refuse(.directory)
    case .fifo: throw refuse(.fifo)
    case .socket: throw refuse(.socket)
    case .device, .other: throw refuse(.device)
    }
    // Not to wait for a writer, should a pipe have taken the file's place meanwhile.
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { throw refuse(.unreadable(Files.lastError())) }
    guard let opened = FileFacts(descriptor: descriptor), opened.kind == .regular else {
      close(descriptor)
      throw refuse(.device)
    }
    size = opened.size
    start = opened
    left = opened.size
    try checkBeginning()
  }

  private func checkBeginning() throws(StoreError) {
    first = try read(64)
    switch ForeignContent.detect(first) {
    case nil: return
    case let kind? where kind == .utf16 || kind == .utf32:
      throw .refusedInput(path: path, .encoding(kind.rawValue))
    case let kind?: throw .refusedInput(path: path, .container(kind.rawValue))
    }
  }

  deinit { if descriptor > 0 { close(descriptor) } }

  /// The next bytes, at most `count`; empty at the end of what was there when the file was opened.
  func read(_ count: Int) throws(StoreError) -> [UInt8] {
    if !first.isEmpty {
      defer { first = [] }
      return first
    }
    var buffer = [UInt8](repeating: 0, count: Int(min(Int64(count), left)))
    var filled = 0
    while filled < buffer.count {
      let got = buffer.withUnsafeMutableBytes {
        Glibc.read(descriptor, $0.baseAddress.map { $0 + filled }, $0.count - filled)
      }
      if got < 0 && errno == EINTR {
        // Somebody wants to stop while standard input is silent: what is here ends it.
        if size == nil { break }
        continue
      }
      guard got >= 0 else { throw .cannotRead(path: path, reason: Files.lastError()) }
      if got == 0 { break }
      filled += got
    }
    if filled < buffer.count { buffer.removeLast(buffer.count - filled) }
    left -= Int64(filled)
    return buffer
  }

  /// Whether the file is no longer what it was when it was opened.
  var hasChanged: Bool {
    guard let start, let now = FileFacts(descriptor: descriptor) else { return false }
    return now.size != start.size || now.modified != start.modified
      || FileFacts(path)?.identity != start.identity
  }
}
