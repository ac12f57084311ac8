// The embedded Oracle: it mends wrong results of plain arithmetic and carries the new values on.

import LancetCore

/// Corrects the arithmetic of a trace and nothing else.
public struct ArithmeticOracle: Sendable {
  /// The name its proposals are stored under.
  public static let name = "arithmetic"

  public init() {}

  /// A correction of the trace; nil when there is nothing it could improve.
  public func propose(problem: Problem, trace: Trace) -> OracleProposal? {
    nil
  }
}
