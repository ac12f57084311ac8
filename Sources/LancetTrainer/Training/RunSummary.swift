// How a run ended and how fast it was.

import LancetCore
import LancetSystem

/// How a run ended.
public enum RunEnd: String, Sendable, Hashable {
  case done
  /// A checkpoint was written and the run can be resumed.
  case stopped
  /// As stopped, because of SIGINT or SIGTERM.
  case interrupted
}

/// What a finished or stopped run amounts to.
///
/// Figures are of this process; a resumed run's earlier updates do not count.
public struct RunSummary: Sendable {
  /// How it ended.
  public var end: RunEnd
  /// Updates taken since the run's first start.
  public var steps: Int
  /// Pairs gone through, each as often as it was.
  public var pairs: Int
  /// Seconds in updates, without preparation, probes and checkpoints.
  public var seconds: Double
  /// Seconds of the median update; the first is left out when there are more.
  public var medianUpdateSeconds: Double
  /// Pairs a second.
  public var pairsPerSecond: Double
  /// Tokens a second.
  public var tokensPerSecond: Double
  /// Peak resident memory in bytes.
  public var peakMemory: Int
  /// The trained model's folder; nil unless the run is done.
  public var model: String?

  /// The object after the last update's line.
  public var json: JSON {
    let body = JSON.object([
      .init("end", .string(end.rawValue)), .init("updates", .int(steps)),
      .init("pairs", .int(pairs)), .init("seconds", .double(seconds)),
      .init("median_update_s", .double(medianUpdateSeconds)),
      .init("pairs_per_second", .double(pairsPerSecond)),
      .init("tokens_per_second", .double(tokensPerSecond)),
      .init("peak_memory", .int(peakMemory)),
      .init("model", model.map(JSON.string) ?? .null),
    ])
    return .object([.init("summary", body)])
  }
}

/// Adds up the updates of one process.
struct Throughput {
  private var seconds: [Double] = []
  private var pairs = 0
  private var tokens = 0

  mutating func add(_ update: UpdateMetrics, seconds: Double) {
    self.seconds.append(seconds)
    pairs += update.pairCount
    tokens += update.tokens
  }

  func summary(end: RunEnd, step: Int, model: String?) -> RunSummary {
    let timed = (seconds.count > 1 ? Array(seconds.dropFirst()) : seconds).sorted()
    let sum = seconds.reduce(0, +)
    return RunSummary(
      end: end, steps: step, pairs: pairs, seconds: sum,
      medianUpdateSeconds: timed.isEmpty ? 0 : timed[timed.count / 2],
      pairsPerSecond: sum > 0 ? Double(pairs) / sum : 0,
      tokensPerSecond: sum > 0 ? Double(tokens) / sum : 0, peakMemory: Files.peakMemory(),
      model: model)
  }
}
