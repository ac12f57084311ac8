// What every Oracle is: a pure function from an item to what is asked, and from a reply to a proposal or a refusal. Who
// carries messages to a server, tries again, counts tokens and keeps files is not its matter; a new Oracle is one type.

import LancetCore

/// What an Oracle is asked about.
public struct OracleItem: Sendable, Hashable {
  /// The problem with its known answer, if it has one.
  public var problem: Problem
  /// The trace to correct.
  public var trace: Trace

  /// A trace with its problem.
  public init(problem: Problem, trace: Trace) {
    self.problem = problem
    self.trace = trace
  }

  /// The trace of a review.
  public init(_ input: ReviewInput) { self.init(problem: input.problem, trace: input.trace) }
}

/// Something said to whoever answers for an Oracle.
public struct OracleMessage: Sendable, Hashable {
  /// `system`, `user` or `assistant`.
  public var role: String
  /// The text.
  public var text: String

  /// A message.
  public init(role: String, text: String) {
    self.role = role
    self.text = text
  }
}

/// Proposes corrections of traces.
public protocol Oracle: Sendable {
  /// The name its proposals are stored under.
  var name: String { get }

  /// What is asked about an item; empty when the Oracle knows its reply by itself.
  func messages(about item: OracleItem) -> [OracleMessage]

  /// What a complete reply proposes; the reply is empty where no message was sent.
  ///
  /// - Throws: ``OracleRefusal`` when there is nothing to propose or the reply cannot be used.
  func proposal(for item: OracleItem, reply: String) throws(OracleRefusal) -> OracleProposal
}

extension Oracle {
  /// No message: the Oracle answers by itself.
  public func messages(about item: OracleItem) -> [OracleMessage] { [] }

  /// Asks about an item and gives the proposal; `send` carries messages to whoever answers and gives the whole reply.
  public func proposal(
    for item: OracleItem,
    send: ([OracleMessage]) throws(OracleRefusal) -> String = { _ throws(OracleRefusal) in
      throw .nobodyAnswers
    }
  ) throws(OracleRefusal) -> OracleProposal {
    let messages = messages(about: item)
    return try proposal(for: item, reply: messages.isEmpty ? "" : send(messages))
  }
}

/// Why there is no proposal.
public enum OracleRefusal: Error, Hashable, Sendable {
  /// The Oracle sees nothing it can improve; the name is the Oracle's.
  case nothingToImprove(oracle: String)
  /// Something is wrong, but the arithmetic Oracle cannot tell with certainty what should stand there.
  case arithmetic(ArithmeticRefusal)
  /// There is no reply about this trace.
  case noReply
  /// The reply is empty.
  case emptyReply
  /// The reply is the trace as it is.
  case unchanged
  /// The Oracle has to be sent messages, and nothing here sends them.
  case nobodyAnswers

  /// The refusal in words.
  public var sentence: String {
    switch self {
    case .nothingToImprove(let oracle): "the \(oracle) Oracle sees nothing it can improve"
    case .arithmetic(let refusal):
      "the \(ArithmeticOracle.name) Oracle proposes nothing: \(refusal.reason)"
    case .noReply: "there is no reply about this trace"
    case .emptyReply: "the reply is empty"
    case .unchanged: "the reply changes nothing"
    case .nobodyAnswers: "nobody can be asked from here"
    }
  }
}
