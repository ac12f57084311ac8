// A file that is to be imported: looked at before it is opened, so that reading it can neither hang nor run away.

import Glibc
import LancetCore
import LancetSystem

/// A regular file (or standard input) read in chunks, as long as it was when it was opened.
final class InputFile {
  let path: String
  /// The size when it was opened; nil for standard input.
  let size: Int64?
  private let file: OpenInput?
  private var position = 0
  private var left: Int64
  /// The first bytes, read already to see what kind of file this is.
  private var first: [UInt8] = []

  /// Opens a file; `-` is standard input.
  ///
  /// Throws `refusedInput` with what the path is instead.
  init(_ path: String) throws(StoreError) {
    self.path = path
    if path == "-" {
      file = nil
      size = nil
      left = .max
      try checkBeginning()
      return
    }
    let opened = OpenInput(try InputFile.open(path))
    size = opened.file.facts.size
    left = opened.file.facts.size
    file = opened
    try checkBeginning()
  }

  private static func open(_ path: String) throws(StoreError) -> RegularFile {
    do throws(FileFailure) { return try RegularFile(path) } catch {
      let why: RefusedInput =
        switch error.problem {
        case .kind(.folder): .directory
        case .kind(.pipe): .fifo
        case .kind(.socket): .socket
        case .kind: .device
        case .system where error.isMissing || error.errorNumber == ELOOP:
          FileFacts.exists(path) ? .danglingLink : .missing
        default: .unreadable(error.reason)
        }
      throw .refusedInput(path: path, why)
    }
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

  /// The next bytes, at most `count`; empty at the end of what was there when the file was opened.
  func read(_ count: Int) throws(StoreError) -> [UInt8] {
    if !first.isEmpty {
      defer { first = [] }
      return first
    }
    let wanted = Int(min(Int64(count), left))
    let bytes: [UInt8]
    do throws(FileFailure) {
      bytes = try file == nil ? fromStandardInput(wanted) : fromFile(wanted)
    } catch {
      throw .cannotRead(path: path, reason: error.reason)
    }
    left -= Int64(bytes.count)
    position += bytes.count
    return bytes
  }

  private func fromFile(_ count: Int) throws(FileFailure) -> [UInt8] {
    try file?.file.bytes(at: position, count: count) ?? []
  }

  private func fromStandardInput(_ count: Int) throws(FileFailure) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let got = buffer.withUnsafeMutableBytes {
        Glibc.read(STDIN_FILENO, $0.baseAddress.map { $0 + filled }, $0.count - filled)
      }
      // Somebody wants to stop while standard input is silent: what is here ends it.
      if got < 0 && errno == EINTR { break }
      guard got >= 0 else { throw .last(path, .read) }
      if got == 0 { break }
      filled += got
    }
    buffer.removeLast(count - filled)
    return buffer
  }

  /// What became of a file since it was opened.
  enum Fate { case same, grown, rewritten }

  /// What became of the file; it may only grow at its end while it is read.
  var fate: Fate {
    guard let file, let now = file.file.factsNow else { return .same }
    let start = file.file.facts
    let isNamed = FileFacts(path)?.identity == start.identity
    if isNamed, now.size == start.size, now.changed == start.changed { return .same }
    return isNamed && now.size > start.size && left == 0 ? .grown : .rewritten
  }
}

/// A file where an optional is needed.
private final class OpenInput {
  let file: RegularFile
  init(_ file: consuming RegularFile) { self.file = file }
}
