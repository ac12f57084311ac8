// Restoring, making and losing sessions: what is there at every moment is the old session or the new one, and nothing
// acknowledged is gone.

import Foundation
import LancetCore
import LancetSystem
import Testing

@testable import LancetStore

@Suite struct RestoreTests {
  let folder: TestFolder
  init() throws { folder = try TestFolder() }

  private var path: SessionPath { SessionPath(folder.file("test")) }

  /// A session with one backup and a decision after it, closed as a killed process leaves it: with its journal.
  private func killedSession() throws -> LancetStore.Backup {
    let session = try Samples.session(folder)
    let backup = try #require(try session.backup(.byHand))
    try session.commit([(Samples.bare, .flag(true))])
    let bytes = try ["", "-wal"].map { try folder.bytes("test.lancet" + $0) }
    session.close()
    for (ending, bytes) in zip(["", "-wal"], bytes) {
      _ = try folder.write("test.lancet" + ending, bytes)
    }
    return backup
  }

  @Test func `the session that was there is kept whole, its journal folded in`() throws {
    let backup = try killedSession()
    let kept = try #require(try Backups(path).restore(backup))
    #expect(try folder.names() == ["test.backups", "test.lancet", "test.lancet.damaged"])
    let now = try SessionFile.open(at: folder.file("test"))
    #expect(try now.summary(of: Samples.bare).flagged == false)
    now.close()
    // What was acknowledged after the backup opens under the name it was kept by.
    let old = try SessionFile.open(at: kept, mode: .read)
    #expect(try old.summary(of: Samples.bare).flagged)
  }

  @Test func `a backup that is no sound session is refused and nothing moves`() throws {
    let backup = try killedSession()
    let other = folder.path + "/test.backups/0002-20260301T091245Z-open.lancet"
    let db = try Connection(folder.file("other.db"), .create)
    try db.execute("CREATE TABLE t (a); INSERT INTO t VALUES (1)")
    db.close()
    let foreign = try folder.bytes("other.db")
    var torn = [UInt8](try Data(contentsOf: URL(fileURLWithPath: backup.path)))
    torn.removeLast(torn.count / 2)
    for bytes in [foreign, torn, Array("no database".utf8), []] {
      try Files.replace(other, with: bytes)
      let found = try #require(Backups(path).list().last)
      let before = try folder.names()
      let old = try folder.bytes("test.lancet")
      let error = #expect(throws: StoreError.self) { try Backups(path).restore(found) }
      #expect(error?.exitCode == .badData)
      #expect(error?.sentence.contains("nothing was moved") == true)
      #expect(try folder.names() == before)
      #expect(try folder.bytes("test.lancet") == old)
    }
    #expect(try SessionFile.open(at: folder.file("test")).summary(of: Samples.bare).flagged)
  }

  @Test func `a session that is gone or empty is restored, journals without a file moved away`()
    throws
  {
    let backup = try killedSession()
    try FileManager.default.removeItem(atPath: folder.file("test.lancet"))
    #expect(try Backups(path).restore(backup) == nil)
    #expect(
      try folder.names() == ["test.backups", "test.lancet", "test.lancet.damaged-wal"])
    _ = try folder.write("test.lancet", [UInt8]())
    #expect(try Backups(path).restore(backup) == folder.file("test.lancet.damaged-2"))
    #expect(try SessionFile.open(at: folder.file("test")).counts().traces == 3)
  }

  @Test func `what a killed restore left goes with the next start`() throws {
    let backup = try killedSession()
    _ = try folder.write(".test.lancet.part-999999999-1", [1])
    _ = try folder.write(".test.lancet.part-999999999-1-journal", [1])
    _ = try folder.write(".test.lancet-lock.part-999999999-1", [1])
    _ = try folder.write(".other.part-999999999-1", [1])
    try Backups(path).restore(backup)
    #expect(try folder.names().filter { $0.hasPrefix(".") } == [".other.part-999999999-1"])
  }

  @Test func `a backups folder that cannot be read is not said to be empty`() throws {
    _ = try killedSession()
    try FileManager.default.removeItem(atPath: folder.file("test.backups"))
    #expect(try Backups(path).listed().isEmpty)
    _ = try folder.write("test.backups", [1])
    let error = #expect(throws: StoreError.self) { try Backups(path).listed() }
    #expect(error?.sentence.contains("test.backups") == true)
  }

  @Test func `names that only look like backups are neither listed nor thinned`() throws {
    let session = try Samples.session(folder)
    try session.backup(.byHand)
    let whole = try Data(contentsOf: URL(fileURLWithPath: session.backups.list()[0].path))
    let backups = folder.path + "/test.backups/"
    for name in ["9223372036854775807-20260301T091245Z-open", "+5-x-y", "-1-x-y", "0001-x"] {
      try whole.write(to: URL(fileURLWithPath: backups + name + ".lancet"))
    }
    #expect(session.backups.list().map(\.number) == [1])
    for number in 2...40 {
      try whole.write(
        to: URL(fileURLWithPath: "\(backups)\(1000 + number)-20260301T091245Z-mine.lancet"))
    }
    try session.commit([(Samples.bare, .flag(true))])
    #expect(try session.backup(.timer)?.number == 1041)
    #expect(try Files.names(in: backups).count { $0.hasSuffix("-mine.lancet") } == 39)
  }
}

