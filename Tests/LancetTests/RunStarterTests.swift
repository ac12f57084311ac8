// A run started or resumed from the Train screen is the run that the command line would make of the same words.
import LancetApp
import LancetCLI
import LancetCore
import Testing

@testable import LancetTrainer
@testable import lancet

/// The settings that the command line reads from these words.
private func parsed(_ words: [String]) throws -> TrainOptions {
  guard case .train(let options) = try Command(arguments: words) else {
    throw UsageError.unknownCommand("train", closest: nil)
  }
  return options
}

/// Settings of which none is a default.
private func unusual(_ objective: Objective) -> RunSettings {
  var settings = RunSettings(model: "/models/a b")
  settings.objective = objective
  settings.beta = 0.37
  settings.learningRate = 3.3e-7
  settings.epochs = 2.5
  settings.batch = 3
  settings.accumulate = 7
  settings.warmup = 0.125
  settings.schedule = .linear
  settings.shift = .ema(0.9)
  settings.clip = 0.75
  settings.weightDecay = 0.02
  settings.seed = 42
  settings.order = .shuffle
  settings.endOfTurn = .template
  settings.maxLength = 512
  settings.recompute = true
  settings.threads = 3
  settings.probes = ["/p/one, two.jsonl", "/p/two.txt"]
  settings.probeEvery = 9
  settings.checkpointEvery = 11
  return settings
}

@Test(arguments: Objective.allCases)
func `what is chosen in the form is what the trainer is told`(objective: Objective) throws {
  let settings = unusual(objective)
  let words = RunStarter.arguments(settings, session: "s.lancet", folder: "s.runs/0001")
  let options = try parsed(words)
  #expect(options.out == "s.runs/0001" && options.json && !options.resume)
  #expect(options.settings == settings)
}

@Test func `updates go in the place of epochs`() throws {
  var settings = unusual(.dpo)
  settings.updates = 17
  let options = try parsed(RunStarter.arguments(settings, session: "s", folder: "f"))
  #expect(options.settings.updates == 17 && options.settings.epochs == 2)
}

@Test func `a resumed run is told its folder and nothing else, which knows the rest`() throws {
  let options = try parsed(RunStarter.resuming(folder: "s.runs/0001", force: true))
  #expect(options.out == "s.runs/0001" && options.resume && options.force && options.json)
  #expect(options.given == RunChanges() && options.pairs == nil)
}
