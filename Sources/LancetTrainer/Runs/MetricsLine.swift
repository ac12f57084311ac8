// One line of `metrics.jsonl`: what one update was. The keys are those of the command line contract; figures of a
// micro-batch are averaged without weights over the update, as TRL logs them.

import LancetCore
import LancetSystem

/// The figures of one update, full precision.
public struct UpdateMetrics: Sendable, Hashable {
  /// Updates taken, this one included; and passes over the pairs so far.
  public var step: Int
  /// Passes over the pairs so far.
  public var epoch: Double
  /// The loss.
  public var loss: Double
  /// δ after the update.
  public var delta: Double
  /// The mean r⁺.
  public var rewardChosen: Double
  /// The mean r⁻.
  public var rewardRejected: Double
  /// The mean of r⁺ − r⁻.
  public var margin: Double
  /// The share of pairs with r⁺ > r⁻.
  public var accuracy: Double
  /// The mean log π_θ(y⁺|x).
  public var logProbChosen: Double
  /// The mean log π_θ(y⁻|x).
  public var logProbRejected: Double
  /// The gradient's length before clipping.
  public var gradientNorm: Double
  /// The rate this update was taken with.
  public var learningRate: Double
  /// Tokens that went through the model, without padding; shared tokens count once.
  public var tokens: Int
  /// Tokens a second.
  public var tokensPerSecond: Double
  /// Pairs a second.
  public var pairsPerSecond: Double
  /// The mean tether λ, and the share of gradient weight on edited tokens.
  public var tether: Double
  /// The share of gradient weight on edited tokens.
  public var surgery: Double
  /// The pairs of each micro-batch, and r⁺ and r⁻ of each pair in the same order.
  public var pairs: [[Int]]
  /// r⁺ of each pair.
  public var pairRewardsChosen: [Double]
  /// r⁻ of each pair.
  public var pairRewardsRejected: [Double]

  /// The line.
  public var json: JSON {
    .object([
      .init("step", .int(step)), .init("epoch", .double(epoch)), .init("loss", .double(loss)),
      .init("delta", .double(delta)), .init("rewards/chosen", .double(rewardChosen)),
      .init("rewards/rejected", .double(rewardRejected)),
      .init("rewards/margins", .double(margin)),
      .init("rewards/accuracies", .double(accuracy)),
      .init("logps/chosen", .double(logProbChosen)),
      .init("logps/rejected", .double(logProbRejected)),
      .init("grad_norm", .double(gradientNorm)), .init("learning_rate", .double(learningRate)),
      .init("tokens", .int(tokens)), .init("tokens_per_second", .double(tokensPerSecond)),
      .init("pairs_per_second", .double(pairsPerSecond)), .init("tether", .double(tether)),
      .init("surgery", .double(surgery)),
      .init("pairs", .array(pairs.map { .array($0.map(JSON.int)) })),
      .init("pair_rewards_chosen", .array(pairRewardsChosen.map(JSON.double))),
      .init("pair_rewards_rejected", .array(pairRewardsRejected.map(JSON.double))),
    ])
  }

  /// Averages the micro-batches of one update.
  init(
    step: Int, epoch: Double, micro: [MicroBatchFigures], pairIDs: [[Int]], gradientNorm: Double,
    learningRate: Double, tokens: Int, seconds: Double
  ) {
    func mean(_ values: [Double]) -> Double {
      values.reduce(0, +) / Double(max(1, values.count))
    }
    func meanOfMeans(_ key: (MicroBatchFigures) -> [Double]) -> Double {
      mean(micro.map { mean(key($0)) })
    }
    self.step = step
    self.epoch = epoch
    loss = mean(micro.map(\.loss))
    delta = micro.last?.shift ?? 0
    rewardChosen = meanOfMeans(\.rewardsChosen)
    rewardRejected = meanOfMeans(\.rewardsRejected)
    margin = rewardChosen - rewardRejected
    accuracy = meanOfMeans { figures in
      zip(figures.rewardsChosen, figures.rewardsRejected).map { $0 > $1 ? 1 : 0 }
    }
    logProbChosen = meanOfMeans(\.logProbsChosen)
    logProbRejected = meanOfMeans(\.logProbsRejected)
    self.gradientNorm = gradientNorm
    self.learningRate = learningRate
    self.tokens = tokens
    let count = pairIDs.reduce(0) { $0 + $1.count }
    tokensPerSecond = seconds > 0 ? Double(tokens) / seconds : 0
    pairsPerSecond = seconds > 0 ? Double(count) / seconds : 0
    tether = mean(micro.map(\.tether))
    let all = micro.reduce(0) { $0 + $1.weightAll }
    surgery = all > 0 ? micro.reduce(0) { $0 + $1.weightEdited } / all : 0
    pairs = pairIDs
    pairRewardsChosen = micro.flatMap(\.rewardsChosen)
    pairRewardsRejected = micro.flatMap(\.rewardsRejected)
  }
}

/// Appends lines to a run's metrics file.
final class MetricsWriter {
  private let file: AppendingFile

  /// Opens the file; lines after update `step` (of a run that died after its last checkpoint) and a half last line are
  /// cut off first, so that a resumed run's log is the unbroken run's.
  init(_ folder: RunFolder, keepingUpTo step: Int) throws(TrainerError) {
    let path = folder.metricsFile
    file = try withFiles { () throws(FileFailure) in
      if FileFacts.exists(path) {
        let kept = Self.lines(try Files.read(path, follow: false)).filter { line in
          guard let json = try? JSON.parse(line), let at = json["step"]?.int else { return false }
          return at <= step
        }
        try Files.replace(path, with: kept.flatMap { Array($0) + [10] })
      }
      return try AppendingFile(path)
    }
  }

  /// Appends one object.
  func append(_ json: JSON) throws(TrainerError) {
    try withFiles { () throws(FileFailure) in try file.append(json.serialized() + "\n") }
  }

  private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    guard let end = bytes.lastIndex(of: 10) else { return [] }
    return bytes[..<end].split(separator: 10)
  }
}
