// The step reader on anything: an answer, in time, and no crash.

import LancetCore
import Testing

@Suite struct StepReaderLimitsTests {
  /// Inputs that break readers, each of about the size given.
  private static func hostile(_ n: Int) -> [String] {
    func many(_ piece: String) -> String {
      String(repeating: piece, count: max(1, n / piece.utf8.count))
    }
    return [
      many("7"), many("{") + many("}"), many("("), "\\(" + many("(") + many(")") + "\\)",
      many("2^"),
      "\\(" + many("2^{") + "2" + many("}") + " = 1\\)", many("\\("), many("$"), many("$$"),
      many("\\[x = 1\\] "), many("\\frac{1}"), "\\(" + many("\\sqrt{") + "\\)", many("1 + "),
      "\\(" + many("1 + ") + "1 = 2\\)", many("a = b = "), many("x = 3, "), many("- "), many("\n"),
      many("```\n"), many("<<1+1=2>>"), many("<<"), many("3 + 4 = 8. "), many("\\begin{align}"),
      many("\\begin{align}\n1 &= 2 \\\\\n"), many("9! = "), many("|"), many("∑"),
      many("5 remainder "),
      many("(x+1)") + " = x^2", "\\(" + many("(x+1)") + " = x\\)",
      many("\\( 0.333 \\cdot 3 = 2 \\) "),
      many("Total = 3 + 4\n"), many("sum of 3, "), many("base 7 mod "), many("é。"), many("1,000"),
      many("\u{0}"), many("\\"), many("\\text{"), many("x_{"),
      many("\\( 3x + 5 = 20 \\) so \\( 3x = 9 \\) "),
    ]
  }

  @Test func `nothing crashes it, and each step's checks lie in it`() {
    for text in Self.hostile(3_000) {
      let bytes = text.utf8.count
      var end = 0
      for step in splitSteps(text) {
        #expect(step.bytes.lowerBound >= end && step.bytes.upperBound <= bytes)
        end = step.bytes.upperBound
        for check in step.checks { #expect(check.statedBytes.upperBound <= bytes) }
      }
    }
  }

  @Test func `sizes without bound get an answer and no mark`() {
    let texts = [
      String(repeating: "7", count: 1_000_000) + " + 1 = 2",
      String(repeating: "{", count: 10_000) + String(repeating: "}", count: 10_000),
      "\\(" + String(repeating: "9^{", count: 5_000) + "9"
        + String(repeating: "}", count: 5_000) + "= 3\\)",
      String(repeating: "2^{", count: 200) + "2" + String(repeating: "}", count: 200) + " = 1",
      "\\( 9^9^9^9 = 81 \\)", "\\( 2^{1000000000} = 4 \\)", "\\( 10000000000! = 5 \\)",
      "\\( \\binom{1000000000}{500000000} = 2 \\)", "\\( \\frac{1}{0} = 5 \\)",
      "\\( \\log_1 5 = 2 \\)", "\\( \\sqrt{-4} = 2 \\)",
      "\\( (x+y+z+w)^{12} = x^2 + y + 1 \\)", "\\( 5 \\mod 0 = 3 \\)",
      "\\( 7 \\equiv 3 \\pmod{0} \\)", "5 / 0 = 3 remainder 2",
    ]
    for text in texts {
      let wrong = checks(in: text).contains { $0.verdict == .wrong }
      #expect(!wrong, "\(text.prefix(60))")
    }
  }
}
