// When two sides without unknowns state the same value, and when they certainly do not.

/// What a comparison of two values found.
struct ValueComparison {
  var verdict: CheckVerdict
  /// The left side's value as it would be written; nil when it cannot be.
  var computed: String?
}

/// Compares the members of chains.
struct FormulaReader {
  let tokens: [FormulaToken]
  /// Changed for a moment while the influence of rounded numbers is measured.
  private(set) var numbers: [FormulaNumber]
  let effort: Effort

  init(tokens: [FormulaToken], numbers: [FormulaNumber], effort: Effort) {
    self.tokens = tokens
    self.numbers = numbers
    self.effort = effort
  }

  func read(_ range: Range<Int>, as reading: FormulaReading = []) -> ReadFormula? {
    guard effort.spend(10 + 4 * min(range.count, 400)) else { return nil }
    return FormulaParser.read(tokens, numbers, range, as: reading)
  }

  /// A member with its polynomial.
  func readWithTerms(_ range: Range<Int>) -> ReadFormula? {
    guard var out = read(range) else { return nil }
    if !out.unknowns.isEmpty { out.polynomial = out.formula.polynomial(effort) }
    return out
  }

  /// All members of a chain, with their polynomials where the chain has unknowns.
  func read(_ chain: FormulaChain) -> [ReadFormula?] {
    let plain = chain.members.map { read($0) }
    guard plain.contains(where: { $0.map { !$0.unknowns.isEmpty } ?? false }) else { return plain }
    return plain.map { member in
      var out = member
      out?.polynomial = member?.formula.polynomial(effort)
      return out
    }
  }

  /// All readings of a member, the plain one first.
  func readings(_ range: Range<Int>, _ plain: ReadFormula) -> [ReadFormula] {
    var out = [plain]
    for bits in 1..<64 {
      let reading = FormulaReading(rawValue: UInt8(bits))
      if plain.doubts.isSuperset(of: reading), let read = read(range, as: reading) {
        out.append(read)
      }
    }
    return out
  }

  /// Whether two members without unknowns agree.
  ///
  /// A stated number agrees when it is the value rounded to the digits shown; `wrong` when no reading comes near.
  mutating func compare(
    _ left: Range<Int>, _ l: ReadFormula, _ right: Range<Int>, _ r: ReadFormula,
    about: Bool
  ) -> ValueComparison {
    if l.isPair || r.isPair { return comparePairs(left, l, right, r) }
    var best = CheckVerdict.wrong
    var computed: String?
    for a in readings(left, l) {
      let exact = a.formula.exact
      guard let x = exact?.double ?? a.formula.value(at: [:]) else {
        return ValueComparison(verdict: .unknown)
      }
      for b in readings(right, r) {
        let other = b.formula.exact
        guard let y = other?.double ?? b.formula.value(at: [:]) else {
          return ValueComparison(verdict: .unknown, computed: exact?.spelling)
        }
        if computed == nil { computed = exact?.spelling ?? spelling(a, x, like: b) }
        let verdict = judge(
          Side(read: a, exact: exact, value: x), Side(read: b, exact: other, value: y), about)
        if verdict == .right { return ValueComparison(verdict: .right, computed: computed) }
        if verdict == .unknown { best = .unknown }
      }
    }
    if best == .wrong, isWithinRounding(left, l, right, r) { best = .unknown }
    return ValueComparison(verdict: best, computed: computed)
  }

  /// `a \pm b = c \pm d`: the same two values, in either order.
  private func comparePairs(
    _ left: Range<Int>, _ l: ReadFormula, _ right: Range<Int>, _ r: ReadFormula
  ) -> ValueComparison {
    guard l.pairSigns == 1, r.pairSigns == 1, l.doubts.isEmpty, r.doubts.isEmpty,
      (l.numbers + r.numbers).allSatisfy({ !numbers[$0].hasPoint }),
      let a = l.formula.value(at: [:]), let c = r.formula.value(at: [:]),
      let b = read(left, as: .lowerSign)?.formula.value(at: [:]),
      let d = read(right, as: .lowerSign)?.formula.value(at: [:])
    else { return ValueComparison(verdict: .unknown) }
    func same(_ x: Double, _ y: Double) -> Bool {
      (x - y).magnitude <= max(x.magnitude, y.magnitude, 1e-6) * 1e-9
    }
    let agrees = same(a, c) && same(b, d) || same(a, d) && same(b, c)
    return ValueComparison(verdict: agrees ? .right : .wrong)
  }

  private struct Side {
    var read: ReadFormula
    var exact: Rational?
    var value: Double

    /// Whether nothing is left out when this many digits behind the point are shown.
    func fits(decimals: Int) -> Bool {
      exact?.decimalPlaces.map { $0 <= decimals } ?? false
    }
  }

