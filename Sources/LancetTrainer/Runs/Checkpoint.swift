// Checkpoints: weights, moments and every number the next update depends on. Written aside, each file synced, a manifest
// with sizes and digests last, then renamed; so the newest valid one is found by its digests and never by its name alone.
// What else lies among them, whatever its name, decides nothing and is never removed.

import LancetCore
import LancetModel
import LancetSystem

/// What a resumed run needs beside the weights and the moments.
public struct CheckpointState: Sendable, Hashable {
  /// Updates taken.
  public var step: Int
  /// δ's state.
  public var shiftCount: Double
  /// δ's other number.
  public var shiftRaw: Double
  /// The losses of the last updates, for the watch on divergence.
  public var recentLosses: [Double]

  var json: JSON {
    .object([
      .init("step", .int(step)), .init("shift_count", .double(shiftCount)),
      .init("shift_raw", .double(shiftRaw)),
      .init("recent_losses", .array(recentLosses.map(JSON.double))),
    ])
  }

  init(step: Int, shift: Shift, recentLosses: [Double]) {
    self.step = step
    shiftCount = shift.count
    shiftRaw = shift.state
    self.recentLosses = recentLosses
  }

  init?(json: JSON) {
    guard let step = json["step"]?.int, let count = json["shift_count"]?.double,
      let raw = json["shift_raw"]?.double, let losses = json["recent_losses"]?.array
    else { return nil }
    self.step = step
    shiftCount = count
    shiftRaw = raw
    recentLosses = losses.compactMap(\.double)
  }
}

/// The three arenas of a run: parameters and AdamW's two moments, all of the same length.
struct Arenas {
  let parameters: UnsafeMutableBufferPointer<Float>
  let firstMoment: UnsafeMutableBufferPointer<Float>
  let secondMoment: UnsafeMutableBufferPointer<Float>

  var named: [(name: String, arena: UnsafeMutableBufferPointer<Float>)] {
    [
      ("parameters.f32", parameters), ("moment1.f32", firstMoment),
      ("moment2.f32", secondMoment),
    ]
  }
}

/// A checkpoint as it lies in a run's folder: its manifest fits, its state is that of its name, it belongs to the run.
private struct StoredCheckpoint {
  let path: String
  let manifest: FolderManifest
  let state: CheckpointState

  static let manifestName = "manifest.json"
  static let stateName = "state.json"
  static let names: Set = ["parameters.f32", "moment1.f32", "moment2.f32", stateName, manifestName]

  /// Reads what is small; nil for everything that is not one of Lancet's checkpoints of this run.
  init?(_ path: String, run: String?) {
    guard let manifest = FolderManifest(folder: path, name: Self.manifestName),
      manifest.fits(path, name: Self.manifestName),
      Set(manifest.entries.map(\.name) + [Self.manifestName]) == Self.names,
      manifest.note == nil || run == nil || manifest.note == run,
      let bytes = try? Files.read("\(path)/\(Self.stateName)", limit: 1 << 20, follow: false),
      manifest[Self.stateName] == bytes.withUnsafeBytes({ .init(Self.stateName, $0) }),
      let json = try? JSON.parse(bytes), let state = CheckpointState(json: json),
      state.step >= 0, Files.name(of: path) == Self.name(step: state.step)
    else { return nil }
    self.path = path
    self.manifest = manifest
    self.state = state
  }

  static func name(step: Int) -> String {
    let digits = String(step)
    return "step-" + String(repeating: "0", count: max(0, 9 - digits.count)) + digits
  }

  /// Reads the arenas; whether all of them are as the manifest says.
  func fill(_ arenas: Arenas) -> Bool {
    arenas.named.allSatisfy { name, arena in
      let buffer = UnsafeMutableRawBufferPointer(arena)
      guard let file = try? RegularFile("\(path)/\(name)", follow: false),
        file.size == buffer.count, (try? file.read(at: 0, into: buffer)) != nil
      else { return false }
      return manifest[name] == FolderManifest.Entry(name, UnsafeRawBufferPointer(buffer))
    }
  }
}

