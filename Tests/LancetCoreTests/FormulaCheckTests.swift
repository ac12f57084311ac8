// What formulas state, found right or wrong, and what is never called wrong.

import LancetCore
import Testing

@Suite struct FormulaCheckTests {
  private func wrong(_ text: String) -> [Check] { checks(in: text).filter { $0.verdict == .wrong } }

  @Test(arguments: [
    #"\(\frac{5}{11} = 0.\overline{45}\)"#, #"\[ 0.1\overline{6} = \frac{1}{6} \]"#,
    #"\( \frac{1}{3} (14 - 2) = 4 \)"#, #"\sqrt{9} (7 - 3) = 12"#,
    #"\[ \frac{1}{4} \left( 12 + 20 \right) = 8 \]"#, "6! = 720", #"\binom{7}{3} = 35"#,
    "C(9, 7) = 36", #"\( \log_2 32 = 5 \)"#, #"\( \log 1000 = 3 \)"#,
    #"\( \cos 60^\circ = \frac{1}{2} \)"#,
    #"\( \sin(30) = 0.5 \)"#, #"\[ \sin \frac{\pi}{6} = \frac12 \]"#, #"\( \gcd(84, 36) = 12 \)"#,
    #"\( \text{lcm}(4, 6) = 12 \)"#, #"\( 1011_2 = 11_{10} \)"#, #"\( 23 \equiv 2 \pmod{7} \)"#,
    #"\( |3 - 8| = 5 \)"#, #"\( \lfloor 7/2 \rfloor = 3 \)"#, #"\( \lceil 7/2 \rceil = 4 \)"#,
    #"\[ \sqrt{50} = 5\sqrt{2} \]"#, #"\[ \sqrt[3]{27} + 1 = 4 \]"#,
    #"\( 3\frac{1}{2} \cdot 2 = 7 \)"#,
    #"\( 25\% = \frac{1}{4} \)"#, #"\( \frac{12}{20} \times 100 = 60\% \)"#,
    #"\( \frac{2 \pm \sqrt{8}}{2} = 1 \pm \sqrt{2} \)"#, #"\((x+2)(x+3) = x^2 + 5x + 6\)"#,
    #"\( 3a + 4b - a = 2a + 4b \)"#, #"\( \frac{x^2 - 1}{x - 1} = x + 1 \)"#,
    #"\begin{align*} 2 + 3 &= 5 \\ &= 10/2 \end{align*}"#, "17 ÷ 5 = 3 remainder 2",
    #"$17 \div 5 = 3$ with a remainder of $2$"#, "The sum of 3, 4 and 5 is 12.",
    "the average of 3, 4 and 8 is 5", "The least common multiple of 4 and 6 is 12.",
    "17 mod 5 = 2", "20 percent of 50 = 10", "So 5 + 3 is 8.", "π(3)^2 = 9π",
    "首先计算2+3=5。", "所以（2＋3）×4＝20。",
  ])
  func `a right formula is right`(text: String) {
    let found = checks(in: text)
    #expect(found.contains { $0.verdict == .right }, "\(found)")
    #expect(found.allSatisfy { $0.verdict == .right }, "\(found)")
  }

