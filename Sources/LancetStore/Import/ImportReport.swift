// What an import says of itself while it runs and when it is over.

import LancetCore

/// A row that could not be imported.
public struct BadRow: Hashable, Sendable {
  /// The file.
  public var file: String
  /// The line, from 1.
  public var line: Int
  /// Why, in words.
  public var reason: String
}

/// How far an import is.
public struct ImportProgress: Hashable, Sendable {
  /// The file being read.
  public var file: String
  /// Bytes of it that were imported.
  public var bytes: Int64
  /// Its size in bytes; nil for standard input.
  public var size: Int64?
  /// Rows read so far, of all files.
  public var rows: Int
}

/// What an import did.
public struct ImportReport: Hashable, Sendable {
  /// Rows read, bad ones included.
  public var read = 0
  /// Rows that brought something new.
  public var added = 0
  /// Rows whose content was there already.
  public var duplicates = 0
  /// Rows that could not be imported; see `onBad` of the import for what they were.
  public var bad = 0
  /// What was new.
  public var new = AddedCounts()
  /// Rows whose name belongs to another text of the same question; both are kept.
  public var conflicts = 0
  /// Files that went on where an interrupted import had stopped, with the line they went on after.
  public var resumed: [String: Int] = [:]
  /// Files that grew while they were read: what they had at the start was imported.
  public var changed: [String] = []
  /// Files that were cut, rewritten or replaced while they were read: what was imported may be a part.
  public var rewritten: [String] = []
  /// Columns that hold something and that nobody read, by file, in the order they were met.
  public var ignored: [String: [String]] = [:]
  /// New traces of which the file claims another verdict than Lancet's; both are kept.
  public var contradicted: [TraceID] = []
  /// Whether it was stopped before the end; importing again goes on from there.
  public var cancelled = false
}
