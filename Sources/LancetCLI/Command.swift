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
  public var session: String
  public var json = false
}

/// `lancet sessions`.
public struct SessionsOptions: Sendable, Equatable {
  public var json = false
}

/// `lancet restore SESSION`.
public struct RestoreOptions: Sendable, Equatable {
  public var session: String
  /// The number of the backup to put back; nil to list them.
  public var backup: Int?
  public var json = false
}

/// `lancet import SESSION FILE…`.
public struct ImportOptions: Sendable, Equatable {
  public var session: String
  public var files: [String]
  public var format = ImportFormat.auto
  public var strict = false
  public var json = false
}

/// `lancet grade`.
public struct GradeOptions: Sendable, Equatable {
  /// One answer, or a file of them.
  public enum Input: Sendable, Equatable {
    case one(gold: String, answer: String)
    case batch(String)
  }
  public var input: Input
  public var json = false
}

/// `lancet steps FILE|-`.
public struct StepsOptions: Sendable, Equatable {
  public var file: String
  public var json = false
}

/// `lancet diff Y_MINUS Y_PLUS`.
public struct DiffOptions: Sendable, Equatable {
  public var minus: String
  public var plus: String
  public var unit = DiffUnit.word
  /// The model folder whose tokens are the unit; set exactly when the unit is `token`.
  public var model: String?
  public var json = false
}

/// `lancet rectify SESSION --oracle NAME`.
public struct RectifyOptions: Sendable, Equatable {
  public var session: String
  public var oracle: String
  public var target: Int?
  public var workers: Int?
  public var json = false
}

/// `lancet show SESSION`.
public struct ShowOptions: Sendable, Equatable {
  /// The item; nil for the whole session in figures.
  public enum Item: Sendable, Equatable {
    case pair(PairID)
    case trace(TraceID)
  }
  public var session: String
  public var item: Item?
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
  public var session: String
  public var input: Input
  public var json = false
}

/// The person's text for a hunk, from `--tweak H=TEXT`.
public struct HunkTweak: Sendable, Equatable {
  public var hunk: Int
  public var text: String
  public init(hunk: Int, text: String) {
    self.hunk = hunk
    self.text = text
  }
}

/// `lancet export SESSION FILE --format NAME`.
public struct ExportOptions: Sendable, Equatable {
  public var session: String
  public var file: String
  public var format: ExportFormat
  /// Pairs with a change ratio over this are skipped; nil writes all.
  public var gamma: Double?
  public var json = false
}

/// `lancet tokenize --model DIR [FILE]`.
public struct TokenizeOptions: Sendable, Equatable {
  public var model: String
  public var file: String
  public var json = false
}

/// Where a trainer's pairs come from.
public enum PairSource: Sendable, Equatable {
  case session(String)
  case file(String)
}

/// `lancet logprobs`.
public struct LogprobsOptions: Sendable, Equatable {
  public var model: String
  public var reference: String?
  public var pairs: PairSource
  public var perToken = false
  public var endOfTurn = EndOfTurn.trl
  public var threads: Int?
  public var json = false
}

/// Whether an answer gets an end token when the template already ended the turn.
public enum EndOfTurn: String, CaseIterable, Sendable {
  /// Always appends it, as TRL 0.20.0 does.
  case trl
  /// Never doubles it.
  case template
}

/// `lancet generate`.
public struct GenerateOptions: Sendable, Equatable {
  public var model: String
  public var prompt: String
  public var chat = false
  public var temperature = 0.0
  public var topP = 1.0
  public var maxTokens = 256
  public var seed: UInt64 = 0
  public var threads: Int?
  public var json = false
}

/// `lancet eval`.
public struct EvalOptions: Sendable, Equatable {
  public var model: String
  public var suite: String
  public var maxTokens = 512
  public var threads: Int?
  public var json = false
}

/// `lancet runs SESSION`.
public struct RunsOptions: Sendable, Equatable {
  public var session: String
  public var json = false
}

/// `lancet plot SESSION`.
public struct PlotOptions: Sendable, Equatable {
  public var session: String
  public var runs: [String]
  public var metrics: [String]
  /// The file; its ending says whether a picture (.svg) or a table (.csv) is drawn.
  public var out: String
  public var json = false
}

/// `lancet doctor`.
public struct DoctorOptions: Sendable, Equatable {
  public var json = false
}
