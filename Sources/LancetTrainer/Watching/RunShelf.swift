// The runs below a folder, looked at again and again: a file is parsed when it changed and not before, and whoever wrote it.

import LancetCore
import LancetSystem

/// The runs of a session.
///
/// Use it from one thread at a time.
public struct RunShelf: Sendable {
  private let path: String
  private var known: [String: KnownRun] = [:]

  /// The runs below a folder that may not exist yet.
  public init(_ path: String) { self.path = path }

  /// The runs as they are now, by number.
  public mutating func look() -> [RunRecord] {
    var now: [String: KnownRun] = [:]
    for name in Files.namesIfAny(in: path) {
      var run = known[name] ?? KnownRun()
      run.look(RunFolder(path + "/" + name))
      now[name] = run
    }
    known = now
    return now.compactMap { $1.record(RunFolder(path + "/" + $0)) }
      .sorted { ($0.number, $0.name) < ($1.number, $1.name) }
  }

  /// The largest number a run's name is taken to begin with; what is larger is no number of Lancet's.
  private static let largestNumber = 999_999_999

  /// The folder of the next run: one more than the highest number, with the objective's name.
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
}

extension RunFolder {
  /// The run as its folder tells of it now; nil when it holds none.
  public func record() -> RunRecord? {
    var run = KnownRun()
    run.look(self)
    return run.record(self)
  }
}

/// What is known of a run's three small files, each with the facts it had when it was parsed.
private struct KnownRun {
  /// The settings where `run.json` is JSON; nothing in them where they cannot be read.
  private var settings = Parsed<RunSettings?>()
  private var state = Parsed<RunState>()
  private var reference = Parsed<(pairs: Int, chosen: Double)>()

  mutating func look(_ folder: RunFolder) {
    settings.look(folder.settingsFile) { bytes in
      (try? JSON.parse(bytes)).map(RunSettings.init(run:))
    }
    state.look(folder.stateFile) { bytes in
      (try? JSON.parse(bytes)).flatMap(RunState.init(json:))
    }
    reference.look(folder.referenceFile) { bytes in
      let values = bytes.split(separator: 10).compactMap { (try? JSON.parse($0))?["chosen"]?.double }
      return values.isEmpty ? nil : (values.count, values.reduce(0, +) / Double(values.count))
    }
  }

  /// The run; nil when the folder holds none.
  func record(_ folder: RunFolder) -> RunRecord? {
    settings.value.map { settings in
      RunRecord(
        path: folder.path, settings: settings, state: state.value, isAlive: folder.holder != nil,
        pairs: reference.value?.pairs ?? 0, referenceChosen: reference.value?.chosen)
    }
  }
}

/// A file's meaning, and the facts of the file that had it.
private struct Parsed<Value: Sendable>: Sendable {
  private(set) var value: Value?
  private var facts: FileFacts?

  /// Parses the file when it is another one than before.
  mutating func look(_ path: String, _ parse: ([UInt8]) -> Value?) {
    // Taken before the file is read: what is written meanwhile has other facts and is read at the next look.
    let now = FileFacts(path)
    guard now != facts else { return }
    facts = now
    value = now == nil ? nil : (try? Files.read(path, limit: 64 << 20)).flatMap(parse)
  }
}
