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

  static let commaDoubt = "a list or a number with a decimal comma"

  /// "2,74" against another answer: the number when the other is that number, else the list.
  static func decimalComma(
    _ list: [AnswerValue], _ decimal: AnswerValue, _ other: AnswerValue
  ) -> Comparison {
    if case .quantity = other, compare(decimal, other).isEqual { return .equal }
    return compare(.list(list), other)
  }

  static func whole(_ value: AnswerValue) -> WrittenNumber? {
    if case .quantity(let q, _) = value, let written = q.written, !written.hasPoint {
      return written
    }
    return nil
  }

  static func choice(
    _ letter: String, _ content: AnswerValue, _ other: AnswerValue
  ) -> Comparison {
    if case .quantity(let q, nil) = other, let name = q.singleVariable {
      return name == letter ? .equal : .different("another choice")
    }
    return compare(content, other)
  }

  /// A value said to be near a decimal: the value counts, or the decimal when that is what was asked for.
  static func approximated(
    _ exact: AnswerValue, _ near: AnswerValue, _ other: AnswerValue
  ) -> Comparison {
    let outcome = compare(exact, other)
    return !outcome.isEqual && compare(near, other).isEqual ? .equal : outcome
  }
}
