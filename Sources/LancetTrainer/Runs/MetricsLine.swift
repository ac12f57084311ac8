// From micro-batches to the figures of an update, averaged without weights as TRL logs them; and the file they go to.

import LancetCore
import LancetSystem

extension UpdateMetrics {
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
    self.init(step: step)
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
    tether = mean(micro.map(\.tether))
    let all = micro.reduce(0) { $0 + $1.weightAll }
    surgery = all > 0 ? micro.reduce(0) { $0 + $1.weightEdited } / all : 0
    microBatches = zip(pairIDs, micro).map { ids, figures in
      ids.indices.map {
        PairReward(
          pair: ids[$0], chosen: figures.rewardsChosen[$0], rejected: figures.rewardsRejected[$0])
      }
    }
    tokensPerSecond = seconds > 0 ? Double(tokens) / seconds : 0
    pairsPerSecond = seconds > 0 ? Double(pairCount) / seconds : 0
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
