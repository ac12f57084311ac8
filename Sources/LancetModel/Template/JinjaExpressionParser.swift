// Expressions of a template, by Jinja's precedence: `if else`, `or`, `and`, `not`, comparisons, `+ -`, `~`, `* / // %`, `**`, signs,
// then attributes, calls, filters and tests.

/// The tokens of one tag, read from the left.
struct JinjaTokens {
  private let tokens: [JinjaToken]
  private var next = 0
  private let line: Int
  private var nesting = 0
  private static let nestingLimit = 32
  private static let depthLimit = 150

  init(_ tokens: [JinjaToken], line: Int) {
    self.tokens = tokens
    self.line = line
  }

  var isAtEnd: Bool { next == tokens.count }
  private var currentLine: Int { next < tokens.count ? tokens[next].line : line }

  func failure(_ reason: String) -> ModelError { .badTemplate(line: currentLine, reason: reason) }

  private func peek(_ symbol: String) -> Bool {
    next < tokens.count && tokens[next].kind == .symbol(symbol)
  }

  private func peekName(_ name: String) -> Bool {
    next < tokens.count && tokens[next].kind == .name(name)
  }

  /// Consumes a symbol if it is next.
  mutating func take(_ symbol: String) -> Bool {
    guard peek(symbol) else { return false }
    next += 1
    return true
  }

  /// Consumes a word if it is next.
  mutating func takeName(_ name: String) -> Bool {
    guard peekName(name) else { return false }
    next += 1
    return true
  }

  mutating func expect(_ symbol: String) throws(ModelError) {
    guard take(symbol) else { throw failure("expected ‘\(symbol)’") }
  }

  /// Consumes a name.
  mutating func name() throws(ModelError) -> String {
    guard next < tokens.count, case .name(let name) = tokens[next].kind else {
      throw failure("expected a name")
    }
    next += 1
    return name
  }

  func end() throws(ModelError) {
    guard isAtEnd else { throw failure("something follows that does not belong there") }
  }

  /// The end, or one name before it, as in `{% endmacro title %}`.
  mutating func endOrName() throws(ModelError) {
    if !isAtEnd { _ = try name() }
    try end()
  }

  private func make(
    _ kind: JinjaExpression.Kind, _ line: Int, over parts: [JinjaExpression]
  ) throws(ModelError) -> JinjaExpression {
    let depth = 1 + (parts.map(\.depth).max() ?? 0)
    guard depth <= Self.depthLimit else { throw failure("an expression is nested too deeply") }
    return JinjaExpression(kind: kind, line: line, depth: depth)
  }

  /// One expression, or several with commas between, which make a tuple.
  mutating func tuple(conditional: Bool = true) throws(ModelError) -> JinjaExpression {
    let line = currentLine
    let first = conditional ? try expression() : try disjunction()
    guard peek(",") else { return first }
    var parts = [first]
    while take(",") {
      if isAtEnd { break }
      parts.append(conditional ? try expression() : try disjunction())
    }
    return try make(.tuple(parts), line, over: parts)
  }

  /// One expression.
  mutating func expression() throws(ModelError) -> JinjaExpression {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Self.nestingLimit else {
      throw failure("an expression is nested too deeply")
    }
    let line = currentLine
    var value = try disjunction()
    while takeName("if") {
      let condition = try disjunction()
      let otherwise = takeName("else") ? try expression() : nil
      value = try make(
        .conditional(condition, then: value, otherwise: otherwise), line,
        over: [condition, value] + (otherwise.map { [$0] } ?? []))
    }
    return value
  }

  private mutating func disjunction() throws(ModelError) -> JinjaExpression {
    var left = try conjunction()
    while takeName("or") {
      let right = try conjunction()
      left = try make(.or(left, right), left.line, over: [left, right])
    }
    return left
  }

  private mutating func conjunction() throws(ModelError) -> JinjaExpression {
    var left = try negation()
    while takeName("and") {
      let right = try negation()
      left = try make(.and(left, right), left.line, over: [left, right])
    }
    return left
  }

  private mutating func negation() throws(ModelError) -> JinjaExpression {
    let line = currentLine
    var count = 0
    while takeName("not") { count += 1 }
    var value = try comparison()
    for _ in 0..<min(count, Self.depthLimit + 1) {
      value = try make(.not(value), line, over: [value])
    }
    return value
  }

  private mutating func comparison() throws(ModelError) -> JinjaExpression {
    let left = try sum()
    var rest: [(operation: String, right: JinjaExpression)] = []
    while true {
      var operation: String?
      for symbol in ["==", "!=", "<=", ">=", "<", ">"] where take(symbol) {
        operation = symbol
        break
      }
      if operation == nil {
        if takeName("in") {
          operation = "in"
        } else if peekName("not"), next + 1 < tokens.count, tokens[next + 1].kind == .name("in") {
          next += 2
          operation = "not in"
        }
      }
      guard let operation else { break }
      rest.append((operation, try sum()))
    }
    if rest.isEmpty { return left }
    return try make(.compare(left, rest), left.line, over: [left] + rest.map(\.right))
  }

