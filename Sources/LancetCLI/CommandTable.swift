// Every command, its options and its help: the one table that usage is printed from.

/// All commands of this version, in the order of the help.
public let commandTable: [CommandSpecification] = [
  CommandSpecification(
    "open", "the workbench; without SESSION the bundled demo", arguments: "[SESSION]",
    positionals: 0...1,
    options: [
      OptionSpecification("theme", .one, "NAME", "start with this theme"),
      OptionSpecification("no-mouse", .none, "", "leave the mouse to the terminal"),
      OptionSpecification("color", .one, "WHEN", "auto, always or never"),
    ]),
  CommandSpecification("new", "make a session", arguments: "SESSION", positionals: 0...1),
  CommandSpecification("sessions", "list the sessions", arguments: "", positionals: 0...0),
  CommandSpecification(
    "restore", "list a session's backups, or put one back", arguments: "SESSION",
    positionals: 0...1,
    options: [
      OptionSpecification("backup", .one, "N", "the backup to put in the session's place")
    ],
    notes: ["The file that was there is kept beside it, with the ending .damaged."]),
  CommandSpecification(
    "import", "read problems, traces and proposals from JSON Lines", arguments: "SESSION FILE…",
    positionals: 0...10_000,
    options: [
      OptionSpecification(
        "format", .one, "NAME", "auto, spot, trl, prm800k, step-dpo, gsm8k or traces"),
      OptionSpecification("strict", .none, "", "stop at the first bad row"),
    ],
    notes: ["Identical rows are not added twice. Bad rows are reported with line numbers."]),
  CommandSpecification(
    "grade", "is an answer the same value as the known one?", arguments: "", positionals: 0...0,
    options: [
      OptionSpecification("gold", .one, "G", "the known answer"),
      OptionSpecification("answer", .one, "A", "the answer, or a whole trace"),
      OptionSpecification("batch", .one, "FILE", "rows of {\"gold\", \"answer\"}; - for input"),
    ],
    notes: ["Exit status 0 when right, 1 when wrong or ungradable (0 for a batch)."]),
  CommandSpecification(
    "steps", "split a trace into steps and check what can be checked", arguments: "FILE|-",
    positionals: 0...1),
  CommandSpecification(
    "diff", "the hunks and the change ratio of two texts", arguments: "Y_MINUS Y_PLUS",
    positionals: 0...2,
    options: [
      OptionSpecification("unit", .one, "UNIT", "word, char, line or token"),
      OptionSpecification("model", .one, "DIR", "the model whose tokens are counted"),
    ]),
  CommandSpecification(
    "rectify", "ask an Oracle about every wrong trace without a proposal", arguments: "SESSION",
    positionals: 0...1,
    options: [
      OptionSpecification("oracle", .one, "NAME", "arithmetic"),
      OptionSpecification("target", .one, "N", "stop after N proposals"),
      OptionSpecification("workers", .one, "N", "ask this many at a time"),
    ]),
  CommandSpecification(
    "show", "one item with its hunks, decisions and grades", arguments: "SESSION",
    positionals: 0...1,
    options: [
      OptionSpecification("pair", .one, "ID", "an approved pair"),
      OptionSpecification("trace", .one, "ID", "a trace"),
    ]),
  CommandSpecification(
    "decide", "the decisions of the workbench, for scripts", arguments: "SESSION",
    positionals: 0...1,
    options: [
      OptionSpecification("trace", .one, "ID", "the trace"),
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
    "export", "write the approved pairs", arguments: "SESSION FILE", positionals: 0...2,
    options: [
      OptionSpecification("format", .one, "NAME", "spot, trl, trl-unpaired, step-dpo or steps"),
      OptionSpecification("gamma", .one, "G", "skip pairs with a change ratio over G"),
    ]),
  CommandSpecification(
    "tokenize", "token ids of a text, no special tokens added", arguments: "[FILE]",
    positionals: 0...1,
    options: [OptionSpecification("model", .one, "DIR", "the model folder")]),
  CommandSpecification(
    "logprobs", "log-probabilities of both answers of every pair", arguments: "[SESSION]",
    positionals: 0...1,
    options: [
      OptionSpecification("model", .one, "DIR", "the model folder"),
      OptionSpecification("reference", .one, "DIR", "also under this model, as ref_logps"),
      OptionSpecification("pairs", .one, "FILE", "pairs from a file instead of a session"),
      OptionSpecification("per-token", .none, "", "also of every answer token"),
      OptionSpecification("end-of-turn", .one, "RULE", "trl or template"),
      OptionSpecification("threads", .one, "N", "processor threads"),
    ]),
  CommandSpecification(
    "train", "one training run, headless", arguments: "[SESSION]", positionals: 0...1,
    options: [
      OptionSpecification("pairs", .one, "FILE", "pairs from a file instead of a session"),
      OptionSpecification("model", .one, "DIR", "the starting model, also the reference"),
      OptionSpecification("out", .one, "DIR", "the run folder"),
      OptionSpecification(
        "objective", .one, "NAME", "sft+, rft, dpo, reward-sft, dft, spot-bce or spot-bco"),
      OptionSpecification("beta", .one, "X", "the reward's scale (0.1)"),
      OptionSpecification("lr", .one, "X", "the highest learning rate (1e-6)"),
      OptionSpecification("epochs", .one, "N", "passes over the pairs (2)"),
      OptionSpecification("steps", .one, "N", "updates, instead of epochs"),
      OptionSpecification("batch", .one, "N", "pairs of a micro-batch (4)"),
      OptionSpecification("accumulate", .one, "N", "micro-batches of an update (1)"),
      OptionSpecification("warmup", .one, "X", "share of updates with a rising rate (0.05)"),
      OptionSpecification("schedule", .one, "NAME", "cosine, linear or constant"),
      OptionSpecification("weight-decay", .one, "X", "AdamW's decay (0.01)"),
      OptionSpecification("clip", .one, "X", "the longest gradient (1)"),
      OptionSpecification("seed", .one, "N", "for the order (0)"),
      OptionSpecification("order", .one, "NAME", "file or shuffle"),
      OptionSpecification("threads", .one, "N", "processor threads"),
      OptionSpecification("resume", .none, "", "go on from the newest valid checkpoint"),
      OptionSpecification("force", .none, "", "resume although something differs"),
      OptionSpecification("probe", .many, "FILE", "problems asked again and again"),
      OptionSpecification("probe-every", .one, "N", "updates between two probes (10)"),
      OptionSpecification("checkpoint-every", .one, "N", "updates between checkpoints (50)"),
      OptionSpecification("delta", .one, "RULE", "mean, ema:D or zero"),
      OptionSpecification("end-of-turn", .one, "RULE", "trl or template"),
      OptionSpecification("max-length", .one, "N", "cut rows to N tokens; none unless asked"),
      OptionSpecification("recompute", .none, "", "less memory, one more forward pass"),
    ]),
  CommandSpecification(
    "generate", "one continuation", arguments: "", positionals: 0...0,
    options: [
      OptionSpecification("model", .one, "DIR", "the model folder"),
      OptionSpecification("prompt", .one, "TEXT", "what to continue"),
      OptionSpecification("chat", .none, "", "put the prompt into the chat template"),
      OptionSpecification("temperature", .one, "T", "0 takes the likeliest token (0)"),
      OptionSpecification(
        "top-p", .one, "P", "sample from the likeliest share P (the model's, or 1)"),
      OptionSpecification("max-tokens", .one, "N", "stop after N tokens (256)"),
      OptionSpecification("seed", .one, "N", "for sampling (0)"),
      OptionSpecification("threads", .one, "N", "processor threads"),
    ]),
  CommandSpecification(
    "eval", "accuracy on rows of {\"question\", \"answer\", \"suite\"}", arguments: "",
    positionals: 0...0,
    options: [
      OptionSpecification("model", .one, "DIR", "the model folder"),
      OptionSpecification("suite", .one, "FILE", "the problems"),
      OptionSpecification("max-tokens", .one, "N", "of an answer (512)"),
      OptionSpecification("threads", .one, "N", "processor threads"),
    ]),
  CommandSpecification("runs", "list the runs", arguments: "SESSION", positionals: 0...1),
  CommandSpecification(
    "plot", "draw curves as a picture or a table", arguments: "SESSION", positionals: 0...1,
    options: [
      OptionSpecification("run", .many, "ID", "the runs"),
      OptionSpecification("metric", .many, "NAME", "the curves"),
      OptionSpecification("out", .one, "FILE", "FILE.svg or FILE.csv"),
    ]),
  CommandSpecification(
    "doctor", "what works here and what to do about what does not", arguments: "",
    positionals: 0...0),
]

/// Commands of the contract that later versions bring, and what to do until then.
let laterCommands: [String: String] = [
  "elicit": "import sampled traces with lancet import",
  "study": "run lancet train once per objective and compare them with lancet plot",
]
