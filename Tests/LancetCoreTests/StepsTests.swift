// Splitting into steps, and the arithmetic found in them.

import LancetCore
import Testing

@Suite struct StepsTests {
  private func pieces(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    return splitSteps(text).map { String(decoding: bytes[$0.bytes], as: UTF8.self) }
  }

  @Test(arguments: [
    ("a\n\n  b  \nc\n", ["a", "b", "c"]),
    ("One. Two 3.5 cm. Mr. Smith has 2.", ["One.", "Two 3.5 cm.", "Mr. Smith has 2."]),
    ("1. First\nmore\n2. Second\n\nSo 5.", ["1. First\nmore", "2. Second", "So 5."]),
    ("Step 1: a\nb\nStep 2: c", ["Step 1: a\nb", "Step 2: c"]),
    ("a\nb\n\nc\nd\n\ne\nf", ["a\nb", "c\nd", "e\nf"]),
    ("Then\n\\[\nx = 5\n\\]\nso 5", ["Then", "\\[\nx = 5\n\\]", "so 5"]),
    ("", []), (" \n\t\n", []), ("é\r\nü", ["é", "ü"]),
  ])
  func `a trace falls into its steps`(text: String, steps: [String]) {
    #expect(pieces(text) == steps)
  }

  @Test(arguments: [
    "3 + 4 = 7", "5 apples + 3 apples = 8 apples", "$5 * 3 = $15", "16 - 3 - 4 = 9 duck eggs",
    "50% of 20 = 10", "20 x 3 = 60", "2 1/2 + 1/2 = 3", "<<48/2=24>>24", "48/2 = <<48/2=24>>24",
    "10 / 3 = 3.33", "10 / 3 ≈ 3.3", #"$\frac{1}{2} + \frac{1}{4} = \frac{3}{4}$"#,
    #"\(3 \times 4 = 12\)"#, #"6 \cdot 7 = 42"#, #"12 \div 4 = 3"#, "1,200 + 300 = 1,500",
    "200 GB * 40% = 80 GB", "12/20 * 100 = 60%", "27(1/3) = 9", "$20/hour * 35 hours = $700",
    "5 plus 3 equals 8", "3 minutes per hole * 30 holes = 90 minutes", "2^3 = 8", "(2+3)*4 = 20",
    "0.1 + 0.2 = 0.3", "4.8 = 2.4 * 2 = 4.8", #"\sqrt{16} + 1 = 5"#, "7 - 10 = -3",
    "1 1/2 / 1/2 = 3", #"1{,}000 + 1 = 1{,}001"#, "350 + 5 = **355**",
  ])
  func `a right result is right`(text: String) {
    let found = checks(in: text)
    #expect(!found.isEmpty)
    #expect(found.allSatisfy { $0.verdict == .right }, "\(found)")
  }

  @Test(arguments: [
    ("3 + 4 = 8", "8", "7"), ("so she has 16 - 3 = 12 eggs", "12", "13"),
    ("$5 * 3 = $16", "16", "15"), ("50% of 20 = 12", "12", "10"), ("20 x 3 = 50", "50", "60"),
    ("48/2 = <<48/2=24>>25", "25", "24"), ("<<48/2=25>>25", "25", "24"),
    (#"$3 \times 4 = 13$"#, "13", "12"), ("é “ü” – so 3 + 4 = 8", "8", "7"),
    ("1,200 + 300 = 1,600", "1,600", "1500"), ("10 / 4 = 3.5", "3.5", "2.5"),
    ("a total of 36 + 30 = 67", "67", "66"), ("2 + 3 = 5 + 4 = 10", "10", "9"),
    ("10 / 3 = 3.4", "3.4", "10/3"), ("- 5 + 3 = 9", "9", "8"), ("1) 5 + 3 = 9", "9", "8"),
    ("3 + 4 = 7 = 8", "8", "7"), ("5 + 3 = **9**", "9", "8"),
  ])
  func `a wrong result is found, with its bytes`(text: String, stated: String, computed: String)
    throws
  {
    let found = checks(in: text)
    let wrong = try #require(found.first { $0.verdict == .wrong }, "\(found)")
    #expect(wrong.stated == stated)
    #expect(wrong.computed == computed)
    let bytes = Array(text.utf8)
    #expect(bytes[wrong.statedBytes].elementsEqual(stated.utf8))
    #expect(wrong.bytes.lowerBound <= wrong.statedBytes.lowerBound)
    #expect(wrong.bytes.upperBound >= wrong.statedBytes.upperBound)
  }

  @Test(arguments: [
    "x + 3 = 8", "2x + 3 = 7", "apples + 3 = 8", "+ 3 = 8", "2/3 * x = 12", "half of 20 + 3 = 13",
    "3 times 4 + 5 = 27", "1 hour + 30 minutes = 31 minutes", "100 - 25% = 75",
    "17 / 5 = 3 remainder 2", "2L + 8 = 22", "In 2 + 5:30 = 8", "3 * (x + 9) = 6 * x",
    "The 3rd + 4 = 9", "50 cents * 10 = $6", "360/7 = 51.43...",
    "Step 1 - 5 + 3 = 9", "5 + 3 ≠ 9", "5 + 3 = 2 million", "5 = 6", "A = 12", "5 + 3 >= 9",
  ])
  func `doubt is never wrong`(text: String) {
    #expect(checks(in: text).allSatisfy { $0.verdict != .wrong }, "\(checks(in: text))")
  }

  @Test func `verdicts of steps and the first error`() {
    let steps = splitSteps("3 + 4 = 7\nno sum here\n5 * 2 = 11\n1 + 1 = 3\nA: 3")
    #expect(steps.map(\.verdict) == [.right, .unknown, .wrong, .wrong, .unknown])
    #expect(steps.map(\.index) == [0, 1, 2, 3, 4])
    #expect(firstError(in: steps) == 2)
    #expect(firstError(in: splitSteps("3 + 4 = 7")) == nil)
  }

  @Test func `steps are in order, apart, and trimmed`() {
    let text = "  Zuerst 3 + 4 = 7 Äpfel.  \n\n\t2. 5 – 2 = 3\r\n  “so” \\(1+1=2\\) \n"
    let bytes = Array(text.utf8)
    var end = 0
    for step in splitSteps(text) {
      #expect(step.bytes.lowerBound >= end)
      end = step.bytes.upperBound
      #expect(bytes[step.bytes.lowerBound] > 32 && bytes[step.bytes.upperBound - 1] > 32)
      #expect(step.checks.allSatisfy { step.bytes.contains($0.bytes.lowerBound) })
    }
    #expect(checks(in: text).count { $0.verdict == .right } == 3)
  }
}
