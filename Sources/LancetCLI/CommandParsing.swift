// From arguments to a ``Command``.

import LancetCore

extension Command {
  /// Reads the arguments after the program's name.
  ///
  /// The first word is a command or a session; no word at all opens the demo.
  public init(arguments: [String]) throws(UsageError) {
    guard let first = arguments.first else {
      self = .open(OpenOptions())
      return
    }
    switch first {
    case "--help", "-h", "help":
      let topic = arguments.dropFirst().first
      if let topic, !commandTable.contains(where: { $0.name == topic }) {
        throw .unknownCommand(topic, closest: closestWord(to: topic, in: commandTable.map(\.name)))
      }
      self = .help(topic)
      return
    case "--version":
      self = .version
      return
    default: break
    }
    if let advice = laterCommands[first] {
      throw .laterVersion("lancet \(first)", instead: advice)
    }
    if let specification = commandTable.first(where: { $0.name == first }) {
      try self.init(specification, arguments.dropFirst())
    } else if first.hasPrefix("-"), first != "-" {
      try self.init(commandTable[0], arguments[...])
    } else if first.contains("/") || first.hasSuffix(".lancet")
      || closestWord(to: first, in: commandTable.map(\.name)) == nil
    {
      try self.init(commandTable[0], arguments[...])
    } else {
      throw .unknownCommand(first, closest: closestWord(to: first, in: commandTable.map(\.name)))
    }
  }

  private init(
    _ specification: CommandSpecification, _ arguments: ArraySlice<String>
  ) throws(UsageError) {
    let a = try ParsedArguments(arguments, specification: specification)
    guard !a.isSet("help") else {
      self = .help(specification.name)
      return
    }
    let json = a.isSet("json")
    switch specification.name {
    case "open":
      self = .open(
        OpenOptions(
          session: a.positionals.first, theme: a.text("theme"), noMouse: a.isSet("no-mouse"),
          color: try a.word("color", as: ColorChoice.self) ?? .auto))
    case "new": self = .new(NewOptions(session: try a.positional(0, "SESSION"), json: json))
    case "sessions": self = .sessions(SessionsOptions(json: json))
    case "restore":
      self = .restore(
        RestoreOptions(
          session: try a.positional(0, "SESSION"),
          backup: try a.integer("backup", in: 0...1_000_000_000), json: json))
    case "import":
      let session = try a.positional(0, "SESSION")
      _ = try a.positional(1, "FILE")
      self = .importing(
        ImportOptions(
          session: session, files: Array(a.positionals.dropFirst()),
          format: try a.word("format", as: ImportFormat.self) ?? .auto,
          strict: a.isSet("strict"), json: json))
    case "grade": self = .grade(try GradeOptions(a))
    case "steps": self = .steps(StepsOptions(file: try a.positional(0, "FILE"), json: json))
    case "diff": self = .diff(try DiffOptions(a))
    case "rectify":
      self = .rectify(
        RectifyOptions(
          session: try a.positional(0, "SESSION"), oracle: try a.required("oracle"),
          target: try a.integer("target", in: 1...Int.max),
          workers: try a.integer("workers", in: 1...1024), json: json))
    case "show": self = .show(try ShowOptions(a))
    case "decide": self = .decide(try DecideOptions(a))
    case "export":
      guard let format = try a.word("format", as: ExportFormat.self) else {
        throw .missingOption("format", command: "export")
      }
      self = .export(
        ExportOptions(
          session: try a.positional(0, "SESSION"), file: try a.positional(1, "FILE"),
          format: format, gamma: try a.number("gamma", in: 0...1), json: json))
    case "tokenize":
      self = .tokenize(
        TokenizeOptions(
          model: try a.required("model"), file: a.positionals.first ?? "-", json: json))
    case "logprobs":
      self = .logprobs(
        LogprobsOptions(
          model: try a.required("model"), reference: a.text("reference"),
          pairs: try PairSource(a), perToken: a.isSet("per-token"),
          endOfTurn: try a.word("end-of-turn", as: EndOfTurn.self) ?? .trl,
          threads: try a.integer("threads", in: 1...1024), json: json))
    case "train": self = .train(try TrainOptions(a))
    case "generate": self = .generate(try GenerateOptions(a))
    case "eval":
      self = .eval(
        EvalOptions(
          model: try a.required("model"), suite: try a.required("suite"),
          maxTokens: try a.integer("max-tokens", in: 1...1_000_000) ?? 512,
          threads: try a.integer("threads", in: 1...1024), json: json))
    case "runs": self = .runs(RunsOptions(session: try a.positional(0, "SESSION"), json: json))
    case "plot": self = .plot(try PlotOptions(a))
    case "doctor": self = .doctor(DoctorOptions(json: json))
    default: throw .unknownCommand(specification.name, closest: nil)
    }
  }
}

