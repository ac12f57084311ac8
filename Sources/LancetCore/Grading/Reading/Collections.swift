// Brackets of an answer and what has a notation of its own: tuples, intervals, sets, matrices, ±, bases, ratios.

extension AnswerParser {
  func bracketed(_ range: Range<Int>, depth: Int) throws(Unreadable) -> AnswerValue? {
    guard case .symbol(let open) = tokens[range.lowerBound].kind, Self.opening.contains(open),
      let close = match(range.lowerBound, range.upperBound), close == range.upperBound - 1,
      case .symbol(let shut) = tokens[close].kind
    else { return nil }
    let inner = (range.lowerBound + 1)..<close
    if open == 1 {
      guard shut == 2 else { throw Unreadable(reason: "a bracket is not closed") }
      return try set(inner, depth: depth)
    }
    // "{x | -1 < x < 2}" without the backslashes.
    if open == .openBrace, inner.count > 3, case .letter = tokens[inner.lowerBound].kind,
      tokens[inner.lowerBound + 1].isSymbol("|") || tokens[inner.lowerBound + 1].isSymbol(":")
    {
      return try set(inner, depth: depth)
    }
    let parts = split(inner) { $0.isSymbol(",") || $0.isSymbol(";") }
    if parts.count > 1 {
      let members = try parts.map { piece throws(Unreadable) in
        try value(piece, depth: depth + 1)
      }
      if open == .openBrace { return .set(members) }
      return try spread(members, parts, open: open, close: shut)
    }
    if open == .openBrace || open == .openParen {
      let inside = try value(inner, depth: depth + 1)
      // In brackets a number is no longer the whole part of a mixed one.
      return inside
    }
    // "[5]" with one member is a list.
    return try value(inner, depth: depth + 1)
  }

  /// `(\pm 3, 0)`: the two tuples it stands for.
  private func spread(
    _ members: [AnswerValue], _ parts: [Range<Int>], open: UInt8, close: UInt8
  ) throws(Unreadable) -> AnswerValue {
    let signed = parts.indices.filter { i in
      tokens[parts[i]].contains { $0.isCommand("pm") || $0.isCommand("mp") }
    }
    guard let at = signed.first else { return .group(open: open, close: close, members) }
    guard signed.count == 1, case .list(let values) = members[at] else {
      throw Unreadable(reason: "several ±")
    }
    return .list(
      values.map { value in
        var own = members
        own[at] = value
        return .group(open: open, close: close, own)
      })
  }

  /// The closing bracket for the opening one at `at`; a half-open interval may mix round and square ones.
  private func match(_ at: Int, _ end: Int) -> Int? {
    var depth = 0
    for i in at..<end {
      guard case .symbol(let s) = tokens[i].kind else { continue }
      if Self.opening.contains(s) { depth += 1 }
      if Self.closing.contains(s) {
        depth -= 1
        if depth == 0 { return i }
      }
    }
    return nil
  }

  /// `{1, 2}`, `{x | x > 3}`, `{x : x > 3}`.
  private func set(_ inner: Range<Int>, depth: Int) throws(Unreadable) -> AnswerValue {
    if trimmed(inner).isEmpty { return .set([]) }
    let halves = split(inner) { $0.isSymbol("|") || $0.isSymbol(":") }
    if halves.count == 2, case .letter(let name)? = tokens[halves[0]].first?.kind,
      case .named(let other, let value) = try value(halves[1], depth: depth + 1), name == other
    {
      switch value {
      case .group, .union, .set: return value
      default: return .set([value])
      }
    }
    let parts = split(inner) { $0.isSymbol(",") || $0.isSymbol(";") }
    return .set(
      try parts.map { piece throws(Unreadable) in try value(piece, depth: depth + 1) })
  }

