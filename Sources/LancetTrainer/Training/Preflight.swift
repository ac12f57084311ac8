// The pre-flight: the longest pair goes first, once forward and back, so that memory and time are measured before
// anything is promised.

import LancetCore
import LancetModel
import LancetSystem

/// What is known of a run before its first step.
public struct Preflight: Sendable, Hashable {
  /// Tokens of all pairs, those of a shared beginning once.
  public var tokens: Int
  /// Tokens of all rows one by one.
  public var plainTokens: Int
  /// The pair with the longest row.
  public var longestPair: Int
  /// That row's tokens.
  public var longestRow: Int
  /// Seconds of one forward and backward pass over that pair: the median of three.
  public var seconds: Double
  /// Half the range of the three.
  public var spread: Double
  /// Seconds for the whole run from that.
  public var runSeconds: Double
  /// The spread of that.
  public var runSpread: Double
  /// The most resident memory the run will take, in bytes: what the longest pair took, and what the largest
  /// micro-batch takes beyond it.
  public var memory: Int

  /// The figures in a sentence.
  public var sentence: String {
    func short(_ value: Double) -> String {
      value >= 100 ? "\(Int(value.rounded()))" : "\((value * 10).rounded() / 10)"
    }
    let share = Int((100 * Double(tokens) / Double(max(1, plainTokens))).rounded())
    return
      "longest pair \(longestPair): \(counted(longestRow, "token")), \(short(seconds * 1000)) ms; "
      + "\(counted(tokens, "token")) an epoch (\(share) % of unshared rows); the run takes about "
      + "\(short(runSeconds)) s ± \(short(runSpread)); memory \(memory >> 20) MB"
  }

  /// The bytes by which the activations of the largest micro-batch exceed those of one tree.
  static func beyond(_ tree: TokenTree, _ run: OpenedRun) throws -> Int {
    let trees = run.prepared.tokens.map(\.tree)
    let batches: [[TokenTree]]
    switch run.settings.order {
    case .file:
      batches = run.order.epochBatches(0).map { $0.map { trees[$0] } }
    case .shuffle:
      // Any pairs may meet: the longest ones are the worst that can happen.
      batches = [
        Array(trees.sorted { $0.tokenCount > $1.tokenCount }.prefix(run.settings.batch))
      ]
    }
    func activations(_ batches: [[TokenTree]]) throws -> Int {
      let plan = try MemoryPlan(
        run.model.config, batches: batches, training: true, threads: run.settings.threadCount)
      return run.settings.recompute ? plan.activationsRecomputed : plan.activations
    }
    return max(0, try activations(batches) - (try activations([[tree]])))
  }

  init(_ run: OpenedRun) throws {
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
    let plan = run.order
    let epochs = Double(run.total) / Double(max(1, plan.updatesPerEpoch))
    let passes = epochs * Double(tokens) / Double(max(1, tree.tokenCount))
    runSeconds = passes * seconds
    runSpread = passes * spread
    memory = Files.peakMemory() + (try Self.beyond(tree, run))
  }
}
