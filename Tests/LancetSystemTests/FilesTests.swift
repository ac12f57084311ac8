// The floor: what is opened is a regular file, what is replaced is whole, what is removed is Lancet's own.

import Foundation
import LancetCore
import LancetSystem
import Testing

/// A folder of its own for each test, gone when the test is over.
final class Scratch {
  let path: String
  init() throws {
    path = NSTemporaryDirectory() + "lancet-files-" + UUID().uuidString
    try Files.makeFolders(path)
  }
  deinit { try? FileManager.default.removeItem(atPath: path) }
  func callAsFunction(_ name: String) -> String { path + "/" + name }
}

@Suite struct FilesTests {
  let at: Scratch
  init() throws { at = try Scratch() }

  @Test func `what is no regular file is named and never waited for`() throws {
    mkfifo(at("pipe"), 0o600)
    try Files.makeFolder(at("folder"))
    symlink("pipe", at("link"))
    symlink("nowhere", at("dangling"))
    for (path, kind) in [
      (at("pipe"), FileKind.pipe), (at("folder"), .folder), (at("link"), .pipe),
      ("/dev/null", .device),
    ] {
      let failure = #expect(throws: FileFailure.self) { try Files.read(path) }
      #expect(failure?.problem == .kind(kind))
      #expect(failure?.exitCode == .missingInput)
      #expect(failure?.sentence.contains(kind.words) == true)
    }
    #expect(throws: FileFailure.self) { try Files.read(at("dangling")) }
    #expect(throws: FileFailure.self) { try AppendingFile(at("pipe")) }
    #expect(throws: FileFailure.self) { try AppendingFile(at("dangling")) }
    #expect(!FileFacts.exists(at("nowhere")))
    #expect(throws: FileFailure.self) { try FileLock(at("pipe"), creating: true, follow: false) }
    #expect(!FileLock.isHeld(at("pipe"), follow: false))
    // Nobody reads the pipe: refused, not waited for.
    #expect(throws: FileFailure.self) { try AtomicFile(at("pipe"), .named) }
  }

  @Test func `a file is read whole, within a limit, or at its end`() throws {
    try Files.replace(at("a"), with: Array("0123456789".utf8))
    #expect(try Files.read(at("a")) == Array("0123456789".utf8))
    #expect(try Files.readEnd(at("a"), most: 3) == Array("789".utf8))
    #expect(try Files.readEnd(at("a"), from: 9, most: 3) == Array("9".utf8))
    #expect(try Files.readEnd(at("a"), from: 99, most: 3) == [])
    let failure = #expect(throws: FileFailure.self) { try Files.read(at("a"), limit: 9) }
    #expect(failure?.problem == .tooLarge(bytes: 10, limit: 9))
    #expect(failure?.exitCode == .badData)
    #expect(Files.systemValue("Name", in: "/proc/self/status") != nil)
    #expect(Files.peakMemory() > 1 << 20)
    let missing = #expect(throws: FileFailure.self) { try Files.read(at("no")) }
    #expect(missing?.isMissing == true)
    #expect(missing?.exitCode == .missingInput)
  }

  @Test func `a replaced file is whole, a dropped one leaves nothing`() throws {
    try Files.replace(at("a"), with: [1])
    do {
      let file = try AtomicFile(at("a"), .named)
      try file.write("half")
    }
    #expect(try Files.read(at("a")) == [1])
    #expect(try Files.names(in: at.path) == ["a"])
    chmod(at("a"), 0o644)
    symlink("a", at("link"))
    let file = try AtomicFile(at("link"), .named)
    try file.write("new")
    try file.finish()
    // The link stays, what it names is new, with the permissions it had.
    #expect(FileFacts(ofName: at("link"))?.kind == .link)
    #expect(try Files.read(at("a")) == Array("new".utf8))
    #expect(FileFacts(at("a"))?.mode == 0o644)
    // Lancet's own file replaces a link and does not follow it.
    try Files.replace(at("link"), with: [2])
    #expect(FileFacts(ofName: at("link"))?.kind == .regular)
    #expect(try Files.read(at("a")) == Array("new".utf8))
    #expect(throws: FileFailure.self) { try AtomicFile(at("a"), .new) }
    #expect(throws: FileFailure.self) { try AtomicFile(at.path, .named) }
    #expect(throws: FileFailure.self) { try AtomicFile(at("no/a"), .own) }
  }

