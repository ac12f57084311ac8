// Whole updates against TRL 0.20.0. `Recorded/` was made by `Tests/Peers/trl_parity.py --record`: a small random Qwen3
// folder, six pairs, and every figure of four updates for three objectives.

import Foundation
import LancetCore
import LancetModel
import LancetSystem
import Testing

@testable import LancetTrainer

private let recorded = (#filePath as NSString).deletingLastPathComponent + "/Recorded"

/// A run's folder that goes away with the test.
private final class RunScratch {
  let path = NSTemporaryDirectory() + "lancet-trl-" + UUID().uuidString
  deinit { try? FileManager.default.removeItem(atPath: path) }
}

private func settings(_ objective: Objective) -> RunSettings {
  var settings = RunSettings(model: recorded + "/tiny/model")
  settings.objective = objective
  settings.learningRate = 1e-3
  settings.updates = 4
  settings.batch = 2
  settings.accumulate = objective == .spotBCO ? 2 : 1
  settings.warmup = 0.25
  settings.threads = 1
  return settings
}

private func pairs() throws -> [TrainingPair] {
  let bytes = try Files.read(recorded + "/tiny/pairs.jsonl")
  return try bytes.split(separator: 10).enumerated().map {
    try TrainingPair(row: try JSON.parse($1), line: $0 + 1, file: "pairs.jsonl")
  }
}

private func run(
  _ settings: RunSettings, in path: String, resume: Bool = false, stopAfter: Int = .max
) throws -> (updates: [UpdateMetrics], summary: RunSummary) {
  // The run asks and tells on this thread only.
  final class Seen { var updates: [UpdateMetrics] = [] }
  let seen = Seen()
  let run = try TrainingRun(
    settings: settings, pairs: try pairs(), folder: RunFolder(path), resume: resume, force: false,
    shouldStop: { seen.updates.count >= stopAfter },
    observe: { if case .updated(let update) = $0 { seen.updates.append(update) } })
  let summary = try run.run()
  return (seen.updates, summary)
}

@Suite(.serialized) struct TRLTests {
  @Test(arguments: [Objective.spotBCO, .dpo, .sftPlus])
  func `every figure of every update is TRL's`(objective: Objective) throws {
    let all = try JSON.parse(try Files.read(recorded + "/trl.json"))
    let expected = try #require(all[objective.rawValue]?.array)
    let scratch = RunScratch()
    let updates = try run(settings(objective), in: scratch.path).updates
    #expect(updates.count == expected.count)
    for (update, line) in zip(updates, expected) {
      func number(_ key: String) throws -> Double { try #require(line[key]?.double) }
      func near(_ a: Double, _ b: Double, _ relative: Double) -> Bool {
        abs(a - b) <= relative * max(abs(b), 1e-12)
      }
      #expect(near(update.logProbChosen, try number("logps/chosen"), 1e-4))
      #expect(near(update.logProbRejected, try number("logps/rejected"), 1e-4))
      #expect(near(update.loss, try number("loss"), 1e-3))
      #expect(near(update.gradientNorm, try number("grad_norm"), 5e-3))
      #expect(abs(update.rewardChosen - (try number("rewards/chosen"))) < 5e-3)
      #expect(abs(update.rewardRejected - (try number("rewards/rejected"))) < 5e-3)
      #expect(abs(update.delta - (try number("delta"))) < 5e-3)
      #expect(near(update.learningRate, try number("learning_rate"), 1e-6))
    }
  }

  @Test func `a run that was stopped and resumed ends with the same bytes`() throws {
    let whole = RunScratch()
    let cut = RunScratch()
    var settings = settings(.spotBCO)
    settings.order = .shuffle
    _ = try run(settings, in: whole.path)
    let first = try run(settings, in: cut.path, stopAfter: 2)
    #expect(first.summary.end == .interrupted)
    #expect(first.summary.model == nil)
    let second = try run(settings, in: cut.path, resume: true)
    #expect(second.updates.map(\.step) == [3, 4])
    for file in ["moment1.f32", "moment2.f32", "parameters.f32", "state.json"] {
      let name = "/checkpoints/step-000000004/" + file
      #expect(
        try Files.read(whole.path + name) == (try Files.read(cut.path + name)))
    }
    let weights = "/model/model.safetensors"
    #expect(
      try Files.read(whole.path + weights) == (try Files.read(cut.path + weights)))
  }

  @Test func `a resumed run with another setting is refused in words`() throws {
    let scratch = RunScratch()
    _ = try run(settings(.dpo), in: scratch.path, stopAfter: 1)
    var changed = settings(.dpo)
    changed.beta = 0.2
    let error = try #require(throws: TrainerError.self) {
      _ = try run(changed, in: scratch.path, resume: true)
    }
    #expect(error.sentence.contains("beta was 0.1 and is 0.2"))
  }

  @Test func `a folder with a run in it is not overwritten`() throws {
    let scratch = RunScratch()
    _ = try run(settings(.dpo), in: scratch.path, stopAfter: 1)
    #expect(throws: TrainerError.folderTaken(path: scratch.path)) {
      _ = try run(settings(.dpo), in: scratch.path)
    }
  }

  @Test func `rewards are zero before the first step`() throws {
    let scratch = RunScratch()
    let first = try #require(try run(settings(.spotBCO), in: scratch.path).updates.first)
    #expect(abs(first.rewardChosen) < 1e-5 && abs(first.rewardRejected) < 1e-5)
    #expect(first.tether == 0.5 || abs(first.tether - 0.5) < 1e-4)
    // Later tokens that both answers share carry weight too, since what stands before them differs.
    #expect(first.surgery > 0 && first.surgery < 1)
  }
}
