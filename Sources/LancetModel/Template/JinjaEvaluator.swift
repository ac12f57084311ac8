// Runs a parsed template. Every step is counted and every text weighed, so that no template runs or grows without end.

import LancetCore

/// The variables of one block, and the block around it.
final class JinjaScope {
  var values: [String: JinjaValue]
  let outer: JinjaScope?

  init(_ values: [String: JinjaValue] = [:], in outer: JinjaScope?) {
    self.values = values
    self.outer = outer
  }

  func find(_ name: String) -> JinjaValue? {
    var scope: JinjaScope? = self
    while let one = scope {
      if let value = one.values[name] { return value }
      scope = one.outer
    }
    return nil
  }
}

/// One rendering: its variables, its output, and how much it may still do.
struct JinjaEvaluator {
  /// Steps a rendering may take.
  static let stepBudget = 2_000_000
  /// Bytes of text a rendering may copy or search.
  static let byteBudget = 1 << 28
  /// The longest `range`, as in the sandbox that Transformers renders in.
  static let rangeLimit = 100_000
  /// Lists and mappings one in another; deeper ones would exhaust the stack when they are freed.
  static let valueDepthLimit = 600
  /// Statements, expressions and macros one in another.
  static let depthLimit = 1000

  enum Flow {
    case onward, leaveLoop, nextTurn
  }

  /// The functions that every template may call.
  static let functions: Set<String> = [
    "raise_exception", "strftime_now", "namespace", "dict", "range",
  ]

  var scope: JinjaScope
  private let templateScope: JinjaScope
  var namespaces: [[String: JinjaValue]] = []
  var macros: [MacroValue] = []
  var loops: [LoopState] = []
  private var output = ""
  private var stepsLeft = Self.stepBudget
  private var bytesLeft = Self.byteBudget
  /// How many statements and expressions lie around the one that runs.
  var depth = 0
  let date: TemplateDate

  init(variables: [String: JinjaValue], date: TemplateDate) {
    templateScope = JinjaScope(in: JinjaScope(variables, in: nil))
    scope = templateScope
    self.date = date
  }

  /// The text of a whole template.
  mutating func render(_ statements: [JinjaStatement]) throws(ModelError) -> String {
    _ = try run(statements)
    return output
  }

  /// Pays for work.
  mutating func charge(_ steps: Int = 1) throws(ModelError) {
    stepsLeft -= steps
    if stepsLeft < 0 { throw .templateRanTooLong(limit: "\(Self.stepBudget) steps") }
  }

  /// Pays for a text of this many bytes.
  mutating func charge(bytes: Int) throws(ModelError) {
    try charge()
    bytesLeft -= min(bytes, Self.byteBudget + 1)
    if bytesLeft < 0 { throw .templateRanTooLong(limit: "\(Self.byteBudget) bytes") }
  }

  func failure(_ line: Int, _ reason: String) -> ModelError {
    .templateFailed(line: line, reason: reason)
  }

  /// A list of these elements.
  mutating func list(_ elements: [JinjaValue], isTuple: Bool = false, _ line: Int)
    throws(ModelError) -> JinjaValue
  {
    try charge(bytes: elements.count * MemoryLayout<JinjaValue>.stride)
    let sequence = JinjaSequence(elements, isTuple: isTuple)
    guard sequence.depth <= Self.valueDepthLimit else {
      throw .templateRanTooLong(limit: "\(Self.valueDepthLimit) lists in each other")
    }
    return .list(sequence)
  }

  /// A mapping of these members.
  mutating func dictionary(_ members: [(key: String, value: JinjaValue)], _ line: Int)
    throws(ModelError) -> JinjaValue
  {
    try charge(bytes: members.count * 2 * MemoryLayout<JinjaValue>.stride)
    let mapping = JinjaMapping(members)
    guard mapping.depth <= Self.valueDepthLimit else {
      throw .templateRanTooLong(limit: "\(Self.valueDepthLimit) mappings in each other")
    }
    return .dictionary(mapping)
  }

  private mutating func print(_ text: String) throws(ModelError) {
    try charge(bytes: text.utf8.count)
    output += text
  }

  /// What statements print, and how they ended, apart from the output so far.
  mutating func captured(_ statements: [JinjaStatement]) throws(ModelError) -> (String, Flow) {
    let outside = output
    output = ""
    let flow = try run(statements)
    let inside = output
    output = outside
    return (inside, flow)
  }

  /// What a turn of a loop prints, apart from the output so far.
  mutating func captured(_ body: (inout JinjaEvaluator) throws(ModelError) -> Flow)
    throws(ModelError) -> String
  {
    let outside = output
    output = ""
    _ = try body(&self)
    let inside = output
    output = outside
    return inside
  }

