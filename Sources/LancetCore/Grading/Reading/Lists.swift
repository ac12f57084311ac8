// Lists of values: commas, "and", "or", several solutions, one quantity in two units.

extension AnswerParser {
  func list(_ range: Range<Int>, depth: Int) throws(Unreadable) -> AnswerValue? {
    // "p=5, q=2; p=7, q=2": semicolons part what commas join.
    let groups = split(range) { $0.isSymbol(";") }.map(trimmed).filter { !$0.isEmpty }
    if groups.count > 1, tokens[range].contains(where: { $0.isSymbol(",") }) {
      return .list(
        try groups.map { piece throws(Unreadable) in try value(piece, depth: depth + 1) })
    }
    if let cases = try cases(range, depth: depth) { return cases }
    var joints: Set<String> = []
    let pieces = split(range) { token in
      switch token.kind {
      case .symbol(.comma), .symbol(.semicolon): return true
      case .word(let word)
      where word == "or" || word == "and" || word == "或" || word == "和"
        || word == "或者" || word == "、" || word == "，" || word == "；" || word == "及":
        joints.insert(word == "或" || word == "或者" ? "or" : word)
        return true
      case .command("vee"), .command("lor"):
        joints.insert("or")
        return true
      case .command("wedge"), .command("land"):
        joints.insert("and")
        return true
      default: return false
      }
    }
    var parts = pieces.map(trimmed).filter { !$0.isEmpty }
    guard parts.count > 1 else { return nil }
    // "72 clips, altogether"
    while parts.count > 1, let last = parts.last, let adverb = words(last),
      adverb.allSatisfy(Self.adverbs.contains)
    {
      parts.removeLast()
    }
    if parts.count == 1 { return try value(parts[0], depth: depth + 1) }
    if parts.count == 2, let compound = try compound(parts[0], parts[1]) { return compound }
    let values = try parts.map { piece throws(Unreadable) in try value(piece, depth: depth + 1) }
    if let joined = Self.joined(values, byOr: joints.contains("or"), byAnd: joints.contains("and"))
    {
      return joined
    }
    if values.count == 2, let decimal = decimalComma(range) {
      return .decimalComma(list: values, decimal)
    }
    return .list(values)
  }

  private static let adverbs: Set<String> = [
    "altogether", "total", "in", "all", "overall", "together", "combined", "respectively",
  ]

  /// "x=1, y=2 or x=3, y=4": several solutions, each the values of the same letters.
  private func cases(_ range: Range<Int>, depth: Int) throws(Unreadable) -> AnswerValue? {
    let pieces = split(range) { $0.kind == .word("or") || $0.isCommand("vee") }.map(trimmed)
    guard pieces.count > 1, tokens[range].contains(where: { $0.isSymbol(",") }) else { return nil }
    var out: [AnswerValue] = []
    var first: Set<String>?
    for piece in pieces where !piece.isEmpty {
      guard tokens[piece].contains(where: { $0.isSymbol("=") }),
        case .list(let members) = try value(piece, depth: depth + 1)
      else { return nil }
      let names = members.compactMap { if case .named(let name, _) = $0 { name } else { nil } }
      guard names.count == members.count, Set(names).count == names.count,
        first == nil || first == Set(names)
      else { return nil }
      first = Set(names)
      out.append(.list(members))
    }
    return out.count > 1 ? .list(out) : nil
  }

  /// "x < 1 or x > 3" is a union, "x > 1 and x < 3" an interval.
  static func joined(_ values: [AnswerValue], byOr: Bool, byAnd: Bool) -> AnswerValue? {
    guard byOr != byAnd else { return nil }
    var name: String?
    var intervals: [AnswerValue] = []
    for value in values {
      guard case .named(let own, let inner) = value, name == nil || name == own else { return nil }
      guard case .group = inner else { return nil }
      name = own
      intervals.append(inner)
    }
    guard let name else { return nil }
    if byOr { return .named(name, .union(intervals)) }
    guard intervals.count == 2,
      case .group(let o1, let c1, let first) = intervals[0],
      case .group(let o2, let c2, let second) = intervals[1], first.count == 2, second.count == 2
    else { return .named(name, .intersection(intervals)) }
    if case .infinity = first[0], case .infinity = second[1] {
      return .named(name, .group(open: o2, close: c1, [second[0], first[1]]))
    }
    if case .infinity = first[1], case .infinity = second[0] {
      return .named(name, .group(open: o1, close: c2, [first[0], second[1]]))
    }
    return .named(name, .intersection(intervals))
  }

  /// "5 hours and 30 minutes": one quantity in two units of one dimension.
  func compound(_ a: Range<Int>, _ b: Range<Int>) throws(Unreadable) -> AnswerValue? {
    guard case .quantity(let x, let u?) = try? quantity(a),
      case .quantity(let y, let v?) = try? quantity(b)
    else { return nil }
    return Self.sum(x, u, y, v)
  }

  static func sum(_ x: Quantity, _ u: AnswerUnit, _ y: Quantity, _ v: AnswerUnit) -> AnswerValue? {
    guard let large = u.known, let small = v.known, large.dimension == small.dimension,
      small.factor.isLess(than: large.factor), let part = small.factor.divided(by: large.factor)
    else { return nil }
    return .quantity(
      ExpressionParser.add(x, ExpressionParser.multiply(y, Quantity(part))), u)
  }
}