  @Test(
    arguments: [
      (#"\(\frac{2}{9} = 0.\overline{3}\)"#, "2/9"), (#"\[ \frac{1}{4} (16 + 4 + 4) = 7 \]"#, "6"),
      ("5! = 100", "120"), (#"\binom{6}{2} = 30"#, "15"), (#"\( \gcd(84, 36) = 6 \)"#, "12"),
      (#"\( \operatorname{lcm}(4, 10) = 40 \)"#, "20"), (#"\( 1011_2 = 13_{10} \)"#, "11"),
      (#"\( 23 \equiv 3 \pmod{7} \)"#, "2"), (#"\( |3 - 8| = -5 \)"#, "5"),
      (#"\begin{align*} 2+3 &= 5 \\ &= 6 \end{align*}"#, "5"),
      (#"\[ \sqrt{50} = 2\sqrt{5} \]"#, nil), (#"\( (x+2)(x+3) = x^2 + 6x + 6 \)"#, "x^2 + 5x + 6"),
      (#"\( (x+2)^2 = x^2 + 4 \)"#, nil), (#"\( (2x)^3 = 6x^3 \)"#, "8x^3"),
      (#"\( 3x + 5x = 9x \)"#, "8x"), ("706 ÷ 7 = 101 with a remainder of 1", "100"),
      ("17 / 5 = 3 remainder 1", "2"), ("The sum of 3, 4 and 5 is 13.", "12"),
      ("The greatest common divisor of 12 and 18 is 9.", "6"), ("17 mod 5 = 3", "2"),
      ("20 percent of 50 = 12", "10"), ("So 5 + 3 is 9.", "8"), ("π(6)^2(12) = 216π", "432π"),
      (#"\( \frac{2 \pm \sqrt{8}}{2} = 1 \pm \sqrt{8} \)"#, nil), ("首先计算2+3=6。", "5"),
      ("Total = 20 + 23\nTotal = 45", "43"),
      (#"\[ \text{Sum} = 2x + 3 + 4x + y \] \[ \text{Sum} = 7x + y + 3 \]"#, "6x + y + 3"),
      ("C(9, 7) = 35", "36"), (#"\( \lfloor 9/2 \rfloor = 5 \)"#, "4"),
    ] as [(String, String?)])
  func `a wrong formula is found, with what it should be`(text: String, computed: String?) throws {
    let found = try #require(wrong(text).first, "\(checks(in: text))")
    if let computed { #expect(found.computed == computed) }
    let bytes = Array(text.utf8)
    #expect(bytes[found.statedBytes].elementsEqual(found.stated.utf8))
  }

  /// One line a kind: what stands there must not vanish, and what is no claim is not wrong.
  @Test(arguments: [
    // Unknowns multiply.
    #"So \[ 49 - 3ab = 6 \]"#, "$$3xy + 5xy = 4$$", #"\[ 65 + 2xy = 105 \]"#,
    #"\( 2 - 3iz = 3 + 2iz \)"#,
    #"\[ 7(49 - 3ab) = 42 \]"#, #"\( 100 - \frac{2500}{81} = 5AD^2 \)"#, #"\( P = 2l + 2w = 40 \)"#,
    // Units multiply.
    #"\[ \frac{1}{2} \text{ inch} = 20 \text{ miles} \]"#, "1/4 inch = 5 miles",
    "3/4 cup = 6 ounces",
    // Repeating and cut decimals.
    "1/3 = 0.(3)", "360/7 = 51.43...", #"\( \frac{1}{7} = 0.142857\ldots \)"#,
    "0.20 * 85.98 = 17.19",
    // Two formulas beside each other are two chains.
    #"\[ \frac{1}{13} = \frac{4}{52} \] \[ \frac{1}{4} = \frac{13}{52} \]"#,
    #"\[ -9 + (-8) = -17 \] \[ -17 + (-7) = -24 \]"#,
    // Quotients, floors, rounding up.
    "$1 \\div 7 = 0$ with a remainder of $1$.", #"\( 17/5 = 3 \)"#, #"\( \frac{84}{5} = 17 \)"#,
    // Definitions, trials, denials, questions.
    "Let x = 5.", #"Suppose \( 3 + 4 = 8 \)."#, #"Is \( 3 + 4 = 8 \)?"#,
    #"\( 3 + 4 = 8 \), which is not true."#, #"If \( 2 + 2 = 5 \), then pigs fly."#,
    // Other arithmetic.
    #"In base 7, \( 5 + 4 = 12 \)."#, #"Working modulo 7, \( 5 + 4 = 2 \)."#,
    #"Define an operation by \( a * b = a + 2b \). Then \( 3 * 4 = 11 \)."#,
    // Equations that are to be solved.
    #"\( (x+1)(x-3) = 2x + 5 \)"#, #"\( x^2 + 3x = 10 \)"#,
    #"\( 2(y - 3)(y - 4) + 5(y - 1)(y - 2) = 7(y - 3)(y - 1) \)"#,
    // Functions, sequences, points.
    #"\( f(2) = 5 \)"#, #"\( a_3 = 7 \)"#, #"\( f(x) = x^2 + 1 = 5 \)"#,
    #"\( (2, 3) + (1, 1) = (3, 4) \)"#,
    // Things with two readings.
    #"\( -2^2 = 4 \)"#, #"\( 1/2x = 0.5x \)"#, "The units digit of 16^17 is 6.",
    "The GCD of 6^2 and 15^4 is 9.",
    #"Check if t = 48 satisfies the equation. \( 48 + 2 = 60 \)"#,
    "- 5! counts the orders", #"- \( 4! = 24 \)"#, "5 + 3 = 8 * 2 = 16",
    #"\( 31^2 \) is 600 greater than \( 19^2 \)"#, #"\( \frac{\pm 1}{\pm 1} = \pm 1 \)"#,
    // Solving by cases.
    #"\( x - 8 = 12 \quad \text{or} \quad x - 8 = -12 \), so \( x = 20 \) or \( x = -4 \)."#,
    #"\[ x = \frac{-16 + 32}{6} = \frac{8}{3} \] \[ x = \frac{-16 - 32}{6} = -8 \]"#,
    #"between \( x = 1/4 \) and \( x = 1/3 \)"#, "-14 = x + 2 -16 = x. So, x = -16.",
    #"First, \( x^3 = 0 \) and second, \( x^2 - x - 72 = 0 \). From the first equation, we get \( x = 0 \)."#,
    // A formula whose end is missing takes nothing along.
    #"The set is \([-8, 5\}. Next \[ -17 + (-7) = -24 \] \[ -24 + (-6) = -30 \]"#,
  ])
  func `nothing is called wrong that a person would not call wrong`(text: String) {
    #expect(wrong(text).isEmpty, "\(wrong(text))")
  }

  @Test(
    arguments: [
      (#"\( 3x + 5 = 20 \). Subtracting 5 from both sides, we get \( 3x = 10 \)."#, "10", "15"),
      (#"\( 3x = 15 \Rightarrow x = 6 \)"#, "6", "5"),
      (#"\[ 2x + 3 = 11 \] \[ 2x = 9 \]"#, "9", "8"),
      (
        "150 + \\( x \\) = 500. Subtracting 150 from both sides, we get: \\( x \\) = 350 - 150.",
        "350 - 150", "350"
      ),
      (#"\( \frac{1}{x} = \frac{1}{4} \Rightarrow x = 2 \)"#, "2", nil),
      (#"\( x^2 - 5x + 6 = 0 \), so \( x = 4 \)"#, "4", nil),
      (#"\( x^2 - 5x + 6 = 0 \). Factoring, we get \( (x - 2)(x - 4) = 0 \)."#, "0", nil),
      (#"\( 2x + 3y = 12 \). Rearranging, \( 2x = 12 + 3y \)."#, "12 + 3y", nil),
      (
        #"\( x^2 - 4x - 1 = 0 \). Using the quadratic formula, \( x = 2 \pm \sqrt{3} \)."#,
        #"2 \pm \sqrt{3}"#, nil
      ),
    ] as [(String, String, String?)])
  func `a step of solving that changes the solution is found`(
    text: String, stated: String, computed: String?
  ) throws {
    let found = try #require(wrong(text).first, "\(checks(in: text))")
    #expect(found.stated == stated)
    if let computed { #expect(found.computed == computed) }
  }

  @Test(arguments: [
    #"\( 3x + 5 = 20 \). Subtracting 5 from both sides, we get \( 3x = 15 \), so \( x = 5 \)."#,
    #"\( x^2 - 5x + 6 = 0 \). Factoring, we get \( (x - 2)(x - 3) = 0 \), so \( x = 2 \) or \( x = 3 \)."#,
    #"\[ 7n = 24.5 \] \[ n = 3.5 \]"#, #"\[ 3n = 74 \] \[ n = 24.67 \]"#,
    #"\[ 3n = 74 \] \[ n = 25 \]"#,
    #"\( x^2 - 4x - 1 = 0 \). Using the quadratic formula, \( x = 2 \pm \sqrt{5} \)."#,
    #"\( 2x + 3y = 12 \). Rearranging, \( 2x = 12 - 3y \)."#,
    #"\( x + y = 10 \) and \( x - y = 4 \)."#,
    #"\( \frac{2}{3}x = 12 \Rightarrow x = 18 \)"#,
  ])
  func `a right step of solving is not marked`(text: String) {
    #expect(wrong(text).isEmpty, "\(wrong(text))")
  }
}
