// Whether two answers have the same value. `unclear` is said whenever both readings are possible: it becomes
// `ungradable`, never right and never wrong.

enum Comparison {
  case equal
  case different(String)
  case unclear(String)

  var isEqual: Bool { if case .equal = self { true } else { false } }
}

enum AnswerComparison {
  static func compare(_ a: AnswerValue, _ b: AnswerValue) -> Comparison {
    switch (a, b) {
    case (.approximated(let x, let near), .approximated(let y, let close)):
      let exact = compare(x, y)
      return exact.isEqual || !compare(near, close).isEqual
        ? exact : .unclear("equal approximations")
    case (.approximated(let x, let near), _): return approximated(x, near, b)
    case (_, .approximated(let y, let near)): return approximated(y, near, a)
    case (.named(let n, let x), .named(let m, let y)):
      if isValues(x) && isInterval(y) || isValues(y) && isInterval(x) {
        return .different("values on one side, an interval on the other")
      }
      let inner = compare(x, y)
      if inner.isEqual, n != m { return .unclear("the same value under different names") }
      // One quotient may be the inverse of the other.
      if n != m, n.hasPrefix("frac "), m.hasPrefix("frac ") {
        return .unclear("quotients of different segments")
      }
      return inner
    case (.named(let n, let x), .equation(let l, let r)):
      return SameRelations.equations(n, x, l, r)
    case (.equation(let l, let r), .named(let n, let x)):
      return SameRelations.equations(n, x, l, r)
    case (.equation(let l, let r), .list(let several)),
      (.list(let several), .equation(let l, let r)):
      guard let (name, values) = solutions(several) else {
        return .unclear("only one side is an equation")
      }
      return SameRelations.equations(name, .list(values), l, r)
    case (.relation(let p, let x), .relation(let q, let y)):
      return SameRelations.compare(p, x, q, y)
    case (.named(_, let x), let y), (let y, .named(_, let x)):
      if isInterval(x), case .list(let several) = y, solutions(several) != nil {
        return .different("values on one side, an interval on the other")
      }
      return isValues(x) && isInterval(y) ? .unclear("values or an interval") : compare(x, y)
    case (.decimalComma(let x, let p), .decimalComma(let y, let q)):
      let lists = compare(.list(x), .list(y))
      return !lists.isEqual && compare(p, q).isEqual ? .unclear(commaDoubt) : lists
    case (.decimalComma(let x, let p), _): return decimalComma(x, p, b)
    case (_, .decimalComma(let y, let q)): return decimalComma(y, q, a)
    case (.choice(let c, let x), .choice(let d, let y)):
      let contents = compare(x, y)
      if c == d, case .different = contents {
        return .unclear("the same letter with another content")
      }
      if c == d { return .equal }
      return contents.isEqual
        ? .unclear("the same content under different letters") : .different("another choice")
    case (.omitted, .omitted): return .equal
    case (.time(let x, _), .time(let y, _)): return x == y ? .equal : .different("another time")
    case (.time(let x, _), .ratio(let y)), (.ratio(let y), .time(let x, _)):
      return clock(y).map { $0 % 720 == x % 720 } ?? false
        ? .unclear("only one side names the half of the day") : .different("another time")
    case (.date(let y, let m, let d), .date(let z, let n, let e)):
      guard m == n, d == e else { return .different("another date") }
      return y == nil || z == nil || y == z ? .equal : .different("another year")
    case (.choice(let c, let x), _): return choice(c, x, b)
    case (_, .choice(let c, let y)): return choice(c, y, a)
    case (.quantity(let x, let u), .quantity(let y, let v)): return quantities(x, u, y, v)
    case (.infinity(let x), .infinity(let y)):
      return x == y ? .equal : .different("the other infinity")
    case (.infinity, .quantity), (.quantity, .infinity): return .different("one side is infinite")
    case (.based(let x, let i), .based(let y, let j)):
      if i == j { return x == y ? .equal : .different("other digits") }
      return .unclear("different bases")
    case (.based, .quantity), (.quantity, .based): return .unclear("only one side names a base")
    case (.text(let x), .text(let y)): return texts(x, y)
    case (.text, _), (_, .text): return .unclear("one side is text")
    case (.equation(let l, let r), .equation(let m, let s)):
      return SameRelations.equations(l, r, m, s)
    case (.equation, _), (_, .equation): return .unclear("only one side is an equation")
    case (.matrix(let x), .matrix(let y)): return matrices(x, y)
    case (.ratio(let x), .ratio(let y)): return ratios(x, y)
    default: return collections(a, b)
    }
  }

  // MARK: Collections

