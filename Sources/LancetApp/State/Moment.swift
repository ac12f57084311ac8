// Time as the rim tells it. The workbench never asks a clock, so a test can be any time it likes.

/// A moment: seconds that only ever grow, and the wall clock as people read it.
public struct Moment: Hashable, Sendable {
  /// Seconds since some fixed moment before the start; for durations.
  public var seconds: Double
  /// The wall clock, `14:03:22`.
  public var clock: String

  /// A moment of both clocks.
  public init(seconds: Double, clock: String) {
    self.seconds = seconds
    self.clock = clock
  }
}
