// The filter language of `lancet decide --rule` and of the Queue: what a rule is, and when it matches a trace.
//
//   rule       = term { "or" term }
//   term       = factor { "and" factor }
//   factor     = "not" factor | "(" rule ")" | field operator value | "flagged"
//   operator   = "=" | "!=" | "<" | "<=" | ">" | ">=" | "~"        ("~" contains)
//   value      = a bare word or number | text in double quotes, with \" and \\

/// A field of a trace that a rule may ask for.
public enum RuleField: String, CaseIterable, Hashable, Sendable {
  case status, grade, answer
  case changeRatio = "change_ratio"
  case hunks, steps, tokens, oracle, source, flagged, question

  /// Whether its values are numbers.
  public var isNumber: Bool {
    switch self {
    case .changeRatio, .hunks, .steps, .tokens: true
    default: false
    }
  }

  /// The values it can have; nil when any text will do.
  public var values: [String]? {
    switch self {
    case .status: TraceStatus.allCases.map(\.rawValue)
    case .grade: Verdict.allCases.map(\.rawValue)
    case .answer: Verdict.allCases.map(\.rawValue) + ["none"]
    case .flagged: ["true", "false", "yes", "no"]
    default: nil
    }
  }

  /// The field people call by this name; `R` is short for `change_ratio`.
  public init?(name: String) {
    if name == "R" || name == "r" {
      self = .changeRatio
    } else {
      self.init(rawValue: name.lowercased())
    }
  }
}

/// How a rule compares.
public enum RuleOperator: String, CaseIterable, Hashable, Sendable {
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case contains = "~"
}

/// A rule: which traces it means.
public struct Rule: Hashable, Sendable {
  /// How deep parentheses and `not` may nest.
  static let depthLimit = 64

  /// A rule as a tree.
  indirect enum Node: Hashable, Sendable {
    case all([Node])
    case any([Node])
    case not(Node)
    case number(RuleField, RuleOperator, Double)
    case text(RuleField, RuleOperator, String)
  }

  let root: Node
  /// The rule as it was written.
  public let text: String

  /// Reads a rule.
  ///
  /// The empty rule matches every trace.
  public init(parsing text: String) throws(RuleError) {
    self.text = text
    var parser = try RuleParser(text)
    root = try parser.rule()
  }

  /// Whether the rule means this trace.
  ///
  /// `grade` is y⁻'s verdict, `answer` the correction's (`none` without one). A missing
  /// number satisfies only `!=`. Texts are compared without regard to case.
  public func matches(_ summary: TraceSummary) -> Bool { Self.matches(root, summary) }

  private static func matches(_ node: Node, _ summary: TraceSummary) -> Bool {
    switch node {
    case .all(let nodes): return nodes.allSatisfy { matches($0, summary) }
    case .any(let nodes): return nodes.contains { matches($0, summary) }
    case .not(let node): return !matches(node, summary)
    case .number(let field, let comparison, let value):
      guard let found = number(field, summary) else { return comparison == .notEqual }
      return switch comparison {
      case .equal: found == value
      case .notEqual: found != value
      case .less: found < value
      case .lessOrEqual: found <= value
      case .greater: found > value
      case .greaterOrEqual: found >= value
      case .contains: false
      }
    case .text(let field, let comparison, let value):
      let found = string(field, summary).lowercased()
      return switch comparison {
      case .equal: found == value
      case .notEqual: found != value
      case .contains: contains(Array(found.utf8), Array(value.utf8))
      default: false
      }
    }
  }

  private static func number(_ field: RuleField, _ summary: TraceSummary) -> Double? {
    switch field {
    case .changeRatio: summary.changeRatio
    case .hunks: Double(summary.hunks)
    case .steps: Double(summary.steps)
    case .tokens: Double(summary.tokens)
    default: nil
    }
  }

  private static func string(_ field: RuleField, _ summary: TraceSummary) -> String {
    switch field {
    case .status: summary.status.rawValue
    case .grade: summary.gradeBefore.rawValue
    case .answer: summary.gradeAfter?.rawValue ?? "none"
    case .oracle: summary.oracle ?? "none"
    case .source: summary.source
    case .flagged: summary.flagged ? "true" : "false"
    case .question: summary.question
    default: ""
    }
  }

  private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    guard let first = part.first else { return true }
    guard text.count >= part.count else { return false }
    for i in 0...text.count - part.count
    where text[i] == first && text[i..<i + part.count].elementsEqual(part) {
      return true
    }
    return false
  }
}
