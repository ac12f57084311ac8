// Corrections of chains that are told in words: what was left as it was, in front of what follows from it, is seen.

import Testing

@testable import LancetCore

/// A story told in words and sums, with one slip that is carried on; the corrected text beside it.
private struct Story {
  var question: String
  var minus: String
  var plus: String
  var answer: Int

  init?(_ random: inout SeededRandom) {
    let sums = SlippedSums(&random)
    question = "He starts with \(sums.start)." + sums.told
    let (wrong, right) = sums.end
    // Where the slip undoes its own operation in words alone ("2610 … leaves him with 2610"), an answer of 2601 cannot be told
    // from one that was patched on: it is refused until a person gives a reason.
    guard wrong != right,
      sums.sums.allSatisfy({
        $0.wrong.result > 2 && $0.right.result > 2 && $0.wrong.result != $0.wrong.left
      })
    else { return nil }
    var (old, new): ([String], [String]) = ([], [])
    for sum in sums.sums {
      let way = Int.random(in: 0..<6, using: &random)
      old.append(Self.line(way, sum.wrong.left, sum.sign, sum.operand, sum.wrong.result))
      new.append(Self.line(way, sum.right.left, sum.sign, sum.operand, sum.right.result))
    }
    answer = right
    let end = ["Answer: ", "#### ", "The answer is "].randomElement(using: &random) ?? ""
    func close(_ value: Int) -> String { "\nSo he ends up with \(value) marbles.\n\(end)\(value)" }
    minus = old.joined(separator: "\n") + close(wrong)
    plus = new.joined(separator: "\n") + close(right)
  }

  private static func line(
    _ way: Int, _ left: Int, _ sign: String, _ k: Int, _ result: Int
  ) -> String {
    switch way {
    case 0: "After that he has \(result) marbles."
    case 1: "This leaves him with \(result) of them."
    case 2: "\(left) \(sign) \(k) = \(result), so he has \(result) marbles."
    case 3: "Now there are \(result) marbles in the bag."
    case 4: "So the number of marbles is \(result)."
    default: "He counts \(result) marbles, because \(left) \(sign) \(k) = \(result)."
    }
  }
}

@Suite struct `Stories with values left out` {
  /// Of any subset of decisions only the whole correction may be approved; the whole one always may.
  @Test(arguments: 0..<20)
  func `are never approvable, whole ones always`(seed: UInt64) {
    var random = SeededRandom(seed: (seed + 1) &* 0x9E37_79B9_7F4A_7C15)
    for _ in 0..<50 {
      guard let story = Story(&random) else { continue }
      let start = review(
        story.minus, story.plus, question: story.question, answer: "\(story.answer)")
      let judge = CoherenceJudge(start.input)
      let rules = ApprovalRules(gamma: 1)
      func found(_ kept: [Int]) -> (correction: String, refusals: [Refusal]) {
        var review = start
        for hunk in start.hunks {
          review.apply(.decide(hunk.key, kept.contains(hunk.number) ? .accepted : .rejected))
        }
        return (review.correction, rules.refusals(review, Assessment(review), judge: judge))
      }
      let numbers = start.hunks.map(\.number)
      #expect(found(numbers).refusals.isEmpty, "\(story.minus)\n->\n\(story.plus)")
      var subsets = numbers.prefix(6).map { left in numbers.filter { $0 != left } }
      for _ in 0..<3 { subsets.append(numbers.filter { _ in Bool.random(using: &random) }) }
      for kept in subsets {
        let mixed = found(kept)
        guard mixed.correction != story.plus else { continue }
        #expect(!mixed.refusals.isEmpty, "\(story.minus)\n->\n\(mixed.correction)")
      }
    }
  }

  @Test func `a value that goes with another is named with it`() {
    var state = review(
      "She buys 22 apples.\nAfter eating 6 she has 16 apples.\nAnswer: 16",
      "She buys 20 apples.\nAfter eating 6 she has 14 apples.\nAnswer: 14",
      question: "5 bags of 4, eats 6", answer: "14")
    for (index, hunk) in state.hunks.enumerated() {
      state.apply(.decide(hunk.key, index == 0 ? .rejected : .accepted))
    }
    let sentences = ApprovalRules(gamma: 1).refusals(state, Assessment(state)).map(\.sentence)
    #expect(sentences == ["step 2 has 14, which goes with 20, but step 1 has 22"])
  }

  @Test func `a change that nothing follows from may be left out`() {
    var state = review(
      "The year is 1999.\nSo 5 * 4 = 22 apples.\nAnswer: 22",
      "The year is 2024.\nSo 5 * 4 = 20 apples.\nAnswer: 20",
      question: "5 bags of 4", answer: "20")
    for (index, hunk) in state.hunks.enumerated() {
      state.apply(.decide(hunk.key, index == 0 ? .rejected : .accepted))
    }
    #expect(ApprovalRules(gamma: 1).refusals(state, Assessment(state)).isEmpty)
  }
}
