// Notations of benchmarks: what is the same is right both ways, what is near is never right, whatever announces it.

import LancetCore
import Testing

@Suite struct GradingNotationsTests {
  @Test func `the same in another notation is right, both ways`() {
    for (gold, answer) in sameNotations {
      #expect(grade(gold: gold, answer: answer).verdict == .right, "\(gold) | \(answer)")
      #expect(grade(gold: answer, answer: gold).verdict == .right, "\(answer) | \(gold)")
      #expect(grade(gold: gold, answer: #"\boxed{\#(answer)}"#).verdict == .right, "\(answer)")
    }
  }

  @Test func `what stands near is not right, both ways`() {
    for (gold, answer) in otherNotations {
      for text in [answer, #"\boxed{\#(answer)}"#, "#### \(answer)", "<answer>\(answer)</answer>"] {
        #expect(grade(gold: gold, answer: text).verdict != .right, "\(gold) | \(text)")
      }
      #expect(grade(gold: answer, answer: gold).verdict != .right, "\(answer) | \(gold)")
    }
  }

  @Test func `sameness is reflexive and mutual over all notations`() {
    let all = (sameNotations + otherNotations).flatMap { [$0.0, $0.1] }
    for text in all { #expect(grade(gold: text, answer: text).verdict == .right, "\(text)") }
    var random = SeededRandom(seed: 41)
    for _ in 0..<3000 {
      guard let a = all.randomElement(using: &random), let b = all.randomElement(using: &random)
      else { continue }
      let forth = grade(gold: a, answer: b).verdict
      #expect((forth == .right) == (grade(gold: b, answer: a).verdict == .right), "\(a) | \(b)")
    }
  }

  @Test func `what stands near is told apart, whatever stands near`() {
    for (gold, answer, isSame) in nearNotations + changedNotations {
      #expect(
        (grade(gold: gold, answer: answer).verdict == .right) == isSame, "\(gold) | \(answer)")
    }
  }

  @Test func `a box of a part, or one that is not meant, is not right`() {
    for text in boxesOfParts {
      #expect(grade(gold: "12", answer: text).verdict != .right, "\(text)")
    }
  }

  @Test func `replies that give the answer are right`() {
    for text in repliesOfTwelve {
      #expect(grade(gold: "12", answer: text).verdict == .right, "\(text)")
    }
  }

  @Test(arguments: [
    "Hence (C) is the correct answer.", "Option C is correct.", "C is the right choice.", "所以选C。",
    "【答案】C", "So the answer is C, which says 12.",
  ])
  func `a choice that is called correct is the answer`(text: String) {
    #expect(grade(gold: "C", answer: text).verdict == .right)
    #expect(grade(gold: "B", answer: text).verdict != .right)
  }

  @Test(arguments: [
    "Option C is incorrect.", "Statement C is correct if A is.", "Is C the correct answer?",
    "C is not the correct answer.", "Neither B nor C is correct.",
  ])
  func `a choice that is not called correct is none`(text: String) {
    #expect(grade(gold: "C", answer: text).verdict != .right)
  }
}
