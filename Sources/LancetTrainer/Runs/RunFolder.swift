// A run is a folder (decision 6 of the architecture). This is the map of it, its lock, and its small files. Another engine
// that writes the same files looks the same on the Train screen.

import Glibc
import LancetCore
import LancetSystem

/// A run's folder on disk.
public struct RunFolder: Sendable, Hashable {
  /// The folder.
  public let path: String

  /// A folder by its path; nothing is touched.
  public init(_ path: String) {
    var path = path[...]
    while path.utf8.count > 1, path.hasSuffix("/") { path = path.dropLast() }
    self.path = String(path)
  }

  /// Every setting, the model's hash, the pairs' hash, versions.
  public var settingsFile: String { path + "/run.json" }
  /// The frozen pairs, in order, one a line.
  public var pairsFile: String { path + "/pairs.jsonl" }
  /// The reference log-probabilities of the frozen pairs, one line a pair.
  public var referenceFile: String { path + "/reference.jsonl" }
  /// One object an update, appended.
  public var metricsFile: String { path + "/metrics.jsonl" }
  /// What the run is doing now: see ``RunState``.
  public var stateFile: String { path + "/state.json" }
  /// What was said, one line a fact.
  public var logFile: String { path + "/log.txt" }
  /// Held by the process that works in the folder.
  public var lockFile: String { path + "/lock" }
  /// While this file exists the run waits before the next update.
  public var pauseFile: String { path + "/pause" }
  /// When this file appears the run writes a checkpoint and ends.
  public var stopFile: String { path + "/stop" }
  /// Checkpoints, two kept.
  public var checkpoints: String { path + "/checkpoints" }
  /// The trained model, a Hugging Face folder.
  public var model: String { path + "/model" }

  /// Asks the run to wait before its next update, or to go on.
  public func setPaused(_ paused: Bool) throws(TrainerError) {
    if paused {
      try withFiles { () throws(FileFailure) in try Files.replace(pauseFile, with: []) }
    } else {
      Files.removeOwnFile(pauseFile)
    }
  }

  /// Asks the run to write a checkpoint and end.
  public func requestStop() throws(TrainerError) {
    try withFiles { () throws(FileFailure) in try Files.replace(stopFile, with: []) }
  }

  var isPauseRequested: Bool { FileFacts.exists(pauseFile) }
  var isStopRequested: Bool { FileFacts.exists(stopFile) }

  /// The process that works in the folder now; nil when none does, whatever the state file says.
  public var holder: String? {
    guard FileLock.isHeld(lockFile, follow: false) else { return nil }
    let bytes = (try? Files.read(lockFile, limit: 4096, follow: false)) ?? []
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// The right to work in a run's folder; given back when the object goes away, or by the system when the process dies.
final class RunLock {
  private let lock: FileLock

  /// Takes the lock.
  /// - Throws: ``TrainerError/folderLocked(path:holder:)`` when another process has it.
  init(_ folder: RunFolder) throws(TrainerError) {
    let taken = try withFiles { () throws(FileFailure) in
      let taken = try FileLock(folder.lockFile, creating: true, follow: false)
      try taken?.sign("process \(getpid())")
      return taken
    }
    guard let taken else {
      throw .folderLocked(path: folder.path, holder: folder.holder ?? "unknown process")
    }
    lock = taken
  }
}

/// What a run is doing, as its `state.json` says.
public struct RunState: Sendable, Hashable {
  /// The stages of a run's life.
  public enum Stage: String, CaseIterable, Sendable {
    /// Reads the model, measures, computes the reference.
    case preparing
    case running, paused
    /// Ended early with a checkpoint; `--resume` goes on.
    case stopped
    case done
    /// Ended with an error; the message says which.
    case failed
  }

  /// The stage of the run's life.
  public var stage: Stage
  /// Updates taken, and updates of the whole run.
  public var step: Int
  /// Updates of the whole run.
  public var steps: Int
  /// The process that wrote this.
  public var process: Int
  /// One sentence for a person; empty when there is nothing to say.
  public var message: String
  /// Peak resident memory of the process in bytes.
  public var peakMemory: Int

  /// Values given one by one.
  public init(
    stage: Stage, step: Int, steps: Int, process: Int, message: String, peakMemory: Int
  ) {
    self.stage = stage
    self.step = step
    self.steps = steps
    self.process = process
    self.message = message
    self.peakMemory = peakMemory
  }

  /// As it stands in `state.json`.
  public var json: JSON {
    .object([
      .init("state", .string(stage.rawValue)), .init("step", .int(step)),
      .init("steps", .int(steps)), .init("pid", .int(process)),
      .init("message", .string(message)), .init("peak_memory", .int(peakMemory)),
    ])
  }

  /// Reads what ``json`` wrote; nil for anything else.
  public init?(json: JSON) {
    guard let stage = json["state"]?.string.flatMap(Stage.init(rawValue:)),
      let step = json["step"]?.int, let steps = json["steps"]?.int
    else { return nil }
    self.init(
      stage: stage, step: step, steps: steps, process: json["pid"]?.int ?? 0,
      message: json["message"]?.string ?? "", peakMemory: json["peak_memory"]?.int ?? 0)
  }
}
