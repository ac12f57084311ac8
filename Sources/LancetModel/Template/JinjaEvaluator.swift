// Runs a parsed template. Every step is counted and every text weighed, so that no template runs or grows without end.

import LancetCore

/// One rendering: its variables, its output, and how much it may still do.
struct JinjaEvaluator {
  /// Steps a rendering may take.
  static let stepBudget = 2_000_000
  /// Bytes of text a rendering may copy or search.
  static let byteBudget = 1 << 28
  /// The longest `range`, as in the sandbox that Transformers renders in.
  static let rangeLimit = 100_000

  private enum Flow {
    case onward, leaveLoop, nextTurn
  }

  private var scopes: [[String: JinjaValue]]
  var namespaces: [[String: JinjaValue]] = []
  private var output = ""
  private var stepsLeft = Self.stepBudget
  private var bytesLeft = Self.byteBudget
  let date: TemplateDate

  init(variables: [String: JinjaValue], date: TemplateDate) {
    scopes = [variables, [:]]
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

  private mutating func print(_ text: String) throws(ModelError) {
    try charge(bytes: text.utf8.count)
    output += text
  }

  private mutating func run(_ statements: [JinjaStatement]) throws(ModelError) -> Flow {
    for statement in statements {
      let flow = try run(statement)
      guard case .onward = flow else { return flow }
    }
    return .onward
  }

  private mutating func run(_ statement: JinjaStatement) throws(ModelError) -> Flow {
    try charge()
    switch statement.kind {
    case .text(let text): try print(text)
    case .print(let expression): try print(try value(expression).printed)
    case .branches(let branches):
      for branch in branches {
        if let condition = branch.condition, !(try value(condition).isTrue) { continue }
        return try run(branch.body)
      }
    case .loop(let targets, let over, let condition, let body, let otherwise):
      return try loop(statement.line, targets, over, condition, body, otherwise)
    case .set(let name, let field, let expression):
      let value = try value(expression)
      if let field {
        guard case .namespace(let number)? = lookup(name) else {
          throw failure(statement.line, "‘\(name)’ is no namespace, so its fields cannot be set")
        }
        namespaces[number][field] = value
      } else {
        scopes[scopes.count - 1][name] = value
      }
    case .setBlock(let name, let body):
      let outside = output
      output = ""
      let flow = try run(body)
      scopes[scopes.count - 1][name] = .string(output)
      output = outside
      return flow
    case .group(let body): return try run(body)
    case .leaveLoop: return .leaveLoop
    case .nextTurn: return .nextTurn
    case .unavailable(let name):
      throw failure(statement.line, "‘\(name)’ is not available here")
    }
    return .onward
  }

  private mutating func loop(
    _ line: Int, _ targets: [String], _ over: JinjaExpression, _ condition: JinjaExpression?,
    _ body: [JinjaStatement], _ otherwise: [JinjaStatement]
  ) throws(ModelError) -> Flow {
    var rows: [[String: JinjaValue]] = []
    var elements: [JinjaValue] = []
    for element in try items(of: try value(over), line) {
      try charge()
      var row: [String: JinjaValue] = [:]
      if targets.count == 1 {
        row[targets[0]] = element
      } else {
        guard case .list(let parts) = element, parts.count == targets.count else {
          throw failure(line, "cannot take \(element.kind) apart into \(targets.count) names")
        }
        for (target, part) in zip(targets, parts) { row[target] = part }
      }
      if let condition {
        scopes.append(row)
        let holds = try value(condition).isTrue
        scopes.removeLast()
        if !holds { continue }
      }
      rows.append(row)
      elements.append(element)
    }
    if rows.isEmpty { return try run(otherwise) }
    for (index, row) in rows.enumerated() {
      var scope = row
      scope["loop"] = .dictionary([
        ("index", .int(index + 1)), ("index0", .int(index)),
        ("revindex", .int(rows.count - index)), ("revindex0", .int(rows.count - index - 1)),
        ("first", .bool(index == 0)), ("last", .bool(index == rows.count - 1)),
        ("length", .int(rows.count)),
        ("previtem", index > 0 ? elements[index - 1] : .undefined("previtem")),
        ("nextitem", index + 1 < rows.count ? elements[index + 1] : .undefined("nextitem")),
      ])
      scopes.append(scope)
      let flow = try run(body)
      scopes.removeLast()
      if case .leaveLoop = flow { break }
    }
    return .onward
  }

  /// What a loop or a filter goes through.
  mutating func items(of value: JinjaValue, _ line: Int) throws(ModelError) -> [JinjaValue] {
    switch value {
    case .undefined: return []
    case .list(let elements): return elements
    case .dictionary(let members): return members.map { .string($0.key) }
    case .string(let text):
      try charge(text.utf8.count)
      return text.unicodeScalars.map { .string(String($0)) }
    default: throw failure(line, "cannot go through \(value.kind)")
    }
  }

  func lookup(_ name: String) -> JinjaValue? {
    for scope in scopes.reversed() {
      if let value = scope[name] { return value }
    }
    return nil
  }

  /// The value of an expression.
  mutating func value(_ expression: JinjaExpression) throws(ModelError) -> JinjaValue {
    try charge()
    let line = expression.line
    switch expression.kind {
    case .literal(let literal):
      switch literal {
      case .none: return .none
      case .bool(let value): return .bool(value)
      case .int(let value): return .int(value)
      case .double(let value): return .double(value)
      case .string(let text): return .string(text)
      }
    case .name(let name): return lookup(name) ?? .undefined(name)
    case .list(let parts): return .list(try values(parts))
    case .dictionary(let members):
      var out: [(key: String, value: JinjaValue)] = []
      for member in members {
        let key = try value(member.key).printed
        out.removeAll { $0.key.bytesEqual(key) }
        out.append((key, try value(member.value)))
      }
      return .dictionary(out)
    case .attribute(let base, let name): return try attribute(try value(base), name, line)
    case .item(let base, let key): return try item(try value(base), try value(key), line)
    case .slice(let base, let from, let to, let step):
      return try slice(
        try value(base), try bound(from, line), try bound(to, line), try bound(step, line), line)
    case .call(let callee, let arguments): return try call(callee, arguments, line)
    case .filter(let base, let name, let arguments):
      return try filter(name, try value(base), try evaluated(arguments), line)
    case .test(let base, let name, let arguments, let negated):
      let holds = try test(name, try value(base), try values(arguments.positional), line)
      return .bool(holds != negated)
    case .negate(let inner):
      let number = try value(inner)
      if let whole = number.wholeNumber { return .int(try whole.negated { failure(line, $0) }) }
      guard let double = number.number else { throw failure(line, "cannot negate \(number.kind)") }
      return .double(-double)
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
      return try otherwise.map { (other) throws(ModelError) in try value(other) }
        ?? .undefined("the value of an if without else")
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
}

extension Int {
  /// The number with the other sign, or the error for an overflow.
  fileprivate func negated(_ failure: (String) -> ModelError) throws(ModelError) -> Int {
    let (value, overflow) = 0.subtractingReportingOverflow(self)
    if overflow { throw failure("a number is too large") }
    return value
  }
}
