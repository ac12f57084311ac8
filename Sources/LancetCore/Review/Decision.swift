// Hunks and what a person decides about them.

/// The name of a hunk that stays the same across restarts: which proposal, and which bytes on both sides.
public struct HunkKey: Hashable, Sendable {
  /// The proposal the edit comes from.
  public var proposal: ProposalID
  /// The bytes of y⁻ it replaces.
  public var minus: Range<Int>
  /// The bytes of the proposal's text it puts there.
  public var plus: Range<Int>

  /// A key of these bytes.
  public init(proposal: ProposalID, minus: Range<Int>, plus: Range<Int>) {
    self.proposal = proposal
    self.minus = minus
    self.plus = plus
  }
}

/// What was decided about a hunk.
public enum Decision: Hashable, Sendable {
  /// Nothing yet; shown as the proposal has it, but not approvable.
  case undecided
  /// The proposal's text.
  case accepted
  /// The model's own text.
  case rejected
  /// The person's text in its place.
  case tweaked(String)
}

/// Why a trace was set aside without a pair.
public enum SkipReason: String, CaseIterable, Hashable, Sendable {
  case later, giveUp = "give-up", badProblem = "bad-problem"
}

/// A rating of one step: +1 right, 0 neutral, −1 wrong.
public enum StepLabel: Int, CaseIterable, Hashable, Sendable {
  case wrong = -1, neutral = 0, right = 1
}

/// One thing a person (or a rule) did to one trace.
///
/// Appended to the session file, never changed; the state of a
/// trace is the fold of its effective events.
public enum ReviewEvent: Hashable, Sendable {
  /// A decision about one hunk.
  case decide(HunkKey, Decision)
  /// Replaces a hunk by pieces that together cover it.
  case split(HunkKey, into: [HunkKey])
  /// Replaces neighbouring hunks by one that covers them and the text between.
  case join([HunkKey], into: HunkKey)
  /// Takes this proposal's version of the region under the first hunk (several proposals over one trace).
  case choose(region: [HunkKey], replacement: [HunkKey])
  /// A rating of the step that begins at this byte of y⁻; nil clears it.
  case label(stepAt: Int, StepLabel?)
  /// "First error here": the step that begins at this byte of y⁻; nil clears it.
  case firstError(stepAt: Int?)
  /// A note on a hunk, or on the whole trace when `hunk` is nil; the empty text removes it.
  case comment(hunk: HunkKey?, String)
  /// Marks or unmarks the trace.
  case flag(Bool)
  /// Sets the trace aside; nil takes it back.
  case skip(SkipReason?)
  /// Turns the correction into a pair. The override reason is set when the rules would have refused.
  case approve(override: String?)
  /// Takes an approved pair back.
  case revoke
}
