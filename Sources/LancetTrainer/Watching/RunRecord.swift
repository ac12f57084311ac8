// Runs as seen from outside: the folders below a session's `.runs`, read as they are, whoever wrote them.

import LancetCore

/// One run folder as it stands on disk now.
public struct RunRecord: Sendable, Hashable, Identifiable {
  /// The number at the beginning of the folder's name; 0 when it has none.
  public let id: Int
  /// The folder's name, `0007-spot-bco`.
  public let name: String
  /// The run's folder.
  public let folder: RunFolder
  /// `run.json`'s settings; nil when they cannot be read.
  public let settings: RunSettings?
  /// What the run says it is doing; nil before it said anything.
  public let state: RunState?
  /// Whether a process works in the folder now.
  public let isAlive: Bool

  /// Reads a run folder; nil when it holds no run.
  public init?(_ folder: RunFolder) {
    guard let bytes = try? DurableFile.read(folder.settingsFile, limit: 16 << 20),
      let json = try? JSON.parse(bytes)
    else { return nil }
    self.folder = folder
    name = folder.path.split(separator: "/").last.map(String.init) ?? folder.path
    id = Int(name.prefix { $0.isASCII && $0.isNumber }) ?? 0
    settings = json["settings"].flatMap(RunSettings.init(json:))
    isAlive = folder.holder != nil
    state = (try? DurableFile.read(folder.stateFile, limit: 1 << 20))
      .flatMap { try? JSON.parse($0) }.flatMap(RunState.init(json:))
  }

  /// What the run is doing, in a word: the state file's stage, or `died` when it says it works and no process does.
  public var condition: String {
    guard let state else { return isAlive ? "preparing" : "died" }
    switch state.stage {
    case .preparing, .running, .paused: return isAlive ? state.stage.rawValue : "died"
    case .stopped, .done, .failed: return state.stage.rawValue
    }
  }

  /// The runs below a folder, by number.
  public static func all(in path: String) -> [RunRecord] {
    DurableFile.names(in: path).compactMap { RunRecord(RunFolder(path + "/" + $0)) }
      .sorted { ($0.id, $0.name) < ($1.id, $1.name) }
  }

  /// The folder of the next run of a session: one more than the highest number, with the objective's name.
  public static func nextFolder(in path: String, objective: Objective) -> RunFolder {
    let numbers = DurableFile.names(in: path).map {
      Int($0.prefix { $0.isASCII && $0.isNumber }) ?? 0
    }
    let digits = String((numbers.max() ?? 0) + 1)
    let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    return RunFolder("\(path)/\(padded)-\(objective.rawValue)")
  }

  /// One row of `lancet runs`.
  public var json: JSON {
    .object([
      .init("id", .int(id)), .init("name", .string(name)), .init("path", .string(folder.path)),
      .init("state", .string(condition)), .init("step", .int(state?.step ?? 0)),
      .init("steps", .int(state?.steps ?? 0)),
      .init("objective", settings.map { .string($0.objective.rawValue) } ?? .null),
      .init("beta", settings.map { .double($0.beta) } ?? .null),
      .init("learning_rate", settings.map { .double($0.learningRate) } ?? .null),
      .init("message", .string(state?.message ?? "")),
    ])
  }
}
