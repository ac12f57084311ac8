// A hunk as the person sees it: the edit, and what was decided about it.

extension HunkKey {
  /// Whether this is an edit a person made by hand, outside every proposal.
  public var isManual: Bool { proposal.rawValue == 0 }

  /// The key of an edit by hand over these bytes of y⁻: deciding `.tweaked(text)` on it makes the hunk.
  public static func manual(_ minus: Range<Int>) -> HunkKey {
    HunkKey(proposal: ProposalID(rawValue: 0), minus: minus, plus: 0..<0)
  }
}

/// One hunk of a review.
public struct ReviewHunk: Identifiable, Hashable, Sendable {
  /// Which proposal it comes from and which bytes it covers.
  public var key: HunkKey
  /// Its number from 1, as people and `--accept` name it; changes when hunks are split, joined or added.
  public var number: Int
  /// The model's own text.
  public var minusText: String
  /// The proposal's text; of an edit by hand, the person's.
  public var plusText: String
  /// What was decided.
  public var decision: Decision
  /// The person's note; nil when there is none.
  public var comment: String?
  /// The proposal's hunks an edit by hand stands in front of; they return when it is reset.
  var absorbed: [ReviewHunk] = []

  init(key: HunkKey, minusText: String, plusText: String, decision: Decision = .undecided) {
    self.key = key
    number = 0
    self.minusText = minusText
    self.plusText = plusText
    self.decision = decision
  }

  /// The key.
  public var id: HunkKey { key }

  /// Insert, delete or replace, as proposed.
  public var kind: DiffHunkKind {
    minusText.isEmpty ? .insert : plusText.isEmpty ? .delete : .replace
  }

  /// The text in the correction as decided; undecided hunks as the proposal has them.
  public var currentText: String { text(for: decision) }

  /// The text in the correction if this were decided.
  public func text(for decision: Decision) -> String {
    switch decision {
    case .undecided, .accepted: plusText
    case .rejected: minusText
    case .tweaked(let text): text
    }
  }
}
