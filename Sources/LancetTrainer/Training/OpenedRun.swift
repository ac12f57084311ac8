// A run that is open: its folder is taken, its pairs are tokens, its model and optimizer are in memory and its inputs are
// frozen in the folder. Nothing is computed yet.

import LancetCore
import LancetModel
import LancetSystem

/// What a run works with, from its plan: complete or not there at all.
struct OpenedRun {
  let settings: RunSettings
  let folder: RunFolder
  let resumes: Bool
  let source: ModelFolder
  let modelHash: String
  /// References of this model that other runs computed.
  let cache: ReferenceCache
  let model: Transformer
  let moments: Moments
  let prepared: PreparedPairs
  let order: PairOrderPlan
  let schedule: Schedule
  let probes: ProbeSet
  let reporter: RunReporter
  /// Held as long as the run is.
  private let lock: RunLock

  /// The run's updates.
  var total: Int { reporter.total }

  /// What a checkpoint holds of them.
  var arenas: Arenas {
    Arenas(
      parameters: model.parameters, firstMoment: moments.first, secondMoment: moments.second)
  }

  /// Checks everything that can be checked before the first step, takes the folder, loads the model and freezes the pairs.
  init(_ plan: RunPlan, observe: @escaping (RunEvent) -> Void) throws {
    var settings = plan.settings
    settings.threads = settings.threadCount
    self.settings = settings
    folder = plan.folder
    resumes = plan.resumes
    try folder.claim(
      resume: resumes,
      inputs: [RunInput("the model", path: settings.model)]
        + settings.probes.map { RunInput("a probe file", path: $0) })
    source = try ModelFolder(path: settings.model)
    let setup = try PairSetup(
      source: source, endOfTurn: settings.endOfTurn, template: settings.template)
    prepared = try PreparedPairs(
      plan.pairs, tokenizer: setup.tokenizer, pairTokenizer: setup.pairs,
      maxLength: settings.maxLength, positions: source.config.maxPositions)
    order = settings.plan(pairs: prepared.count)
    let total = settings.totalUpdates(pairs: prepared.count)
    schedule = Schedule(settings, updates: total)
    probes = try ProbeSet(files: settings.probes, setup: setup)

    let folder = folder
    try withFiles { () throws(FileFailure) in try Files.makeFolders(folder.path) }
    lock = try RunLock(folder)
    Files.removeLeftovers(in: folder.path, holding: ModelFolder.writtenNames)
    reporter = RunReporter(
      folder: folder, log: try RunLog(folder), total: total, observe: observe)
    modelHash = try source.contentHash()
    cache = ReferenceCache(folder: plan.cache, modelHash: modelHash)
    let identity = RunIdentity(settings: settings, modelHash: modelHash, pairs: plan.pairs)
    if let note = setup.note { reporter.say(note) }
    if resumes { try identity.compare(with: plan, log: reporter.log) }
    Files.removeOwnFile(folder.stopFile)

    model = try Transformer(source.config, threads: settings.threadCount)
    let report = try source.readParameters(layout: model.layout, into: model.parameters)
    guard report.nonFinite == 0 else {
      throw ModelError.nonFinite(count: report.nonFinite, first: report.nonFiniteTensors)
    }
    moments = Moments(settings: settings, layout: model.layout)
    model.recomputesActivations = settings.recompute
    if !resumes { try folder.freeze(pairs: plan.pairs, identity: identity) }
  }
}
