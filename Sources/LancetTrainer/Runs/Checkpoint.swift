// Checkpoints: weights, moments and every number the next update depends on. Written aside, each file synced, a manifest
// with sizes and digests last, then renamed; so the newest valid one is found by its digests and never by its name alone.

import Glibc
import LancetCore
import LancetModel

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

extension RunFolder {
  /// Writes a checkpoint and removes all but the newest two.
  func writeCheckpoint(_ state: CheckpointState, _ arenas: Arenas) throws(TrainerError) {
    try DurableFile.makeFolder(checkpoints)
    let name = checkpointName(step: state.step)
    let aside = checkpoints + "/.writing-" + name
    DurableFile.remove(aside)
    do throws(TrainerError) {
      try DurableFile.makeFolder(aside)
      var files: [JSON] = []
      for (file, arena) in arenas.named {
        let path = aside + "/" + file
        let bytes = UnsafeRawBufferPointer(arena)
        try DurableFile.writeSynced(path: path) { descriptor throws(TrainerError) in
          try DurableFile.writeAll(descriptor, bytes, path: path).get()
        }
        files.append(Self.manifestEntry(file, bytes))
      }
      let stateBytes = Array(state.json.serialized().utf8)
      try DurableFile.write(stateBytes, to: aside + "/state.json")
      files.append(stateBytes.withUnsafeBytes { Self.manifestEntry("state.json", $0) })
      let manifest = JSON.object([.init("files", .array(files))]).serialized()
      try DurableFile.write(Array(manifest.utf8), to: aside + "/manifest.json")
      let final = checkpoints + "/" + name
      DurableFile.remove(final)
      guard rename(aside, final) == 0 else { throw DurableFile.failure(final) }
      try DurableFile.syncFolder(of: final)
    } catch {
      DurableFile.remove(aside)
      throw error
    }
    for old in checkpointNames().dropLast(2) { DurableFile.remove(checkpoints + "/" + old) }
  }

  /// Reads the newest checkpoint whose files all have the sizes and digests of its manifest.
  ///
  /// - Throws: ``TrainerError/noCheckpoint(path:)`` when none is valid.
  func readNewestCheckpoint(into arenas: Arenas) throws(TrainerError) -> CheckpointState {
    for name in checkpointNames().reversed() {
      if let state = readCheckpoint(checkpoints + "/" + name, into: arenas) { return state }
    }
    throw .noCheckpoint(path: checkpoints)
  }

  /// Whether any checkpoint was ever finished.
  var hasCheckpoints: Bool { !checkpointNames().isEmpty }

  private func readCheckpoint(_ path: String, into arenas: Arenas) -> CheckpointState? {
    guard let manifestBytes = try? DurableFile.read(path + "/manifest.json"),
      let manifest = try? JSON.parse(manifestBytes), let files = manifest["files"]?.array,
      let stateBytes = try? DurableFile.read(path + "/state.json"),
      let json = try? JSON.parse(stateBytes), let state = CheckpointState(json: json)
    else { return nil }
    func matches(_ name: String, _ bytes: UnsafeRawBufferPointer) -> Bool {
      files.contains(Self.manifestEntry(name, bytes))
    }
    guard stateBytes.withUnsafeBytes({ matches("state.json", $0) }) else { return nil }
    for (name, arena) in arenas.named {
      let buffer = UnsafeMutableRawBufferPointer(arena)
      guard Self.fill(buffer, from: path + "/" + name),
        matches(name, UnsafeRawBufferPointer(buffer))
      else { return nil }
    }
    return state
  }

  /// Reads a file of exactly the buffer's size into it.
  private static func fill(_ buffer: UnsafeMutableRawBufferPointer, from path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, Int(status.st_size) == buffer.count else { return false }
    var from = 0
    while from < buffer.count {
      let got = read(descriptor, buffer.baseAddress?.advanced(by: from), buffer.count - from)
      if got < 0 && errno == EINTR { continue }
      if got <= 0 { return false }
      from += got
    }
    return true
  }

  private static func manifestEntry(_ name: String, _ bytes: UnsafeRawBufferPointer) -> JSON {
    .object([
      .init("name", .string(name)), .init("bytes", .int(bytes.count)),
      .init("sha256", .string(SHA256.hex(of: bytes))),
    ])
  }

  private func checkpointName(step: Int) -> String {
    let digits = String(step)
    return "step-" + String(repeating: "0", count: max(0, 9 - digits.count)) + digits
  }

  private func checkpointNames() -> [String] {
    DurableFile.names(in: checkpoints).filter { $0.hasPrefix("step-") }
  }
}