  mutating func run(_ statements: [JinjaStatement]) throws(ModelError) -> Flow {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else {
      throw .templateRanTooLong(limit: "\(Self.depthLimit) blocks in each other")
    }
    for statement in statements {
      let flow = try run(statement)
      guard case .onward = flow else { return flow }
    }
    return .onward
  }

  /// Runs statements in a scope of their own.
  mutating func run(_ statements: [JinjaStatement], in inner: JinjaScope) throws(ModelError)
    -> Flow
  {
    let outside = scope
    scope = inner
    defer { scope = outside }
    return try run(statements)
  }

  private mutating func run(_ statement: JinjaStatement) throws(ModelError) -> Flow {
    try charge()
    let line = statement.line
    switch statement.kind {
    case .text(let text): try print(text)
    case .print(let expression): try print(try printed(try value(expression)))
    case .branches(let branches):
      for branch in branches {
        if let condition = branch.condition, !(try value(condition).isTrue) { continue }
        return try run(branch.body)
      }
    case .loop(let loop): return try run(loop, over: try value(loop.over), depth: 0, line)
    case .set(let target, let expression): try assign(try value(expression), to: target, line)
    case .setBlock(let target, let filters, let body):
      let (text, flow) = try captured(body)
      try assign(try filtered(text, filters), to: target, line)
      return flow
    case .group(let body): return try run(body)
    case .scope(let variables, let body):
      let inner = JinjaScope(in: scope)
      for (target, expression) in variables {
        guard case .name(let name) = target else { continue }
        inner.values[name] = try value(expression)
      }
      return try run(body, in: inner)
    case .block(let body): return try run(body, in: JinjaScope(in: templateScope))
    case .macro(let macro):
      scope.values[macro.name] = define(macro)
    case .callBlock(let macro, let call):
      guard case .call(let callee, let arguments) = call.kind else { return .onward }
      var given = try evaluated(arguments)
      given.named["caller"] = define(macro)
      try print(try printed(try self.call(callee, given, call.line)))
    case .filterBlock(let filters, let body):
      let (text, flow) = try captured(body)
      try print(try printed(try filtered(text, filters)))
      return flow
    case .leaveLoop: return .leaveLoop
    case .nextTurn: return .nextTurn
    case .unavailable(let name):
      throw failure(line, "‘\(name)’ needs other files, and a chat template has none")
    }
    return .onward
  }

  private mutating func filtered(_ text: String, _ filters: [JinjaFilter]) throws(ModelError)
    -> JinjaValue
  {
    var value = JinjaValue.string(text)
    for filter in filters {
      value = try self.filter(filter.name, value, try evaluated(filter.arguments), filter.line)
    }
    return value
  }

  /// Gives a value to a name, a field or several of them.
  private mutating func assign(_ value: JinjaValue, to target: JinjaTarget, _ line: Int)
    throws(ModelError)
  {
    if case .field(let name, let field) = target {
      guard case .namespace(let number)? = scope.find(name) else {
        throw failure(line, "‘\(name)’ is no namespace, so its fields cannot be set")
      }
      namespaces[number][field] = value
      return
    }
    try bind(value, to: target, in: scope, line)
  }

  /// Gives a value to the names of a scope.
  mutating func bind(
    _ value: JinjaValue, to target: JinjaTarget, in scope: JinjaScope, _ line: Int
  ) throws(ModelError) {
    switch target {
    case .name(let name): scope.values[name] = value
    case .field: try assign(value, to: target, line)
    case .tuple(let targets):
      let parts = try items(of: value, line)
      guard parts.count == targets.count else {
        throw failure(
          line, "cannot take \(value.kind) of \(parts.count) apart into \(targets.count) names")
      }
      for (inner, part) in zip(targets, parts) { try bind(part, to: inner, in: scope, line) }
    }
  }

  /// What a loop or a filter goes through.
  mutating func items(of value: JinjaValue, _ line: Int) throws(ModelError) -> [JinjaValue] {
    switch value {
    case .undefined: return []
    case .list(let sequence): return sequence.elements
    case .dictionary(let mapping): return mapping.members.map { JinjaValue(key: $0.key) }
    case .string(let text), .markup(let text):
      // Each character becomes a value of its own.
      try charge(bytes: text.utf8.count * MemoryLayout<JinjaValue>.stride)
      return text.unicodeScalars.map { .string(String($0)) }
    default: throw failure(line, "cannot go through \(value.kind)")
    }
  }
}
