// JSON Lines: cutting a stream of bytes into numbered lines, and telling by the first bytes when a file is no
// JSON Lines file at all.

/// One line of a JSON Lines file.
public struct JSONLine: Hashable, Sendable {
  /// The line's number, from 1.
  public var number: Int
  /// The offset of its first byte in the file.
  public var offset: Int
  /// Its bytes without the line end; empty when ``isTooLong``.
  public var bytes: [UInt8]
  /// Whether the line went over the limit and its bytes were dropped.
  public var isTooLong: Bool
  /// Whether it ended with a line end; the last line of a file need not.
  public var isTerminated: Bool
  /// Why it is no row at all, in words; nil for a line of JSON Lines.
  public var problem: String?
}

/// Cuts chunks of a file into lines.
///
/// Lines end with LF or CRLF; a lone CR is data. A byte order mark at the start of
/// the file is skipped. Blank lines are numbered but not handed out. Memory is bounded by the longest line allowed.
public struct JSONLinesSplitter: Sendable {
  /// The longest line allowed, in bytes: 64 MB.
  public static let defaultLimit = 64 << 20

  private let limit: Int
  private var number = 1
  private var lineOffset = 0
  private var pending: [UInt8] = []
  private var overflowed = false
  private var atStart = true

  /// A splitter at the start of a file.
  public init(limit: Int = Self.defaultLimit) { self.limit = max(1, limit) }

  /// The number of lines seen so far, a started one included.
  public var lines: Int { pending.isEmpty && !overflowed ? number - 1 : number }

  /// Takes the next bytes of the file and hands out every line that ends in them.
  public mutating func feed<Failure: Error>(
    _ chunk: UnsafeRawBufferPointer, _ each: (JSONLine) throws(Failure) -> Void
  ) throws(Failure) {
    var start = 0
    for i in chunk.indices where chunk[i] == 0x0A {
      append(chunk[start..<i])
      start = i + 1
      try emit(terminated: true, each)
    }
    append(chunk[start...])
  }

  /// Takes the next bytes of the file and hands out every line that ends in them.
  public mutating func feed<Failure: Error>(
    _ chunk: [UInt8], _ each: (JSONLine) throws(Failure) -> Void
  ) throws(Failure) {
    var found: [JSONLine] = []
    chunk.withUnsafeBytes { buffer in
      feed(buffer) { found.append($0) }
    }
    for line in found { try each(line) }
  }

  /// Hands out the last line, when the file did not end with a line end.
  public mutating func finish<Failure: Error>(
    _ each: (JSONLine) throws(Failure) -> Void
  ) throws(Failure) {
    if !pending.isEmpty || overflowed { try emit(terminated: false, each) }
  }

  private mutating func append(_ bytes: Slice<UnsafeRawBufferPointer>) {
    guard !overflowed else {
      skipped += bytes.count
      return
    }
    // Two more than the limit: a CR and a byte order mark do not count.
    if pending.count + bytes.count > limit + 4 {
      skipped = pending.count + bytes.count
      pending = []
      overflowed = true
    } else {
      pending.append(contentsOf: bytes)
    }
  }
  private var skipped = 0

  private mutating func emit<Failure: Error>(
    terminated: Bool, _ each: (JSONLine) throws(Failure) -> Void
  ) throws(Failure) {
    var bytes = pending
    let length = overflowed ? skipped : bytes.count
    var tooLong = overflowed
    if atStart, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    if terminated, bytes.last == 0x0D { bytes.removeLast() }
    if bytes.count > limit {
      tooLong = true
      bytes = []
    }
    let line = JSONLine(
      number: number, offset: lineOffset, bytes: bytes, isTooLong: tooLong,
      isTerminated: terminated)
    pending.removeAll(keepingCapacity: pending.capacity <= 1 << 20)
    overflowed = false
    skipped = 0
    atStart = false
    number += 1
    lineOffset += length + (terminated ? 1 : 0)
    let isBlank = bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    if tooLong || !isBlank { try each(line) }
  }
}

/// Content that is not UTF-8 text, told by the first bytes of a file.
public enum ForeignContent: String, CaseIterable, Hashable, Sendable {
  case utf16 = "UTF-16"
  case utf32 = "UTF-32"
  case gzip
  case zip
  case zstd
  case bzip2
  case xz
  case parquet = "Parquet"
  case sqlite = "an SQLite database"

  /// What the first bytes of a file (64 are enough) look like; nil when they may be UTF-8 text.
  public static func detect(_ first: [UInt8]) -> ForeignContent? {
    func begins(_ bytes: [UInt8]) -> Bool { first.starts(with: bytes) }
    if begins([0xFF, 0xFE, 0, 0]) || begins([0, 0, 0xFE, 0xFF]) { return .utf32 }
    if begins([0xFF, 0xFE]) || begins([0xFE, 0xFF]) { return .utf16 }
    if begins([0x1F, 0x8B]) { return .gzip }
    if begins([0x50, 0x4B, 3, 4]) || begins([0x50, 0x4B, 5, 6]) { return .zip }
    if begins([0x28, 0xB5, 0x2F, 0xFD]) { return .zstd }
    if begins(Array("BZh".utf8)) { return .bzip2 }
    if begins([0xFD, 0x37, 0x7A, 0x58, 0x5A]) { return .xz }
    if begins(Array("PAR1".utf8)) { return .parquet }
    if begins(Array("SQLite format 3".utf8)) { return .sqlite }
    guard first.count >= 4 else { return nil }
    let zeros = first.prefix(4).map { $0 == 0 }
    if zeros == [false, true, true, true] || zeros == [true, true, true, false] { return .utf32 }
    if zeros == [false, true, false, true] || zeros == [true, false, true, false] {
      return .utf16
    }
    return nil
  }

  /// The fact in words, as a person reads it.
  public var sentence: String {
    switch self {
    case .utf16, .utf32: "not UTF-8 (looks like \(rawValue))"
    default: "not JSON Lines (looks like \(rawValue))"
    }
  }
}
