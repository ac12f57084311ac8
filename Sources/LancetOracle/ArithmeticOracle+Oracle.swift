// The arithmetic Oracle as every Oracle is asked: it sends nothing and knows its reply by itself.

import LancetCore

extension ArithmeticOracle: Oracle {
  /// `arithmetic`.
  public var name: String { Self.name }

  /// The correction of the trace; the reply is not read.
  public func proposal(
    for item: OracleItem, reply: String
  ) throws(OracleRefusal) -> OracleProposal {
    guard let proposal = propose(problem: item.problem, trace: item.trace) else {
      throw .nothingToImprove(oracle: name)
    }
    return proposal
  }
}
