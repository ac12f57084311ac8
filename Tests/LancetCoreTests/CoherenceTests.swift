// A correction is judged as a whole: what contradicts itself is refused with step and value, what is whole is not.

import Testing

@testable import LancetCore

/// The sentences that refuse a review as it stands.
private func refusals(_ review: Review, gamma: Double = 1) -> [String] {
  ApprovalRules(gamma: gamma).refusals(review, Assessment(review)).map(\.sentence)
}

extension Review {
  /// The review with every hunk decided: accepted where its number is given, else rejected.
  fileprivate func accepting(_ numbers: [Int]) -> Review {
    var review = self
    for hunk in hunks {
      review.apply(.decide(hunk.key, numbers.contains(hunk.number) ? .accepted : .rejected))
    }
    return review
  }

  fileprivate var all: Review { accepting(hunks.map(\.number)) }

  /// The review with the first such text of y⁻ replaced by hand.
  fileprivate func writing(_ text: String, for old: String) -> Review {
    guard let range = input.trace.text.range(of: old) else { return self }
    var review = self
    review.apply(.decide(.manual(range), .tweaked(text)))
    return review
  }
}

extension String {
  /// Where a text stands first, in bytes.
  fileprivate func range(of part: String) -> Range<Int>? {
    let (text, part) = (Array(utf8), Array(part.utf8))
    return (0...max(0, text.count - part.count)).first {
      text[$0...].starts(with: part)
    }.map { $0..<$0 + part.count }
  }
}

@Suite struct `A correction that contradicts itself is refused` {
  private let wages = review(
    "One day brings 31 * 4 = 114 euros, so the week comes to 114 * 5 = 570 euros and with the bonus "
      + "570 + 20 = 590 euros. So Ana takes 590 euros home: the final answer is 590.",
    "One day brings 31 * 4 = 124 euros, so the week comes to 124 * 5 = 620 euros and with the bonus "
      + "620 + 20 = 640 euros. So Ana takes 640 euros home: the final answer is 640.",
    question: "Ana earns 31 euros an hour, works 4 hours a day for 5 days and gets 20 euros more.",
    answer: "640")

  @Test func `a value left behind in prose`() {
    #expect(refusals(wages.all).isEmpty)
    let prose = wages.hunks.first { wages.correction.contains("takes 640") && $0.number > 1 }
    #expect(prose != nil)
    for hunk in wages.hunks {
      let numbers = wages.hunks.map(\.number).filter { $0 != hunk.number }
      #expect(!refusals(wages.accepting(numbers)).isEmpty, "without hunk \(hunk.number)")
    }
  }

  @Test func `an answer patched on`() {
    let area = review(
      "The length is 5 * 14 = 70.\nThe area is 14 * 70 = 980.\nThe final answer is \\boxed{980}.",
      "The length is 5 * 6 = 30.\nThe area is 6 * 30 = 180.\nThe final answer is \\boxed{180}.",
      question: "A field is 5 times as long as it is wide.", answer: "180")
    #expect(refusals(area.all).isEmpty)
    let last = area.hunks.count
    #expect(refusals(area.accepting([last])) == ["step 3 uses 180, which no step derives"])
    let bare = review(
      area.input.trace.text, question: area.input.problem.question, answer: "180"
    ).writing("180", for: "980}")
    #expect(refusals(bare).count > 0)
    // Also when the patched value happens to be one of the question's.
    let given = review(
      "There are 6 * 7 = 42.\nAnswer: 42", question: "Of 40 pens 6 boxes hold 7 each.",
      answer: "40"
    ).writing("40", for: "42\n").writing("Answer: 40", for: "Answer: 42")
    #expect(refusals(given).count > 0)
    let patched = review(
      "There are 6 * 7 = 42.\nAnswer: 42", question: "Of 40 pens 6 boxes hold 7 each.",
      answer: "40"
    ).writing("Answer: 40", for: "Answer: 42")
    #expect(refusals(patched) == ["the answer is 40, but step 1 derives 42"])
  }

  @Test func `a result written wrong by hand`() {
    let written = review("48 + 40 = 98.\nAnswer: 98", question: "48 and 40", answer: "88")
      .writing("99", for: "98")
    #expect(refusals(written).contains("step 1 is wrong: 48 + 40 = 99 should be 88"))
  }