extension GradeOptions {
  init(_ a: ParsedArguments) throws(UsageError) {
    json = a.isSet("json")
    if let file = a.text("batch") {
      for name in ["gold", "answer"] where a.text(name) != nil {
        throw .conflictingOptions("batch", name, command: a.command)
      }
      input = .batch(file)
    } else {
      input = .one(gold: try a.required("gold"), answer: try a.required("answer"))
    }
  }
}

extension DiffOptions {
  init(_ a: ParsedArguments) throws(UsageError) {
    minus = try a.positional(0, "Y_MINUS")
    plus = try a.positional(1, "Y_PLUS")
    model = a.text("model")
    unit = try a.word("unit", as: DiffUnit.self) ?? (model == nil ? .word : .token)
    json = a.isSet("json")
    if unit == .token, model == nil { throw .missingOption("model", command: a.command) }
    if unit != .token, model != nil {
      throw .conflictingOptions("model", "unit \(unit.rawValue)", command: a.command)
    }
  }
}

extension ShowOptions {
  init(_ a: ParsedArguments) throws(UsageError) {
    session = try a.positional(0, "SESSION")
    json = a.isSet("json")
    if a.text("pair") != nil, a.text("trace") != nil {
      throw .conflictingOptions("pair", "trace", command: a.command)
    }
    if let id = try a.integer("pair", in: 1...Int.max) {
      item = .pair(PairID(rawValue: Int64(id)))
    } else if let id = try a.integer("trace", in: 1...Int.max) {
      item = .trace(TraceID(rawValue: Int64(id)))
    }
  }
}

extension DecideOptions {
  init(_ a: ParsedArguments) throws(UsageError) {
    session = try a.positional(0, "SESSION")
    json = a.isSet("json")
    let perTrace = ["accept", "reject", "tweak"].first { !a.list($0).isEmpty }
    if let rule = a.text("rule") {
      for name in ["trace", "batch"] where a.text(name) != nil {
        throw .conflictingOptions("rule", name, command: a.command)
      }
      if let perTrace { throw .conflictingOptions("rule", perTrace, command: a.command) }
      input = .rule(rule, dryRun: a.isSet("dry-run"))
      return
    }
    if a.isSet("dry-run") { throw .missingOption("rule", command: a.command) }
    if let file = a.text("batch") {
      if a.text("trace") != nil {
        throw .conflictingOptions("batch", "trace", command: a.command)
      }
      input = .batch(file)
      return
    }
    guard let trace = try a.integer("trace", in: 1...Int.max) else {
      throw .missingOption("trace", command: a.command)
    }
    func hunks(_ name: String) throws(UsageError) -> [Int] {
      var numbers: [Int] = []
      for text in a.list(name).flatMap({ $0.split(separator: ",").map(String.init) }) {
        guard let number = Int(text), number >= 1 else {
          throw .badValue(
            option: name, value: text, expected: "hunk numbers such as 1,3", command: a.command)
        }
        numbers.append(number)
      }
      return numbers
    }
    var tweaks: [HunkTweak] = []
    for text in a.list("tweak") {
      guard let cut = text.firstIndex(of: "="), let hunk = Int(text[..<cut]), hunk >= 1 else {
        throw .badValue(
          option: "tweak", value: text, expected: "a hunk number, =, and its text",
          command: a.command)
      }
      tweaks.append(HunkTweak(hunk: hunk, text: String(text[text.index(after: cut)...])))
    }
    input = .trace(
      TraceID(rawValue: Int64(trace)), accept: try hunks("accept"), reject: try hunks("reject"),
      tweak: tweaks, approve: a.isSet("approve"), override: a.text("override"))
  }
}

