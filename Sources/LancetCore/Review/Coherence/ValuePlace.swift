// The values written in a text, each with what it does there: stated, computed on the spot, or computed with.

/// One value written in a text: a number, or a fraction of two.
struct ValuePlace: Sendable {
  /// Its bytes.
  var bytes: Range<Int>
  /// What it is; of a percentage the number before the sign.
  var value: Rational
  /// Whether a percent sign follows.
  var isPercent: Bool
  /// Whether no operator stands beside it: the text says the value rather than computes with it.
  var isStated: Bool
  /// Whether an expression with an operator gives it right here: `3 * 4 = 12`.
  var isComputed: Bool
  /// The two numbers of a written fraction, else nothing.
  var parts: [Rational] = []

  /// The values as which it may be named later: its magnitude, of a percentage also the hundredth.
  var names: [Rational] {
    guard isPercent, let share = value.magnitude.divided(by: Rational(100)) else {
      return [value.magnitude]
    }
    return [value.magnitude, share]
  }
}

/// A text with its values and its checks, each in order.
struct ValueText: Sendable {
  let bytes: [UInt8]
  let places: [ValuePlace]
  /// The checks with an operator on their left side: what the text derives by arithmetic.
  let derivations: [Check]
  /// The checks that are wrong.
  let wrong: [Check]
  /// For each value, where the first statement of it ends.
  private let firstStated: [Rational: Int]
  /// For each value that is computed, where that is done first, and how often.
  private let computed: [Rational: (first: Int, count: Int)]

  /// Reads a text; without its arithmetic, which is most of the work, when only the values matter.
  init(_ text: String, withChecks: Bool = true) {
    bytes = Array(text.utf8)
    let found = withChecks ? checks(in: text) : []
    wrong = found.filter { $0.verdict == .wrong }
    derivations = found.filter { Self.computes($0.expression) }
    let stated = derivations.map(\.statedBytes).sorted { $0.lowerBound < $1.lowerBound }
    places = ValueReader(bytes: bytes, stated: stated).places(numberMentions(in: text))
    var firstStated: [Rational: Int] = [:]
    var computed: [Rational: (first: Int, count: Int)] = [:]
    for place in places {
      for name in place.names {
        if place.isStated, firstStated[name] == nil { firstStated[name] = place.bytes.upperBound }
        if place.isComputed {
          computed[name, default: (place.bytes.lowerBound, 0)].count += 1
        }
      }
    }
    self.firstStated = firstStated
    self.computed = computed
  }

  /// Whether the value at a byte is computed right there.
  func computes(at byte: Int) -> Bool {
    let here = indices(meeting: byte..<byte + 1)
    return here.contains { places[$0].isComputed }
  }

  /// Whether the text computes one of these values anywhere.
  func derives(_ names: [Rational]) -> Bool { names.contains { computed[$0] != nil } }

  /// Whether it is this text, byte for byte.
  func reads(_ text: String) -> Bool {
    bytes.count == text.utf8.count && bytes.elementsEqual(text.utf8)
  }

  /// Whether the text has one of these values before a byte, or computes it in the same line: what stands there repeats
  /// it.
  ///
  /// A value that is worked out further down is another quantity that happens to be as large.
  func announces(_ names: [Rational], at byte: Int) -> Bool {
    let lineEnd = bytes[min(byte, bytes.count)...].firstIndex(of: .newline) ?? bytes.count
    return names.contains { name in
      if let end = firstStated[name], end <= byte { return true }
      guard let found = computed[name] else { return false }
      return found.first < lineEnd && found.first != byte
    }
  }

  /// Whether the left side of a check is more than a value.
  private static func computes(_ expression: String) -> Bool {
    let bytes = Array(expression.utf8)
    guard bytes.count(where: \.isDigit) > 0 else { return false }
    return numberMentions(in: expression).count > 1 || bytes.contains { "!%^√\\".utf8.contains($0) }
  }

  /// The places that share a byte with a range, as indices.
  func indices(meeting range: Range<Int>) -> Range<Int> {
    var low = 0
    var high = places.count
    while low < high {
      let middle = (low + high) / 2
      if places[middle].bytes.upperBound <= range.lowerBound {
        low = middle + 1
      } else {
        high = middle
      }
    }
    var end = low
    while end < places.count, places[end].bytes.lowerBound < range.upperBound { end += 1 }
    return low..<end
  }

  /// Bytes as text.
  func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}

/// Makes places of number mentions.
private struct ValueReader {
  let bytes: [UInt8]
  let stated: [Range<Int>]

