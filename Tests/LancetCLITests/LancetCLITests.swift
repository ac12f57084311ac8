// The command line contract: what scripts type, and what they get when they mistype.

import LancetCore
import Testing

@testable import LancetCLI

private func command(_ line: String) throws(UsageError) -> Command {
  try Command(arguments: line.split(separator: " ").map(String.init))
}

@Suite struct CommandParsingTests {
  @Test func `no argument opens the demo, a name opens that session`() throws {
    #expect(try command("") == .open(OpenOptions()))
    #expect(try command("gsm-final") == .open(OpenOptions(session: "gsm-final")))
    #expect(try command("open train") == .open(OpenOptions(session: "train")))
  }

  @Test func `options come in any order, with a space or an equals sign`() throws {
    let expected = Command.export(
      ExportOptions(session: "s", file: "out.jsonl", format: .trlUnpaired, gamma: 0.6, json: true))
    #expect(try command("export s out.jsonl --format trl-unpaired --gamma 0.6 --json") == expected)
    #expect(try command("export --json --gamma=0.6 s --format=trl-unpaired out.jsonl") == expected)
  }

  @Test func `decisions of one trace`() throws {
    let parsed = try Command(arguments: [
      "decide", "s", "--trace", "17", "--accept", "1,3", "--reject", "2", "--tweak", "4=a = b",
      "--approve",
    ])
    #expect(
      parsed
        == .decide(
          DecideOptions(
            session: "s",
            input: .trace(
              TraceID(rawValue: 17), accept: [1, 3], reject: [2],
              tweak: [HunkTweak(hunk: 4, text: "a = b")], approve: true, override: nil))))
  }

  @Test func `a run has the paper's defaults`() throws {
    guard
      case .train(let options) = try command(
        "train --pairs p --model m --out o --objective spot-bco")
    else {
      Issue.record("not a train command")
      return
    }
    #expect(options.settings == RunSettings(model: "m"))
  }

  @Test func `a near miss is suggested`() throws {
    let error = try #require(throws: UsageError.self) { try command("import s f --fromat spot") }
    #expect(error.advice.contains("--format"))
  }

  @Test(arguments: commandTable.map(\.name))
  func `every command explains every option`(name: String) throws {
    #expect(try command("\(name) --help") == .help(name))
    let help = helpText(for: name)
    let specification = try #require(commandTable.first { $0.name == name })
    for option in specification.options { #expect(help.contains("--" + option.name)) }
    for line in help.split(separator: "\n") where line.hasPrefix("  ") { #expect(line.count <= 80) }
    #expect(helpText(for: nil).contains(name))
  }
}

@Suite struct RequiredTests {
  @Test func `the help says what must be given, what else is there, and the defaults`() {
    #expect(
      helpText(for: "export") == """
        usage: lancet export SESSION FILE --format NAME [OPTION …]

        Write the approved pairs.

        Options
          --format NAME  spot, trl, trl-unpaired, step-dpo or steps (required)
          --gamma G      skip pairs with a change ratio over G
          --json         print JSON on standard output, nothing else
          --help         print this help

        """)
    let train = helpText(for: "train")
    #expect(train.hasPrefix("usage: lancet train [SESSION] --out DIR [OPTION …]\n"))
    #expect(
      train.contains("--lr X                the highest; 8B models 1e-6, small ones 1e-4 (1e-6)"))
    #expect(train.contains("cosine, linear or\n                        constant (cosine)"))
    #expect(train.contains("\n                        (required without --resume)"))
    #expect(helpText(for: "grade").contains("the known answer (required without --batch)"))
    #expect(helpText(for: "generate").contains("stop after N tokens (256)"))
  }

  @Test func `a resumed run needs its folder only`() throws {
    guard case .train(let options) = try command("train --resume --out o --checkpoint-every 5")
    else {
      Issue.record("not a train command")
      return
    }
    #expect(options.pairs == nil && options.out == "o" && options.resume)
    #expect(options.given.has(.checkpointEvery) && !options.given.has(.objective))
    var before = RunSettings(model: "m")
    before.beta = 3
    #expect(options.given.over(before).beta == 3)
    #expect(options.given.over(before).checkpointEvery == 5)
  }
}

@Suite struct RefusalTests {
  private static let train = "train --model m --out o --pairs p --objective dpo"

