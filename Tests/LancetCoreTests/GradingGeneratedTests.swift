// What holds for any answer, tried on generated ones: sameness is reflexive and symmetric and follows the value alone,
// and a word that nobody expects is never dropped.

import LancetCore
import Testing

@Suite struct GradingGeneratedTests {
  private func answers(_ count: Int, seed: UInt64) -> [GeneratedAnswer] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { _ in GeneratedAnswer.random(using: &random) }
  }

  @Test func `every spelling of a value is right against every other`() {
    for answer in answers(150, seed: 21) {
      for a in answer.spellings {
        for b in answer.spellings {
          #expect(grade(gold: a, answer: b).verdict == .right, "\(a) | \(b)")
        }
      }
    }
  }

  @Test func `other values are never right and the verdict is mutual`() {
    let all = answers(400, seed: 22)
    var random = SeededRandom(seed: 23)
    for one in all {
      for _ in 0..<8 {
        guard let other = all.randomElement(using: &random), one.key != other.key,
          let a = one.spellings.randomElement(using: &random),
          let b = other.spellings.randomElement(using: &random)
        else { continue }
        let (forth, back) = (grade(gold: a, answer: b), grade(gold: b, answer: a))
        #expect(forth.verdict != .right, "\(a) | \(b)")
        #expect(
          forth.verdict == back.verdict, "\(a) | \(b): \(forth.reason ?? "") | \(back.reason ?? "")"
        )
      }
    }
  }

  /// Words that are no unit wherever they stand.
  private static let words = [
    "not", "wrong", "maybe", "or", "minus", "times", "unless", "because", "halved", "squared",
    "approximately", "than", "doubled", "false", "if", "hopefully?", "7", "plus 1", "und 3", "x",
    "\\neq", "= 123457", "+ q", "; 98", "\u{2260}", "^2 + 1", "% off 3", "\\text{ or } 5", "错误",
    "!? no",
  ]
  /// Words that could name a unit: behind a value that takes none they are left over.
  private static let nouns = ["zebra", "qwrtz", "units sold", "Paris", "answer", "ребро", "个"]

  @Test func `a foreign word behind, before or around an answer never leaves it right`() {
    var random = SeededRandom(seed: 24)
    for answer in answers(400, seed: 25) {
      guard let gold = answer.spellings.first,
        let spelling = answer.spellings.filter({ !$0.contains("boxed") })
          .randomElement(using: &random)
      else { continue }
      let words = answer.takesUnit ? Self.words : Self.words + Self.nouns
      guard let word = words.randomElement(using: &random) else { continue }
      for text in [
        "\(spelling) \(word)", "\\boxed{\(spelling) \(word)}", "The answer is \(spelling) \(word)",
        "A: \(spelling) \(word)", "#### \(spelling) \(word)",
        "<answer>\(spelling) \(word)</answer>",
      ] {
        #expect(grade(gold: gold, answer: text).verdict != .right, "\(gold) | \(text)")
      }
    }
  }

  @Test func `a second value beside the answer never leaves it right`() {
    var random = SeededRandom(seed: 26)
    let all = answers(200, seed: 27)
    for one in all {
      guard let other = all.randomElement(using: &random), one.key != other.key,
        let gold = one.spellings.first, let a = one.spellings.last,
        let b = other.spellings.filter({ !$0.contains("boxed") }).randomElement(using: &random),
        !a.contains("boxed")
      else { continue }
      for joint in [" or ", " and ", ", or perhaps ", " = ", " then ", " but not "] {
        for text in [
          "\(a)\(joint)\(b)", "The answer is \(b)\(joint)\(a).", "\\boxed{\(a)\(joint)\(b)}",
        ] {
          #expect(grade(gold: gold, answer: text).verdict != .right, "\(gold) | \(text)")
        }
      }
    }
  }
}
