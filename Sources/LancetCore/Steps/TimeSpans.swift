// From one time of day or date to another: "from 8:00 AM until 11:00 PM is 15 hours", "from March 1 to March 10 there
// are 10 days".

/// Checks of stated spans of time.
struct TimeSpans {
  private let bytes: [UInt8]
  private(set) var checks: [Check] = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var i = 0
    while i < bytes.count {
      guard bytes[i].isLetter else {
        i += 1
        continue
      }
      let end = wordEnd(i)
      if end - i == 4 || end - i == 7, (bytes[i] | 32) == 102 || (bytes[i] | 32) == 98,
        ["from", "between"].contains(loweredText(bytes, i..<end)),
        let check = clock(from: end, i) ?? calendar(from: end, i)
      {
        checks.append(check)
      }
      i = end
    }
  }

  // MARK: Reading

  private func wordEnd(_ start: Int) -> Int {
    var i = start
    while i < bytes.count, bytes[i].isLetter { i += 1 }
    return i
  }

  private func skip(_ start: Int, _ passed: Set<UInt8> = [32, 44]) -> Int {
    var i = start
    while i < bytes.count, passed.contains(bytes[i]) { i += 1 }
    return i
  }

  private func number(_ start: Int) -> (Int, Int)? {
    var i = start
    while i < bytes.count, bytes[i].isDigit, i - start < 6 { i += 1 }
    guard i > start, i >= bytes.count || !bytes[i].isDigit else { return nil }
    return (bytes[start..<i].reduce(0) { $0 * 10 + Int($1 - 48) }, i)
  }

  /// Behind "to", "until", "till", "and", "through".
  private func joint(_ start: Int) -> Int? {
    let i = skip(start)
    guard i < bytes.count, bytes[i].isLetter else { return nil }
    let end = wordEnd(i)
    guard ["to", "until", "till", "and", "through"].contains(loweredText(bytes, i..<end)) else {
      return nil
    }
    return skip(end)
  }

  // MARK: Times of day

  /// Minutes after midnight, and the end: "8 AM", "8:30 p.m.", "noon".
  private func timeOfDay(_ start: Int) -> (Int, Int)? {
    let first = skip(start)
    guard first < bytes.count else { return nil }
    if bytes[first].isLetter {
      let end = wordEnd(first)
      switch loweredText(bytes, first..<end) {
      case "noon": return (720, end)
      case "midnight": return (0, end)
      default: return nil
      }
    }
    guard let (hour, after) = number(first), hour >= 1, hour <= 12 else { return nil }
    var (minute, i) = (0, after)
    if i < bytes.count, bytes[i] == .colon {
      guard let (value, end) = number(i + 1), value < 60, end - i == 3 else { return nil }
      (minute, i) = (value, end)
    }
    i = skip(i, [32])
    guard i + 1 < bytes.count, (bytes[i] | 32) == 97 || (bytes[i] | 32) == 112 else { return nil }
    let isAfternoon = (bytes[i] | 32) == 112
    i += 1
    let dotted = bytes[i] == .dot
    if dotted { i += 1 }
    guard i < bytes.count, (bytes[i] | 32) == 109 else { return nil }
    i += 1
    if dotted, i < bytes.count, bytes[i] == .dot { i += 1 }
    guard i >= bytes.count || !bytes[i].isLetter else { return nil }
    return ((hour % 12 + (isAfternoon ? 12 : 0)) * 60 + minute, i)
  }

  private func clock(from start: Int, _ whole: Int) -> Check? {
    guard let (first, end) = timeOfDay(start), let next = joint(end),
      let (second, behind) = timeOfDay(next)
    else { return nil }
    let minutes = (second - first + 1440) % 1440
    guard minutes > 0, let said = duration(behind), said.minutes < 1440 else { return nil }
    let known = Rational(minutes)
    guard let value = known.divided(by: Rational(said.minutes)) else { return nil }
    return check(whole..<behind, said, [value])
  }

  // MARK: Dates

  private static let months: [String] = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]
  private static let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

  /// The day of a year without a leap day, and whether a leap day would come before it: "March 1st".
  private func date(_ start: Int) -> (day: Int, isLate: Bool, end: Int)? {
    let first = skip(start)
    guard first < bytes.count, bytes[first].isLetter else { return nil }
    let word = wordEnd(first)
    guard let month = Self.months.firstIndex(of: loweredText(bytes, first..<word)),
      let (day, after) = number(skip(word, [32])), day >= 1, day <= Self.lengths[month]
    else { return nil }
    let end = wordEnd(after)
    guard end - after <= 2 else { return nil }
    return (Self.lengths[..<month].reduce(day, +), month >= 2, end)
  }

  private func calendar(from start: Int, _ whole: Int) -> Check? {
    guard let first = date(start), let next = joint(first.end), let second = date(next),
      second.day > first.day, let said = duration(second.end), said.minutes == 1440
    else { return nil }
    let days = second.day - first.day
    // The first or the last day counts or not; a leap day may lie between.
    let most = days + 1 + (!first.isLate && second.isLate ? 1 : 0)
    return check(whole..<second.end, said, ((days - 1)...most).map { Rational($0) })
  }

  // MARK: What is stated

  private struct Duration {
    var value: Rational
    var place: Range<Int>
    /// How many minutes its unit has.
    var minutes: Int
  }

  private static let between: Set<String> = [
    "is", "are", "there", "it", "that", "equals", "a", "total", "of", "would", "be", "makes",
    "which",
    "gives", "was", "means", "text", "span", "period", "he", "she", "they", "has", "have", "works",
    "worked", "sleeps", "slept", "for",
  ]

  /// The number of hours, minutes or days that the next words state: the last of "11 - 8 = 3 hours".
  private func duration(_ start: Int) -> Duration? {
    var i = start
    while i < bytes.count, i - start < 60 {
      let byte = bytes[i]
      if byte.isDigit { return stated(i) }
      if byte.isLetter {
        let end = wordEnd(i)
        guard Self.between.contains(loweredText(bytes, i..<end)) else { return nil }
        i = end
      } else {
        guard [32, 44, 58, 36, 40, 61, 92, 91, 123].contains(byte) else { return nil }
        i += 1
      }
    }
    return nil
  }

  private func stated(_ start: Int) -> Duration? {
    var i = start
    var last: Range<Int>?
    var isSum = false
    while i < bytes.count, i - start < 60 {
      if bytes[i].isDigit {
        let from = i
        while i < bytes.count,
          bytes[i].isDigit || bytes[i] == .dot && i + 1 < bytes.count && bytes[i + 1].isDigit
        {
          i += 1
        }
        last = from..<i
        continue
      }
      if bytes[i] == .equals {
        isSum = false
      } else if [.plus, .minus, .star, .slash, .colon].contains(bytes[i]) {
        isSum = true
      } else if bytes[i].isLetter {
        break
      } else if ![32, 40, 41, 92].contains(bytes[i]) {
        return nil
      }
      i += 1
    }
    guard let last, !isSum, i < bytes.count else { return nil }
    let end = wordEnd(i)
    let units = ["hour": 60, "hours": 60, "minute": 1, "minutes": 1, "days": 1440, "day": 1440]
    guard let minutes = units[loweredText(bytes, i..<end)],
      let value = WrittenNumber(digits: bytes[last]).value
    else { return nil }
    // "15 hours and 30 minutes", "15 hours a day", "15 hours of": not the whole of it.
    let next = skip(end, [32])
    if next < bytes.count, bytes[next].isLetter || bytes[next].isDigit {
      let word = loweredText(bytes, next..<wordEnd(next))
      guard ["per", "each", "every", "so", "because", "in", "which"].contains(word) else {
        return nil
      }
    }
    return Duration(value: value, place: last, minutes: minutes)
  }

  private func check(_ whole: Range<Int>, _ said: Duration, _ known: [Rational]) -> Check? {
    guard let first = known.dropFirst().first ?? known.first else { return nil }
    return Check(
      bytes: whole.lowerBound..<said.place.upperBound, statedBytes: said.place,
      expression: String(decoding: bytes[whole], as: UTF8.self),
      stated: String(decoding: bytes[said.place], as: UTF8.self), computed: first.spelling,
      verdict: known.contains(said.value) ? .right : .wrong)
  }
}
