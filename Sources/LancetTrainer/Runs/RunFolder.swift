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
