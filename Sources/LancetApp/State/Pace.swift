// How fast pairs are approved: from the last approvals of this sitting, as people judge their own speed.

/// The moments of the last approvals.
public struct Pace: Hashable, Sendable {
  /// Seconds of each approval, oldest first; at most ``kept``.
  public private(set) var approvals: [Double] = []
  /// How many approvals the rate looks back.
  public static let kept = 20
  /// A pause longer than this (seconds) begins a new count.
  public static let pause = 600.0

  /// No approvals yet.
  public init() {}

  /// Notes an approval.
  public mutating func approved(at seconds: Double) {
    if let last = approvals.last, seconds - last > Self.pause { approvals = [] }
    approvals.append(seconds)
    if approvals.count > Self.kept { approvals.removeFirst() }
  }

  /// Pairs per hour; nil before the third approval.
  public var perHour: Double? {
    guard approvals.count >= 3, let first = approvals.first, let last = approvals.last, last > first
    else { return nil }
    return Double(approvals.count - 1) * 3600 / (last - first)
  }
}
