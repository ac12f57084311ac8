// The embedded Oracle: it mends wrong results of plain arithmetic and carries the new values on. It reads numbers
// only, so nothing that a trace says can command it.

import LancetCore

/// Corrects the arithmetic of a trace and nothing else.
///
/// The first wrong result is replaced by the computed one in the style it was written in; later places that used the
/// old value (operands, calculator marks, repeats in prose, the final answer) get the new one; then the text is checked
/// again, until no wrong result is left that can be mended. A value that also is one of the question's, or that another
/// step found independently, is not carried, since its later places have two readings.
public struct ArithmeticOracle: Sendable {
  /// The name its proposals are stored under.
  public static let name = "arithmetic"

  /// How many bytes may be read again and again in all, so that a hostile trace ends in time.
  private static let readingBudget = 20_000_000

  /// An Oracle; it has no settings.
  public init() {}

  /// A correction of the trace; nil when there is nothing it could improve: the trace is right already, no check is
  /// wrong, or mending leaves as many wrong checks as there were.
  public func propose(problem: Problem, trace: Trace) -> OracleProposal? {
    if let known = problem.answer, grade(gold: known, answer: trace.text).verdict == .right {
      return nil
    }
    let wrongBefore = checks(in: trace.text).count { $0.verdict == .wrong }
    guard wrongBefore > 0 else { return nil }
    let given = Set(numberMentions(in: problem.question).map(\.value))
      .union(spelledNumbers(problem.question))
    var editable = EditableTrace(trace.text)
    var text = trace.text
    var from = 0
    var budget = Self.readingBudget
    while budget > 0 {
      budget -= text.utf8.count + 1
      let found = checks(in: text)
      guard let (check, value) = firstMendable(found, from: from) else { break }
      let mend = Mend(text: text, checks: found, check: check, value: value, given: given)
      guard let changes = mend.changes() else {
        from = check.statedBytes.lowerBound + 1
        continue
      }
      editable.replace(changes)
      let next = editable.text
      guard !next.bytesEqual(text) else {
        from = check.statedBytes.lowerBound + 1
        continue
      }
      text = next
      from = max(from, check.bytes.lowerBound)
    }
    editable.tidy()
    guard !editable.edits.isEmpty else { return nil }
    text = editable.text
    guard checks(in: text).count(where: { $0.verdict == .wrong }) < wrongBefore else { return nil }
    guard let known = problem.answer else {
      return OracleProposal(
        text: text, note: "the answer is not known", reachedAnswer: false, edits: editable.edits)
    }
    let after = grade(gold: known, answer: text)
    let reached = after.verdict == .right
    let note =
      reached
      ? nil
      : "does not reach the known answer: \(after.answer ?? "no answer") instead of "
        + "\(after.gold ?? "an answer that cannot be read")"
    return OracleProposal(text: text, note: note, reachedAnswer: reached, edits: editable.edits)
  }

  /// The first wrong check at or behind a byte whose value can be written down.
  private func firstMendable(_ found: [Check], from: Int) -> (Check, Rational)? {
    for check in found where check.verdict == .wrong && check.statedBytes.lowerBound >= from {
      if let computed = check.computed, let value = Rational(spelling: computed) {
        return (check, value)
      }
    }
    return nil
  }

  /// The values of number words, since questions say "three" where traces say 3.
  private func spelledNumbers(_ text: String) -> Set<Rational> {
    let words = [
      "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
      "twelve",
    ]
    var out: Set<Rational> = []
    for part in text.utf8.split(whereSeparator: { !($0 | 32 >= 97 && $0 | 32 <= 122) }) {
      let word = String(decoding: part.map { $0 | 32 }, as: UTF8.self)
      if let at = words.firstIndex(of: word) { out.insert(Rational(at + 1)) }
      if word == "twice" || word == "double" || word == "half" { out.insert(Rational(2)) }
      if word == "dozen" { out.insert(Rational(12)) }
    }
    return out
  }
}
