// The runs below a folder, looked at again and again: a file is parsed when it changed and not before, and whoever wrote it.

import Glibc
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

  /// Makes the folder of the next run, so that its number is taken, and says there that a run is being prepared.
  public static func reserveFolder(
    in path: String, objective: Objective
  ) throws(TrainerError) -> RunFolder {
    try withFiles { () throws(FileFailure) in try Files.makeFolders(path) }
    while true {
      let folder = nextFolder(in: path, objective: objective)
      // Somebody else took the number just now: there is a higher one.
      guard try withFiles({ () throws(FileFailure) in try Files.makeNewFolder(folder.path) }) else {
        continue
      }
      // The lock signs the folder as a run's, and is free again for the run.
      let lock = try RunLock(folder)
      defer { withExtendedLifetime(lock) {} }
      let state = RunState(stage: .preparing, process: Int(getpid()))
      try withFiles { () throws(FileFailure) in
        try Files.replace(folder.stateFile, with: state.json.serializedBytes(), durable: false)
      }
      return folder
    }
  }

  /// Lets a run that lies elsewhere be seen among these runs, by a link with the next number; nothing when it is there.
  public static func adopt(
    _ folder: RunFolder, into path: String, objective: Objective
  ) throws(TrainerError) {
    try withFiles { () throws(FileFailure) in
      try Files.makeFolders(path)
      guard let target = Files.resolved(folder.path) else {
        throw .last(folder.path, .read)
      }
      let isThere =
        Files.relation(of: target, to: path) == .inside
        || Files.namesIfAny(in: path).contains { Files.resolved("\(path)/\($0)") == target }
      if isThere { return }
      while true {
        let link = nextFolder(in: path, objective: objective).path
        if symlink(target, link) == 0 { return }
        guard errno == EEXIST else { throw .last(link, .create) }
      }
    }
  }

  /// The largest number a run's name is taken to begin with; what is larger is no number of Lancet's.
  private static let largestNumber = 999_999_999

  /// The folder of the next run: one more than the highest number, with the objective's name.
  static func nextFolder(in path: String, objective: Objective) -> RunFolder {
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

extension RunFolder {
  /// What its `state.json` says; nil when it says nothing.
  public func state() -> RunState? {
    (try? Files.read(stateFile, limit: 1 << 20)).flatMap { try? JSON.parse($0) }
      .flatMap(RunState.init(json:))
  }

  /// Says in `state.json` why this process does not come to work here, for whoever started it.
  ///
  /// Only a folder that says its state already is written to: any other may be a person's own. Nothing is said while
  /// another process works here, or where another run is.
  public func noteRefusal(_ sentence: String, resuming: Bool) {
    guard var state = state(), let lock = try? RunLock(self) else { return }
    defer { withExtendedLifetime(lock) {} }
    // A run that was there before keeps its stage: being refused changed nothing of it.
    let isOwn = state.process == Int(getpid())
    guard resuming || isOwn || !FileFacts.exists(settingsFile) else { return }
    if isOwn || !resuming { state.stage = .failed }
    state.process = Int(getpid())
    state.message = sentence
    // The sentence also goes to standard error; a disk that takes neither is told of there.
    try? Files.replace(stateFile, with: state.json.serializedBytes(), durable: false)
  }

  /// Takes away what a run that never started left here: its state and its lock, and the folder when it is empty then.
  public func clearUnstarted() {
    guard !FileFacts.exists(settingsFile), holder == nil else { return }
    let names = Set([stateFile, lockFile].map(Files.name))
    Files.removeLeftovers(in: path)
    try? Files.removeOwnFolder(path, holding: names)
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
      let values = bytes.split(separator: 10).compactMap {
        (try? JSON.parse($0))?["chosen"]?.double
      }
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
