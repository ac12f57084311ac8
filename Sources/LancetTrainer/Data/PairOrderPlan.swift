// Which pairs make which micro-batch of which update: a pure function of the settings, so that a resumed run sees
// what the unbroken one would have seen.

import Glibc
import LancetCore
import LancetModel

/// The order of all pairs over a whole run.
public struct PairOrderPlan: Sendable {
  /// How many pairs there are.
  public let pairs: Int
  /// Pairs of a micro-batch.
  public let batch: Int
  /// Micro-batches of an update.
  public let accumulate: Int
  /// In which order an epoch goes through them.
  public let order: PairOrder
  /// Where a shuffled order begins.
  public let seed: UInt64

  /// A plan over `pairs` pairs in micro-batches of `batch`, `accumulate` of them an update.
  ///
  /// All at least 1.
  public init(pairs: Int, batch: Int, accumulate: Int, order: PairOrder, seed: UInt64) {
    self.pairs = pairs
    self.batch = batch
    self.accumulate = accumulate
    self.order = order
    self.seed = seed
  }

  /// Micro-batches of one epoch; the last may be short.
  public var microBatchesPerEpoch: Int { (pairs + batch - 1) / batch }

  /// Updates of one epoch; the last may have fewer micro-batches.
  public var updatesPerEpoch: Int { (microBatchesPerEpoch + accumulate - 1) / accumulate }

  /// The micro-batches of update `update` (from 0), each a list of pair indices.
  public func microBatches(ofUpdate update: Int) -> [[Int]] {
    let first = (update % updatesPerEpoch) * accumulate
    return Array(
      epochBatches(update / updatesPerEpoch)[first..<min(first + accumulate, microBatchesPerEpoch)])
  }

  /// All micro-batches of one epoch (from 0).
  func epochBatches(_ epoch: Int) -> [[Int]] {
    let permutation = permutation(ofEpoch: epoch)
    return stride(from: 0, to: pairs, by: batch).map {
      Array(permutation[$0..<min($0 + batch, pairs)])
    }
  }

  /// The order of the pairs in one epoch: Fisher–Yates over SplitMix64 seeded with `seed` and the epoch.
  func permutation(ofEpoch epoch: Int) -> [Int] {
    var list = Array(0..<pairs)
    guard order == .shuffle else { return list }
    var generator = SplitMix64(seed: seed &+ UInt64(epoch) &* 0x9E37_79B9_7F4A_7C15)
    for i in stride(from: pairs - 1, to: 0, by: -1) {
      list.swapAt(i, Int(generator.next(below: UInt64(i + 1))))
    }
    return list
  }
}

extension SplitMix64 {
  /// A uniform number below `bound`, without modulo bias.
  mutating func next(below bound: UInt64) -> UInt64 {
    let limit = UInt64.max - UInt64.max % bound
    while true {
      let value = next()
      if value < limit { return value % bound }
    }
  }
}

extension RunSettings {
  /// The order of the pairs over the run.
  public func plan(pairs: Int) -> PairOrderPlan {
    PairOrderPlan(pairs: pairs, batch: batch, accumulate: accumulate, order: order, seed: seed)
  }

  /// Processor threads: those that were asked for, or all there are.
  public var threadCount: Int { threads ?? processorCount() }
}

/// The processors this process may use.
public func processorCount() -> Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
