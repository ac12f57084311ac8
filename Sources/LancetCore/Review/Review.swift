// The fold of a trace's events into its present state: hunks with decisions, labels, the correction. A value without
// effects; the laws of architecture.md, decision 5, are its tests.

/// The state of one trace's review.
///
/// The hunks are those of the first proposal, until events split, join or exchange them. Two further ways lead to a
/// correction:
/// - *By hand.* ``HunkKey/manual(_:)`` over any bytes of y⁻, decided `.tweaked(text)`, makes a hunk of the person's own,
///   also where there is no proposal. Hunks that lie wholly inside those bytes step back behind it; deciding
///   `.undecided` removes the hunk and brings them back. Bytes that cut another hunk are refused:
///   ``editableRange(covering:)`` gives the next range that cuts none.
/// - *From another proposal*: ``alternatives(at:)`` and `.choose`.
///
/// Every event is total: one whose key is unknown, or that would break the laws, changes nothing and is counted.
public struct Review: Sendable {
  /// What the review started from.
  public let input: ReviewInput
  /// The hunks in the order of the text; they never overlap.
  public internal(set) var hunks: [ReviewHunk] = []
  /// Ratings of steps, by the byte of y⁻ each step begins at.
  public private(set) var labels: [Int: StepLabel] = [:]
  /// The byte of y⁻ at which the first wrong step begins, as the person said.
  public private(set) var firstError: Int?
  /// Whether the trace is marked.
  public private(set) var flagged = false
  /// Why the trace was set aside; nil when it was not.
  public private(set) var skip: SkipReason?
  /// The approval; dropped when a later event changes the correction or opens a hunk again.
  public private(set) var approval: Approval?
  /// The note on the whole trace.
  public private(set) var traceComment: String?
  /// How many events could not be applied.
  public private(set) var ignoredEvents = 0

  /// y⁻ in bytes.
  let minus: [UInt8]
  /// The proposals' texts in bytes.
  let plus: [ProposalID: [UInt8]]

  /// The review before any event: the hunks of the first proposal, all undecided; none without a proposal.
  public init(_ input: ReviewInput) {
    self.input = input
    minus = Array(input.trace.text.utf8)
    var plus: [ProposalID: [UInt8]] = [:]
    for proposal in input.proposals { plus[proposal.id] = Array(proposal.text.utf8) }
    self.plus = plus
    if let first = input.proposals.first {
      hunks = keys(of: first.id).map { hunk(for: $0) }
    }
    renumber()
  }

  /// The review after these events.
  public init(_ input: ReviewInput, events: [ReviewEvent]) {
    self.init(input)
    for event in events { apply(event) }
  }

  /// Applies one event.
  public mutating func apply(_ event: ReviewEvent) {
    switch event {
    case .decide(let key, let decision): changing { $0.decide(key, decision) }
    case .split(let key, let pieces): changing { $0.split(key, into: pieces) }
    case .join(let keys, let key): changing { $0.join(keys, into: key) }
    case .choose(let region, let replacement): changing { $0.choose(region, replacement) }
    case .label(let byte, let label): setLabel(byte, label)
    case .firstError(let byte): markFirstError(byte)
    case .comment(let key, let text): comment(key, text)
    case .flag(let on): flagged = on
    case .skip(let reason):
      skip = reason
      if reason != nil { approval = nil }
    case .approve(let override):
      approval = Approval(override: override, correction: correction)
      skip = nil
    case .revoke: approval = nil
    }
  }

  /// Applies a change of hunks; drops the approval when the pair would no longer be what was approved.
  private mutating func changing(_ change: (inout Review) -> Bool) {
    guard change(&self) else {
      ignoredEvents += 1
      return
    }
    renumber()
    guard let approval else { return }
    if hunks.contains(where: { $0.decision == .undecided })
      || !approval.correction.bytesEqual(correction)
    {
      self.approval = nil
    }
  }

  private mutating func setLabel(_ byte: Int, _ label: StepLabel?) {
    guard minus.indices.contains(byte) else {
      ignoredEvents += 1
      return
    }
    labels[byte] = label
  }

  private mutating func markFirstError(_ byte: Int?) {
    guard byte.map(minus.indices.contains) ?? true else {
      ignoredEvents += 1
      return
    }
    firstError = byte
  }

  private mutating func comment(_ key: HunkKey?, _ text: String) {
    let note = text.isEmpty ? nil : text
    guard let key else {
      traceComment = note
      return
    }
    guard let i = index(of: key) else {
      ignoredEvents += 1
      return
    }
    hunks[i].comment = note
  }

  mutating func renumber() {
    for i in hunks.indices { hunks[i].number = i + 1 }
  }

  /// Where the trace stands.
  public var status: TraceStatus {
    if skip != nil { return .skipped }
    if approval != nil { return .approved }
    if hunks.isEmpty || hunks.allSatisfy({ $0.decision == .undecided && $0.comment == nil }) {
      return labels.isEmpty && firstError == nil && traceComment == nil ? .new : .open
    }
    return hunks.allSatisfy { $0.decision == .rejected } ? .rejected : .open
  }

  /// How many hunks have no decision.
  public var undecided: Int { hunks.count { $0.decision == .undecided } }

  /// The place of a hunk in ``hunks``.
  public func index(of key: HunkKey) -> Int? { hunks.firstIndex { $0.key == key } }

  /// The hunk people call by this number.
  public func hunk(number: Int) -> ReviewHunk? {
    hunks.indices.contains(number - 1) ? hunks[number - 1] : nil
  }
}