  @Test func `a long name and a device can be written to`() throws {
    let long = at(String(repeating: "ü", count: 120))
    try Files.replace(long, with: [1])
    #expect(try Files.read(long) == [1])
    let null = try AtomicFile("/dev/null", .named)
    try null.write([UInt8](repeating: 0, count: 1 << 20))
    try null.finish()
    let full = try AtomicFile("/dev/full", .named)
    let failure = #expect(throws: FileFailure.self) {
      try full.write("x")
      try full.finish()
    }
    #expect(failure?.isFull == true)
    #expect(failure?.reason == "the disk is full")
  }

  @Test func `a name that is taken is not replaced`() throws {
    try Files.replace(at("a"), with: [1])
    try Files.replace(at("b"), with: [2])
    let failure = #expect(throws: FileFailure.self) { try Files.giveName(at("a"), at("b")) }
    #expect(failure?.problem == .taken)
    #expect(try Files.read(at("b")) == [2])
    try Files.giveName(at("a"), at("c"))
    #expect(try Files.names(in: at.path) == ["b", "c"])
    #expect(Files.freeName(at("b")) == at("b-2"))
    #expect(Files.freeName(at("d")) == at("d"))
  }

  @Test func `places lie in each other by whatever name`() throws {
    try Files.makeFolders(at("a/b"))
    symlink(at("a"), at("link"))
    #expect(Files.relation(of: at("link/b"), to: at("a")) == .inside)
    #expect(Files.relation(of: at("a/b/../new/x"), to: at("link")) == .inside)
    #expect(Files.relation(of: at("link/"), to: at("a")) == .same)
    #expect(Files.relation(of: at.path, to: at("link/b/not/yet")) == .around)
    #expect(Files.relation(of: "/", to: at("a")) == .around)
    #expect(Files.relation(of: at("a"), to: at("ab")) == nil)
    #expect(Files.relation(of: at("new"), to: at("new2")) == nil)
    try Files.replace(at("a/f"), with: [1])
    link(at("a/f"), at("twin"))
    #expect(Files.relation(of: at("twin"), to: at("a/f")) == .same)
    #expect(Files.folder(of: "a/b/") == "a")
    #expect(Files.folder(of: "/a") == "/")
    #expect(Files.folder(of: "a") == ".")
    #expect(Files.name(of: "a/b//") == "b")
    #expect(Files.name(of: "/") == "/")
  }

  @Test func `only folders of the given names are removed, all or nothing`() throws {
    func fill(_ names: [String]) throws {
      try Files.makeFolder(at("f"))
      for name in names { try Files.replace(at("f/" + name), with: [1]) }
    }
    try fill(["a", "b", "thesis.tex"])
    #expect(throws: FileFailure(at("f"), .remove, .notOurs)) {
      try Files.removeOwnFolder(at("f"), holding: ["a", "b"])
    }
    #expect(try Files.names(in: at("f")).count == 3)
    Files.removeOwnFile(at("f/thesis.tex"))
    symlink(at("f"), at("link"))
    #expect(throws: FileFailure(at("link"), .remove, .kind(.link))) {
      try Files.removeOwnFolder(at("link"), holding: ["a", "b"])
    }
    // A link or a folder with one of the names is not what Lancet made.
    symlink("/etc/passwd", at("f/c"))
    #expect(throws: FileFailure.self) {
      try Files.removeOwnFolder(at("f"), holding: ["a", "b", "c"])
    }
    Files.removeOwnFile(at("f/c"))
    try Files.removeOwnFolder(at("f"), holding: ["a", "b"])
    #expect(!FileFacts.exists(at("f")))
    try Files.removeOwnFolder(at("f"), holding: [])
    // A file's remover takes no folder.
    try Files.makeFolder(at("g"))
    Files.removeOwnFile(at("g"))
    #expect(FileFacts.exists(at("g")))
  }

  @Test func `leftovers of dead processes go, those of living ones and of people stay`() throws {
    let dead = "999999999"
    for name in [
      ".a.part-\(dead)-1", ".a.part-\(getpid())-1", ".a.part-1-1", ".part-\(dead)-1",
      ".a.part-\(dead)-01", ".a.part-\(dead)", "a.part-\(dead)-1",
    ] { try Files.replace(at(name), with: [1]) }
    try Files.makeFolder(at(".m.part-\(dead)-2"))
    try Files.replace(at(".m.part-\(dead)-2/config.json"), with: [1])
    try Files.makeFolder(at(".n.part-\(dead)-2"))
    try Files.replace(at(".n.part-\(dead)-2/thesis.tex"), with: [1])
    let before = Set(try Files.names(in: at.path))
    Files.removeLeftovers(in: at.path, holding: ["config.json"])
    let gone = before.subtracting(try Files.names(in: at.path))
    #expect(gone == [".a.part-\(dead)-1", ".m.part-\(dead)-2"])
  }

  @Test func `a marked folder is replaced, a changed one is kept`() throws {
    func make(_ path: String, _ text: String) throws {
      try Files.makeFolder(path)
      let bytes = Array(text.utf8)
      try bytes.withUnsafeBytes { try Files.create(path + "/a", with: $0) }
      let manifest = FolderManifest([bytes.withUnsafeBytes { .init("a", $0) }], note: "n")
      try Files.replace(path + "/mark", with: manifest.fileBytes)
    }
    func put(_ text: String, digests: Bool = true) throws -> String? {
      try make(at(".new"), text)
      return try Files.place(at(".new"), at: at("m"), mark: "mark", digests: digests)
    }
    #expect(try put("one") == nil)
    #expect(try put("two") == nil)
    #expect(try Files.names(in: at.path) == ["m"])
    #expect(FolderManifest(folder: at("m"), name: "mark")?.note == "n")
    // Same size, other bytes: only the digest tells.
    try Files.replace(at("m/a"), with: Array("TWO".utf8))
    #expect(throws: FileFailure(at("m"), .remove, .notOurs)) {
      try FolderManifest.remove(at("m"), name: "mark", digests: true)
    }
    #expect(try put("three") == at("m.before"))
    #expect(try Files.read(at("m.before/a")) == Array("TWO".utf8))
    #expect(try Files.read(at("m/a")) == Array("three".utf8))
    // Something added to it.
    try Files.replace(at("m/mine"), with: [1])
    #expect(try put("four", digests: false) == at("m.before-2"))
    #expect(throws: FileFailure.self) {
      try FolderManifest.remove(at("x"), name: "mark", digests: false)
    }
    try Files.replace(at("mark"), with: Array(#"{"files":[{"name":1}]}"#.utf8))
    #expect(FolderManifest(folder: at.path, name: "mark") == nil)
  }
}

