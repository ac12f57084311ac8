// Matrices of an answer in every environment, and sums, differences and products of them and of numbers.

extension AnswerParser {
  /// The value of a range that holds matrices.
  func matrix(_ range: Range<Int>, depth: Int) throws(Unreadable) -> AnswerValue {
    let begins = tokens[range].count { $0.isCommand("begin") }
    if begins == 1, let one = try? single(range, depth: depth) {
      guard isDeterminant(range) else { return .matrix(one) }
      return .quantity(try Self.determinant(try one.map(Self.numbers)), nil)
    }
    // A determinant is a number, and so are sums of them.
    guard begins <= 12, !tokens[range].contains(where: { $0.kind == .word("vmatrix") }) else {
      throw Unreadable(reason: "an environment that is not understood")
    }
    var signs: [Bool] = []
    let pieces = split(range) { token in
      guard token.isSymbol("+") || token.isSymbol("-") else { return false }
      signs.append(token.isSymbol("-"))
      return true
    }
    var total: [[Quantity]]?
    for (i, piece) in pieces.enumerated() {
      if i == 0, piece.isEmpty { continue }
      var term = try matrixProduct(piece, depth: depth)
      if i > 0, signs[i - 1] { term = term.map { $0.map(ExpressionParser.negate) } }
      guard let sum = total else {
        total = term
        continue
      }
      guard sum.count == term.count, sum.first?.count == term.first?.count else {
        throw Unreadable(reason: "matrices of different shapes")
      }
      total = zip(sum, term).map { zip($0, $1).map { ExpressionParser.add($0, $1) } }
    }
    return .matrix((total ?? []).map { $0.map { .quantity($0, nil) } })
  }

  /// Whether bars stand around the cells.
  private func isDeterminant(_ range: Range<Int>) -> Bool {
    tokens[range.lowerBound].isSymbol("|") || tokens[range].contains { $0.kind == .word("vmatrix") }
  }

  private static func numbers(_ row: [AnswerValue]) throws(Unreadable) -> [Quantity] {
    try row.map { cell throws(Unreadable) in
      guard case .quantity(let value, nil) = cell else {
        throw Unreadable(reason: "an environment that is not understood")
      }
      return value
    }
  }

  /// By its first row.
  private static func determinant(_ rows: [[Quantity]]) throws(Unreadable) -> Quantity {
    guard let first = rows.first, rows.count <= 4, rows.allSatisfy({ $0.count == rows.count })
    else {
      throw Unreadable(reason: "a determinant that is not understood")
    }
    guard rows.count > 1 else { return first[0] }
    var sum = Quantity(.zero)
    for (column, value) in first.enumerated() {
      let minor = rows.dropFirst().map { row in
        row.enumerated().filter { $0.offset != column }.map(\.element)
      }
      let part = ExpressionParser.multiply(value, try determinant(minor))
      sum = ExpressionParser.add(sum, column % 2 == 0 ? part : ExpressionParser.negate(part))
    }
    return sum
  }

  /// `2 A B`: a number in front of matrices, or neither.
  private func matrixProduct(_ range: Range<Int>, depth: Int) throws(Unreadable) -> [[Quantity]] {
    let unclear = Unreadable(reason: "an environment that is not understood")
    var product: [[Quantity]]?
    var factor: Quantity?
    var at = range.lowerBound
    while at < range.upperBound {
      guard var low = tokens[at..<range.upperBound].firstIndex(where: { $0.isCommand("begin") }),
        var high = tokens[low..<range.upperBound].firstIndex(where: { $0.isCommand("end") })
      else { throw unclear }
      while high < range.upperBound, !tokens[high].isSymbol("}") { high += 1 }
      high += 1
      if low > at, Self.isBracket(tokens[low - 1]), high < range.upperBound,
        Self.isBracket(tokens[high])
      {
        (low, high) = (low - 1, high + 1)
      }
      guard high <= range.upperBound else { throw unclear }
      var between = at..<low
      if let last = between.last, tokens[last].isSymbol("*") {
        between = between.lowerBound..<last
      }
      if !between.isEmpty {
        guard product == nil, case .quantity(let number, nil) = try quantity(between) else {
          throw unclear
        }
        factor = number
      }
      let next = try single(low..<high, depth: depth).map { row throws(Unreadable) in
        try row.map { cell throws(Unreadable) in
          guard case .quantity(let value, nil) = cell else { throw unclear }
          return value
        }
      }
      product = try product.map { p throws(Unreadable) in try Self.multiplied(p, next) } ?? next
      at = high
    }
    guard let product else { throw unclear }
    guard let factor else { return product }
    return product.map { $0.map { ExpressionParser.multiply(factor, $0) } }
  }

  private static func multiplied(
    _ a: [[Quantity]], _ b: [[Quantity]]
  ) throws(Unreadable) -> [[Quantity]] {
    guard let width = b.first?.count, b.allSatisfy({ $0.count == width }),
      a.allSatisfy({ $0.count == b.count }), a.count * b.count * width <= 1000
    else { throw Unreadable(reason: "matrices of different shapes") }
    return a.map { row in
      (0..<width).map { column in
        zip(row, b).reduce(Quantity(.zero)) { sum, pair in
          ExpressionParser.add(sum, ExpressionParser.multiply(pair.0, pair.1[column]))
        }
      }
    }
  }

  private static let environments: Set<String> = [
    "matrix", "pmatrix", "bmatrix", "vmatrix", "array", "smallmatrix",
  ]

  private func single(_ range: Range<Int>, depth: Int) throws(Unreadable) -> [[AnswerValue]] {
    let unclear = Unreadable(reason: "an environment that is not understood")
    guard var low = range.first(where: { tokens[$0].isCommand("begin") }),
      let end = range.last(where: { tokens[$0].isCommand("end") }), low < end
    else { throw unclear }
    // Brackets around an array belong to it.
    let around = low - range.lowerBound
    guard around <= 1, around == 0 || Self.isBracket(tokens[range.lowerBound]) else {
      throw unclear
    }
    let begin = low
    while low < end, !tokens[low].isSymbol("}") { low += 1 }
    let isKnown = tokens[begin..<low].contains {
      if case .word(let word) = $0.kind { Self.environments.contains(word) } else { false }
    }
    let isArray = tokens[begin..<low].contains { $0.kind == .word("array") }
    low += 1
    if isArray, low < end, tokens[low].isSymbol("{") {
      while low < end, !tokens[low].isSymbol("}") { low += 1 }
      low += 1
    }
    var tail = end
    while tail < range.upperBound, !tokens[tail].isSymbol("}") { tail += 1 }
    let rest = range.upperBound - tail - 1
    guard isKnown, low <= end, rest == around,
      rest == 0 || Self.isBracket(tokens[range.upperBound - 1])
    else { throw unclear }
    var rows: [[AnswerValue]] = []
    for row in split(low..<end, at: { $0.isSymbol(3) }) where !trimmed(row).isEmpty {
      rows.append(
        try split(row) { $0.isSymbol("&") }.map { piece throws(Unreadable) in
          try value(piece, depth: depth + 1)
        })
    }
    return rows
  }

  private static func isBracket(_ token: AnswerToken) -> Bool {
    token.isSymbol("(") || token.isSymbol("[") || token.isSymbol(")") || token.isSymbol("]")
      || token.isSymbol("|")
  }
}
