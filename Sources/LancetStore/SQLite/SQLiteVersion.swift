// Which SQLite is linked.

import CSQLite

extension SessionFile {
  /// The version of the SQLite library in use (sqlite3_libversion).
  public static var sqliteVersion: String { String(cString: sqlite3_libversion()) }
}
