// `lancet import` as a person meets it: what is shown before, what is said after.

import Testing

@testable import lancet

@Suite struct ImportCommandTests {
  @Test func `a dry run shows rows as they would come in and writes nothing`() throws {
    let shell = try CommandTest()
    try shell.write(
      "a.jsonl",
      #"{"system":"Be brief.","problem":"What is 2+3?","final":"5","out":"2+3=6\nA: 6","critique":"no"}"#
        + "\n[]\n")
    shell.expect(
      #"""
      $ lancet import none $/a.jsonl --dry-run --field gold=final --field trace=out
      ! $/a.jsonl:2: object expected, found an array
      ! $/a.jsonl: ignored columns: critique
      $/a.jsonl:1
        system      Be brief.
        question    What is 2+3?
        answer      5
        trace 1     2+3=6
                    A: 6
                    Lancet grades wrong, 2 steps

      ! 2 rows read, 1 bad; nothing was written (--dry-run)
      """#)
  }

  @Test func `a dry run shows everything of a row that a session would keep`() throws {
    let shell = try CommandTest()
    try shell.write(
      "a.jsonl",
      #"""
      {"id":"p-1","system":"Be brief.","question":"What is 2+3?","gold":"5","solution":"2+3=5","chat_template_kwargs":{"enable_thinking":false},"traces":[{"text":"2+3=6\nA: 6","source":"small","correct":false}],"proposal":"2+3=5\nA: 5","oracle":"teacher"}
      {"prompt":"What is 1+1?","completions":["1+1=3","A: 3"],"labels":[false,true]}
      """#)
    shell.expect(
      #"""
      $ lancet import none $/a.jsonl --dry-run
      $/a.jsonl:1  id p-1
        system      Be brief.
        template    {"enable_thinking":false}
        question    What is 2+3?
        answer      5
        solution    2+3=5
        trace 1     2+3=6
                    A: 6
                    by small, the file says wrong, Lancet grades wrong, 2 steps
        teacher     2+3=5
                    A: 5

      $/a.jsonl:2
        question    What is 1+1?
        trace 1     1+1=3
                    A: 3
                    2 steps of the file's own, labels -1 1

      ! 2 rows read, 0 bad; nothing was written (--dry-run)
      $ lancet import none $/a.jsonl --dry-run --json
      {"read":2,"bad":[],"ignored":{},"rows":[{"file":"$/a.jsonl","line":1,"key":"p-1","context":[{"role":"system","content":"Be brief."}],"template_arguments":{"enable_thinking":false},"question":"What is 2+3?","answer":"5","solution":"2+3=5","source":null,"traces":[{"text":"2+3=6\nA: 6","source":"small","claimed":false,"grade":"wrong","steps":[0,6],"own_steps":false,"labels":[],"proposals":[{"oracle":"teacher","text":"2+3=5\nA: 5","note":null}],"comment":null}],"loose_proposals":[],"markers_stripped":0,"ignored":[]},{"file":"$/a.jsonl","line":2,"key":null,"context":[],"template_arguments":{},"question":"What is 1+1?","answer":null,"solution":null,"source":null,"traces":[{"text":"1+1=3\nA: 3","source":null,"claimed":null,"grade":null,"steps":[0,6],"own_steps":true,"labels":[{"step":0,"label":-1},{"step":6,"label":1}],"proposals":[],"comment":null}],"loose_proposals":[],"markers_stripped":0,"ignored":[]}]}
      """#)
  }

  @Test func `an import says what it did not read and which claims it denies`() throws {
    let shell = try CommandTest()
    try shell.write(
      "a.csv", "Question,Answer,Response,is_correct,level\nWhat is 2+3?,5,A: 6,True,3\n")
    shell.expect(
      #"""
      $ lancet new $/s.lancet
      ! made $/s.lancet
      $ lancet import $/s.lancet $/a.csv
      ! $/a.csv: ignored columns: level
      ! 1 trace where the file's claim contradicts Lancet's grade; both are kept (trace 1)
      ! 1 row read, 1 added, 0 duplicates, 0 bad: 1 new problem, 1 new trace, 0 new proposals
      $ lancet import $/s.lancet $/a.csv --field gold
      ! lancet: error: --field cannot be "gold" (lancet import): give PART=COLUMN with one of question, gold, trace, proposal, system, solution, source, claim, id, oracle, chosen, rejected; see lancet import --help
      [2]
      """#)
  }

  @Test func `a system message is shown, and exported where the format has room`() throws {
    let shell = try CommandTest()
    try shell.write(
      "a.jsonl",
      #"{"system":"Be brief.","question":"What is 2+3?","answer":"5","trace":"A: 6","proposal":"A: 5"}"#
    )
    shell.expect(
      #"""
      $ lancet new $/s.lancet
      ! made $/s.lancet
      $ lancet import $/s.lancet $/a.jsonl
      ! 1 row read, 1 added, 0 duplicates, 0 bad: 1 new problem, 1 new trace, 1 new proposal
      $ lancet decide $/s.lancet --trace 1 --accept 1 --approve
      ! trace 1: answers 5, right, R 33 %, pair 1
      $ lancet show $/s.lancet --trace 1
      trace 1 of problem 1, a.jsonl, approved, pair 1

      system
        Be brief.

      question
        What is 2+3?

      known answer
        5

      y⁻  wrong, answers 6
        A: 6

      correction  right, answers 5, R 33 %
        A: 5

      hunk 1  accepted
        - 6
        + 5
      $ lancet export $/s.lancet - --format trl
      {"prompt":[{"role":"system","content":"Be brief."},{"role":"user","content":"What is 2+3?"}],"chosen":[{"role":"assistant","content":"A: 5"}],"rejected":[{"role":"assistant","content":"A: 6"}]}
      ! 1 pair written
      $ lancet export $/s.lancet - --format spot
      {"index":"1","prompt":"What is 2+3?","question":"What is 2+3?","original_answer":"A: 6","original_extracted":"6","ground_truth":"5","gemini_corrected_answer":"A: 5","gemini_extracted_answer":"5","is_correct":true,"data_source":"a.jsonl","oracle":"replay","change_ratio":0.33333333333333337,"system":"Be brief."}
      ! 1 pair written
      """#)
  }
}