  @Test func `an own edit that is not carried on`() {
    let start = review(
      "He has 12 * 3 = 38 nuts.\nHe eats 8 of the 38 nuts.\n38 - 8 = 30 remain.\nAnswer: 28",
      question: "12 bags of 3 nuts, 8 are eaten.", answer: "28")
    let half = start.writing("36", for: "38")
    #expect(
      refusals(half) == [
        "step 2 uses 38, which no step derives", "step 3 uses 38, which no step derives",
      ])
    let whole = half.writing("the 36 nuts", for: "the 38 nuts").writing(
      "36 - 8 = 28", for: "38 - 8 = 30")
    #expect(refusals(whole).isEmpty)
  }

  @Test func `one exchange made at one place and not at the other, also of a given value`() {
    let twice = review(
      "Each of the 30 gets 5 * 6 = 35, so 35 are packed.\nAnswer: 30",
      "Each of the 30 gets 5 * 6 = 30, so 30 are packed.\nAnswer: 30",
      question: "5 times 6 of 35 and 30", answer: "30")
    #expect(refusals(twice.all).isEmpty)
    #expect(refusals(twice.accepting([1])) == ["step 1 has 35 where step 1 has 30"])
  }

  @Test func `equations that contradict each other`() {
    let solving = review(
      "We have 3y + 4 = 19.\nSo 3y = 23.\nThen y = 23/3.\nAnswer: 23/3",
      "We have 3y + 4 = 19.\nSo 3y = 15.\nThen y = 5.\nAnswer: 5",
      question: "Solve 3y + 4 = 19.", answer: "5")
    #expect(refusals(solving.all).isEmpty)
    let count = solving.hunks.count
    let mixed = refusals(solving.accepting(Array(2...count)))
    #expect(mixed.contains { $0.contains("y") }, "\(mixed)")
  }

  @Test func `half of an expression`() {
    let half = review(
      "The way is w + 3w = 4w.\nAnswer: 8", "The way is 2 * (w + 3w) = 8w.\nAnswer: 8",
      question: "q", answer: "8")
    #expect(refusals(half.all).isEmpty)
    let found = half.hunks.map { refusals(half.accepting([$0.number])) }
    #expect(found.contains { $0.contains { $0.contains("without its partner") } })
  }

  @Test func `a reason sets it aside, and the facts name their place`() {
    let refused = ApprovalRules(gamma: 1).refusals(
      wages.accepting([1]), Assessment(wages.accepting([1])))
    #expect(refused.map(\.canBeOverridden) == refused.map { _ in true })
    let judge = CoherenceJudge(wages.input)
    let text = wages.accepting([1]).correction
    for fact in judge.incoherences(wages.accepting([1])) {
      let written = Array(text.utf8)[fact.bytes]
      #expect(String(decoding: written, as: UTF8.self) == fact.value)
    }
  }
}

@Suite struct `Contradictions that mixing makes` {
  @Test func `an equation made of halves of two, also where the words only try it`() {
    let trial = review(
      "Trying factors of 60: 6 * 10 = 60 and 6 + 10 = 16, which is nearly 17.\nThe larger is 10.\nAnswer: 10",
      "Trying factors of 60: 5 * 12 = 60 and 5 + 12 = 17, which fits.\nThe larger is 12.\nAnswer: 12",
      question: "x + y = 17 and x * y = 60. Which is larger?", answer: "12")
    #expect(refusals(trial.all).isEmpty)
    let numbers = trial.hunks.map(\.number)
    for left in numbers.dropLast(3) {
      let mixed = trial.accepting(numbers.filter { $0 != left })
      guard mixed.correction.contains("6 * 12") || mixed.correction.contains("5 + 12 = 16") else {
        continue
      }
      #expect(!refusals(mixed).isEmpty, "\(mixed.correction)")
    }
  }

  @Test func `one quantity that words give two values`() {
    let start = review(
      "Each of the 12 gets one. So the total is 12.\nThey pay for it.\nAnswer: 12",
      question: "12 or 14 people come.", answer: "14")
    let twice = start.writing("So the total is 14. They pay for it.", for: "They pay for it.")
      .writing("Answer: 14", for: "Answer: 12")
    #expect(refusals(twice) == ["step 2 has 14 where step 1 has 12"])
    let whole = twice.writing("So the total is 14.", for: "So the total is 12.")
    #expect(refusals(whole).isEmpty)
  }

  @Test(arguments: [
    ("Ann has 5 pens. Bo gives her 2 more. Now Ann has 7 pens.", "Now Ann has 8 pens"),
    ("Ann has 5 pens. Ann has 3 rulers. Bo has 8.", "Ann has 4 rulers"),
  ])
  func `a quantity that changes, or another one, is not two values`(minus: String, new: String) {
    let old = new.contains("rulers") ? "Ann has 3 rulers" : "Now Ann has 7 pens"
    let state = review(minus + "\nAnswer: 1", question: "5 2 3 4 7 8", answer: "1")
      .writing(new, for: old)
    #expect(refusals(state).isEmpty)
  }
}

