// A Hugging Face model folder: its configuration, tokenizer, template and weights. Only regular files inside it are read, and
// nothing in it is ever run.

import LancetCore
import LancetSystem

/// One tensor a model wants: its name in the file, its shape, and where its numbers go.
public struct TensorSlot: Sendable, Hashable {
  /// The name in Hugging Face's checkpoints, such as `model.layers.0.mlp.up_proj.weight`.
  public var name: String
  /// Rows first.
  public var shape: [Int]
  /// The index of its first number in the arena of parameters.
  public var offset: Int

  /// A tensor at a place of the arena.
  public init(name: String, shape: [Int], offset: Int) {
    self.name = name
    self.shape = shape
    self.offset = offset
  }

  /// The slots of a layout.
  static func all(_ layout: ParameterLayout) -> [TensorSlot] {
    layout.entries.map { TensorSlot(name: $0.name, shape: $0.shape, offset: $0.offset) }
  }

  /// How many numbers it has, or nil for an impossible shape.
  var count: Int? { checkedProduct(shape) }

  /// Its numbers in an arena of a size; nil when it does not fit.
  func range(inArenaOf size: Int) -> Range<Int>? {
    guard let count, offset >= 0, offset <= size, count <= size - offset else { return nil }
    return offset..<offset + count
  }
}

/// What was seen while weights were read.
public struct WeightReport: Sendable, Hashable {
  /// How many numbers were NaN or infinite.
  public var nonFinite: Int = 0
  /// The first tensors that held one, at most ten.
  public var nonFiniteTensors: [String] = []
  /// Tensors of the files that the model has no use for and that are known to be harmless: `rotary_emb.inv_freq`, and the
  /// head of a model whose head is its embedding.
  public var ignored: [String] = []

  /// Nothing seen yet.
  public init() {}

  /// The error that refuses these weights; nil when all were finite.
  public var refusal: ModelError? {
    nonFinite == 0 ? nil : .nonFinite(count: nonFinite, first: nonFiniteTensors)
  }
}

/// A model folder, opened for reading.
public struct ModelFolder: Sendable {
  /// The folder.
  public let path: String
  /// Its `config.json`, checked.
  public let config: ModelConfig
  /// `config.json` as it stands.
  let configJSON: JSON
  /// The files that hold the weights, in the order of their names.
  let shards: [String]
  /// The checked header of each shard.
  let headers: [SafetensorsHeader]
  /// How the names in the files become the model's.
  let names: TensorNames
  /// What a person should know of the folder although it loads, a sentence each.
  public let notes: [String]

  /// Opens a folder: reads `config.json` and the headers of the weights, and checks one against the other.
  ///
  /// - Throws: ``ModelError``; no memory is taken for weights.
  public init(path: String) throws(ModelError) {
    self.path = path
    if let error = Self.otherKind(path) { throw error }
    configJSON = try Self.json(path, "config.json")
    config = try ModelConfig(json: configJSON)
    shards = try Self.shardNames(path)
    var headers: [SafetensorsHeader] = []
    for name in shards {
      headers.append(try SafetensorsHeader(FolderFile(folder: path, name: name)))
    }
    self.headers = headers
    let wanted = Set(TensorSlot.all(try Self.layout(config)).map(\.name))
    let all = headers.flatMap(\.tensors).map(\.name)
    if let part = all.first(where: { $0.contains(".lora_A.") || $0.contains(".lora_B.") }) {
      throw .notAModel(
        path: path, found: "a model with a LoRA that is not merged into it (\(part))",
        remedy: "merge it (PEFT: merge_and_unload) and save the model again")
    }
    names = TensorNames(all, wanted: wanted, tied: config.tiedEmbeddings)
    notes = config.notes + (names.note.map { [$0] } ?? [])
    _ = try placed(TensorSlot.all(try layout()))
  }

  /// Where each tensor of this model stands in an arena of parameters.
  public func layout() throws(ModelError) -> ParameterLayout { try Self.layout(config) }

  private static func layout(_ config: ModelConfig) throws(ModelError) -> ParameterLayout {
    do {
      return try ParameterLayout(config)
    } catch {
      throw .badConfig(field: "hidden_size", reason: error.what)
    }
  }

  /// Reads a small JSON file of a folder.
  static func json(_ folder: String, _ name: String, limit: Int = 16 << 20) throws(ModelError)
    -> JSON
  {
    let bytes = try FolderFile.contents(folder: folder, name: name, limit: limit)
    do {
      return try JSON.parse(bytes)
    } catch {
      let start = Array(bytes.prefix(ForeignFile.lookedAt))
      if let foreign = ForeignFile.error(folder + "/" + name, start) { throw foreign }
      throw .badJSON(path: folder + "/" + name, reason: "\(error.what), \(error.place)")
    }
  }

