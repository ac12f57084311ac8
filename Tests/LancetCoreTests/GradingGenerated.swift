// Answers made at random: one value in the spellings that people and models give it, with a key that two spellings share
// when and only when their values are the same.

struct GeneratedAnswer {
  /// The same for equal values.
  var key: String
  /// Spellings of the value.
  var spellings: [String]
  /// Whether words behind it may be a unit.
  var takesUnit = false

  /// An answer of any kind.
  static func random(using random: inout SeededRandom) -> GeneratedAnswer {
    let makers: [(inout SeededRandom) -> GeneratedAnswer] = [
      number, number, root, pair, set, interval, distance, quadratic, line, matrix,
    ]
    return makers[Int.random(in: 0..<makers.count, using: &random)](&random)
  }

  private static func fraction(_ p: Int, _ q: Int) -> (Int, Int) {
    var (a, b) = (abs(p), abs(q))
    while b != 0 { (a, b) = (b, a % b) }
    let sign = (p < 0) != (q < 0) ? -1 : 1
    return (sign * abs(p) / max(a, 1), abs(q) / max(a, 1))
  }

  /// A whole number, a fraction, a decimal or a percentage.
  private static func number(_ random: inout SeededRandom) -> GeneratedAnswer {
    let q = [1, 1, 1, 2, 3, 4, 5, 7, 8, 100].randomElement(using: &random) ?? 1
    let (p, d) = fraction(Int.random(in: -40...40, using: &random) * 10 + 3, q)
    let sign = p < 0 ? "-" : ""
    var spellings = [
      "\(p)/\(d)", "\(sign)\\frac{\(abs(p))}{\(d)}", "$\(sign)\\dfrac{\(2 * abs(p))}{\(2 * d)}$",
      "\\frac{\(p)}{\(d)}", "\(p) \\div \(d)", "\\boxed{\\frac{\(3 * p)}{\(3 * d)}}",
    ]
    if d == 1 { spellings += ["\(p)", "\(p).0", "$\(p)$", "\(sign)\\sqrt{\(p * p)}"] }
    if 100 % d == 0 {
      let hundredths = abs(p) * (100 / d)
      let tail = hundredths % 100 < 10 ? "0\(hundredths % 100)" : "\(hundredths % 100)"
      spellings += ["\(sign)\(hundredths / 100).\(tail)", "\(sign)\(hundredths)\\%"]
    }
    return GeneratedAnswer(key: "q \(p)/\(d)", spellings: spellings, takesUnit: true)
  }

  /// `a√b` with a square-free b.
  private static func root(_ random: inout SeededRandom) -> GeneratedAnswer {
    let a = Int.random(in: 2...9, using: &random)
    let b = [2, 3, 5, 6, 7, 10].randomElement(using: &random) ?? 2
    return GeneratedAnswer(
      key: "r \(a) \(b)",
      spellings: [
        "\(a)\\sqrt{\(b)}", "\\sqrt{\(a * a * b)}", "\\frac{\(a * b)}{\\sqrt{\(b)}}",
        "\(a) \\cdot \(b)^{1/2}", "\\sqrt{\(b)}\\cdot\(a)",
      ], takesUnit: true)
  }

  private static func pair(_ random: inout SeededRandom) -> GeneratedAnswer {
    let (a, b) = (Int.random(in: -9...9, using: &random), Int.random(in: -9...9, using: &random))
    return GeneratedAnswer(
      key: "t \(a) \(b)",
      spellings: [
        "(\(a),\(b))", "(\(a), \(b))", "\\left(\(a), \(b)\\right)",
        "(\(2 * a)/2, \\frac{\(3 * b)}{3})",
        "(x, y) = (\(a), \(b))",
      ])
  }

  private static func set(_ random: inout SeededRandom) -> GeneratedAnswer {
    let members = Set((0..<3).map { _ in Int.random(in: -9...9, using: &random) }).sorted()
    guard members.count > 1 else { return pair(&random) }
    let forth = members.map(String.init).joined(separator: ", ")
    let back = members.reversed().map(String.init).joined(separator: ",")
    let isList = Bool.random(using: &random)
    return GeneratedAnswer(
      key: "s \(forth)",
      spellings: isList
        ? ["\(forth)", "\(back)"]
        : ["\\{\(forth)\\}", "\\{\(back)\\}", "\\left\\{ \(forth) \\right\\}"], takesUnit: isList)
  }

  /// Half open or closed: an open one looks like a pair.
  private static func interval(_ random: inout SeededRandom) -> GeneratedAnswer {
    let a = Int.random(in: -9...9, using: &random)
    let b = a + Int.random(in: 1...9, using: &random)
    let closed = Bool.random(using: &random)
    return GeneratedAnswer(
      key: "i \(a) \(b) \(closed)",
      spellings: [
        "[\(a),\(b)\(closed ? "]" : ")")", "\(a) \\le x \(closed ? "\\leq" : "<") \(b)",
        "x \\in \\left[\(a), \(b)\\right\(closed ? "]" : ")")",
        "\(b) \(closed ? ">=" : ">") x >= \(a)",
      ])
  }

  private static func distance(_ random: inout SeededRandom) -> GeneratedAnswer {
    let (c, r) = (Int.random(in: 1...9, using: &random), Int.random(in: 1...9, using: &random))
    return GeneratedAnswer(
      key: "t \(c - r) \(c + r)",
      spellings: ["|x - \(c)| < \(r)", "(\(c - r), \(c + r))", "\(c - r) < x < \(c + r)"])
  }

  private static func quadratic(_ random: inout SeededRandom) -> GeneratedAnswer {
    let (a, b) = (Int.random(in: 1...9, using: &random), Int.random(in: 1...9, using: &random))
    return GeneratedAnswer(
      key: "p \(a + b) \(a * b)",
      spellings: [
        "(x+\(a))(x+\(b))", "x^2+\(a + b)x+\(a * b)", "\(a * b) + \(a + b)x + x^{2}",
        "\\frac{2(x+\(b))(x+\(a))}{2}",
      ])
  }

  private static func line(_ random: inout SeededRandom) -> GeneratedAnswer {
    let (m, b) = (Int.random(in: 2...9, using: &random), Int.random(in: 1...9, using: &random))
    return GeneratedAnswer(
      key: "l \(m) \(b)",
      spellings: ["y = \(m)x + \(b)", "y = \(b) + \(m)x", "y=\(m)x+\\frac{\(2 * b)}{2}"])
  }

  private static func matrix(_ random: inout SeededRandom) -> GeneratedAnswer {
    let cells = (0..<4).map { _ in Int.random(in: -9...9, using: &random) }
    func rows(_ f: (Int) -> String) -> String {
      "\(f(cells[0])) & \(f(cells[1])) \\\\ \(f(cells[2])) & \(f(cells[3]))"
    }
    return GeneratedAnswer(
      key: "m \(cells)",
      spellings: [
        "\\begin{pmatrix} \(rows { "\($0)" }) \\end{pmatrix}",
        "\\begin{bmatrix}\(rows { "\(2 * $0)/2" })\\end{bmatrix}",
        "\\left(\\begin{array}{cc}\(rows { "\($0)" })\\end{array}\\right)",
      ])
  }
}
