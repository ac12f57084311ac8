// What can be wrong with a rule, and the sentences for it.

/// A rule was refused.
public struct RuleError: LancetError, Hashable {
  /// What is wrong.
  public enum Kind: Hashable, Sendable {
    case expected(String, found: String)
    case unknownField(String)
    case unknownValue(String, field: String, allowed: [String])
    case wrongOperator(String, field: String)
    case unclosedQuote
    case tooDeep
  }

  /// What is wrong.
  public var kind: Kind
  /// The column of the rule it is wrong at, from 1, in characters.
  public var column: Int

  /// An error at a column.
  public init(kind: Kind, column: Int) {
    self.kind = kind
    self.column = column
  }

  /// What happened.
  public var what: String {
    switch kind {
    case .expected(let expected, let found): "expected \(expected), found \(found)"
    case .unknownField(let name): "unknown field '\(name)'"
    case .unknownValue(let value, let field, _): "'\(value)' is no value of \(field)"
    case .wrongOperator(let name, let field): "'\(name)' does not apply to \(field)"
    case .unclosedQuote: "the quote is not closed"
    case .tooDeep: "too many parentheses"
    }
  }

  /// The column of the rule.
  public var place: String { "column \(column) of the rule" }

  /// What to do.
  public var advice: String {
    switch kind {
    case .expected:
      "write for example  change_ratio <= 0.6 and answer = right"
    case .unknownField:
      "use one of " + RuleField.allCases.map(\.rawValue).joined(separator: ", ")
    case .unknownValue(_, _, let allowed): "use one of " + allowed.joined(separator: ", ")
    case .wrongOperator(_, let field):
      RuleField(rawValue: field)?.isNumber == true
        ? "use one of = != < <= > >=" : "use one of = != ~"
    case .unclosedQuote: "end the value with \""
    case .tooDeep: "nest at most \(Rule.depthLimit) of them"
    }
  }

  /// Wrong usage.
  public var exitCode: ExitCode { .usage }
}
