// Whether lists, sets, tuples and matrices are the same.

extension AnswerComparison {
  static func collections(_ a: AnswerValue, _ b: AnswerValue) -> Comparison {
    switch (a, b) {
    case (.group(let o, let c, let x), .group(let p, let d, let y)):
      let inner = inOrder(x, y)
      if inner.isEqual, o != p || c != d { return .different("other brackets") }
      return inner
    case (.set(let x), .set(let y)): return anyOrder(unique(x), unique(y))
    case (.union(let x), .union(let y)): return anyOrder(x, y)
    case (.intersection(let x), .intersection(let y)): return anyOrder(x, y)
    case (.union(let x), .list(let y)), (.list(let y), .union(let x)):
      return anyOrder(x, y).isEqual ? .equal : .unclear("a union on one side, a list on the other")
    case (.list(let x), .list(let y)), (.list(let x), .set(let y)), (.set(let x), .list(let y)):
      return lists(x, y)
    case (.group(let o, let c, let x), .list(let named)),
      (.list(let named), .group(let o, let c, let x)):
      if named.count > 1, solutions(named) != nil { return .unclear("values or an interval") }
      let y = byName(named)
      let inner = inOrder(x, y)
      if inner.isEqual {
        return o == .openParen && c == .closeParen ? .equal : .unclear("brackets on one side only")
      }
      return anyOrder(x, y).isEqual ? .unclear("the same values in another order") : inner
    case (.group(_, _, let x), .set(let y)), (.set(let y), .group(_, _, let x)):
      return anyOrder(x, y).isEqual
        ? .unclear("a tuple on one side, a set on the other") : .different("other members")
    case (.set(let x), .quantity), (.list(let x), .quantity):
      return single(x, b)
    case (.quantity, .set(let y)), (.quantity, .list(let y)):
      return single(y, a)
    case (.group(_, _, let x), .quantity(let q, _)), (.quantity(let q, _), .group(_, _, let x)):
      return looksLikeThousands(x, q)
        ? .unclear("a tuple or a number with a thousands separator")
        : .different("one value against several")
    case (.matrix(let rows), .quantity): return alone(rows.flatMap { $0 }, b)
    case (.quantity, .matrix(let rows)): return alone(rows.flatMap { $0 }, a)
    case (.union, .quantity), (.quantity, .union), (.union, .matrix), (.matrix, .union):
      return .different("one value against several")
    case (.ratio, .quantity), (.quantity, .ratio): return .unclear("only one side is a ratio")
    case (.matrix(let rows), .group(_, _, let y)), (.group(_, _, let y), .matrix(let rows)):
      return inOrder(rows.flatMap { $0 }, y).isEqual
        ? .unclear("a matrix on one side, a tuple on the other") : .different("other members")
    case (.union, .group), (.group, .union): return .different("other intervals")
    default: return .unclear("answers of different kinds")
    }
  }

  /// The cells of a matrix against a number.
  static func alone(_ cells: [AnswerValue], _ value: AnswerValue) -> Comparison {
    cells.count == 1 && compare(cells[0], value).isEqual
      ? .unclear("a matrix of one number") : .different("one value against several")
  }

  static func single(_ members: [AnswerValue], _ value: AnswerValue) -> Comparison {
    // "AC" and "A, C"
    if case .quantity(let q, nil) = value, let letters = q.choiceLetters,
      letters.count == members.count
    {
      let own = members.compactMap { member in
        if case .quantity(let q, nil) = member { q.singleVariable } else { nil }
      }
      if Set(own) == letters { return .equal }
    }
    if members.count == 1 { return compare(members[0], value) }
    if case .quantity(let q, _) = value, members.count == 2, looksLikeDecimal(members, q) {
      return .unclear(commaDoubt)
    }
    if members.count > 1, members.allSatisfy({ compare($0, value).isEqual }) { return .equal }
    if members.contains(where: { if case .text = $0 { true } else { false } }) {
      return .unclear("one side is text")
    }
    return .different("one value against several")
  }

  private static func looksLikeThousands(_ members: [AnswerValue], _ q: Quantity) -> Bool {
    guard var value = members.first.flatMap(whole)?.value, let target = q.exact?.rational else {
      return false
    }
    for member in members.dropFirst() {
      guard let next = whole(member)?.value,
        let sum = value.multiplied(by: Rational(1000))?.adding(next)
      else { return false }
      value = sum
    }
    return value == target
  }

  private static func looksLikeDecimal(_ members: [AnswerValue], _ q: Quantity) -> Bool {
    guard let first = whole(members[0])?.value, let second = whole(members[1])?.value,
      let target = q.exact?.rational
    else { return false }
    for places in 1...6 {
      if let scale = Rational(10).power(places), let part = second.divided(by: scale),
        part.isLess(than: .one), first.adding(part) == target
      {
        return true
      }
    }
    return first.multiplied(by: Rational(1000))?.adding(second) == target
  }

