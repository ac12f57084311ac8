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

  static func isNumber(_ word: String) -> Bool { small[word] != nil || tens[word] != nil }
}
