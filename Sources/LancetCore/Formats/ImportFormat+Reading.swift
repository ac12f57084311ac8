// Which format a row has, and reading it.

extension ImportFormat {
  /// The format a row looks like by its fields; nil when it looks like none.
  public static func detect(row: JSON) -> ImportFormat? {
    guard let reader = try? RowReader(row) else { return nil }
    return detect(reader)?.format
  }

  private static func detect(_ reader: RowReader) -> (format: ImportFormat, rule: Rule)? {
    rules.first { $0.rule.fits(reader) }
  }

  /// Reads one row.
  ///
  /// With ``ImportFormat/auto`` every row is told apart by its own fields. The columns that nobody read are named in
  /// ``ImportedRow/ignored``.
  ///
  /// - Throws: ``RowError`` naming the field and what was found.
  public func read(_ row: JSON) throws(RowError) -> ImportedRow {
    let reader = try RowReader(row)
    let own = Self.rules.first { $0.format == self }
    guard let found = own ?? Self.detect(reader) else {
      throw .unknownFormat(keys: (row.object ?? []).map(\.key))
    }
    var read = try found.rule.read(reader)
    read.ignored = reader.use.ignored
    return read
  }
}

/// How the rows of a file are to be read: the format, and the columns a person named.
public struct RowReading: Hashable, Sendable {
  /// The format.
  public var format: ImportFormat
  /// The columns by what they hold.
  public var fields: FieldMap

  /// A way of reading; rows are told apart by themselves and no column is named unless asked.
  public init(format: ImportFormat = .auto, fields: FieldMap = FieldMap()) {
    self.format = format
    self.fields = fields
  }

  /// Reads one row.
  public func read(_ row: JSON) throws(RowError) -> ImportedRow {
    guard !fields.isEmpty else { return try format.read(row) }
    let (mapped, covered) = try fields.applied(to: row)
    let isPair = fields.columns[.chosen] != nil || fields.columns[.rejected] != nil
    var read = try (format != .auto ? format : isPair ? .trl : .traces).read(mapped)
    read.ignored += covered
    return read
  }
}
