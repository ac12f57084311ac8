// Reference log-probabilities once (decision 8): per model hash and token ids. A run keeps its own in its folder, so that it
// can be resumed bit for bit; a cache folder shares them between runs and objectives.

import LancetCore
import LancetModel
import LancetSystem

/// log π_ref of both answers of a pair, in nats.
struct ReferenceLogProbs: Sendable, Hashable {
  var chosen: Double
  var rejected: Double
}

extension PairTokens {
  /// The SHA-256 of the token ids, in hexadecimal: what a cached reference is found by.
  var digest: String {
    var ids: [Int32] = [Int32(prompt.count), Int32(chosen.count), Int32(rejected.count)]
    ids += prompt + chosen + rejected
    return ids.withUnsafeBytes { SHA256.hex(of: $0) }
  }
}

/// The references of one model in the person's cache folder.
struct ReferenceCache {
  private let path: String?

  /// How the forward pass adds up; another number wherever the same weights may give other last digits.
  ///
  /// References of other arithmetic would make the rewards of an unchanged model something else than 0.
  private static let arithmetic = 2

  /// The folder of a person's cached references: `$XDG_CACHE_HOME/lancet/reference`, else under `~/.cache`; nil without
  /// either.
  ///
  /// - Parameter variable: the value of an environment variable.
  static func folder(_ variable: (String) -> String?) -> String? {
    func absolute(_ name: String) -> String? {
      variable(name).flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    return (absolute("XDG_CACHE_HOME") ?? absolute("HOME").map { $0 + "/.cache" }).map {
      $0 + "/lancet/reference"
    }
  }

  /// The cache of a model, a file of this folder; without a folder nothing is cached, and each run computes its references.
  init(folder: String?, modelHash: String) {
    path = folder.map { "\($0)/\(modelHash)-\(Self.arithmetic)-\(BLAS.coreName).jsonl" }
  }

  /// Everything cached, by the digest of the token ids.
  ///
  /// A damaged line is passed over: it is computed again.
  func read() -> [String: ReferenceLogProbs] {
    guard let path, let bytes = try? Files.read(path) else { return [:] }
    var known: [String: ReferenceLogProbs] = [:]
    for line in bytes.split(separator: 10) {
      guard let json = try? JSON.parse(line), let digest = json["tokens"]?.string,
        let chosen = json["chosen"]?.double, let rejected = json["rejected"]?.double
      else { continue }
      known[digest] = ReferenceLogProbs(chosen: chosen, rejected: rejected)
    }
    return known
  }

  /// Adds what is not there yet.
  ///
  /// A cache that cannot be written is no error: it only saves time.
  func write(_ entries: [(digest: String, value: ReferenceLogProbs)]) {
    guard let path else { return }
    var all = read()
    for (digest, value) in entries { all[digest] = value }
    try? Files.makeFolders(Files.folder(of: path))
    let lines = all.sorted { $0.key < $1.key }.map { digest, value in
      JSON.object([
        .init("tokens", .string(digest)), .init("chosen", .double(value.chosen)),
        .init("rejected", .double(value.rejected)),
      ]).serialized() + "\n"
    }
    // Two runs that fill one cache each replace the whole file: the later one adds to what it read.
    try? Files.replace(path, with: Array(lines.joined().utf8))
  }
}

extension RunFolder {
  /// The references of a run's pairs as its folder keeps them; nil unless all are there.
  func readReferences(ids: [Int]) -> [ReferenceLogProbs]? {
    guard let bytes = try? Files.read(referenceFile) else { return nil }
    let rows = bytes.split(separator: 10).compactMap { try? JSON.parse($0) }
    guard rows.count == ids.count else { return nil }
    var result: [ReferenceLogProbs] = []
    for (row, id) in zip(rows, ids) {
      guard row["pair"]?.int == id, let chosen = row["chosen"]?.double,
        let rejected = row["rejected"]?.double
      else { return nil }
      result.append(ReferenceLogProbs(chosen: chosen, rejected: rejected))
    }
    return result
  }

  func writeReferences(_ values: [ReferenceLogProbs], ids: [Int]) throws(TrainerError) {
    let lines = zip(ids, values).map { id, value in
      JSON.object([
        .init("pair", .int(id)), .init("chosen", .double(value.chosen)),
        .init("rejected", .double(value.rejected)),
      ]).serialized() + "\n"
    }
    try withFiles { () throws(FileFailure) in
      try Files.replace(referenceFile, with: Array(lines.joined().utf8))
    }
  }
}
