// Help, version, and every sentence about wrong usage.

import Testing

@Suite struct UsageTests {
  @Test func `the version`() throws {
    try CommandTest().expect(
      #"""
      $ lancet --version
      lancet 0.1.0
      """#)
  }

  @Test func `the overview names every command and every exit status`() throws {
    try CommandTest().expect(
      #"""
      $ lancet --help
      Lancet: review a model's wrong traces hunk by hunk, approve pairs, train on them.

      usage: lancet [SESSION]           open the workbench (the demo without SESSION)
             lancet COMMAND [ARGUMENT …]

      Commands
        open      the workbench; without SESSION the bundled demo
        new       make a session
        sessions  list the sessions
        restore   list a session's backups, or put one back
        import    read problems, traces and proposals from JSON or CSV
        grade     is an answer the same value as the known answer?
        steps     split a trace into steps and check what can be checked
        diff      the hunks and the change ratio of two texts
        rectify   ask an Oracle about every wrong trace without a proposal
        show      one item with its hunks, decisions and grades
        decide    the decisions of the workbench, for scripts
        export    write the approved pairs
        tokenize  token ids of a text, no special tokens added
        logprobs  log-probabilities of both answers of every pair
        train     one training run, headless
        generate  one continuation
        eval      accuracy on problems with known answers, any row that import reads
        runs      list the runs
        plot      draw curves as a picture or a table
        doctor    what works here and what to do about what does not

      lancet COMMAND --help prints a command's options. Exit statuses: 0 done, 1 the answer is no,
      2 wrong usage, 65 bad data, 66 input missing, 69 Oracle unreachable, 70 a bug, 73 cannot create
      output, 74 input/output error, 75 try again, 130 interrupted.
      """#)
  }

  @Test func `a command's help`() throws {
    try CommandTest().expect(
      #"""
      $ lancet help grade
      usage: lancet grade [OPTION …]

      Is an answer the same value as the known answer?

      Options
        --gold G      the known answer (required without --batch)
        --answer A    the answer, or a whole trace (required without --batch)
        --batch FILE  rows of {"gold", "answer"}; - for input
        --explain     say in a sentence why
        --json        print JSON on standard output, nothing else
        --help        print this help

      Exit status 0 when right, 1 when wrong or ungradable (0 for a batch).
      $ lancet export --help
      usage: lancet export SESSION FILE --format NAME [OPTION …]

      Write the approved pairs.

      Options
        --format NAME  spot, trl, trl-unpaired, step-dpo or steps (required)
        --gamma G      skip pairs with a change ratio over G
        --json         print JSON on standard output, nothing else
        --help         print this help
      $ lancet decide -h
      usage: lancet decide SESSION [OPTION …]

      The decisions of the workbench, for scripts.

      Options
        --trace ID         the trace (required without --rule or --batch)
        --accept H,…       take the proposal's text of these hunks
        --reject H,…       keep the model's own text of these hunks
        --tweak H=TEXT …   put this text in place of a hunk
        --approve          make the correction a pair
        --override REASON  approve although a rule refuses
        --rule EXPR        accept and approve wherever it holds, as one undoable event
        --dry-run          with --rule: count and show five
        --batch FILE       rows of {"trace", "accept", …}; - for input
        --json             print JSON on standard output, nothing else
        --help             print this help

      Rule fields: status grade answer change_ratio hunks steps tokens oracle source flagged question
      Operators: = != < <= > >= ~ and or not ( ). Example: change_ratio <= 0.6 and answer = right
      """#)
  }

  @Test func `what is not known is named, with the nearest name`() throws {
    try CommandTest().expect(
      #"""
      $ lancet exprot
      ! lancet: error: unknown command or session "exprot" (first argument): did you mean "export"? lancet --help lists all
      [2]
      $ lancet help nonsense
      ! lancet: error: unknown command or session "nonsense" (first argument): lancet --help lists the commands, lancet sessions the sessions
      [2]
      $ lancet grade --glod 5
      ! lancet: error: unknown option --glod (lancet grade): did you mean --gold? see lancet grade --help
      [2]
      $ lancet grade --nonsense
      ! lancet: error: unknown option --nonsense (lancet grade): see lancet grade --help
      [2]
      $ lancet grade -x
      ! lancet: error: unknown option -x (lancet grade): see lancet grade --help
      [2]
      """#)
  }

  @Test func `missing and surplus values and arguments`() throws {
    try CommandTest().expect(
      #"""
      $ lancet grade --gold
      ! lancet: error: --gold needs a value (lancet grade): see lancet grade --help
      [2]
      $ lancet grade --json=yes --gold 1 --answer 1
      ! lancet: error: --json takes no value (lancet grade): see lancet grade --help
      [2]
      $ lancet grade --gold 1 --gold 2 --answer 1
      ! lancet: error: --gold is given twice (lancet grade): see lancet grade --help
      [2]
      $ lancet grade --gold 1
      ! lancet: error: --answer is missing (lancet grade): see lancet grade --help
      [2]
      $ lancet new
      ! lancet: error: SESSION is missing (lancet new): see lancet new --help
      [2]
      $ lancet import $/s
      ! lancet: error: FILE is missing (lancet import): see lancet import --help
      [2]
      $ lancet steps
      ! lancet: error: FILE is missing (lancet steps): see lancet steps --help
      [2]
      $ lancet diff $/a
      ! lancet: error: Y_PLUS is missing (lancet diff): see lancet diff --help
      [2]
      $ lancet sessions all
      ! lancet: error: unexpected argument "all" (lancet sessions): see lancet sessions --help
      [2]
      $ lancet export $/s $/f
      ! lancet: error: --format is missing (lancet export): see lancet export --help
      [2]
      $ lancet logprobs --model $/m
      ! lancet: error: SESSION or --pairs FILE is missing (lancet logprobs): see lancet logprobs --help
      [2]
      $ lancet train --pairs $/p --model $/m --out $/o
      ! lancet: error: --objective is missing (lancet train): see lancet train --help
      [2]
      $ lancet plot $/s --run 1 --out $/x.svg
      ! lancet: error: --metric is missing (lancet plot): see lancet plot --help
      [2]
      """#)
  }

  @Test func `values that do not fit and options that exclude each other`() throws {
    try CommandTest().expect(
      #"""
      $ lancet export $/s $/f --format xml
      ! lancet: error: --format cannot be "xml" (lancet export): give spot, trl, trl-unpaired, step-dpo or steps; see lancet export --help
      [2]
      $ lancet export $/s $/f --format trl --gamma 2
      ! lancet: error: --gamma cannot be "2" (lancet export): give a number from 0 to 1; see lancet export --help
      [2]
      $ lancet show $/s --trace 0
      ! lancet: error: --trace cannot be "0" (lancet show): give a whole number from 1; see lancet show --help
      [2]
      $ lancet show $/s --trace 1 --pair 1
      ! lancet: error: --pair and --trace exclude each other (lancet show): see lancet show --help
      [2]
      $ lancet grade --batch $/f --gold 1
      ! lancet: error: --batch and --gold exclude each other (lancet grade): see lancet grade --help
      [2]
      $ lancet diff $/a $/b --unit word --model $/m
      ! lancet: error: --model and --unit word exclude each other (lancet diff): see lancet diff --help
      [2]
      $ lancet decide $/s --trace 1 --accept one
      ! lancet: error: --accept cannot be "one" (lancet decide): give hunk numbers such as 1,3; see lancet decide --help
      [2]
      $ lancet decide $/s --trace 1 --tweak two
      ! lancet: error: --tweak cannot be "two" (lancet decide): give a hunk number, =, and its text; see lancet decide --help
      [2]
      $ lancet decide $/s --rule 'R < 1' --trace 1
      ! lancet: error: --rule and --trace exclude each other (lancet decide): see lancet decide --help
      [2]
      $ lancet decide $/s --dry-run
      ! lancet: error: --rule is missing (lancet decide): see lancet decide --help
      [2]
      $ lancet decide $/s --batch - --trace 1
      ! lancet: error: --batch and --trace exclude each other (lancet decide): see lancet decide --help
      [2]
      $ lancet decide $/s
      ! lancet: error: --trace is missing (lancet decide): see lancet decide --help
      [2]
      $ lancet plot $/s --run 1 --metric loss --out $/x.png
      ! lancet: error: --out cannot be "$/x.png" (lancet plot): give a file ending in .svg or .csv; see lancet plot --help
      [2]
      $ lancet train --pairs $/p --model $/m --out $/o --objective dpo --epochs 1 --steps 1
      ! lancet: error: --epochs and --steps exclude each other (lancet train): see lancet train --help
      [2]
      $ lancet train --pairs $/p --model $/m --out $/o --objective dpo --delta ema:2
      ! lancet: error: --delta cannot be "ema:2" (lancet train): give mean, zero, or ema:D with D between 0 and 1; see lancet train --help
      [2]
      $ lancet logprobs $/s --pairs $/p --model $/m
      ! lancet: error: unexpected argument "$/s" (lancet logprobs): see lancet logprobs --help
      [2]
      """#)
  }

  @Test func `what a later version brings is said, and what to do until then`() throws {
    try CommandTest().expect(
      #"""
      $ lancet elicit
      ! lancet: error: lancet elicit is not part of this version (lancet): import sampled traces with lancet import
      [2]
      $ lancet study
      ! lancet: error: lancet study is not part of this version (lancet): run lancet train once per objective and compare them with lancet plot
      [2]
      $ lancet rectify $/s --oracle replay
      ! lancet: error: --replies FILE is missing (lancet rectify): see lancet rectify --help
      [2]
      $ lancet rectify $/s --oracle chat
      ! lancet: error: --oracle chat is not part of this version (lancet): use --oracle arithmetic, --oracle replay, or import proposals
      [2]
      """#)
  }

  @Test func `the workbench wants a terminal, and says so before it opens anything`() throws {
    let shell = try CommandTest()
    shell.expect(
      #"""
      $ lancet
      ! lancet: error: the workbench needs a terminal (standard input): start it in a terminal, or use `lancet show` and `lancet decide` in pipes
      [2]
      $ lancet open $/missing
      ! lancet: error: the workbench needs a terminal (standard input): start it in a terminal, or use `lancet show` and `lancet decide` in pipes
      [2]
      """#)
    shell.inputIsTerminal = true
    shell.expect(
      #"""
      $ lancet open $/s
      ! lancet: error: the workbench needs a terminal (standard output): start it in a terminal, or use `lancet show` and `lancet decide` in pipes
      [2]
      """#)
  }
}
