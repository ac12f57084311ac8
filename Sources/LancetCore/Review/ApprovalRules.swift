// When a correction may become a pair, and why not.

/// Why a correction may not be approved.
public enum Refusal: Hashable, Sendable {
  /// Hunks without a decision.
  case undecided(Int)
  /// y⁻ or the correction has no text.
  case emptySide
  /// The correction is y⁻.
  case noChange
  /// The correction's answer is wrong.
  case wrongAnswer(found: String?, expected: String?)
  /// The correction's answer could not be judged.
  case ungradable(reason: String)
  /// The answer is right but only concluded in passing: a person must approve it.
  case weakAnswer(found: String?)
  /// The correction contradicts itself.
  case incoherent(Incoherence)
  /// R is above γ.
  case aboveGamma(ratio: Double, gamma: Double)

  /// Whether a reason given by the person may set this aside.
  public var canBeOverridden: Bool {
    switch self {
    case .undecided, .emptySide, .noChange: false
    case .wrongAnswer, .ungradable, .weakAnswer, .incoherent, .aboveGamma: true
    }
  }

  /// The refusal in words, for a status line.
  public var sentence: String {
    switch self {
    case .undecided(1): "1 hunk is undecided"
    case .undecided(let count):
      counted(count, "hunk") + (count == 1 ? " is undecided" : " are undecided")
    case .emptySide: "one side is empty"
    case .noChange: "the correction is the model's own text"
    case .wrongAnswer(let found?, let expected?): "still answers \(found), expected \(expected)"
    case .wrongAnswer(nil, let expected?): "no answer found, expected \(expected)"
    case .wrongAnswer(let found, nil): "the answer \(found ?? "") is wrong"
    case .ungradable(let reason): "the answer cannot be judged: \(reason)"
    case .weakAnswer(let found):
      "the answer \(found ?? "") is not announced as the final one: a rule does not approve it"
    case .incoherent(let fact): fact.sentence
    case .aboveGamma(let ratio, let gamma):
      "R \(Self.percent(ratio)) is above γ \(Self.percent(gamma))"
    }
  }

  private static func percent(_ ratio: Double) -> String {
    guard ratio.isFinite, abs(ratio) < 1e6 else { return "\(ratio)" }
    return "\(Int((ratio * 100).rounded())) %"
  }
}

/// The rules of approval: every hunk decided, the answer right, the correction coherent as a whole, R ≤ γ, no side empty,
/// something changed.
public struct ApprovalRules: Hashable, Sendable {
  /// The largest change ratio allowed; 0.6 in the paper.
  public var gamma: Double

  /// Rules with this γ.
  public init(gamma: Double = 0.6) { self.gamma = gamma }

  /// Why the review may not be approved as it stands, gravest first; empty when it may.
  ///
  /// Pass the judge of the trace when it is at hand: making one reads every text of it.
  public func refusals(
    _ review: Review, _ assessment: Assessment, judge: CoherenceJudge? = nil
  ) -> [Refusal] {
    var refusals: [Refusal] = []
    if assessment.undecided > 0 { refusals.append(.undecided(assessment.undecided)) }
    let minus = review.input.trace.text
    if Self.isBlank(minus) || Self.isBlank(assessment.correction) { refusals.append(.emptySide) }
    if minus.bytesEqual(assessment.correction) { refusals.append(.noChange) }
    switch assessment.after.verdict {
    case .right: break
    case .wrong:
      refusals.append(
        .wrongAnswer(found: assessment.after.answer, expected: assessment.after.gold))
    case .ungradable:
      refusals.append(.ungradable(reason: assessment.after.reason ?? "no known answer"))
    }
    refusals += (judge ?? CoherenceJudge(review.input)).incoherences(review).map(Refusal.incoherent)
    if assessment.changeRatio > gamma {
      refusals.append(.aboveGamma(ratio: assessment.changeRatio, gamma: gamma))
    }
    return refusals
  }

  /// Whether a text has nothing but white space.
  public static func isBlank(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { $0.properties.isWhitespace }
  }
}