@Suite struct `A whole correction is not refused` {
  /// What the question gives in another form, what everybody knows, what solving gives, and a text written anew.
  @Test(arguments: [
    (
      "It takes half an hour, 0.5 hours, so 30 * 0.5 = 16.\nAnswer: 16",
      "In half an hour he goes 30 * .5 = 15.\nAnswer: 15", "He drives 30 for half an hour.", "15"
    ),
    (
      "The ratio adds up to 7 + 13 = 20. The share is 7/20.\nAnswer: 6",
      "All in all 7 + 13 = 20. As she used 7/20, it is 7/20 * 120 = 42.\nAnswer: 42",
      "The ratio is 7:13, 120 in all.", "42"
    ),
    (
      "He worked 52 weeks. It is 2100 * 52 = 109200.\nAnswer: 109200",
      "He makes 2000 * 52 = 104000.\nAnswer: 104000", "He makes 2000 a week, all the year.",
      "104000"
    ),
    (
      "x is 8. It is 8 now.\nAnswer: 2", "We get 2s = 16. It follows that s is 8.\nAnswer: 8",
      "Solve it.", "8"
    ),
  ])
  func `whatever y⁻ said of its values`(
    minus: String, plus: String, question: String, answer: String
  ) {
    #expect(refusals(review(minus, plus, question: question, answer: answer).all).isEmpty)
    let bare = review(minus, question: question, answer: answer)
    #expect(refusals(bare.writing(plus, for: minus)).isEmpty)
  }

  @Test func `a fact is none where it is a result`() {
    let state = review(
      "He rests 5 hours, 12 * 5 = 70 minutes.\nThe 70 minutes pass.\nAnswer: 70",
      "He rests 5 hours, 12 * 5 = 60 minutes.\nThe 60 minutes pass.\nAnswer: 60",
      question: "How many minutes in an hour of rest?", answer: "60")
    #expect(refusals(state.all).isEmpty)
    #expect(!refusals(state.accepting(Array(2...state.hunks.count))).isEmpty)
  }

  @Test(arguments: [
    ("2 dozen is 2 * 12 = 24.\nAnswer: 24", "a week has 7 days, so 7 * 4 = 28.\nAnswer: 28", "28"),
    ("It is 50% of 80 = 30.\nAnswer: 30", "It is 50% of 80 = 40.\nAnswer: 40", "40"),
    ("So $\\frac{2}{4} = 2$.\nAnswer: 2", "So $\\frac{2}{4} = \\frac{1}{2}$.\nAnswer: 1/2", "1/2"),
    ("1) a\n2) b\nAnswer: 3", "1) a\n2) c (see 1)\nAnswer: 5", "5"),
    (
      "It takes 13 because 12 * 1 = 13.\nAnswer: 13",
      "It takes 12 because 12 * 1 = 12.\nAnswer: 12", "12"
    ),
  ])
  func `however it is told`(minus: String, plus: String, answer: String) {
    let state = review(minus, plus, question: "Of 80 and 12 and 4", answer: answer).all
    #expect(refusals(state).isEmpty)
  }
}

/// Arithmetic told step by step, with one slip that is carried on; the corrected text beside it.
private struct Chain {
  var question: String
  var minus: String
  var plus: String
  var answer: Int

  init?(_ random: inout SeededRandom) {
    let sums = SlippedSums(&random)
    question = "Start with \(sums.start)." + sums.told
    let (wrong, right) = sums.end
    guard wrong != right else { return nil }
    let style = Int.random(in: 0..<6, using: &random)
    let old = sums.sums.enumerated().map { step, sum in
      Self.line(style, step, sum.wrong.left, sum.sign, sum.operand, sum.wrong.result)
    }
    let new = sums.sums.enumerated().map { step, sum in
      Self.line(style, step, sum.right.left, sum.sign, sum.operand, sum.right.result)
    }
    answer = right
    let ends = ["Answer: ", "#### ", "Therefore, the final answer is: $\\boxed{", "The answer is "]
    let end = ends.randomElement(using: &random) ?? ""
    let close = end.hasSuffix("{") ? "}$." : ""
    let gap = Bool.random(using: &random) ? "\n" : " "
    minus = old.joined(separator: gap) + "\n\(end)\(wrong)\(close)"
    plus = new.joined(separator: gap) + "\n\(end)\(right)\(close)"
  }

