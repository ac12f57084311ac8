// The settings of a run: the paper's defaults, every spelling read back, and what is impossible refused by name.

import Testing

@testable import LancetCore

@Suite struct RunSettingsTests {
  @Test func `a run has the paper's defaults`() {
    let settings = RunSettings(model: "m")
    #expect(settings.objective == .spotBCO && settings.beta == 0.1)
    #expect(settings.learningRate == 1e-6 && settings.epochs == 2 && settings.updates == nil)
    #expect(settings.warmup == 0.05 && settings.schedule == .cosine && settings.clip == 1)
    #expect(settings.weightDecay == 0.01 && settings.shift == .mean && settings.order == .file)
    #expect(settings.endOfTurn == .trl && settings.maxLength == nil && settings.threads == nil)
    #expect((settings.adamBeta1, settings.adamBeta2) == (0.9, 0.95))
  }

  @Test func `the keys of run json stay as they are`() {
    let keys = Set(RunSettings().json.object?.map(\.key) ?? [])
    #expect(
      keys.isSuperset(of: [
        "accumulate", "adam_beta1", "adam_beta2", "adam_epsilon", "batch", "beta",
        "checkpoint_every", "clip", "delta", "end_of_turn", "epochs", "learning_rate",
        "max_length", "objective", "order", "probe_every", "probe_files", "recompute", "schedule",
        "seed", "threads", "updates", "warmup", "weight_decay",
      ]))
  }

  @Test func `settings survive run json to the last bit`() throws {
    var settings = RunSettings(model: "/m")
    settings.beta = 0.1 + 0.2
    settings.shift = .ema(0.95)
    settings.updates = 12
    settings.maxLength = 512
    settings.seed = .max
    settings.probes = ["a, b", "c"]
    settings.recompute = true
    let run = JSON.object([.init("model", .string("/m")), .init("settings", settings.json)])
    #expect(RunSettings(run: try JSON.parse(run.serialized(pretty: true))) == settings)
  }

  @Test func `a run from before a setting existed has its default`() throws {
    let old = try JSON.parse(#"{"settings":{"objective":"dpo","beta":1}}"#)
    let settings = try #require(RunSettings(run: old))
    #expect(settings.objective == .dpo && settings.beta == 1 && settings.checkpointEvery == 50)
  }

  @Test(arguments: [
    (#"{"objective":"kto"}"#, RunFieldID.objective), ("{}", .objective),
    (#"{"objective":"dpo","batch":0}"#, .batch), (#"{"objective":"dpo","beta":"x"}"#, .beta),
    (#"{"objective":"dpo","delta":"ema:1"}"#, .delta),
    (#"{"objective":"dpo","probe_files":[1]}"#, .probes),
    (#"{"objective":"dpo","seed":-1}"#, .seed),
  ])
  func `an impossible value in run json is refused by its name`(
    text: String, field: RunFieldID
  ) throws {
    let json = try JSON.parse(text)
    let problem = try #require(throws: RunFieldProblem.self) { try RunSettings(json: json) }
    #expect(problem.field == field && !problem.expected.isEmpty)
  }

  @Test(arguments: RunFieldID.allCases)
  func `every setting reads back what it writes, as text and as JSON`(id: RunFieldID) throws {
    var settings = RunSettings(model: "/m")
    settings.updates = 3
    settings.probes = ["a", "b"]
    settings.shift = .ema(0.5)
    settings.learningRate = 3.3e-7
    var copy = RunSettings(model: "/other")
    try id.field.set(&copy, text: id.field.text(settings))
    #expect(id.field.json(copy) == id.field.json(settings))
    try id.field.set(&copy, json: id.field.json(settings))
    #expect(id.field.text(copy) == id.field.text(settings))
    #expect(throws: RunFieldProblem.self) { try id.field.set(&copy, json: .object([])) }
  }

  @Test func `what is given last stands over what was there`() throws {
    var changes = RunChanges()
    try changes.take(RunFieldID.epochs.field, text: "3")
    try changes.take(RunFieldID.probes.field, json: .array([.string("p")]))
    var before = RunSettings(model: "/m")
    before.updates = 9
    before.beta = 0.5
    let after = changes.over(before)
    #expect(after.updates == nil && after.epochs == 3 && after.beta == 0.5)
    #expect(after.probes == ["p"] && after.model == "/m")
    #expect(throws: RunFieldProblem.self) { try changes.take(RunFieldID.beta.field, text: "nan") }
    #expect(!changes.has(.beta))
  }

  @Test func `the length of a run counts short last windows`() {
    var settings = RunSettings()
    #expect(settings.totalUpdates(pairs: 64) == 32)
    (settings.batch, settings.accumulate, settings.epochs) = (4, 3, 1.5)
    // 64 pairs are 16 batches, 6 updates an epoch with a short last one.
    #expect(settings.totalUpdates(pairs: 64) == 9)
    #expect(settings.totalUpdates(pairs: 0) == 0 && settings.pairsPerUpdate == 12)
    settings.epochs = 1e-6
    #expect(settings.totalUpdates(pairs: 64) == 1)
    settings.updates = 7
    #expect(settings.totalUpdates(pairs: 64) == 7)
    (settings.batch, settings.accumulate) = (.max, 2)
    #expect(settings.pairsPerUpdate == .max)
  }

  @Test func `only what changes a number makes another run`() {
    var old = RunSettings(model: "/m")
    old.objective = .dpo
    func differences(_ change: (inout RunSettings) -> Void) -> [String] {
      var new = old
      change(&new)
      return new.differences(from: old, pairs: 8)
    }
    #expect(differences { $0.model = "/moved" } == [])
    #expect(differences { ($0.probeEvery, $0.checkpointEvery) = (1, 2) } == [])
    #expect(differences { ($0.probes, $0.recompute) = (["p"], true) } == [])
    // The order is the file's, so no seed is asked; dpo has no shift.
    #expect(differences { ($0.seed, $0.shift) = (7, .zero) } == [])
    #expect(differences { $0.beta = 0.5 } == ["beta was 0.1 and is 0.5"])
    #expect(differences { $0.objective = .spotBCO } == ["objective was dpo and is spot-bco"])
    #expect(
      differences { ($0.order, $0.seed) = (.shuffle, 7) } == [
        "seed was 0 and is 7", "order was file and is shuffle",
      ])
    // Eight pairs in fours are two updates an epoch: four updates are the same two epochs.
    #expect(differences { $0.updates = 4 } == [])
    #expect(differences { $0.updates = 5 } == ["updates was by epochs and is 5"])
    #expect(differences { $0.epochs = 3 } == ["epochs was 2 and is 3"])
    #expect(differences { $0.epochs = 1.9 } == [])
  }

  @Test func `a run that cannot learn says why`() {
    var settings = RunSettings()
    #expect(settings.causeOfStandstill(updates: 1)?.contains("--warmup 0") == true)
    #expect(settings.causeOfStandstill(updates: 2) == nil)
    settings.warmup = 0
    #expect(settings.causeOfStandstill(updates: 1) == nil)
    settings.learningRate = 0
    #expect(settings.causeOfStandstill(updates: 9)?.contains("learning rate is 0") == true)
  }

  @Test func `numbers are written as a person types them`() {
    #expect(plain(1e-6) == "1e-6" && plain(2) == "2" && plain(0.1) == "0.1")
    #expect(plain(1e20) == "1e+20" && plain(.infinity) == "inf")
  }

  @Test(arguments: [ShiftRule.mean, .ema(0.8), .zero])
  func `a shift rule is spelled one way`(rule: ShiftRule) {
    #expect(ShiftRule(text: rule.text) == rule)
  }
}
