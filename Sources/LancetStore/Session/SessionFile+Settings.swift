// Settings and stored reference log-probs of a session.

import LancetCore
import LancetSystem

extension SessionFile {
  /// A setting's value; nil when it was never set.
  public func setting(_ key: String) throws(StoreError) -> String? {
    try reading { () throws(StoreError) in
      try db.text("SELECT value FROM settings WHERE key = ?", .text(key))
    }
  }

  /// Sets a setting; nil removes it.
  public func set(_ key: String, to value: String?) throws(StoreError) {
    try writing { () throws(StoreError) in
      if let value {
        try db.run(
          """
          INSERT INTO settings (key, value) VALUES (?, ?)
          ON CONFLICT (key) DO UPDATE SET value = excluded.value
          """, .text(key), .text(value))
      } else {
        try db.run("DELETE FROM settings WHERE key = ?", .text(key))
      }
    }
  }

  /// The stored reference log-probs of a token sequence under a model: little-endian floats as they were put in; nil
  /// when they were never computed.
  public func referenceLogProbs(model: String, tokens: String) throws(StoreError) -> [Float]? {
    try reading { () throws(StoreError) in
      let row = try db.statement(
        "SELECT logps FROM reference_logps WHERE model = ? AND tokens = ?")
      try row.bind([.text(model), .text(tokens)])
      defer { row.reset() }
      guard try row.step() else { return nil }
      let bytes = row.blob(0)
      return bytes.withUnsafeBytes { raw in
        (0..<raw.count / 4).map {
          Float(
            bitPattern: UInt32(
              littleEndian: raw.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self)))
        }
      }
    }
  }

  /// Stores reference log-probs of several token sequences under a model, in one transaction.
  public func storeReferenceLogProbs(
    model: String, _ rows: [(tokens: String, logProbs: [Float])]
  ) throws(StoreError) {
    try writing { () throws(StoreError) in
      for row in rows {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(row.logProbs.count * 4)
        for value in row.logProbs {
          withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
        }
        try db.run(
          "INSERT OR REPLACE INTO reference_logps (model, tokens, logps) VALUES (?, ?, ?)",
          .text(model), .text(row.tokens), .blob(bytes))
      }
    }
  }
}
