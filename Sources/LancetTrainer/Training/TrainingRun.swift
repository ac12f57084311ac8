// One run from the frozen pairs to the trained model: the second of the three walks. Forward, rewards, coefficients,
// backward, clip, AdamW, one metrics line; checkpoints and probes between updates.

import Glibc
import LancetCore
import LancetModel
import LancetSystem

/// One run over one folder.
///
/// Use it from one thread.
public final class TrainingRun {
  private let opened: OpenedRun
  private let shouldStop: () -> Bool
  private var probes: ProbeSet
  private var shift: Shift
  private var watch = DivergenceWatch()
  private var references: [ReferenceLogProbs] = []
  private(set) var step = 0

  private var settings: RunSettings { opened.settings }
  private var folder: RunFolder { opened.folder }
  private var model: Transformer { opened.model }
  private var prepared: PreparedPairs { opened.prepared }
  private var reporter: RunReporter { opened.reporter }
  private var total: Int { opened.total }

  /// Prepares a run, new or resumed: opens it, measures the longest pair and computes the reference.
  ///
  /// - Parameters:
  ///   - shouldStop: asked between micro-batches; true ends the run with a checkpoint.
  ///   - observe: called with what happens.
  public init(
    _ plan: RunPlan, shouldStop: @escaping () -> Bool, observe: @escaping (RunEvent) -> Void
  ) throws {
    opened = try OpenedRun(plan, observe: observe)
    self.shouldStop = shouldStop
    probes = opened.probes
    shift = Shift(opened.settings.shift)
    writeState(.preparing)
    try prepare()
  }

  /// Measures the longest pair, computes the reference with the starting weights, and goes back to a checkpoint.
  private func prepare() throws {
    if !opened.resumes {
      for note in opened.source.notes { say(note) }
      say(
        "\(counted(prepared.count, "pair")), \(counted(total, "update")), "
          + "\(model.layout.weightCount) parameters, \(counted(settings.threadCount, "thread"))")
      if let cause = settings.causeOfStandstill(updates: total) { say(cause) }
      for (id, lost) in prepared.cut {
        say("pair \(id): \(counted(lost, "token")) of the question cut")
      }
    }
    let preflight = try Preflight(opened)
    reporter.observe(.preflight(preflight))
    say(preflight.sentence)
    references = try loadOrComputeReferences()
    let headroom = Headroom(
      beta: settings.beta,
      meanLogProb: references.map(\.chosen).reduce(0, +) / Double(max(1, references.count)))
    if settings.objective.hasReward, !headroom.isEnough { say(headroom.sentence) }
    try probes.computeReference(model)
    guard opened.resumes else { return }
    guard folder.hasCheckpoints else {
      say("no checkpoint yet: starting from the first update")
      return
    }
    let state = try folder.readNewestCheckpoint(into: opened.arenas)
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
      reporter.observe(.updated(update))
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
      let kept = try opened.source.replace(
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
    let micro = opened.order.microBatches(ofUpdate: step)
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
    let norm = opened.moments.gradientNorm(of: model)
    let rate = opened.schedule.rate(at: step)
    guard norm.isFinite else { throw nonFinite("the gradient", micro) }
    opened.moments.step(
      model, learningRate: rate, scale: min(1, settings.clip / (norm + 1e-6)), update: step + 1)
    step += 1
    return UpdateMetrics(
      step: step, epoch: Double(step) / Double(opened.order.updatesPerEpoch), micro: figures,
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
      update: step + 1, learningRate: opened.schedule.rate(at: step),
      pairs: micro.flatMap { $0 }.map { prepared.ids[$0] }, tensor: tensor)
  }

  /// Log-probabilities under the starting model: from the run's folder, from the cache, or computed now.
  private func loadOrComputeReferences() throws -> [ReferenceLogProbs] {
    if let kept = folder.readReferences(ids: prepared.ids) { return kept }
    let digests = prepared.tokens.map(\.digest)
    var known = opened.cache.read()
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
    opened.cache.write(Array(zip(digests, result)))
    try folder.writeReferences(result, ids: prepared.ids)
    return result
  }

  private func probe(_ metrics: MetricsWriter) throws {
    guard let result = try probes.measure(model, step: step) else { return }
    try metrics.append(result.json)
    reporter.observe(.probed(result))
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
      if let kept = try folder.writeCheckpoint(state, opened.arenas) {
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

  private func say(_ sentence: String) { reporter.say(sentence) }

  private func writeState(_ stage: RunStage, _ message: String = "") {
    reporter.writeState(stage, step: step, message)
  }
}

/// Seconds of the monotonic clock.
func now() -> Double {
  SystemClock.seconds
}
