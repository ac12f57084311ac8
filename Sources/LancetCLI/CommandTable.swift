// Every command, its options and its help: the one table that usage is printed from.

import LancetCore

private let session = PositionalSpecification("SESSION")
private let model = OptionSpecification(
  "model", .one, "DIR", "the model folder", need: .required)
private let threads = OptionSpecification("threads", .one, "N", "processor threads")

/// All commands of this version, in the order of the help.
public let commandTable: [CommandSpecification] = [
  CommandSpecification(
    "open", "the workbench; without SESSION the bundled demo",
    [PositionalSpecification("SESSION", nil)],
    options: [
      OptionSpecification("theme", .one, "NAME", "start with this theme"),
      OptionSpecification("no-mouse", .none, "", "leave the mouse to the terminal"),
      OpenOptions.color.specification,
    ]),
  CommandSpecification("new", "make a session", [session]),
  CommandSpecification("sessions", "list the sessions"),
  CommandSpecification(
    "restore", "list a session's backups, or put one back", [session],
    options: [
      OptionSpecification("backup", .one, "N", "the backup to put in the session's place")
    ],
    notes: ["The file that was there is kept beside it, with the ending .damaged."]),
  CommandSpecification(
    "import", "read problems, traces and proposals from JSON or CSV",
    [session, PositionalSpecification("FILE…")],
    options: [
      ImportOptions.format.specification,
      OptionSpecification(
        "field", .each, "PART=COLUMN", "name a column, as in gold=final_answer; again for more"),
      OptionSpecification("dry-run", .none, "", "show three rows as they would come in"),
      OptionSpecification("strict", .none, "", "stop at the first bad row"),
    ],
    notes: importNotes),
  CommandSpecification(
    "grade", "is an answer the same value as the known answer?",
    options: [
      OptionSpecification("gold", .one, "G", "the known answer", need: .unless("batch")),
      OptionSpecification(
        "answer", .one, "A", "the answer, or a whole trace", need: .unless("batch")),
      OptionSpecification("batch", .one, "FILE", "rows of {\"gold\", \"answer\"}; - for input"),
      OptionSpecification("explain", .none, "", "say in a sentence why"),
    ],
    notes: ["Exit status 0 when right, 1 when wrong or ungradable (0 for a batch)."]),
  CommandSpecification(
    "steps", "split a trace into steps and check what can be checked",
    [PositionalSpecification("FILE|-", said: "FILE")]),
  CommandSpecification(
    "diff", "the hunks and the change ratio of two texts",
    [PositionalSpecification("Y_MINUS"), PositionalSpecification("Y_PLUS")],
    options: [
      DiffOptions.unit.specification,
      OptionSpecification("model", .one, "DIR", "the model whose tokens are counted"),
    ]),
  CommandSpecification(
    "rectify", "ask an Oracle about every wrong trace without a proposal", [session],
    options: [
      OptionSpecification("oracle", .one, "NAME", "arithmetic or replay", need: .required),
      OptionSpecification(
        "replies", .one, "FILE", "of replay: rows of {\"trace\": ID, \"text\": TEXT}; - for input"),
      OptionSpecification("target", .one, "N", "stop after N proposals"),
      OptionSpecification("workers", .one, "N", "ask this many at a time"),
    ]),
  CommandSpecification(
    "show", "one item with its hunks, decisions and grades", [session],
    options: [
      OptionSpecification("pair", .one, "ID", "an approved pair"),
      OptionSpecification("trace", .one, "ID", "a trace"),
    ]),
  CommandSpecification(
    "decide", "the decisions of the workbench, for scripts", [session],
    options: [
      OptionSpecification(
        "trace", .one, "ID", "the trace",
        need: .unless("rule", "batch", deferring: ["dry-run"])),
      OptionSpecification("accept", .many, "H,…", "take the proposal's text of these hunks"),
      OptionSpecification("reject", .many, "H,…", "keep the model's own text of these hunks"),
      OptionSpecification("tweak", .many, "H=TEXT", "put this text in place of a hunk"),
      OptionSpecification("approve", .none, "", "make the correction a pair"),
      OptionSpecification("override", .one, "REASON", "approve although a rule refuses"),
      OptionSpecification(
        "rule", .one, "EXPR", "accept and approve wherever it holds, as one undoable event"),
      OptionSpecification("dry-run", .none, "", "with --rule: count and show five"),
      OptionSpecification(
        "batch", .one, "FILE", "rows of {\"trace\", \"accept\", …}; - for input"),
    ],
    notes: [
      "Rule fields: status grade answer change_ratio hunks steps tokens oracle source flagged question",
      "Operators: = != < <= > >= ~ and or not ( ). Example: change_ratio <= 0.6 and answer = right",
    ]),
  CommandSpecification(
    "export", "write the approved pairs", [session, PositionalSpecification("FILE")],
    options: [
      ExportOptions.formatOption.specification,
      OptionSpecification("gamma", .one, "G", "skip pairs with a change ratio over G"),
    ]),
  CommandSpecification(
    "tokenize", "token ids of a text, no special tokens added",
    [PositionalSpecification("FILE", nil)], options: [model]),
  CommandSpecification(
    "logprobs", "log-probabilities of both answers of every pair",
    [PositionalSpecification("SESSION", .unless("pairs"), said: "SESSION or --pairs FILE")],
    options: [
      model,
      OptionSpecification("reference", .one, "DIR", "also under this model, as ref_logps"),
      OptionSpecification("pairs", .one, "FILE", "pairs from a file instead of a session"),
      OptionSpecification("per-token", .none, "", "also of every answer token"),
      LogprobsOptions.templateOption.specification,
      LogprobsOptions.endOfTurnOption.specification,
      threads,
    ]),
  CommandSpecification(
    "train", "one training run, headless",
    [
      PositionalSpecification(
        "SESSION", .unless("pairs", "resume"), said: "SESSION or --pairs FILE")
    ],
    options: TrainOptions.options),
  CommandSpecification(
    "generate", "one continuation",
    options: [
      model,
      OptionSpecification("prompt", .one, "TEXT", "what to continue", need: .required),
      OptionSpecification("chat", .none, "", "put the prompt into the chat template"),
      GenerateOptions.temperatureOption.specification,
      OptionSpecification(
        "top-p", .one, "P", "sample from the likeliest share P (the model's, or 1)"),
      GenerateOptions.maxTokensOption.specification,
      GenerateOptions.seedOption.specification,
      threads,
    ]),
  CommandSpecification(
    "eval", "accuracy on problems with known answers, any row that import reads",
    options: [
      model,
      OptionSpecification("suite", .one, "FILE", "the problems", need: .required),
      LogprobsOptions.templateOption.specification,
      EvalOptions.maxTokensOption.specification,
      threads,
    ]),
  CommandSpecification("runs", "list the runs", [session]),
  CommandSpecification(
    "plot", "draw curves as a picture or a table", [session],
    options: [
      OptionSpecification("run", .many, "ID", "the runs", need: .required),
      OptionSpecification("metric", .many, "NAME", "the curves", need: .required),
      OptionSpecification("out", .one, "FILE", "FILE.svg or FILE.csv", need: .required),
    ]),
  CommandSpecification(
    "doctor", "what works here and what to do about what does not"),
]

