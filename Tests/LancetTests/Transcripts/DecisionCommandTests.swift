// From a wrong trace to an exported pair without the workbench: rectify, show, decide, export.

import Testing

@testable import lancet

@Suite struct DecisionCommandTests {
  @Test func `the Oracle is asked about wrong traces without a proposal, once`() throws {
    let shell = try CommandTest()
    try shell.writeRows()
    shell.expect(
      #"""
      $ lancet new $/s
      ! made $/s.lancet
      $ lancet import $/s $/rows.jsonl
      ! 4 rows read, 4 added, 0 duplicates, 0 bad: 4 new problems, 4 new traces, 1 new proposal
      $ lancet rectify $/s --oracle arithmetic
      ! 2 wrong traces asked about: 1 proposal, 1 of them right by the known answer; 1 could not be improved; 1 needed no asking
      $ lancet rectify $/s --oracle arithmetic --json
      {"asked":1,"proposed":0,"reached":0,"unchanged":1,"skipped":2}
      $ lancet show $/s
      $/s.lancet
      problems   4
      traces     4   1 right, 3 wrong, 0 ungradable
      review     4 new, 0 open, 0 approved, 0 rejected, 0 skipped
      proposals  2
      pairs      0
      $ lancet show $/s --json
      {"session":"s","path":"$/s.lancet","problems":4,"traces":4,"proposals":2,"pairs":0,"events":0,"status":{"new":4,"open":0,"approved":0,"rejected":0,"skipped":0},"grade":{"right":1,"wrong":3,"ungradable":0},"open_in":null}
      """#)
  }

  @Test func `a stopped rectify says that it goes on from there`() throws {
    let shell = try CommandTest()
    try shell.makeSession()
    shell.isInterrupted = true
    shell.expect(
      #"""
      $ lancet rectify $/s --oracle arithmetic
      ! 1 wrong trace asked about: 0 proposals, 0 of them right by the known answer; 1 could not be improved; 2 needed no asking
      ! stopped; the same command continues from here
      [130]
      """#)
  }

  @Test func `another Oracle's replies are taken from a file, by trace`() throws {
    let shell = try CommandTest()
    try shell.makeSession()
    try shell.write("replies.jsonl", "{\"trace\":3,\"text\":\"6 * 7 = 42.\\nAnswer: 42\"}\n\n")
    try shell.write("bad.jsonl", "{\"trace\":3}\n")
    try shell.write("json.jsonl", "{\"trace\":3\n")
    shell.expect(
      #"""
      $ lancet rectify $/s --oracle replay --replies $/bad.jsonl
      ! lancet: error: no trace and text ($/bad.jsonl, line 1): write rows of {"trace": ID, "text": TEXT}
      [65]
      $ lancet rectify $/s --oracle replay --replies $/json.jsonl
      ! lancet: error: the JSON text ends too early ($/json.jsonl, line 1): write rows of {"trace": ID, "text": TEXT}
      [65]
      $ lancet rectify $/s --oracle replay --replies $/replies.jsonl
      ! 1 wrong trace asked about: 1 proposal, 1 of them right by the known answer; 0 could not be improved; 2 needed no asking
      """#)
  }

  @Test func `a trace with its hunks, decisions and grades`() throws {
    let shell = try CommandTest()
    try shell.makeSession()
    shell.expect(
      #"""
      $ lancet show $/s --trace 1
      trace 1 of problem 1, student, new

      question
        Take 30 from 78, then add 40.

      known answer
        88

      y⁻  wrong, answers 90
        78 - 30 = 48.
        48 + 40 = 90.
        Answer: 90

      correction  right, answers 88, R 13 %
        78 - 30 = 48.
        48 + 40 = 88.
        Answer: 88

      hunk 1  undecided
        - 90
        + 88

      hunk 2  undecided
        - 90
        + 88

      not to be approved: 2 hunks are undecided
      $ lancet show $/s --trace 1 --json
      {"trace":1,"problem":1,"pair":null,"status":"new","flagged":false,"skip":null,"source":"student","claimed":null,"question":"Take 30 from 78, then add 40.","context":[],"template_arguments":{},"known_answer":"88","solution":null,"own_steps":null,"y_minus":"78 - 30 = 48.\n48 + 40 = 90.\nAnswer: 90","correction":"78 - 30 = 48.\n48 + 40 = 88.\nAnswer: 88","change_ratio":0.1333333333333333,"answer":"88","verdict":"right","grade_before":{"verdict":"wrong","gold":"88","answer":"90","reason":"another value"},"grade_after":{"verdict":"right","gold":"88","answer":"88","reason":null},"oracle":"arithmetic","proposals":[{"id":2,"oracle":"arithmetic","note":null,"text":"78 - 30 = 48.\n48 + 40 = 88.\nAnswer: 88"}],"hunks":[{"id":1,"kind":"replace","proposal":2,"minus":[24,26],"plus":[24,26],"minus_text":"90","plus_text":"88","decision":"undecided","text":"88","comment":null},{"id":2,"kind":"replace","proposal":2,"minus":[36,38],"plus":[36,38],"minus_text":"90","plus_text":"88","decision":"undecided","text":"88","comment":null}],"labels":[],"first_error":null,"comment":null,"approved":null,"override":null,"refusals":["2 hunks are undecided"]}
      $ lancet show $/s --trace 2
      trace 2 of problem 2, rows.jsonl, new

      question
        What is 2 + 3?

      known answer
        5

      y⁻  right, answers 5
        2 + 3 = 5.
        Answer: 5
      $ lancet show $/s --trace 99
      ! lancet: error: no trace 99 ($/s.lancet): see lancet show
      [66]
      $ lancet show $/s --pair 1
      ! lancet: error: no pair 1 ($/s.lancet): see lancet show
      [66]
      """#)
  }

  @Test func `hunks are decided one by one, and the correction becomes a pair`() throws {
    let shell = try CommandTest()
    try shell.makeSession()
    shell.expect(
      #"""
      $ lancet decide $/s --trace 1 --approve
      ! trace 1: answers 88, right, R 13 %, no pair
      ! not approved: 2 hunks are undecided
      [1]
      $ lancet decide $/s --trace 1 --accept 1,2
      ! trace 1: answers 88, right, R 13 %, no pair
      $ lancet decide $/s --trace 1 --reject 9
      ! lancet: error: there is no hunk 9, the trace has 2 (trace 1): show the trace again, it may have changed
      [65]
      $ lancet decide $/s --trace 1 --tweak 1=89 --json
      {"trace":1,"batch":2,"correction":"78 - 30 = 48.\n48 + 40 = 89.\nAnswer: 88","change_ratio":0.1333333333333333,"answer":"88","verdict":"right","approved":null}
      $ lancet decide $/s --trace 1 --approve
      ! trace 1: answers 88, right, R 13 %, no pair
      ! not approved: step 2 is wrong: 48 + 40 = 89 should be 88
      ! not approved: step 3 uses 88, which no step derives
      [1]
      $ lancet decide $/s --trace 1 --accept 1 --approve
      ! trace 1: answers 88, right, R 13 %, pair 1
      $ lancet decide $/s --trace 1 --approve
      ! trace 1: answers 88, right, R 13 %, approved already as pair 1
      $ lancet show $/s --trace 1
      trace 1 of problem 1, student, approved, pair 1

      question
        Take 30 from 78, then add 40.

      known answer
        88

      y⁻  wrong, answers 90
        78 - 30 = 48.
        48 + 40 = 90.
        Answer: 90

      correction  right, answers 88, R 13 %
        78 - 30 = 48.
        48 + 40 = 88.
        Answer: 88

      hunk 1  accepted
        - 90
        + 88

      hunk 2  accepted
        - 90
        + 88
      $ lancet show $/s --pair 1
      trace 1 of problem 1, student, approved, pair 1

      question
        Take 30 from 78, then add 40.

      known answer
        88

      y⁻  wrong, answers 90
        78 - 30 = 48.
        48 + 40 = 90.
        Answer: 90

      correction  right, answers 88, R 13 %
        78 - 30 = 48.
        48 + 40 = 88.
        Answer: 88

      hunk 1  accepted
        - 90
        + 88

      hunk 2  accepted
        - 90
        + 88
      $ lancet decide $/s --trace 1 --tweak 1=88.0 --approve
      ! trace 1: answers 88, right, R 24 %, pair 2
      $ lancet show $/s --pair 1
      pair 1 of trace 1, superseded by pair 2

      question
        Take 30 from 78, then add 40.

      known answer
        88

      y⁻
        78 - 30 = 48.
        48 + 40 = 90.
        Answer: 90

      correction  right, answers 88, R 13 %
        78 - 30 = 48.
        48 + 40 = 88.
        Answer: 88
      $ lancet decide $/s --trace 1 --accept 1 --approve
      ! trace 1: answers 88, right, R 13 %, pair 1
      $ lancet decide $/s --trace 7 --accept 1
      ! lancet: error: no trace 7 ($/s.lancet): see lancet show
      [66]
      """#)
  }

  @Test func `a rule is tried, then applied`() throws {
    let shell = try CommandTest()
    try shell.makeSession()
    shell.expect(
      #"""
      $ lancet decide $/s --rule 'answer = right' --dry-run
      ! 2 open traces match: 5 hunks would be accepted, 2 traces would be approved
      trace 1  Take 30 from 78, then add 40.
      trace 4  Tim has 3 bags of 4 apples. How many?
      $ lancet decide $/s --rule 'answer = right' --dry-run --json
      {"matched":2,"hunks":5,"approved":2,"dry_run":true,"batch":null,"examples":[{"trace":1,"question":"Take 30 from 78, then add 40.","hunks":2,"change_ratio":0.1333333333333333,"refusal":null},{"trace":4,"question":"Tim has 3 bags of 4 apples. How many?","hunks":3,"change_ratio":0.33333333333333337,"refusal":null}]}
      $ lancet decide $/s --rule 'answer = right'
      ! 2 open traces match: 5 hunks accepted, 2 traces approved
      trace 1  Take 30 from 78, then add 40.
      trace 4  Tim has 3 bags of 4 apples. How many?
      $ lancet decide $/s --rule 'answer = right'
      ! 0 open traces match: 0 hunks accepted, 0 traces approved
      $ lancet decide $/s --rule 'anwser = right'
      ! lancet: error: unknown field 'anwser' (column 1 of the rule): use one of status, grade, answer, change_ratio, hunks, steps, tokens, oracle, source, flagged, question
      [2]
      $ lancet decide $/s --rule 'answer = rigth'
      ! lancet: error: 'rigth' is no value of answer (column 10 of the rule): use one of right, wrong, ungradable, none
      [2]
      $ lancet decide $/s --rule 'answer ='
      ! lancet: error: expected a value, found the end (column 9 of the rule): write for example  change_ratio <= 0.6 and answer = right
      [2]
      $ lancet decide $/s --rule 'question < 3'
      ! lancet: error: '<' does not apply to question (column 10 of the rule): use one of = != ~
      [2]
      $ lancet decide $/s --rule 'question ~ "apples'
      ! lancet: error: the quote is not closed (column 12 of the rule): end the value with "
      [2]
      """#)
  }

  @Test func `a batch of decisions is acknowledged line by line`() throws {
    let shell = try CommandTest()
    try shell.makeSession()
    try shell.write(
      "batch.jsonl",
      """
      {"trace":1,"accept":[1,2],"approve":true}
      {"trace":4,"reject":[1],"flag":true,"comment":"a note","approve":true}
      {"trace":99}
      {"trace":1,"acccept":[1]}
      {"trace":1,"accept":1}
      {"trace":1,"accept":["one"]}
      {"trace":1,"tweak":[]}
      {"trace":1,"tweak":{"one":"text"}}
      {"trace":1,"tweak":{"1":"88"},"override":"why not"}
      {"trace":"1"}
      []
      nonsense
      """)
    shell.expect(
      #"""
      $ lancet decide $/s --batch $/batch.jsonl
      {"line":1,"trace":1,"batch":1,"change_ratio":0.1333333333333333,"answer":"88","verdict":"right","approved":1}
      {"line":2,"trace":4,"batch":2,"change_ratio":0.2222222222222222,"answer":"12","verdict":"right","approved":null,"refusals":["2 hunks are undecided","step 1 is wrong: 3 + 4 = 12 should be 7"]}
      {"line":3,"error":"no trace 99"}
      {"line":4,"error":"unknown field acccept"}
      {"line":5,"error":"accept: an array expected"}
      {"line":6,"error":"accept: whole numbers expected"}
      {"line":7,"error":"tweak: an object expected"}
      {"line":8,"error":"tweak: hunk numbers with texts expected"}
      {"line":9,"trace":1,"batch":3,"change_ratio":0.1333333333333333,"answer":"88","verdict":"right","approved":1}
      {"line":10,"error":"trace: a whole number expected"}
      {"line":11,"error":"object expected, found an array"}
      {"line":12,"error":"'null' expected, found 'o'"}
      [1]
      $ lancet decide $/s --batch $/missing.jsonl
      ! lancet: error: no such file ($/missing.jsonl): check the path
      [66]
      """#)
    shell.isInterrupted = true
    shell.patience = 1
    shell.expect(
      #"""
      $ lancet decide $/s --batch - < $/batch.jsonl
      {"line":1,"trace":1,"batch":4,"change_ratio":0.1333333333333333,"answer":"88","verdict":"right","approved":1}
      [130]
      """#)
  }

  @Test func `no decision follows one whose acknowledgement nobody reads`() throws {
    let shell = try CommandTest()
    try shell.makeSession()
    try shell.write(
      "batch.jsonl", "{\"trace\":1,\"accept\":[1]}\n{\"trace\":4,\"accept\":[1]}\n")
    shell.outputLimit = 0
    shell.expect(
      #"""
      $ lancet decide $/s --batch $/batch.jsonl
      """#)
    shell.outputLimit = .max
    shell.expect(
      #"""
      $ lancet show $/s --trace 4
      trace 4 of problem 4, rows.jsonl, new

      question
        Tim has 3 bags of 4 apples. How many?

      known answer
        12

      y⁻  wrong, answers 7
        3 + 4 = 7.
        Answer: 7

      correction  right, answers 12, R 33 %
        3 * 4 = 12.
        Answer: 12

      hunk 1  undecided
        - +
        + *

      hunk 2  undecided
        - 7
        + 12

      hunk 3  undecided
        - 7
        + 12

      not to be approved: 3 hunks are undecided
      """#)
  }

  @Test(arguments: ["spot", "trl", "trl-unpaired", "step-dpo", "steps"])
  func `approved pairs are exported in every format`(format: String) throws {
    let shell = try CommandTest()
    try shell.makeSession(approve: true)
    let lines = shell.run("lancet export $/s - --format \(format)")
    #expect(lines.last == "! 2 pairs written")
    #expect(lines.count > 2)
  }

  @Test func `an export is whole or not there`() throws {
    let shell = try CommandTest()
    try shell.makeSession(approve: true)
    shell.expect(
      #"""
      $ lancet export $/s $/pairs.jsonl --format spot
      ! 2 pairs written
      $ lancet export $/s - --format trl
      {"prompt":[{"role":"user","content":"Take 30 from 78, then add 40."}],"chosen":[{"role":"assistant","content":"78 - 30 = 48.\n48 + 40 = 88.\nAnswer: 88"}],"rejected":[{"role":"assistant","content":"78 - 30 = 48.\n48 + 40 = 90.\nAnswer: 90"}]}
      {"prompt":[{"role":"user","content":"Tim has 3 bags of 4 apples. How many?"}],"chosen":[{"role":"assistant","content":"3 * 4 = 12.\nAnswer: 12"}],"rejected":[{"role":"assistant","content":"3 + 4 = 7.\nAnswer: 7"}]}
      ! 2 pairs written
      $ lancet export $/s $/pairs.jsonl --format spot --gamma 0.3
      ! 1 pair written, 1 skipped
      ! pair 2: change ratio 0.33 is above 0.3
      $ lancet export $/s $/pairs.jsonl --format spot --gamma 0.3 --json
      {"written":1,"skipped":[{"pair":2,"reason":"change ratio 0.33 is above 0.3"}]}
      $ lancet export $/s - --format spot --gamma 0 --json
      ! {"written":0,"skipped":[{"pair":1,"reason":"change ratio 0.13 is above 0.0"},{"pair":2,"reason":"change ratio 0.33 is above 0.0"}]}
      $ lancet export $/s $/no/folder/pairs.jsonl --format spot
      ! lancet: error: cannot create: no such file or folder ($/no/folder/pairs.jsonl): check the path
      [73]
      $ lancet export $/missing $/pairs.jsonl --format spot
      ! lancet: error: no such session ($/missing.lancet): make it with lancet new, or see lancet sessions
      [66]
      """#)
    shell.outputLimit = 0
    shell.outputFailure = .failed(reason: "No space left on device")
    shell.expect(
      #"""
      $ lancet export $/s - --format trl-unpaired
      ! lancet: error: cannot write: No space left on device (standard output): make room, or send the output elsewhere, and run the command again
      [74]
      """#)
  }
}
