// One run from the frozen pairs to the trained model: the second of the three walks. Forward, rewards, coefficients,
// backward, clip, AdamW, one metrics line; checkpoints and probes between updates.

import Glibc
import LancetCore
import LancetModel
import LancetSystem

/// What a run tells whoever watches it from inside the process.
public enum RunEvent: Sendable {
  /// A sentence for a person.
  case said(String)
  /// The pre-flight's figures.
  case preflight(Preflight)
  case updated(UpdateMetrics)
  case probed(ProbeResult)
}

/// One run over one folder.
///
/// Use it from one thread.
public final class TrainingRun {
  let settings: RunSettings
  let folder: RunFolder
  let source: ModelFolder
  let model: Transformer
  let prepared: PreparedPairs
  let moments: Moments
  let log: RunLog
  let observe: (RunEvent) -> Void
  let shouldStop: () -> Bool
  let total: Int
  private let lock: RunLock
  private let schedule: Schedule
  private let plan: PairOrderPlan
  private var probes: ProbeSet
  private var shift: Shift
  private var watch = DivergenceWatch()
  private var references: [ReferenceLogProbs] = []
  private(set) var step = 0

  var arenas: Arenas {
    Arenas(
      parameters: model.parameters, firstMoment: moments.first,
      secondMoment: moments.second)
  }

  /// Prepares a run, new or resumed: checks everything that can be checked before the first step, takes the folder, loads
  /// the model, freezes the pairs, measures the longest pair and computes the reference.
  ///
  /// - Parameters:
  ///   - shouldStop: asked between micro-batches; true ends the run with a checkpoint.
  ///   - observe: called with what happens.
  public init(
    _ runPlan: RunPlan, shouldStop: @escaping () -> Bool, observe: @escaping (RunEvent) -> Void
  ) throws {
    var settings = runPlan.settings
    settings.threads = settings.threadCount
    self.settings = settings
    let (folder, pairs, resume) = (runPlan.folder, runPlan.pairs, runPlan.resumes)
    self.folder = folder
    self.observe = observe
    self.shouldStop = shouldStop
    try folder.claim(
      resume: resume,
      inputs: [RunInput("the model", path: settings.model)]
        + settings.probes.map { RunInput("a probe file", path: $0) })
    source = try ModelFolder(path: settings.model)
    let setup = try PairSetup(
      source: source, endOfTurn: settings.endOfTurn, template: settings.template)
    prepared = try PreparedPairs(
      pairs, tokenizer: setup.tokenizer, pairTokenizer: setup.pairs, maxLength: settings.maxLength,
      positions: source.config.maxPositions)
    plan = settings.plan(pairs: prepared.count)
    total = settings.totalUpdates(pairs: prepared.count)
    schedule = Schedule(settings, updates: total)
    probes = try ProbeSet(files: settings.probes, setup: setup)
    shift = Shift(settings.shift)

    try withFiles { () throws(FileFailure) in try Files.makeFolders(folder.path) }
    lock = try RunLock(folder)
    Files.removeLeftovers(in: folder.path, holding: ModelFolder.writtenNames)
    log = try RunLog(folder)
    let identity = RunIdentity(
      settings: settings, modelHash: try source.contentHash(), pairs: pairs)
    if let note = setup.note {
      log.append(note)
      observe(.said(note))
    }
    if resume { try identity.compare(with: runPlan, log: log) }
    Files.removeOwnFile(folder.stopFile)

    model = try Transformer(source.config, threads: settings.threadCount)
    let report = try source.readParameters(layout: model.layout, into: model.parameters)
    guard report.nonFinite == 0 else {
      throw ModelError.nonFinite(count: report.nonFinite, first: report.nonFiniteTensors)
    }
    moments = Moments(settings: settings, layout: model.layout)
    model.recomputesActivations = settings.recompute
    if !resume { try folder.freeze(pairs: pairs, identity: identity) }
    writeState(.preparing)
    try prepare(modelHash: identity.modelHash, resume: resume)
  }

