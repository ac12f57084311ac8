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
  /// Why, in a few words; always set for `ungradable`.
  public var reason: String?

  /// A verdict with what it is about.
  public init(verdict: Verdict, gold: String?, answer: String?, reason: String?) {
    self.verdict = verdict
    self.gold = gold
    self.answer = answer
    self.reason = reason
  }
}
