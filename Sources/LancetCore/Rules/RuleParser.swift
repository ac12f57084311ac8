// Reading a rule: words first, then a descent through the grammar that stands in Rule.swift.

/// The words of a rule, and how far reading got.
struct RuleParser {
  /// A word of a rule.
  enum Token: Hashable {
    case word(String)
    case quoted(String)
    case comparison(RuleOperator)
    case open, close, end

    /// The word as an error names it.
    var name: String {
      switch self {
      case .word(let text): "'\(text)'"
      case .quoted(let text): "\"\(text)\""
      case .comparison(let comparison): "'\(comparison.rawValue)'"
      case .open: "'('"
      case .close: "')'"
      case .end: "the end"
      }
    }

    /// Whether this is the given bare word, in any case.
    func isWord(_ word: String) -> Bool {
      if case .word(let text) = self { text.lowercased() == word } else { false }
    }
  }

  private var tokens: [(token: Token, column: Int)] = []
  private var at = 0

  init(_ text: String) throws(RuleError) {
    let characters = Array(text)
    var i = 0
    while i < characters.count {
      let character = characters[i]
      let column = i + 1
      if character.isWhitespace {
        i += 1
        continue
      }
      switch character {
      case "(":
        tokens.append((.open, column))
        i += 1
      case ")":
        tokens.append((.close, column))
        i += 1
      case "\"":
        var value = ""
        i += 1
        while i < characters.count, characters[i] != "\"" {
          if characters[i] == "\\", i + 1 < characters.count { i += 1 }
          value.append(characters[i])
          i += 1
        }
        guard i < characters.count else {
          throw RuleError(kind: .unclosedQuote, column: column)
        }
        i += 1
        tokens.append((.quoted(value), column))
      case "=", "!", "<", ">", "~", "≤", "≥", "≠":
        let two = i + 1 < characters.count ? String([character, characters[i + 1]]) : ""
        if let comparison = Self.comparison(two) {
          tokens.append((.comparison(comparison), column))
          i += 2
        } else if let comparison = Self.comparison(String(character)) {
          tokens.append((.comparison(comparison), column))
          i += 1
        } else {
          throw RuleError(kind: .expected("an operator", found: "'\(character)'"), column: column)
        }
      default:
        var value = ""
        while i < characters.count, !characters[i].isWhitespace,
          !"()\"=!<>~≤≥≠".contains(characters[i])
        {
          value.append(characters[i])
          i += 1
        }
        tokens.append((.word(value), column))
      }
    }
    tokens.append((.end, characters.count + 1))
  }

  private static func comparison(_ text: String) -> RuleOperator? {
    switch text {
    case "==": .equal
    case "≤": .lessOrEqual
    case "≥": .greaterOrEqual
    case "≠": .notEqual
    default: RuleOperator(rawValue: text)
    }
  }

  private var next: Token { tokens[min(at, tokens.count - 1)].token }
  private var column: Int { tokens[min(at, tokens.count - 1)].column }

  private func expected(_ what: String) -> RuleError {
    RuleError(kind: .expected(what, found: next.name), column: column)
  }

  /// A whole rule.
  mutating func rule() throws(RuleError) -> Rule.Node {
    if next == .end { return .all([]) }
    let node = try alternatives(depth: 0)
    guard next == .end else { throw expected("'and', 'or' or the end") }
    return node
  }

  private mutating func alternatives(depth: Int) throws(RuleError) -> Rule.Node {
    var nodes = [try conjunction(depth: depth)]
    while next.isWord("or") {
      at += 1
      nodes.append(try conjunction(depth: depth))
    }
    return nodes.count == 1 ? nodes[0] : .any(nodes)
  }

  private mutating func conjunction(depth: Int) throws(RuleError) -> Rule.Node {
    var nodes = [try factor(depth: depth)]
    while next.isWord("and") {
      at += 1
      nodes.append(try factor(depth: depth))
    }
    return nodes.count == 1 ? nodes[0] : .all(nodes)
  }

  private mutating func factor(depth: Int) throws(RuleError) -> Rule.Node {
    guard depth < Rule.depthLimit else { throw RuleError(kind: .tooDeep, column: column) }
    if next.isWord("not") {
      at += 1
      return .not(try factor(depth: depth + 1))
    }
    if next == .open {
      at += 1
      let node = try alternatives(depth: depth + 1)
      guard next == .close else { throw expected("')'") }
      at += 1
      return node
    }
    return try comparison()
  }

  private mutating func comparison() throws(RuleError) -> Rule.Node {
    guard case .word(let name) = next, !next.isWord("and"), !next.isWord("or") else {
      throw expected("a field")
    }
    guard let field = RuleField(name: name) else {
      throw RuleError(kind: .unknownField(name), column: column)
    }
    at += 1
    guard case .comparison(let comparison) = next else {
      // "flagged" alone asks whether it is.
      if field == .flagged { return .text(.flagged, .equal, "true") }
      throw expected("an operator")
    }
    let allowed: [RuleOperator] =
      field.isNumber
      ? [.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual]
      : [.equal, .notEqual, .contains]
    guard allowed.contains(comparison) else {
      throw RuleError(
        kind: .wrongOperator(comparison.rawValue, field: field.rawValue), column: column)
    }
    at += 1
    return try value(of: field, comparison)
  }

  private mutating func value(
    of field: RuleField, _ comparison: RuleOperator
  ) throws(RuleError) -> Rule.Node {
    let text: String
    switch next {
    case .word(let word): text = word
    case .quoted(let quoted): text = quoted
    default: throw expected(field.isNumber ? "a number" : "a value")
    }
    if field.isNumber {
      guard let number = Self.number(text) else { throw expected("a number") }
      at += 1
      return .number(field, comparison, number)
    }
    var value = text.lowercased()
    if let values = field.values, comparison != .contains {
      guard values.contains(value) else {
        throw RuleError(
          kind: .unknownValue(text, field: field.rawValue, allowed: values), column: column)
      }
      if value == "yes" { value = "true" }
      if value == "no" { value = "false" }
    }
    at += 1
    return .text(field, comparison, value)
  }

  /// A finite number, also as a percentage.
  private static func number(_ text: String) -> Double? {
    let isPercent = text.hasSuffix("%")
    let digits = isPercent ? String(text.dropLast()) : text
    guard digits.utf8.allSatisfy({ "0123456789.+-eE".utf8.contains($0) }),
      let number = Double(digits), number.isFinite
    else { return nil }
    return isPercent ? number / 100 : number
  }
}