  static func inOrder(_ a: [AnswerValue], _ b: [AnswerValue]) -> Comparison {
    guard a.count == b.count else { return .different("another number of members") }
    var doubt: Comparison?
    for (x, y) in zip(a, b) {
      switch compare(x, y) {
      case .equal: continue
      case .different(let why): return .different(why)
      case .unclear(let why): doubt = .unclear(why)
      }
    }
    return doubt ?? .equal
  }

  /// "x = ±5": several values of one letter.
  static func isValues(_ value: AnswerValue) -> Bool {
    switch value {
    case .list, .set: true
    default: false
    }
  }

  static func isInterval(_ value: AnswerValue) -> Bool {
    if case .group = value { true } else { false }
  }

  /// "x = 1 or x = 2": the values of one letter.
  static func solutions(_ members: [AnswerValue]) -> (String, [AnswerValue])? {
    var (name, values): (String?, [AnswerValue]) = (nil, [])
    for member in members {
      guard case .named(let own, let value) = member, name == nil || name == own else { return nil }
      name = own
      values.append(value)
    }
    return name.map { ($0, values) }
  }

  /// Lists in any order, where no names or units say which member is which.
  static func lists(_ x: [AnswerValue], _ y: [AnswerValue]) -> Comparison {
    let any = x.count == y.count ? anyOrder(x, y) : anyOrder(unique(x), unique(y))
    guard any.isEqual, saysWhich(x) != saysWhich(y) else { return any }
    return inOrder(x, y).isEqual || inOrder(byName(x), byName(y)).isEqual
      ? .equal : .unclear("the same values in another order")
  }

  /// Whether the members have different names, or different units.
  private static func saysWhich(_ members: [AnswerValue]) -> Bool {
    var labels: Set<[String]> = []
    for member in members {
      switch member {
      case .named(let name, _): labels.insert([name])
      case .quantity(_, let unit?): labels.insert(unit.words)
      default: return false
      }
    }
    return labels.count > 1
  }

  /// "y=1, x=2" in the order of the names, as the tuple (2, 1) has it.
  private static func byName(_ members: [AnswerValue]) -> [AnswerValue] {
    var named: [(name: String, value: AnswerValue)] = []
    for member in members {
      guard case .named(let name, let value) = member else { return members }
      named.append((name, value))
    }
    return named.sorted { $0.name < $1.name }.map(\.value)
  }

  static func isPlain(_ value: AnswerValue) -> Bool {
    if case .quantity(let q, _) = value { q.exact?.rational != nil } else { false }
  }

  private static func unique(_ values: [AnswerValue]) -> [AnswerValue] {
    var out: [AnswerValue] = []
    guard values.count <= 200, values.count <= 24 || values.allSatisfy(isPlain) else {
      return values
    }
    for value in values where !out.contains(where: { compare($0, value).isEqual }) {
      out.append(value)
    }
    return out
  }

  private static func anyOrder(_ a: [AnswerValue], _ b: [AnswerValue]) -> Comparison {
    guard a.count == b.count else { return .different("another number of members") }
    // Expressions take long to compare; long lists of them are compared in their order only.
    if a.count > (a.allSatisfy(isPlain) && b.allSatisfy(isPlain) ? 200 : 24) {
      return inOrder(a, b).isEqual ? .equal : .unclear("too many members")
    }
    var (lone, left) = ([AnswerValue](), b)
    for value in a {
      if let at = left.firstIndex(where: { compare(value, $0).isEqual }) {
        left.remove(at: at)
      } else {
        lone.append(value)
      }
    }
    guard !lone.isEmpty else { return .equal }
    // A member that differs from every other one decides, on whichever side it stands.
    var doubt: String?
    var hasDoubt = (lone.map { _ in false }, left.map { _ in false })
    for (i, x) in lone.enumerated() {
      for (j, y) in left.enumerated() {
        guard case .unclear(let why) = compare(x, y) else { continue }
        (hasDoubt.0[i], hasDoubt.1[j]) = (true, true)
        doubt = doubt ?? why
      }
    }
    guard let doubt, !hasDoubt.0.contains(false), !hasDoubt.1.contains(false) else {
      return .different("other members")
    }
    return .unclear(doubt)
  }

  static func matrices(_ a: [[AnswerValue]], _ b: [[AnswerValue]]) -> Comparison {
    guard a.count == b.count else { return .different("another shape") }
    for (x, y) in zip(a, b) {
      let row = inOrder(x, y)
      guard row.isEqual else { return row }
    }
    return .equal
  }
}