  /// Measures the longest pair, computes the reference with the starting weights, and goes back to a checkpoint.
  private func prepare(modelHash: String, resume: Bool) throws {
    if !resume {
      for note in source.notes { say(note) }
      say(
        "\(counted(prepared.count, "pair")), \(counted(total, "update")), "
          + "\(model.layout.weightCount) parameters, \(counted(settings.threadCount, "thread"))")
      if let cause = settings.causeOfStandstill(updates: total) { say(cause) }
      for (id, lost) in prepared.cut {
        say("pair \(id): \(counted(lost, "token")) of the question cut")
      }
    }
    let preflight = try Preflight(self)
    observe(.preflight(preflight))
    say(preflight.sentence)
    references = try loadOrComputeReferences(modelHash: modelHash)
    let headroom = Headroom(
      beta: settings.beta,
      meanLogProb: references.map(\.chosen).reduce(0, +) / Double(max(1, references.count)))
    if settings.objective.hasReward, !headroom.isEnough { say(headroom.sentence) }
    try probes.computeReference(model)
    guard resume else { return }
    guard folder.hasCheckpoints else {
      say("no checkpoint yet: starting from the first update")
      return
    }
    let state = try folder.readNewestCheckpoint(into: arenas)
    step = state.step
    shift = Shift(settings.shift, count: state.shiftCount, raw: state.shiftRaw)
    watch = DivergenceWatch(recent: state.recentLosses)
    say("resumed after update \(step)")
  }

  /// Trains to the end, or to a request to stop.
  public func run() throws -> RunSummary {
    do {
      return try trainToTheEnd()
    } catch {
      let sentence = (error as? any LancetError)?.sentence ?? "\(error)"
      say(sentence)
      writeState(.failed, sentence)
      throw error
    }
  }

  private func trainToTheEnd() throws -> RunSummary {
    let metrics = try MetricsWriter(folder, keepingUpTo: step)
    var pace = Throughput()
    var checkpointed = folder.hasCheckpoints ? step : -1
    var end = RunEnd.done
    writeState(.running)
    if step == 0 { try probe(metrics) }
    while step < total {
      if let request = waitWhilePaused() {
        end = request
        break
      }
      let start = now()
      guard let update = try takeUpdate(start: start) else {
        end = .interrupted
        break
      }
      pace.add(update, seconds: now() - start)
      try metrics.append(update.json)
      observe(.updated(update))
      writeState(.running)
      if step % settings.probeEvery == 0 || step == total { try probe(metrics) }
      if let diverged = watch.see(update.loss, step: step) {
        try checkpoint()
        throw diverged
      }
      if step % settings.checkpointEvery == 0 {
        try checkpoint()
        checkpointed = step
      }
    }
    if checkpointed != step { try checkpoint() }
    Files.removeOwnFile(folder.stopFile)
    if end == .done {
      let kept = try source.replace(
        layout: model.layout, parameters: UnsafeBufferPointer(model.parameters),
        at: folder.model)
      if let kept { say("\(folder.model) was not this run's own: it is kept as \(kept)") }
      say("done after \(counted(step, "update")); the model is in \(folder.model)")
      writeState(.done)
    } else {
      say("stopped after update \(step) of \(total); --resume continues")
      writeState(.stopped)
    }
    return pace.summary(end: end, step: step, model: end == .done ? folder.model : nil)
  }

  /// One update.
  ///
  /// Nil when a request to stop came before it was complete: then nothing has changed.
  private func takeUpdate(start: Double) throws -> UpdateMetrics? {
    let micro = plan.microBatches(ofUpdate: step)
    let before = shift
    model.gradients.update(repeating: 0)
    var figures: [MicroBatchFigures] = []
    var tokens = 0
    for batch in micro {
      guard !shouldStop() else {
        shift = before
        return nil
      }
      let trees = batch.map { prepared.tokens[$0].tree }
      tokens += trees.reduce(0) { $0 + $1.tokenCount }
      let logProbs = try model.forward(trees, keepForBackward: true)
      let (figure, coefficients) = settings.objective.evaluate(
        batch.map(batched), logProbs: logProbs, beta: settings.beta, shift: &shift,
        accumulate: settings.accumulate)
      guard figure.isFinite else { throw nonFinite("the loss", micro) }
      figures.append(figure)
      model.backward(coefficients)
    }
    let norm = moments.gradientNorm(of: model)
    let rate = schedule.rate(at: step)
    guard norm.isFinite else { throw nonFinite("the gradient", micro) }
    moments.step(
      model, learningRate: rate, scale: min(1, settings.clip / (norm + 1e-6)), update: step + 1)
    step += 1
    return UpdateMetrics(
      step: step, epoch: Double(step) / Double(plan.updatesPerEpoch), micro: figures,
      pairIDs: micro.map { $0.map { prepared.ids[$0] } }, gradientNorm: norm, learningRate: rate,
      tokens: tokens, seconds: now() - start)
  }