  /// The error for a folder that holds something else than a model.
  private static func otherKind(_ folder: String) -> ModelError? {
    let weights = ["model.safetensors", "model.safetensors.index.json"]
    let hasWeights = weights.contains { FolderFile.isNamed(folder, $0) }
    if FolderFile.isNamed(folder, "adapter_config.json"), !hasWeights {
      let settings = try? json(folder, "adapter_config.json")
      let type = settings?["peft_type"]?.string ?? ""
      let kind =
        type == "LORA"
        ? "a LoRA adapter" : type.isEmpty ? "an adapter" : "an adapter (\(type.prefix(40)))"
      let base = settings?["base_model_name_or_path"]?.string.map { String($0.prefix(200)) }
      return .notAModel(
        path: folder, found: base.map { "\(kind) of \($0)" } ?? kind,
        remedy:
          "merge it into \(base ?? "its base model") (PEFT: merge_and_unload, then save_pretrained) and give that folder"
      )
    }
    guard !hasWeights else { return nil }
    let names = Files.namesIfAny(in: folder)
    if let name = names.first(where: { $0.lowercased().hasSuffix(".gguf") }) {
      return .notAModel(
        path: folder, found: "a folder of GGUF weights (\(name))",
        remedy: "use the Hugging Face folder the GGUF was made of")
    }
    if let name = names.first(where: {
      $0.hasPrefix("consolidated") && ($0.hasSuffix(".safetensors") || $0.hasSuffix(".pth"))
    }) {
      return .notAModel(
        path: folder, found: "in the layout of the model's makers (\(name))",
        remedy:
          "use the same model in Hugging Face's layout, with config.json and model.safetensors")
    }
    if FolderFile.isNamed(folder, "config.json"),
      let name = names.first(where: { $0.hasSuffix(".safetensors") })
    {
      return .notAModel(
        path: folder, found: "without model.safetensors, though \(name) is there",
        remedy:
          "rename \(name) to model.safetensors if it holds the whole model, else download model.safetensors"
      )
    }
    return nil
  }

  /// The weight files of a folder: one, or those the index names.
  private static func shardNames(_ folder: String) throws(ModelError) -> [String] {
    let index = "model.safetensors.index.json"
    if FolderFile.isNamed(folder, "model.safetensors") { return ["model.safetensors"] }
    guard FolderFile.isNamed(folder, index) else {
      let pickled = ["pytorch_model.bin", "pytorch_model.bin.index.json", "model.pt", "model.pth"]
      if pickled.contains(where: { FolderFile.exists(folder, $0) }) {
        throw .pickleOnly(path: folder)
      }
      throw .missingFile(path: folder + "/model.safetensors")
    }
    let place = folder + "/" + index
    guard let map = try json(folder, index)["weight_map"]?.object else {
      throw .badJSON(path: place, reason: "weight_map is no object")
    }
    var names: Set<String> = []
    for member in map {
      guard let name = member.value.string else {
        throw .badJSON(path: place, reason: "weight_map.\(member.key) is no string")
      }
      guard !name.contains("/"), !name.utf8.contains(0), name.hasSuffix(".safetensors") else {
        throw .badShard(
          path: place, name: String(name.prefix(80)),
          reason: "which is no safetensors file of this folder")
      }
      guard names.contains(name) || FolderFile.isNamed(folder, name) else {
        throw .badShard(path: place, name: name, reason: "which is not there")
      }
      names.insert(name)
    }
    return names.sorted()
  }

  /// A tensor of the files with its place in the arena.
  private struct Placed {
    var shard: Int
    var tensor: TensorEntry
    var offset: Int
  }

  /// The tensors of all files with their places in the arena.
  private func placed(_ slots: [TensorSlot]) throws(ModelError) -> [Placed] {
    var wanted: [String: TensorSlot] = [:]
    for slot in slots { wanted[slot.name] = slot }
    let known = Set(wanted.keys)
    var faults: [String] = []
    var placed: [Placed] = []
    for (shard, header) in headers.enumerated() {
      for tensor in header.tensors where !isHarmless(names[tensor.name]) {
        let name = names[tensor.name]
        guard let entry = wanted.removeValue(forKey: name) else {
          let again = known.contains(name)
          faults.append("\(tensor.name) is \(again ? "there twice" : "not part of this model")")
          continue
        }
        if tensor.shape != entry.shape {
          faults.append(
            "\(tensor.name) has the shape \(tensor.shape), the configuration says \(entry.shape)")
        } else if ![.float32, .float16, .bfloat16].contains(tensor.type) {
          faults.append("\(tensor.name) has the type \(tensor.type.rawValue), not F32, F16 or BF16")
        } else {
          placed.append(Placed(shard: shard, tensor: tensor, offset: entry.offset))
        }
      }
    }
    for entry in slots where wanted[entry.name] != nil {
      faults.append("\(entry.name) \(entry.shape) is missing")
    }
    guard faults.isEmpty else {
      throw .wrongTensors(path: path, count: faults.count, first: Array(faults.prefix(10)))
    }
    return placed
  }

