// Opening, locking, refusing: what other programs, other processes and damaged disks may do to a session.

import Foundation
import LancetCore
import Testing

@testable import LancetStore

@Suite struct SessionFileTests {
  let folder: TestFolder
  init() throws { folder = try TestFolder() }

  private func mutate(_ name: String, _ change: (inout [UInt8]) -> Void) throws {
    var bytes = try folder.bytes(name)
    change(&bytes)
    _ = try folder.write(name, bytes)
  }

  @Test func `a new session is private, and its name is taken from then on`() throws {
    let session = try SessionFile.create(at: folder.file("gsm"))
    session.close()
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.file("gsm.lancet"))
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(try folder.names() == ["gsm.lancet"])
    #expect(throws: StoreError.exists(path: folder.file("gsm.lancet"))) {
      try SessionFile.create(at: folder.file("gsm.lancet"))
    }
    #expect(throws: StoreError.missing(path: folder.file("other.lancet"))) {
      try SessionFile.open(at: folder.file("other"))
    }
  }

  @Test func `a second writer is told who has it, a reader is not disturbed`() throws {
    let session = try Samples.session(folder)
    do {
      _ = try SessionFile.open(at: folder.file("test"))
      Issue.record("two writers")
    } catch let StoreError.locked(_, holder) {
      #expect(holder.pid == Int(getpid()))
      #expect(holder.since != nil)
    }
    let reader = try SessionFile.open(at: folder.file("test"), mode: .read)
    try session.commit([(Samples.bare, .flag(true))])
    #expect(try reader.summary(of: Samples.bare).flagged)
    #expect(throws: StoreError.self) { try reader.commit([(Samples.bare, .flag(false))]) }
    let fallback = try SessionFile.open(at: folder.file("test"), mode: .writeIfPossible)
    #expect(fallback.readOnly != nil)
    fallback.close()
    reader.close()
    session.close()
    #expect(try SessionFile.open(at: folder.file("test")).readOnly == nil)
  }

  @Test func `a lock file of a dead holder is taken over`() throws {
    try Samples.session(folder).close()
    _ = try folder.write("test.lancet-lock", #"{"pid":1,"since":0}"#)
    let session = try SessionFile.open(at: folder.file("test"))
    session.close()
    #expect(try folder.names() == ["test.lancet"])
  }

  @Test func `a newer schema is refused and not one byte changed`() throws {
    let session = try Samples.session(folder)
    session.close()
    let db = try Connection(folder.file("test.lancet"), .write)
    try db.execute("PRAGMA user_version = 99")
    db.close()
    let before = try folder.bytes("test.lancet")
    #expect(
      throws: StoreError.newerSchema(
        path: folder.file("test.lancet"), found: 99, known: Schema.version)
    ) {
      try SessionFile.open(at: folder.file("test"))
    }
    #expect(try folder.bytes("test.lancet") == before)
    #expect(try folder.names() == ["test.lancet"])
  }

  @Test func `another program's file is not a session`() throws {
    let db = try Connection(try folder.write("db.lancet", [UInt8]()), .create)
    try db.execute("CREATE TABLE t (a)")
    db.close()
    _ = try folder.write("text.lancet", String(repeating: "no database at all ", count: 400))
    for name in ["db", "text"] {
      do {
        _ = try SessionFile.open(at: folder.file(name))
        Issue.record("opened")
      } catch {
        guard case .notASession = error else {
          Issue.record("\(error)")
          continue
        }
      }
    }
    #expect(throws: StoreError.notASession(path: folder.path + "/d.lancet", found: "a folder")) {
      try FileManager.default.createDirectory(
        atPath: folder.file("d.lancet"), withIntermediateDirectories: false)
      return try SessionFile.open(at: folder.file("d"))
    }
  }

  @Test func `triggers and views in a session are refused`() throws {
    try Samples.session(folder).close()
    let db = try Connection(folder.file("test.lancet"), .write)
    try db.execute("CREATE TRIGGER t AFTER INSERT ON events BEGIN DELETE FROM pairs; END")
    db.close()
    #expect(throws: StoreError.self) { try SessionFile.open(at: folder.file("test")) }
  }

  @Test func `bytes flipped anywhere give an error or the session, never a crash`() throws {
    try Samples.session(folder).close()
    let sound = try folder.bytes("test.lancet")
    var random = Seeded(state: 7)
    for _ in 0..<60 {
      var bytes = sound
      for _ in 0..<8 {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(
          in: 0...255, using: &random)
      }
      if Bool.random(using: &random) {
        bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
      }
      _ = try folder.write("test.lancet", bytes)
      do {
        let session = try SessionFile.open(at: folder.file("test"))
        defer { session.close() }
        _ = try session.summaries()
        for trace in [Samples.wrong, Samples.bare] { _ = try? session.review(of: trace) }
        _ = try session.commit([(Samples.bare, .flag(true))])
      } catch {
        #expect(!error.sentence.isEmpty)
      }
    }
  }

  @Test func `an empty file offers its backups`() throws {
    let session = try Samples.session(folder)
    try session.backup(.byHand)
    session.close()
    _ = try folder.write("test.lancet", [UInt8]())
    #expect(
      throws: StoreError.damaged(
        path: folder.file("test.lancet"), detail: "it is empty", backups: 1)
    ) { try SessionFile.open(at: folder.file("test")) }
  }

  @Test func `a file that was replaced while open takes no more decisions`() throws {
    let session = try Samples.session(folder)
    try FileManager.default.moveItem(
      atPath: folder.file("test.lancet"), toPath: folder.file("moved.lancet"))
    #expect(
      throws: StoreError.replaced(
        path: folder.file("test.lancet"), kept: folder.file("test-rescued.lancet"))
    ) {
      try session.commit([(Samples.bare, .flag(true))])
    }
  }

  @Test func `a file with two names is only read`() throws {
    try Samples.session(folder).close()
    try FileManager.default.linkItem(
      atPath: folder.file("test.lancet"), toPath: folder.file("twin.lancet"))
    #expect(throws: StoreError.self) { try SessionFile.open(at: folder.file("test")) }
    let session = try SessionFile.open(at: folder.file("test"), mode: .writeIfPossible)
    #expect(session.readOnly == .hardLinked(2))
    #expect(try session.counts().traces == 3)
  }

  @Test func `settings and reference log-probs come back`() throws {
    let session = try Samples.session(folder)
    try session.set("theme", to: "dusk")
    try session.set("theme", to: "paper")
    #expect(try session.setting("theme") == "paper")
    try session.set("theme", to: nil)
    #expect(try session.setting("theme") == nil)
    let values: [Float] = [-0.5, -.infinity, 1e-30, -12.25]
    try session.storeReferenceLogProbs(model: "m", [(tokens: "t", logProbs: values)])
    #expect(try session.referenceLogProbs(model: "m", tokens: "t") == values)
    #expect(try session.referenceLogProbs(model: "m", tokens: "u") == nil)
  }
}

/// A generator of numbers that are the same in every run.
struct Seeded: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
