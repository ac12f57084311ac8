// Runs on the small recorded model: started, stopped and resumed in this process.

import Foundation
import LancetCore
import LancetModel
import LancetSystem

@testable import LancetTrainer

let recorded = (#filePath as NSString).deletingLastPathComponent + "/Recorded"

/// A run's folder that goes away with the test.
final class RunScratch {
  let path = NSTemporaryDirectory() + "lancet-trl-" + UUID().uuidString
  deinit { try? FileManager.default.removeItem(atPath: path) }
}

func testSettings(_ objective: Objective) -> RunSettings {
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

func recordedPairs() throws -> [TrainingPair] {
  let bytes = try Files.read(recorded + "/tiny/pairs.jsonl")
  return try bytes.split(separator: 10).enumerated().map {
    try TrainingPair(row: try JSON.parse($1), line: $0 + 1, file: "pairs.jsonl")
  }
}

/// Takes a plan to its end, or asks it to stop.
@discardableResult
func run(
  _ plan: RunPlan, stopAfter: Int = .max
) throws -> (updates: [UpdateMetrics], summary: RunSummary, said: [String]) {
  // The run asks and tells on this thread only.
  final class Seen {
    var updates: [UpdateMetrics] = []
    var said: [String] = []
  }
  let seen = Seen()
  let run = try TrainingRun(
    plan, shouldStop: { seen.updates.count >= stopAfter },
    observe: { event in
      switch event {
      case .updated(let update): seen.updates.append(update)
      case .said(let sentence): seen.said.append(sentence)
      case .preflight, .probed: break
      }
    })
  let summary = try run.run()
  return (seen.updates, summary, seen.said)
}

@discardableResult
func run(
  _ settings: RunSettings, in path: String, stopAfter: Int = .max
) throws -> (updates: [UpdateMetrics], summary: RunSummary, said: [String]) {
  try run(
    RunPlan(settings: settings, pairs: try recordedPairs(), folder: RunFolder(path)),
    stopAfter: stopAfter)
}

/// Resumes a run as `lancet train --resume` does, with these words of a command line over its settings.
@discardableResult
func resume(
  _ path: String, _ changes: [(RunFieldID, String)] = [], pairs: [TrainingPair]? = nil,
  force: Bool = false
) throws -> (updates: [UpdateMetrics], summary: RunSummary, said: [String]) {
  var given = RunChanges()
  for (id, text) in changes { try given.take(id.field, text: text) }
  return try run(
    RunPlan(resuming: RunFolder(path), changes: given, pairs: pairs, force: force))
}