  /// Whether a tensor that the model has no use for may be left out.
  private func isHarmless(_ name: String) -> Bool {
    name.hasSuffix(".rotary_emb.inv_freq") || config.tiedEmbeddings && name == "lm_head.weight"
  }

  /// Reads every tensor into its place in the arena, as fp32.
  ///
  /// - Parameters:
  ///   - slots: every tensor of the model.
  ///   - arena: as many floats as the slots reach.
  /// - Throws: ``ModelError/wrongTensors(path:count:first:)`` when the files hold other tensors than the slots.
  public func readParameters(slots: [TensorSlot], into arena: UnsafeMutableBufferPointer<Float>)
    throws(ModelError) -> WeightReport
  {
    var report = WeightReport()
    report.ignored = headers.flatMap(\.tensors).map { names[$0.name] }.filter(isHarmless)
    let placed = try placed(slots)
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
    defer { chunk.deallocate() }
    for (shard, name) in shards.enumerated() {
      let file = try FolderFile(folder: path, name: name)
      // The file may have been replaced since the header was checked.
      guard
        file.size == headers[shard].dataStart + (headers[shard].tensors.last?.range.upperBound ?? 0)
      else { throw .badSafetensors(path: file.path, tensor: nil, reason: "it has changed") }
      for one in placed where one.shard == shard {
        try read(one, of: file, headers[shard].dataStart, chunk, into: arena, &report)
      }
    }
    return report
  }

  /// Reads every tensor into its place in the arena of a layout, as fp32.
  public func readParameters(layout: ParameterLayout, into arena: UnsafeMutableBufferPointer<Float>)
    throws(ModelError) -> WeightReport
  {
    try readParameters(slots: TensorSlot.all(layout), into: arena)
  }

  private func read(
    _ one: Placed, of file: borrowing FolderFile, _ dataStart: Int,
    _ chunk: UnsafeMutableRawBufferPointer, into arena: UnsafeMutableBufferPointer<Float>,
    _ report: inout WeightReport
  ) throws(ModelError) {
    let size = one.tensor.type.size
    let count = one.tensor.range.count / size
    guard one.offset >= 0, count <= arena.count - one.offset else {
      throw .wrongTensors(
        path: path, count: 1, first: ["\(one.tensor.name) does not fit the arena"])
    }
    var done = 0
    var nonFinite = 0
    while done < count {
      let now = min(count - done, chunk.count / size)
      let part = UnsafeMutableRawBufferPointer(rebasing: chunk[..<(now * size)])
      try file.read(at: dataStart + one.tensor.range.lowerBound + done * size, into: part)
      let begin = one.offset + done
      let target = UnsafeMutableBufferPointer(rebasing: arena[begin..<begin + now])
      decodeFloats(UnsafeRawBufferPointer(part), type: one.tensor.type, into: target)
      nonFinite += countNonFinite(UnsafeBufferPointer(target))
      done += now
    }
    if nonFinite > 0 {
      report.nonFinite += nonFinite
      if report.nonFiniteTensors.count < 10 { report.nonFiniteTensors.append(one.tensor.name) }
    }
  }

  /// The SHA-256, in hexadecimal, of `config.json` and the weight files in the order of their names.
  public func contentHash() throws(ModelError) -> String {
    var hash = SHA256()
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    for name in ["config.json"] + shards {
      let file = try FolderFile(folder: path, name: name)
      // The sizes are part of the message, so that no byte can move from one file to the next.
      Array("\(name) \(file.size)\n".utf8).withUnsafeBytes { hash.update($0) }
      var done = 0
      while done < file.size {
        let now = min(file.size - done, buffer.count)
        let outcome = buffer.withUnsafeMutableBytes { bytes in
          let part = UnsafeMutableRawBufferPointer(rebasing: bytes[..<now])
          return Result { () throws(ModelError) in
            try file.read(at: done, into: part)
            hash.update(UnsafeRawBufferPointer(part))
          }
        }
        try outcome.get()
        done += now
      }
    }
    return hash.hexDigest()
  }
}
