// How much work reading the arithmetic of a trace may take. It is counted, never timed: the same trace is read equally
// far on every machine.

/// Work that is left, shared by all readers of a trace.
///
/// A unit is about a tenth of a microsecond: a step of a parser is a few, a product of two terms of polynomials five.
final class Effort {
  /// What is left; below zero when it did not suffice.
  private(set) var left: Int

  init(_ limit: Int = Effort.limit) { left = limit }

  /// What one trace may take: eight times what the dearest of ProcessBench's 1,400 solutions of gsm8k and math takes (24,940
  /// units; the median takes 2,790).
  static let limit = 200_000

  var isSpent: Bool { left < 0 }

  /// Takes units away; false when there were not enough of them, and then nothing more may be read.
  @discardableResult
  func spend(_ units: Int) -> Bool {
    if left >= 0 { left -= units }
    return left >= 0
  }
}
