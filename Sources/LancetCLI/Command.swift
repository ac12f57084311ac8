// A command line as a value: what was asked, typed and checked. Nothing here touches the world.

import LancetCore

/// What a person or a script asked for.
public enum Command: Sendable, Equatable {
  case open(OpenOptions)
  case new(NewOptions)
  case sessions(SessionsOptions)
  case restore(RestoreOptions)
  case importing(ImportOptions)
  case grade(GradeOptions)
  case steps(StepsOptions)
  case diff(DiffOptions)
  case rectify(RectifyOptions)
  case show(ShowOptions)
  case decide(DecideOptions)
  case export(ExportOptions)
  case tokenize(TokenizeOptions)
  case logprobs(LogprobsOptions)
  case train(TrainOptions)
  case generate(GenerateOptions)
  case eval(EvalOptions)
  case runs(RunsOptions)
  case plot(PlotOptions)
  case doctor(DoctorOptions)
  case help(String?)
  case version
}

/// `lancet [open] [SESSION]`.
public struct OpenOptions: Sendable, Equatable {
  static let color = WordOption<ColorChoice>("color", "WHEN", default: .auto)
  /// The session; nil for the bundled demo.
  public var session: String?
  /// A theme's name for this start.
  public var theme: String?
  /// Leaves the mouse to the terminal.
  public var noMouse = false
  /// `auto`, `always` or `never`.
  public var color = ColorChoice.auto
}

/// Whether to use colour.
public enum ColorChoice: String, CaseIterable, Sendable { case auto, always, never }

/// `lancet new SESSION`.
public struct NewOptions: Sendable, Equatable {
  /// The session's name or path.
  public var session: String
  /// Whether JSON is printed instead of text for people.
  public var json = false
}

/// `lancet sessions`.
public struct SessionsOptions: Sendable, Equatable {
  /// Whether JSON is printed instead of text for people.
  public var json = false
}

/// `lancet restore SESSION`.
public struct RestoreOptions: Sendable, Equatable {
  /// The session's name or path.
  public var session: String
  /// The number of the backup to put back; nil to list them.
  public var backup: Int?
  /// Whether JSON is printed instead of text for people.
  public var json = false
}

/// `lancet import SESSION FILE…`.
public struct ImportOptions: Sendable, Equatable {
  static let format = WordOption<ImportFormat>("format", "NAME", default: .auto)
  /// The session's name or path.
  public var session: String
  /// The files, in order.
  public var files: [String]
  /// The format of the file.
  public var format = ImportFormat.auto
  /// Columns that a person named.
  public var fields = FieldMap()
  /// Whether the first rows are only shown.
  public var dryRun = false
  /// Whether the first bad row ends the import.
  public var strict = false
  /// Whether JSON is printed instead of text for people.
  public var json = false
}

/// `lancet grade`.
public struct GradeOptions: Sendable, Equatable {
  /// One answer, or a file of them.
  public enum Input: Sendable, Equatable {
    case one(gold: String, answer: String)
    case batch(String)
  }
  /// Whether a sentence says why.
  public var explain = false
  /// What is worked on.
  public var input: Input
  /// Whether JSON is printed instead of text for people.
  public var json = false
}

/// `lancet steps FILE|-`.
public struct StepsOptions: Sendable, Equatable {
  /// The file; `-` for standard input or output.
  public var file: String
  /// Whether JSON is printed instead of text for people.
  public var json = false
}

/// `lancet diff Y_MINUS Y_PLUS`.
public struct DiffOptions: Sendable, Equatable {
  static let unit = WordOption<DiffUnit>("unit", "UNIT")
  /// The file with y⁻.
  public var minus: String
  /// The file with y⁺.
  public var plus: String
  /// What is counted.
  public var unit = DiffUnit.word
  /// The model folder whose tokens are the unit; set exactly when the unit is `token`.
  public var model: String?
  /// Whether JSON is printed instead of text for people.
  public var json = false
}

/// `lancet rectify SESSION --oracle NAME`.
public struct RectifyOptions: Sendable, Equatable {
  /// The session's name or path.
  public var session: String
  /// The Oracle's name.
  public var oracle: String
  /// The file with the replies of `replay`.
  public var replies: String?
  /// The most proposals to make; nil for no limit.
  public var target: Int?
  /// How many questions are under way at once.
  public var workers: Int?
  /// Whether JSON is printed instead of text for people.
  public var json = false
}

/// `lancet show SESSION`.
public struct ShowOptions: Sendable, Equatable {
  /// The item; nil for the whole session in figures.
  public enum Item: Sendable, Equatable {
    case pair(PairID)
    case trace(TraceID)
  }
  /// The session's name or path.
  public var session: String
  /// The item; nil for the whole session in figures.
  public var item: Item?
  /// Whether JSON is printed instead of text for people.
  public var json = false
}

