// Metrics lines, states and records of runs: both directions, and what other engines leave out.

import Testing

@testable import LancetCore

@Suite struct RunMetricsTests {
  @Test func `an update survives its line to the last bit`() throws {
    var update = UpdateMetrics(step: 7)
    for (index, figure) in RunFigure.all.enumerated() {
      update[keyPath: figure.path] = 0.1 + Double(index) / 3
    }
    update.tokens = 1234
    update.microBatches = [
      [PairReward(pair: 4, chosen: 0.5, rejected: -0.25)],
      [
        PairReward(pair: 9, chosen: 1, rejected: 2), PairReward(pair: 2, chosen: 3, rejected: 4),
      ],
    ]
    let line = try JSON.parse(update.json.serialized())
    #expect(UpdateMetrics(json: line) == update)
    #expect(update.pairCount == 3 && update.pairs.map(\.pair) == [4, 9, 2])
  }

  @Test func `a line has the keys of the contract`() {
    let keys = Set(UpdateMetrics(step: 1).json.object?.map(\.key) ?? [])
    for key in [
      "step", "epoch", "loss", "delta", "rewards/chosen", "rewards/rejected", "rewards/margins",
      "rewards/accuracies", "logps/chosen", "logps/rejected", "grad_norm", "learning_rate",
      "tokens", "tokens_per_second", "pairs_per_second",
    ] {
      #expect(keys.contains(key))
    }
  }

  @Test func `a line with missing and odd numbers becomes an update`() throws {
    var news = RunNews()
    news.take(
      try JSON.parse(
        #"{"step":3,"loss":null,"rewards/chosen":0.5,"pairs":[[7,8],[9]],"pair_rewards_chosen":[1,2,3]}"#
      ))
    news.take(try JSON.parse(#"{"step":3,"probe":{"OOD":{"accuracy":null,"log_loss":2}}}"#))
    news.take(try JSON.parse(#"{"note":"neither"}"#))
    let update = try #require(news.updates.first)
    #expect(update.step == 3 && update.loss.isNaN && update.rewardChosen == 0.5)
    #expect(update.pairs.map(\.pair) == [7, 8, 9] && update.pairs[2].chosen == 3)
    #expect(update.pairs[0].rejected.isNaN && update.microBatches.count == 2)
    #expect(news.updates.count == 1 && news.probes.count == 1)
    #expect(news.probes[0].suites[0].accuracy == nil && news.probes[0].suites[0].logLoss == 2)
  }

  @Test func `a flat list of pairs is one micro-batch`() throws {
    let update = UpdateMetrics(json: try JSON.parse(#"{"step":1,"pairs":[5,6]}"#))
    #expect(update?.microBatches.map { $0.map(\.pair) } == [[5, 6]])
  }

  @Test func `a probe survives its line`() throws {
    let probe = ProbeResult(
      step: 10,
      suites: [
        SuiteResult(suite: "OOD", right: 3, total: 4, logLoss: 1.25, kl: 0.5),
        SuiteResult(suite: "text", right: 0, total: 0, logLoss: 2, kl: nil),
      ])
    #expect(probe.suites[0].accuracy == 0.75 && probe.suites[1].accuracy == nil)
    #expect(ProbeResult(json: try JSON.parse(probe.json.serialized())) == probe)
  }
}

@Suite struct RunRecordTests {
  @Test(arguments: [
    (RunStage?.some(.running), true, RunCondition.running), (.running, false, .died),
    (.preparing, false, .died), (.paused, true, .paused), (.stopped, true, .stopped),
    (.done, false, .done), (.failed, false, .failed), (nil, true, .preparing),
    (nil, false, .died),
  ])
  func `a run that says it works and has no process has died`(
    stage: RunStage?, isAlive: Bool, condition: RunCondition
  ) {
    #expect(RunCondition(stage: stage, isAlive: isAlive) == condition)
    #expect(condition.isAlive == (isAlive && condition != .stopped))
  }

  @Test func `a state survives its file, and an unknown stage is no state`() throws {
    let state = RunState(
      stage: .paused, step: 3, steps: 9, process: 77, message: "waits", peakMemory: 1 << 20)
    #expect(RunState(json: try JSON.parse(state.json.serialized())) == state)
    #expect(RunState(json: try JSON.parse(#"{"state":"asleep","step":1,"steps":2}"#)) == nil)
  }

  @Test func `a row of lancet runs has the settings that tell runs apart`() {
    var settings = RunSettings(model: "/m")
    settings.objective = .dpo
    let record = RunRecord(
      path: "/s.runs/0012-dpo", settings: settings,
      state: RunState(stage: .running, step: 1, steps: 4), isAlive: true, pairs: 2,
      referenceChosen: -10)
    #expect(record.number == 12 && record.progress == 0.25 && record.headroom == 1)
    #expect(record.json["state"]?.string == "running" && record.json["beta"]?.double == 0.1)
    #expect(record.json["objective"]?.string == "dpo" && record.trained == nil)
  }
}

@Suite struct HeadroomTests {
  @Test func `a small headroom proposes a β that gives about two`() {
    let headroom = Headroom(beta: 0.1, meanLogProb: -5.5)
    #expect(!headroom.isEnough && headroom.proposedBeta == 0.4)
    #expect(headroom.sentence.contains("0.55") && headroom.sentence.contains("β 0.4"))
    #expect(Headroom(beta: 0.1, meanLogProb: -30).isEnough)
    #expect(Headroom(beta: 0.1, meanLogProb: 0).proposedBeta == nil)
  }

  @Test(arguments: [0.07, 0.3, 0.6, 0.7, 2, 3, 30, 0.001])
  func `a β that fits exactly is proposed as it is`(beta: Double) {
    #expect(Headroom(beta: 1, meanLogProb: -2 / beta).proposedBeta == beta)
  }
}