  func places(_ mentions: [NumberMention]) -> [ValuePlace] {
    var out: [ValuePlace] = []
    var i = 0
    var check = 0
    while i < mentions.count {
      let mention = mentions[i]
      var place = ValuePlace(
        bytes: mention.bytes, value: mention.value, isPercent: mention.hasPercent,
        isStated: true, isComputed: false)
      var next = i + 1
      if next < mentions.count, let fraction = fraction(mention, mentions[next]),
        isStated(fraction.bytes)
      {
        place = fraction
        next += 1
      } else if mention.isLabel, !mention.followsOperator || opensLine(mention.bytes.lowerBound) {
        i = next
        continue
      }
      place.isStated = isStated(place.bytes)
      while check < stated.count, stated[check].upperBound <= place.bytes.lowerBound { check += 1 }
      place.isComputed = check < stated.count && stated[check].overlaps(place.bytes)
      out.append(place)
      i = next
    }
    return out
  }

  private func isStated(_ range: Range<Int>) -> Bool {
    !hasOperator(before: range.lowerBound) && !hasOperator(behind: range.upperBound)
  }

  private func opensLine(_ at: Int) -> Bool {
    var i = at
    while i > 0, bytes[i - 1] == 32 || bytes[i - 1] == 9 { i -= 1 }
    return i == 0 || bytes[i - 1] == 10
  }

  /// `a/b` written closely, or `\frac{a}{b}`, unless an equals sign behind it makes it something to compute.
  private func fraction(_ upper: NumberMention, _ lower: NumberMention) -> ValuePlace? {
    let between = bytes[upper.bytes.upperBound..<lower.bytes.lowerBound]
    var range = upper.bytes.lowerBound..<lower.bytes.upperBound
    if between.elementsEqual("}{".utf8), range.lowerBound > 0, range.upperBound < bytes.count,
      bytes[range.upperBound] == UInt8(ascii: "}"), bytes[range.lowerBound - 1] == UInt8(ascii: "{")
    {
      var name = range.lowerBound - 1
      while name > 0, bytes[name - 1].isLetter { name -= 1 }
      guard name > 0, bytes[name - 1] == UInt8(ascii: "\\"),
        bytes[name..<range.lowerBound - 1].suffix(4).elementsEqual("frac".utf8)
      else { return nil }
      range = name - 1..<range.upperBound + 1
    } else if !between.elementsEqual("/".utf8) {
      return nil
    }
    guard upper.value.isInteger, lower.value.isInteger,
      let value = upper.value.divided(by: lower.value), !isBeforeEquals(range.upperBound)
    else { return nil }
    return ValuePlace(
      bytes: range, value: value, isPercent: false, isStated: true, isComputed: false,
      parts: [upper.value, lower.value])
  }

  private func isBeforeEquals(_ at: Int) -> Bool {
    var i = at
    while i < bytes.count, bytes[i] == 32 || bytes[i] == UInt8(ascii: "$") { i += 1 }
    return i < bytes.count && bytes[i] == UInt8(ascii: "=")
  }

  /// Whether an operator stands in front of a byte; brackets and signs of money between do not count.
  private func hasOperator(before at: Int) -> Bool {
    var i = at
    while i > 0, " \t$({[".utf8.contains(bytes[i - 1]) { i -= 1 }
    guard i > 0 else { return false }
    if "+-*/^".utf8.contains(bytes[i - 1]) { return true }
    return Self.spelled.contains { bytes[..<i].hasSuffix($0) }
  }

  /// Whether an operator stands behind a byte; brackets and one word, a unit, between do not count.
  private func hasOperator(behind at: Int) -> Bool {
    var i = at
    while i < bytes.count, " \t$)}]%".utf8.contains(bytes[i]) { i += 1 }
    var word = i
    while word < bytes.count, bytes[word].isLetter { word += 1 }
    let isWord = word > i
    if isWord {
      i = word
      while i < bytes.count, bytes[i] == 32 { i += 1 }
    }
    guard i < bytes.count else { return false }
    if "+*".utf8.contains(bytes[i]) { return true }
    if !isWord, "-/^".utf8.contains(bytes[i]) { return true }
    return Self.spelled.contains { bytes[i...].starts(with: $0) }
  }

  private static let spelled: [[UInt8]] = [
    "×", "·", "÷", "−", "\\times", "\\cdot", "\\div", "\\times ", "\\cdot ", "\\div ", " x",
  ].map { Array($0.utf8) }
}

extension Collection where Element == UInt8, Self: BidirectionalCollection {
  fileprivate func hasSuffix(_ part: [UInt8]) -> Bool {
    count >= part.count && suffix(part.count).elementsEqual(part)
  }
}
