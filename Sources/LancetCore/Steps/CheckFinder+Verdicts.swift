// The verdict on a stated value in prose.

extension CheckFinder {
  mutating func emit(
    _ left: ProseExpression, _ right: ProseExpression, certain: Bool, about: Bool, inChain: Bool,
    markAt: Int?
  ) {
    if let markAt { settledMarks.insert(markAt) }
    if let found = quotient(left, right) {
      checks.append(found)
      return
    }
    guard left.operators > 0 || inChain else {
      if let found = decomposed(left, right) { checks.append(found) }
      if let markAt { settledMarks.remove(markAt) }
      return
    }
    let range = bytes(of: left.tokens)
    let clean = certain && !hasLetters(left.tokens)
    var verdict = judge(
      left, right, unitBehind: unitBehind(right), certain: clean, about: about, inChain: inChain)
    if verdict == .wrong,
      doubtfulEnd(right) && !isScaledAlike(left, right) || bindsByWords(left)
        || isMeasure(left, right) || isOtherwise(left, right)
    {
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
  func quotient(_ left: ProseExpression, _ right: ProseExpression) -> Check? {
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
  func statedBytes(_ range: Range<Int>) -> Range<Int> {
    var (low, high) = (range.lowerBound, range.upperBound)
    while high > low + 1, tokens[high - 1].kind == .percent { high -= 1 }
    while low < high - 1, tokens[low].kind == .currency { low += 1 }
    if tokens[low].kind == .op(.minus), low + 2 < high, tokens[low + 1].kind == .currency {
      return tokens[low].start..<tokens[high - 1].end
    }
    return tokens[low].start..<tokens[high - 1].end
  }

  func bytes(of range: Range<Int>) -> Range<Int> {
    tokens[range.lowerBound].start..<tokens[range.upperBound - 1].end
  }

  func judge(
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
      // "3/4 = 70%": a plain quotient that is no percentage near the stated one, as a share or in hundredths.
      let isPlain =
        right.isPercent && !left.isPercent && left.operators > 0 && !left.hasWords
        && left.unit == nil && left.slack == 0
      // "150/120 = 25% more" leaves the whole out.
      let share = right.approximate
      let isNear = [share, scaled.approximate, 1 + share, 1 - share].contains {
        (left.approximate - $0).magnitude <= 0.02 * max(left.approximate.magnitude, $0.magnitude)
      }
      if right.isPercent != left.isPercent, !isPlain || isNear { return .unknown }
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
    // Cut instead of rounded: people do it to money, where digits are left out.
    let fits = left.value?.decimalPlaces.map { $0 <= right.decimals } ?? false
    if right.operators == 0, right.decimals > 0, right.isPercent || !fits {
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

  func unitBehind(_ right: ProseExpression) -> KnownUnit? {
    let end = right.tokens.upperBound
    return reader.kind(end) == .word ? Units.known(reader.text(end)) : nil
  }

  /// "1/2 inch = 20 miles": a written fraction with a unit is no calculation, and the other side has a unit of its own.
  func isMeasure(_ left: ProseExpression, _ right: ProseExpression) -> Bool {
    let range = left.tokens
    let isFraction =
      left.operators == 1
      && (reader.kind(range.lowerBound) == .frac
        || range.count == 3 && reader.kind(range.lowerBound + 1) == .op(47))
    guard isFraction, reader.kind(range.upperBound) == .word, !says(range.upperBound) else {
      return false
    }
    return reader.text(range.upperBound) != reader.text(right.tokens.upperBound)
  }

  /// "3 times 4 + 5": operators that are words bind as people like.
  func bindsByWords(_ left: ProseExpression) -> Bool {
    left.operators > 1
      && left.tokens.contains { i in
        if case .op = tokens[i].kind { bytes[tokens[i].start].isLetter } else { false }
      }
  }

  /// Whether what follows a stated value may change it: "3 remainder 1", "2 million", "8 x".
  func doubtfulEnd(_ right: ProseExpression) -> Bool {
    let end = right.tokens.upperBound
    switch reader.kind(end) {
    // The bar of a table.
    case .other: return !(bytes[tokens[end].start] == .bar && tokens[end].spaceBefore)
    // "2.4 h", but not "2 x".
    case .letter(let letter):
      let isUnit = Units.letters.contains(String(UnicodeScalar(letter)))
      return !(isUnit && tokens[end].spaceBefore && endsSentence(end + 1))
    case .number, .op(.caret), .frac, .sqrt: return true
    // "8 (x + 1)", but not "14.99 (rounded)" or "9（个）".
    case .open:
      let isApart = tokens[end].spaceBefore || bytes[tokens[end].start] >= 0x80
      return !(isApart && reader.kind(end + 1) == .word)
    // "1,50,000": the comma belongs to the number.
    case .comma:
      return isTight(end) && reader.kind(end + 1) == .number && isTight(end + 1)
        && bytes[tokens[end].start] < 0x80
    case .op(.slash): return reader.kind(end + 1) != .word
    case .op: return reader.kind(end + 1) == .letter(UInt8(ascii: "x"))
    case .word:
      let word = reader.text(end)
      if ProseWords.changesNumber(word) { return true }
      // "3 and 1/2", "3 and a half", but not "6 and 4 * 5 = 20".
      let isPart =
        reader.kind(end + 1) == .number && reader.kind(end + 2) != .op(.star)
        && reader.kind(end + 2) != .op(.plus) && reader.kind(end + 2) != .op(.minus)
      return word == "and" && (isPart || reader.text(end + 1) == "a") && end + 1 < tokens.count
    default: return false
    }
  }

  private func endsSentence(_ i: Int) -> Bool {
    switch reader.kind(i) {
    case nil, .newline, .stop: true
    default: false
    }
  }

  mutating func add(
    _ expression: Range<Int>, _ stated: Range<Int>, computed: String?, _ verdict: CheckVerdict
  ) {
    reader.effort.spend(verdict == .wrong ? 150 : 30)
    checks.append(
      Check(
        bytes: expression.lowerBound..<max(expression.upperBound, stated.upperBound),
        statedBytes: stated, expression: string(expression), stated: string(stated),
        computed: computed, verdict: verdict))
  }

  func string(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }
}
