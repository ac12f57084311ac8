// What a run is made of, so that a resumed run is the same run: settings, model, pairs, program, processor. It stands in
// `run.json`.

import LancetCore
import LancetModel
import LancetSystem

/// Everything that must be equal for a resumed run to equal the unbroken one bit for bit.
struct RunIdentity {
  let settings: RunSettings
  let modelHash: String
  let pairsHash: String
  let program: String
  let processor: String

  init(settings: RunSettings, modelHash: String, pairs: [TrainingPair]) {
    self.settings = settings
    self.modelHash = modelHash
    pairsHash = RunFolder.lines(of: pairs).withUnsafeBytes { SHA256.hex(of: $0) }
    program = Self.programHash()
    processor = Self.processorName()
  }

  var json: JSON {
    .object([
      .init("format", .int(1)), .init("engine", .string("lancet")),
      .init("model", .string(settings.model)), .init("model_hash", .string(modelHash)),
      .init("pairs_hash", .string(pairsHash)), .init("program_hash", .string(program)),
      .init("processor", .string(processor)), .init("settings", settings.json),
    ])
  }

  /// Compares with what the run was first started with, and writes down settings that changed.
  ///
  /// - Throws: ``TrainerError/changed(path:differences:)``; with `force` the differences go to the log instead.
  func compare(with plan: RunPlan, log: RunLog) throws(TrainerError) {
    let folder = plan.folder
    guard let before = plan.before else { return }
    guard let then = folder.settingsJSON, let members = then.object else {
      throw .notARun(path: folder.path, reason: "run.json cannot be read")
    }
    var differences = settings.differences(from: before, pairs: plan.pairs.count)
    for (key, value, name) in [
      ("model_hash", modelHash, "the model"), ("pairs_hash", pairsHash, "the pairs"),
      ("program_hash", program, "the program"), ("processor", processor, "the processor"),
    ] where then[key]?.string != value {
      differences.append("\(name) changed")
    }
    if !differences.isEmpty {
      guard plan.force else { throw .changed(path: folder.path, differences: differences) }
      log.append("resumed with --force, not bit-exact: " + differences.joined(separator: "; "))
    }
    guard settings != before else { return }
    // The digests stay those of the first start: they say what the numbers so far were made with.
    var now = members.map { member in
      switch member.key {
      case "settings": JSON.Member(member.key, settings.json)
      case "model": JSON.Member(member.key, .string(settings.model))
      default: member
      }
    }
    if then[RunFolder.markKey] == nil, let mark = folder.runMark {
      now.append(.init(RunFolder.markKey, .string(mark)))
    }
    let bytes = JSON.object(now).serialized(pretty: true) + "\n"
    try withFiles { () throws(FileFailure) in
      try Files.replace(folder.settingsFile, with: Array(bytes.utf8))
    }
  }

  /// The digest of the running program, or empty when it cannot be read.
  private static func programHash() -> String {
    guard let bytes = try? Files.read("/proc/self/exe") else { return "" }
    return bytes.withUnsafeBytes { SHA256.hex(of: $0) }
  }

  /// The processor's name; OpenBLAS chooses its kernels by it.
  private static func processorName() -> String {
    Files.systemValue("model name", in: "/proc/cpuinfo") ?? ""
  }
}

extension RunFolder {
  /// The key of `run.json` for what a run's checkpoints call it, once its settings are not those of its first start.
  static let markKey = "mark"

  /// The frozen pairs as bytes of `pairs.jsonl`.
  static func lines(of pairs: [TrainingPair]) -> [UInt8] {
    var bytes: [UInt8] = []
    for pair in pairs {
      bytes += pair.json.serializedBytes()
      bytes.append(10)
    }
    return bytes
  }

  /// Writes the frozen pairs and the settings; the settings last, so that a folder with them is a whole run.
  func freeze(pairs: [TrainingPair], identity: RunIdentity) throws(TrainerError) {
    try withFiles { () throws(FileFailure) in
      try Files.replace(pairsFile, with: Self.lines(of: pairs))
      try Files.replace(
        settingsFile, with: Array((identity.json.serialized(pretty: true) + "\n").utf8))
    }
  }

  /// The frozen pairs of a run.
  public func readPairs() throws(TrainerError) -> [TrainingPair] {
    let bytes = try withFiles { () throws(FileFailure) in try Files.read(pairsFile) }
    var pairs: [TrainingPair] = []
    for (index, line) in bytes.split(separator: 10).enumerated() {
      guard let row = try? JSON.parse(line), let pair = TrainingPair(frozen: row) else {
        throw .badPairRow(file: pairsFile, line: index + 1, reason: "no line of frozen pairs")
      }
      pairs.append(pair)
    }
    return pairs
  }
}