/// `lancet decide SESSION`.
public struct DecideOptions: Sendable, Equatable {
  /// One trace, a rule over all, or a stream of decisions.
  public enum Input: Sendable, Equatable {
    case trace(
      TraceID, accept: [Int], reject: [Int], tweak: [HunkTweak], approve: Bool, override: String?)
    case rule(String, dryRun: Bool)
    /// One JSON object a line, each committed and acknowledged by itself.
    case batch(String)
  }
  /// The session's name or path.
  public var session: String
  /// What is worked on.
  public var input: Input
  /// Whether JSON is printed instead of text for people.
  public var json = false
}

/// The person's text for a hunk, from `--tweak H=TEXT`.
public struct HunkTweak: Sendable, Equatable {
  /// The number of the hunk, from 1.
  public var hunk: Int
  /// The text in its place.
  public var text: String
  /// Values given one by one.
  public init(hunk: Int, text: String) {
    self.hunk = hunk
    self.text = text
  }
}

/// `lancet export SESSION FILE --format NAME`.
public struct ExportOptions: Sendable, Equatable {
  static let formatOption = WordOption<ExportFormat>("format", "NAME", need: .required)
  /// The session's name or path.
  public var session: String
  /// The file; `-` for standard input or output.
  public var file: String
  /// The format of the file.
  public var format: ExportFormat
  /// Pairs with a change ratio over this are skipped; nil writes all.
  public var gamma: Double?
  /// Whether JSON is printed instead of text for people.
  public var json = false
}

/// `lancet tokenize --model DIR [FILE]`.
public struct TokenizeOptions: Sendable, Equatable {
  /// The model folder.
  public var model: String
  /// The file; `-` for standard input or output.
  public var file: String
  /// Whether JSON is printed instead of text for people.
  public var json = false
}

/// Where a trainer's pairs come from.
public enum PairSource: Sendable, Equatable {
  case session(String)
  case file(String)
}

/// `lancet logprobs`.
public struct LogprobsOptions: Sendable, Equatable {
  static let templateOption = WordOption<TemplateRule>(
    "template", "RULE", default: .chat, "none takes texts as they are")
  static let endOfTurnOption = WordOption<EndOfTurnRule>("end-of-turn", "RULE", default: .trl)
  /// The model folder.
  public var model: String
  /// A second model whose log-probabilities are given too.
  public var reference: String?
  /// Where the pairs come from.
  public var pairs: PairSource
  /// Whether every token is listed.
  public var perToken = false
  /// Whether texts go through the chat template.
  public var template = TemplateRule.chat
  /// The rule for end tokens.
  public var endOfTurn = EndOfTurnRule.trl
  /// Processor threads; nil for all there are.
  public var threads: Int?
  /// Whether JSON is printed instead of text for people.
  public var json = false
}

/// `lancet generate`.
public struct GenerateOptions: Sendable, Equatable {
  static let temperatureOption = NumberOption(
    "temperature", "T", in: 0...100, default: 0, "0 takes the likeliest token")
  static let maxTokensOption = IntegerOption(
    "max-tokens", "N", in: 1...1_000_000, default: 256, "stop after N tokens")
  static let seedOption = IntegerOption("seed", "N", in: 0...Int.max, default: 0, "for sampling")

  /// The model folder.
  public var model: String
  /// What to continue.
  public var prompt: String
  /// Whether the prompt goes through the chat template.
  public var chat = false
  /// 0 takes the likeliest token.
  public var temperature: Double
  /// The share of probability that is drawn from; nil for what the model's makers say.
  public var topP: Double?
  /// The most tokens of an answer.
  public var maxTokens: Int
  /// The beginning of the random numbers.
  public var seed: UInt64
  /// Processor threads; nil for all there are.
  public var threads: Int?
  /// Whether JSON is printed instead of text for people.
  public var json = false
}

/// `lancet eval`.
public struct EvalOptions: Sendable, Equatable {
  static let maxTokensOption = IntegerOption(
    "max-tokens", "N", in: 1...1_000_000, default: 512, "of an answer")

  /// The model folder.
  public var model: String
  /// The file of problems.
  public var suite: String
  /// Whether questions go through the chat template.
  public var template = TemplateRule.chat
  /// The most tokens of an answer.
  public var maxTokens: Int
  /// Processor threads; nil for all there are.
  public var threads: Int?
  /// Whether JSON is printed instead of text for people.
  public var json = false
}

/// `lancet runs SESSION`.
public struct RunsOptions: Sendable, Equatable {
  /// The session's name or path.
  public var session: String
  /// Whether JSON is printed instead of text for people.
  public var json = false
}

/// `lancet plot SESSION`.
public struct PlotOptions: Sendable, Equatable {
  /// The session's name or path.
  public var session: String
  /// Numbers or names of runs.
  public var runs: [String]
  /// Names of metrics.
  public var metrics: [String]
  /// The file; its ending says whether a picture (.svg) or a table (.csv) is drawn.
  public var out: String
  /// Whether JSON is printed instead of text for people.
  public var json = false
}

/// `lancet doctor`.
public struct DoctorOptions: Sendable, Equatable {
  /// Whether JSON is printed instead of text for people.
  public var json = false
}
