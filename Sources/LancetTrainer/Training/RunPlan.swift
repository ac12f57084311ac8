// What a run is to be, before anything is touched: a new one, or one that is resumed with the settings of its folder.

import LancetCore

/// A run to start or to resume.
public struct RunPlan: Sendable {
  /// Every setting.
  public let settings: RunSettings
  /// The pairs, in order.
  public let pairs: [TrainingPair]
  /// The run's folder.
  public let folder: RunFolder
  /// The settings the run was last started with; nil for a new run.
  public let before: RunSettings?
  /// Whether a difference to the run's first start is accepted.
  public let force: Bool
  /// The folder where references are shared between runs; nil shares none.
  public private(set) var cache: String?

  /// The same run, which shares its references in this person's cache folder (`$XDG_CACHE_HOME`, else `~/.cache`).
  ///
  /// - Parameter variable: the value of an environment variable.
  public func sharingReferences(_ variable: (String) -> String?) -> RunPlan {
    var plan = self
    plan.cache = ReferenceCache.folder(variable)
    return plan
  }

  /// Whether a run is resumed.
  public var resumes: Bool { before != nil }

  /// A new run.
  public init(settings: RunSettings, pairs: [TrainingPair], folder: RunFolder) {
    self.settings = settings
    self.pairs = pairs
    self.folder = folder
    before = nil
    force = false
  }

  /// A resumed run: its folder says its settings, and `changes` stand over them.
  ///
  /// - Parameters:
  ///   - pairs: pairs to resume with; nil for those in the folder.
  ///   - force: whether a difference to the run's first start is accepted.
  /// - Throws: ``TrainerError/notARun(path:reason:)``.
  public init(
    resuming folder: RunFolder, changes: RunChanges, pairs: [TrainingPair]?, force: Bool
  ) throws(TrainerError) {
    guard let run = folder.settingsJSON, let json = run["settings"] else {
      throw .notARun(path: folder.path, reason: "it has no run.json of a run")
    }
    var before: RunSettings
    do throws(RunFieldProblem) {
      before = try RunSettings(json: json)
    } catch {
      throw .notARun(path: folder.path, reason: "run.json: \(error.sentence)")
    }
    before.model = run["model"]?.string ?? ""
    self.before = before
    settings = changes.over(before)
    if let pairs { self.pairs = pairs } else { self.pairs = try folder.readPairs() }
    self.folder = folder
    self.force = force
  }
}