  /// Each kind of refusal, its sentence once.
  @Test(arguments: [
    (
      "trian",
      "unknown command or session \"trian\" (first argument): did you mean \"train\"? lancet --help lists all"
    ),
    (
      "help nothing",
      "unknown command or session \"nothing\" (first argument): lancet --help lists the commands, lancet sessions the sessions"
    ),
    (
      "import s f --fromat spot",
      "unknown option --fromat (lancet import): did you mean --format? see lancet import --help"
    ),
    (
      "--frobnicate",
      "unknown option --frobnicate (lancet open): see lancet open --help"
    ),
    ("steps -x f", "unknown option -x (lancet steps): see lancet steps --help"),
    ("grade --gold", "--gold needs a value (lancet grade): see lancet grade --help"),
    ("plot s --run", "--run needs a value (lancet plot): see lancet plot --help"),
    (
      "grade --gold --answer 3", "--gold needs a value (lancet grade): see lancet grade --help"
    ),
    ("new s --json=1", "--json takes no value (lancet new): see lancet new --help"),
    (
      "grade --gold 1 --gold 2", "--gold is given twice (lancet grade): see lancet grade --help"
    ),
    ("open a b", "unexpected argument \"b\" (lancet open): see lancet open --help"),
    (
      "train s --pairs p --model m --out o --objective dpo",
      "unexpected argument \"s\" (lancet train): see lancet train --help"
    ),
    ("runs", "SESSION is missing (lancet runs): see lancet runs --help"),
    ("grade --gold 1", "--answer is missing (lancet grade): see lancet grade --help"),
    (
      "train",
      "SESSION or --pairs FILE, --out, --model and --objective are missing (lancet train): see lancet train --help"
    ),
    ("train s --resume", "--out is missing (lancet train): see lancet train --help"),
    ("import", "SESSION and FILE are missing (lancet import): see lancet import --help"),
    (
      "diff", "Y_MINUS and Y_PLUS are missing (lancet diff): see lancet diff --help"
    ),
    ("diff a b --unit token", "--model is missing (lancet diff): see lancet diff --help"),
    ("decide s --dry-run", "--rule is missing (lancet decide): see lancet decide --help"),
    (
      "decide s --dry-run --trace 1",
      "--rule is missing (lancet decide): see lancet decide --help"
    ),
    (
      "plot s", "--run, --metric and --out are missing (lancet plot): see lancet plot --help"
    ),
    (
      "grade --batch f --gold 1",
      "--batch and --gold exclude each other (lancet grade): see lancet grade --help"
    ),
    (
      "diff a b --model m --unit word",
      "--model and --unit word exclude each other (lancet diff): see lancet diff --help"
    ),
    (
      "show s --pair 1 --trace 2",
      "--pair and --trace exclude each other (lancet show): see lancet show --help"
    ),
    (
      "decide s --rule x --trace 1",
      "--rule and --trace exclude each other (lancet decide): see lancet decide --help"
    ),
    (
      "decide s --rule x --accept 1",
      "--rule and --accept exclude each other (lancet decide): see lancet decide --help"
    ),
    (
      "decide s --batch f --trace 1",
      "--batch and --trace exclude each other (lancet decide): see lancet decide --help"
    ),
    (
      train + " --epochs 1 --steps 2",
      "--epochs and --steps exclude each other (lancet train): see lancet train --help"
    ),
    (
      train + " --lr nan",
      "--lr cannot be \"nan\" (lancet train): give a number from 0 to 1000000, like 1e-6; see lancet train --help"
    ),
    (
      train + " --batch -1",
      "--batch cannot be \"-1\" (lancet train): give a whole number from 1 to 1000000; see lancet train --help"
    ),
    (
      train + " --steps 1e99",
      "--steps cannot be \"1e99\" (lancet train): give a whole number from 1 to 1000000000; see lancet train --help"
    ),
    (
      train + " --delta ema:2",
      "--delta cannot be \"ema:2\" (lancet train): give mean, zero, or ema:D with D between 0 and 1; see lancet train --help"
    ),
    (
      train + " --schedule step",
      "--schedule cannot be \"step\" (lancet train): give cosine, linear or constant; see lancet train --help"
    ),
    (
      "export s f --format parquet",
      "--format cannot be \"parquet\" (lancet export): give spot, trl, trl-unpaired, step-dpo or steps; see lancet export --help"
    ),
    (
      "export s f --format trl --gamma 2",
      "--gamma cannot be \"2\" (lancet export): give a number from 0 to 1; see lancet export --help"
    ),
    (
      "restore s --backup x",
      "--backup cannot be \"x\" (lancet restore): give a whole number from 0 to 1000000000; see lancet restore --help"
    ),
    (
      "decide s --trace 0",
      "--trace cannot be \"0\" (lancet decide): give a whole number from 1; see lancet decide --help"
    ),
    (
      "decide s --trace 1 --accept 1,b",
      "--accept cannot be \"b\" (lancet decide): give hunk numbers such as 1,3; see lancet decide --help"
    ),
    (
      "decide s --trace 1 --tweak x",
      "--tweak cannot be \"x\" (lancet decide): give a hunk number, =, and its text; see lancet decide --help"
    ),
    (
      "plot s --run 1 --metric loss --out x.png",
      "--out cannot be \"x.png\" (lancet plot): give a file ending in .svg or .csv; see lancet plot --help"
    ),
    (
      "study",
      "lancet study is not part of this version (lancet): run lancet train once per objective and compare them with lancet plot"
    ),
  ])
  func `a wrong line is one sentence with what to do`(line: String, sentence: String) throws {
    let error = try #require(throws: UsageError.self) { try command(line) }
    #expect(error.exitCode == .usage)
    #expect(error.sentence == sentence)
  }
}

