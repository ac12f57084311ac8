// Where signs and words have another reading, nothing is called wrong; beside it the slip that is one in every reading.

import Testing

@testable import LancetCore

@Suite struct `Another reading is no slip` {
  private func wrong(_ text: String) -> [Check] {
    checks(in: text).filter { $0.verdict == .wrong }
  }

  @Test(arguments: [
    // Clocks and dates.
    "8 + 5 = 1 o'clock", "10 am + 5 hours = 3 pm",
    "Using 24-hour time, 11 + 3 = 2 on a clock.",
    // From one number to another.
    "Pages 10-20 = 11 pages", "1-9 = 9 digits, 10-99 = 180 digits", "ages 10-12 = 3 groups",
    // Arithmetic of its own.
    "1 + 1 = 1 in Boolean algebra.", "In binary, 1 + 1 = 10.", "In Z_5, 3 + 4 = 2.",
    "In $\\mathbb{Z}_7$, $5 + 4 = 2$.", "Working in $\\mathbb{F}_3$: $2 + 2 = 1$.",
    "In GF(2), 1 + 1 = 0.", "XOR: 5 ^ 3 = 6", "The octal sum is 7 + 1 = 10.",
    "Define $a * b = a + 2b$. Then $3 * 4 = 11$.",
    // Numbers as other countries write them.
    "1.000 + 500 = 1.500", "1,00,000 + 50,000 = 1,50,000", "2,5 × 4 = 10",
    "1.250,50 + 2 = 1.252,50",
    // Words that say how much one of them is.
    "3 dozen - 6 = 30", "2 score + 5 = 45", "3 quarters + 2 dimes = 95 cents",
    "2.5 million + 500 thousand = 3 million",
    // Signs.
    "So 3 + 4 = 7!", "Wow, 5 * 5 = 25! That is a lot.", "$4!! = 8$", "-2^2 = 4",
    "$180^\\circ = \\pi$", "$60^\\circ = \\frac{\\pi}{3}$", "2:3 = x:15, so x = 10",
    "$\\frac{3 \\times 10^8}{6 \\times 10^{14}} = 500$ nm", "$3 \\cdot 4 = 12 \\tag{3}$",
    "80 + 90 + 100 / 3 = 90", "6 ÷ 2(1+2) = 1", "2^3^2 = 512", "- 5 + 3 = -2",
    "h = 20 m, so t = sqrt(2*20/10) = 2 s", "so abs(3 - 5) = 2", "exp(3 - 3) = 1",
    // Whole things.
    "She needs 17 / 5 = 4 buses (rounded up).", "25/4 = 7 boxes at least",
    // Cases.
    "For n = 1: 2n + 1 = 3. For n = 2: 2n + 1 = 5.", "n = 1: 3n + 2 = 5. n = 2: 3n + 2 = 8.",
    "x = 2 gives 3x + 1 = 7, x = 3 gives 3x + 1 = 10.",
    // Nobody says it.
    "One might think 6 * 7 = 48.", "Someone may say 12 * 12 = 124, but it is 144.",
    "He claims that 7 * 8 = 54.", "Option A says 7 * 8 = 54.", "7 * 8 = 54, no wait, 56.",
    "10 + 8 = 6 m, so m = 3.", "Since m = 3, we have 10 + 8 = 6 m.", "150/120 = 25% more",
    "80/100 = 20% off",
  ])
  func `and is left alone`(text: String) {
    #expect(wrong(text).isEmpty, "\(wrong(text))")
  }

  @Test(arguments: [
    ("He works 9 + 5 = 15 hours", "14"), ("10 - 20 = 11", "-10"), ("1 + 1 = 3", "2"),
    ("Define f(x) = 2x. Then 3 * 4 = 11.", "12"), ("1.000 + 500 = 1500.5", "501"),
    ("3 boxes - 6 = 30", "-3"), ("So 3 + 4 = 9.", "7"), ("4! = 20", "24"), ("(-2)^2 = -4", "4"),
    ("sqrt(144) = 14", "12"),
    ("- 5 + 3 = 9", "8"),
    ("$2 \\cdot 30^\\circ = 50^\\circ$", "60"), ("$3 \\cdot 4 = 13 \\tag{3}$", "12"),
    ("80 + 90 + 100 / 3 = 95", nil), ("17 / 5 = 9 buses (rounded up)", "3.4"),
    ("2.5 million + 1.5 million = 5 million", "4"), ("She has 3×4=13 pens", "12"),
    ("12 apples×3 = 38 apples", "36"), ("3.5元×2=8元", "7"), ("48÷6=9（个）", "8"),
    ("17÷5=3……3", "2"), ("17÷5=3余1", "2"), ("50/3 = 16 1/3", nil), ("x = 15/3 = 6", "5"),
    ("$\\frac{5!}{2!2!} = 60$", "30"), ("$3 + 4 = \\mathbf{8}$", "7"),
    ("2*3 = 7 and 4*5 = 20.", "6"), ("20 divided by 4 is 6", "5"), ("3/4 = 70%", "75"),
    ("Multiply 6 by 7 to get 48.", "42"), ("adding 3 and 4, we get 8", "7"),
    ("Subtracting 4 from 10 gives 7.", "6"), ("Dividing 30 by 6 yields 6.", "5"),
    ("3 + 4 is equal to 8", "7"), ("So 91 = 7 * 11.", "91"), ("5C2 = 12", "10"),
    ("t = 100/40 = 2.4 h.", "2.5"), ("F = 3 * 2 = 7 N", "6"), ("So 60 * 3 = 170 m.", "180"),
    ("48 = 2*18 + 12, 18 = 1*12 + 8", "18"),
    ("900 - 4y = 640, so 4y = 260, so y = 65. Again 900 - 4y = 640, so 4y = 260, so y = 40.", "65"),
    ("| apple | 2 * 3 = 7 | red |", "6"),
    ("4(x - 1) = 2x + 6\n4x - 1 = 2x + 6", nil),
  ])
  func `and a slip in every reading is found`(text: String, computed: String?) {
    let found = wrong(text)
    #expect(found.count == 1, "\(checks(in: text))")
    if let computed { #expect(found.first?.computed == computed) }
  }

  @Test(arguments: [
    "17÷5=3……2", "17 / 5 = 3 余 2", "50/3 = 16 2/3", "x = 15/3 = 5", "3/4 = 75%", "2/3 = 67%",
    "12 apples×3 = 36 apples", "Multiply 6 by 7 to get 42.", "Subtract 4 from 10 to get 6.",
    "2.5 million + 1.5 million = 4 million", "$\\frac{5!}{2!2!} = 30$", "3 + 4 is equal to 7",
  ])
  func `what holds is right`(text: String) {
    let found = checks(in: text)
    #expect(!found.isEmpty && found.allSatisfy { $0.verdict == .right }, "\(found)")
  }

  @Test(arguments: [
    "Adding 2 hours to 30 minutes gives 150 minutes", "Adding 10% to 50 gives 55",
    "Multiply 6 by 7 to get the area of 48 tiles", "divide 1 hour by 15 minutes to get 4",
    "Multiply 4 by 25 cents to get $1.",
  ])
  func `words with units of their own are left alone`(text: String) {
    #expect(wrong(text).isEmpty)
  }
}
