// The mark of a pair: a digest of the texts that a person approved. A pair whose texts are others by now (two programs
// wrote, somebody edited the file) is seen and never exported or trained on.

import LancetCore

enum ApprovedTexts {
  /// The digest of question, y⁻, y⁺ and, where there is one, what stands before the question.
  static func mark(
    question: String, rejected: String, chosen: String, context: PromptContext
  ) -> String {
    var digest = SHA256()
    let before = context.isEmpty ? [] : [context.json.serialized()]
    for text in [question, rejected, chosen] + before {
      // With its length, so that no two of them have the same bytes.
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
          mark(
            question: try rows.text(1), rejected: try rows.text(2), chosen: try rows.text(3),
            context: .none)
        ))
    }
    rows.reset()
    try write(marks, db)
  }

  /// Takes the context into the marks that were made before marks held it; a pair that was changed stays a changed one.
  static func coverContexts(_ db: Connection) throws(StoreError) {
    let rows = try db.statement(
      """
      SELECT pairs.id, problems.question, traces.text, pairs.chosen, pairs.text_hash,
        problems.context
      FROM pairs JOIN traces ON traces.id = pairs.trace
        JOIN problems ON problems.id = traces.problem
      WHERE problems.context IS NOT NULL
      """)
    var marks: [(Int64, String)] = []
    while try rows.step() {
      let (question, rejected, chosen) = (try rows.text(1), try rows.text(2), try rows.text(3))
      func mark(_ context: PromptContext) -> String {
        Self.mark(question: question, rejected: rejected, chosen: chosen, context: context)
      }
      guard try rows.optionalText(4) == mark(.none),
        let context = (try? JSON.parse(rows.text(5))).flatMap(PromptContext.init(json:))
      else { continue }
      marks.append((rows.int64(0), mark(context)))
    }
    rows.reset()
    try write(marks, db)
  }

  private static func write(
    _ marks: [(id: Int64, mark: String)], _ db: Connection
  ) throws(StoreError) {
    for (id, mark) in marks {
      try db.run("UPDATE pairs SET text_hash = ? WHERE id = ?", .text(mark), .int(id))
    }
  }
}
