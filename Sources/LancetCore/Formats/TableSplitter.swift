// Comma-separated values (RFC 4180) as rows: the header names the columns, each record becomes an object of texts.

/// Cuts chunks of a table into its records.
struct TableSplitter: Sendable {
  private let separator: UInt8
  private var header: [String]?
  private var cells: [[UInt8]] = []
  private var cell: [UInt8] = []
  private var quoted = false
  private var quoteJustClosed = false
  private var badQuote = false
  private var recordBegun = false
  private var size = 0
  private var line = 1
  private var start = 1
  private var offset = 0
  private var startOffset = 0
  private var headerIsBad = false

  init(separator: UInt8) { self.separator = separator }

  mutating func feed(_ chunk: UnsafeRawBufferPointer, _ each: (JSONLine) -> Void) {
    for byte in chunk {
      take(byte, each)
      offset += 1
      if byte == 10 { line += 1 }
    }
  }

  mutating func finish(_ each: (JSONLine) -> Void) {
    guard recordBegun else { return }
    endCell()
    endRecord(isCut: quoted, each)
  }

  private mutating func take(_ byte: UInt8, _ each: (JSONLine) -> Void) {
    if offset < 3, [0xEF, 0xBB, 0xBF][offset] == byte { return }
    if !recordBegun {
      if byte == 10 || byte == 13 { return }
      recordBegun = true
      start = line
      startOffset = offset
    }
    if quoted {
      if byte == 0x22 {
        quoted = false
        quoteJustClosed = true
      } else {
        append(byte)
      }
      return
    }
    switch byte {
    case 0x22:
      if quoteJustClosed {
        append(byte)
        quoted = true
      } else if cell.isEmpty {
        quoted = true
      } else {
        badQuote = true
      }
      quoteJustClosed = false
    case separator: endCell()
    case 10:
      if cell.last == 13 { cell.removeLast() }
      endCell()
      endRecord(isCut: false, each)
    case 13: append(byte)
    default:
      if quoteJustClosed { badQuote = true }
      append(byte)
    }
  }

  private mutating func append(_ byte: UInt8) {
    size += 1
    if size <= JSONLinesSplitter.defaultLimit { cell.append(byte) }
  }

  private mutating func endCell() {
    cells.append(cell)
    cell = []
    quoteJustClosed = false
  }

  private mutating func endRecord(isCut: Bool, _ each: (JSONLine) -> Void) {
    defer {
      cells = []
      quoted = false
      quoteJustClosed = false
      badQuote = false
      recordBegun = false
      size = 0
    }
    guard let names = header else {
      readHeader(each)
      return
    }
    guard !headerIsBad else { return }
    var row = JSONLine(
      number: start, offset: startOffset, bytes: [],
      isTooLong: size > JSONLinesSplitter.defaultLimit, isTerminated: true)
    if isCut {
      row.problem = "a quote is not closed"
    } else if badQuote {
      row.problem = "a quote inside a value that is not quoted, or text behind a closed quote"
    } else if cells.count != names.count {
      row.problem = "\(cells.count) values, the header names \(names.count)"
    } else if !row.isTooLong {
      fill(&row, names)
    }
    each(row)
  }

  private func fill(_ row: inout JSONLine, _ names: [String]) {
    var members: [JSON.Member] = []
    for (name, bytes) in zip(names, cells) where !bytes.isEmpty {
      guard let text = String(validating: bytes, as: UTF8.self) else {
        row.problem = "not UTF-8 in the column \(name)"
        return
      }
      members.append(JSON.Member(name, Self.value(text)))
    }
    row.bytes = JSON.object(members).serializedBytes()
  }

  /// A cell: a list or object where it is written as JSON and one can be meant, else its text.
  private static func value(_ text: String) -> JSON {
    guard
      text.utf8.starts(with: "[{".utf8) || text.utf8.starts(with: "[\"".utf8)
        || text.utf8.starts(with: "{\"".utf8),
      let json = try? JSON.parse(Array(text.utf8))
    else { return .string(text) }
    return json
  }

  private mutating func readHeader(_ each: (JSONLine) -> Void) {
    var names: [String] = []
    var problem: String?
    for bytes in cells {
      guard let name = String(validating: bytes, as: UTF8.self) else {
        problem = "the header is not UTF-8"
        break
      }
      if !name.isEmpty, names.contains(name) { problem = "the header names \"\(name)\" twice" }
      names.append(name)
    }
    header = names
    guard let problem else { return }
    headerIsBad = true
    var row = JSONLine(
      number: start, offset: startOffset, bytes: [], isTooLong: false, isTerminated: true)
    row.problem = problem
    each(row)
  }
}
