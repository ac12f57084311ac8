// Names that two modules spell for themselves, because neighbours do not know each other, are the same names.

import LancetCLI
import LancetTrainer
import Testing

@testable import lancet

@Suite struct NamesTests {
  @Test
  func `the command line and the trainer know the same objectives, schedules, orders and rules`() {
    #expect(ObjectiveName.allCases.map(\.rawValue) == Objective.allCases.map(\.rawValue))
    #expect(ScheduleName.allCases.map(\.rawValue) == Schedule.Shape.allCases.map(\.rawValue))
    #expect(PairOrder.allCases.map(\.rawValue) == PairOrderPlan.Order.allCases.map(\.rawValue))
    #expect(EndOfTurn.allCases.map(\.rawValue) == EndOfTurnRule.allCases.map(\.rawValue))
  }

  @Test func `numbers for people have four digits`() {
    #expect(short(0) == "0")
    #expect(short(1.386294) == "1.386")
    #expect(short(-267.45678) == "-267.5")
    #expect(short(.nan) == "nan")
  }
}
