// Whether two expressions with variables are the same function, by evaluating both at random points: exactly over prime
// fields when both are rational, else in doubles with error bounds at real points where both are defined.

enum Identity {
  /// Whether rational expressions are the same, exactly.
  ///
  /// Nil when one of them is none or the points met poles.
  static func rational(_ a: Term, _ b: Term) -> Bool? {
    for (index, prime) in PrimeField.primes.enumerated() {
      var agreed: Bool?
      for attempt in 0..<4 {
        let field = PrimeField(prime: prime, seed: UInt64(index * 97 + attempt + 1) &* 0x9E37_79B9)
        guard let x = field.value(a), let y = field.value(b) else { continue }
        agreed = x == y
        break
      }
      guard let agreed else { return nil }
      if !agreed { return false }
    }
    return true
  }

  /// Any expressions.
  static func compare(_ a: Term, _ b: Term) -> Comparison {
    if let same = rational(a, b) { return same ? .equal : .different("another expression") }
    let names = a.variables.union(b.variables).sorted()
    guard names.count <= 12, a.size + b.size <= 600 else {
      return .unclear("too long to compare")
    }
    var tally = Tally()
    for k in 0..<24 { tally.add(a, b, at: point(names, k)) }
    if tally.verdict == nil, !names.isEmpty {
      // Expressions such as (-1)^n are real at whole numbers only.
      tally = Tally()
      for k in 0..<12 { tally.add(a, b, at: wholePoint(names, k)) }
    }
    return tally.verdict ?? .unclear("expressions that may be equal")
  }

  /// The constant that one expression is of another.
  ///
  /// Nil when it is no constant multiple, or not surely.
  static func ratio(_ a: Term, _ b: Term) -> Double? {
    let quotient = Term.quotient(a, b)
    let names = quotient.variables.sorted()
    guard !names.isEmpty, names.count <= 12, quotient.size <= 600 else { return nil }
    // Exactly: the cross products at two points agree.
    var exact: Bool?
    let field = PrimeField(prime: PrimeField.primes[0], seed: 11)
    let other = PrimeField(prime: PrimeField.primes[0], seed: 23)
    if let x = field.value(a), let y = field.value(b), let u = other.value(a),
      let v = other.value(b)
    {
      exact = field.multiply(x, v) == field.multiply(u, y)
    }
    if exact == false { return nil }
    var first: Estimate?
    var agreed = 0
    for k in 0..<16 {
      guard let here = Estimate.of(quotient, at: point(names, k)) else { continue }
      guard let known = first else {
        first = here
        continue
      }
      let distance = (here.value - known.value).magnitude
      guard distance <= 8 * (here.error + known.error) else { return nil }
      agreed += 1
    }
    guard let first, agreed >= 5, first.value != 0 else { return nil }
    return first.value
  }

  private static func random(_ k: Int, _ j: Int) -> Double {
    var z = UInt64(k * 131 + j * 31 + 7) &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Double((z ^ (z >> 31)) >> 11) / 9_007_199_254_740_992
  }

  /// A third of the points are positive, a third small, the rest of any sign.
  private static func point(_ names: [String], _ k: Int) -> [String: Double] {
    var out: [String: Double] = [:]
    for (j, name) in names.enumerated() {
      let u = random(k, j)
      switch k % 3 {
      case 0: out[name] = 0.4 + 2.3 * u
      case 1: out[name] = 0.05 + 0.9 * u
      default: out[name] = -2.5 + 5 * u
      }
    }
    return out
  }

  private static func wholePoint(_ names: [String], _ k: Int) -> [String: Double] {
    var out: [String: Double] = [:]
    for (j, name) in names.enumerated() { out[name] = Double(1 + Int(random(k, j) * 14)) }
    return out
  }

  /// What the points say.
  private struct Tally {
    var agreed = 0
    var differed = 0
    var oneSided = 0
    var unsure = 0

    mutating func add(_ a: Term, _ b: Term, at point: [String: Double]) {
      switch (Estimate.of(a, at: point), Estimate.of(b, at: point)) {
      case (nil, nil): break
      case (nil, _), (_, nil): oneSided += 1
      case (let x?, let y?):
        let distance = (x.value - y.value).magnitude
        let noise = x.error + y.error
        let scale = max(x.value.magnitude, y.value.magnitude, 1e-30)
        if distance > 8 * noise, distance > 1e-9 * scale {
          differed += 1
        } else if noise < 1e-7 * scale || scale < 1e-12 {
          agreed += 1
        } else {
          unsure += 1
        }
      }
    }

    var verdict: Comparison? {
      if differed > 1 { return .different("another expression") }
      if differed == 1 { return .unclear("expressions that differ at a point") }
      guard agreed >= 6 else { return nil }
      if oneSided > 0 { return .unclear("expressions that are equal where both are defined") }
      return .equal
    }
  }
}
