// Finds `expression = value` in prose and in calculator marks.

struct CheckFinder {
  let bytes: [UInt8]
  var reader: ProseReader
  var checks: [Check] = []
  /// What words say of numbers: they judge a number even where a formula that ends in it is right by itself.
  var worded: [Check] = []
  /// Token indices of calculator marks whose number behind has been checked against prose.
  var settledMarks: Set<Int> = []

  let context: ClaimContext
  var quantities: NamedQuantities
  /// The last expression that was said to be a named quantity, and not what it comes to.
  var pending: (name: String, value: ProseExpression, end: Int)?

  init(_ bytes: [UInt8], context: ClaimContext, effort: Effort) {
    self.bytes = bytes
    self.context = context
    quantities = NamedQuantities(bytes)
    let lexer = ProseLexer(bytes, range: 0..<bytes.count)
    reader = ProseReader(
      bytes: bytes, tokens: lexer.tokens, numbers: lexer.numbers, effort: effort)
  }

  var tokens: [ProseToken] { reader.tokens }

  mutating func run() {
    var i = 0
    while i < reader.tokens.count, !reader.effort.isSpent {
      if reader.startsOperand(i), let left = reader.expression(i) {
        named(left, at: i)
        i = max(follow(left, certain: beginsClean(i)), i + 1)
      } else {
        i += 1
      }
    }
    for i in reader.tokens.indices where reader.tokens[i].kind == .mark { mark(i) }
    guard !reader.effort.isSpent else { return }
    reader.findOpeners()
    checks += ListChecks(reader).checks
    worded =
      WordChecks(reader).checks + KnownFacts(reader).checks + TimeSpans(bytes).checks
      + Restatements(reader).checks
  }

  // MARK: Named quantities

  /// A quantity that words name twice, with a sum and with what it comes to: `Earned = $3 (room) + $4 (dishes)`, `Earned = $8`.
  mutating func named(_ found: ProseExpression, at i: Int) {
    guard reader.kind(i - 1) == .equals else { return }
    let before = pending
    pending = nil
    let relation = tokens[i - 1].start
    guard !found.isBlocked, found.value != nil, let name = quantities.name(endingAt: relation),
      reader.kind(i - 2) == .word
    else { return }
    let behind = reader.skipUnits(found.tokens.upperBound, limit: 4).index
    switch reader.kind(behind) {
    case nil, .newline, .stop: break
    default: return
    }
    if found.operators > 0 {
      pending = (name, found, tokens[behind - 1].end)
    } else if let before, before.name == name,
      quantities.adjoins(before.end, relation, name, context)
    {
      emit(before.value, found, certain: true, about: false, inChain: false, markAt: nil)
      if let last = checks.indices.last { checks[last].bytes = checks[last].statedBytes }
    }
  }

  // MARK: Prose

  /// Checks an expression against what follows it, and on along a chain; returns where to go on reading.
  mutating func follow(_ first: ProseExpression, certain: Bool) -> Int {
    var left = first
    var certain = certain
    var inChain = false
    while true {
      let end = left.tokens.upperBound
      guard !left.isBlocked else {
        blocked(left)
        return end
      }
      var relation = reader.skipUnits(end, limit: 9).index
      // A chain may go on in the next line when that begins with the relation.
      if reader.kind(relation) == .newline, isRelation(relation + 1) { relation += 1 }
      let isSaid =
        left.operators > 0 && !inChain && relation == end && says(relation)
        && opensClause(left.tokens.lowerBound)
      guard isRelation(relation) || isSaid else { return end }
      let isApproximate = reader.kind(relation) == .approximately
      var start = relation + 1
      if isSaid, reader.text(start) == "equal", reader.text(start + 1) == "to" { start += 2 }
      var markAt: Int?
      var about = isApproximate
      while true {
        if reader.kind(start) == .mark {
          markAt = start
          start += 1
        } else if reader.kind(start) == .word, Self.abouts.contains(reader.text(start)) {
          about = true
          start += 1
        } else if reader.kind(start) == .currency, reader.kind(start + 1) == .mark {
          start += 1
        } else {
          break
        }
      }
      guard reader.startsOperand(start), var right = reader.expression(start) else {
        if left.operators > 0 { unknown(left, relation) }
        return relation
      }
      joinSpacedThousands(&right, agreeing: left)
      let isRunOn =
        right.operators > 0
        && (markAt != nil
          || (right.firstValue != nil && right.firstValue == left.value
            && right.value != left.value))
      if isRunOn {
        // "5 + 3 = 8 * 2 = 16": the first number is the result, the rest goes on from it.
        var stated = right
        stated.tokens = start..<max(right.firstEnd, start + 1)
        stated.value = right.firstValue
        stated.operators = 0
        stated.decimals = decimals(stated.tokens)
        stated.isPercent = reader.kind(stated.tokens.upperBound - 1) == .percent
        emit(left, stated, certain: certain, about: about, inChain: inChain, markAt: markAt)
        left = right
        certain = true
        inChain = false
        continue
      }
      if right.isBlocked {
        if left.operators > 0 { unknown(left, relation) }
        blocked(right)
        return right.tokens.upperBound
      }
      if isSaid, !endsClause(right) { return relation + 1 }
      emit(left, right, certain: certain, about: about, inChain: inChain, markAt: markAt)
      inChain = inChain || left.operators > 0
      left = right
      certain = true
    }
  }

