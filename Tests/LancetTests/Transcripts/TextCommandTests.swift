// Commands about texts: grade, steps, diff.

import Testing

@testable import lancet

@Suite struct TextCommandTests {
  @Test func `one answer is graded, and the exit status says whether it is right`() throws {
    try CommandTest().expect(
      #"""
      $ lancet grade --gold 1/2 --answer 0.5
      right: 0.5 against 1/2
      $ lancet grade --gold 4 --answer 5
      wrong: 5 against 4 (another value)
      [1]
      $ lancet grade --gold 4 --answer 'I do not know.'
      ungradable: I do not know against 4 (one side is text)
      [1]
      $ lancet grade --gold 4 --answer '2 + 2 = 4. Answer: 4' --json
      {"verdict":"right","gold":"4","answer":"4","reason":null,"strength":"strong"}
      $ lancet grade --gold 4 --answer '' --json
      {"verdict":"ungradable","gold":"4","answer":null,"reason":"no final answer is announced","strength":null}
      [1]
      """#)
  }

  @Test func `a batch is answered line by line, unreadable rows included`() throws {
    let shell = try CommandTest()
    try shell.write(
      "batch.jsonl",
      """
      {"gold": 4, "answer": "4.0"}
      {"gold": "4", "answer": "5"}

      {"gold": "4"}
      nonsense
      """)
    shell.expect(
      #"""
      $ lancet grade --batch $/batch.jsonl
      right: 4.0 against 4
      wrong: 5 against 4 (another value)
      ungradable (line 4: no gold and answer as texts or numbers)
      ungradable (line 5: 'null' expected, found 'o' at byte 1)
      ! lancet: 2 rows of $/batch.jsonl could not be read
      [65]
      $ lancet grade --batch - --json < $/batch.jsonl
      {"verdict":"right","gold":"4","answer":"4.0","reason":null,"strength":"strong"}
      {"verdict":"wrong","gold":"4","answer":"5","reason":"another value","strength":"strong"}
      {"verdict":"ungradable","gold":null,"answer":null,"reason":"line 4: no gold and answer as texts or numbers","strength":null}
      {"verdict":"ungradable","gold":null,"answer":null,"reason":"line 5: 'null' expected, found 'o' at byte 1","strength":null}
      ! lancet: 2 rows of - could not be read
      [65]
      $ lancet grade --batch $/missing.jsonl
      ! lancet: error: no such file ($/missing.jsonl): check the path
      [66]
      $ lancet grade --batch $/
      ! lancet: error: this is a folder, not a file ($/): give a regular file, or - for standard input
      [66]
      """#)
  }

  @Test func `a trace is split into steps, and the first wrong one is named`() throws {
    let shell = try CommandTest()
    try shell.write("right", "2 + 3 = 5.\nSo the answer is 5.\n")
    try shell.write("wrong", "2 + 3 = 5.\n5 * 4 = 21.\nAnswer: 21\u{1B}[2J\n")
    try shell.write("latin1", [0x63, 0x61, 0x66, 0xE9])
    shell.expect(
      #"""
      $ lancet steps $/right
      ✓ 2 + 3 = 5.
      · So the answer is 5.
      $ lancet steps $/wrong
      ✓ 2 + 3 = 5.
      ✗ 5 * 4 = 21.
          5 * 4 = 20, not 21
      · Answer: 21␛[2J
      ! first error in step 2 of 3
      [1]
      $ lancet steps - --json < $/wrong
      {"steps":[{"index":0,"bytes":[0,10],"text":"2 + 3 = 5.","checks":[{"bytes":[0,9],"stated_bytes":[8,9],"expression":"2 + 3","stated":"5","computed":"5","verdict":"right"}],"verdict":"right"},{"index":1,"bytes":[11,22],"text":"5 * 4 = 21.","checks":[{"bytes":[11,21],"stated_bytes":[19,21],"expression":"5 * 4","stated":"21","computed":"20","verdict":"wrong"}],"verdict":"wrong"},{"index":2,"bytes":[23,37],"text":"Answer: 21\u001b[2J","checks":[],"verdict":"unknown"}],"first_error":1}
      [1]
      $ lancet steps $/latin1
      ! lancet: error: not UTF-8 at byte 3 ($/latin1): convert it to UTF-8 first
      [65]
      $ lancet steps $/missing
      ! lancet: error: no such file ($/missing): check the path
      [66]
      """#)
  }

  @Test func `two texts are compared by the unit that is asked for`() throws {
    let shell = try CommandTest()
    try shell.write("minus", "The sum is 12 apples.\nThat is all.\n")
    try shell.write("plus", "The sum is 13 pears.\nThat is all.\nDone.\n")
    shell.expect(
      #"""
      $ lancet diff $/minus $/plus
      @ 11..<20 11..<19 replace
      -12 apples
      +13 pears
      @ 33..<33 32..<38 insert
      +.
      +Done
      ! 2 hunks, change ratio 33.3 % (8 of 12 words kept)
      $ lancet diff $/minus $/plus --unit char
      @ 12..<13 12..<13 replace
      -2
      +3
      @ 14..<19 14..<18 replace
      -apple
      +pear
      @ 33..<33 32..<38 insert
      +.
      +Done
      ! 3 hunks, change ratio 22.5 % (31 of 40 characters kept)
      $ lancet diff $/minus $/plus --unit line --json
      {"unit":"line","length_minus":2,"length_plus":3,"lcs":1,"change_ratio":0.6666666666666667,"hunks":[{"kind":"replace","minus":[0,22],"plus":[0,21],"minus_text":"The sum is 12 apples.\n","plus_text":"The sum is 13 pears.\n"},{"kind":"insert","minus":[35,35],"plus":[34,40],"minus_text":"","plus_text":"Done.\n"}]}
      $ lancet diff $/minus $/minus
      ! 0 hunks, change ratio 0.0 % (10 of 10 words kept)
      $ lancet diff $/minus $/missing
      ! lancet: error: no such file ($/missing): check the path
      [66]
      """#)
  }

  @Test func `on a terminal the texts stand beside each other, on a narrow one above`() throws {
    let shell = try CommandTest()
    let same = (1...9).map { "line \($0)\n" }.joined()
    try shell.write("minus", same + "The sum is 12 apples.\n")
    try shell.write("plus", same + "The sum is 13 apples.\n")
    shell.isTerminal = true
    shell.expect(
      #"""
      $ lancet diff $/minus $/plus
        ⋯ 7 unchanged lines
      line 8                                 │ line 8
      line 9                                 │ line 9
      The sum is ␛[1;4;31m12␛[0m apples.                  ┃ The sum is ␛[1;4;32m13␛[0m apples.
      ! 1 hunk, change ratio 4.2 % (23 of 24 words kept)
      """#)
    shell.variables["NO_COLOR"] = "1"
    shell.expect(
      #"""
      $ lancet diff $/plus $/minus
        ⋯ 7 unchanged lines
      line 8                                 │ line 8
      line 9                                 │ line 9
      The sum is 13 apples.                  ┃ The sum is 12 apples.
      ! 1 hunk, change ratio 4.2 % (23 of 24 words kept)
      """#)
    shell.columns = 40
    shell.expect(
      #"""
      $ lancet diff $/minus $/plus --unit char
        ⋯ 7 unchanged lines
        line 8
        line 9
      - The sum is 12 apples.
      + The sum is 13 apples.
      ! 1 hunk, change ratio 1.2 % (84 of 85 characters kept)
      """#)
    shell.variables["COLUMNS"] = "9223372036854775807"
    shell.expect(
      #"""
      $ lancet diff $/minus $/plus
        ⋯ 7 unchanged lines
        line 8
        line 9
      - The sum is 12 apples.
      + The sum is 13 apples.
      ! 1 hunk, change ratio 4.2 % (23 of 24 words kept)
      """#)
  }

  @Test func `colour can be forced without a terminal`() throws {
    let shell = try CommandTest()
    shell.variables["CLICOLOR_FORCE"] = "1"
    #expect(CommandIO(shell.host()).outputTakesColor)
    shell.variables["NO_COLOR"] = "1"
    #expect(!CommandIO(shell.host()).outputTakesColor)
    shell.variables = ["TERM": "dumb"]
    shell.isTerminal = true
    #expect(!CommandIO(shell.host()).outputTakesColor)
    #expect(CommandIO(shell.host()).columns == 80)
  }
}