@Suite struct CommandsTests {
  @Test func `every command reads its options`() throws {
    #expect(try command("new s --json") == .new(NewOptions(session: "s", json: true)))
    #expect(try command("sessions") == .sessions(SessionsOptions()))
    #expect(
      try command("restore s --backup 2") == .restore(RestoreOptions(session: "s", backup: 2)))
    #expect(
      try command("import s a b --format gsm8k --strict")
        == .importing(ImportOptions(session: "s", files: ["a", "b"], format: .gsm8k, strict: true)))
    #expect(
      try command("grade --gold=--1 --answer 2")
        == .grade(GradeOptions(input: .one(gold: "--1", answer: "2"))))
    #expect(try command("grade --batch -") == .grade(GradeOptions(input: .batch("-"))))
    #expect(try command("steps -") == .steps(StepsOptions(file: "-")))
    #expect(try command("diff a b") == .diff(DiffOptions(minus: "a", plus: "b")))
    #expect(
      try command("diff a b --model m")
        == .diff(DiffOptions(minus: "a", plus: "b", unit: .token, model: "m")))
    #expect(
      try command("rectify s --oracle arithmetic --target 3 --workers 2")
        == .rectify(RectifyOptions(session: "s", oracle: "arithmetic", target: 3, workers: 2)))
    #expect(try command("show s") == .show(ShowOptions(session: "s")))
    #expect(
      try command("show s --pair 4")
        == .show(ShowOptions(session: "s", item: .pair(PairID(rawValue: 4)))))
    #expect(
      try command("show s --trace 5")
        == .show(ShowOptions(session: "s", item: .trace(TraceID(rawValue: 5)))))
    #expect(
      try command("decide s --rule x --dry-run")
        == .decide(DecideOptions(session: "s", input: .rule("x", dryRun: true))))
    #expect(
      try command("decide s --batch f")
        == .decide(DecideOptions(session: "s", input: .batch("f"))))
    #expect(
      try command("tokenize --model m") == .tokenize(TokenizeOptions(model: "m", file: "-")))
    #expect(
      try command("logprobs s --model m --end-of-turn template --per-token --threads 2")
        == .logprobs(
          LogprobsOptions(
            model: "m", pairs: .session("s"), perToken: true, endOfTurn: .template, threads: 2)))
    #expect(
      try command("generate --model m --prompt p --chat")
        == .generate(
          GenerateOptions(
            model: "m", prompt: "p", chat: true, temperature: 0, maxTokens: 256, seed: 0)))
    #expect(
      try command("eval --model m --suite f")
        == .eval(EvalOptions(model: "m", suite: "f", maxTokens: 512)))
    #expect(try command("runs s") == .runs(RunsOptions(session: "s")))
    #expect(
      try command("plot s --run 1 2 --metric loss --out a.svg")
        == .plot(PlotOptions(session: "s", runs: ["1", "2"], metrics: ["loss"], out: "a.svg")))
    #expect(try command("doctor --json") == .doctor(DoctorOptions(json: true)))
    #expect(try command("--version") == .version)
    #expect(try command("help train") == .help("train"))
    #expect(try command("--help") == .help(nil))
    #expect(
      try command("open --theme dusk --no-mouse --color never")
        == .open(OpenOptions(theme: "dusk", noMouse: true, color: .never)))
    #expect(try command("--theme dusk") == .open(OpenOptions(theme: "dusk")))
    #expect(try command("new -- --odd") == .new(NewOptions(session: "--odd")))
  }

  @Test func `a run takes every option of its settings`() throws {
    guard
      case .train(let options) = try command(
        "train s --model m --out o --objective sft+ --beta 0.5 --lr 1e-4 --steps 9 --batch 2 --accumulate 3 --warmup 0 --schedule linear --weight-decay 0 --clip 2 --seed 7 --order shuffle --threads 1 --resume --force --probe a b --probe c --probe-every 4 --checkpoint-every 5 --delta zero --end-of-turn template --max-length 80 --recompute"
      )
    else {
      Issue.record("not a train command")
      return
    }
    let settings = options.settings
    #expect(settings.objective == .sftPlus && settings.beta == 0.5 && settings.batch == 2)
    #expect(settings.probes == ["a", "b", "c"] && settings.updates == 9 && settings.recompute)
    #expect(settings.shift == .zero && settings.maxLength == 80 && settings.seed == 7)
    #expect(options.pairs == .session("s") && options.resume && options.force)
  }
}
