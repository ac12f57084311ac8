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
          color: try a.value(OpenOptions.color) ?? .auto))
    case "new": self = .new(NewOptions(session: try a.positional(0, "SESSION"), json: json))
    case "sessions": self = .sessions(SessionsOptions(json: json))
    case "restore":
      self = .restore(
        RestoreOptions(
          session: try a.positional(0, "SESSION"),
          backup: try a.integer("backup", in: 0...1_000_000_000), json: json))
    case "import":
      self = .importing(
        ImportOptions(
          session: try a.positional(0, "SESSION"), files: Array(a.positionals.dropFirst()),
          format: try a.value(ImportOptions.format) ?? .auto,
          fields: try FieldMap(a), dryRun: a.isSet("dry-run"), strict: a.isSet("strict"),
          json: json))
    case "grade": self = .grade(try GradeOptions(a))
    case "steps": self = .steps(StepsOptions(file: try a.positional(0, "FILE"), json: json))
    case "diff": self = .diff(try DiffOptions(a))
    case "rectify":
      self = .rectify(
        RectifyOptions(
          session: try a.positional(0, "SESSION"), oracle: try a.required("oracle"),
          replies: a.text("replies"),
          target: try a.integer("target", in: 1...Int.max),
          workers: try a.integer("workers", in: 1...1024), json: json))
    case "show": self = .show(try ShowOptions(a))
    case "decide": self = .decide(try DecideOptions(a))
    case "export":
      guard let format = try a.value(ExportOptions.formatOption) else {
        throw .missing(["--format"], command: a.command)
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
          template: try a.value(LogprobsOptions.templateOption) ?? .chat,
          endOfTurn: try a.value(LogprobsOptions.endOfTurnOption) ?? .trl,
          threads: try a.integer("threads", in: 1...1024), json: json))
    case "train": self = .train(try TrainOptions(a))
    case "generate": self = .generate(try GenerateOptions(a))
    case "eval":
      self = .eval(
        EvalOptions(
          model: try a.required("model"), suite: try a.required("suite"),
          template: try a.value(LogprobsOptions.templateOption) ?? .chat,
          maxTokens: try a.value(EvalOptions.maxTokensOption),
          threads: try a.integer("threads", in: 1...1024), json: json))
    case "runs": self = .runs(RunsOptions(session: try a.positional(0, "SESSION"), json: json))
    case "plot": self = .plot(try PlotOptions(a))
    case "doctor": self = .doctor(DoctorOptions(json: json))
    default: throw .unknownCommand(specification.name, closest: nil)
    }
  }
}

extension FieldMap {
  /// The columns of `--field PART=COLUMN`.
  init(_ a: ParsedArguments) throws(UsageError) {
    self.init()
    for text in a.list("field") {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = parts[0] == "answer" ? "gold" : String(parts[0])
      guard parts.count == 2, !parts[1].isEmpty, let part = Part(rawValue: name) else {
        throw .badValue(
          option: "field", value: text,
          expected: "PART=COLUMN with one of "
            + Part.allCases.map(\.rawValue).joined(separator: ", "), command: a.command)
      }
      guard columns[part] == nil else { throw .repeatedOption("field \(name)", command: a.command) }
      columns[part] = String(parts[1])
    }
  }
}

extension GradeOptions {
  init(_ a: ParsedArguments) throws(UsageError) {
    json = a.isSet("json")
    explain = a.isSet("explain")
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
    unit = try a.value(DiffOptions.unit) ?? (model == nil ? .word : .token)
    json = a.isSet("json")
    if unit == .token, model == nil { throw .missing(["--model"], command: a.command) }
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
    if a.isSet("dry-run") { throw .missing(["--rule"], command: a.command) }
    if let file = a.text("batch") {
      if a.text("trace") != nil {
        throw .conflictingOptions("batch", "trace", command: a.command)
      }
      input = .batch(file)
      return
    }
    guard let trace = try a.integer("trace", in: 1...Int.max) else {
      throw .missing(["--trace"], command: a.command)
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
    temperature = try a.value(Self.temperatureOption)
    topP = try a.number("top-p", in: 1e-6...1)
    maxTokens = try a.value(Self.maxTokensOption)
    seed = UInt64(try a.value(Self.seedOption))
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
    guard out.hasSuffix(".svg") || out.hasSuffix(".csv") else {
      throw .badValue(
        option: "out", value: out, expected: "a file ending in .svg or .csv", command: a.command)
    }
  }
}
