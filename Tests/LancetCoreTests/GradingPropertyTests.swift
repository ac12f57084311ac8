// What holds for any answer: the same text is right, right is mutual, nothing behind an answer is dropped, and a plain
// conclusion never outvotes an announcement.

import LancetCore
import Testing

@Suite struct GradingPropertyTests {
  /// Every answer of the tables.
  private static let answers: [String] = (equalAnswers + unequalAnswers).flatMap { [$0.0, $0.1] }

  private static let kinds: [(String, String)] = sameAnswers + otherAnswers

  @Test func `any text is right against itself`() {
    let odd = [
      "7 is wrong", "64 m^{12} n^{12}", "between 17 and 19",
      #"\begin{cases} 1 & x>0 \\ 2 \end{cases}"#,
      #"\hbar \omega(v+1 / 2)-\frac{E_{0}^{2} e^{2}}{2 m \omega^{2}}"#, "f: A → B, x ↦ x²",
      "The graph opens upward, and 2 of its 3 roots are real.", #"\int_0^1 x\,dx"#, "C_6H_{12}O_6",
      "答案不确定", "10 ft x 18 ft", "1/0", "x^2+", "See the figure.", "2:1 or 3:1, whichever",
      "a\nb\nc 7", #"\sum_{k=1}^n k"#, "<think>5",
    ]
    for text in Self.answers + odd where text.contains(where: { $0.isLetter || $0.isNumber }) {
      #expect(grade(gold: text, answer: text).verdict == .right, "\(text)")
    }
    var random = SeededRandom(seed: 7)
    let pieces = [
      "5", "x", " ", "+", "\\frac{1}{2}", "(", ")", "apples", "is", "=", "{", "\n", "$", "or",
    ]
    for _ in 0..<500 {
      let text = (0..<8).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &random)] }
        .joined()
      guard text.contains(where: { $0.isLetter || $0.isNumber }) else { continue }
      #expect(grade(gold: text, answer: text).verdict == .right, "\(text)")
    }
  }

  @Test func `right is mutual`() {
    let all = Self.answers + Self.kinds.flatMap { [$0.0, $0.1] }
    var random = SeededRandom(seed: 3)
    for _ in 0..<4000 {
      let a = all[Int.random(in: 0..<all.count, using: &random)]
      let b = all[Int.random(in: 0..<all.count, using: &random)]
      guard !announces(a), !announces(b) else { continue }
      let forth = grade(gold: a, answer: b).isStrongRight
      let back = grade(gold: b, answer: a).isStrongRight
      #expect(forth == back, "\(a) | \(b)")
    }
  }

  /// Whether a text is more than a bare value, and so read differently as a gold.
  private func announces(_ text: String) -> Bool {
    text.contains("\n") || text.contains("answer") || text.contains("boxed") || text.contains("A:")
      || text.contains("####") || text.contains("<") || text.count > 40
  }

  @Test func `nothing behind an answer is dropped`() {
    let tails = [
      " is wrong", " or 6", " divided by 2", " and a half", " times x", " plus 1",
      " unless it rains",
      " zzgl is 4", " x 18 ft", " minus three", ", or perhaps not", " = 1000001", " + q", " to 90",
      #" \text{ or } 77"#, #" \cdot zeta"#, " out of 99", " not", " 30 minutes", " 的极差介于 3 之间",
    ]
    for value in ["5", "18", "3/4", #"\frac{1}{2}"#, "2.5", #"\sqrt{2}"#, "(1,2)", "x+1", "1,000"] {
      for tail in tails {
        for text in [
          value + tail, #"\boxed{\#(value)\#(tail)}"#, "The answer is \(value)\(tail).",
          "$\(value)$\(tail)", "A: \(value)\(tail)",
        ] {
          #expect(grade(gold: value, answer: text).verdict != .right, "\(text)")
        }
      }
    }
  }

  @Test func `a weak answer never outvotes an announced one`() {
    for weak in [
      "So she has 7 eggs.", "Then she has 7 eggs in total.", "In total there are 7 eggs.",
    ] {
      #expect(grade(gold: "7", answer: weak).verdict == .right)
      #expect(grade(gold: "7", answer: weak).strength == .weak)
      #expect(!grade(gold: "7", answer: weak).isStrongRight)
      for strong in [#"\boxed{8}"#, "The answer is 8.", "#### 8", "<answer>8</answer>"] {
        #expect(grade(gold: "7", answer: "\(strong)\n\(weak)").verdict == .wrong, "\(strong)")
        #expect(grade(gold: "7", answer: "\(weak)\n\(strong)").verdict == .wrong, "\(strong)")
      }
    }
  }

  @Test func `sums and products in any order and with any brackets are the same`() {
    var random = SeededRandom(seed: 11)
    for _ in 0..<300 {
      let (a, b, c) = (
        1 + Int.random(in: 0..<9, using: &random), 2 + Int.random(in: 0..<9, using: &random),
        1 + Int.random(in: 0..<9, using: &random)
      )
      let factored = "(\(a)x+\(b))(x-\(c))"
      let expanded = "\(a)x^2+\(b - a * c)x-\(b * c)".replacing("+-", with: "-")
      #expect(grade(gold: factored, answer: expanded).verdict == .right, "\(factored) \(expanded)")
      let off = "\(a)x^2+\(b - a * c)x-\(b * c + 1)".replacing("+-", with: "-")
      #expect(grade(gold: factored, answer: off).verdict == .wrong, "\(factored) \(off)")
    }
  }

  @Test func `hostile answers are judged without a crash`() {
    let deep = [
      String(repeating: "{", count: 10_000), String(repeating: "7", count: 1_000_000),
      String(repeating: "9^{", count: 1000) + "1" + String(repeating: "}", count: 1000),
      (0..<100_000).map { "x^\($0)" }.joined(separator: "+"),
      String(repeating: "<think>", count: 10_000), String(repeating: "\\boxed{", count: 10_000),
      String(repeating: "answer is ", count: 10_000), String(repeating: "\\pm1", count: 900),
    ]
    for text in deep {
      #expect(grade(gold: "18", answer: text).verdict != .right)
      #expect(grade(gold: text, answer: "18").verdict != .right)
    }
  }
}
