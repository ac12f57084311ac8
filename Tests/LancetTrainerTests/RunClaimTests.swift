// Where a run may be made: never where it would write over the model, the pairs, the session or anybody's files.

import Foundation
import LancetCore
import LancetModel
import LancetSystem
import Testing

@testable import LancetTrainer

/// The recorded tiny model and pairs, copied into a folder of the test's own.
private final class Workplace {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "lancet-claim-" + UUID().uuidString
    try Files.makeFolders(path)
    let recorded = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Recorded/tiny").path
    for name in ["model", "pairs.jsonl"] {
      try FileManager.default.copyItem(atPath: "\(recorded)/\(name)", toPath: "\(path)/\(name)")
    }
    try Files.replace(path + "/diary.txt", with: Array("mine".utf8))
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Every file with its bytes' digest.
  func everything() throws -> [String: String] {
    var found: [String: String] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
      let bytes = try? Files.read("\(path)/\(name)")
      found[name] = bytes.map { $0.withUnsafeBytes { SHA256.hex(of: $0) } } ?? "-"
    }
    return found
  }

  func claim(_ out: String, resume: Bool = false) throws {
    try RunFolder(out).claim(
      resume: resume,
      inputs: [
        RunInput("the model", path: path + "/model"),
        RunInput("the pairs", path: path + "/pairs.jsonl"),
      ])
  }

  func run(_ out: String, resume: Bool = false, updates: Int = 1) throws -> RunSummary {
    var settings = RunSettings(model: path + "/model")
    settings.updates = updates
    settings.threads = 1
    let lines = try Files.read(path + "/pairs.jsonl").split(separator: 10)
    let pairs = try lines.prefix(2).enumerated().map { index, line in
      try TrainingPair(row: try JSON.parse(line), line: index + 1, file: "pairs.jsonl")
    }
    let folder = RunFolder(out)
    let plan =
      resume
      ? try RunPlan(resuming: folder, changes: RunChanges(), pairs: nil, force: false)
      : RunPlan(settings: settings, pairs: pairs, folder: folder)
    return try TrainingRun(
      plan, shouldStop: { false }, observe: { _ in }
    ).run()
  }
}

@Suite struct RunClaimTests {
  private let place: Workplace
  init() throws { place = try Workplace() }

  /// Refused with a sentence and exit status 73, and not one byte changed.
  private func expectRefused(_ out: String, resume: Bool = false) throws {
    let before = try place.everything()
    let error = #expect(throws: TrainerError.self, "\(out)") {
      try place.claim(out, resume: resume)
    }
    #expect(error?.exitCode == .cannotCreate)
    #expect(try place.everything() == before)
  }

  @Test func `the folder of the model and the pairs is refused by every name`() throws {
    let path = place.path
    symlink(path, path + "/self")
    for out in [
      path, path + "/", path + "///", path + "/.", path + "/model/..", path + "/self",
      path + "/self/.", path + "/new/../../" + Files.name(of: path),
    ] {
      try expectRefused(out)
      try expectRefused(out, resume: true)
    }
  }

  @Test func `the model, what lies in it, and the pairs' file are refused`() throws {
    let path = place.path
    symlink(path + "/model", path + "/link")
    symlink("nowhere", path + "/dangling")
    for out in [
      "/model", "/model/", "/model/run", "/model/a/b", "/link", "/link/run", "/pairs.jsonl",
      "/pairs.jsonl/run", "/dangling", "/diary.txt",
    ] {
      try expectRefused(path + out)
    }
    #expect(throws: TrainerError.self) { try place.claim("") }
  }

  @Test func `a folder with anything in it is refused, an empty one and a new one are not`() throws
  {
    let path = place.path
    try Files.makeFolders(path + "/full")
    try Files.replace(path + "/full/log.txt", with: [65])
    try expectRefused(path + "/full")
    try expectRefused(path + "/full", resume: true)
    try Files.makeFolders(path + "/empty")
    try place.claim(path + "/empty")
    try place.claim(path + "/new/deep")
    // A hidden file is a file, too.
    try Files.replace(path + "/empty/.secret", with: [65])
    try expectRefused(path + "/empty")
  }

  @Test func `what a killed start left is begun again, a signed folder of a person is not`() throws
  {
    let path = place.path + "/run"
    try Files.makeFolders(path)
    try Files.replace(path + "/lock", with: [])
    try place.claim(path)
    try Files.replace(path + "/lock", with: Array("process 4711".utf8))
    try Files.replace(path + "/log.txt", with: [65])
    try place.claim(path)
    try Files.replace(path + "/thesis.tex", with: [65])
    try expectRefused(path)
  }

  @Test func `resuming needs a run, and another program's run json is none`() throws {
    let path = place.path + "/run"
    try expectRefused(path, resume: true)
    try Files.makeFolders(path)
    try Files.replace(path + "/run.json", with: Array(#"{"scripts":{"test":"x"}}"#.utf8))
    try expectRefused(path, resume: true)
    try expectRefused(path)
  }

  @Test func `a run ends in its folder, is not begun twice, and goes on`() throws {
    let out = place.path + "/run"
    #expect(try place.run(out).end == .done)
    #expect(throws: TrainerError.folderTaken(path: out)) { try place.run(out) }
    // Its own model is replaced without a trace.
    #expect(try place.run(out, resume: true).end == .done)
    let names = try Files.names(in: out).filter { $0.contains("model") }
    #expect(names == ["model"])
    #expect(try Files.names(in: out + "/model").contains("lancet.json"))
  }

  @Test func `a link in the model's place is kept and what it leads to untouched`() throws {
    let (out, goal) = (place.path + "/run", place.path + "/precious")
    #expect(try place.run(out).end == .done)
    try FileManager.default.removeItem(atPath: out + "/model")
    try Files.makeFolders(goal + "/deep")
    try Files.replace(goal + "/deep/note.txt", with: [65])
    symlink(goal, out + "/model")
    #expect(try place.run(out, resume: true).end == .done)
    #expect(try Files.names(in: goal + "/deep") == ["note.txt"])
    #expect(FileFacts(ofName: out + "/model")?.kind == .folder)
    #expect(FileFacts(ofName: out + "/model.before")?.kind == .link)
  }

  @Test func `a model that somebody changed is kept under another name`() throws {
    let out = place.path + "/run"
    #expect(try place.run(out).end == .done)
    try Files.replace(out + "/model/config.json", with: Array("{}".utf8))
    try Files.replace(out + "/model/README.md", with: [65])
    #expect(try place.run(out, resume: true).end == .done)
    #expect(try Files.read(out + "/model.before/README.md") == [65])
    #expect(try Files.read(out + "/model.before/config.json") == Array("{}".utf8))
  }
}
