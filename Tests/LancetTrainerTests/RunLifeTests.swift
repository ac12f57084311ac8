// The life of a run: stopped, paused, resumed, refused, broken; what it says and what it leaves.

import Foundation
import LancetCore
import LancetSystem
import Testing

@testable import LancetTrainer

@Suite(.serialized) struct RunLifeTests {
  /// The files of a finished run whose bytes say whether two runs are the same.
  private func bytes(_ path: String) throws -> [[UInt8]] {
    let checkpoint = "/checkpoints/step-000000004/"
    return try [
      checkpoint + "moment1.f32", checkpoint + "moment2.f32", checkpoint + "parameters.f32",
      checkpoint + "state.json", "/model/model.safetensors",
    ].map { try Files.read(path + $0) }
  }

  @Test func `a run that was stopped and resumed ends with the same bytes`() throws {
    let whole = RunScratch()
    let cut = RunScratch()
    var settings = testSettings(.spotBCO)
    settings.order = .shuffle
    try run(settings, in: whole.path)
    let first = try run(settings, in: cut.path, stopAfter: 2)
    #expect(first.summary.end == .interrupted)
    #expect(first.summary.model == nil)
    let second = try resume(cut.path)
    #expect(second.updates.map(\.step) == [3, 4])
    #expect(try bytes(whole.path) == bytes(cut.path))
  }

  @Test func `what only changes speed or what is watched leaves every byte as it is`() throws {
    let whole = RunScratch()
    let other = RunScratch()
    let settings = testSettings(.spotBCE)
    try run(settings, in: whole.path)
    var changed = settings
    (changed.recompute, changed.checkpointEvery, changed.probeEvery) = (true, 1, 1)
    try run(changed, in: other.path)
    #expect(try bytes(whole.path) == bytes(other.path))
  }

  @Test func `a resumed run has its own settings, and those given over them stay`() throws {
    let scratch = RunScratch()
    var settings = testSettings(.dpo)
    settings.seed = 9
    try run(settings, in: scratch.path, stopAfter: 1)
    // None of these changes a number: the order is the file's, dpo has no δ, six pairs are three updates an epoch.
    let done = try resume(
      scratch.path,
      [
        (.checkpointEvery, "1"), (.recompute, "yes"), (.seed, "5"), (.delta, "zero"),
        (.epochs, "1.3"),
      ])
    #expect(done.updates.map(\.step) == [2, 3, 4])
    let after = try #require(RunFolder(scratch.path).record()?.settings)
    #expect(after.checkpointEvery == 1 && after.seed == 5 && after.objective == .dpo)
    #expect(after.updates == nil && after.learningRate == 1e-3)
    #expect(after.model == settings.model)
  }