  func special(_ range: Range<Int>, depth: Int) throws(Unreadable) -> AnswerValue? {
    let slice = tokens[range]
    if slice.contains(where: { $0.isCommand("begin") }) { return try matrix(range, depth: depth) }
    if slice.contains(where: {
      $0.isCommand("infty") || $0.kind == .word("infinity") || $0.kind == .word("inf")
    }) {
      var rest = Array(slice)
      var negative = false
      if let first = rest.first, first.isSymbol("-") || first.isSymbol("+") {
        negative = first.isSymbol("-")
        rest.removeFirst()
      }
      guard rest.count == 1 else { throw Unreadable(reason: "infinity in an expression") }
      return .infinity(negative: negative)
    }
    if slice.contains(where: { $0.isCommand("pm") || $0.isCommand("mp") }) {
      return try plusMinus(range)
    }
    if slice.count == 1, slice.first?.isCommand("emptyset") ?? false { return .set([]) }
    if let reals = reals(range) { return reals }
    if let based = based(range) { return based }
    let ratio = split(range) { $0.isSymbol(":") }
    if ratio.count == 2, let label = words(trimmed(ratio[0])), label.count <= 2,
      label.allSatisfy(Self.labels.contains), label != ["final"]
    {
      return try value(ratio[1], depth: depth + 1)
    }
    if ratio.count > 1 {
      return .ratio(
        try ratio.map { piece throws(Unreadable) in try value(piece, depth: depth + 1) })
    }
    return nil
  }

  private static let labels: Set<String> = [
    "result", "total", "sum", "solution", "value", "output", "final", "answer",
  ]

  /// ℝ, written `\mathbb{R}`: the interval from −∞ to ∞.
  ///
  /// Other sets of numbers equal only themselves.
  private func reals(_ range: Range<Int>) -> AnswerValue? {
    guard tokens[range.lowerBound].isCommand("mathbb"), range.count <= 4 else { return nil }
    var name = ""
    for token in tokens[range].dropFirst() {
      switch token.kind {
      case .letter(let letter) where name.isEmpty: name = letter
      case .symbol(.openBrace), .symbol(.closeBrace): continue
      default: return nil
      }
    }
    guard ["R", "N", "Z", "Q", "C"].contains(name) else { return nil }
    return name == "R" ? Self.reals : .text("the numbers \(name)")
  }

  /// Digits in a base: `1011_2`, `2A_{16}`, `1011_{\text{two}}`.
  private func based(_ range: Range<Int>) -> AnswerValue? {
    guard let at = range.first(where: { tokens[$0].isSymbol("_") }), at > range.lowerBound else {
      return nil
    }
    var digits = ""
    for token in tokens[range.lowerBound..<at] {
      switch token.kind {
      case .number where !token.number.hasPoint: digits += token.digits
      case .letter(let letter) where letter.utf8.count == 1: digits += letter
      case .word(let word) where word.utf8.allSatisfy(\.isLetter) && word.utf8.count <= 8:
        digits += word
      default: return nil
      }
    }
    let behind = tokens[(at + 1)..<range.upperBound].filter {
      !$0.isSymbol("{") && !$0.isSymbol("}")
    }
    guard behind.count == 1 else { return nil }
    // "FF_{16}" and no variable with a subscript
    let isHex =
      behind[0].digits == "16" && digits.utf8.count > 1
      && digits.uppercased().utf8.allSatisfy { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "F") }
    guard isHex || digits.utf8.contains(where: \.isDigit) else { return nil }
    var base: Int?
    if behind[0].kind == .number { base = Int(behind[0].digits) }
    if case .word(let word) = behind[0].kind { base = NumberWords.value(of: [word]) }
    guard let base, base >= 2, base <= 36 else { return nil }
    var canonical = Substring(digits.uppercased())
    while canonical.utf8.count > 1, canonical.utf8.first == .zero { canonical.removeFirst() }
    // Plain numbers are in base ten.
    if base == 10, canonical.utf8.allSatisfy(\.isDigit) {
      return .quantity(Quantity(WrittenNumber(digits: canonical.utf8)), nil)
    }
    return .based(String(canonical), base: base)
  }

  /// `a ± b` as the two values it stands for; several ± stand for the same sign, ∓ for the other one.
  private func plusMinus(_ range: Range<Int>) throws(Unreadable) -> AnswerValue {
    let signs = range.filter { tokens[$0].isCommand("pm") || tokens[$0].isCommand("mp") }
    guard signs.count == 1 || signs.contains(where: { tokens[$0].isCommand("mp") }) else {
      throw Unreadable(reason: "several ±")
    }
    func reading(_ plus: Bool) throws(Unreadable) -> AnswerValue {
      var copy = Array(tokens[range])
      for i in signs {
        let isPlus = tokens[i].isCommand("pm") == plus
        let spaced = tokens[i].spaceBefore
        copy[i - range.lowerBound] = AnswerToken(
          .symbol(isPlus ? .plus : .minus), spaceBefore: spaced)
      }
      return try AnswerParser(tokens: copy).quantity(0..<copy.count)
    }
    return .list([try reading(true), try reading(false)])
  }
}
