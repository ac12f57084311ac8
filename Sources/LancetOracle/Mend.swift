// One wrong result: what is written in its place, and where its value is carried.

import LancetCore

struct Mend {
  private let text: String
  let bytes: [UInt8]
  private let checks: [Check]
  private let check: Check
  private let value: Rational
  private let given: Set<Rational>
  private let question: String
  private let mentions: [NumberMention]
  private let separators: Bool
  /// The mention that is the stated value; nil when that is no plain number.
  private let place: NumberMention?

  /// - Parameter given: the values of the question, by `values(in:)`.
  init(
    text: String, checks: [Check], check: Check, value: Rational, question: String,
    given: Set<Rational>
  ) {
    self.text = text
    bytes = Array(text.utf8)
    self.checks = checks
    self.check = check
    self.value = value
    self.question = question
    self.given = given
    mentions = numberMentions(in: text)
    place = mentions.first { $0.bytes == check.statedBytes }
    let bytes = self.bytes
    separators = mentions.contains { bytes[$0.bytes].contains(.comma) }
  }

  /// The values that a question brings in, in digits or in words.
  static func values(in question: String) -> Set<Rational> {
    Set(numberMentions(in: question).map(\.value)).union(wordValues(of: question))
  }

  func string(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  /// The replacement of the stated value: what it becomes, and how it is spelled; nil when it cannot be replaced.
  private func target() -> (value: Rational, text: String)? {
    let stated = string(check.statedBytes)
    var target = value
    if let place {
      // "360 - 480 = 120 less": the words carry the sign, and a minus would make nonsense of them.
      if place.value == value.negated { return nil }
      // A result cut instead of rounded: whole things stay whole (584 boxes), decimals are rounded where they were cut.
      let unit = Rational(10).power(-place.decimals) ?? .one
      if let distance = value.subtracting(place.value)?.magnitude, distance.isLess(than: unit) {
        guard place.decimals > 0, let text = value.spelled(decimals: place.decimals),
          let rounded = Rational(spelling: text)
        else { return nil }
        target = rounded
      }
    }
    return NumberStyle.spell(
      target, like: stated, separators: separators && !(place?.inMark ?? false)
    ).map { (target, $0) }
  }

  /// The replacements, in bytes of the text; nil when the stated value is nothing that can be replaced.
  func changes() -> [(bytes: Range<Int>, replacement: String)]? {
    guard let (target, fresh) = target() else { return nil }
    let stated = string(check.statedBytes)
    guard let old = place else {
      // A fraction: replaced as a whole, and later where the same text stands again.
      guard isFraction(check.statedBytes) else { return nil }
      return [(check.statedBytes, fresh)] + repeats(of: stated, replacement: fresh)
    }
    // What later steps compute with is what is written here, rounded or not.
    let written = Rational(spelling: fresh) ?? target
    var out = [(bytes: check.statedBytes, replacement: fresh)]
    guard written != old.value else { return out }
    let targets = places(of: old).certain
    for mention in targets {
      guard
        let spelled = NumberStyle.spell(
          written, like: string(mention.bytes), separators: separators && !mention.inMark)
      else { continue }
      let bracketed = written.isNegative && mention.followsOperator
      out.append((mention.bytes, bracketed ? "(\(spelled))" : spelled))
    }
    return out
  }

  /// Whether these bytes are `a/b` or `\frac{a}{b}` and nothing else.
  private func isFraction(_ range: Range<Int>) -> Bool {
    let text = bytes[range]
    if text.first == .backslash {
      return text.count { $0 == .openBrace } == 2 && text.last == .closeBrace
        && text.allSatisfy {
          $0.isDigit || $0.isLetter || $0 == .backslash || $0 == .openBrace || $0 == .closeBrace
        }
    }
    return text.count { $0 == .slash } == 1
      && text.allSatisfy { $0.isDigit || $0 == .slash || $0 == .minus }
  }

  /// The first later place of which it is not certain whether it means the old result; nil when all are certain.
  func uncertainUse() -> Range<Int>? {
    if place == nil { return uncertainFraction() }
    guard let old = place, let (target, fresh) = target(),
      (Rational(spelling: fresh) ?? target) != old.value
    else { return nil }
    if let first = places(of: old).uncertain.first { return first.bytes }
    if let earlier = unexplained(old) { return earlier.bytes }
    if let ordinal = ordinal(of: old) { return ordinal }
    if let other = otherSpelling(of: old) { return other.bytes }
    // "So she has six apples": words are not replaced.
    let behind = check.statedBytes.upperBound..<bytes.count
    return numbersInWords(of: string(behind)).contains(old.value) ? check.statedBytes : nil
  }

  /// The old value said in front of the wrong result by itself: neither given, nor announced, nor worked out there.
  private func unexplained(_ old: NumberMention) -> NumberMention? {
    guard !given.contains(old.value), !isOperand(old.value) else { return nil }
    let line = lineStart(of: check.bytes.lowerBound)
    return mentions.first {
      $0.bytes.upperBound <= check.bytes.lowerBound && $0.value == old.value && !$0.isLabel
        && $0.hasPercent == old.hasPercent && !isAnnouncement($0, line: line)
        && !isKnownBefore($0)
    }
  }

  /// Whether a mention stands in a check, which says where its value comes from.
  private func isKnownBefore(_ mention: NumberMention) -> Bool {
    checks.contains { $0.bytes.overlaps(mention.bytes) }
  }

  /// A number behind the wrong result that nothing explains: neither given nor said before, nor part of a calculation.
  ///
  /// Words may have made it of the old value: "Half of that is 8", "The answer is 30".
  func fromNowhere() -> Range<Int>? {
    guard let old = place else { return nil }
    return mentions.first { mention in
      mention.bytes.lowerBound >= check.statedBytes.upperBound && !mention.isLabel
        && mention.value.magnitude != old.value.magnitude
        && !given.contains(mention.value.magnitude) && !Self.common.contains(mention.value)
        && !checks.contains {
          $0.bytes.overlaps(mention.bytes) || $0.stated == string(mention.bytes)
        }
        && !isSaid(mention.value, before: mention.bytes.lowerBound)
    }?.bytes
  }

  /// Numbers that stand in sentences without being worked out.
  private static let common = Set([0, 1, 2, 100].map { Rational($0) })

  /// "so he is on the 16th floor": the old value as an ordinal.
  private func ordinal(of old: NumberMention) -> Range<Int>? {
    guard old.value.isInteger else { return nil }
    let digits = Array(old.value.spelling.utf8)
    var at = check.statedBytes.upperBound
    while at + digits.count + 2 <= bytes.count {
      let end = at + digits.count
      if bytes[at..<end].elementsEqual(digits), !bytes[at - 1].isDigit,
        ["st", "nd", "rd", "th"].contains(string(end..<end + 2))
      {
        return at..<end
      }
      at += 1
    }
    return nil
  }

  /// A fraction that stands again behind and also stood in front, or in the question.
  private func uncertainFraction() -> Range<Int>? {
    let stated = string(check.statedBytes)
    guard let first = repeats(of: stated, replacement: "").first,
      question.contains(stated) || string(0..<check.bytes.lowerBound).contains(stated)
    else { return nil }
    return first.bytes
  }

  /// A later number that may be the old result spelled otherwise: as a percentage, or rounded further.
  private func otherSpelling(of old: NumberMention) -> NumberMention? {
    let hundred = Rational(100)
    return mentions.first { mention in
      guard mention.bytes.lowerBound >= check.statedBytes.upperBound, !mention.isLabel,
        !given.contains(mention.value), !isSaid(mention.value, before: check.bytes.lowerBound),
        !isTwin(mention), !isComputed(mention)
      else { return false }
      if mention.hasPercent != old.hasPercent {
        let scaled =
          old.hasPercent ? old.value.divided(by: hundred) : old.value.multiplied(by: hundred)
        return mention.value == scaled
      }
      guard mention.decimals < old.decimals, mention.value != old.value,
        let text = old.value.spelled(decimals: mention.decimals)
      else { return false }
      return Rational(spelling: text) == mention.value
    }
  }

  private func isSaid(_ value: Rational, before byte: Int) -> Bool {
    mentions.contains { $0.value == value && !$0.isLabel && $0.bytes.upperBound <= byte }
  }

  /// Whether a mention is what another calculation comes to, without the old result in it.
  private func hasOwnSource(_ mention: NumberMention, _ old: NumberMention) -> Bool {
    checks.contains {
      $0.verdict == .right && $0.statedBytes.overlaps(mention.bytes) && !uses(old.value, in: $0)
    }
  }

  /// Whether a mention is the stated result of a right check: it has a source of its own.
  private func isComputed(_ mention: NumberMention) -> Bool {
    checks.contains { $0.verdict == .right && $0.statedBytes.overlaps(mention.bytes) }
  }

  /// Whether a mention is the same result stated once more, in a calculator mark or behind it: it is wrong by itself.
  private func isTwin(_ mention: NumberMention) -> Bool {
    checks.contains { other in
      other.statedBytes == mention.bytes && other.verdict == .wrong
        && other.computed == check.computed && other.bytes.lowerBound <= check.bytes.upperBound + 2
    }
  }

  /// The later mentions that mean the old result, and those that may mean it or another quantity.
  private func places(
    of old: NumberMention
  ) -> (certain: [NumberMention], uncertain: [NumberMention]) {
    let line = lineStart(of: check.bytes.lowerBound)
    let same = mentions.filter {
      $0.value == old.value && $0.hasPercent == old.hasPercent && !$0.isLabel
        && !$0.bytes.overlaps(check.statedBytes)
    }
    let announced = same.filter { isAnnouncement($0, line: line) }
    let isEarlier = same.contains { mention in
      mention.bytes.upperBound <= check.bytes.lowerBound
        && !announced.contains { $0.bytes == mention.bytes }
    }
    let behind = same.filter { $0.bytes.lowerBound >= check.statedBytes.upperBound }
    let ambiguous =
      given.contains(old.value) || isEarlier || isOperand(old.value)
    if ambiguous {
      // Only one reading is left when nothing is computed behind: then the final answer repeats this result.
      let isLast = !checks.contains { other in
        other.statedBytes.lowerBound > check.statedBytes.upperBound
          && !other.bytes.overlaps(check.bytes)
      }
      let answer = isLast ? extractAnswer(from: text)?.bytes : nil
      func isMeant(_ mention: NumberMention) -> Bool {
        isTwin(mention) || answer?.contains(mention.bytes.lowerBound) ?? false
      }
      return (
        announced + behind.filter { isMeant($0) && !isTwin($0) },
        behind.filter { !isMeant($0) && !hasOwnSource($0, old) }
      )
    }
    // From where another step finds the same value by itself, later places have two readings.
    var limit = bytes.count
    for other in checks
    where other.statedBytes.lowerBound > check.statedBytes.upperBound
      && !other.bytes.overlaps(check.bytes) && other.verdict == .right
      && Rational(spelling: other.stated) == old.value && !uses(old.value, in: other)
    {
      limit = min(limit, other.statedBytes.lowerBound)
    }
    return (
      announced + behind.filter { $0.bytes.lowerBound < limit },
      behind.filter { $0.bytes.lowerBound >= limit && !hasOwnSource($0, old) }
    )
  }

  /// Whether the wrong expression itself has the value among its operands (5 + 0 = 5 and the like).
  private func isOperand(_ value: Rational) -> Bool { uses(value, in: check) }

  private func uses(_ value: Rational, in other: Check) -> Bool {
    numberMentions(in: other.expression).contains { $0.value == value }
  }

  /// "It takes 13 days because 12 * 1 = 13": the result said before it is computed.
  private func isAnnouncement(_ mention: NumberMention, line: Int) -> Bool {
    guard mention.bytes.lowerBound >= line, mention.bytes.upperBound <= check.bytes.lowerBound,
      !checks.contains(where: { $0.bytes.overlaps(mention.bytes) })
    else { return false }
    let between = string(mention.bytes.upperBound..<check.bytes.lowerBound)
    return between.contains(" because ") || between.contains(" since ")
  }

  private func lineStart(of byte: Int) -> Int {
    var at = byte
    while at > 0, bytes[at - 1] != .newline { at -= 1 }
    return at
  }

  /// Later places where the same text stands by itself.
  private func repeats(
    of stated: String, replacement: String
  ) -> [(bytes: Range<Int>, replacement: String)] {
    let pattern = Array(stated.utf8)
    var out: [(bytes: Range<Int>, replacement: String)] = []
    var at = check.statedBytes.upperBound
    while at + pattern.count <= bytes.count {
      let range = at..<(at + pattern.count)
      let closed =
        range.upperBound == bytes.count
        || !(bytes[range.upperBound].isDigit || bytes[range.upperBound] == .slash)
      let open = !(bytes[at - 1].isDigit || bytes[at - 1] == .slash || bytes[at - 1] == .dot)
      if open, closed, bytes[range].elementsEqual(pattern) {
        out.append((range, replacement))
        at = range.upperBound
      } else {
        at += 1
      }
    }
    return out
  }
}