@Suite struct DisturbedSessionTests {
  let folder: TestFolder
  init() throws { folder = try TestFolder() }

  private func decide(_ session: SessionFile) throws {
    try session.commit([(Samples.bare, .flag(true))])
  }

  @Test func `one writer for one file, through links and renames`() throws {
    let session = try Samples.session(folder)
    symlink("test.lancet", folder.file("soft.lancet"))
    #expect(throws: StoreError.self) { try SessionFile.open(at: folder.file("soft")) }
    #expect(SessionPath(folder.file("soft")).holder?.pid == Int(getpid()))
    link(folder.file("test.lancet"), folder.file("hard.lancet"))
    #expect(throws: StoreError.self) { try SessionFile.open(at: folder.file("hard")) }
    try FileManager.default.removeItem(atPath: folder.file("hard.lancet"))
    rename(folder.file("test.lancet"), folder.file("moved.lancet"))
    do {
      _ = try SessionFile.open(at: folder.file("moved"))
      Issue.record("two writers")
    } catch { guard case .locked = error else { throw error } }
    session.close()
  }

  @Test func `a moved session takes no more decisions, and all that was saved is kept`() throws {
    let session = try Samples.session(folder)
    try decide(session)
    rename(folder.file("test.lancet"), folder.file("moved.lancet"))
    for _ in 0..<2 {
      #expect(
        throws: StoreError.replaced(
          path: folder.file("test.lancet"), kept: folder.file("test-rescued.lancet"))
      ) { try decide(session) }
    }
    session.close()
    let rescued = try SessionFile.open(at: folder.file("test-rescued"), mode: .read)
    #expect(try rescued.summary(of: Samples.bare).flagged)
    // Its journal is not played into a file that comes to its name.
    #expect(!FileFacts.exists(folder.file("test.lancet-wal")))
  }

  @Test
  func
    `a session that is overwritten or cut while it is open is noticed, nothing is said to be saved`()
    throws
  {
    let other = try Samples.session(folder, "other")
    try other.commit([(Samples.bare, .comment(hunk: nil, "other"))])
    other.close()
    let bytes = try folder.bytes("other.lancet")
    for content in [bytes, Array(bytes.prefix(5000)), []] {
      let session = try Samples.session(folder)
      try decide(session)
      // The other program writes later than the session did: the file system's times have steps of some milliseconds,
      // and one of the texts has the session's size.
      usleep(20_000)
      let file = try FileHandle(forWritingTo: URL(fileURLWithPath: folder.file("test.lancet")))
      try file.truncate(atOffset: 0)
      try file.write(contentsOf: Data(content))
      try file.close()
      #expect(
        throws: StoreError.replaced(path: folder.file("test.lancet"), kept: nil)
      ) { try decide(session) }
      session.close()
      #expect(try folder.bytes("test.lancet") == content)
      #expect(!FileFacts.exists(folder.file("test.lancet-wal")))
      #expect(FileFacts.exists(folder.file("test.lancet.lost-wal")))
      for name in ["test.lancet", "test.lancet.lost-wal"] {
        try FileManager.default.removeItem(atPath: folder.file(name))
      }
    }
  }

  @Test func `a new time alone stops nobody`() throws {
    let session = try Samples.session(folder)
    utimes(folder.file("test.lancet"), nil)
    try decide(session)
    try session.commit([(Samples.bare, .flag(false))])
  }

  @Test func `a journal that is another file's is named and not played`() throws {
    let other = try Samples.session(folder, "other")
    for number in 0..<30 { try other.commit([(Samples.bare, .comment(hunk: nil, "\(number)"))]) }
    try other.backup(.byHand)
    let journal = try folder.bytes("other.lancet-wal")
    other.close()
    // A file of other pages.
    let small = try SessionFile.create(at: folder.file("test"))
    small.close()
    let before = try folder.bytes("test.lancet")
    _ = try folder.write("test.lancet-wal", journal)
    for mode in [SessionFile.Mode.write, .read] {
      do {
        let session = try SessionFile.open(at: folder.file("test"), mode: mode)
        // SQLite may find the journal whole and the file sound with it: then it is not told apart.
        session.close()
      } catch {
        guard case .foreignJournal(_, let name) = error else {
          Issue.record("\(error)")
          continue
        }
        #expect(name == folder.file("test.lancet-wal"))
        #expect(try folder.bytes("test.lancet") == before)
      }
    }
  }

  @Test(arguments: ["-wal", "-journal", "-shm"])
  func `a pipe or a link in a journal's place is refused, not waited for`(ending: String) throws {
    try Samples.session(folder).close()
    for make in [
      { mkfifo($0, 0o600) }, { symlink("/etc/hostname", $0) }, { mkdir($0, 0o700) },
    ] as [(String) -> Int32] {
      #expect(make(folder.file("test.lancet" + ending)) == 0)
      for mode in [SessionFile.Mode.write, .read, .writeIfPossible] {
        do {
          _ = try SessionFile.open(at: folder.file("test"), mode: mode)
          Issue.record("opened")
        } catch {
          guard case .strangeJournal = error else {
            Issue.record("\(error)")
            continue
          }
        }
      }
      remove(folder.file("test.lancet" + ending))
    }
  }

  @Test func `what a killed maker left of a name is undone`() throws {
    try Samples.session(folder).close()
    for name in [".test.lancet.new-999999999", ".test.lancet.part-999999999-1"] {
      link(folder.file("test.lancet"), folder.file(name))
    }
    let session = try SessionFile.open(at: folder.file("test"))
    #expect(session.readOnly == nil)
    session.close()
    #expect(try folder.names() == ["test.lancet"])
  }

  @Test func `a reader plays back the journal of a killed process`() throws {
    let session = try Samples.session(folder)
    try decide(session)
    session.close()
    // As a process leaves it that was killed inside a transaction without WAL: half written, with a hot journal.
    let db = try Connection(folder.file("test.lancet"), .write)
    try db.execute("PRAGMA synchronous = FULL; PRAGMA cache_size = 2; BEGIN IMMEDIATE")
    try db.execute("UPDATE trace_summaries SET flagged = 0")
    for number in 0..<200 {
      try db.run(
        "INSERT INTO settings VALUES (?, ?)", .int(Int64(number)),
        .text(String(repeating: "x", count: 4000)))
    }
    let names = ["test.lancet", "test.lancet-journal"]
    let bytes = try names.map { try folder.bytes($0) }
    db.rollback()
    db.close()
    for (name, bytes) in zip(names, bytes) { _ = try folder.write(name, bytes) }
    let reader = try SessionFile.open(at: folder.file("test"), mode: .read)
    #expect(try reader.summary(of: Samples.bare).flagged)
  }

  @Test(arguments: ["", ".", "..", ".hidden", "sub/", "sub/.x", ".lancet"])
  func `a session without a name that lists show is not made`(name: String) throws {
    try Files.makeFolders(folder.file("sub"))
    let before = try folder.names()
    let error = #expect(throws: StoreError.self) {
      try SessionFile.create(at: name.isEmpty ? "" : folder.path + "/" + name)
    }
    #expect(error?.exitCode == .cannotCreate)
    #expect(try folder.names() == before)
  }

  @Test func `impossible numbers in a stored summary are damage and no crash`() throws {
    for (column, value) in [
      ("hunks", "9223372036854775807"), ("steps", "-1"), ("change_ratio", "1e308"),
      ("tokens", "4611686018427387904"),
    ] {
      let name = "n" + column
      try Samples.session(folder, name).close()
      let db = try Connection(folder.file(name + ".lancet"), .write)
      try db.execute("UPDATE trace_summaries SET \(column) = \(value)")
      db.close()
      let session = try SessionFile.open(at: folder.file(name), mode: .read)
      let error = #expect(throws: StoreError.self) { try session.summaries() }
      #expect(error?.exitCode == .badData)
    }
  }

  @Test func `a pair whose texts were changed is told and never handed out`() throws {
    let session = try Samples.session(folder)
    try session.acceptAll(Samples.wrong)
    #expect(try session.pairs().count == 1)
    session.close()
    for change in [
      "UPDATE pairs SET chosen = chosen || ' '", "UPDATE traces SET text = text || ' '",
      "UPDATE problems SET question = question || ' '", "UPDATE pairs SET text_hash = NULL",
      #"UPDATE problems SET context = '{"messages":[{"role":"system","content":"s"}],"arguments":{}}'"#,
    ] {
      let whole = try folder.bytes("test.lancet")
      let db = try Connection(folder.file("test.lancet"), .write)
      try db.execute(change)
      db.close()
      let reader = try SessionFile.open(at: folder.file("test"), mode: .read)
      #expect(throws: StoreError.self) { try reader.pairs() }
      var told: [PairID] = []
      try reader.forEachPair(changed: { pair, _ in told.append(pair) }) { _ in
        Issue.record("handed out")
      }
      #expect(told.count == 1)
      reader.close()
      _ = try folder.write("test.lancet", whole)
    }
  }

  @Test func `a session from before pairs had marks opens with its pairs`() throws {
    let session = try Samples.session(folder)
    try session.acceptAll(Samples.wrong)
    session.close()
    let db = try Connection(folder.file("test.lancet"), .write)
    try db.execute(
      "ALTER TABLE pairs DROP COLUMN text_hash; ALTER TABLE problems DROP COLUMN context; "
        + "ALTER TABLE problems DROP COLUMN solution; ALTER TABLE traces DROP COLUMN own_steps; "
        + "ALTER TABLE traces DROP COLUMN spot; PRAGMA user_version = 1")
    db.close()
    let again = try SessionFile.open(at: folder.file("test"))
    #expect(try again.pairs().count == 1)
    #expect(again.backups.list().map(\.reason) == ["before-migration"])
    again.close()
  }

  @Test func `marks from before they held the context take it in, and changed pairs stay changed`()
    throws
  {
    let session = try SessionFile.create(at: folder.file("test"))
    let row =
      #"{"system":"s","question":"q","answer":"2","trace":"1 + 1 = 3","proposal":"1 + 1 = 2"}"#
    _ = try session.importFiles([try folder.write("a.jsonl", row)])
    try session.acceptAll(TraceID(rawValue: 1))
    let pair = try #require(try session.pairs().first)
    session.close()
    let old = ApprovedTexts.mark(
      question: pair.question, rejected: pair.rejected, chosen: pair.chosen, context: .none)
    for (mark, isWhole) in [(old, true), ("another", false)] {
      let db = try Connection(folder.file("test.lancet"), .write)
      try db.execute("UPDATE pairs SET text_hash = '\(mark)'; PRAGMA user_version = 3")
      db.close()
      let again = try SessionFile.open(at: folder.file("test"))
      defer { again.close() }
      var pairs = 0
      try again.forEachPair(changed: { _, _ in }) { _ in pairs += 1 }
      #expect(pairs == (isWhole ? 1 : 0))
    }
  }

  @Test func `who only reads a session of an earlier version brings it to this one, with a backup`()
    throws
  {
    let session = try Samples.session(folder)
    try session.acceptAll(Samples.wrong)
    session.close()
    let db = try Connection(folder.file("test.lancet"), .write)
    try db.execute("PRAGMA user_version = 3")
    db.close()
    let reader = try SessionFile.open(at: folder.file("test"), mode: .read)
    defer { reader.close() }
    #expect(try reader.pairs().count == 1)
    #expect(reader.readOnly == .asked)
    #expect(reader.backups.list().map(\.reason) == ["before-migration"])
  }

  @Test func `a session of an earlier version that cannot be written says so and stays as it is`()
    throws
  {
    try Samples.session(folder).close()
    let path = folder.file("test.lancet")
    let db = try Connection(path, .write)
    try db.execute("PRAGMA user_version = 3")
    db.close()
    let before = try folder.bytes("test.lancet")
    // A second name is what makes a file unwritable for everybody, the owner of the machine included.
    #expect(link(path, folder.file("other")) == 0)
    let error = #expect(throws: StoreError.self) { try SessionFile.open(at: path, mode: .read) }
    #expect(error?.what.contains("an earlier Lancet (schema 3") == true)
    #expect(try folder.bytes("test.lancet") == before)
  }

  @Test func `all of a snapshot is of one moment`() throws {
    let session = try Samples.session(folder)
    let reader = try SessionFile.open(at: folder.file("test"), mode: .read)
    try reader.snapshot {
      #expect(try reader.summary(of: Samples.bare).flagged == false)
      try decide(session)
      #expect(try reader.summary(of: Samples.bare).flagged == false)
    }
    #expect(try reader.summary(of: Samples.bare).flagged)
  }

  @Test func `an import says when its file was cut`() throws {
    let session = try SessionFile.create(at: folder.file("test"))
    let row = #"{"question":"q","answer":"1","trace":"A: 1"}"# + "\n"
    let name = try folder.write("rows.jsonl", String(repeating: row, count: 20_000))
    for (change, isPart) in [
      ({ truncate(name, 100) }, true),
      (
        { () -> Int32 in
          let file = open(name, O_WRONLY | O_APPEND)
          defer { close(file) }
          return Int32(write(file, "\n", 1))
        }, false
      ),
    ] as [(() -> Int32, Bool)] {
      _ = try folder.write("rows.jsonl", String(repeating: row, count: 20_000))
      var isFirst = true
      let report = try session.importFiles(
        [name],
        progress: { _ in
          if isFirst { _ = change() }
          isFirst = false
          return true
        })
      #expect(report.rewritten.isEmpty == !isPart)
      #expect(report.changed.isEmpty == isPart)
    }
  }
}
