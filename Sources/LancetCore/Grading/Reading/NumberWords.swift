// Whole numbers written as words.

enum NumberWords {
  private static let small: [String: Int] = {
    let names =
      "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
      + "sixteen seventeen eighteen nineteen twenty"
    var out: [String: Int] = [:]
    for (value, name) in names.split(separator: " ").enumerated() { out[String(name)] = value }
    return out
  }()
  private static let tens: [String: Int] = [
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
  ]

  /// The value of "seven", "forty" and "forty two"; nil for other words.
  static func value(of words: [String]) -> Int? {
    switch words.count {
    case 1: return small[words[0]] ?? tens[words[0]]
    case 2:
      guard let ten = tens[words[0]], let one = small[words[1]], one > 0, one < 10 else {
        return nil
      }
      return ten + one
    default: return nil
    }
  }

  /// Every word of one part with its value.
  static var all: [String: Int] { small.merging(tens) { value, _ in value } }

  private static let chinese: [Character: Int] = [
    "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
  ]

  /// 十, 三十五, 二分之一; nil for other words.
  static func chinese(_ word: String) -> Rational? {
    guard word.utf8.count <= 24, word.unicodeScalars.first.map({ $0.value >= 0x4E00 }) ?? false
    else { return nil }
    let halves = word.split(separator: "分之", omittingEmptySubsequences: false)
    if halves.count == 2, let lower = chineseWhole(String(halves[0])), lower > 0,
      let upper = chineseWhole(String(halves[1]))
    {
      return Rational(Int128(upper), over: Int128(lower))
    }
    return halves.count == 1 ? chineseWhole(word).map { Rational($0) } : nil
  }

  /// 0 to 99.
  private static func chineseWhole(_ word: String) -> Int? {
    let parts = word.split(separator: "十", omittingEmptySubsequences: false)
    func digit(_ part: Substring, empty: Int) -> Int? {
      part.isEmpty ? empty : part.count == 1 ? part.first.flatMap { chinese[$0] } : nil
    }
    switch parts.count {
    case 1: return digit(parts[0], empty: -1).flatMap { $0 < 0 ? nil : $0 }
    case 2:
      guard let tens = digit(parts[0], empty: 1), let ones = digit(parts[1], empty: 0), tens > 0
      else { return nil }
      return tens * 10 + ones
    default: return nil
    }
  }

  static func isNumber(_ word: String) -> Bool { small[word] != nil || tens[word] != nil }
}
