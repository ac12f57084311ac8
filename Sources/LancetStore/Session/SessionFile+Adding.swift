// Problems and traces arrive. A row that is there already, byte for byte, is found again instead of added.

import LancetCore
import LancetSystem

/// A trace that has no number yet, with what came along with it.
public struct NewTrace: Sendable {
  /// The model's text.
  public var text: String
  /// Who wrote it.
  public var source: String
  /// Whether the source is only the name of a file: then a trace of the same text is the same trace, whoever wrote it.
  public var sourceIsGuessed: Bool
  /// The row's own name, by which a later file may speak of this trace.
  public var key: String?
  /// What the file claims of it.
  public var claimed: Bool?
  /// Corrections that came with it.
  public var proposals: [(oracle: String, text: String, note: String?)]
  /// Ratings that came with it, by the byte each step begins at.
  public var labels: [(stepAt: Int, label: StepLabel)]
  /// The bytes at which the file's own steps begin; nil when it gave none.
  public var ownSteps: [Int]?
  /// What else the file says of it.
  public var comment: String?
  /// Whether it came in SPoT's rows; see `Pair.trained`.
  public var isSpot: Bool

  /// A trace.
  public init(
    text: String, source: String, sourceIsGuessed: Bool = false, key: String? = nil,
    claimed: Bool? = nil, proposals: [(oracle: String, text: String, note: String?)] = [],
    labels: [(stepAt: Int, label: StepLabel)] = [], ownSteps: [Int]? = nil,
    comment: String? = nil, isSpot: Bool = false
  ) {
    self.text = text
    self.source = source
    self.sourceIsGuessed = sourceIsGuessed
    self.key = key
    self.claimed = claimed
    self.proposals = proposals
    self.labels = labels
    self.ownSteps = ownSteps
    self.comment = comment
    self.isSpot = isSpot
  }
}

/// A problem with traces that have no numbers yet.
public struct NewProblem: Sendable {
  /// The question.
  public var question: String
  /// The known answer.
  public var answer: String?
  /// Where it came from.
  public var source: String
  /// Answers to it.
  public var traces: [NewTrace]
  /// What stands before the question in the prompt.
  public var context: PromptContext
  /// A worked solution besides the known answer.
  public var solution: String?

  /// A problem.
  public init(
    question: String, answer: String?, source: String, traces: [NewTrace],
    context: PromptContext = .none, solution: String? = nil
  ) {
    self.question = question
    self.answer = answer
    self.source = source
    self.traces = traces
    self.context = context
    self.solution = solution
  }
}

/// How many rows of each kind were new.
public struct AddedCounts: Hashable, Sendable {
  /// New problems.
  public var problems = 0
  /// New traces.
  public var traces = 0
  /// New proposals.
  public var proposals = 0

  /// Whether nothing was new.
  public var isEmpty: Bool { problems + traces + proposals == 0 }

  static func += (a: inout AddedCounts, b: AddedCounts) {
    a.problems += b.problems
    a.traces += b.traces
    a.proposals += b.proposals
  }
}

/// What the rows of one transaction leave to be done: Queue rows of new and of changed traces.
struct AddedTraces {
  var new: [(input: ReviewInput, labels: [ReviewEvent])] = []
  var changed: [TraceID] = []
}

extension SessionFile {
  /// Adds problems with their traces in one transaction; returns what was new and the new Queue rows.
  @discardableResult
  public func add(
    _ problems: [NewProblem]
  ) throws(StoreError) -> (counts: AddedCounts, summaries: [TraceSummary]) {
    try writing { () throws(StoreError) in
      var counts = AddedCounts()
      var added = AddedTraces()
      for problem in problems { counts += try add(problem, &added) }
      return (counts, try summarize(added))
    }
  }

  /// Adds one problem with its traces.
  ///
  /// Inside a transaction; the Queue rows are left to `summarize`.
  func add(_ new: NewProblem, _ added: inout AddedTraces) throws(StoreError) -> AddedCounts {
    var counts = AddedCounts()
    let problem = try findOrAdd(new, &counts)
    for trace in new.traces { try add(trace, to: problem, &added, &counts) }
    return counts
  }

  /// The trace that a row of this name and question is about; nil when none was stored yet.
  ///
  /// Inside a transaction.
  func trace(
    key: String, question: String, context: PromptContext
  ) throws(StoreError) -> TraceID? {
    let (hash, context) = Self.identity(of: question, context)
    return try db.integer(
      """
      SELECT traces.id FROM problems JOIN traces ON traces.problem = problems.id
      WHERE problems.hash = ? AND problems.question = ? AND problems.context IS ?
        AND traces.key = ?
      ORDER BY traces.id DESC LIMIT 1
      """, .int(hash), .text(question), .text(context), .text(key)
    ).map { TraceID(rawValue: $0) }
  }

