// The names of tensors as the model knows them: programs that wrap a model put names of their own before or between its names.

import LancetCore

/// How the names in weight files become the model's.
struct TensorNames: Sendable {
  /// Parts that training programs put into names: DataParallel, torch.compile, FSDP, checkpointing, DeepSpeed.
  private static let wrappers: Set<Substring> = [
    "module", "_orig_mod", "_fsdp_wrapped_module", "_checkpoint_wrapped_module", "_forward_module",
  ]
  /// The model's name for each name of the files that differs from it.
  private(set) var renamed: [String: String] = [:]
  /// What was done, in words; nil when nothing was.
  private(set) var note: String?

  /// - Parameters:
  ///   - names: all names in the files.
  ///   - wanted: the names of the model.
  ///   - tied: whether the head is the embedding itself.
  init(_ names: [String], wanted: Set<String>, tied: Bool) {
    guard names.contains(where: { !wanted.contains($0) }) else { return }
    var found: [(file: String, name: String)] = names.map { name in
      let parts = name.split(separator: ".", omittingEmptySubsequences: false)
      let kept = parts.filter { !Self.wrappers.contains($0) }
      return (name, kept.count == parts.count ? name : kept.joined(separator: "."))
    }
    var done: [String] = []
    let removed = Set(names.flatMap { $0.split(separator: ".") }).intersection(Self.wrappers)
    if !removed.isEmpty { done.append(removed.sorted().joined(separator: ", ") + " taken off") }
    if !found.contains(where: { wanted.contains($0.name) }) {
      if let prefix = Self.commonPrefix(found.map(\.name), wanted) {
        found = found.map { ($0.file, String($0.name.dropFirst(prefix.count))) }
        done.append("\(prefix) taken off")
      } else if found.contains(where: { wanted.contains("model." + $0.name) }) {
        found = found.map { ($0.file, wanted.contains($0.name) ? $0.name : "model." + $0.name) }
        done.append("model. put before")
      }
    }
    let embedding = "model.embed_tokens.weight"
    if tied, !found.contains(where: { $0.name == embedding }),
      let head = found.firstIndex(where: { $0.name == "lm_head.weight" })
    {
      found[head].name = embedding
      done.append("lm_head.weight, which is the embedding too, read as it")
    }
    for (file, name) in found where file != name { renamed[file] = name }
    if !renamed.isEmpty {
      note =
        "\(counted(renamed.count, "tensor name")) changed to the model's: "
        + done.joined(separator: "; ")
    }
  }

  subscript(_ name: String) -> String { renamed[name] ?? name }

  /// What all names begin with and the model's do not.
  private static func commonPrefix(_ names: [String], _ wanted: Set<String>) -> String? {
    for name in names.prefix(64) {
      var rest = name[...]
      while let dot = rest.firstIndex(of: ".") {
        rest = rest[rest.index(after: dot)...]
        guard wanted.contains(String(rest)) else { continue }
        let prefix = String(name[..<rest.startIndex])
        return names.allSatisfy { $0.hasPrefix(prefix) } ? prefix : nil
      }
    }
    return nil
  }
}
