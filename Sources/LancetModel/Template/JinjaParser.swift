// Statements of a template. Everything Jinja has can be read; what needs other files (imports, includes) fails only when it is
// reached, as it does in Transformers.

/// Reads pieces into statements.
struct JinjaParser {
  private let pieces: [JinjaPiece]
  private var next = 0
  private var depth = 0
  private static let depthLimit = 50

  private init(_ pieces: [JinjaPiece]) { self.pieces = pieces }

  /// The statements of a template.
  static func statements(of source: String) throws(ModelError) -> [JinjaStatement] {
    var parser = JinjaParser(try JinjaLexer.pieces(of: source))
    let (body, end) = try parser.body(until: [])
    if let end {
      throw .badTemplate(line: end.line, reason: "‘\(end.name)’ without a beginning")
    }
    return body
  }

  /// The tag that ended a body, with the rest of its tokens.
  private struct EndTag {
    var name: String
    var tokens: JinjaTokens
    var line: Int
  }

  /// Statements up to one of the tags, or up to the end.
  private mutating func body(until ends: Set<String>) throws(ModelError)
    -> ([JinjaStatement], EndTag?)
  {
    depth += 1
    defer { depth -= 1 }
    var out: [JinjaStatement] = []
    while next < pieces.count {
      let piece = pieces[next]
      next += 1
      switch piece {
      case .text(let text, let line): out.append(JinjaStatement(kind: .text(text), line: line))
      case .output(let tokens, let line):
        var reader = JinjaTokens(tokens, line: line)
        let value = try reader.tuple()
        try reader.end()
        out.append(JinjaStatement(kind: .print(value), line: line))
      case .block(let tokens, let line):
        var reader = JinjaTokens(tokens, line: line)
        let name = try reader.name()
        if ends.contains(name) || name == "else" || name == "elif" || name.hasPrefix("end") {
          guard ends.contains(name) else {
            throw .badTemplate(line: line, reason: "‘\(name)’ stands where it cannot")
          }
          return (out, EndTag(name: name, tokens: reader, line: line))
        }
        guard depth < Self.depthLimit else {
          throw .badTemplate(line: line, reason: "blocks are nested too deeply")
        }
        out.append(JinjaStatement(kind: try statement(name, &reader, line), line: line))
      }
    }
    if !ends.isEmpty {
      throw .badTemplate(
        line: pieces.last?.line ?? 1,
        reason: "\(ends.sorted().joined(separator: " or ")) is missing")
    }
    return (out, nil)
  }

  /// Statements up to the one tag that may end them, which must hold nothing else.
  private mutating func block(until end: String) throws(ModelError) -> [JinjaStatement] {
    let (body, tag) = try body(until: [end])
    var tokens = tag?.tokens
    try tokens?.endOrName()
    return body
  }

  private mutating func statement(_ name: String, _ tokens: inout JinjaTokens, _ line: Int)
    throws(ModelError) -> JinjaStatement.Kind
  {
    switch name {
    case "if": return try conditional(&tokens)
    case "for": return try loop(&tokens)
    case "set": return try assignment(&tokens)
    case "break", "continue":
      try tokens.end()
      return name == "break" ? .leaveLoop : .nextTurn
    case "generation", "autoescape":
      // Only what Transformers does anyway is read: nothing is escaped.
      if name == "autoescape", try tokens.name() != "false" {
        throw tokens.failure("autoescape is not read")
      }
      try tokens.end()
      return .group(try block(until: "end" + name))
    case "block":
      _ = try tokens.name()
      return .block(try block(until: "endblock"))
    case "with": return try with(&tokens)
    case "macro":
      let name = try tokens.name()
      try tokens.expect("(")
      let parameters = try tokens.parameters()
      try tokens.end()
      return .macro(try macro(name, parameters, until: "endmacro"))
    case "call":
      let parameters = tokens.take("(") ? try tokens.parameters() : []
      let call = try tokens.expression()
      guard case .call = call.kind else { throw tokens.failure("expected a call") }
      try tokens.end()
      return .callBlock(try macro("caller", parameters, until: "endcall"), call: call)
    case "filter":
      let filters = [try tokens.filter()] + (try tokens.filters())
      try tokens.end()
      return .filterBlock(filters, body: try block(until: "endfilter"))
    case "include", "import", "from", "extends":
      return .unavailable(name)
    default: throw .badTemplate(line: line, reason: "the unknown tag ‘\(name)’")
    }
  }

