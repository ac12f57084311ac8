// Times of day and dates.

extension AnswerParser {
  private static let months: [String: Int] = {
    let names =
      "january february march april may june july august september october november december"
    var out: [String: Int] = [:]
    for (i, name) in names.split(separator: " ").enumerated() {
      out[String(name)] = i + 1
      out[String(name.prefix(3))] = i + 1
    }
    out["sept"] = 9
    return out
  }()

  /// A time or a date that is the whole answer; nil for anything else.
  func moment(_ range: Range<Int>) -> AnswerValue? { time(range) ?? date(range) }

  /// `3:30 pm`, `3 p.m.`, `15:30`, `3:05`.
  private func time(_ range: Range<Int>) -> AnswerValue? {
    var at = range.lowerBound
    func whole() -> Int? {
      guard at < range.upperBound, tokens[at].kind == .number, !tokens[at].number.hasPoint else {
        return nil
      }
      return Int(tokens[at].digits)
    }
    if range.count == 1, case .word(let word) = tokens[at].kind {
      if word == "noon" || word == "midday" { return .time(minutes: 720, isNamed: true) }
      if word == "midnight" { return .time(minutes: 0, isNamed: true) }
    }
    guard let hour = whole(), hour >= 0, hour <= 24 else { return nil }
    at += 1
    var minute = 0
    var hasMinutes = false
    if at + 1 < range.upperBound, tokens[at].isSymbol(":"), !tokens[at].spaceBefore {
      at += 1
      guard tokens[at].digits.utf8.count == 2, let value = whole(), value < 60 else { return nil }
      minute = value
      hasMinutes = true
      at += 1
    }
    var half = ""
    while at < range.upperBound {
      switch tokens[at].kind {
      case .word(let word): half += word
      case .letter(let letter): half += letter.lowercased()
      case .symbol(.dot): break
      default: return nil
      }
      at += 1
    }
    switch half {
    case "":
      return hasMinutes && hour > 12 ? .time(minutes: hour * 60 + minute, isNamed: true) : nil
    case "am", "pm":
      guard hour >= 1, hour <= 12 else { return nil }
      return .time(minutes: (hour % 12 + (half == "pm" ? 12 : 0)) * 60 + minute, isNamed: true)
    case "noon" where hour == 12: return .time(minutes: 720, isNamed: true)
    case "midnight" where hour == 12: return .time(minutes: 0, isNamed: true)
    default: return nil
    }
  }

  /// `2020-07-04`.
  private func numberedDate(_ range: Range<Int>) -> AnswerValue? {
    guard range.count == 5 else { return nil }
    let parts = Array(tokens[range])
    guard parts[1].isSymbol("-"), parts[3].isSymbol("-"),
      parts.dropFirst().allSatisfy({ !$0.spaceBefore }),
      parts[0].digits.utf8.count == 4, parts[2].digits.utf8.count == 2,
      parts[4].digits.utf8.count == 2, let year = Int(parts[0].digits),
      let month = Int(parts[2].digits), let day = Int(parts[4].digits),
      (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    return .date(year: year, month: month, day: day)
  }

  /// `July 4, 2020`, `4 July`, `the 4th of July 2020`.
  private func date(_ range: Range<Int>) -> AnswerValue? {
    if let date = numberedDate(range) { return date }
    guard range.count >= 2, range.count <= 8 else { return nil }
    var (month, numbers): (Int?, [Int]) = (nil, [])
    for token in tokens[range] {
      switch token.kind {
      case .word(let word):
        if let found = Self.months[word] {
          guard month == nil else { return nil }
          month = found
        } else if word != "of" && word != "the" {
          return nil
        }
      case .number:
        guard !token.number.hasPoint, let value = Int(token.digits) else { return nil }
        numbers.append(value)
      case .symbol(.comma), .symbol(.dot): break
      default: return nil
      }
    }
    guard let month, let day = numbers.first, numbers.count <= 2, day >= 1, day <= 31 else {
      return nil
    }
    if numbers.count == 2, numbers[1] < 100 { return nil }
    return .date(year: numbers.count == 2 ? numbers[1] : nil, month: month, day: day)
  }
}
