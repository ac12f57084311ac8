// What follows a value in an expression (attributes, calls, filters, tests), and the names that statements give values to.

extension JinjaTokens {
  mutating func postfix(_ start: JinjaExpression) throws(ModelError) -> JinjaExpression {
    var value = start
    while true {
      let line = currentLine
      if take(".") {
        if next < tokens.count, case .int(let index) = tokens[next].kind {
          next += 1
          let key = JinjaExpression(kind: .literal(.int(index)), line: line, depth: 1)
          value = try make(.item(value, key), line, over: [value])
        } else {
          value = try make(.attribute(value, try name()), line, over: [value])
        }
      } else if take("[") {
        value = try subscripted(value, line)
      } else if take("(") {
        let arguments = try arguments()
        value = try make(.call(value, arguments), line, over: [value] + arguments.all)
      } else {
        return value
      }
    }
  }

  mutating func subscripted(_ value: JinjaExpression, _ line: Int) throws(ModelError)
    -> JinjaExpression
  {
    var parts: [JinjaExpression?] = [nil]
    var colons = 0
    while !take("]") {
      if take(":") {
        colons += 1
        guard colons <= 2 else { throw failure("a slice has at most two colons") }
        parts.append(nil)
      } else {
        guard parts[colons] == nil else { throw failure("expected ‘]’") }
        parts[colons] = try expression()
      }
    }
    let given = parts.compactMap { $0 }
    if colons == 0 {
      guard let key = given.first else { throw failure("an index is missing") }
      return try make(.item(value, key), line, over: [value, key])
    }
    let step = parts.count > 2 ? parts[2] : nil
    return try make(
      .slice(value, from: parts[0], to: parts[1], step: step), line, over: [value] + given)
  }

  /// Arguments after an opening bracket, which has been read.
  mutating func arguments() throws(ModelError) -> JinjaArguments {
    var out = JinjaArguments()
    while !take(")") {
      if !out.all.isEmpty {
        try expect(",")
        if take(")") { break }
      }
      if out.mapping != nil { throw failure("an argument follows ‘**’") }
      if take("**") {
        out.mapping = try expression()
      } else if take("*") {
        guard out.list == nil else { throw failure("a second ‘*’ among the arguments") }
        out.list = try expression()
      } else if next + 1 < tokens.count, case .name(let name) = tokens[next].kind,
        tokens[next + 1].kind == .symbol("=")
      {
        next += 2
        out.named.append((name, try expression()))
      } else {
        guard out.list == nil, out.named.isEmpty else {
          throw failure("an argument by position follows others")
        }
        out.positional.append(try expression())
      }
    }
    return out
  }

  /// `| name(…)`, as often as it comes.
  mutating func filters() throws(ModelError) -> [JinjaFilter] {
    var out: [JinjaFilter] = []
    while take("|") { out.append(try filter()) }
    return out
  }

  /// A filter's name and arguments.
  mutating func filter() throws(ModelError) -> JinjaFilter {
    let line = currentLine
    var name = try name()
    while take(".") { name += "." + (try self.name()) }
    return JinjaFilter(
      name: name, arguments: take("(") ? try arguments() : JinjaArguments(), line: line)
  }

  /// A name, a field, or several of these with commas between.
  mutating func target() throws(ModelError) -> JinjaTarget {
    let first = try singleTarget()
    guard peek(",") else { return first }
    var parts = [first]
    while take(",") {
      if isAtEnd || peek("=") || peekName("in") { break }
      parts.append(try singleTarget())
    }
    return .tuple(parts)
  }

  mutating func singleTarget() throws(ModelError) -> JinjaTarget {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Self.nestingLimit else { throw failure("names are nested too deeply") }
    if take("(") {
      let inner = try target()
      try expect(")")
      return inner
    }
    let name = try name()
    return take(".") ? .field(name, try self.name()) : .name(name)
  }

  /// `(a, b=1)`, whose opening bracket has been read.
  mutating func parameters() throws(ModelError) -> [(name: String, fallback: JinjaExpression?)] {
    var out: [(name: String, fallback: JinjaExpression?)] = []
    while !take(")") {
      if !out.isEmpty {
        try expect(",")
        if take(")") { break }
      }
      let name = try name()
      let fallback = take("=") ? try expression() : nil
      if fallback == nil, out.last?.fallback != nil {
        throw failure("the parameter ‘\(name)’ without a default follows one that has one")
      }
      out.append((name, fallback))
    }
    return out
  }

  /// Filters, tests and calls behind a value.
  mutating func filtered(_ start: JinjaExpression) throws(ModelError) -> JinjaExpression {
    var value = start
    while true {
      let line = currentLine
      if take("|") {
        let filter = try filter()
        value = try make(
          .filter(value, filter.name, filter.arguments), line,
          over: [value] + filter.arguments.all)
      } else if takeName("is") {
        let negated = takeName("not")
        let name = try name()
        var arguments = JinjaArguments()
        if take("(") {
          arguments = try self.arguments()
        } else if startsTestArgument {
          arguments.positional = [try postfix(try primary())]
        }
        value = try make(
          .test(value, name, arguments, negated: negated), line, over: [value] + arguments.all)
      } else if take("(") {
        let arguments = try arguments()
        value = try make(.call(value, arguments), line, over: [value] + arguments.all)
      } else {
        return value
      }
    }
  }

  /// Whether a test's argument follows without brackets, as in `x is divisibleby 3`.
  var startsTestArgument: Bool {
    guard next < tokens.count else { return false }
    switch tokens[next].kind {
    case .name(let name): return !["else", "or", "and", "is", "if", "in", "not"].contains(name)
    case .string, .int, .double: return true
    case .symbol(let symbol): return symbol == "[" || symbol == "{"
    }
  }
}

extension JinjaArguments {
  var all: [JinjaExpression] {
    positional + named.map(\.value) + [list, mapping].compactMap(\.self)
  }
}
