// A run is a folder (decision 6 of the architecture). This is the map of it, its lock, and its small files. Another engine
// that writes the same files looks the same on the Train screen.

import Glibc
import LancetCore

/// A run's folder on disk.
public struct RunFolder: Sendable, Hashable {
  /// The folder.
  public let path: String

  /// A folder by its path; nothing is touched.
  public init(_ path: String) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
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
      try DurableFile.write([], to: pauseFile)
    } else {
      unlink(pauseFile)
    }
  }

  /// Asks the run to write a checkpoint and end.
  public func requestStop() throws(TrainerError) { try DurableFile.write([], to: stopFile) }

  var isPauseRequested: Bool { DurableFile.exists(pauseFile) }
  var isStopRequested: Bool { DurableFile.exists(stopFile) }

  /// The process that works in the folder now; nil when none does, whatever the state file says.
  public var holder: String? {
    let descriptor = open(lockFile, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    if flock(descriptor, LOCK_SH | LOCK_NB) == 0 { return nil }
    let bytes = (try? DurableFile.read(lockFile, limit: 4096)) ?? []
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// The right to work in a run's folder; given back when the object goes away, or by the system when the process dies.
final class RunLock {
  private let descriptor: Int32

  /// Takes the lock.
  /// - Throws: ``TrainerError/folderLocked(path:holder:)`` when another process has it.
  init(_ folder: RunFolder) throws(TrainerError) {
    let descriptor = open(folder.lockFile, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw DurableFile.failure(folder.lockFile) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw .folderLocked(path: folder.path, holder: folder.holder ?? "unknown process")
    }
    self.descriptor = descriptor
    let text = Array("process \(getpid())".utf8)
    ftruncate(descriptor, 0)
    try text.withUnsafeBytes {
      DurableFile.writeAll(descriptor, $0, path: folder.lockFile)
    }.get()
  }

  deinit { close(descriptor) }
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

/// The process's peak resident memory in bytes: VmHWM of proc(5).
///
/// getrusage(2) would also count what the parent held before exec(2). Zero where there is no /proc.
func peakMemory() -> Int {
  guard let file = fopen("/proc/self/status", "re") else { return 0 }
  defer { fclose(file) }
  var line = [CChar](repeating: 0, count: 256)
  while fgets(&line, Int32(line.count), file) != nil {
    let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    guard text.hasPrefix("VmHWM:") else { continue }
    return (Int(text.filter { $0.isASCII && $0.isNumber }) ?? 0) << 10
  }
  return 0
}