  private static func collections(_ a: AnswerValue, _ b: AnswerValue) -> Comparison {
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
  private static func alone(_ cells: [AnswerValue], _ value: AnswerValue) -> Comparison {
    cells.count == 1 && compare(cells[0], value).isEqual
      ? .unclear("a matrix of one number") : .different("one value against several")
  }

  private static func single(_ members: [AnswerValue], _ value: AnswerValue) -> Comparison {
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

  private static let commaDoubt = "a list or a number with a decimal comma"

  /// "2,74" against another answer: the number when the other is that number, else the list.
  private static func decimalComma(
    _ list: [AnswerValue], _ decimal: AnswerValue, _ other: AnswerValue
  ) -> Comparison {
    if case .quantity = other, compare(decimal, other).isEqual { return .equal }
    return compare(.list(list), other)
  }

  private static func whole(_ value: AnswerValue) -> WrittenNumber? {
    if case .quantity(let q, _) = value, let written = q.written, !written.hasPoint {
      return written
    }
    return nil
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

  private static func inOrder(_ a: [AnswerValue], _ b: [AnswerValue]) -> Comparison {
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
  private static func isValues(_ value: AnswerValue) -> Bool {
    switch value {
    case .list, .set: true
    default: false
    }
  }

  private static func isInterval(_ value: AnswerValue) -> Bool {
    if case .group = value { true } else { false }
  }

  /// "x = 1 or x = 2": the values of one letter.
  private static func solutions(_ members: [AnswerValue]) -> (String, [AnswerValue])? {
    var (name, values): (String?, [AnswerValue]) = (nil, [])
    for member in members {
      guard case .named(let own, let value) = member, name == nil || name == own else { return nil }
      name = own
      values.append(value)
    }
    return name.map { ($0, values) }
  }

  /// Lists in any order, where no names or units say which member is which.
  private static func lists(_ x: [AnswerValue], _ y: [AnswerValue]) -> Comparison {
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

  private static func isPlain(_ value: AnswerValue) -> Bool {
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

  private static func matrices(_ a: [[AnswerValue]], _ b: [[AnswerValue]]) -> Comparison {
    guard a.count == b.count else { return .different("another shape") }
    for (x, y) in zip(a, b) {
      let row = inOrder(x, y)
      guard row.isEqual else { return row }
    }
    return .equal
  }

  private static func choice(
    _ letter: String, _ content: AnswerValue, _ other: AnswerValue
  ) -> Comparison {
    if case .quantity(let q, nil) = other, let name = q.singleVariable {
      return name == letter ? .equal : .different("another choice")
    }
    return compare(content, other)
  }

  // MARK: Texts

  private static let opposites: [Set<String>] = [
    ["yes", "no"], ["true", "false"], ["even", "odd"], ["right", "left"], ["increase", "decrease"],
    ["positive", "negative"],
  ]
  private static let synonyms: [Set<String>] = [
    ["yes", "true", "correct", "right"], ["no", "false", "incorrect", "wrong"],
  ]

  private static func texts(_ a: String, _ b: String) -> Comparison {
    if a == b { return .equal }
    let (x, y) = (strippedArticle(a), strippedArticle(b))
    if x == y || singular(x) == singular(y) { return .equal }
    if synonyms.contains(where: { $0.contains(x) && $0.contains(y) }) {
      return .unclear("perhaps the same in other words")
    }
    let one = !x.contains(" ") && !y.contains(" ")
    if one, !x.hasPrefix(y), !y.hasPrefix(x) { return .different("another word") }
    return .unclear("different texts")
  }

  /// "no solutions" as "no solution".
  private static func singular(_ text: String) -> String {
    text.split(separator: " ").map { word in
      word.utf8.count > 4 && word.hasSuffix("s") && !word.hasSuffix("ss") ? word.dropLast() : word
    }.joined(separator: " ")
  }

  private static func strippedArticle(_ text: String) -> String {
    for article in ["the ", "a ", "an "] where text.hasPrefix(article) {
      return String(text.dropFirst(article.count))
    }
    return text
  }

  /// A value said to be near a decimal: the value counts, or the decimal when that is what was asked for.
  private static func approximated(
    _ exact: AnswerValue, _ near: AnswerValue, _ other: AnswerValue
  ) -> Comparison {
    let outcome = compare(exact, other)
    return !outcome.isEqual && compare(near, other).isEqual ? .equal : outcome
  }

  /// 6:8 is 3:4, unless both may be times of day.
  private static func ratios(_ x: [AnswerValue], _ y: [AnswerValue]) -> Comparison {
    let outcome = inOrder(x, y)
    guard case .different = outcome, x.count == y.count, x.count > 1 else { return outcome }
    var quantities: [(Quantity, Quantity)] = []
    for case (.quantity(let a, nil), .quantity(let b, nil)) in zip(x, y) {
      quantities.append((a, b))
    }
    guard quantities.count == x.count, let (a, b) = quantities.first else { return outcome }
    for (c, d) in quantities.dropFirst() {
      let cross = values(ExpressionParser.multiply(a, d), ExpressionParser.multiply(b, c))
      guard cross.isEqual else { return outcome }
    }
    guard !quantities.contains(where: { isZero($0.0) || isZero($0.1) }) else { return outcome }
    let areTimes = clock(x) != nil && clock(y) != nil && (looksLikeTime(x) || looksLikeTime(y))
    return areTimes ? .unclear("a ratio or a time") : .equal
  }

  private static func isZero(_ q: Quantity) -> Bool { q.exact?.rational?.isZero ?? false }

  /// Whether the minutes have two digits.
  private static func looksLikeTime(_ parts: [AnswerValue]) -> Bool {
    guard case .quantity(let q, _)? = parts.last else { return false }
    return (q.exact?.rational?.int ?? 0) >= 10
  }

  /// Hours and minutes as minutes.
  private static func clock(_ parts: [AnswerValue]) -> Int? {
    guard parts.count == 2, let hours = whole(parts[0])?.value?.int,
      let minutes = whole(parts[1])?.value?.int, hours >= 0, hours <= 24, minutes >= 0, minutes < 60
    else { return nil }
    return hours * 60 + minutes
  }
}
