// Writing a model folder that Transformers loads: aside, synced, then renamed into place, so that the destination is whole or
// absent. A manifest marks it as Lancet's own, so that a later run may replace it and nothing else.

import LancetCore
import LancetSystem

extension ModelFolder {
  /// Files that go along unchanged when they are there.
  private static let companions = [
    "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json",
    "vocab.json", "merges.txt", "chat_template.jinja", "generation_config.json",
  ]

  /// The manifest's name in a folder that Lancet wrote.
  static let mark = "lancet.json"

  /// Every name that a folder written by Lancet may hold.
  public static let writtenNames = Set(companions + ["config.json", "model.safetensors", mark])

  /// Writes a folder that Transformers loads: this folder's configuration and tokenizer with other weights, in fp32.
  ///
  /// - Parameters:
  ///   - slots: every tensor of the model.
  ///   - parameters: as many floats as the slots reach.
  ///   - destination: a path where nothing is yet.
  public func write(
    slots: [TensorSlot], parameters: UnsafeBufferPointer<Float>, to destination: String
  ) throws(ModelError) {
    guard !FileFacts.exists(destination) else {
      throw .inputOutput(
        path: destination, operation: "write a model", reason: "something is there already")
    }
    _ = try replace(slots, parameters, at: destination)
  }

  /// Writes a folder that Transformers loads, from an arena of a layout.
  public func write(
    layout: ParameterLayout, parameters: UnsafeBufferPointer<Float>, to destination: String
  ) throws(ModelError) {
    try write(slots: TensorSlot.all(layout), parameters: parameters, to: destination)
  }

  /// Writes a folder as `write` does, also where something is: a folder that Lancet wrote and nobody changed is replaced.
  ///
  /// - Returns: where everything else that was there is kept; nil when nothing was.
  public func replace(
    layout: ParameterLayout, parameters: UnsafeBufferPointer<Float>, at destination: String
  ) throws(ModelError) -> String? {
    try replace(TensorSlot.all(layout), parameters, at: destination)
  }

  private func replace(
    _ slots: [TensorSlot], _ parameters: UnsafeBufferPointer<Float>, at destination: String
  ) throws(ModelError) -> String? {
    let aside = AsideName.beside(destination)
    do throws(ModelError) {
      try Self.files(destination) { () throws(FileFailure) in
        try Files.makeFolder(aside, follow: false)
      }
      try write(slots, parameters, inside: aside)
      return try Self.files(destination) { () throws(FileFailure) in
        try Files.sync(aside)
        return try Files.place(aside, at: destination, mark: Self.mark, digests: true)
      }
    } catch {
      try? Files.removeOwnFolder(aside, holding: Self.writtenNames)
      throw error
    }
  }

  private static func files<Result>(
    _ path: String, _ body: () throws(FileFailure) -> Result
  ) throws(ModelError) -> Result {
    do throws(FileFailure) { return try body() } catch { throw FolderFile.failure(error, path) }
  }

  private func write(
    _ slots: [TensorSlot], _ parameters: UnsafeBufferPointer<Float>, inside folder: String
  ) throws(ModelError) {
    var marks: [FolderManifest.Entry] = []
    func add(_ name: String, _ bytes: [UInt8]) throws(ModelError) {
      var file = try OutputFile(folder, name)
      try file.write(bytes)
      marks.append(try file.finish())
    }
    try add("config.json", Array((fp32Config().serialized(pretty: true) + "\n").utf8))
    for name in Self.companions where FolderFile.exists(path, name) {
      try add(name, FolderFile.contents(folder: path, name: name, limit: 1 << 30))
    }
    var weights = try OutputFile(folder, "model.safetensors")
    let entries = slots.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    try weights.write(safetensorsHeader(entries))
    for entry in entries {
      guard let range = entry.range(inArenaOf: parameters.count) else {
        throw .wrongTensors(path: path, count: 1, first: ["\(entry.name) does not fit the arena"])
      }
      let numbers = UnsafeBufferPointer(rebasing: parameters[range])
      try weights.write(UnsafeRawBufferPointer(numbers))  // this machine is little-endian
    }
    marks.append(try weights.finish())
    var manifest = try OutputFile(folder, Self.mark)
    try manifest.write(FolderManifest(marks).fileBytes)
    _ = try manifest.finish()
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
}

/// A new file that is synced when it is finished, with its digest.
private struct OutputFile: ~Copyable {
  private let name: String
  private let path: String
  private let file: NewFile
  private var digest = SHA256()
  private var count = 0

  init(_ folder: String, _ name: String) throws(ModelError) {
    let path = folder + "/" + name
    let opened = try Self.opened(path)
    file = opened
    self.name = name
    self.path = path
  }

  private static func opened(_ path: String) throws(ModelError) -> NewFile {
    do throws(FileFailure) { return try NewFile(path) } catch {
      throw FolderFile.failure(error, path)
    }
  }

  mutating func write(_ bytes: UnsafeRawBufferPointer) throws(ModelError) {
    do throws(FileFailure) { try file.write(bytes) } catch {
      throw FolderFile.failure(error, path)
    }
    digest.update(bytes)
    count += bytes.count
  }

  mutating func write(_ bytes: [UInt8]) throws(ModelError) {
    try bytes.withUnsafeBytes { buffer in
      Result { () throws(ModelError) in try write(buffer) }
    }.get()
  }

  mutating func finish() throws(ModelError) -> FolderManifest.Entry {
    do throws(FileFailure) { try file.finish() } catch {
      throw FolderFile.failure(error, path)
    }
    return FolderManifest.Entry(name, bytes: count, digest: digest.hexDigest())
  }
}
