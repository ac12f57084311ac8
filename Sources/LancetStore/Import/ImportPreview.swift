// What an import would bring, without a session: for `lancet import --dry-run`.

import LancetCore

/// The first rows of files as they would come in, and what is wrong or not read in all of them.
public struct ImportPreview: Sendable {
  /// A row that can be read.
  public struct Row: Sendable {
    /// The file.
    public var file: String
    /// The line it begins at, from 1.
    public var line: Int
    /// What it says.
    public var row: ImportedRow
  }

  /// The first rows that can be read.
  public private(set) var rows: [Row] = []
  /// Rows read, bad ones included.
  public private(set) var read = 0
  /// Rows that cannot be read; the first thousand.
  public private(set) var bad: [BadRow] = []
  /// How many rows cannot be read.
  public private(set) var badCount = 0
  /// Columns that hold something and that nobody reads, by file.
  public private(set) var ignored: [String: [String]] = [:]

  /// Reads files and stores nothing.
  ///
  /// - Parameters:
  ///   - count: how many rows are kept.
  ///   - shouldStop: asked between chunks.
  /// - Throws: `refusedInput` when one of the files is none.
  public init(
    of files: [String], _ reading: RowReading, rows count: Int = 3,
    shouldStop: () -> Bool = { false }
  ) throws(StoreError) {
    var run = ImportRun(reading, strict: false)
    for file in files {
      var reader = try ImportReader(try InputFile(file), resuming: nil)
      while !reader.isAtEnd, !shouldStop() {
        for parsed in parallelMap(
          try reader.next(SessionFile.importChunk), { ParsedRow($0, reading) })
        {
          read += 1
          switch parsed.content {
          case .success(let row):
            run.noteIgnored(row.ignored, file)
            if rows.count < count { rows.append(Row(file: file, line: parsed.line, row: row)) }
          case .failure(let problem):
            badCount += 1
            if bad.count < 1000 {
              bad.append(BadRow(file: file, line: parsed.line, reason: problem.reason))
            }
          }
        }
      }
    }
    ignored = run.report.ignored
  }
}
