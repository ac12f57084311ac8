// How the rows of a file are written: one a line, as a JSON array or pretty-printed, or as a table of comma-separated
// values. Told by the beginning of the file, and cut into rows as the bytes come.

/// The way rows are written in a file.
public enum RowSyntax: Hashable, Sendable {
  /// One JSON value a line.
  case jsonLines
  /// JSON values over several lines: one array of rows, or pretty-printed rows one after another.
  case jsonValues
  /// A header and records of RFC 4180, between these bytes.
  case table(separator: UInt8)

  /// How many first bytes of a file tell its syntax.
  public static let beginning = 1 << 16

  /// The syntax of a file by its name and its first bytes.
  public static func detect(_ first: [UInt8], name: String) -> RowSyntax {
    let ending = name.split(separator: ".").last.map { String($0).lowercased() }
    if ending == "csv" { return .table(separator: 0x2C) }
    if ending == "tsv" { return .table(separator: 0x09) }
    var bytes = first[...]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    func isWhite(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 10 || byte == 13 }
    bytes = bytes.drop(while: isWhite)
    guard let opening = bytes.first else { return .jsonLines }
    if opening == 0x5B {
      let inside = bytes.dropFirst().first { !isWhite($0) }
      return inside == 0x7B || inside == 0x5D ? .jsonValues : .jsonLines
    }
    guard let lineEnd = bytes.firstIndex(of: 10) else { return .jsonLines }
    let line = bytes[..<lineEnd]
    guard opening == 0x7B else { return header(line).map { .table(separator: $0) } ?? .jsonLines }
    // An object that is open at the end of its first line goes on in the next: unless that one begins a row itself,
    // and the first was only cut.
    guard isOpen(line) else { return .jsonLines }
    let next = bytes[lineEnd...].first { !isWhite($0) }
    return next == 0x22 || next == 0x7D ? .jsonValues : .jsonLines
  }

  /// Whether a line ends inside an object, outside a string.
  private static func isOpen(_ line: ArraySlice<UInt8>) -> Bool {
    var depth = 0
    var inString = false
    var escaped = false
    for byte in line {
      if inString {
        if escaped {
          escaped = false
        } else if byte == 0x5C {
          escaped = true
        } else {
          inString = byte != 0x22
        }
        continue
      }
      switch byte {
      case 0x22: inString = true
      case 0x7B, 0x5B: depth += 1
      case 0x7D, 0x5D: depth -= 1
      default: break
      }
    }
    return depth > 0 && !inString
  }

  /// The separator when a line is the header of a table: several names, one of them a question's.
  private static func header(_ line: ArraySlice<UInt8>) -> UInt8? {
    for separator in [UInt8(0x2C), 0x09] {
      let cells = line.split(separator: separator).map { cell in
        String(decoding: cell.filter { $0 != 0x22 && $0 != 13 }, as: UTF8.self)
      }
      guard cells.count > 1 else { continue }
      let names = FieldNames.folded(cells.map { JSON.Member($0, .null) }).map(\.key)
      if names.contains(where: { FieldNames.question.contains($0) || $0 == "original_answer" }) {
        return separator
      }
    }
    return nil
  }
}

/// Cuts chunks of a file into rows, in any syntax.
public struct RowSplitter: Sendable {
  private enum Cutter: Sendable {
    case lines(JSONLinesSplitter)
    case values(JSONValuesSplitter)
    case table(TableSplitter)
  }
  private var cutter: Cutter

  /// A splitter at the start of a file.
  public init(_ syntax: RowSyntax) {
    cutter =
      switch syntax {
      case .jsonLines: .lines(JSONLinesSplitter())
      case .jsonValues: .values(JSONValuesSplitter())
      case .table(let separator): .table(TableSplitter(separator: separator))
      }
  }

  /// Takes the next bytes of the file and hands out every row that ends in them.
  public mutating func feed(_ chunk: UnsafeRawBufferPointer, _ each: (JSONLine) -> Void) {
    switch cutter {
    case .lines(var splitter):
      cutter = .values(JSONValuesSplitter())  // not to copy what is pending
      splitter.feed(chunk) { each($0) }
      cutter = .lines(splitter)
    case .values(var splitter):
      cutter = .lines(JSONLinesSplitter())
      splitter.feed(chunk, each)
      cutter = .values(splitter)
    case .table(var splitter):
      cutter = .lines(JSONLinesSplitter())
      splitter.feed(chunk, each)
      cutter = .table(splitter)
    }
  }

  /// Hands out what is left at the end of the file.
  public mutating func finish(_ each: (JSONLine) -> Void) {
    switch cutter {
    case .lines(var splitter): splitter.finish { each($0) }
    case .values(var splitter): splitter.finish(each)
    case .table(var splitter): splitter.finish(each)
    }
  }

  /// All rows of a file that is in memory.
  public static func rows(of bytes: [UInt8], name: String) -> [JSONLine] {
    var splitter = RowSplitter(
      RowSyntax.detect(Array(bytes.prefix(RowSyntax.beginning)), name: name))
    var rows: [JSONLine] = []
    bytes.withUnsafeBytes { buffer in splitter.feed(buffer) { rows.append($0) } }
    splitter.finish { rows.append($0) }
    return rows
  }
}

extension JSONLine {
  /// The row as JSON, or why it is none.
  public func parsed() -> Result<JSON, RowProblem> {
    if let problem { return .failure(RowProblem(reason: problem)) }
    guard !isTooLong else {
      return .failure(RowProblem(reason: "longer than \(JSONLinesSplitter.defaultLimit >> 20) MB"))
    }
    do throws(JSONError) { return .success(try JSON.parse(bytes)) } catch {
      let half = isTerminated ? "" : ", the last line, which may have been cut"
      return .failure(RowProblem(reason: "\(error.what) at byte \(error.byte)\(half)"))
    }
  }
}

/// Why a row cannot be read, in words.
public struct RowProblem: Error, Hashable, Sendable {
  /// The reason.
  public var reason: String
  /// A reason.
  public init(reason: String) { self.reason = reason }
}
