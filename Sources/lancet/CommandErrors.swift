// What can go wrong in a command that no lower module has a word for, as facts, and every sentence about it.

import LancetCore
import LancetSystem

/// Why standard output takes no more.
enum OutputFailure: LancetError, Hashable {
  /// Whoever read it has gone, as `head` does: no error, the command just ends.
  case closed
  case failed(reason: String)

  var what: String {
    switch self {
    case .closed: "nobody reads any more"
    case .failed(let reason): "cannot write: \(reason)"
    }
  }
  var place: String { "standard output" }
  var advice: String { "make room, or send the output elsewhere, and run the command again" }
  var exitCode: ExitCode {
    switch self {
    case .closed: .done
    case .failed: .inputOutput
    }
  }
}

/// Why an input could not be read.
enum InputError: LancetError, Hashable {
  case missing(String)
  case notAFile(String, kind: String)
  case unreadable(String, reason: String)
  case tooLarge(String, bytes: Int, limit: Int)
  case notUTF8(String, byte: Int)

  /// What the floor reports of a file.
  init(_ failure: FileFailure) {
    let path = failure.path
    self =
      switch failure.problem {
      case .kind(let kind): .notAFile(path, kind: kind.words)
      case .tooLarge(let bytes, let limit):
        .tooLarge(path, bytes: Int(bytes), limit: Int(limit))
      case .system where failure.isMissing: .missing(path)
      default: .unreadable(path, reason: failure.reason)
      }
  }

  var what: String {
    switch self {
    case .missing: "no such file"
    case .notAFile(_, let kind): "this is \(kind), not a file"
    case .unreadable(_, let reason): "cannot read: \(reason)"
    case .tooLarge(_, let bytes, _): "\(bytes) bytes are too many"
    case .notUTF8(_, let byte): "not UTF-8 at byte \(byte)"
    }
  }

  var place: String {
    switch self {
    case .missing(let path), .notAFile(let path, _), .unreadable(let path, _),
      .tooLarge(let path, _, _), .notUTF8(let path, _):
      path
    }
  }

  var advice: String {
    switch self {
    case .missing: "check the path"
    case .notAFile: "give a regular file, or - for standard input"
    case .unreadable: "check the permissions and the disk"
    case .tooLarge(_, _, let limit): "give at most \(limit) bytes"
    case .notUTF8: "convert it to UTF-8 first"
    }
  }

  var exitCode: ExitCode {
    switch self {
    case .missing, .notAFile: .missingInput
    case .unreadable: .inputOutput
    case .tooLarge, .notUTF8: .badData
    }
  }
}

/// A line of `decide --batch` that cannot be used.
struct BatchError: LancetError, Hashable {
  var line: Int
  var what: String
  var place: String { "line \(line)" }
  var advice: String { "see lancet decide --help" }
  var exitCode: ExitCode { .badData }
}

/// A row of `rectify --replies` that cannot be used.
struct ReplyError: LancetError, Hashable {
  var file: String
  var line: Int
  var what: String
  var place: String { "\(file), line \(line)" }
  var advice: String { "write rows of {\"trace\": ID, \"text\": TEXT}" }
  var exitCode: ExitCode { .badData }
}

/// A text that a model's tokenizer rewrites, so that its tokens have no bytes of their own in it.
struct RewrittenText: LancetError, Hashable {
  let place: String
  let what = "the tokenizer changes this text (Unicode normalization)"
  let advice = "compare by --unit word, or normalize the text first"
  let exitCode = ExitCode.badData
}

/// A model with finite weights whose figures overflow all the same: nothing it says can be used.
enum NonFiniteOutput: LancetError, Hashable {
  case logProbs(pair: Int)
  case answer(to: String)

  var what: String {
    switch self {
    case .logProbs: "the log-probabilities are not finite"
    case .answer: "the model's scores are not finite"
    }
  }
  var place: String {
    switch self {
    case .logProbs(let pair): "pair \(pair)"
    case .answer(let question): question
    }
  }
  var advice: String { "use an intact copy of the model, or one whose sums fit 32-bit floats" }
  var exitCode: ExitCode { .badData }
}

/// A file that a command would replace and must not.
struct OutputRefused: LancetError, Hashable {
  let place: String
  /// What it is.
  let reason: String
  var what: String { "this is not written over: \(reason)" }
  let advice = "give another name for the result"
  let exitCode = ExitCode.cannotCreate
}

/// Why nothing could be plotted.
enum PlotError: LancetError, Hashable {
  case noSuchRun(String, session: String)
  case noSuchMetric(String, known: [String])

  var what: String {
    switch self {
    case .noSuchRun(let run, _): "there is no run \(run)"
    case .noSuchMetric(let metric, _): "no update has the metric \(metric)"
    }
  }
  var place: String {
    switch self {
    case .noSuchRun(_, let session): session
    case .noSuchMetric: "metrics.jsonl"
    }
  }
  var advice: String {
    switch self {
    case .noSuchRun(_, let session): "lancet runs \(session) lists them"
    case .noSuchMetric(_, let known): "known are " + known.joined(separator: ", ")
    }
  }
  var exitCode: ExitCode {
    switch self {
    case .noSuchRun: .missingInput
    case .noSuchMetric: .badData
    }
  }
}