extension PairSource {
  init(_ a: ParsedArguments) throws(UsageError) {
    if let file = a.text("pairs") {
      if let session = a.positionals.first {
        throw .tooManyArguments(extra: session, command: a.command)
      }
      self = .file(file)
    } else {
      self = .session(try a.positional(0, "SESSION or --pairs FILE"))
    }
  }
}

extension GenerateOptions {
  init(_ a: ParsedArguments) throws(UsageError) {
    model = try a.required("model")
    prompt = try a.required("prompt")
    chat = a.isSet("chat")
    temperature = try a.number("temperature", in: 0...100) ?? 0
    topP = try a.number("top-p", in: 1e-6...1)
    maxTokens = try a.integer("max-tokens", in: 1...1_000_000) ?? 256
    seed = UInt64(try a.integer("seed", in: 0...Int.max) ?? 0)
    threads = try a.integer("threads", in: 1...1024)
    json = a.isSet("json")
  }
}

extension PlotOptions {
  init(_ a: ParsedArguments) throws(UsageError) {
    session = try a.positional(0, "SESSION")
    runs = a.list("run")
    metrics = a.list("metric")
    out = try a.required("out")
    json = a.isSet("json")
    if runs.isEmpty { throw .missingOption("run", command: a.command) }
    if metrics.isEmpty { throw .missingOption("metric", command: a.command) }
    guard out.hasSuffix(".svg") || out.hasSuffix(".csv") else {
      throw .badValue(
        option: "out", value: out, expected: "a file ending in .svg or .csv", command: a.command)
    }
  }
}

extension TrainOptions {
  init(_ a: ParsedArguments) throws(UsageError) {
    pairs = try PairSource(a)
    model = try a.required("model")
    out = try a.required("out")
    guard let name = try a.word("objective", as: ObjectiveName.self) else {
      throw .missingOption("objective", command: a.command)
    }
    objective = name
    let most = Double.greatestFiniteMagnitude
    beta = try a.number("beta", in: 1e-12...1e6) ?? beta
    learningRate = try a.number("lr", in: 0...1e6) ?? learningRate
    epochs = try a.number("epochs", in: 1e-6...1e6)
    steps = try a.integer("steps", in: 1...1_000_000_000)
    if epochs != nil, steps != nil {
      throw .conflictingOptions("epochs", "steps", command: a.command)
    }
    batch = try a.integer("batch", in: 1...1_000_000) ?? batch
    accumulate = try a.integer("accumulate", in: 1...1_000_000) ?? accumulate
    warmup = try a.number("warmup", in: 0...1) ?? warmup
    schedule = try a.word("schedule", as: ScheduleName.self) ?? schedule
    weightDecay = try a.number("weight-decay", in: 0...most) ?? weightDecay
    clip = try a.number("clip", in: 1e-12...most) ?? clip
    seed = UInt64(try a.integer("seed", in: 0...Int.max) ?? 0)
    order = try a.word("order", as: PairOrder.self) ?? order
    threads = try a.integer("threads", in: 1...1024)
    resume = a.isSet("resume")
    force = a.isSet("force")
    probes = a.list("probe")
    probeEvery = try a.integer("probe-every", in: 1...Int.max) ?? probeEvery
    checkpointEvery = try a.integer("checkpoint-every", in: 1...Int.max) ?? checkpointEvery
    if let text = a.text("delta") { delta = try DeltaChoice(text, command: a.command) }
    endOfTurn = try a.word("end-of-turn", as: EndOfTurn.self) ?? endOfTurn
    maxLength = try a.integer("max-length", in: 2...Int.max)
    recompute = a.isSet("recompute")
    json = a.isSet("json")
  }
}

extension DeltaChoice {
  init(_ text: String, command: String) throws(UsageError) {
    switch text {
    case "mean": self = .mean
    case "zero": self = .zero
    default:
      guard text.hasPrefix("ema:"), let decay = Double(text.dropFirst(4)), decay > 0, decay < 1
      else {
        throw .badValue(
          option: "delta", value: text, expected: "mean, zero, or ema:D with 0 < D < 1",
          command: command)
      }
      self = .ema(decay)
    }
  }
}