/// What a row of an imported file may hold.
private let importNotes = [
  "Identical rows are not added twice. Bad rows are reported with line numbers,",
  "columns that nobody reads by name. Files are JSON Lines, a JSON array,",
  "pretty-printed JSON, or CSV with a header.",
  "",
  "Fields of a row (the first name is the one to write)",
  "  question    question, problem, prompt, query, instruction with input: text or",
  "              messages; body, context or passage goes before it, choices or",
  "              options after it",
  "  prompt      system, history, messages, conversations; chat_template_kwargs,",
  "              tools",
  "  answer      answer, ground_truth, gold, expected, target, final_answer …;",
  "              solution",
  "  trace       trace, response, completion, output, generation …; a list for",
  "              several; reasoning_content, reasoning or thinking joins it as its",
  "              thinking part",
  "  correction  proposal, correction, corrected, rewrite; proposals for several;",
  "              oracle",
  "  pair        chosen and rejected, also as whole conversations",
  "  steps       completions or steps with labels (0, 1, true, \"True\"), ratings",
  "  claim       is_correct, correct, label, score: kept beside Lancet's own grade",
  "  name        id, index; source, model, generator",
  "Parts for --field: question, gold, trace, proposal, system, solution, source,",
  "claim, id, oracle, chosen, rejected.",
]

/// Commands of the contract that later versions bring, and what to do until then.
let laterCommands: [String: String] = [
  "elicit": "import sampled traces with lancet import",
  "study": "run lancet train once per objective and compare them with lancet plot",
]
