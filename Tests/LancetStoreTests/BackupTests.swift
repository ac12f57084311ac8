// Yesterday can be restored.

import LancetCore
import Testing

@testable import LancetStore

@Suite struct BackupTests {
  let folder: TestFolder
  init() throws { folder = try TestFolder() }

  @Test func `a backup is made when something changed, and only then`() throws {
    let session = try Samples.session(folder)
    #expect(try session.backup(.open) != nil)
    #expect(try session.backup(.open) == nil)
    try session.commit([(Samples.bare, .flag(true))])
    #expect(try session.backup(.beforeBulk)?.number == 2)
    _ = try session.undo()
    #expect(try session.backup(.timer)?.reason == "timer")
    #expect(session.backups.list().map(\.number) == [1, 2, 3])
  }

  @Test func `half an hour passes before the next timed backup`() throws {
    let session = try Samples.session(folder)
    var last: Int64 = 0
    #expect(try session.backupIfDue(now: SessionFile.backupInterval - 1, last: &last) == false)
    #expect(try session.backupIfDue(now: SessionFile.backupInterval, last: &last))
    #expect(last == SessionFile.backupInterval)
    #expect(session.backups.list().count == 1)
  }

  @Test func `a damaged session is restored, and the damaged file is kept`() throws {
    let session = try Samples.session(folder)
    try session.acceptAll(Samples.wrong)
    let pairs = try session.pairs()
    let rows = try session.summaries()
    let backup = try #require(try session.backup(.byHand))
    session.close()
    let path = SessionPath(folder.file("test"))
    var bytes = try folder.bytes("test.lancet")
    for index in 4096..<min(bytes.count, 60_000) { bytes[index] = 0xA5 }
    _ = try folder.write("test.lancet", bytes)
    #expect(try Backups(path).findDamage() != nil)

    let kept = try Backups(path).restore(backup)
    #expect(kept == folder.file("test.lancet.damaged"))
    #expect(try folder.bytes("test.lancet.damaged") == bytes)
    #expect(try Backups(path).findDamage() == nil)
    let again = try SessionFile.open(at: folder.file("test"))
    #expect(try again.pairs() == pairs)
    #expect(try again.summaries() == rows)
  }

  @Test func `a damaged session makes no backup and loses none`() throws {
    let session = try Samples.session(folder)
    try session.backup(.byHand)
    try session.commit([(Samples.bare, .flag(true))])
    session.close()
    var bytes = try folder.bytes("test.lancet")
    for index in 8192..<bytes.count { bytes[index] = 0x5A }
    _ = try folder.write("test.lancet", bytes)
    let backups = Backups(SessionPath(folder.file("test")))
    #expect(throws: StoreError.self) { try backups.makeIfChanged(.open) }
    #expect(backups.list().count == 1)
    #expect(try folder.names() == ["test.backups", "test.lancet"])
  }

  @Test func `an open session is not restored over`() throws {
    let session = try Samples.session(folder)
    let backup = try #require(try session.backup(.byHand))
    #expect(throws: StoreError.self) { try session.backups.restore(backup) }
    session.close()
  }

  @Test func `the journal of a damaged file is not played into the restored one`() throws {
    let session = try Samples.session(folder)
    let backup = try #require(try session.backup(.byHand))
    try session.commit([(Samples.bare, .flag(true))])
    // As a killed process leaves it: the file and its journal.
    let file = try folder.bytes("test.lancet")
    let journal = try folder.bytes("test.lancet-wal")
    #expect(!journal.isEmpty)
    session.close()
    _ = try folder.write("test.lancet", file)
    _ = try folder.write("test.lancet-wal", journal)
    try session.backups.restore(backup)
    let again = try SessionFile.open(at: folder.file("test"))
    #expect(try again.summary(of: Samples.bare).flagged == false)
  }

  @Test func `thinning keeps the newest and one of each older day, whatever the clock did`() {
    let backups = (1...60).map { number in
      // The clock jumps ten years ahead and back again.
      let year = number == 30 ? 2036 : 2026
      let day = 10 + number / 4
      return Backup(
        number: number, stamp: "\(year)01\(day)T000000Z", reason: "open", path: "\(number)", size: 1
      )
    }
    let removed = Set(Backups.thinned(backups).map(\.number))
    let kept = backups.map(\.number).filter { !removed.contains($0) }
    #expect(kept.suffix(12) == Array(49...60).suffix(12))
    let days = Set(backups.map(\.day))
    #expect(Set(backups.filter { kept.contains($0.number) }.map(\.day)) == days)
    #expect(kept.count == 12 + Set(backups.dropLast(12).map(\.day)).count)
  }

  @Test func `a copy is a session of its own`() throws {
    let session = try Samples.session(folder)
    try session.copy(to: folder.file("copy"))
    try session.commit([(Samples.bare, .flag(true))])
    let copy = try SessionFile.open(at: folder.file("copy"))
    #expect(try copy.counts().traces == 3)
    #expect(try copy.summary(of: Samples.bare).flagged == false)
    #expect(throws: StoreError.self) { try session.copy(to: folder.file("copy")) }
  }
}
