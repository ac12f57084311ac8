// What a review starts from.

/// A trace with its problem and every proposal over it.
public struct ReviewInput: Hashable, Sendable {
  /// The question and its known answer.
  public var problem: Problem
  /// The model's own text, y⁻.
  public var trace: Trace
  /// The proposals, oldest first.
  public var proposals: [Proposal]

  /// The input of a review.
  public init(problem: Problem, trace: Trace, proposals: [Proposal]) {
    self.problem = problem
    self.trace = trace
    self.proposals = proposals
  }

  /// The proposal with this number.
  public func proposal(_ id: ProposalID) -> Proposal? { proposals.first { $0.id == id } }
}

/// That the correction was turned into a pair.
public struct Approval: Hashable, Sendable {
  /// Why it was approved against the rules; nil when they allowed it.
  public var override: String?
  /// The correction at that moment: the pair's y⁺, byte for byte.
  public var correction: String

  /// An approval of this correction.
  public init(override: String?, correction: String) {
    self.override = override
    self.correction = correction
  }
}
