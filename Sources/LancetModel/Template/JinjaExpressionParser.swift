// Expressions of a template, by Jinja's precedence: `if else`, `or`, `and`, `not`, comparisons, `+ -`, `~`, `* / // %`, `**`, signs,
// then attributes, calls, filters and tests.

/// The tokens of one tag, read from the left.
struct JinjaTokens {
  let tokens: [JinjaToken]
  var next = 0
  let line: Int
  var nesting = 0
  static let nestingLimit = 32
  static let depthLimit = 150

  init(_ tokens: [JinjaToken], line: Int) {
    self.tokens = tokens
    self.line = line
  }

  var isAtEnd: Bool { next == tokens.count }
  var currentLine: Int { next < tokens.count ? tokens[next].line : line }

  func failure(_ reason: String) -> ModelError { .badTemplate(line: currentLine, reason: reason) }

  func peek(_ symbol: String) -> Bool {
    next < tokens.count && tokens[next].kind == .symbol(symbol)
  }

  func peekName(_ name: String) -> Bool {
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

  func make(
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

  mutating func disjunction() throws(ModelError) -> JinjaExpression {
    var left = try conjunction()
    while takeName("or") {
      let right = try conjunction()
      left = try make(.or(left, right), left.line, over: [left, right])
    }
    return left
  }

  mutating func conjunction() throws(ModelError) -> JinjaExpression {
    var left = try negation()
    while takeName("and") {
      let right = try negation()
      left = try make(.and(left, right), left.line, over: [left, right])
    }
    return left
  }

  mutating func negation() throws(ModelError) -> JinjaExpression {
    let line = currentLine
    var count = 0
    while takeName("not") { count += 1 }
    var value = try comparison()
    for _ in 0..<min(count, Self.depthLimit + 1) {
      value = try make(.not(value), line, over: [value])
    }
    return value
  }

  mutating func comparison() throws(ModelError) -> JinjaExpression {
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

  mutating func sum() throws(ModelError) -> JinjaExpression {
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
  mutating func chain(
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

  mutating func unary(filters: Bool) throws(ModelError) -> JinjaExpression {
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

  mutating func primary() throws(ModelError) -> JinjaExpression {
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
}
