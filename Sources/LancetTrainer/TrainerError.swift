// Everything a run can refuse or fail at, as facts; the sentences for them stand here.

import LancetCore
import LancetSystem

/// Why a run does not start, is not resumed, or ended.
public enum TrainerError: LancetError, Equatable {
  case noPairs
  case badPairRow(file: String, line: Int, reason: String)
  case badPairs(count: Int, first: [String])
  case noEndToken(model: String)
  /// Turns stand before a question, and no template tells them apart.
  case noTemplate(model: String)
  case folderTaken(path: String)
  case folderLocked(path: String, holder: String)
  case notARun(path: String, reason: String)
  case noCheckpoint(path: String)
  case changed(path: String, differences: [String])
  /// The folder given for the run cannot be one.
  case unsafeFolder(path: String, reason: String)
  case file(FileFailure)
  case nonFinite(update: Int, learningRate: Double, pairs: [Int], tensor: String)
  case diverged(update: Int, loss: Double, median: Double)
  case badProbe(file: String, line: Int, reason: String)

  /// What happened.
  public var what: String {
    switch self {
    case .noPairs: "there are no pairs to train on"
    case .badPairRow(_, _, let reason): reason
    case .badPairs(let count, let first):
      "\(count) pair\(count == 1 ? "" : "s") cannot be trained on: "
        + first.joined(separator: "; ") + (count > first.count ? "; …" : "")
    case .noTemplate: "a system message or earlier turns need a chat template, and there is none"
    case .noEndToken: "the model names no end-of-sequence token"
    case .folderTaken: "there is a run in this folder already"
    case .folderLocked(_, let holder): "another run works in this folder (\(holder))"
    case .notARun(_, let reason): "this is not a run folder: \(reason)"
    case .noCheckpoint: "there is no valid checkpoint to resume from"
    case .changed(_, let differences):
      "the run was started with something else: " + differences.joined(separator: "; ")
    case .unsafeFolder(_, let reason): "this cannot be the run's folder: \(reason)"
    case .file(let failure): failure.what
    case .nonFinite(let update, let rate, let pairs, let tensor):
      "a number of \(tensor) is not finite; the step was not taken at update \(update), learning rate \(rate), pairs "
        + pairs.prefix(16).map(String.init).joined(separator: ", ")
    case .diverged(let update, let loss, let median):
      "the loss stayed over ten times its median for 20 updates (now \(loss), median \(median)) at update \(update)"
    case .badProbe(_, _, let reason): reason
    }
  }

  /// Where it happened.
  public var place: String {
    switch self {
    case .noPairs, .badPairs: "pairs"
    case .badPairRow(let file, let line, _), .badProbe(let file, let line, _):
      "\(file), line \(line)"
    case .noEndToken(let model), .noTemplate(let model): model
    case .folderTaken(let path), .folderLocked(let path, _), .notARun(let path, _),
      .noCheckpoint(let path), .changed(let path, _), .unsafeFolder(let path, _):
      path
    case .file(let failure): failure.place
    case .nonFinite, .diverged: "training"
    }
  }

  /// What the person can do.
  public var advice: String {
    switch self {
    case .noPairs: "approve pairs in the workbench first, or give --pairs FILE"
    case .badPairRow: "correct the row"
    case .badPairs: "correct or un-approve them; --max-length N cuts long questions"
    case .noTemplate: "use an instruction-tuned model's folder, or rows of plain questions"
    case .noEndToken: "add eos_token_id to config.json"
    case .folderTaken: "give --resume to continue it, or another --out"
    case .folderLocked: "wait for it, or give another --out"
    case .notARun: "give the folder of a run"
    case .noCheckpoint: "start the run again without --resume in a new folder"
    case .changed: "start a new run, or give --force and accept that it is not bit-exact"
    case .unsafeFolder: "give --out a new or empty folder"
    case .file(let failure):
      failure.operation == .read
        ? failure.advice : "make room or check the permissions, then give --resume"
    case .nonFinite:
      "look at these pairs, lower --lr, and give --resume to continue from the last checkpoint"
    case .diverged: "lower --lr or raise --warmup; --resume continues from the checkpoint"
    case .badProbe: "give rows of {\"question\", \"answer\", \"suite\"} or a plain text file"
    }
  }

  /// The exit status a command ends with.
  public var exitCode: ExitCode {
    switch self {
    case .noPairs, .badPairRow, .badPairs, .noEndToken, .noTemplate, .changed, .badProbe,
      .nonFinite, .diverged:
      .badData
    case .folderTaken, .unsafeFolder, .notARun: .cannotCreate
    case .folderLocked: .tryAgain
    case .noCheckpoint: .missingInput
    case .file(let failure): failure.exitCode
    }
  }
}

/// Does something with files; what goes wrong leaves as a ``TrainerError``.
func withFiles<Result>(_ body: () throws(FileFailure) -> Result) throws(TrainerError) -> Result {
  do throws(FileFailure) { return try body() } catch { throw .file(error) }
}
