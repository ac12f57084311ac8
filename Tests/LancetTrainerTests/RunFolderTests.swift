// Run folders on a real disk: whole or absent, chosen by digest, locked, followed while they grow.

import Foundation
import LancetCore
import Testing

@testable import LancetTrainer

/// A folder that goes away with the test.
private final class Scratch {
  let path: String
  init() {
    path = NSTemporaryDirectory() + "lancet-run-" + UUID().uuidString
    mkdir(path, 0o700)
  }
  deinit { DurableFile.remove(path) }
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
    try withExtendedLifetime(small) { try folder.writeCheckpoint(state(step), small.arenas) }
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
      DurableFile.names(in: scratch.folder.checkpoints) == ["step-000000020", "step-000000030"])
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
    var bytes = try DurableFile.read(path)
    bytes[bytes.count / 2] ^= 1
    try DurableFile.write(bytes, to: path)
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
    try DurableFile.write(Array(lines.utf8), to: scratch.folder.metricsFile)
    do {
      let writer = try MetricsWriter(scratch.folder, keepingUpTo: 2)
      try writer.append(.object([.init("step", .int(3))]))
    }
    let text = String(decoding: try DurableFile.read(scratch.folder.metricsFile), as: UTF8.self)
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
      let old = (try? DurableFile.read(path)) ?? []
      let file = open(path, O_WRONLY | O_CREAT, 0o600)
      defer { close(file) }
      try Array(old + Array(text.utf8)).withUnsafeBytes {
        DurableFile.writeAll(file, $0, path: path)
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

  @Test func `settings survive run json`() throws {
    var settings = RunSettings()
    settings.beta = 0.1 + 0.2
    settings.shift = .ema(0.95)
    settings.updates = 12
    settings.maxLength = 512
    settings.seed = .max
    let text = settings.json.serialized(pretty: true)
    #expect(RunSettings(json: try JSON.parse(text)) == settings)
  }

  @Test func `the next run gets the next number`() throws {
    let scratch = Scratch()
    try DurableFile.makeFolders(scratch.path + "/0007-dpo")
    let next = RunRecord.nextFolder(in: scratch.path, objective: .spotBCO)
    #expect(next.path == scratch.path + "/0008-spot-bco")
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
