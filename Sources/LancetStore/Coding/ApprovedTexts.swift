// The mark of a pair: a digest of the texts that a person approved. A pair whose texts are others by now (two programs
// wrote, somebody edited the file) is seen and never exported or trained on.

import LancetCore

enum ApprovedTexts {
  /// The digest of question, y⁻ and y⁺.
  static func mark(question: String, rejected: String, chosen: String) -> String {
    var digest = SHA256()
    for text in [question, rejected, chosen] {
      // With its length, so that no two triples have the same bytes.
      Array("\(text.utf8.count):\(text)".utf8).withUnsafeBytes { digest.update($0) }
    }
    return digest.hexDigest()
  }

  /// Marks the pairs of a session from before there were marks, as they are.
  static func rememberAll(_ db: Connection) throws(StoreError) {
    let rows = try db.statement(
      """
      SELECT pairs.id, problems.question, traces.text, pairs.chosen FROM pairs
      JOIN traces ON traces.id = pairs.trace JOIN problems ON problems.id = traces.problem
      """)
    var marks: [(Int64, String)] = []
    while try rows.step() {
      marks.append(
        (
          rows.int64(0),
          mark(question: try rows.text(1), rejected: try rows.text(2), chosen: try rows.text(3))
        ))
    }
    rows.reset()
    for (id, mark) in marks {
      try db.run("UPDATE pairs SET text_hash = ? WHERE id = ?", .text(mark), .int(id))
    }
  }
}