  @Test(arguments: [
    (RunFieldID.beta, "0.2", "beta was 0.1 and is 0.2"),
    (.objective, "spot-bco", "objective was dpo and is spot-bco"),
    (.updates, "5", "updates was 4 and is 5"),
    (.maxLength, "90", "max_length was never cut and is 90"),
  ])
  func `a resumed run with another number is refused, and the setting is named`(
    id: RunFieldID, text: String, words: String
  ) throws {
    let scratch = RunScratch()
    try run(testSettings(.dpo), in: scratch.path, stopAfter: 1)
    let error = try #require(throws: TrainerError.self) {
      try resume(scratch.path, [(id, text)])
    }
    #expect(error.sentence.contains(words))
    #expect(RunFolder(scratch.path).record()?.settings?.beta == 0.1)
    let forced = try resume(scratch.path, [(id, text)], force: true)
    #expect(forced.summary.end == .done)
    let log = String(
      decoding: try Files.read(RunFolder(scratch.path).logFile), as: UTF8.self)
    #expect(log.contains("not bit-exact: " + words))
  }

  @Test func `other pairs and another model are refused by name`() throws {
    let scratch = RunScratch()
    try run(testSettings(.dpo), in: scratch.path, stopAfter: 1)
    var other = try recordedPairs()
    other[0].question += "?"
    let error = try #require(throws: TrainerError.self) {
      try resume(scratch.path, pairs: other)
    }
    #expect(error.sentence.contains("the pairs changed"))
  }

  @Test func `a run json that says nonsense is refused by the setting's name`() throws {
    let scratch = RunScratch()
    try run(testSettings(.dpo), in: scratch.path, stopAfter: 1)
    let file = RunFolder(scratch.path).settingsFile
    let text = String(decoding: try Files.read(file), as: UTF8.self)
    try Files.replace(
      file, with: Array(text.replacingOccurrences(of: "\"dpo\"", with: "\"kto\"").utf8))
    let error = try #require(throws: TrainerError.self) { try resume(scratch.path) }
    #expect(error.sentence.contains("objective cannot be \"kto\": give spot-bco"))
    #expect(throws: TrainerError.self) { try resume(NSTemporaryDirectory()) }
  }

  @Test func `a run whose only update begins the warm-up is told so before it starts`() throws {
    let scratch = RunScratch()
    var settings = testSettings(.dpo)
    (settings.updates, settings.warmup) = (1, 0.05)
    let one = try run(settings, in: scratch.path)
    let said = try #require(one.said.firstIndex { $0.contains("no weight moves") })
    let measured = try #require(one.said.firstIndex { $0.contains("longest pair") })
    #expect(said < measured && one.updates[0].learningRate == 0)
  }

  @Test func `a folder with a run in it is not overwritten`() throws {
    let scratch = RunScratch()
    try run(testSettings(.dpo), in: scratch.path, stopAfter: 1)
    #expect(throws: TrainerError.folderTaken(path: scratch.path)) {
      try run(testSettings(.dpo), in: scratch.path)
    }
  }

  @Test func `a paused run waits, goes on when it may, and stops with a checkpoint when asked`()
    throws
  {
    let scratch = RunScratch()
    let folder = RunFolder(scratch.path)
    final class Seen {
      var asked = 0
      var said: [String] = []
    }
    let seen = Seen()
    let training = try TrainingRun(
      RunPlan(settings: testSettings(.dpo), pairs: try recordedPairs(), folder: folder),
      shouldStop: {
        seen.asked += 1
        if seen.asked == 3 {
          #expect(folder.state()?.stage == .paused)
          try? folder.setPaused(false)
        }
        return false
      },
      observe: { event in
        if case .said(let sentence) = event { seen.said.append(sentence) }
        if case .updated(let update) = event, update.step == 2 { try? folder.requestStop() }
      })
    try folder.setPaused(true)
    let summary = try training.run()
    #expect(seen.said.contains("paused after update 0"))
    #expect(summary.end == .stopped && summary.steps == 2 && summary.model == nil)
    #expect(seen.said.last == "stopped after update 2 of 4; --resume continues")
    let record = try #require(folder.record())
    #expect(record.condition == .stopped && record.step == 2 && record.steps == 4)
    #expect(folder.hasCheckpoints && !FileFacts.exists(folder.stopFile))
    #expect(summary.json["summary"]?["end"]?.string == "stopped")
  }

  @Test func `a checkpoint that cannot be written pauses the run, which says so`() throws {
    let scratch = RunScratch()
    let folder = RunFolder(scratch.path)
    final class Seen { var isTold = false }
    let seen = Seen()
    let training = try TrainingRun(
      RunPlan(settings: testSettings(.dpo), pairs: try recordedPairs(), folder: folder),
      shouldStop: { seen.isTold },
      observe: { event in
        if case .said(let sentence) = event, sentence.contains("was not written") {
          #expect(sentence.contains("the run waits for room"))
          #expect(folder.state()?.stage == .running)
          seen.isTold = true
        }
      })
    try Files.replace(folder.checkpoints, with: [])
    let error = try #require(throws: TrainerError.self) { try training.run() }
    #expect(error.advice.contains("--resume"))
    let record = try #require(folder.record())
    #expect(record.condition == .failed && record.message == error.sentence)
  }

  @Test func `probes are asked at the start, in between and at the end`() throws {
    let scratch = RunScratch()
    let other = RunScratch()
    try Files.makeFolders(other.path)
    let questions = other.path + "/sums.jsonl"
    let text = other.path + "/prose.txt"
    try Files.replace(
      questions,
      with: Array(
        (#"{"question":"What is 2+2?","answer":"4","suite":"OOD"}"# + "\n\n"
          + #"{"question":"What is 3+2?","answer":"5"}"# + "\r\n").utf8))
    try Files.replace(text, with: Array("The cat sat on the mat.".utf8))
    var settings = testSettings(.spotBCE)
    (settings.probes, settings.probeEvery) = ([questions, text], 3)
    try run(settings, in: scratch.path)
    var news = RunNews()
    var tail = MetricsTail(RunFolder(scratch.path))
    while let more = tail.poll() {
      for line in more.lines { news.take(line) }
    }
    #expect(news.probes.map(\.step) == [0, 3, 4] && news.updates.map(\.step) == [1, 2, 3, 4])
    let first = try #require(news.probes.first)
    #expect(first.suites.map(\.suite) == ["OOD", "sums", "prose"])
    #expect(first.suites[0].total == 1 && first.suites[0].accuracy != nil)
    // Before the first update the model is its own reference.
    #expect(first.suites[0].kl.map { abs($0) < 1e-5 } == true)
    #expect(first.suites[2].accuracy == nil && first.suites[2].kl == nil)
    #expect(first.suites.allSatisfy { $0.logLoss > 0 })
    #expect(news.probes[2].suites[0].kl != first.suites[0].kl)
  }

  @Test(arguments: ["not json", #"{"question":"","answer":"4"}"#, #"{"question":"1 + 1"}"#])
  func `a bad row of a probe file is named with its line`(row: String) throws {
    let text = "{\"question\":\"q\",\"answer\":\"4\"}\n" + row
    let error = try #require(throws: TrainerError.self) {
      try ProbeProblem.read(Array(text.utf8), file: "/p/x.jsonl")
    }
    #expect(error.place == "/p/x.jsonl, line 2" && !error.what.isEmpty)
    #expect(throws: TrainerError.self) { try ProbeProblem.read([], file: "x") }
  }

  @Test func `numbers that break end the run with the update, the rate and the pairs`() throws {
    let scratch = RunScratch()
    var settings = testSettings(.sftPlus)
    (settings.learningRate, settings.warmup, settings.updates) = (1e6, 0, 40)
    let error = try #require(throws: TrainerError.self) { try run(settings, in: scratch.path) }
    switch error {
    case .nonFinite(let update, let rate, let pairs, _):
      #expect(update > 1 && rate > 0 && pairs.count == 2)
    case .diverged(let update, let loss, let median):
      #expect(update > 1 && loss > 10 * median)
    default: Issue.record("\(error)")
    }
    #expect(RunFolder(scratch.path).record()?.message == error.sentence)
  }

  @Test func `pairs that cannot be trained on are named before anything is made`() throws {
    let scratch = RunScratch()
    var pairs = try recordedPairs()
    pairs[1].chosen = " "
    pairs[2].rejected = pairs[2].chosen
    let plan = RunPlan(
      settings: testSettings(.dpo), pairs: pairs, folder: RunFolder(scratch.path))
    let error = try #require(throws: TrainerError.self) { try run(plan) }
    #expect(error.what.hasPrefix("2 pairs cannot be trained on: "))
    #expect(error.what.contains("pair \(pairs[1].id): y⁺ is empty"))
    #expect(error.what.contains("pair \(pairs[2].id): y⁺ and y⁻ are the same text"))
    #expect(!FileFacts.exists(scratch.path))
    let none = RunPlan(settings: testSettings(.dpo), pairs: [], folder: RunFolder(scratch.path))
    #expect(throws: TrainerError.noPairs) { try run(none) }
    var short = testSettings(.dpo)
    short.maxLength = 2
    let cut = try #require(throws: TrainerError.self) { try run(short, in: scratch.path) }
    #expect(cut.what.contains("the answer alone fills the limit of 2 tokens"))
  }

  @Test func `the forecast of memory grows with the batch`() throws {
    func beyondOnePair(_ batch: Int, _ order: PairOrder) throws -> Int {
      let scratch = RunScratch()
      var settings = testSettings(.dpo)
      (settings.batch, settings.order) = (batch, order)
      let run = try OpenedRun(
        RunPlan(
          settings: settings, pairs: try recordedPairs(), folder: RunFolder(scratch.path)),
        observe: { _ in })
      return try Preflight.beyond(run.prepared.tokens[run.prepared.longest].tree, run)
    }
    let alone = try beyondOnePair(1, .file)
    let three = try beyondOnePair(3, .file)
    let all = try beyondOnePair(6, .file)
    #expect(alone < three && three < all)
    #expect(try beyondOnePair(6, .shuffle) == all)
  }
}

@Suite struct TrainerErrorTests {
  /// Every sentence once.
  @Test(arguments: [
    (
      TrainerError.noPairs,
      "there are no pairs to train on (pairs): approve pairs in the workbench first, or give --pairs FILE",
      ExitCode.badData
    ),
    (
      .badPairRow(file: "f", line: 3, reason: "not JSON"), "not JSON (f, line 3): correct the row",
      .badData
    ),
    (
      .badPairs(count: 1, first: ["pair 1: y⁺ is empty"]),
      "1 pair cannot be trained on: pair 1: y⁺ is empty (pairs): correct or un-approve them; --max-length N cuts long questions",
      .badData
    ),
    (
      .badPairs(count: 12, first: ["a", "b"]),
      "12 pairs cannot be trained on: a; b; … (pairs): correct or un-approve them; --max-length N cuts long questions",
      .badData
    ),
    (
      .noEndToken(model: "m"),
      "the model names no end-of-sequence token (m): add eos_token_id to config.json", .badData
    ),
    (
      .folderTaken(path: "r"),
      "there is a run in this folder already (r): give --resume to continue it, or another --out",
      .cannotCreate
    ),
    (
      .folderLocked(path: "r", holder: "process 7"),
      "another run works in this folder (process 7) (r): wait for it, or give another --out",
      .tryAgain
    ),
    (
      .notARun(path: "r", reason: "run.json is missing"),
      "this is not a run folder: run.json is missing (r): give the folder of a run", .cannotCreate
    ),
    (
      .noCheckpoint(path: "r"),
      "there is no valid checkpoint to resume from (r): start the run again without --resume in a new folder",
      .missingInput
    ),
    (
      .changed(path: "r", differences: ["beta was 1 and is 2", "the model changed"]),
      "the run was started with something else: beta was 1 and is 2; the model changed (r): start a new run, or give --force and accept that it is not bit-exact",
      .badData
    ),
    (
      .nonFinite(update: 4, learningRate: 0.5, pairs: [1, 2], tensor: "the loss"),
      "a number of the loss is not finite; the step was not taken at update 4, learning rate 0.5, pairs 1, 2 (training): look at these pairs, lower --lr, and give --resume to continue from the last checkpoint",
      .badData
    ),
    (
      .diverged(update: 9, loss: 50, median: 1),
      "the loss stayed over ten times its median for 20 updates (now 50.0, median 1.0) at update 9 (training): lower --lr or raise --warmup; --resume continues from the checkpoint",
      .badData
    ),
    (
      .badProbe(file: "p", line: 2, reason: "no problems"),
      "no problems (p, line 2): give rows of {\"question\", \"answer\", \"suite\"} or a plain text file",
      .badData
    ),
  ])
  func `a refusal is one sentence`(error: TrainerError, sentence: String, code: ExitCode) {
    #expect(error.sentence == sentence)
    #expect(error.exitCode == code)
  }
}
