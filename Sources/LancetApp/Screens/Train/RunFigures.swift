// What the Train screen says in numbers about a run: how fast it is, how long it still takes, and how sure that is.
import LancetCanvas
import LancetCore

/// How long a run still takes, and the spread of that, in seconds.
public struct TimeLeft: Hashable, Sendable {
  /// The expected seconds.
  public var seconds: Double
  /// One standard deviation of them.
  public var spread: Double

  /// The time left of a run: the mean of its last updates times those to come.
  ///
  /// The spread has two parts: the updates to come differ from each other, and their mean is known only from so many.
  /// Nil while fewer than three updates were timed, or when nothing is left.
  public init?(_ run: RunRecord, _ curves: RunCurves) {
    let left = run.steps - run.step
    guard left > 0 else { return nil }
    let times = curves.updates.suffix(40).compactMap { update -> Double? in
      guard update.pairsPerSecond > 0, update.pairsPerSecond.isFinite, update.pairCount > 0
      else { return nil }
      return Double(update.pairCount) / update.pairsPerSecond
    }
    guard times.count >= 3 else { return nil }
    let count = Double(times.count)
    let mean = times.reduce(0, +) / count
    let variance = times.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    let updates = Double(left)
    seconds = mean * updates
    spread = (variance * updates + variance / count * updates * updates).squareRoot()
  }

  /// `41 s left ± 3`, `12 min left ± 1`, `2 h 5 min left ± 4 min`.
  public var text: String {
    if seconds < 90 { return "\(whole(seconds)) s left ± \(whole(spread))" }
    if seconds < 5400 { return "\(whole(seconds / 60)) min left ± \(whole(spread / 60))" }
    let minutes = whole(seconds / 60)
    return "\(minutes / 60) h \(minutes % 60) min left ± \(whole(spread / 60)) min"
  }

  private func whole(_ value: Double) -> Int { Int(min(value.rounded(), 1e12)) }
}

extension RunCurves {
  /// Pairs and tokens per second over the last updates, total work over total time; nil before the first.
  var speed: (pairs: Double, tokens: Double)? {
    var seconds = 0.0
    var pairs = 0.0
    var tokens = 0.0
    for update in updates.suffix(20)
    where update.pairsPerSecond > 0 && update.pairsPerSecond.isFinite && update.pairCount > 0 {
      let time = Double(update.pairCount) / update.pairsPerSecond
      seconds += time
      pairs += Double(update.pairCount)
      if update.tokensPerSecond.isFinite { tokens += time * update.tokensPerSecond }
    }
    return seconds > 0 ? (pairs / seconds, tokens / seconds) : nil
  }
}

/// Bytes as people read them: `212 MB`, `3.1 GB`.
func memoryText(_ bytes: Int) -> String {
  let megabytes = Double(bytes) / 1_048_576
  return megabytes < 1000 ? "\(fixed(megabytes, 0)) MB" : "\(fixed(megabytes / 1024, 1)) GB"
}

/// A number with its sign, for changes: `+21.0`, `±0.0`.
func signed(_ value: Double, _ decimals: Int) -> String {
  let text = fixed(value.magnitude, decimals)
  let isZero = text.allSatisfy { $0 == "0" || $0 == "." }
  return isZero ? "±\(text)" : value < 0 ? "−\(text)" : "+\(text)"
}
