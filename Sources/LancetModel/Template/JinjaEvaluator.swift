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
  private var depth = 0
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

  func lookup(_ name: String) -> JinjaValue {
    scope.find(name) ?? (Self.functions.contains(name) ? .function(name) : .undefined(name))
  }

  /// The value of an expression.
  mutating func value(_ expression: JinjaExpression) throws(ModelError) -> JinjaValue {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else {
      throw .templateRanTooLong(limit: "\(Self.depthLimit) expressions in each other")
    }
    try charge()
    return try computed(expression)
  }

  private mutating func computed(_ expression: JinjaExpression) throws(ModelError) -> JinjaValue {
    let line = expression.line
    switch expression.kind {
    case .literal(let literal): return JinjaValue(literal)
    case .name(let name): return lookup(name)
    case .list(let parts): return try list(try values(parts), line)
    case .tuple(let parts): return try list(try values(parts), isTuple: true, line)
    case .dictionary(let members):
      var out: [(key: String, value: JinjaValue)] = []
      for member in members {
        let key = try value(member.key)
        guard let text = key.keyText else { throw failure(line, "\(key.kind) is no key") }
        out.append((text, try value(member.value)))
      }
      return try dictionary(out, line)
    case .attribute(let base, let name): return try attribute(try value(base), name, line)
    case .item(let base, let key): return try item(try value(base), try value(key), line)
    case .slice(let base, let from, let to, let step):
      return try slice(
        try value(base), try bound(from, line), try bound(to, line), try bound(step, line), line)
    case .call(let callee, let arguments): return try call(callee, try evaluated(arguments), line)
    case .filter(let base, let name, let arguments):
      return try filter(name, try value(base), try evaluated(arguments), line)
    case .test(let base, let name, let arguments, let negated):
      let holds = try test(name, try value(base), try values(arguments.positional), line)
      return .bool(holds != negated)
    case .negate(let inner): return try negated(try value(inner), line)
    case .not(let inner): return .bool(!(try value(inner).isTrue))
    case .and(let left, let right):
      let value = try value(left)
      return value.isTrue ? try self.value(right) : value
    case .or(let left, let right):
      let value = try value(left)
      return value.isTrue ? value : try self.value(right)
    case .arithmetic(let operation, let left, let right):
      return try arithmetic(operation, try value(left), try value(right), line)
    case .compare(let first, let rest):
      var left = try value(first)
      for (operation, next) in rest {
        let right = try value(next)
        if !(try compare(operation, left, right, line)) { return .bool(false) }
        left = right
      }
      return .bool(true)
    case .conditional(let condition, let then, let otherwise):
      if try value(condition).isTrue { return try value(then) }
      guard let otherwise else { return .undefined("the value of an if without else") }
      return try value(otherwise)
    }
  }

  mutating func values(_ expressions: [JinjaExpression]) throws(ModelError) -> [JinjaValue] {
    var out: [JinjaValue] = []
    for expression in expressions { out.append(try value(expression)) }
    return out
  }

  /// Arguments as values.
  struct Arguments {
    var positional: [JinjaValue] = []
    var named: [String: JinjaValue] = [:]

    /// An argument by its name or its place.
    func value(_ name: String, at index: Int) -> JinjaValue? {
      named[name] ?? (index < positional.count ? positional[index] : nil)
    }
  }

  mutating func evaluated(_ arguments: JinjaArguments) throws(ModelError) -> Arguments {
    var out = Arguments(positional: try values(arguments.positional))
    for (name, expression) in arguments.named { out.named[name] = try value(expression) }
    return out
  }

  private mutating func bound(_ expression: JinjaExpression?, _ line: Int) throws(ModelError)
    -> Int?
  {
    guard let expression else { return nil }
    let value = try value(expression)
    if case .none = value { return nil }
    guard let whole = value.wholeNumber else {
      throw failure(line, "a slice needs whole numbers, not \(value.kind)")
    }
    return whole
  }

  private func negated(_ number: JinjaValue, _ line: Int) throws(ModelError) -> JinjaValue {
    if let whole = number.wholeNumber {
      let (value, overflow) = 0.subtractingReportingOverflow(whole)
      if overflow { throw failure(line, "a number is too large") }
      return .int(value)
    }
    guard let double = number.number else { throw failure(line, "cannot negate \(number.kind)") }
    return .double(-double)
  }
}

extension JinjaValue {
  /// A constant's value.
  init(_ literal: JinjaLiteral) {
    switch literal {
    case .none: self = .none
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .int(value)
    case .double(let value): self = .double(value)
    case .string(let text): self = .string(text)
    }
  }
}