  /// "17 500" is read as one number when that is what was computed.
  func joinSpacedThousands(
    _ right: inout ProseExpression, agreeing left: ProseExpression
  ) {
    let end = right.tokens.upperBound
    guard right.operators == 0, right.decimals == 0, right.significant <= 3, !right.isPercent,
      reader.kind(end) == .number, tokens[end].spaceBefore,
      tokens[end].end - tokens[end].start == 3,
      tokens[end].start - tokens[end - 1].end == 1,
      let rest = reader.numbers[tokens[end].number].value, rest.isInteger,
      let joined = right.value?.multiplied(by: Rational(1000))?.adding(rest), left.value == joined
    else { return }
    right.value = joined
    right.approximate = joined.double
    right.firstValue = joined
    right.tokens = right.tokens.lowerBound..<(end + 1)
    right.firstEnd = end + 1
  }

  static let abouts: Set<String> = [
    "about", "approximately", "around", "roughly", "nearly", "almost",
  ]

  func isRelation(_ i: Int) -> Bool {
    reader.kind(i) == .equals || reader.kind(i) == .approximately
  }

  /// "5 + 3 is 8", "12 * 4 gives 48": a relation in a word.
  func says(_ i: Int) -> Bool {
    guard reader.kind(i) == .word else { return false }
    return ["is", "gives", "makes", "yields", "为", "是", "等于"].contains(reader.text(i))
  }

  /// "so 5 + 3", but not "the units digit of 16^17", nor "the gcd of 6^2 and 15^4".
  func opensClause(_ start: Int) -> Bool {
    switch reader.kind(start - 1) {
    case nil, .newline, .stop, .comma: return true
    case .word:
      return ["so", "then", "since", "because", "that", "thus", "hence", "therefore"]
        .contains(reader.text(start - 1))
    default: return false
    }
  }

  /// Whether nothing behind a number belongs to it but a unit.
  func endsClause(_ right: ProseExpression) -> Bool {
    guard right.operators == 0 else { return false }
    var i = right.tokens.upperBound
    if reader.kind(i) == .word, !ProseWords.changesNumber(reader.text(i)), reader.text(i) != "of" {
      if ["so", "and", "but", "because", "which"].contains(reader.text(i)) { return true }
      i += 1
    }
    switch reader.kind(i) {
    case nil, .stop, .newline, .comma: return true
    default: return false
    }
  }

  func decimals(_ range: Range<Int>) -> Int {
    for i in range where reader.kind(i) == .number {
      return reader.numbers[tokens[i].number].decimals
    }
    return 0
  }

  /// An expression that goes on where it cannot be read: said once, as unknown, when a relation follows soon.
  mutating func blocked(_ left: ProseExpression) {
    var i = left.tokens.upperBound
    let limit = i + 12
    while i < limit {
      switch reader.kind(i) {
      case .letter, .op, .number, .open, .close, .percent, .other, .currency, .pi, .frac:
        i += 1
      case .equals, .approximately:
        guard reader.startsOperand(i + 1) else { return }
        let range = tokens[left.tokens.lowerBound].start..<tokens[i - 1].end
        add(
          range, tokens[i + 1].start..<tokens[i + 1].end, computed: nil, .unknown)
        return
      default: return
      }
    }
  }

  mutating func unknown(_ left: ProseExpression, _ relation: Int) {
    let range = bytes(of: left.tokens)
    guard relation + 1 < tokens.count else { return }
    let next = tokens[relation + 1]
    guard next.kind != .newline, next.kind != .stop else { return }
    add(range, next.start..<next.end, computed: left.value?.spelling, .unknown)
  }

  /// Whether a letter stands among the tokens of an expression: a unit, or a variable after all.
  func hasLetters(_ range: Range<Int>) -> Bool {
    for i in range.lowerBound..<min(range.upperBound + 1, tokens.count) {
      guard case .letter(let letter) = tokens[i].kind else { continue }
      if letter != UInt8(ascii: "x"), letter != UInt8(ascii: "X") { return true }
      if i == range.upperBound { return true }
    }
    return false
  }
}
