// Whole updates against TRL 0.20.0. `Recorded/` was made by `Tests/Peers/trl_parity.py --record`: a small random Qwen3
// folder, six pairs, and every figure of four updates for three objectives.

import Foundation
import LancetCore
import LancetModel
import LancetSystem
import Testing

@testable import LancetTrainer

@Suite(.serialized) struct TRLTests {
  @Test(arguments: [Objective.spotBCO, .dpo, .sftPlus])
  func `every figure of every update is TRL's`(objective: Objective) throws {
    let all = try JSON.parse(try Files.read(recorded + "/trl.json"))
    let expected = try #require(all[objective.rawValue]?.array)
    let scratch = RunScratch()
    let updates = try run(testSettings(objective), in: scratch.path).updates
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

  @Test func `rewards are zero before the first step`() throws {
    let scratch = RunScratch()
    let first = try #require(try run(testSettings(.spotBCO), in: scratch.path).updates.first)
    #expect(abs(first.rewardChosen) < 1e-5 && abs(first.rewardRejected) < 1e-5)
    #expect(first.tether == 0.5 || abs(first.tether - 0.5) < 1e-4)
    // Later tokens that both answers share carry weight too, since what stands before them differs.
    #expect(first.surgery > 0 && first.surgery < 1)
  }
}