  private func judge(_ l: Side, _ r: Side, _ about: Bool) -> CheckVerdict {
    if let a = l.exact, let b = r.exact, a == b { return .right }
    let scale = max(l.value.magnitude, r.value.magnitude)
    let distance = (l.value - r.value).magnitude
    // "sin 180° = 0": the sine of a double is not quite zero.
    let floor = l.read.hasTrigonometry || r.read.hasTrigonometry ? 1e-12 : 0
    if l.exact == nil || r.exact == nil, distance <= max(scale * 1e-9, floor) { return .right }
    // Signs of rounding: a number alone, with the digits it shows.
    for (one, other) in [(r, l), (l, r)] {
      guard let index = one.read.single else { continue }
      let step = power(ofTen: -numbers[index].decimals) * (isPercent(one) ? 0.01 : 1)
      if one.value == 0, other.value != 0 { continue }
      // "cos 60° = 1" is not rounded; an area of 314 may be.
      let isExact =
        numbers[index].decimals == 0 && other.exact == nil && other.value.magnitude < 20 && !about
      if isExact { continue }
      if distance <= step / 2 * (1 + 1e-9) { return .right }
      // Cut instead of rounded; whole things are rounded up as well.
      let cut = other.value.magnitude - one.value.magnitude
      if cut >= 0, isPercent(one) || !other.fits(decimals: numbers[index].decimals), cut < step,
        (other.value < 0) == (one.value < 0)
      {
        return .unknown
      }
      if numbers[index].decimals == 0, distance < 1, isBroken(other) { return .unknown }
    }
    if about {
      return distance <= 0.01 * scale ? .right : distance <= 0.1 * scale ? .unknown : .wrong
    }
    // π and roots beside decimals or 22/7 are approximations.
    if l.read.isIrrational || r.read.isIrrational, distance <= 0.005 * scale { return .unknown }
    return .wrong
  }

  private func isBroken(_ side: Side) -> Bool {
    side.exact.map { !$0.isInteger } ?? true
  }

  private func isPercent(_ side: Side) -> Bool {
    side.read.doubts.contains(.percentIsUnit)
  }

  private func power(ofTen exponent: Int) -> Double {
    var out = 1.0
    for _ in 0..<min(exponent.magnitude, 40) { out *= 10 }
    return exponent < 0 ? 1 / out : out
  }

  /// Whether numbers that look rounded may account for the difference.
  private mutating func isWithinRounding(
    _ left: Range<Int>, _ l: ReadFormula, _ right: Range<Int>, _ r: ReadFormula
  ) -> Bool {
    let isPlain = r.single != nil
    var indices: [(Int, Double)] = []
    for index in l.numbers where numbers[index].slack > 0 {
      indices.append((index, numbers[index].slack))
    }
    for index in r.numbers where numbers[index].hasPoint {
      indices.append((index, max(numbers[index].slack, power(ofTen: -numbers[index].decimals) / 2)))
    }
    if !isPlain {
      for index in l.numbers where numbers[index].hasPoint && numbers[index].slack == 0 {
        indices.append((index, power(ofTen: -numbers[index].decimals) / 2))
      }
    }
    guard !indices.isEmpty, indices.count <= 40, let x = l.formula.value(at: [:]),
      let y = r.formula.value(at: [:])
    else { return false }
    var slack = 0.0
    for (index, step) in indices {
      let before = numbers[index]
      guard let value = before.value,
        let change = Rational(1, over: 1_000_000_000)?.multiplied(
          by: Rational(Int(min(step * 1e9, 1e15)))), let moved = value.adding(change)
      else { return true }
      numbers[index].value = moved
      let a = read(left)?.formula.value(at: [:])
      let b = read(right)?.formula.value(at: [:])
      numbers[index] = before
      guard let a, let b else { return true }
      slack += ((a - x) - (b - y)).magnitude
    }
    return (x - y).magnitude <= slack * 1.05
  }

  /// A value that is not rational as it would be written beside the stated one.
  private func spelling(_ l: ReadFormula, _ value: Double, like r: ReadFormula) -> String? {
    if let index = r.single {
      let digits = max(numbers[index].decimals, 2)
      guard value.magnitude < 1e12, digits <= 12 else { return nil }
      let scaled = (value * power(ofTen: digits) + (value < 0 ? -0.5 : 0.5))
      return Rational(Int(scaled)).divided(by: Rational(10).power(digits) ?? .one)?.spelling
    }
    return l.formula.polynomial(effort)?.spelled
  }
}

extension Polynomial {
  /// The polynomial as people write it, highest powers first; nil when it has roots or is long.
  var spelled: String? {
    guard terms.count <= 8 else { return nil }
    if terms.isEmpty { return "0" }
    func degree(_ m: Monomial) -> Double { m.factors.reduce(0) { $0 + $1.exponent.double } }
    let sorted = terms.sorted { a, b in
      let (d, e) = (degree(a.key), degree(b.key))
      return d != e ? d > e : a.key.spelling < b.key.spelling
    }
    var out = ""
    for (monomial, value) in sorted {
      var body = ""
      for factor in monomial.factors {
        guard let exponent = factor.exponent.int else { return nil }
        body += factor.atom.name + (exponent == 1 ? "" : "^\(exponent)")
      }
      let size = value.magnitude
      let number = size == .one && !body.isEmpty ? "" : size.spelling
      let sign = value.isNegative ? (out.isEmpty ? "-" : " - ") : (out.isEmpty ? "" : " + ")
      out += sign + number + body
    }
    return out
  }
}
