// What is known of a correction as it stands: recomputed after every decision.

/// The grades, the change ratio and the counts of a review as it stands.
public struct Assessment: Sendable {
  /// The grade of y⁻; ungradable when there is no known answer.
  public var before: Grade
  /// The grade of the correction.
  public var after: Grade
  /// R(y⁻, correction) over words.
  public var changeRatio: Double
  /// The words of the correction.
  public var tokens: Int
  /// The words of y⁻.
  public var tokensBefore: Int
  /// Hunks without a decision.
  public var undecided: Int
  /// The correction these figures are of.
  public var correction: String

  /// Assesses a review.
  ///
  /// Pass the grade of y⁻ when it is known already: it never changes.
  public init(_ review: Review, before known: Grade? = nil) {
    let correction = review.correction
    self.correction = correction
    before = known ?? Self.grade(review.input.trace.text, of: review.input.problem)
    if correction.bytesEqual(review.input.trace.text) {
      // Nothing is changed, as in every trace that was just imported: no second grade and no diff.
      after = before
      tokens = TextUnits.words(of: review.minus).count
      tokensBefore = tokens
      changeRatio = 0
    } else {
      after = Self.grade(correction, of: review.input.problem)
      let counts = TextDiff(
        minus: review.minus, plus: Array(correction.utf8), mergeIslands: false)
      changeRatio = counts.changeRatio
      tokens = counts.lengthPlus
      tokensBefore = counts.lengthMinus
    }
    undecided = review.undecided
  }

  /// R if one hunk were decided otherwise: "reject this: 34 % → 21 %".
  public func changeRatio(
    of review: Review, ifHunk key: HunkKey, were decision: Decision = .rejected
  ) -> Double {
    LancetCore.changeRatio(
      minus: review.input.trace.text, plus: review.correction(overriding: [key: decision]))
  }

  /// The grade if some hunks were decided otherwise.
  public func grade(of review: Review, overriding decisions: [HunkKey: Decision]) -> Grade {
    Self.grade(review.correction(overriding: decisions), of: review.input.problem)
  }

  /// Grades a text against a problem's known answer.
  static func grade(_ text: String, of problem: Problem) -> Grade {
    guard let gold = problem.answer, !gold.isEmpty else {
      return Grade(
        verdict: .ungradable, gold: nil, answer: extractAnswer(from: text)?.text,
        reason: "no known answer")
    }
    return LancetCore.grade(gold: gold, answer: text)
  }
}
