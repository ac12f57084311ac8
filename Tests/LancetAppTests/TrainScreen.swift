// Runs that were never run: synthetic curves for the tests of the Train screen.

import LancetCanvas
import LancetCore
import Testing

@testable import LancetApp

/// How synthetic curves go.
enum FakeCourse {
  /// r⁺ rises, r⁻ falls, probes stay.
  case learning
  /// Both rise.
  case pullUp
  /// Both fall.
  case suppression
  /// Nothing moves: the reason is in the learning rate.
  case stuck(learningRate: Double)
}

extension RunNews {
  /// So many updates of four pairs, with a probe every ten.
  static func fake(_ course: FakeCourse, updates: Int, from first: Int = 1) -> RunNews {
    var news = RunNews()
    for step in first..<(first + updates) {
      let share = Double(step) / 40
      var point = UpdateMetrics(step: step)
      switch course {
      case .learning: (point.rewardChosen, point.rewardRejected) = (share, -2 * share)
      case .pullUp: (point.rewardChosen, point.rewardRejected) = (share, 0.8 * share)
      case .suppression: (point.rewardChosen, point.rewardRejected) = (-share, -3 * share)
      case .stuck: (point.rewardChosen, point.rewardRejected) = (0, 0)
      }
      point.loss = 1.386 / (1 + share)
      point.delta = (point.rewardChosen + point.rewardRejected) / 2
      point.margin = point.rewardChosen - point.rewardRejected
      point.accuracy = 0.75
      point.logProbChosen = -20
      point.logProbRejected = -22
      point.gradientNorm = 1 + 0.1 * Double(step % 3)
      point.learningRate = 1e-4
      if case .stuck(let rate) = course { point.learningRate = rate }
      point.tether = 0.5 / (1 + share)
      point.surgery = 0.84
      point.tokensPerSecond = 1000
      point.pairsPerSecond = 10 + Double(step % 2)
      point.microBatches = [
        (1...4).map {
          PairReward(pair: $0, chosen: point.rewardChosen, rejected: point.rewardRejected)
        }
      ]
      news.updates.append(point)
    }
    for step in stride(from: first == 1 ? 0 : first + 9, through: first + updates - 1, by: 10) {
      news.probes.append(
        ProbeResult(
          step: step,
          suites: [
            SuiteResult(
              suite: "in-domain", accuracy: 0.4 + 0.002 * Double(step), logLoss: 1, kl: 0.01
            ),
            SuiteResult(suite: "OOD", accuracy: 0.933, logLoss: 0.8, kl: 0.002),
          ]))
    }
    return news
  }
}

extension RunRecord {
  /// A run of these settings.
  static func fake(
    _ number: Int, _ objective: Objective = .spotBCO, _ condition: RunCondition = .running,
    step: Int = 40, beta: Double = 1
  ) -> RunRecord {
    var settings = RunSettings(model: "/models/tiny")
    settings.objective = objective
    settings.beta = beta
    settings.learningRate = 1e-4
    settings.probes = ["/probes/math.jsonl"]
    // A run that says it works and has no process has died.
    let stage = RunStage(rawValue: condition.rawValue) ?? .running
    return RunRecord(
      path: "/runs/000\(number)-\(objective.rawValue)", settings: settings,
      state: RunState(stage: stage, step: step, steps: 100, peakMemory: 222_298_112),
      isAlive: condition.isAlive, pairs: 64, referenceChosen: -6.1)
  }
}

extension ScreenTest {
  /// The Train screen with a finished run and one at work; `approved` traces are approved first.
  static func train(
    columns: Int = 140, rows: Int = 44, course: FakeCourse = .learning, updates: Int = 40
  ) -> ScreenTest {
    var test = ScreenTest(columns: columns, rows: rows)
    test.type(":")
    test.write("rule answer = right")
    test.type("Enter Enter 4")
    test.send(
      .train(.runs([.fake(1, .dpo, .done, step: 100, beta: 0.1), .fake(2, step: updates)])))
    test.send(.train(.news("0001-dpo", .fake(.suppression, updates: 100))))
    test.send(.train(.news("0002-spot-bco", .fake(course, updates: updates))))
    return test
  }

  /// What was asked of the rim about runs.
  var trainEffects: [RunsEffect] {
    effects.compactMap { if case .runs(let effect) = $0 { effect } else { nil } }
  }

  /// The value of a line of the form.
  func form(_ id: RunFieldID) -> String? { state.train.form?.text(id) }
}
