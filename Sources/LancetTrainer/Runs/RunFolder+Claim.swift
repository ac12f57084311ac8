// Whether a run may be made in a folder, asked before the first byte: a run's folder is new, empty, or a run already; it
// never is, holds or lies in anything the run is made from. Lancet replaces files in it and would replace those of others.

import LancetCore
import LancetSystem

/// Something a run is made from, which its folder must stay clear of.
public struct RunInput: Sendable, Hashable {
  /// What it is, for the sentence: `the model`.
  public var name: String
  /// Where it is.
  public var path: String

  /// An input.
  public init(_ name: String, path: String) {
    self.name = name
    self.path = path
  }
}

extension RunFolder {
  /// `run.json` as it stands; nil when it is missing or no JSON.
  var settingsJSON: JSON? {
    (try? Files.read(settingsFile, limit: 16 << 20)).flatMap { try? JSON.parse($0) }
  }

  /// Whether the folder holds a run, begun by Lancet or by another engine that writes the same files.
  private var holdsRun: Bool {
    guard let json = settingsJSON else { return false }
    return json["settings"]?.object != nil && json["pairs_hash"]?.string != nil
  }

  /// Refuses a folder in which a run must not be made or resumed; nothing is written.
  ///
  /// - Parameters:
  ///   - resume: whether a run that is there is resumed.
  ///   - inputs: the model, the pairs, the session and what else the run reads.
  public func claim(resume: Bool, inputs: [RunInput]) throws(TrainerError) {
    func refuse(_ reason: String) -> TrainerError { .unsafeFolder(path: path, reason: reason) }
    guard !path.isEmpty, !path.utf8.contains(0) else { throw refuse("it has no name") }
    for input in inputs {
      switch Files.relation(of: path, to: input.path) {
      case nil: continue
      case .same: throw refuse("it is \(input.name) (\(input.path))")
      case .inside: throw refuse("it lies in \(input.name) (\(input.path))")
      case .around:
        // A resumed run may be given its own frozen pairs, which it only reads.
        if resume, Files.relation(of: pairsFile, to: input.path) == .same { continue }
        throw refuse("it holds \(input.name) (\(input.path))")
      }
    }
    guard let there = FileFacts(path) else {
      guard !FileFacts.exists(path) else { throw refuse("it is a link that leads nowhere") }
      guard !resume else { throw .notARun(path: path, reason: "there is no such folder") }
      return
    }
    guard there.kind == .folder else { throw refuse("there is \(there.kind.words)") }
    if resume {
      guard holdsRun else { throw .notARun(path: path, reason: "it has no run.json of a run") }
      return
    }
    guard !holdsRun else { throw .folderTaken(path: path) }
    let names = try withFiles { () throws(FileFailure) in try Files.names(in: path) }
    guard names.isEmpty || isUnfinishedStart(names) else {
      throw refuse("it is not empty and holds no run")
    }
  }

  /// Whether the folder is what a run left that was killed before it was one: signed by its lock, and nothing else in it.
  private func isUnfinishedStart(_ names: [String]) -> Bool {
    let own: Set = ["lock", "log.txt", "pairs.jsonl", "state.json"]
    guard names.contains("lock"),
      names.allSatisfy({ own.contains($0) || AsideName.isLeftover($0) }),
      let signature = try? Files.read(lockFile, limit: 64, follow: false)
    else { return false }
    if signature.isEmpty { return names == ["lock"] }
    let text = String(decoding: signature, as: UTF8.self)
    return text.hasPrefix("process ") && Int(text.dropFirst(8)) != nil
  }
}
