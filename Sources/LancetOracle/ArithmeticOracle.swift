// The embedded Oracle: it mends wrong results of plain arithmetic and carries the new values on. It reads numbers
// only, so nothing that a trace says can command it.

import LancetCore

/// Corrects the arithmetic of a trace and nothing else.
///
/// The first wrong result is replaced by the computed one in the style it was written in; later places that used the
/// old value (operands, calculator marks, repeats in prose, the final answer) get the new one; then the text is checked
/// again, until no wrong result is left that can be mended. What is proposed has no wrong check. Where the old value is also one of the question's or of an
/// earlier step, or another step finds it independently, its later places have two readings: then nothing is proposed.
public struct ArithmeticOracle: Sendable {
  /// The name its proposals are stored under.
  public static let name = "arithmetic"

  /// How many bytes may be read again and again in all, so that a hostile trace ends in time.
  private static let readingBudget = 2_000_000

  /// An Oracle; it has no settings.
  public init() {}

  /// A correction of the trace; nil when there is none that is certain (``attempt(problem:trace:)`` says why).
  public func propose(problem: Problem, trace: Trace) -> OracleProposal? {
    try? attempt(problem: problem, trace: trace).get()
  }

  /// A correction in which no check is wrong, or why there is none.
  public func attempt(
    problem: Problem, trace: Trace
  ) -> Result<OracleProposal, ArithmeticRefusal> {
    if let known = problem.answer, grade(gold: known, answer: trace.text).verdict == .right {
      return .failure(.alreadyRight)
    }
    let before = checks(in: trace.text)
    guard let first = before.first(where: { $0.verdict == .wrong }) else {
      return .failure(.nothingWrong)
    }
    let editable: EditableTrace
    let after: [Check]
    switch mended(trace.text, before, question: problem.question) {
    case .success(let mended): (editable, after) = mended
    case .failure(let refusal): return .failure(refusal)
    }
    guard !editable.edits.isEmpty else {
      return .failure(.notMendable(step: step(of: first, in: trace.text)))
    }
    let text = editable.text
    // A correction with a wrong result in it is none.
    if let left = after.first(where: { $0.verdict == .wrong }) {
      return .failure(.staysWrong(step: step(of: left, in: text)))
    }
    let reading = MendedReading(trace.text, before, mended: text, after)
    if let place = reading.besideMark() {
      return .failure(.besideMark(step: step(at: place.lowerBound, in: text)))
    }
    if let place = reading.leftAnswer() {
      return .failure(.leavesAnswer(step: step(at: place.lowerBound, in: text)))
    }
    return .success(proposal(text, editable.edits, problem))
  }

  /// The index of the step in which a check stands.
  private func step(of check: Check, in text: String) -> Int {
    step(at: check.statedBytes.lowerBound, in: text)
  }

  private func step(at byte: Int, in text: String) -> Int {
    splitSteps(text).last { $0.bytes.lowerBound <= byte }?.index ?? 0
  }

  /// The trace with each wrong result mended that can be, and its value carried on, and the checks of it; a refusal where
  /// the old value stands again and may mean something else.
  private func mended(
    _ original: String, _ checksOfOriginal: [Check], question: String
  ) -> Result<(EditableTrace, [Check]), ArithmeticRefusal> {
    var editable = EditableTrace(original)
    let given = Mend.values(in: question)
    var text = original
    var found = checksOfOriginal
    var from = 0
    var budget = Self.readingBudget
    while true {
      budget -= text.utf8.count + 1
      guard budget > 0 else { return .failure(.tooMuchWork) }
      guard let (check, value) = firstMendable(found, from: from) else { break }
      let mend = Mend(
        text: text, checks: found, check: check, value: value, question: question, given: given)
      if let use = mend.uncertainUse() {
        let value = String(decoding: Array(text.utf8)[use], as: UTF8.self)
        return .failure(.ambiguousUse(step: step(at: use.lowerBound, in: text), value: value))
      }
      if let place = mend.fromNowhere() {
        let value = String(decoding: Array(text.utf8)[place], as: UTF8.self)
        return .failure(.unexplained(step: step(at: place.lowerBound, in: text), value: value))
      }
      guard let changes = mend.changes() else {
        from = check.statedBytes.lowerBound + 1
        continue
      }
      if let place = mend.saidOf(changes) {
        let value = String(decoding: Array(text.utf8)[place], as: UTF8.self)
        return .failure(.saidOfValue(step: step(at: place.lowerBound, in: text), value: value))
      }
      editable.replace(changes)
      let next = editable.text
      guard !next.bytesEqual(text) else {
        from = check.statedBytes.lowerBound + 1
        continue
      }
      text = next
      found = checks(in: text)
      from = max(from, check.bytes.lowerBound)
    }
    editable.tidy()
    return .success((editable, found))
  }

  private func proposal(
    _ text: String, _ edits: [OracleProposal.Edit], _ problem: Problem
  ) -> OracleProposal {
    guard let known = problem.answer else {
      return OracleProposal(
        text: text, note: "the answer is not known", reachedAnswer: false, edits: edits)
    }
    let after = grade(gold: known, answer: text)
    let reached = after.verdict == .right
    let note =
      reached
      ? nil
      : "does not reach the known answer: \(after.answer ?? "no answer") instead of "
        + "\(after.gold ?? "an answer that cannot be read")"
    return OracleProposal(text: text, note: note, reachedAnswer: reached, edits: edits)
  }

  /// The first wrong check at or behind a byte whose expression alone proves what its value is.
  ///
  /// A step of solving, an identity or a congruence needs a premise that stands elsewhere, perhaps wrong itself.
  private func firstMendable(_ found: [Check], from: Int) -> (Check, Rational)? {
    for check in found where check.verdict == .wrong && check.statedBytes.lowerBound >= from {
      if let computed = check.computed, let value = Rational(spelling: computed),
        proves(check.expression, computed)
      {
        return (check, value)
      }
    }
    return nil
  }

  private func proves(_ expression: String, _ computed: String) -> Bool {
    [#"\( \#(expression) = \#(computed) \)"#, "\(expression) = \(computed)"].contains { text in
      let found = checks(in: text)
      return found.count == 1 && found[0].verdict == .right
    }
  }
}
