// The Review screen as people see it, in three sizes, and where it is hard: wide characters, no colour, long traces.

import LancetCanvas
import LancetCore
import Testing

@testable import LancetApp

@Test func `a trace at 80 by 24 is stacked`() {
  var test = ScreenTest.review(columns: 80, rows: 24)
  test.type("a x")
  test.expect(
    rows: """
       Start with 51 marbles. Take away 45. Add 43. Add 13. How       known answer 62
       many marbles?
      ────────────────────────────────────────────────────────────────────────────────
       y⁻  student · #1                 60 ✗  y⁺  correction · arithmetic        62 ✓
           1 ✗    − 51 - 45 = 14.                                     is 6
           1 ✓    + 51 - 45 = 6.                                     [✓] 1 fixes
       ▶   2 ✓    − 14 + 43 = 57.
           2 ✗    + 14 + 43 = 49.                                    [✗][ ]
           3 ✗    − 57 + 13 = 60.                                     is 70
           3 ✓    + 49 + 13 = 62.                                    [ ][ ]
           4 ·    − Answer: 60
           4 ·    + Answer: 62                                       [ ] 6 propagates
      """, from: 2)
  test.expect("R 0.24 ███░░░░│░░░")
  test.expect("4 of 6 hunks undecided")
}

@Test func `a trace at 120 by 30 stands side by side`() {
  var test = ScreenTest.review(columns: 120, rows: 30)
  test.type("a")
  test.expect(
    rows: """
       Start with 51 marbles. Take away 45. Add 43. Add 13. How many marbles?                                 known answer 62
      ──────────────────────────────────────────────────────────┬─────────────────────────────────────────────────────────────
       y⁻  student · #1                                    60 ✗ │ y⁺  correction · arithmetic                            62 ✓
                                                                │
           1 ✗    51 - 45 = 14.                         is 6    │   1 ✓ 51 - 45 = 6.                         [✓] 1 fixes
       ▶   2 ✓    14 + 43 = 57.                                 │   2 ✓ 6 + 43 = 49.                         [ ][ ]
           3 ✗    57 + 13 = 60.                         is 70   │   3 ✓ 49 + 13 = 62.                        [ ][ ]
           4 ·    Answer: 60                                    │   4 · Answer: 62                           [ ] 6 propagates
                                                                │
      """, from: 2)
  test.expect("hunk 2 of 6 replaces · undecided · propagates a changed value")
}

@Test func `a trace at 140 by 44 stands side by side`() {
  let test = ScreenTest.review(columns: 140, rows: 44)
  test.expect(
    rows: """
       ▶   1 ✗    51 - 45 = 14.                                   is 6    │   1 ✓ 51 - 45 = 6.                                   [ ] 1 fixes
           2 ✓    14 + 43 = 57.                                           │   2 ✓ 6 + 43 = 49.                                   [ ][ ]
           3 ✗    57 + 13 = 60.                                   is 70   │   3 ✓ 49 + 13 = 62.                                  [ ][ ]
           4 ·    Answer: 60                                              │   4 · Answer: 62                                     [ ] 6 propagates
                                                                          │
      """, from: 6)
  test.expect(
    "R 0.29 ███░░░░│░░░   without this hunk 0.24 ✓   21 words   first error: step 1 (checks)   "
      + "6 of 6 hunks undecided   needed: all")
}

@Test func `without colour the changed words stand in brackets`() throws {
  let test = ScreenTest.review(columns: 120, rows: 30, theme: "mono")
  try #require(test.state.theme.monochrome)
  test.expect("51 - 45 = [14].")
  test.expect("51 - 45 = [6].")
}

@Test func `wide characters keep the columns`() {
  let test = ScreenTest.review(
    "第一步:51 - 45 = 14 颗。😀\nAnswer: 57", proposals: ["第一步:51 - 45 = 6 颗。😀\nAnswer: 49"],
    answer: "49", columns: 120, rows: 30)
  test.expect("第一步:51 - 45 = 14 颗。😀")
  for row in 6..<24 {
    #expect(test.canvas[row: row, column: 58].text == "│")
  }
}

@Test func `what would obey the terminal is shown instead`() {
  let test = ScreenTest.review("a\u{1B}[2J b\u{202E}c\td", proposals: [], columns: 120, rows: 30)
  test.expect("a␛[2J b⟨U+202E⟩c")
}

@Test func `a step whose arithmetic was not read says so`() {
  let sums = String(repeating: "3 + 4 = 8. ", count: 4_000)
  func text(_ value: Int) -> String {
    "\(sums)\nStep 2 is plain.\nSo there are \(value).\nAnswer: \(value)"
  }
  var test = ScreenTest.review(text(60), proposals: [text(6)], answer: "6", columns: 140, rows: 44)
  test.expect("arithmetic not read from step 1 on")
  test.type("G")
  test.expect("?")
}

@Test func `a long trace folds, opens and keeps the cursor on screen`() {
  let lines = (1...3000).map { "Step \($0): nothing happens here." }
  var fixed = lines
  fixed[1500] = "Step 1501: something happens here."
  var test = ScreenTest.review(
    lines.joined(separator: "\n"), proposals: [fixed.joined(separator: "\n")], answer: nil,
    columns: 120, rows: 30)
  test.expect("⋯ 1497 unchanged lines")
  test.expect("something")
  test.type("F g")
  test.expectNo("unchanged lines")
  test.expect("Step 1: nothing")
  test.type("G")
  test.expect("Step 3000: nothing")
  test.type("[")
  test.expect("something")
  test.type("F g Enter")
  test.expect("Step 1: nothing")
  #expect(test.shows("▶"))
}

@Test func `the whole question opens and closes`() {
  let question = (1...40).map { "Sentence number \($0) of the question." }.joined(separator: " ")
  var test = ScreenTest.review(question: question, columns: 120, rows: 40)
  test.expectNo("Sentence number 12 ")
  test.type("i")
  test.expect("Sentence number 12 ")
  test.type("i")
  test.expectNo("Sentence number 12 ")
}

@Test func `a small window shows the cursor's line`() {
  let test = ScreenTest.review(columns: 60, rows: 15)
  test.expect("▶")
  test.expect("[ ] 1")
}