  private func batched(_ index: Int) -> BatchedPair {
    BatchedPair(
      tokens: prepared.tokens[index], editedChosen: prepared.edited[index].chosen,
      editedRejected: prepared.edited[index].rejected,
      referenceChosen: references[index].chosen, referenceRejected: references[index].rejected)
  }

  private func nonFinite(_ tensor: String, _ micro: [[Int]]) -> TrainerError {
    .nonFinite(
      update: step + 1, learningRate: schedule.rate(at: step),
      pairs: micro.flatMap { $0 }.map { prepared.ids[$0] }, tensor: tensor)
  }

  /// Log-probabilities under the starting model: from the run's folder, from the cache, or computed now.
  private func loadOrComputeReferences(modelHash: String) throws -> [ReferenceLogProbs] {
    if let kept = folder.readReferences(ids: prepared.ids) { return kept }
    let cache = ReferenceCache(modelHash: modelHash)
    let digests = prepared.tokens.map(\.digest)
    var known = cache.read()
    for first in stride(from: 0, to: prepared.count, by: settings.batch) {
      let group = first..<min(first + settings.batch, prepared.count)
      guard group.contains(where: { known[digests[$0]] == nil }) else { continue }
      let logs = try model.forward(group.map { prepared.tokens[$0].tree }, keepForBackward: false)
      for (index, log) in zip(group, logs) {
        let value = ReferenceLogProbs(
          chosen: log.rowSum(branch: 0), rejected: log.rowSum(branch: 1))
        guard value.chosen.isFinite, value.rejected.isFinite else {
          throw TrainerError.nonFinite(
            update: 0, learningRate: 0, pairs: [prepared.ids[index]], tensor: "the reference")
        }
        known[digests[index]] = value
      }
    }
    let result = digests.compactMap { known[$0] }
    cache.write(Array(zip(digests, result)))
    try folder.writeReferences(result, ids: prepared.ids)
    return result
  }

  private func probe(_ metrics: MetricsWriter) throws {
    guard let result = try probes.measure(model, step: step) else { return }
    try metrics.append(result.json)
    observe(.probed(result))
  }

  /// Writes a checkpoint; while the disk is full, waits for room and says so.
  private func checkpoint() throws {
    let state = CheckpointState(step: step, shift: shift, recentLosses: watch.recent)
    while let error = checkpointFailure(state) {
      let sentence =
        "the checkpoint was not written, \(model.layout.count * 12) bytes are needed; the one "
        + "before is kept and the run waits for room: \(error.sentence)"
      say(sentence)
      writeState(.paused, sentence)
      for _ in 0..<50 where !shouldStop() && !folder.isStopRequested { wait(milliseconds: 200) }
      if shouldStop() || folder.isStopRequested { throw error }
    }
  }

  /// Writes a checkpoint once.
  ///
  /// The error when that failed.
  private func checkpointFailure(_ state: CheckpointState) -> TrainerError? {
    do throws(TrainerError) {
      if let kept = try folder.writeCheckpoint(state, arenas) {
        say("something else had the checkpoint's name: it is kept as \(kept)")
      }
      return nil
    } catch {
      return error
    }
  }

  /// Waits while the run is paused.
  ///
  /// Returns how to end when that was asked for.
  private func waitWhilePaused() -> RunEnd? {
    var told = false
    while true {
      if shouldStop() { return .interrupted }
      if folder.isStopRequested { return .stopped }
      guard folder.isPauseRequested else {
        if told { writeState(.running) }
        return nil
      }
      if !told {
        told = true
        say("paused after update \(step)")
        writeState(.paused)
      }
      wait(milliseconds: 100)
    }
  }

  /// poll(2) without descriptors: a wait that a signal ends at once.
  private func wait(milliseconds: Int32) { _ = poll(nil, 0, milliseconds) }

  private func say(_ sentence: String) {
    log.append(sentence)
    observe(.said(sentence))
  }

  /// The state file is for watchers, so a full disk must not end a run because of it; the next update writes it again.
  private func writeState(_ stage: RunStage, _ message: String = "") {
    let state = RunState(
      stage: stage, step: step, steps: total, process: Int(getpid()), message: message,
      peakMemory: Files.peakMemory())
    do throws(FileFailure) {
      try Files.replace(folder.stateFile, with: state.json.serializedBytes(), durable: false)
    } catch {
      observe(.said("the state file was not written: \(error.sentence)"))
    }
  }
}

/// Seconds of the monotonic clock.
func now() -> Double {
  SystemClock.seconds
}
