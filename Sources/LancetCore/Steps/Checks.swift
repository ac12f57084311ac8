// The arithmetic of a trace, recomputed: every `expression = value` in prose, LaTeX and calculator marks.

/// Every `expression = value` of a text, in order, with its verdict.
///
/// A stated value is right when it is the computed one, or the computed one rounded to the digits shown. `wrong` is
/// said only of expressions read whole and without doubt; everything else that does not agree is `unknown`.
public func checks(in text: String) -> [Check] {
  let bytes = Array(text.utf8)
  let context = ClaimContext(bytes)
  let formulas = FormulaChecker.findings(bytes, context: context)
  var finder = CheckFinder(bytes)
  finder.run()
  let prose = settled(finder.checks, formulas, context)
  return (formulas.checks + prose).sorted {
    ($0.bytes.lowerBound, $0.bytes.upperBound) < ($1.bytes.lowerBound, $1.bytes.upperBound)
  }
}

/// The prose reader's checks where formulas do not speak for themselves; doubtful ones are not called wrong.
private func settled(
  _ checks: [Check], _ formulas: FormulaFindings, _ context: ClaimContext
) -> [Check] {
  let claimed = formulas.claimed.sorted { $0.lowerBound < $1.lowerBound }
  let doubtful = formulas.doubtful.sorted { $0.lowerBound < $1.lowerBound }
  return checks.compactMap { check in
    if overlaps(claimed, check.bytes) { return nil }
    guard check.verdict == .wrong,
      overlaps(doubtful, check.bytes) || context.isHedged(check.bytes)
        || context.hasForeignArithmetic
    else { return check }
    var out = check
    out.verdict = .unknown
    return out
  }
}

/// Whether one of some ranges, sorted by their beginnings, overlaps another.
private func overlaps(_ ranges: [Range<Int>], _ range: Range<Int>) -> Bool {
  var (low, high) = (0, ranges.count)
  while low < high {
    let middle = (low + high) / 2
    if ranges[middle].lowerBound < range.upperBound { low = middle + 1 } else { high = middle }
  }
  // Members of one chain overlap their neighbours only.
  for i in stride(from: low - 1, through: max(0, low - 4), by: -1) where i >= 0 {
    if ranges[i].overlaps(range) { return true }
  }
  return false
}

