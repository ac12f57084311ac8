// What is no answer is not graded right, however near the known answer stands; what is one is not refused.

import LancetCore
import Testing

@Suite struct GradingRefusalTests {
  @Test func `nothing that changes a value is dropped behind it`() {
    for tail in changingTails {
      let attached = tail.first.map { "^_!²³.-:½¾e,;?%‰\\E+".contains($0) } ?? true
      let text = attached ? "5\(tail)" : "5 \(tail)"
      for answer in [
        text, "The answer is \(text).", #"\boxed{\#(text)}"#, "A: \(text)", "#### \(text)",
        "<answer>\(text)</answer>",
      ] {
        #expect(grade(gold: "5", answer: answer).verdict != .right, "\(answer)")
      }
    }
  }

  @Test func `nothing that changes a value is dropped behind a box or a formula`() {
    // What only an exclamation or a sentence that goes on may be.
    let harmless: Set<String> = ["!", "more", "!!"]
    for tail in changingTails where !harmless.contains(tail) {
      let attached = tail.first.map { "^_!²³.-:½¾e,;?%‰\\E+".contains($0) } ?? true
      let rest = attached ? tail : " \(tail)"
      for answer in [
        #"$\boxed{5}$\#(rest)"#, #"So we get \boxed{5}\#(rest)."#, "The answer is $5$\(rest).",
      ] {
        #expect(grade(gold: "5", answer: answer).verdict != .right, "\(answer)")
      }
    }
  }

  @Test func `a question, a negation, a hypothesis and other people's words announce nothing`() {
    for text in deniedAnswers {
      #expect(grade(gold: "18", answer: text).verdict != .right, "\(text)")
    }
  }

  @Test func `a box that is denied or holds a part of the value is not graded right`() {
    for text in deniedBoxes {
      #expect(grade(gold: "18", answer: text).verdict != .right, "\(text)")
    }
  }

  @Test func `a text that ends in the middle of its answer is not graded right`() {
    for text in cutOffAnswers {
      #expect(grade(gold: "18", answer: text).verdict != .right, "\(text)")
    }
  }

  @Test func `an answer that is given is right and strong`() {
    for text in givenAnswers {
      #expect(grade(gold: "18", answer: text).isStrongRight, "\(text)")
    }
    for text in [
      "<think>hmm</think>\n\n\\boxed{18}", "### Final Answer\n\\boxed{18}", "# Answer\n\n18",
      "**Final Answer**\n\n$\\boxed{18}$", "Answer:\n\n$$18$$",
      "\\begin{align*}\nx &= 2 \\cdot 9 \\\\\n&= \\boxed{18}\n\\end{align*}",
    ] {
      #expect(grade(gold: "18", answer: text).isStrongRight, "\(text)")
    }
  }

  @Test func `forms of one value are right, forms of another are not`() {
    for (gold, answer) in sameForms {
      #expect(grade(gold: gold, answer: answer).isStrongRight, "\(gold) | \(answer)")
    }
    for (gold, answer) in otherForms {
      #expect(grade(gold: gold, answer: answer).verdict != .right, "\(gold) | \(answer)")
    }
  }

  @Test func `a plain sentence that concludes with the value is weak`() {
    for (gold, answer) in weakForms {
      let grade = grade(gold: gold, answer: answer)
      #expect(grade.verdict == .right && grade.strength == .weak, "\(answer)")
      #expect(grade.reason?.isEmpty == false)
    }
  }
}
