// A file as chunks of whole lines, with a mark of how far it was read that a later import can trust.

import LancetCore

/// How far an earlier import came.
struct ImportMark {
  var offset: Int64
  var line: Int
  /// The hash of the bytes before `offset`.
  var hash: Int64
}

/// Reads a file chunk by chunk.
///
/// After each chunk `offset`, `lines` and `hash` speak of the lines handed out so far.
struct ImportReader {
  private var input: InputFile
  private var splitter = RowSplitter(.jsonLines)
  /// How the file's rows are written; only JSON Lines can be resumed in the middle.
  private(set) var syntax = RowSyntax.jsonLines
  private var running = PrefixHash()
  private var consumed: Int64 = 0

  /// Bytes up to the end of the last line handed out.
  private(set) var offset: Int64 = 0
  /// The hash of those bytes.
  private(set) var hash: Int64 = PrefixHash().value
  /// Lines before the first one that this reader hands out.
  private(set) var lineBase = 0
  /// Whether the file is read to its end.
  private(set) var isAtEnd = false

  /// The file's size when it was opened; nil for standard input.
  var size: Int64? { input.size }
  /// Whole lines read or skipped so far.
  private(set) var lines = 0

  /// Begins a file; after a mark when the bytes before it are still the same.
  init(_ input: InputFile, resuming mark: ImportMark?) throws(StoreError) {
    self.input = input
    guard let mark, mark.offset > 0, mark.line > 0, mark.offset <= input.size ?? 0 else {
      try readBeginning()
      return
    }
    var left = mark.offset
    var tail: [UInt8] = []
    while left > 0 {
      var bytes = try input.read(Int(min(left, 1 << 20)))
      if bytes.isEmpty { break }
      if Int64(bytes.count) > left {
        tail = Array(bytes[Int(left)...])
        bytes.removeLast(tail.count)
      }
      bytes.withUnsafeBytes { running.add($0) }
      left -= Int64(bytes.count)
    }
    guard left == 0, running.value == mark.hash else {
      // Another file by now: from its beginning.
      self = try ImportReader(try InputFile(input.path), resuming: nil)
      return
    }
    offset = mark.offset
    consumed = mark.offset
    hash = mark.hash
    lineBase = mark.line
    lines = mark.line
    pending = tail
  }

  /// Reads enough to tell how the rows are written.
  private mutating func readBeginning() throws(StoreError) {
    while pending.count < RowSyntax.beginning {
      let more = try input.read(RowSyntax.beginning)
      if more.isEmpty { break }
      pending += more
    }
    syntax = RowSyntax.detect(pending, name: input.path)
    splitter = RowSplitter(syntax)
  }

  /// Bytes read already but not cut into lines.
  private var pending: [UInt8] = []

  /// The lines that end in the next `count` bytes; at the end of the file also an unfinished last one.
  mutating func next(_ count: Int) throws(StoreError) -> [JSONLine] {
    var found: [JSONLine] = []
    var bytes = pending
    pending = []
    if bytes.isEmpty { bytes = try input.read(count) }
    guard !bytes.isEmpty else {
      splitter.finish { found.append($0) }
      isAtEnd = true
      offset = consumed
      hash = running.value
      return found
    }
    bytes.withUnsafeBytes { buffer in
      splitter.feed(buffer) { found.append($0) }
      let end = buffer.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
      running.add(UnsafeRawBufferPointer(rebasing: buffer[..<end]))
      if end > 0 {
        offset = consumed + Int64(end)
        hash = running.value
      }
      running.add(UnsafeRawBufferPointer(rebasing: buffer[end...]))
      lines += buffer.count { $0 == UInt8(ascii: "\n") }
    }
    consumed += Int64(bytes.count)
    return found
  }
}