struct CheckFinder {
  private let bytes: [UInt8]
  private var reader: ProseReader
  private(set) var checks: [Check] = []
  /// Token indices of calculator marks whose number behind has been checked against prose.
  private var settledMarks: Set<Int> = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    let lexer = ProseLexer(bytes, range: 0..<bytes.count)
    reader = ProseReader(bytes: bytes, tokens: lexer.tokens, numbers: lexer.numbers)
  }

  private var tokens: [ProseToken] { reader.tokens }

  mutating func run() {
    var i = 0
    while i < reader.tokens.count {
      if reader.startsOperand(i), let left = reader.expression(i) {
        i = max(follow(left, certain: beginsClean(i)), i + 1)
      } else {
        i += 1
      }
    }
    for i in reader.tokens.indices where reader.tokens[i].kind == .mark { mark(i) }
    checks += ListChecks(reader).checks
  }

  // MARK: Prose

  /// Checks an expression against what follows it, and on along a chain; returns where to go on reading.
  private mutating func follow(_ first: ProseExpression, certain: Bool) -> Int {
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
  private func joinSpacedThousands(
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

  private static let abouts: Set<String> = [
    "about", "approximately", "around", "roughly", "nearly", "almost",
  ]

  private func isRelation(_ i: Int) -> Bool {
    reader.kind(i) == .equals || reader.kind(i) == .approximately
  }

  /// "5 + 3 is 8", "12 * 4 gives 48": a relation in a word.
  private func says(_ i: Int) -> Bool {
    guard reader.kind(i) == .word else { return false }
    return ["is", "gives", "makes", "yields", "为", "是", "等于"].contains(reader.text(i))
  }

  /// "so 5 + 3", but not "the units digit of 16^17".
  private func opensClause(_ start: Int) -> Bool {
    switch reader.kind(start - 1) {
    case nil, .newline, .stop, .comma: return true
    case .word:
      return ["so", "then", "since", "because", "that", "and", "thus", "hence", "therefore"]
        .contains(reader.text(start - 1))
    default: return false
    }
  }

  /// Whether nothing behind a number belongs to it but a unit.
  private func endsClause(_ right: ProseExpression) -> Bool {
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

  private func decimals(_ range: Range<Int>) -> Int {
    for i in range where reader.kind(i) == .number {
      return reader.numbers[tokens[i].number].decimals
    }
    return 0
  }

  /// An expression that goes on where it cannot be read: said once, as unknown, when a relation follows soon.
  private mutating func blocked(_ left: ProseExpression) {
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

  private mutating func unknown(_ left: ProseExpression, _ relation: Int) {
    let range = bytes(of: left.tokens)
    guard relation + 1 < tokens.count else { return }
    let next = tokens[relation + 1]
    guard next.kind != .newline, next.kind != .stop else { return }
    add(range, next.start..<next.end, computed: left.value?.spelling, .unknown)
  }

  /// Whether nothing in front of an expression could belong to it.
  private func beginsClean(_ start: Int) -> Bool {
    var i = start - 1
    while reader.kind(i) == .currency || reader.kind(i) == .mark { i -= 1 }
    switch reader.kind(i) {
    case nil, .newline, .stop, .comma, .open, .equals, .approximately: return true
    case .word:
      let word = reader.text(i)
      return !Self.suspicious.contains(word) && !isPartOf(i)
    case .op(let op):
      // A bullet at the beginning of a line.
      let isFirst = reader.kind(i - 1) == nil || reader.kind(i - 1) == .newline
      return isFirst && (op == .minus || op == .star) && tokens[start].spaceBefore
    case .close:
      // "(a) 5 + 3", "1) 5 + 3"
      let before = reader.kind(i - 2)
      return tokens[start].spaceBefore && (before == .open || before == .newline || before == nil)
    default: return false
    }
  }

  /// Words in front of a number that may act on it.
  private static let suspicious: Set<String> = [
    "half", "twice", "double", "triple", "thrice", "third", "quarter", "times", "by", "over",
    "squared", "percent", "step", "day", "week", "month", "year", "part", "question",
    "problem", "case", "number", "no", "option", "chapter", "round", "plus", "minus", "negative",
    "add", "subtract", "multiply", "divide", "halves", "thirds", "fourths", "quarters", "fifths",
    "choose", "adding", "subtracting", "multiplying", "dividing", "root", "sum", "difference",
    "product",
  ]

  /// "a total of 36 + 30" is whole; "half of 20 + 3" and "20% of 50 + 3" are not.
  private func isPartOf(_ i: Int) -> Bool {
    guard reader.text(i) == "of" else { return false }
    switch reader.kind(i - 1) {
    case .word: return Self.parts.contains(reader.text(i - 1))
    case .number, .percent, .close, .other, .letter: return true
    default: return false
    }
  }

  private static let parts: Set<String> = [
    "half", "third", "quarter", "fourth", "fifth", "sixth", "tenth", "thirds", "quarters",
    "fourths", "fifths", "halves", "tenths", "percent", "out", "one-half", "one-third",
    "two-thirds", "one-fourth", "three-fourths", "three-quarters", "one-quarter", "one-fifth",
  ]

  /// Whether a letter stands among the tokens of an expression: a unit, or a variable after all.
  private func hasLetters(_ range: Range<Int>) -> Bool {
    for i in range.lowerBound..<min(range.upperBound + 1, tokens.count) {
      guard case .letter(let letter) = tokens[i].kind else { continue }
      if letter != UInt8(ascii: "x"), letter != UInt8(ascii: "X") { return true }
      if i == range.upperBound { return true }
    }
    return false
  }

  // MARK: Verdicts

  private mutating func emit(
    _ left: ProseExpression, _ right: ProseExpression, certain: Bool, about: Bool, inChain: Bool,
    markAt: Int?
  ) {
    if let markAt { settledMarks.insert(markAt) }
    if let found = quotient(left, right) {
      checks.append(found)
      return
    }
    guard left.operators > 0 || inChain else {
      if let markAt { settledMarks.remove(markAt) }
      return
    }
    let range = bytes(of: left.tokens)
    let clean = certain && !hasLetters(left.tokens)
    var verdict = judge(
      left, right, unitBehind: unitBehind(right), certain: clean, about: about, inChain: inChain)
    if verdict == .wrong, doubtfulEnd(right) || bindsByWords(left) || isMeasure(left, right) {
      verdict = .unknown
    }
    if verdict == .wrong, let markAt, left.hasWords || left.isPercent || left.mixesPercent,
      markAgrees(markAt, right)
    {
      verdict = .unknown
    }
    var computed = left.value
    if right.isPercent, !left.isPercent || left.value != nil {
      computed = left.value?.multiplied(by: Rational(100))
      if let value = left.value, let stated = right.value?.multiplied(by: Rational(100)),
        value == stated
      {
        computed = value
      }
    }
    add(range, statedBytes(right.tokens), computed: computed?.spelling, verdict)
  }

  /// "17 / 5 = 3 remainder 2".
  private func quotient(_ left: ProseExpression, _ right: ProseExpression) -> Check? {
    let low = left.tokens.lowerBound
    guard left.tokens.count == 3, right.operators == 0, reader.kind(low + 1) == .op(47),
      reader.kind(low) == .number, reader.kind(low + 2) == .number,
      let a = reader.numbers[tokens[low].number].value,
      let b = reader.numbers[tokens[low + 2].number].value, let q = right.value
    else { return nil }
    return Quotients(bytes).check(
      a, by: b, expression: bytes(of: left.tokens), quotient: statedBytes(right.tokens), stated: q)
  }

  /// The bytes of a stated value without its sign of money and percent sign.
  private func statedBytes(_ range: Range<Int>) -> Range<Int> {
    var (low, high) = (range.lowerBound, range.upperBound)
    while high > low + 1, tokens[high - 1].kind == .percent { high -= 1 }
    while low < high - 1, tokens[low].kind == .currency { low += 1 }
    if tokens[low].kind == .op(.minus), low + 2 < high, tokens[low + 1].kind == .currency {
      return tokens[low].start..<tokens[high - 1].end
    }
    return tokens[low].start..<tokens[high - 1].end
  }

  private func bytes(of range: Range<Int>) -> Range<Int> {
    tokens[range.lowerBound].start..<tokens[range.upperBound - 1].end
  }

  private func judge(
    _ left: ProseExpression, _ right: ProseExpression, unitBehind: KnownUnit?, certain: Bool,
    about: Bool, inChain: Bool
  ) -> CheckVerdict {
    let (l, r) = (left.approximate, right.approximate)
    guard l.isFinite, r.isFinite else { return .unknown }
    if CheckRules.agree(left, right) { return .right }
    // The same quantity in another unit.
    if let u = left.unit, let v = right.unit ?? unitBehind, u.name != v.name,
      u.dimension == v.dimension
    {
      if let a = left.value?.multiplied(by: u.factor),
        let b = right.value?.multiplied(by: v.factor),
        a == b
      {
        return .right
      }
      return .unknown
    }
    // "12 / 20 * 100 = 60%"
    if right.isPercent || left.isPercent {
      var scaled = right
      if right.isPercent, !left.isPercent {
        scaled.value = right.value?.multiplied(by: Rational(100))
        scaled.approximate *= 100
      } else if left.isPercent, !right.isPercent {
        scaled.value = right.value?.divided(by: Rational(100))
        scaled.approximate /= 100
      }
      if CheckRules.agree(left, scaled) { return .right }
      if right.isPercent != left.isPercent { return .unknown }
    }
    let scale = max(l.magnitude, r.magnitude)
    let distance = (l - r).magnitude
    if about, distance <= 0.1 * scale { return distance <= 0.01 * scale ? .right : .unknown }
    guard certain, !left.mixesPercent, !left.mixesUnits, !right.mixesPercent else {
      return .unknown
    }
    if left.value == nil || right.value == nil { return .unknown }
    if left.operators == 0 {
      guard inChain, !left.hasWords, left.unit == nil, right.unit == nil else { return .unknown }
    }
    if right.operators > 0 {
      // Two expressions: only plain whole numbers are beyond doubt.
      guard !right.hasWords, !left.hasWords, left.slack == 0, right.slack == 0 else {
        return .unknown
      }
    }
    // Cut instead of rounded: people do it to money.
    if right.operators == 0, right.decimals > 0 {
      var step = right.isPercent ? 0.01 : 1.0
      for _ in 0..<min(right.decimals, 40) { step /= 10 }
      let cut = l.magnitude - r.magnitude
      if cut > 0, cut < step * (1 - 1e-9), (l < 0) == (r < 0) { return .unknown }
    }
    // Computed from rounded numbers.
    if right.operators == 0 {
      var step = 1.0
      for _ in 0..<min(right.decimals, 40) { step /= 10 }
      if left.slack > 0, distance <= left.slack + step / 2 { return .unknown }
    }
    return .wrong
  }

  private func unitBehind(_ right: ProseExpression) -> KnownUnit? {
    let end = right.tokens.upperBound
    return reader.kind(end) == .word ? Units.known(reader.text(end)) : nil
  }

  /// "1/2 inch = 20 miles": a written fraction with a unit is no calculation, and the other side has a unit of its own.
  private func isMeasure(_ left: ProseExpression, _ right: ProseExpression) -> Bool {
    let range = left.tokens
    let isFraction =
      left.operators == 1
      && (reader.kind(range.lowerBound) == .frac
        || range.count == 3 && reader.kind(range.lowerBound + 1) == .op(47))
    guard isFraction, reader.kind(range.upperBound) == .word else { return false }
    return reader.text(range.upperBound) != reader.text(right.tokens.upperBound)
  }

  /// "3 times 4 + 5": operators that are words bind as people like.
  private func bindsByWords(_ left: ProseExpression) -> Bool {
    left.operators > 1
      && left.tokens.contains { i in
        if case .op = tokens[i].kind { bytes[tokens[i].start].isLetter } else { false }
      }
  }

  /// Whether what follows a stated value may change it: "3 remainder 1", "2 million", "8 x".
  private func doubtfulEnd(_ right: ProseExpression) -> Bool {
    let end = right.tokens.upperBound
    switch reader.kind(end) {
    case .letter, .number, .other, .open, .op(.caret), .frac, .sqrt: return true
    case .op(.slash): return reader.kind(end + 1) != .word
    case .op: return reader.kind(end + 1) == .letter(UInt8(ascii: "x"))
    case .word:
      let word = reader.text(end)
      if ProseWords.changesNumber(word) { return true }
      return word == "and" && (reader.kind(end + 1) == .number || reader.text(end + 1) == "a")
        && end + 1 < tokens.count
    default: return false
    }
  }

  private mutating func add(
    _ expression: Range<Int>, _ stated: Range<Int>, computed: String?, _ verdict: CheckVerdict
  ) {
    checks.append(
      Check(
        bytes: expression.lowerBound..<max(expression.upperBound, stated.upperBound),
        statedBytes: stated, expression: string(expression), stated: string(stated),
        computed: computed, verdict: verdict))
  }

  private func string(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  // MARK: Calculator marks

  /// The expression and the result inside a mark.
  private func read(_ markAt: Int) -> (ProseReader, ProseExpression, ProseExpression)? {
    let token = tokens[markAt]
    let lexer = ProseLexer(bytes, range: (token.start + 2)..<(token.end - 2), inMark: true)
    var inner = ProseReader(bytes: bytes, tokens: lexer.tokens, numbers: lexer.numbers)
    guard let left = inner.expression(0), !left.isBlocked,
      inner.kind(left.tokens.upperBound) == .equals,
      let right = inner.expression(left.tokens.upperBound + 1), !right.isBlocked,
      right.operators == 0, right.tokens.upperBound == lexer.tokens.count
    else { return nil }
    return (inner, left, right)
  }

  private func markAgrees(_ markAt: Int, _ stated: ProseExpression) -> Bool {
    guard let (_, left, right) = read(markAt) else { return false }
    return CheckRules.agree(left, right) && CheckRules.agree(right, stated)
  }

  private mutating func mark(_ markAt: Int) {
    guard let (inner, left, right) = read(markAt) else { return }
    let verdict = judge(
      left, right, unitBehind: nil, certain: true, about: false, inChain: true)
    let inside = inner.tokens
    let expression =
      inside[left.tokens.lowerBound].start..<inside[left.tokens.upperBound - 1].end
    let stated = inside[right.tokens.lowerBound].start..<inside[right.tokens.upperBound - 1].end
    add(expression, stated, computed: left.value?.spelling, verdict)
    // The number behind the mark, when no prose in front stated it.
    guard !settledMarks.contains(markAt) else { return }
    var next = markAt + 1
    if reader.kind(next) == .currency { next += 1 }
    guard reader.kind(next) == .number || reader.startsOperand(next),
      next < tokens.count, tokens[next].start - tokens[markAt].end <= 1,
      var after = reader.expression(next)
    else { return }
    if after.operators > 0 {
      after.tokens = next..<max(after.firstEnd, next + 1)
      after.value = after.firstValue
      after.approximate = after.firstValue?.double ?? .nan
      after.operators = 0
      after.decimals = decimals(after.tokens)
    }
    var outcome = judge(
      left, after, unitBehind: unitBehind(after), certain: true, about: false, inChain: true)
    if outcome != .right, CheckRules.agree(right, after), verdict != .wrong { outcome = verdict }
    if outcome == .wrong, doubtfulEnd(after) { outcome = .unknown }
    add(expression, statedBytes(after.tokens), computed: left.value?.spelling, outcome)
  }
}

/// When a stated value agrees with the computed one.
enum CheckRules {
  static func agree(_ left: ProseExpression, _ right: ProseExpression) -> Bool {
    if let l = left.value, let r = right.value, l == r { return true }
    let (l, r) = (left.approximate, right.approximate)
    guard l.isFinite, r.isFinite else { return false }
    let scale = max(l.magnitude, r.magnitude)
    let distance = (l - r).magnitude
    if right.operators > 0 {
      // Two expressions: equal up to the noise of doubles when one has no exact value.
      return (left.value == nil || right.value == nil) && distance <= scale * 1e-9
    }
    if right.significant >= 12, distance <= scale * 1e-11 { return true }
    // Rounded to the digits shown; a result of less than half its last digit is not "0".
    var step = right.isPercent ? 0.01 : 1.0
    for _ in 0..<min(right.decimals, 40) { step /= 10 }
    if r == 0, l != 0 { return false }
    return distance <= step / 2 * (1 + 1e-9)
  }
}
