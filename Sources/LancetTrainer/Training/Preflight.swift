// The pre-flight: the longest pair goes first, once forward and back, so that memory and time are measured before
// anything is promised.

import LancetCore
import LancetModel
import LancetSystem

/// What is known of a run before its first step.
public struct Preflight: Sendable, Hashable {
  /// Tokens of all pairs with shared beginnings once, and of all rows one by one.
  public var tokens: Int
  /// Tokens of all rows one by one.
  public var plainTokens: Int
  /// The pair with the longest row, and that row's tokens.
  public var longestPair: Int
  /// That row's tokens.
  public var longestRow: Int
  /// Seconds of one forward and backward pass over that pair: the median of three, and half their range.
  public var seconds: Double
  /// Half the range of the three.
  public var spread: Double
  /// Seconds for the whole run from that, and their spread.
  public var runSeconds: Double
  /// The spread of that.
  public var runSpread: Double
  /// The peak of resident memory in bytes: that of the longest pair as measured, and what the activations of the run's largest
  /// micro-batch take beyond it.
  public var memory: Int

  /// The figures in a sentence.
  public var sentence: String {
    func short(_ value: Double) -> String {
      value >= 100 ? "\(Int(value.rounded()))" : "\((value * 10).rounded() / 10)"
    }
    let share = Int((100 * Double(tokens) / Double(max(1, plainTokens))).rounded())
    return "longest pair \(longestPair): \(longestRow) tokens, \(short(seconds * 1000)) ms; "
      + "\(tokens) tokens an epoch (\(share) % of unshared rows); the run takes about "
      + "\(short(runSeconds)) s ± \(short(runSpread)); memory \(memory >> 20) MB"
  }

  init(_ run: TrainingRun) throws {
    let pairs = run.prepared
    let longest = pairs.longest
    let tree = pairs.tokens[longest].tree
    var times: [Double] = []
    for _ in 0..<3 {
      let start = now()
      let logs = try run.model.forward([tree], keepForBackward: true)
      run.model.backward(
        logs.map { log in
          TreeLogProbs(
            shared: log.shared.map { _ in 1e-3 },
            branches: log.branches.map { $0.map { _ in 1e-3 } })
        })
      times.append(now() - start)
    }
    run.model.gradients.update(repeating: 0)
    times.sort()
    seconds = times[1]
    spread = (times[2] - times[0]) / 2
    let trees = pairs.tokens.map(\.tree)
    tokens = trees.reduce(0) { $0 + $1.tokenCount }
    plainTokens = trees.reduce(0) { $0 + $1.plainTokenCount }
    longestPair = pairs.ids[longest]
    longestRow = pairs.tokens[longest].longestRow
    let plan = run.settings.plan(pairs: pairs.count)
    let epochs = Double(run.total) / Double(max(1, plan.updatesPerEpoch))
    let passes = epochs * Double(tokens) / Double(max(1, tree.tokenCount))
    runSeconds = passes * seconds
    runSpread = passes * spread
    memory = Files.peakMemory() + (try Self.batchMemory(run))
  }

  /// How many bytes of activations the largest micro-batch takes beyond those of the longest pair alone.
  private static func batchMemory(_ run: TrainingRun) throws -> Int {
    let pairs = run.prepared
    let sizes = pairs.tokens.map { pair in
      (
        tokens: pair.tree.tokenCount,
        scored: pair.chosen.count + pair.rejected.count - pair.sharedAnswer
      )
    }
    let plan = run.settings.plan(pairs: pairs.count)
    var largest = sizes[pairs.longest]
    // Shuffled epochs differ, so that a few are looked at.
    for update in 0..<min(run.total, 4 * plan.updatesPerEpoch) {
      for batch in plan.microBatches(ofUpdate: update) {
        let tokens = batch.reduce(0) { $0 + sizes[$1].tokens }
        let scored = batch.reduce(0) { $0 + sizes[$1].scored }
        if tokens > largest.tokens { largest = (tokens, max(scored, largest.scored)) }
      }
    }
    func activations(_ size: (tokens: Int, scored: Int)) throws -> Int {
      let memory = try MemoryPlan(
        run.source.config, counts: [size], training: true, threads: run.settings.threads)
      return run.settings.recompute ? memory.activationsRecomputed : memory.activations
    }
    return try max(0, activations(largest) - activations(sizes[pairs.longest]))
  }
}