extension RunFolder {
  /// Writes a checkpoint and removes the run's older ones but the newest of them.
  ///
  /// - Returns: where something else that had the checkpoint's name is kept now; nil when nothing had.
  @discardableResult
  func writeCheckpoint(_ state: CheckpointState, _ arenas: Arenas) throws(TrainerError) -> String? {
    let place = checkpoints + "/" + StoredCheckpoint.name(step: state.step)
    let kept = try withFiles { () throws(FileFailure) in
      try Files.makeFolder(checkpoints, follow: false)
      Files.removeLeftovers(in: checkpoints, holding: StoredCheckpoint.names)
      let aside = AsideName.beside(place)
      do throws(FileFailure) {
        try write(state, arenas, inside: aside)
        return try Files.place(
          aside, at: place, mark: StoredCheckpoint.manifestName, digests: false)
      } catch {
        try? Files.removeOwnFolder(aside, holding: StoredCheckpoint.names)
        throw error
      }
    }
    // Later ones are of a future that was given up; they are replaced when the run comes to their update.
    for old in storedCheckpoints().filter({ $0.state.step <= state.step }).dropLast(2) {
      try? FolderManifest.remove(
        old.path, name: StoredCheckpoint.manifestName, digests: false)
    }
    return kept
  }

  private func write(
    _ state: CheckpointState, _ arenas: Arenas, inside folder: String
  ) throws(FileFailure) {
    try Files.makeFolder(folder, follow: false)
    var entries: [FolderManifest.Entry] = []
    func add(_ name: String, _ bytes: UnsafeRawBufferPointer) throws(FileFailure) {
      try Files.create("\(folder)/\(name)", with: bytes)
      entries.append(.init(name, bytes))
    }
    for (name, arena) in arenas.named { try add(name, UnsafeRawBufferPointer(arena)) }
    try Array(state.json.serialized().utf8).withUnsafeBytes { bytes in
      Result { () throws(FileFailure) in try add(StoredCheckpoint.stateName, bytes) }
    }.get()
    let manifest = FolderManifest(entries, note: runMark).fileBytes
    try manifest.withUnsafeBytes { bytes in
      Result { () throws(FileFailure) in
        try Files.create("\(folder)/\(StoredCheckpoint.manifestName)", with: bytes)
      }
    }.get()
    try Files.sync(folder)
  }

  /// Reads the newest checkpoint whose files all have the sizes and digests of its manifest.
  ///
  /// - Throws: ``TrainerError/noCheckpoint(path:)`` when none is valid.
  func readNewestCheckpoint(into arenas: Arenas) throws(TrainerError) -> CheckpointState {
    for stored in storedCheckpoints().reversed() where stored.fill(arenas) { return stored.state }
    throw .noCheckpoint(path: checkpoints)
  }

  /// Whether any checkpoint was ever finished, valid or not.
  var hasCheckpoints: Bool {
    Files.namesIfAny(in: checkpoints).contains { name in
      guard name.hasPrefix("step-"), let step = Int(name.dropFirst(5)), step >= 0,
        name == StoredCheckpoint.name(step: step)
      else { return false }
      return FileFacts(ofName: "\(checkpoints)/\(name)/\(StoredCheckpoint.manifestName)") != nil
    }
  }

  /// The run's checkpoints by update.
  private func storedCheckpoints() -> [StoredCheckpoint] {
    guard FileFacts(ofName: checkpoints)?.kind == .folder else { return [] }
    let run = runMark
    return Files.namesIfAny(in: checkpoints).filter { $0.hasPrefix("step-") }
      .compactMap { StoredCheckpoint("\(checkpoints)/\($0)", run: run) }
      .sorted { $0.state.step < $1.state.step }
  }

  /// What its checkpoints are marked with: the digest of `run.json`; nil when there is none.
  var runMark: String? {
    guard let settingsJSON else { return nil }
    // A resumed run that changed settings keeps the mark of its first start.
    if let mark = settingsJSON[RunFolder.markKey]?.string { return mark }
    return settingsJSON.serializedBytes().withUnsafeBytes { SHA256.hex(of: $0) }
  }
}
