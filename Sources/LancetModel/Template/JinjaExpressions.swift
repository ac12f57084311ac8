// What an expression of a template comes to.

import LancetCore

extension JinjaEvaluator {
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
      let holds = try test(name, try value(base), try evaluated(arguments).positional, line)
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
    if let list = arguments.list {
      let items = try items(of: try value(list), list.line)
      try charge(items.count)
      out.positional += items
    }
    if let mapping = arguments.mapping {
      guard case .dictionary(let given) = try value(mapping) else {
        throw failure(mapping.line, "what follows ‘**’ is no mapping")
      }
      for member in given.members {
        guard out.named[member.key] == nil else {
          throw failure(mapping.line, "the argument ‘\(member.key.prefix(60))’ is given twice")
        }
        out.named[member.key] = member.value
      }
    }
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
