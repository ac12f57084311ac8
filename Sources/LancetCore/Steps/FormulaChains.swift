// Formulas in a row, parted by relations: `a = b = c`.

/// A run of members with a relation between each two.
struct FormulaChain {
  /// Token ranges; a member may be empty or unreadable.
  var members: [Range<Int>] = []
  /// The relation in front of each member but the first.
  var relations: [FormulaToken.Kind] = []
  /// The modulus at the end, when there is one: `\pmod{7}`.
  var modulus: Range<Int>?
  /// The token that ended it: a word may change what its last number means.
  var next: Int?
}

/// Takes tokens apart into chains.
struct FormulaChains {
  /// The tokens without the delimiters that stand inside a formula.
  private(set) var tokens: [FormulaToken] = []
  private(set) var chains: [FormulaChain] = []
  private var chain = FormulaChain()
  private var start = 0
  private var depth = 0

  init(_ raw: [FormulaToken]) {
    tokens.reserveCapacity(raw.count)
    join(raw)
    part()
  }

  private static func isRelation(_ kind: FormulaToken.Kind?) -> Bool {
    switch kind {
    case .equals, .approximately, .congruent, .otherRelation: true
    default: false
    }
  }

  /// Whether a token asks for something on its left (or, as the last one, on its right).
  private static func isOpen(_ kind: FormulaToken.Kind?) -> Bool {
    if case .op = kind { return true }
    return isRelation(kind)
  }

  /// Delimiters inside a formula vanish ("150 + \( x \) = 500"), others part statements; a line's end in front of a
  /// relation vanishes too.
  private mutating func join(_ raw: [FormulaToken]) {
    for (i, token) in raw.enumerated() {
      switch token.kind {
      case .delimiter:
        var next = i + 1
        while next < raw.count, next < i + 6,
          raw[next].kind == .delimiter || raw[next].kind == .newline
        {
          next += 1
        }
        let ahead = next < raw.count ? raw[next].kind : nil
        if Self.isRelation(ahead) || Self.isOpen(tokens.last?.kind) { continue }
        if case .op(let op) = ahead, op != 45 || next + 1 < raw.count && raw[next + 1].spaceBefore,
          next == i + 1
        {
          continue
        }
        var part = token
        part.kind = .separator
        tokens.append(part)
      case .newline:
        var next = i + 1
        while next < raw.count, next < i + 6,
          raw[next].kind == .newline || raw[next].kind == .delimiter
        {
          next += 1
        }
        if next < raw.count, Self.isRelation(raw[next].kind) { continue }
        tokens.append(token)
      default: tokens.append(token)
      }
    }
  }

  private mutating func part() {
    for i in tokens.indices {
      switch tokens[i].kind {
      case .open: depth += 1
      case .close: depth = max(0, depth - 1)
      case .separator, .newline, .word, .arrow, .delimiter: flush(i)
      case .comma where depth == 0: flush(i)
      case .modulus where depth == 0:
        endMember(i)
        chain.modulus = (i + 1)..<modulusEnd(i + 1)
        flush(i)
        start = chain.modulus?.upperBound ?? i + 1
      case let kind where Self.isRelation(kind):
        endMember(i)
        chain.relations.append(kind)
        depth = 0
      default: break
      }
    }
    flush(tokens.count)
  }

  private func modulusEnd(_ from: Int) -> Int {
    guard from < tokens.count else { return from }
    guard case .open = tokens[from].kind else { return from + 1 }
    var i = from
    while i < tokens.count, i < from + 12 {
      if case .close = tokens[i].kind { return i + 1 }
      i += 1
    }
    return from
  }

  private mutating func endMember(_ i: Int) {
    chain.members.append(min(start, i)..<i)
    start = i + 1
  }

  private mutating func flush(_ i: Int) {
    if start < i || !chain.relations.isEmpty {
      endMember(i)
      if chain.members.count > chain.relations.count + 1 {
        // The modulus has taken the last member's end already.
        chain.members.removeLast()
      }
      if !chain.relations.isEmpty {
        chain.next = i < tokens.count ? i : nil
        chains.append(chain)
      }
    }
    chain = FormulaChain()
    start = i + 1
    depth = 0
  }
}