  /// What makes a problem the same problem: its question and what stands before it, as the hash and the column of
  /// `problems`.
  static func identity(of question: String, _ context: PromptContext) -> (Int64, String?) {
    var hash = TextHash()
    hash.add(question)
    guard !context.isEmpty else { return (hash.value, nil) }
    let text = context.json.serialized()
    hash.add(text)
    return (hash.value, text)
  }

  private func findOrAdd(
    _ new: NewProblem, _ counts: inout AddedCounts
  ) throws(StoreError) -> Problem {
    let (hash, context) = Self.identity(of: new.question, new.context)
    // A row that does not know the answer belongs to the same question with one.
    let known = try db.statement(
      """
      SELECT id, answer, source, solution FROM problems
      WHERE hash = ?1 AND question = ?2 AND context IS ?4 AND (?3 IS NULL OR answer IS ?3)
      ORDER BY id LIMIT 1
      """)
    try known.bind([.int(hash), .text(new.question), .text(new.answer), .text(context)])
    defer { known.reset() }
    if try known.step() {
      return Problem(
        id: ProblemID(rawValue: known.int64(0)), question: new.question,
        answer: try known.optionalText(1), source: try known.text(2), context: new.context,
        solution: try known.optionalText(3))
    }
    try db.run(
      """
      INSERT INTO problems (question, answer, source, hash, context, solution)
      VALUES (?, ?, ?, ?, ?, ?)
      """, .text(new.question), .text(new.answer), .text(new.source), .int(hash), .text(context),
      .text(new.solution))
    counts.problems += 1
    return Problem(
      id: ProblemID(rawValue: db.lastInsertedRow), question: new.question, answer: new.answer,
      source: new.source, context: new.context, solution: new.solution)
  }

  private func add(
    _ new: NewTrace, to problem: Problem, _ added: inout AddedTraces, _ counts: inout AddedCounts
  ) throws(StoreError) {
    var hash = TextHash()
    hash.add(problem.id.rawValue)
    hash.add(new.text)
    let known = try db.integer(
      """
      SELECT id FROM traces
      WHERE hash = ? AND problem = ? AND text = ? AND (? OR source = ?) ORDER BY id LIMIT 1
      """,
      .int(hash.value), .int(problem.id.rawValue), .text(new.text), .bool(new.sourceIsGuessed),
      .text(new.source))
    if let known {
      let trace = TraceID(rawValue: known)
      for proposal in new.proposals {
        let isNew = try addProposal(
          NewProposal(
            trace: trace, oracle: proposal.oracle, text: proposal.text, note: proposal.note))
        guard isNew else { continue }
        counts.proposals += 1
        if added.changed.last != trace { added.changed.append(trace) }
      }
      return
    }
    try db.run(
      """
      INSERT INTO traces (problem, text, source, key, claimed, hash, own_steps, spot)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """,
      .int(problem.id.rawValue), .text(new.text), .text(new.source), .text(new.key),
      new.claimed.map { .bool($0) } ?? .null, .int(hash.value),
      .text(new.ownSteps.map { JSON.array($0.map(JSON.int)).serialized() }),
      new.isSpot ? .bool(true) : .null)
    counts.traces += 1
    let trace = Trace(
      id: TraceID(rawValue: db.lastInsertedRow), problem: problem.id, text: new.text,
      source: new.source, claimed: new.claimed, ownSteps: new.ownSteps, isSpot: new.isSpot)
    var input = ReviewInput(problem: problem, trace: trace, proposals: [])
    for proposal in new.proposals {
      let isNew = try addProposal(
        NewProposal(
          trace: trace.id, oracle: proposal.oracle, text: proposal.text, note: proposal.note))
      guard isNew else { continue }
      counts.proposals += 1
      input.proposals.append(
        Proposal(
          id: ProposalID(rawValue: db.lastInsertedRow), trace: trace.id, oracle: proposal.oracle,
          text: proposal.text, note: proposal.note))
    }
    var events: [ReviewEvent] = new.labels.map { .label(stepAt: $0.stepAt, $0.label) }
    if let comment = new.comment { events.append(.comment(hunk: nil, comment)) }
    added.new.append((input, events))
  }

  /// Writes the Queue rows of what was added, and the labels that came with it as decisions that
  /// undo does not reach.
  ///
  /// Inside the same transaction.
  func summarize(_ added: AddedTraces) throws(StoreError) -> [TraceSummary] {
    let at = ClockText.now()
    var batch: Int64?
    for trace in added.new {
      for label in trace.labels {
        let number: Int64
        if let begun = batch {
          number = begun
        } else {
          number = try addBatch(at: at, label: "import", state: BatchState.permanent)
          batch = number
        }
        try addEvent(label, trace: trace.input.trace.id, batch: number, at: at)
      }
    }
    var summaries = parallelMap(added.new) {
      TraceSummary(
        Review($0.input, events: $0.labels), steps: stepCount(of: $0.input.trace))
    }
    for summary in summaries { try write(summary) }
    for trace in added.changed { summaries.append(try refreshSummary(of: trace)) }
    return summaries
  }
}
