// A prepared statement: bind, step, read columns.

import CSQLite

/// A value that goes into a statement.
enum Value {
  case null
  case int(Int64)
  case double(Double)
  case text(String)
  case blob([UInt8])

  static func int(_ value: Int) -> Value { .int(Int64(value)) }
  static func bool(_ value: Bool) -> Value { .int(value ? 1 : 0) as Value }
  static func text(_ value: String?) -> Value { value.map { .text($0) as Value } ?? .null }
  static func double(_ value: Double?) -> Value { value.map { .double($0) as Value } ?? .null }
  static func int(_ value: Int64?) -> Value { value.map { .int($0) as Value } ?? .null }
}

/// One prepared statement of a connection.
final class Statement {
  private let handle: OpaquePointer
  private unowned let connection: Connection
  private let sql: String

  init(_ handle: OpaquePointer, connection: Connection, sql: String) {
    self.handle = handle
    self.connection = connection
    self.sql = sql
  }

  func finalize() { sqlite3_finalize(handle) }

  /// Forgets rows and bindings, so that the statement holds no lock and no text.
  func reset() {
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
  }

  /// Binds all parameters, the first value to the first question mark.
  func bind(_ values: [Value]) throws(StoreError) {
    for (index, value) in values.enumerated() { try bind(Int32(index + 1), value) }
  }

  private func bind(_ index: Int32, _ value: Value) throws(StoreError) {
    let code: Int32
    switch value {
    case .null: code = sqlite3_bind_null(handle, index)
    case .int(let number): code = sqlite3_bind_int64(handle, index, number)
    case .double(let number): code = sqlite3_bind_double(handle, index, number)
    case .text(var text):
      code = text.withUTF8 { bytes in
        bytes.withMemoryRebound(to: CChar.self) { characters in
          // An empty text has no address; without one SQLite would bind NULL.
          guard let base = characters.baseAddress else {
            return sqlite3_bind_text(handle, index, "", 0, lancet_sqlite_transient())
          }
          return sqlite3_bind_text64(
            handle, index, base, UInt64(characters.count), lancet_sqlite_transient(),
            UInt8(SQLITE_UTF8))
        }
      }
    case .blob(let bytes):
      code =
        bytes.isEmpty
        ? sqlite3_bind_zeroblob(handle, index, 0)
        : bytes.withUnsafeBytes {
          sqlite3_bind_blob64(
            handle, index, $0.baseAddress, UInt64($0.count), lancet_sqlite_transient())
        }
    }
    guard code == SQLITE_OK else { throw connection.failure(sql) }
  }

  /// Goes to the next row; false at the end.
  func step() throws(StoreError) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default:
      let error = connection.failure(sql)
      sqlite3_reset(handle)
      throw error
    }
  }

  // MARK: Columns

  func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }
  func int64(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }
  func int(_ column: Int32) -> Int { Int(sqlite3_column_int64(handle, column)) }
  func bool(_ column: Int32) -> Bool { sqlite3_column_int64(handle, column) != 0 }
  func double(_ column: Int32) -> Double { sqlite3_column_double(handle, column) }
  func optionalInt(_ column: Int32) -> Int64? { isNull(column) ? nil : int64(column) }
  func optionalDouble(_ column: Int32) -> Double? { isNull(column) ? nil : double(column) }

  /// The text of a column, byte for byte; bytes that are no UTF-8 mean a damaged file.
  func text(_ column: Int32) throws(StoreError) -> String {
    guard let bytes = sqlite3_column_text(handle, column) else { return "" }
    let count = Int(sqlite3_column_bytes(handle, column))
    let buffer = UnsafeBufferPointer(start: bytes, count: count)
    guard let text = String(validating: buffer, as: UTF8.self) else {
      throw .damaged(path: connection.path, detail: "a text is not UTF-8", backups: 0)
    }
    return text
  }

  func optionalText(_ column: Int32) throws(StoreError) -> String? {
    isNull(column) ? nil : try text(column)
  }

  func blob(_ column: Int32) -> [UInt8] {
    guard let bytes = sqlite3_column_blob(handle, column) else { return [] }
    return [UInt8](
      UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(handle, column))))
  }
}
