// Run folders on a real disk: whole or absent, chosen by digest, locked, followed while they grow.

import Foundation
import LancetCore
import LancetSystem
import Testing

@testable import LancetTrainer

/// A folder that goes away with the test.
private final class Scratch {
  let path: String
  init() {
    path = NSTemporaryDirectory() + "lancet-run-" + UUID().uuidString
    mkdir(path, 0o700)
  }
  deinit { try? FileManager.default.removeItem(atPath: path) }
  var folder: RunFolder { RunFolder(path) }
}

/// Three arenas of a few floats.
private final class SmallArenas {
  let arenas: Arenas
  init(_ value: Float) {
    func filled(_ v: Float) -> UnsafeMutableBufferPointer<Float> {
      let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: 33)
      buffer.initialize(repeating: v)
      return buffer
    }
    arenas = Arenas(
      parameters: filled(value), firstMoment: filled(value * 2), secondMoment: filled(value * 3))
  }
  deinit { for (_, arena) in arenas.named { arena.deallocate() } }
}

@Suite struct RunFolderTests {
  private func state(_ step: Int) -> CheckpointState {
    var shift = Shift(.mean)
    shift.update(mean: 0.1 + 0.2)
    return CheckpointState(step: step, shift: shift, recentLosses: [1.5, 0.1 + 0.2])
  }

  /// Writes a checkpoint whose parameters are all `value`.
  private func write(_ step: Int, _ value: Float, to folder: RunFolder) throws {
    let small = SmallArenas(value)
    _ = try withExtendedLifetime(small) { try folder.writeCheckpoint(state(step), small.arenas) }
  }

  /// The newest valid checkpoint: its state, and every float of its three arenas.
  private func read(_ folder: RunFolder) throws -> (state: CheckpointState, floats: [[Float]]) {
    let small = SmallArenas(0)
    return try withExtendedLifetime(small) {
      let state = try folder.readNewestCheckpoint(into: small.arenas)
      return (state, small.arenas.named.map { Array($0.arena) })
    }
  }