  private mutating func conditional(_ tokens: inout JinjaTokens) throws(ModelError)
    -> JinjaStatement.Kind
  {
    var branches: [(condition: JinjaExpression?, body: [JinjaStatement])] = []
    var condition: JinjaExpression? = try tokens.tuple()
    try tokens.end()
    var ends: Set<String> = ["elif", "else", "endif"]
    while true {
      let (body, end) = try body(until: ends)
      branches.append((condition, body))
      guard var end else { return .branches(branches) }
      switch end.name {
      case "elif":
        condition = try end.tokens.tuple()
      case "else":
        condition = nil
        ends = ["endif"]
      default:
        try end.tokens.end()
        return .branches(branches)
      }
      try end.tokens.end()
    }
  }

  private mutating func loop(_ tokens: inout JinjaTokens) throws(ModelError)
    -> JinjaStatement.Kind
  {
    let target = try tokens.target()
    guard tokens.takeName("in") else { throw tokens.failure("expected ‘in’") }
    let over = try tokens.tuple(conditional: false)
    let condition = tokens.takeName("if") ? try tokens.expression() : nil
    let isRecursive = tokens.takeName("recursive")
    try tokens.end()
    let (inner, end) = try body(until: ["else", "endfor"])
    var otherwise: [JinjaStatement] = []
    if end?.name == "else" { otherwise = try block(until: "endfor") }
    return .loop(
      JinjaLoop(
        target: target, over: over, condition: condition, isRecursive: isRecursive, body: inner,
        otherwise: otherwise))
  }

  private mutating func assignment(_ tokens: inout JinjaTokens) throws(ModelError)
    -> JinjaStatement.Kind
  {
    let target = try tokens.target()
    if tokens.take("=") {
      let value = try tokens.tuple()
      try tokens.end()
      return .set(target, value)
    }
    let filters = try tokens.filters()
    guard tokens.isAtEnd else { throw tokens.failure("expected ‘=’") }
    return .setBlock(target, filters: filters, body: try block(until: "endset"))
  }

  private mutating func with(_ tokens: inout JinjaTokens) throws(ModelError)
    -> JinjaStatement.Kind
  {
    var variables: [(target: JinjaTarget, value: JinjaExpression)] = []
    while !tokens.isAtEnd {
      if !variables.isEmpty { try tokens.expect(",") }
      let name = try tokens.name()
      try tokens.expect("=")
      variables.append((.name(name), try tokens.expression()))
    }
    return .scope(variables, body: try block(until: "endwith"))
  }

  private mutating func macro(
    _ name: String, _ parameters: [(name: String, fallback: JinjaExpression?)], until end: String
  ) throws(ModelError) -> JinjaMacro {
    let start = next
    let body = try block(until: end)
    var special: Set<String> = []
    for piece in pieces[start..<next] {
      for token in piece.tokens {
        if case .name(let word) = token.kind, ["varargs", "kwargs", "caller"].contains(word) {
          special.insert(word)
        }
      }
    }
    return JinjaMacro(name: name, parameters: parameters, body: body, special: special)
  }
}

extension JinjaPiece {
  fileprivate var tokens: [JinjaToken] {
    switch self {
    case .text: []
    case .output(let tokens, _), .block(let tokens, _): tokens
    }
  }

  fileprivate var line: Int {
    switch self {
    case .text(_, let line), .output(_, let line), .block(_, let line): line
    }
  }
}