@Suite struct FileLockTests {
  let at: Scratch
  init() throws { at = try Scratch() }

  @Test func `one lock for one file, by every name it has`() throws {
    try Files.replace(at("a"), with: [1])
    link(at("a"), at("twin"))
    symlink("a", at("link"))
    #expect(!FileLock.isHeld(at("a"), follow: true))
    let lock = try #require(try FileLock(at("a"), creating: false, follow: true))
    for name in ["a", "twin", "link"] {
      #expect(FileLock.isHeld(at(name), follow: true))
      #expect(try FileLock(at(name), creating: false, follow: true) == nil)
    }
    rename(at("a"), at("moved"))
    #expect(FileLock.isHeld(at("moved"), follow: true))
    lock.release()
    lock.release()
    let again = try FileLock(at("twin"), creating: false, follow: true)
    #expect(again?.identity == FileFacts(at("moved"))?.identity)
  }

  @Test func `asking takes nothing`() throws {
    try Files.replace(at("a"), with: [1])
    // Ten thousand questions, and no taker is ever refused because of them.
    let path = at("a")
    let asker = Thread { for _ in 0..<10_000 { _ = FileLock.isHeld(path, follow: true) } }
    asker.start()
    for _ in 0..<2000 {
      let lock = try FileLock(at("a"), creating: false, follow: true)
      #expect(lock != nil)
      lock?.release()
    }
  }

  @Test func `a lock is signed, and outlasts other descriptors of the file`() throws {
    let lock = try #require(try FileLock(at("l"), creating: true, follow: false))
    try lock.sign("process 1234567")
    try lock.sign("process 1")
    #expect(try Files.read(at("l")) == Array("process 1".utf8))
    // A POSIX lock would have gone with the descriptor that was just closed.
    #expect(FileLock.isHeld(at("l"), follow: false))
    #expect(throws: FileFailure.self) { try FileLock(at("none"), creating: false, follow: false) }
  }

  @Test func `a descriptor of a file that SQLite has open waits until it is closed`() throws {
    try Files.replace(at("db"), with: [1])
    let identity = try #require(FileFacts(at("db"))?.identity)
    func descriptors() throws -> Int {
      try Files.names(in: "/proc/self/fd").count { name in
        Files.resolved("/proc/self/fd/" + name) == Files.resolved(at("db"))
      }
    }
    OpenDatabases.opened(identity)
    _ = FileLock.isHeld(at("db"), follow: true)
    let lock = try FileLock(at("db"), creating: false, follow: true)
    lock?.release()
    #expect(try descriptors() == 2)
    #expect(!FileLock.isHeld(at("db"), follow: true))
    OpenDatabases.closed(identity)
    #expect(try descriptors() == 0)
  }
}

@Suite struct SystemClockTests {
  @Test func `a test sets the clocks`() {
    let fixed = SystemClock.Source(wall: { 1_772_356_365_000 }, monotonic: { 2_500_000_000 })
    SystemClock.$source.withValue(fixed) {
      #expect(ClockText.fileStamp(ClockText.now()) == "20260301T091245Z")
      #expect(SystemClock.seconds == 2.5)
    }
    #expect(SystemClock.milliseconds > 1_772_356_365_000)
    let before = SystemClock.nanoseconds
    #expect(SystemClock.nanoseconds >= before)
    // A year that no calendar has is no crash.
    #expect(!ClockText.local(.max).isEmpty)
    #expect(!ClockText.local(.min).isEmpty)
    #expect(!ClockText.localTime(0).isEmpty)
  }
}