  @Test func `the newest two checkpoints are kept and read back to the last bit`() throws {
    let scratch = Scratch()
    for step in [10, 20, 30] { try write(step, Float(step), to: scratch.folder) }
    #expect(
      try Files.names(in: scratch.folder.checkpoints) == ["step-000000020", "step-000000030"])
    let found = try read(scratch.folder)
    #expect(found.state == state(30))
    #expect(found.floats == [30, 60, 90].map { [Float](repeating: $0, count: 33) })
  }

  @Test(arguments: ["parameters.f32", "moment2.f32", "state.json", "manifest.json"])
  func `a damaged checkpoint is passed over for the one before`(file: String) throws {
    let scratch = Scratch()
    try write(1, 1, to: scratch.folder)
    try write(2, 2, to: scratch.folder)
    let path = scratch.folder.checkpoints + "/step-000000002/" + file
    var bytes = try Files.read(path)
    bytes[bytes.count / 2] ^= 1
    try Files.replace(path, with: bytes)
    let found = try read(scratch.folder)
    #expect(found.state.step == 1)
    #expect(found.floats[0].allSatisfy { $0 == 1 })
  }

  @Test func `a checkpoint that was being written when the process died is no checkpoint`() throws {
    let scratch = Scratch()
    try write(1, 1, to: scratch.folder)
    rename(
      scratch.folder.checkpoints + "/step-000000001",
      scratch.folder.checkpoints + "/.writing-step-000000001")
    #expect(throws: TrainerError.noCheckpoint(path: scratch.folder.checkpoints)) {
      try read(scratch.folder)
    }
  }

  @Test func `two runs cannot share a folder`() throws {
    let scratch = Scratch()
    #expect(scratch.folder.holder == nil)
    let lock = try RunLock(scratch.folder)
    #expect(scratch.folder.holder == "process \(getpid())")
    #expect(throws: TrainerError.self) { _ = try RunLock(scratch.folder) }
    withExtendedLifetime(lock) {}
  }

  @Test func `a resumed run's metrics end at its checkpoint`() throws {
    let scratch = Scratch()
    let lines = "{\"step\":1}\n{\"step\":2,\"probe\":{}}\n{\"step\":2}\n{\"step\":3}\n{\"st"
    try Files.replace(scratch.folder.metricsFile, with: Array(lines.utf8))
    do {
      let writer = try MetricsWriter(scratch.folder, keepingUpTo: 2)
      try writer.append(.object([.init("step", .int(3))]))
    }
    let text = String(decoding: try Files.read(scratch.folder.metricsFile), as: UTF8.self)
    #expect(text == "{\"step\":1}\n{\"step\":2,\"probe\":{}}\n{\"step\":2}\n{\"step\":3}\n")
  }

  @Test func `a tail gives whole lines once, marks NaN, and starts over when the file shrinks`()
    throws
  {
    let scratch = Scratch()
    var tail = MetricsTail(scratch.folder)
    let nothing = tail.poll()
    #expect(nothing == nil)
    let path = scratch.folder.metricsFile
    func append(_ text: String) throws {
      let old = (try? Files.read(path)) ?? []
      let file = open(path, O_WRONLY | O_CREAT, 0o600)
      defer { close(file) }
      try Array(old + Array(text.utf8)).withUnsafeBytes {
        Files.writeAll(file, $0, path: path)
      }.get()
    }
    try append("{\"step\":1,\"loss\":0.5}\n{\"step\":2,\"lo")
    let first = tail.poll()
    #expect(first?.lines.count == 1)
    try append("ss\": NaN}\nrubbish\n")
    let second = tail.poll()
    let news = try #require(second)
    #expect(news.lines.count == 1)
    #expect(news.badLines == 1)
    #expect(news.lines[0].metric("loss")?.isNaN == true)
    let third = tail.poll()
    #expect(third == nil)
    truncate(path, 0)
    let fourth = tail.poll()
    #expect(fourth?.startsOver == true)
  }

  @Test func `the next run gets the next number`() throws {
    let scratch = Scratch()
    try Files.makeFolders(scratch.path + "/0007-dpo")
    let next = RunShelf.nextFolder(in: scratch.path, objective: .spotBCO)
    #expect(next.path == scratch.path + "/0008-spot-bco")
  }

  @Test func `a folder with a number beyond all numbers does not stop the next run`() throws {
    let scratch = Scratch()
    for name in ["9223372036854775807-x", "99999999999999999999-y", "0003-dpo"] {
      try Files.makeFolders(scratch.path + "/" + name)
    }
    let next = RunShelf.nextFolder(in: scratch.path, objective: .dpo)
    #expect(next.path == scratch.path + "/0004-dpo")
  }

  @Test func `what others put among the checkpoints decides nothing and stays`() throws {
    let scratch = Scratch()
    let folder = scratch.folder
    try write(1, 1, to: folder)
    let mine = folder.checkpoints + "/step-000000001"
    // Copies under other names, a folder without a manifest, a link, a file.
    for name in ["step-999999998", "step-old.bak", "step-000000000009"] {
      try FileManager.default.copyItem(atPath: mine, toPath: folder.checkpoints + "/" + name)
    }
    try Files.makeFolder(folder.checkpoints + "/step-000000777")
    try FileManager.default.createSymbolicLink(
      atPath: folder.checkpoints + "/step-000000888", withDestinationPath: mine)
    try Files.replace(folder.checkpoints + "/step-000000999", with: [1])
    let foreign = Set(try Files.names(in: folder.checkpoints)).subtracting(["step-000000001"])
    for step in 2...4 { try write(step, Float(step), to: folder) }
    #expect(try read(folder).state.step == 4)
    let names = Set(try Files.names(in: folder.checkpoints))
    #expect(names == foreign.union(["step-000000003", "step-000000004"]))
  }

  @Test func `a checkpoint of another run is not resumed`() throws {
    let (one, two) = (Scratch(), Scratch())
    try Files.replace(one.folder.settingsFile, with: Array(#"{"run":1}"#.utf8))
    try Files.replace(two.folder.settingsFile, with: Array(#"{"run":2}"#.utf8))
    try write(5, 5, to: one.folder)
    try write(9, 9, to: two.folder)
    try FileManager.default.copyItem(
      atPath: two.folder.checkpoints + "/step-000000009",
      toPath: one.folder.checkpoints + "/step-000000009")
    #expect(try read(one.folder).state.step == 5)
  }

  @Test func `something else with the checkpoint's name is kept, a link's goal untouched`() throws {
    let scratch = Scratch()
    let (folder, goal) = (scratch.folder, scratch.path + "/precious")
    try Files.makeFolders(goal)
    try Files.replace(goal + "/note.txt", with: [65])
    try Files.makeFolder(folder.checkpoints)
    try FileManager.default.createSymbolicLink(
      atPath: folder.checkpoints + "/step-000000003", withDestinationPath: goal)
    try write(3, 3, to: folder)
    #expect(try read(folder).state.step == 3)
    #expect(try Files.names(in: goal) == ["note.txt"])
    #expect(
      try Files.names(in: folder.checkpoints) == ["step-000000003", "step-000000003.before"])
  }

  @Test func `checkpoints that are a link are refused`() throws {
    let scratch = Scratch()
    try Files.makeFolders(scratch.path + "/elsewhere/step-000000001")
    try FileManager.default.createSymbolicLink(
      atPath: scratch.folder.checkpoints, withDestinationPath: scratch.path + "/elsewhere")
    #expect(throws: TrainerError.self) { try write(3, 3, to: scratch.folder) }
    #expect(try Files.names(in: scratch.path + "/elsewhere") == ["step-000000001"])
  }

  @Test(arguments: ["lock", "log.txt", "metrics.jsonl", "state.json", "run.json"])
  func `a pipe in a file's place is never waited for`(name: String) throws {
    let scratch = Scratch()
    mkfifo(scratch.path + "/" + name, 0o600)
    #expect(scratch.folder.holder == nil)
    #expect(scratch.folder.record() == nil)
    var tail = MetricsTail(scratch.folder)
    let news = tail.poll()
    #expect(news == nil)
    switch name {
    case "lock": #expect(throws: TrainerError.self) { _ = try RunLock(scratch.folder) }
    case "log.txt": #expect(throws: TrainerError.self) { _ = try RunLog(scratch.folder) }
    case "metrics.jsonl":
      #expect(throws: TrainerError.self) { _ = try MetricsWriter(scratch.folder, keepingUpTo: 1) }
    case "run.json":
      #expect(throws: TrainerError.self) { try scratch.folder.claim(resume: true, inputs: []) }
    default:
      // What only Lancet writes is replaced.
      try Files.replace(scratch.folder.stateFile, with: [])
    }
  }

  @Test func `runs are listed as their folders are now, whoever wrote them`() throws {
    let scratch = Scratch()
    var shelf = RunShelf(scratch.path)
    let nothing = shelf.look()
    #expect(nothing.isEmpty)
    let folder = RunFolder(scratch.path + "/0003-dpo")
    try Files.makeFolders(folder.path)
    func write(_ text: String, _ path: String) throws {
      try Files.replace(path, with: Array(text.utf8))
    }
    try write(#"{"model":"/m","settings":{"objective":"dpo","beta":0.5}}"#, folder.settingsFile)
    let fresh = shelf.look()
    let first = try #require(fresh.first)
    #expect(first.number == 3 && first.name == "0003-dpo" && first.condition == .died)
    #expect(first.settings?.beta == 0.5 && first.settings?.model == "/m")
    #expect(first.pairs == 0 && first.headroom == nil)

    try write(#"{"state":"done","step":4,"steps":4,"pid":1}"#, folder.stateFile)
    try write("{\"chosen\":-4}\n{\"chosen\":-8}\n", folder.referenceFile)
    let later = shelf.look()
    let second = try #require(later.first)
    #expect(second.condition == .done && second.step == 4 && second.progress == 1)
    #expect(second.trained == folder.path + "/model")
    #expect(second.pairs == 2 && second.headroom == 3)
    #expect(second.json["state"]?.string == "done" && second.json["id"]?.int == 3)

    // A folder with settings of another kind is still shown.
    try write(#"{"settings":{"objective":"kto"}}"#, folder.settingsFile)
    let odd = shelf.look()
    #expect(odd.count == 1 && odd[0].settings == nil && odd[0].json["beta"] == .null)
    try FileManager.default.removeItem(atPath: folder.path)
    let gone = shelf.look()
    #expect(gone.isEmpty)
  }

  @Test func `a number is reserved for a run, and given back when it never starts`() throws {
    let scratch = Scratch()
    let runs = scratch.path + "/s.runs"
    let first = try RunShelf.reserveFolder(in: runs, objective: .dpo)
    let second = try RunShelf.reserveFolder(in: runs, objective: .sftPlus)
    #expect(first.path == runs + "/0001-dpo" && second.path == runs + "/0002-sft+")
    var shelf = RunShelf(runs)
    let shown = shelf.look()
    #expect(shown.isEmpty)
    first.noteRefusal("no such model", resuming: false)
    #expect(first.state()?.stage == .failed && first.state()?.message == "no such model")
    first.clearUnstarted()
    #expect((try Files.names(in: runs)) == ["0002-sft+"])
  }

  @Test func `a run that lies elsewhere is listed with its session, once`() throws {
    let scratch = Scratch()
    let runs = scratch.path + "/s.runs"
    let own = RunFolder(runs + "/0001-dpo")
    let other = RunFolder(scratch.path + "/my run")
    for folder in [own, other] {
      try Files.makeFolders(folder.path)
      try Files.replace(
        folder.settingsFile, with: Array(#"{"settings":{"objective":"rft"}}"#.utf8))
    }
    for _ in 0..<2 {
      try RunShelf.adopt(own, into: runs, objective: .dpo)
      try RunShelf.adopt(other, into: runs, objective: .rft)
    }
    var shelf = RunShelf(runs)
    let found = shelf.look()
    #expect(found.map(\.name) == ["0001-dpo", "0002-rft"])
    #expect(found.last?.settings?.objective == .rft)
    unlink(runs + "/0002-rft")
    #expect(FileFacts.exists(other.settingsFile))
  }

  @Test func `a run that was refused to go on keeps its stage and says why`() throws {
    let scratch = Scratch()
    let folder = scratch.folder
    try Files.replace(
      folder.settingsFile, with: Array(#"{"settings":{"objective":"dpo"}}"#.utf8))
    // Without a state it may be anybody's folder: nothing is written there.
    folder.noteRefusal("no", resuming: true)
    #expect(try Files.names(in: scratch.path) == ["run.json"])
    let stopped = RunState(stage: .stopped, step: 4, steps: 9, process: 1)
    try Files.replace(folder.stateFile, with: stopped.json.serializedBytes())
    folder.noteRefusal("not resuming", resuming: false)
    #expect(folder.state() == stopped)
    folder.noteRefusal("beta changed", resuming: true)
    let state = try #require(folder.state())
    #expect(state.stage == .stopped && state.step == 4 && state.message == "beta changed")
    #expect(state.process == Int(getpid()))
    folder.clearUnstarted()
    #expect(folder.record()?.condition == .stopped)
  }

  @Test func `a run at work says its stage, and one that was killed has died`() throws {
    let scratch = Scratch()
    try Files.replace(scratch.folder.settingsFile, with: Array(#"{"settings":{}}"#.utf8))
    let lock = try RunLock(scratch.folder)
    #expect(scratch.folder.record()?.condition == .preparing)
    let state = RunState(stage: .paused, step: 2, steps: 9, message: "waits")
    try Files.replace(scratch.folder.stateFile, with: state.json.serializedBytes())
    let record = try #require(scratch.folder.record())
    #expect(record.condition == .paused && record.isAlive && record.message == "waits")
    withExtendedLifetime(lock) {}
  }
}

@Suite struct TrainingPairTests {
  private func row(_ text: String) throws -> TrainingPair {
    try TrainingPair(row: try JSON.parse(text), line: 3, file: "f")
  }

  @Test func `both spellings of a pair are read`() throws {
    let spot = try row(
      #"{"question":"q","original_answer":"\n\nbad","gemini_corrected_answer":"good"}"#)
    #expect(spot == TrainingPair(id: 3, question: "q", chosen: "good", rejected: "bad"))
    let trl = try row(
      #"{"prompt":[{"role":"user","content":"q"}],"chosen":[{"role":"assistant","content":"g"}],"rejected":"b"}"#
    )
    #expect(trl == TrainingPair(id: 3, question: "q", chosen: "g", rejected: "b"))
  }

  @Test(arguments: ["[]", "{}", #"{"prompt":"q","chosen":1,"rejected":"b"}"#])
  func `a bad row is named with its line`(text: String) throws {
    let error = try #require(throws: TrainerError.self) { try row(text) }
    #expect(error.place == "f, line 3")
  }

  @Test func `unusable pairs are told apart`() {
    func defect(_ chosen: String, _ rejected: String) -> PairDefect? {
      TrainingPair(id: 1, question: "q", chosen: chosen, rejected: rejected)
        .defect(controlTokens: { $0.contains("<|im_end|>") ? ["<|im_end|>"] : [] })
    }
    #expect(defect("a", "b") == nil)
    #expect(defect(" \n", "b") == .emptyChosen)
    #expect(defect("a", "") == .emptyRejected)
    #expect(defect("a", "a") == .identical)
    #expect(defect("a<|im_end|>", "b") == .controlToken("<|im_end|>"))
  }

  @Test func `cutting takes the head of the prompt and never an answer`() {
    var tokens = PairTokens(prompt: [1, 2, 3, 4], chosen: [5, 6], rejected: [7])
    #expect(tokens.cutPrompt(toRow: 4) == 2)
    #expect(tokens == PairTokens(prompt: [3, 4], chosen: [5, 6], rejected: [7]))
    #expect(tokens.cutPrompt(toRow: 2) == nil)
  }
}