  private static func line(
    _ style: Int, _ step: Int, _ left: Int, _ sign: String, _ k: Int, _ result: Int
  ) -> String {
    switch style {
    case 0: "\(left) \(sign) \(k) = \(result)."
    case 1:
      "Step \(step + 1): Now $\(left) \(sign == "*" ? "\\times" : sign) \(k) = \(result)$.\n"
    case 2: "We compute \(left) \(sign) \(k) = \(result). So there are \(result) marbles now."
    case 3: "\(left) \(sign) \(k) = <<\(left)\(sign)\(k)=\(result)>>\(result) marbles"
    case 4: "That makes \(left) \(sign) \(k) = $\(result), that is \(result) dollars."
    default: "He had \(left) then. \(left) \(sign) \(k) = \(result)"
    }
  }

  var review: Review {
    LancetCoreTests.review(minus, plus, question: question, answer: "\(answer)")
  }
}

@Suite struct `Chains with values left out` {
  /// Of any subset of decisions only the whole correction may be approved; the whole one always may.
  @Test(arguments: 0..<20)
  func `are never approvable, whole ones always`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<50 {
      guard let chain = Chain(&random) else { continue }
      let start = chain.review
      let judge = CoherenceJudge(start.input)
      let rules = ApprovalRules(gamma: 1)
      let whole = start.all
      #expect(rules.refusals(whole, Assessment(whole), judge: judge).isEmpty, "\(chain.plus)")
      let numbers = start.hunks.map(\.number)
      var subsets = numbers.prefix(6).map { left in numbers.filter { $0 != left } }
      for _ in 0..<3 { subsets.append(numbers.filter { _ in Bool.random(using: &random) }) }
      for kept in subsets {
        let mixed = start.accepting(kept)
        guard mixed.correction != chain.plus else { continue }
        let found = rules.refusals(mixed, Assessment(mixed), judge: judge)
        #expect(!found.isEmpty, "\(chain.minus)\n->\n\(mixed.correction)")
      }
      let bare = LancetCoreTests.review(
        chain.minus, question: chain.question, answer: "\(chain.answer)")
      let byHand = CoherenceJudge(bare.input)
      for hunk in start.hunks.prefix(6) {
        var own = bare
        own.apply(.decide(.manual(hunk.key.minus), .tweaked(hunk.plusText)))
        guard own.correction != chain.plus else { continue }
        let found = rules.refusals(own, Assessment(own), judge: byHand)
        #expect(!found.isEmpty, "\(chain.minus)\n->\n\(own.correction)")
      }
    }
  }
}

@Suite struct `What a hunk is there for` {
  private let state = review(
    "51 - 45 = 14.\nThat is nice.\n14 + 43 = 57.\nAnswer: 57",
    "51 - 45 = 6.\nThat is quite fine.\n6 + 43 = 49.\nAnswer: 49",
    question: "Start with 51, take 45, add 43.", answer: "49")

  private func roles(_ review: Review) -> [HunkRole?] {
    let roles = CoherenceJudge(review.input).roles(of: review)
    return review.hunks.map { roles.roles[$0.key] }
  }

  @Test func `mending, carrying on, and style`() {
    let found = roles(state)
    #expect(found.first == .fixes)
    #expect(found.last == .propagates)
    #expect(found.contains(.optional))
    let needed = CoherenceJudge(state.input).roles(of: state).needed(of: state.hunks)
    #expect(needed.count == found.count { $0 != .optional })
  }

  @Test func `each undecided hunk keeps its label when the correction is not sound`() {
    // The result is rejected: what carries it on contradicts that now.
    var broken = state
    broken.apply(.decide(state.hunks[0].key, .rejected))
    let judge = CoherenceJudge(broken.input)
    #expect(!judge.roles(of: broken).isSound)
    let found = roles(broken)
    #expect(found[0] == nil)
    #expect(found.dropFirst().allSatisfy { $0 != nil })
    #expect(found.contains(.breaks), "\(found)")
    #expect(judge.roles(of: broken).needed(of: broken.hunks).count < found.count)
    // Taken back, everything is as before.
    broken.apply(.decide(state.hunks[0].key, .undecided))
    #expect(roles(broken) == roles(state))
  }

  @Test func `labels stand also where no answer is known`() {
    let unknown = review("1 + 1 = 3", "1 + 1 = 2")
    let found = CoherenceJudge(unknown.input).roles(of: unknown)
    #expect(!found.isSound)
    #expect(unknown.hunks.map { found.roles[$0.key] } == [.fixes])
  }

  @Test func `an optional chain is optional as a whole`() {
    let chain = review(
      "Let it be 14 pens. The 14 pens are blue.\nIn all 3 * 5 = 16.\nAnswer: 16",
      "Let it be 17 pens. The 17 pens are blue.\nIn all 3 * 5 = 15.\nAnswer: 15",
      question: "3 times 5", answer: "15")
    #expect(roles(chain) == [.optional, .optional, .fixes, .propagates])
  }
}
