// The filter language: what matches, and how errors name column and expectation.

import Testing

@testable import LancetCore

private func summary(
  status: TraceStatus = .open, after: Verdict? = .right, ratio: Double? = 0.34,
  flagged: Bool = false
) -> TraceSummary {
  TraceSummary(
    id: TraceID(rawValue: 1), status: status, flagged: flagged, answerBefore: "1",
    gradeBefore: .wrong, answerAfter: nil, gradeAfter: after, hunks: 3, accepted: 0, rejected: 0,
    tweaked: 0, changeRatio: ratio, steps: 4, tokens: 120, oracle: "arithmetic",
    source: "6b_finetuning", question: "Janet’s ducks lay 16 eggs")
}

@Suite struct Rules {
  @Test(arguments: [
    ("", true), ("change_ratio <= 0.6 and answer = right", true), ("R > 34%", false),
    ("R <= 34%", true), ("status = open", true), ("status != open", false),
    ("grade = wrong and (answer = wrong or hunks >= 3)", true), ("not flagged", true),
    ("flagged = yes", false), ("question ~ \"DUCKS lay\"", true), ("source ~ 6b", true),
    ("oracle = arithmetic and not source ~ 175b", true), ("tokens<100 or steps=4", true),
    ("hunks = 3 and hunks != 3 or tokens = 120", true), ("question ~ \"\\\"\"", false),
    ("HUNKS >= 2 AND NOT (STATUS = new)", true),
  ])
  func `match as they read`(rule: String, expected: Bool) throws {
    #expect(try Rule(parsing: rule).matches(summary()) == expected)
  }

  @Test func `a trace without a correction has no answer and no ratio`() throws {
    let none = summary(after: nil, ratio: nil)
    #expect(try Rule(parsing: "answer = none").matches(none))
    #expect(try !Rule(parsing: "change_ratio <= 1").matches(none))
    #expect(try Rule(parsing: "not change_ratio <= 1").matches(none))
  }

  @Test(arguments: [
    ("hunks 3", 7, "expected an operator, found '3'"),
    ("hunks >", 8, "expected a number, found the end"),
    ("hunks > many", 9, "expected a number, found 'many'"),
    ("hunks ~ 3", 7, "'~' does not apply to hunks"),
    ("status < open", 8, "'<' does not apply to status"),
    ("hnks = 3", 1, "unknown field 'hnks'"),
    ("status = aproved", 10, "'aproved' is no value of status"),
    ("(hunks = 3", 11, "expected ')', found the end"),
    ("hunks = 3 tokens = 2", 11, "expected 'and', 'or' or the end, found 'tokens'"),
    ("source = \"x", 10, "the quote is not closed"), ("and", 1, "expected a field, found 'and'"),
    ("hunks ! 3", 7, "expected an operator, found '!'"),
  ])
  func `errors name the column and what was expected`(rule: String, column: Int, what: String) {
    let error = #expect(throws: RuleError.self) { try Rule(parsing: rule) }
    #expect(error?.column == column && error?.what == what)
  }

  @Test func `deep nesting is refused, not a crash`() {
    #expect(throws: RuleError.self) {
      try Rule(parsing: String(repeating: "(", count: 100_000) + "hunks = 1")
    }
    #expect(throws: RuleError.self) {
      try Rule(parsing: String(repeating: "not ", count: 100_000) + "flagged")
    }
  }
}
