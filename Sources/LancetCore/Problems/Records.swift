// Problem, trace, proposal: what comes in from outside, before anybody decided anything. Texts are kept as they
// came, byte for byte; equality of texts in Lancet is equality of bytes (`bytesEqual`), never Unicode equivalence.

/// A question x and its known answer.
public struct Problem: Hashable, Sendable {
  /// The number in the session file.
  public var id: ProblemID
  /// The question, as the model saw it.
  public var question: String
  /// The known answer (may be a whole human solution that ends in one); nil when nobody knows it.
  public var answer: String?
  /// Where it came from: a file name, a data set's name.
  public var source: String
  /// What stands before the question in the prompt: a system message, earlier turns.
  public var context: PromptContext
  /// A worked solution by somebody who knows, when the row has one besides the known answer.
  public var solution: String?

  /// A problem.
  public init(
    id: ProblemID, question: String, answer: String?, source: String,
    context: PromptContext = .none, solution: String? = nil
  ) {
    self.id = id
    self.question = question
    self.answer = answer
    self.source = source
    self.context = context
    self.solution = solution
  }
}

/// One sampled answer to a problem; y⁻ when it is wrong.
public struct Trace: Hashable, Sendable {
  /// The number in the session file.
  public var id: TraceID
  /// The problem it answers.
  public var problem: ProblemID
  /// The model's own text, byte for byte.
  public var text: String
  /// Who wrote it: the model's name or the file's.
  public var source: String
  /// What the file claimed of it (`is_correct`), shown as a claim; nil when it claimed nothing.
  public var claimed: Bool?
  /// The bytes at which the file's own steps begin, ascending; nil when the file gave no steps, and Lancet splits.
  public var ownSteps: [Int]?
  /// Whether it came in SPoT's rows, whose script drops one leading blank line of both answers before training.
  public var isSpot: Bool

  /// A trace.
  public init(
    id: TraceID, problem: ProblemID, text: String, source: String, claimed: Bool?,
    ownSteps: [Int]? = nil, isSpot: Bool = false
  ) {
    self.id = id
    self.problem = problem
    self.text = text
    self.source = source
    self.claimed = claimed
    self.ownSteps = ownSteps
    self.isSpot = isSpot
  }
}

/// An Oracle's corrected text for a trace.
public struct Proposal: Hashable, Sendable {
  /// The number in the session file.
  public var id: ProposalID
  /// The trace it corrects.
  public var trace: TraceID
  /// Who proposed it: `arithmetic`, `replay`, a chat model's name.
  public var oracle: String
  /// The whole corrected text, byte for byte.
  public var text: String
  /// What the Oracle says of its own proposal, for example that the known answer was not reached.
  public var note: String?

  /// A proposal.
  public init(id: ProposalID, trace: TraceID, oracle: String, text: String, note: String?) {
    self.id = id
    self.trace = trace
    self.oracle = oracle
    self.text = text
    self.note = note
  }
}

extension String {
  /// Whether two texts are the same bytes.
  ///
  /// Swift's `==` also equates canonically equivalent texts, which training
  /// data must keep apart.
  @inlinable public func bytesEqual(_ other: String) -> Bool {
    utf8.elementsEqual(other.utf8)
  }
}
