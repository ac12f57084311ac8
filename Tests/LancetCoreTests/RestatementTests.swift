// What is said twice in one breath, and what only looks like it.

import LancetCore
import Testing

@Suite struct RestatementTests {
  private func wrong(_ text: String) -> [String] {
    checks(in: text).filter { $0.verdict == .wrong }.map(\.stated)
  }

  @Test(arguments: [
    ("The discount is 80%, so Mark got 20% off.", "20"),
    ("Her discount was 15%, which means she got 25% off the price.", "25"),
    ("A 20% discount means that Tim pays 70% of the cost.", "70"),
    ("20 kb/s ÷ 3600 = 0.0056 kb/s (or 5.6 kb/s).", "5.6"),
    ("12 * 4 = 48 miles (or 84 miles).", "84"),
    (
      "Her son eats 4 cookies a week. Over 5 days he eats: \\[4 \\text{ cookies/day} \\times 5 \\text{ days} = 20 \\text{ cookies}\\]",
      "4 \\text{ cookies/day"
    ),
    ("He drinks 3 cups per day. So 3 cups/week * 2 weeks = 6 cups.", "3 cups/week"),
    ("Total = \\(\\frac{3}{4}A + \\frac{3}{4}A + 60 + A\\) Total = \\(2A + 60\\).", "2A + 60"),
    ("Length = \\(3x + 5x + 2\\) Length = \\(9x + 2\\)", "9x + 2"),
  ])
  func `a quantity said twice with two values is wrong`(text: String, stated: String) {
    #expect(wrong(text) == [stated], "\(checks(in: text))")
  }

  @Test(arguments: [
    "The discount is 80%, so Mark got 80% off.", "The discount is 80%, so he pays 20%.",
    "The discount is 80%, so Mark got 20% of it back.",
    "A 20% discount means that Tim pays 80% of the cost.",
    "A 20% discount means she saves 20% of the cost.",
    "A 20% discount and a 5% coupon: she got 25% off.",
    "12 * 4 = 48 miles (or 77 km).", "12 * 4 = 48 hours (or 2 days).",
    "12 * 4 = 48 miles (or 84 miles with the detour).", "10 / 3 = 3.333 m (or 3.33 m).",
    "He drinks 3 cups per day. So 3 cups/day * 7 days = 21 cups.",
    "He works 3 hours a day. He runs 3 miles/hour * 2 hours = 6 miles.",
    "She saves 5 dollars a week. Her brother saves 5 dollars/day.",
    "Compute both: - \\(\\gcd(26, 5) = 1\\) because they are coprime. - \\(5 + 3 = 8\\)",
    "First – that is, - \\(12 \\cdot 4 = 48\\) – and * \\(7 - 5 = 2\\)",
    "Total = \\(3x + 5x + 2\\) Total = \\(8x + 2\\)",
    "Area = \\(3x + 2\\) Perimeter = \\(9x + 2\\)",
  ])
  func `what agrees, or is another quantity, is not`(text: String) {
    #expect(wrong(text).isEmpty, "\(checks(in: text))")
  }
}
