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
    throw UsageError.missingOption("train", command: "train")
  }
  return options
}

/// Settings of which none is a default.
private func unusual(_ objective: String) -> TrainSettings {
  var settings = TrainSettings(model: "/models/a b")
  settings.objective = objective
  settings.beta = 0.37
  settings.learningRate = 3.3e-7
  settings.epochs = 2.5
  settings.batch = 3
  settings.accumulate = 7
  settings.warmup = 0.125
  settings.schedule = "linear"
  settings.delta = "ema:0.9"
  settings.clip = 0.75
  settings.weightDecay = 0.02
  settings.seed = 42
  settings.order = "shuffle"
  settings.endOfTurn = "template"
  settings.probes = ["/p/one.jsonl", "/p/two.txt"]
  settings.probeEvery = 9
  settings.checkpointEvery = 11
  return settings
}

@Test(arguments: Objective.allCases.map(\.rawValue))
func `what is chosen in the form is what the trainer is told`(objective: String) throws {
  let settings = unusual(objective)
  let words = RunStarter.arguments(settings, session: "s.lancet", folder: "s.runs/0001")
  let options = try parsed(words)
  #expect(options.model == "/models/a b" && options.out == "s.runs/0001" && !options.resume)
  #expect(TrainSettings(RunSettings(options), model: options.model) == settings)
}

@Test func `updates go in the place of epochs`() throws {
  var settings = unusual("dpo")
  settings.updates = 17
  settings.epochs = 2
  let options = try parsed(RunStarter.arguments(settings, session: "s", folder: "f"))
  #expect(RunSettings(options).updates == 17 && options.epochs == nil)
}

@Test func `a resumed run is told exactly what is in its folder`() throws {
  var settings = RunSettings(
    try parsed(RunStarter.arguments(unusual("spot-bco"), session: "s", folder: "f")))
  settings.threads = 3
  settings.maxLength = 512
  settings.recompute = true
  let words = RunStarter.resuming(settings, model: "/m", session: "s", folder: "f", force: true)
  let options = try parsed(words)
  #expect(RunSettings(options) == settings)
  #expect(options.resume && options.force && options.json)
}

@Test func `the form counts the updates the trainer takes`() {
  for (batch, accumulate, epochs) in [(4, 1, 2.0), (4, 3, 1.5), (32, 1, 0.3), (1, 64, 3)] {
    for pairs in [1, 2, 31, 64, 65] {
      var settings = TrainSettings(model: "/m")
      (settings.batch, settings.accumulate, settings.epochs) = (batch, accumulate, epochs)
      var run = RunSettings()
      (run.batch, run.accumulate, run.epochs) = (batch, accumulate, epochs)
      #expect(settings.totalUpdates(pairs: pairs) == run.totalUpdates(pairs: pairs))
    }
  }
}

@Test func `a metrics line with missing and odd numbers becomes a point`() throws {
  let line = try JSON.parse(
    #"{"step":3,"loss":null,"rewards/chosen":0.5,"pairs":[[7,8],[9]],"pair_rewards_chosen":[1,2,3]}"#
  )
  var news = MetricsNews()
  news.lines = [
    line, try JSON.parse(#"{"step":3,"probe":{"OOD":{"accuracy":null,"log_loss":2}}}"#),
  ]
  let points = RunNews(news)
  let update = try #require(points.updates.first)
  #expect(update.step == 3 && update.loss.isNaN && update.rewardChosen == 0.5)
  #expect(update.pairs.map(\.pair) == [7, 8, 9] && update.pairs[2].chosen == 3)
  #expect(update.pairs[0].rejected.isNaN)
  #expect(points.probes.first?.suites.first?.accuracy == nil)
  #expect(points.probes.first?.suites.first?.logLoss == 2)
}
