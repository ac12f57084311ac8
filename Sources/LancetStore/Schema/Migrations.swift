// The session file's schema as a list of named migrations. `user_version` counts those applied. A migration that has
// been released is never edited: the next change is a new one at the end.

/// One step of the schema.
struct Migration {
  var name: String
  var sql: String
  /// What SQL alone cannot do, in the same transaction.
  var fill: (@Sendable (Connection) throws(StoreError) -> Void)? = nil
}

enum Schema {
  /// `LNCT`: the application_id of session files.
  static let applicationID: Int64 = 0x4C4E_4354

  static let migrations: [Migration] = [
    Migration(name: "0001 problems, traces, proposals, decisions", sql: Schema.first),
    Migration(
      name: "0002 a pair remembers the texts that were approved",
      sql: "ALTER TABLE pairs ADD COLUMN text_hash TEXT",
      fill: { db throws(StoreError) in
        try ApprovedTexts.rememberAll(db)
      }),
    Migration(
      name: "0003 prompt context, worked solutions, the file's own steps", sql: Schema.context),
    Migration(
      name: "0004 the texts that were approved have their context", sql: "",
      fill: { db throws(StoreError) in
        try ApprovedTexts.coverContexts(db)
      }),
  ]

  static var version: Int { migrations.count }

  /// `context` is `PromptContext.json` (null when nothing stands before the question), `own_steps` a JSON list of bytes,
  /// `spot` 1 for a trace of SPoT's rows.
  private static let context = """
    ALTER TABLE problems ADD COLUMN context TEXT;
    ALTER TABLE problems ADD COLUMN solution TEXT;
    ALTER TABLE traces ADD COLUMN own_steps TEXT;
    ALTER TABLE traces ADD COLUMN spot INTEGER;
    """

  /// Texts are stored as they came.
  ///
  /// `hash` is the ``TextHash`` of what makes a row the same row; it only finds candidates, the
  /// bytes decide. Names of people and files never become SQL.
  private static let first = """
    CREATE TABLE problems (
      id INTEGER PRIMARY KEY, question TEXT NOT NULL, answer TEXT, source TEXT NOT NULL,
      hash INTEGER NOT NULL) STRICT;
    CREATE INDEX problems_by_hash ON problems (hash);

    CREATE TABLE traces (
      id INTEGER PRIMARY KEY, problem INTEGER NOT NULL REFERENCES problems (id),
      text TEXT NOT NULL, source TEXT NOT NULL, key TEXT, claimed INTEGER,
      hash INTEGER NOT NULL) STRICT;
    CREATE INDEX traces_by_hash ON traces (hash);
    CREATE INDEX traces_by_problem ON traces (problem);

    CREATE TABLE proposals (
      id INTEGER PRIMARY KEY, trace INTEGER NOT NULL REFERENCES traces (id),
      oracle TEXT NOT NULL, text TEXT NOT NULL, note TEXT, hash INTEGER NOT NULL) STRICT;
    CREATE INDEX proposals_by_trace ON proposals (trace);

    -- Append only. A batch is what one key press, one rule or one import decided; `undo` and `redo` are events too,
    -- whose payload names the batch.
    CREATE TABLE events (
      seq INTEGER PRIMARY KEY, batch INTEGER NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL,
      trace INTEGER, payload TEXT NOT NULL) STRICT;
    CREATE INDEX events_by_trace ON events (trace, seq);
    CREATE INDEX events_by_batch ON events (batch);

    -- The fold of undo and redo over the batches. 0: in effect; 1: undone, can be redone; 2: undone for good.
    CREATE TABLE batches (
      id INTEGER PRIMARY KEY, at INTEGER NOT NULL, label TEXT NOT NULL, state INTEGER NOT NULL)
      STRICT;
    CREATE INDEX batches_by_state ON batches (state, id);

    -- Materialised in the transaction of the event that changes them.
    CREATE TABLE trace_summaries (
      trace INTEGER PRIMARY KEY, status TEXT NOT NULL, flagged INTEGER NOT NULL,
      answer_before TEXT, grade_before TEXT NOT NULL, answer_after TEXT, grade_after TEXT,
      hunks INTEGER NOT NULL, accepted INTEGER NOT NULL, rejected INTEGER NOT NULL,
      tweaked INTEGER NOT NULL, change_ratio REAL, steps INTEGER NOT NULL,
      tokens INTEGER NOT NULL, oracle TEXT, source TEXT NOT NULL, question TEXT NOT NULL) STRICT;

    -- One row for each correction ever approved; `live` marks those in effect, at most one for a trace.
    CREATE TABLE pairs (
      id INTEGER PRIMARY KEY, trace INTEGER NOT NULL REFERENCES traces (id),
      approval INTEGER NOT NULL, at INTEGER NOT NULL, live INTEGER NOT NULL,
      chosen TEXT NOT NULL, change_ratio REAL NOT NULL, oracle TEXT, override TEXT) STRICT;
    CREATE INDEX pairs_by_trace ON pairs (trace);
    CREATE UNIQUE INDEX live_pair_by_trace ON pairs (trace) WHERE live = 1;

    CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

    CREATE TABLE runs (
      id INTEGER PRIMARY KEY, name TEXT NOT NULL, folder TEXT NOT NULL, objective TEXT NOT NULL,
      started INTEGER NOT NULL, settings TEXT NOT NULL) STRICT;

    CREATE TABLE reference_logps (
      model TEXT NOT NULL, tokens TEXT NOT NULL, logps BLOB NOT NULL,
      PRIMARY KEY (model, tokens)) STRICT, WITHOUT ROWID;

    -- How far each file was read. `prefix_hash` is the hash of the bytes before `offset`: an interrupted import goes
    -- on only when they are still the same.
    CREATE TABLE imports (
      id INTEGER PRIMARY KEY, file TEXT NOT NULL, format TEXT NOT NULL, at INTEGER NOT NULL,
      size INTEGER NOT NULL, offset INTEGER NOT NULL, line INTEGER NOT NULL,
      prefix_hash INTEGER NOT NULL, done INTEGER NOT NULL) STRICT;
    CREATE INDEX imports_by_file ON imports (file);
    """
}
