// The arithmetic Oracle as every Oracle is asked: it sends nothing and knows its reply by itself.

import LancetCore

extension ArithmeticOracle: Oracle {
  /// `arithmetic`.
  public var name: String { Self.name }

  /// The correction of the trace; the reply is not read.
  public func proposal(
    for item: OracleItem, reply: String
  ) throws(OracleRefusal) -> OracleProposal {
    switch attempt(problem: item.problem, trace: item.trace) {
    case .success(let proposal): return proposal
    case .failure(.alreadyRight), .failure(.nothingWrong): throw .nothingToImprove(oracle: name)
    case .failure(let refusal): throw .arithmetic(refusal)
    }
  }
}
