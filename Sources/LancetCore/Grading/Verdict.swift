// The three verdicts of grading.

/// Whether an answer has the value of the known one.
///
/// A false `right` is the worst error a grader can make.
public enum Verdict: String, CaseIterable, Hashable, Sendable {
  case right, wrong, ungradable
}

/// What grading found.
public struct Grade: Hashable, Sendable {
  /// Right, wrong, or no verdict possible.
  public var verdict: Verdict
  /// The known answer as it was read; nil when it was not found.
  public var gold: String?
  /// The answer that was found in the trace; nil when none is announced.
  public var answer: String?
  /// Why, in a few words; always set for `ungradable` and for a weak answer.
  public var reason: String?
  /// How surely the answer was meant as the final one; nil when none was found.
  ///
  /// Rules that act without a person demand ``isStrongRight``.
  public var strength: AnswerStrength?

  /// A verdict with what it is about.
  public init(
    verdict: Verdict, gold: String?, answer: String?, reason: String?,
    strength: AnswerStrength? = nil
  ) {
    self.verdict = verdict
    self.gold = gold
    self.answer = answer
    self.reason = reason
    self.strength = strength
  }

  /// Right, and the text announced the answer or was nothing but the answer.
  public var isStrongRight: Bool { verdict == .right && strength != .weak }

  /// Why, in a sentence for people.
  public var explanation: String {
    let known = gold.map { "\u{201C}\($0)\u{201D}" } ?? "the known answer"
    let given = answer.map { "\u{201C}\($0)\u{201D}" } ?? "the answer"
    let weak =
      strength == .weak
      ? " It was read from a plain concluding sentence, which is a weak answer." : ""
    let why = reason.map { ": \($0)" } ?? ""
    switch verdict {
    case .right:
      let sameText = gold == answer
      return "\(given) \(sameText ? "is" : "has the value of") the known answer"
        + "\(sameText ? "" : " \(known)").\(weak)"
    case .wrong: return "\(given) is not the known answer \(known)\(why).\(weak)"
    case .ungradable:
      return "No verdict\(answer == nil ? "" : " on \(given) against \(known)")\(why).\(weak)"
    }
  }
}
