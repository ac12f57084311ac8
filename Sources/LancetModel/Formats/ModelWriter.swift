// Writing a model folder that Transformers loads: aside, synced, then renamed into place, so that the destination is whole or
// absent.

import Glibc
import LancetCore

extension ModelFolder {
  /// Files that go along unchanged when they are there.
  private static let companions = [
    "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json",
    "vocab.json", "merges.txt", "chat_template.jinja", "generation_config.json",
  ]

  /// Writes a folder that Transformers loads: this folder's configuration and tokenizer with other weights, in fp32.
  ///
  /// - Parameters:
  ///   - slots: every tensor of the model.
  ///   - parameters: as many floats as the slots reach.
  ///   - destination: a path where nothing is yet.
  public func write(
    slots: [TensorSlot], parameters: UnsafeBufferPointer<Float>, to destination: String
  ) throws(ModelError) {
    guard access(destination, F_OK) != 0 else {
      throw .inputOutput(
        path: destination, operation: "write a model", reason: "something is there already")
    }
    let aside = destination + ".partial-\(getpid())"
    guard mkdir(aside, 0o777) == 0 else { throw FolderFile.failure(aside, "make a folder") }
    do throws(ModelError) {
      try write(slots, parameters, inside: aside)
      try Self.sync(folder: aside)
      guard rename(aside, destination) == 0 else {
        throw FolderFile.failure(destination, "rename a folder")
      }
      try Self.sync(folder: Self.parent(of: destination))
    } catch {
      Self.removeFiles(of: aside)
      throw error
    }
  }

  /// Writes a folder that Transformers loads, from an arena of a layout.
  public func write(
    layout: ParameterLayout, parameters: UnsafeBufferPointer<Float>, to destination: String
  ) throws(ModelError) {
    try write(slots: TensorSlot.all(layout), parameters: parameters, to: destination)
  }

  private func write(
    _ slots: [TensorSlot], _ parameters: UnsafeBufferPointer<Float>, inside folder: String
  ) throws(ModelError) {
    var config = try OutputFile(folder + "/config.json")
    try config.write(Array((fp32Config().serialized(pretty: true) + "\n").utf8))
    try config.finish()
    for name in Self.companions where FolderFile.exists(path, name) {
      var copy = try OutputFile(folder + "/" + name)
      try copy.write(FolderFile.contents(folder: path, name: name, limit: 1 << 30))
      try copy.finish()
    }
    var weights = try OutputFile(folder + "/model.safetensors")
    let entries = slots.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    try weights.write(safetensorsHeader(entries))
    for entry in entries {
      guard let range = entry.range(inArenaOf: parameters.count) else {
        throw .wrongTensors(path: path, count: 1, first: ["\(entry.name) does not fit the arena"])
      }
      let numbers = UnsafeBufferPointer(rebasing: parameters[range])
      try weights.write(UnsafeRawBufferPointer(numbers))  // this machine is little-endian
    }
    try weights.finish()
  }

  /// The configuration with the type of the new weights, and without the names of code that does not come along.
  private func fp32Config() -> JSON {
    var members = (configJSON.object ?? []).filter { $0.key != "auto_map" }
    let spelling = members.contains { $0.key == "dtype" } ? "dtype" : "torch_dtype"
    if let index = members.firstIndex(where: { $0.key == spelling }) {
      members[index].value = .string("float32")
    } else {
      members.append(JSON.Member(spelling, .string("float32")))
    }
    return .object(members)
  }

  /// Length and header of a file with these tensors, all F32, padded to 8 bytes with spaces.
  func safetensorsHeader(_ entries: [TensorSlot]) -> [UInt8] {
    var members = [
      JSON.Member("__metadata__", .object([JSON.Member("format", .string("pt"))]))
    ]
    var end = 0
    for entry in entries {
      let begin = end
      end += (entry.count ?? 0) * 4
      members.append(
        JSON.Member(
          entry.name,
          .object([
            JSON.Member("dtype", .string("F32")),
            JSON.Member("shape", .array(entry.shape.map { .int($0) })),
            JSON.Member("data_offsets", .array([.int(begin), .int(end)])),
          ])))
    }
    var header = Array(JSON.object(members).serialized().utf8)
    while header.count % 8 != 0 { header.append(0x20) }
    let length = UInt64(header.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * UInt64($0))) } + header
  }

  private static func sync(folder: String) throws(ModelError) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FolderFile.failure(folder, "open") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw FolderFile.failure(folder, "sync") }
  }

  private static func parent(of path: String) -> String {
    var trimmed = path[...]
    while trimmed.count > 1, trimmed.last == "/" { trimmed = trimmed.dropLast() }
    guard let slash = trimmed.lastIndex(of: "/") else { return "." }
    return slash == trimmed.startIndex ? "/" : String(trimmed[..<slash])
  }

  /// Removes what a failed write left, by the names it may have.
  private static func removeFiles(of folder: String) {
    for name in companions + ["config.json", "model.safetensors"] { unlink(folder + "/" + name) }
    rmdir(folder)
  }
}

/// A new file that is synced when it is finished.
private struct OutputFile: ~Copyable {
  private let path: String
  private let descriptor: Int32

  init(_ path: String) throws(ModelError) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o666)
    guard descriptor >= 0 else { throw FolderFile.failure(path, "create") }
  }

  deinit { close(descriptor) }

  mutating func write(_ bytes: UnsafeRawBufferPointer) throws(ModelError) {
    var done = 0
    while done < bytes.count {
      let wrote = Glibc.write(
        descriptor, bytes.baseAddress.map { $0 + done }, min(bytes.count - done, 1 << 30))
      if wrote < 0 {
        if errno == EINTR { continue }
        throw FolderFile.failure(path, "write")
      }
      done += wrote
    }
  }

  mutating func write(_ bytes: [UInt8]) throws(ModelError) {
    let outcome = bytes.withUnsafeBytes { buffer in
      Result { () throws(ModelError) in try write(buffer) }
    }
    try outcome.get()
  }

  mutating func finish() throws(ModelError) {
    guard fsync(descriptor) == 0 else { throw FolderFile.failure(path, "sync") }
  }
}
