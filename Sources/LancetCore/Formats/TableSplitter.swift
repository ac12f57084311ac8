// Comma-separated values (RFC 4180) as rows: the header names the columns, each record becomes an object of texts. A
// record ends with a line feed, with CR LF, or with a carriage return alone as old programs write it.

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
  private var previous: UInt8 = 0

  init(separator: UInt8) { self.separator = separator }

  mutating func feed(_ chunk: UnsafeRawBufferPointer, _ each: (JSONLine) -> Void) {
    for byte in chunk {
      take(byte, each)
      offset += 1
      if byte == 13 || byte == 10 && previous != 13 { line += 1 }
      previous = byte
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
    case 10, 13:
      // The line feed of CR LF comes when no record has begun.
      endCell()
      endRecord(isCut: false, each)
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
      members.append(JSON.Member(name, Self.value(text, name)))
    }
    row.bytes = JSON.object(members).serializedBytes()
  }

  /// A cell: a list or object where it is written as JSON and one can be meant, else its text.
  ///
  /// Verdicts are a list of numbers or of true and false, also as Python writes them.
  private static func value(_ text: String, _ name: String) -> JSON {
    let isVerdicts = text.utf8.first == 0x5B && FieldNames.verdicts.contains(name)
    guard
      isVerdicts || text.utf8.starts(with: "[{".utf8) || text.utf8.starts(with: "[\"".utf8)
        || text.utf8.starts(with: "{\"".utf8)
    else { return .string(text) }
    if let json = try? JSON.parse(Array(text.utf8)) { return json }
    guard isVerdicts else { return .string(text) }
    let words = text.dropFirst().dropLast().split(separator: ",").map { word in
      String(word.filter { $0 != " " && $0 != "'" })
    }
    return text.utf8.last == 0x5D ? .array(words.map(JSON.string)) : .string(text)
  }

  /// A name without the spaces that people write around separators.
  private static func withoutSpaces(_ name: String) -> String {
    var bytes = Array(name.utf8)[...].drop { $0 == 32 || $0 == 9 }
    while let last = bytes.last, last == 32 || last == 9 { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func readHeader(_ each: (JSONLine) -> Void) {
    var names: [String] = []
    var problem: String?
    for bytes in cells {
      guard let written = String(validating: bytes, as: UTF8.self) else {
        problem = "the header is not UTF-8"
        break
      }
      let name = Self.withoutSpaces(written)
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
