// Runs as seen from outside: the folders below a session's `.runs`, read as they are, whoever wrote them.

import LancetCore
import LancetSystem

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
    guard let json = folder.settingsJSON else { return nil }
    self.folder = folder
    name = folder.path.split(separator: "/").last.map(String.init) ?? folder.path
    id = Int(name.prefix { $0.isASCII && $0.isNumber }) ?? 0
    settings = RunSettings(run: json)
    isAlive = folder.holder != nil
    state = (try? Files.read(folder.stateFile, limit: 1 << 20))
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
    Files.namesIfAny(in: path).compactMap { RunRecord(RunFolder(path + "/" + $0)) }
      .sorted { ($0.id, $0.name) < ($1.id, $1.name) }
  }

  /// The largest number a run's name is taken to begin with; what is larger is no number of Lancet's.
  private static let largestNumber = 999_999_999

  /// The folder of the next run of a session: one more than the highest number, with the objective's name.
  public static func nextFolder(in path: String, objective: Objective) -> RunFolder {
    let numbers = Files.namesIfAny(in: path).compactMap {
      Int($0.prefix { $0.isASCII && $0.isNumber })
    }
    var number = numbers.filter { $0 < largestNumber }.max() ?? 0
    while true {
      number += 1
      let digits = String(number)
      let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
      let folder = "\(path)/\(padded)-\(objective.rawValue)"
      if !FileFacts.exists(folder) { return RunFolder(folder) }
    }
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