  private mutating func sum() throws(ModelError) -> JinjaExpression {
    try chain(["+", "-"]) { (tokens: inout JinjaTokens) throws(ModelError) in
      try tokens.chain(["~"]) { (tokens: inout JinjaTokens) throws(ModelError) in
        try tokens.chain(["*", "//", "/", "%"]) { (tokens: inout JinjaTokens) throws(ModelError) in
          try tokens.chain(["**"]) { (tokens: inout JinjaTokens) throws(ModelError) in
            try tokens.unary(filters: true)
          }
        }
      }
    }
  }

  /// Operands joined from the left by operators of one rank.
  private mutating func chain(
    _ operators: [String],
    _ operand: (inout JinjaTokens) throws(ModelError) -> JinjaExpression
  ) throws(ModelError) -> JinjaExpression {
    var left = try operand(&self)
    while let found = operators.first(where: { peek($0) }) {
      next += 1
      let right = try operand(&self)
      left = try make(.arithmetic(found, left, right), left.line, over: [left, right])
    }
    return left
  }

  private mutating func unary(filters: Bool) throws(ModelError) -> JinjaExpression {
    let line = currentLine
    if peek("-") || peek("+") {
      let negative = peek("-")
      next += 1
      nesting += 1
      defer { nesting -= 1 }
      guard nesting <= Self.nestingLimit else {
        throw failure("an expression is nested too deeply")
      }
      let value = try unary(filters: false)
      let signed = negative ? try make(.negate(value), line, over: [value]) : value
      return filters ? try filtered(signed) : signed
    }
    let value = try postfix(try primary())
    return filters ? try filtered(value) : value
  }

  private mutating func primary() throws(ModelError) -> JinjaExpression {
    guard next < tokens.count else { throw failure("an expression is missing") }
    let token = tokens[next]
    next += 1
    func literal(_ value: JinjaLiteral) -> JinjaExpression {
      JinjaExpression(kind: .literal(value), line: token.line, depth: 1)
    }
    switch token.kind {
    case .name("true"), .name("True"): return literal(.bool(true))
    case .name("false"), .name("False"): return literal(.bool(false))
    case .name("none"), .name("None"): return literal(.none)
    case .name(let name):
      return JinjaExpression(kind: .name(name), line: token.line, depth: 1)
    case .int(let value): return literal(.int(value))
    case .double(let value): return literal(.double(value))
    case .string(var text):
      while next < tokens.count, case .string(let more) = tokens[next].kind {
        text += more
        next += 1
      }
      return literal(.string(text))
    case .symbol("("):
      if take(")") { return try make(.tuple([]), token.line, over: []) }
      let first = try expression()
      guard peek(",") else {
        try expect(")")
        return first
      }
      var parts = [first]
      while take(",") {
        if peek(")") { break }
        parts.append(try expression())
      }
      try expect(")")
      return try make(.tuple(parts), token.line, over: parts)
    case .symbol("["):
      var parts: [JinjaExpression] = []
      while !take("]") {
        if !parts.isEmpty {
          try expect(",")
          if take("]") { break }
        }
        parts.append(try expression())
      }
      return try make(.list(parts), token.line, over: parts)
    case .symbol("{"):
      var members: [(key: JinjaExpression, value: JinjaExpression)] = []
      while !take("}") {
        if !members.isEmpty {
          try expect(",")
          if take("}") { break }
        }
        let key = try expression()
        try expect(":")
        members.append((key, try expression()))
      }
      return try make(
        .dictionary(members), token.line, over: members.flatMap { [$0.key, $0.value] })
    case .symbol(let symbol):
      next -= 1
      throw failure("unexpected ‘\(symbol)’")
    }
  }

  private mutating func postfix(_ start: JinjaExpression) throws(ModelError) -> JinjaExpression {
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

  private mutating func subscripted(_ value: JinjaExpression, _ line: Int) throws(ModelError)
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
  private mutating func arguments() throws(ModelError) -> JinjaArguments {
    var out = JinjaArguments()
    while !take(")") {
      if !out.all.isEmpty {
        try expect(",")
        if take(")") { break }
      }
      if peek("*") || peek("**") {
        throw failure("arguments with ‘*’ are not available")
      } else if next + 1 < tokens.count, case .name(let name) = tokens[next].kind,
        tokens[next + 1].kind == .symbol("=")
      {
        next += 2
        out.named.append((name, try expression()))
      } else {
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

  private mutating func singleTarget() throws(ModelError) -> JinjaTarget {
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
  private mutating func filtered(_ start: JinjaExpression) throws(ModelError) -> JinjaExpression {
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
  private var startsTestArgument: Bool {
    guard next < tokens.count else { return false }
    switch tokens[next].kind {
    case .name(let name): return !["else", "or", "and", "is", "if", "in", "not"].contains(name)
    case .string, .int, .double: return true
    case .symbol(let symbol): return symbol == "[" || symbol == "{"
    }
  }
}

extension JinjaArguments {
  var all: [JinjaExpression] { positional + named.map(\.value) }
}
