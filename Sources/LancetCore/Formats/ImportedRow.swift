// What one row of an imported file says, before it is stored.

/// An Oracle's corrected text that came with a row.
public struct ImportedProposal: Hashable, Sendable {
  /// Who proposed it; `replay` when the file does not say.
  public var oracle: String
  /// The corrected text, without the markers the paper's prompt asks for.
  public var text: String
  /// What the file says of it.
  public var note: String?

  /// A proposal.
  public init(oracle: String, text: String, note: String? = nil) {
    self.oracle = oracle
    self.text = text
    self.note = note
  }
}

/// A rating of a step that came with a row.
public struct ImportedLabel: Hashable, Sendable {
  /// The byte of the trace at which the step begins: one of the file's own steps, else as `splitSteps` cuts it.
  public var stepAt: Int
  /// The rating.
  public var label: StepLabel

  /// A rating of the step that begins at this byte.
  public init(stepAt: Int, label: StepLabel) {
    self.stepAt = stepAt
    self.label = label
  }
}

/// A trace that came with a row.
public struct ImportedTrace: Hashable, Sendable {
  /// The model's own text, byte for byte.
  public var text: String
  /// Who wrote it; nil when the row does not say.
  public var source: String?
  /// What the row claims of it.
  public var claimed: Bool?
  /// Corrected texts for it.
  public var proposals: [ImportedProposal]
  /// Ratings of its steps.
  public var labels: [ImportedLabel]
  /// The bytes at which the file's own steps begin; nil when the file gave none.
  public var ownSteps: [Int]?
  /// What else the file says of it, kept as a comment.
  public var comment: String?

  /// A trace.
  public init(
    text: String, source: String? = nil, claimed: Bool? = nil,
    proposals: [ImportedProposal] = [], labels: [ImportedLabel] = [], ownSteps: [Int]? = nil,
    comment: String? = nil
  ) {
    self.text = text
    self.source = source
    self.claimed = claimed
    self.proposals = proposals
    self.labels = labels
    self.ownSteps = ownSteps
    self.comment = comment
  }
}

/// What one row says.
public struct ImportedRow: Hashable, Sendable {
  /// The row's own name (`index`, `id`), opaque; rows of one import with the same key are about the same trace.
  public var key: String?
  /// The question.
  public var question: String
  /// The known answer; may be a whole human solution.
  public var answer: String?
  /// Where the problem comes from; nil when the row does not say.
  public var source: String?
  /// The traces of the row; empty for a row that is a problem alone, or that carries proposals for another row's trace.
  public var traces: [ImportedTrace]
  /// Proposals whose y⁻ is not in this row (SPoT's file of correct ones): they belong to the trace of the row with the
  /// same ``key`` and question.
  public var looseProposals: [ImportedProposal]
  /// How many `=== CORRECTED … ===` markers were taken off.
  public var markersStripped: Int
  /// What stands before the question in the prompt.
  public var context = PromptContext.none
  /// A worked solution besides the known answer.
  public var solution: String?
  /// Whether this is a row of SPoT's; see ``Pair/trained``.
  public var isSpot = false
  /// The columns that hold something and that nobody read.
  public var ignored: [String] = []

  /// A row.
  public init(
    key: String? = nil, question: String, answer: String? = nil, source: String? = nil,
    traces: [ImportedTrace] = [], looseProposals: [ImportedProposal] = [], markersStripped: Int = 0
  ) {
    self.key = key
    self.question = question
    self.answer = answer
    self.source = source
    self.traces = traces
    self.looseProposals = looseProposals
    self.markersStripped = markersStripped
  }

  /// A row about this prompt.
  init(_ prompt: RowPrompt, key: String? = nil, traces: [ImportedTrace] = []) {
    self.init(key: key, question: prompt.question, traces: traces)
    context = prompt.context
  }

  /// Takes the known answer, the worked solution and the data set's name of a row.
  mutating func takeGold(_ reader: RowReader) throws(RowError) {
    (answer, solution) = try reader.gold()
    source = reader.textIfAny(FieldNames.dataset)
  }
}
