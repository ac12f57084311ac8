// Sums one after the other with one slip that is carried on: what generated chains and stories are told of.

/// A chain of sums that goes wrong once, and the same chain without the slip.
struct SlippedSums {
  /// One operation, with what it is done to and what it comes to in the wrong and in the right chain.
  struct Sum {
    var sign: String
    var operand: Int
    var wrong: (left: Int, result: Int)
    var right: (left: Int, result: Int)
  }

  /// What the chains begin with.
  let start: Int
  private(set) var sums: [Sum] = []

  /// The operations in words for the question: " Then + 7. Then * 3."
  var told: String { sums.map { " Then \($0.sign) \($0.operand)." }.joined() }
  /// What each chain ends with.
  var end: (wrong: Int, right: Int) {
    (sums.last?.wrong.result ?? start, sums.last?.right.result ?? start)
  }

  init(_ random: inout SeededRandom) {
    start = Int.random(in: 20...99, using: &random)
    var (wrong, right) = (start, start)
    let count = Int.random(in: 2...5, using: &random)
    let slip = Int.random(in: 0..<count, using: &random)
    for step in 0..<count {
      let k = Int.random(in: 3...30, using: &random)
      let sign = ["+", "-", "*"].randomElement(using: &random) ?? "+"
      func value(_ x: Int) -> Int { sign == "+" ? x + k : sign == "-" ? x - k : x * k }
      let (a, b) = (wrong, right)
      (wrong, right) = (value(wrong), value(right))
      if step == slip { wrong += [10, -10, 1, -1, 100, 9].randomElement(using: &random) ?? 1 }
      sums.append(Sum(sign: sign, operand: k, wrong: (a, wrong), right: (b, right)))
    }
  }
}
