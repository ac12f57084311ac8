// What a parsed template is made of: statements that print, and expressions that compute.

/// An expression with the line it stands on.
struct JinjaExpression: Sendable {
  let kind: Kind
  let line: Int
  /// How many expressions are nested in it at most; bounded by the parser, so that evaluating cannot exhaust the stack.
  let depth: Int

  indirect enum Kind: Sendable {
    case literal(JinjaLiteral)
    case name(String)
    case list([JinjaExpression])
    case tuple([JinjaExpression])
    case dictionary([(key: JinjaExpression, value: JinjaExpression)])
    case attribute(JinjaExpression, String)
    case item(JinjaExpression, JinjaExpression)
    case slice(
      JinjaExpression, from: JinjaExpression?, to: JinjaExpression?, step: JinjaExpression?)
    case call(JinjaExpression, JinjaArguments)
    case filter(JinjaExpression, String, JinjaArguments)
    case test(JinjaExpression, String, JinjaArguments, negated: Bool)
    case negate(JinjaExpression)
    case not(JinjaExpression)
    case and(JinjaExpression, JinjaExpression)
    case or(JinjaExpression, JinjaExpression)
    case arithmetic(String, JinjaExpression, JinjaExpression)
    /// `a < b in c`: every comparison must hold.
    case compare(JinjaExpression, [(operation: String, right: JinjaExpression)])
    case conditional(JinjaExpression, then: JinjaExpression, otherwise: JinjaExpression?)
  }
}

/// Arguments by position and by name.
struct JinjaArguments: Sendable {
  var positional: [JinjaExpression] = []
  var named: [(name: String, value: JinjaExpression)] = []
  /// `*list`: further arguments by position.
  var list: JinjaExpression?
  /// `**mapping`: further arguments by name.
  var mapping: JinjaExpression?
}

/// A constant in the template's text.
enum JinjaLiteral: Sendable {
  case none
  case bool(Bool)
  case int(Int)
  case double(Double)
  case string(String)
}

/// A statement with the line it stands on.
struct JinjaStatement: Sendable {
  let kind: Kind
  let line: Int

  indirect enum Kind: Sendable {
    case text(String)
    case print(JinjaExpression)
    /// The branches in order; the last may have no condition.
    case branches([(condition: JinjaExpression?, body: [JinjaStatement])])
    case loop(JinjaLoop)
    case set(JinjaTarget, JinjaExpression)
    /// `{% set name %}…{% endset %}`, with the filters its text goes through.
    case setBlock(JinjaTarget, filters: [JinjaFilter], body: [JinjaStatement])
    /// Statements that print as if the block around them were not there.
    case group([JinjaStatement])
    /// Statements with variables of their own.
    case scope([(target: JinjaTarget, value: JinjaExpression)], body: [JinjaStatement])
    /// A `{% block %}`, which sees the template's variables and not those of the loops around it.
    case block([JinjaStatement])
    case macro(JinjaMacro)
    /// `{% call … %}`: calls with the body as `caller`.
    case callBlock(JinjaMacro, call: JinjaExpression)
    case filterBlock([JinjaFilter], body: [JinjaStatement])
    case leaveLoop
    case nextTurn
    /// A statement that is read but cannot be run (imports and includes); the message says which.
    case unavailable(String)
  }
}

/// What a value is given to: a name, a field of a namespace, or several of these.
indirect enum JinjaTarget: Sendable {
  case name(String)
  case field(String, String)
  case tuple([JinjaTarget])
}

/// A filter and its arguments.
struct JinjaFilter: Sendable {
  var name: String
  var arguments: JinjaArguments
  var line: Int
}

/// A `for`.
struct JinjaLoop: Sendable {
  var target: JinjaTarget
  var over: JinjaExpression
  var condition: JinjaExpression?
  var isRecursive: Bool
  var body: [JinjaStatement]
  var otherwise: [JinjaStatement]
}

/// A macro, or the body of a call block.
struct JinjaMacro: Sendable {
  var name: String
  var parameters: [(name: String, fallback: JinjaExpression?)]
  var body: [JinjaStatement]
  /// Which of the special names `varargs`, `kwargs` and `caller` the body speaks of.
  var special: Set<String>
}
