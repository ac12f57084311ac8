// What may stand behind a number and is no part of its value: a unit. Only what reads as a unit is taken for one; any
// other words behind a number make the answer unread, since they may change what it says.

struct UnitPhrase {
  /// Words that are no unit, beside those that act on the number: they compare it, deny it or go on with a sentence.
  private static let notUnits: Set<String> = [
    "is", "are", "was", "were", "be", "been", "correct", "right", "or", "and", "from", "between",
    "equals", "equal", "if", "when", "where", "but", "because", "since", "so", "then",
    "approximately", "about", "maybe", "perhaps", "either", "neither", "unknown", "undefined",
    "does", "do", "did", "it", "this", "that", "these", "which", "with", "without", "except", "has",
    "have", "had", "gives", "give", "makes", "make", "cannot", "almost", "nearly", "bigger",
    "larger", "smaller", "greater", "higher", "lower", "as", "unless", "only", "just", "exactly",
    "possible", "true", "up", "down", "off", "infinity", "what", "who", "why", "how", "i", "we",
    "you", "they", "he", "she", "first", "second's", "last", "next", "wait", "hmm", "actually",
    "should", "would", "could", "can", "may", "might", "will", "must", "need", "needs", "nor",
    "crossed", "deleted", "struck", "retracted", "probably", "possibly", "likely", "unlikely",
    "doubtful", "guess", "seems", "looks", "works", "fails", "holds", "remains", "say", "says",
    "depending", "according", "although", "though", "however", "while", "whereas", "instead",
    "rather", "yes", "ok", "okay", "sorry", "oops", "excluding", "including", "isn't", "wasn't",
    "ain't", "can't", "don't", "doesn't", "isn", "wasn", "doesn", "don", "counting", "change",
    "take", "and/or", "etc", "too", "also", "even", "yet", "still", "nothing", "none", "sqrt",
    "loss", "losses", "deficit", "bc", "bce",
  ]
  private static let fillers: Set<String> = ["of", "a", "an", "the", "each", "in", "for", "all"]

  /// Whether a word cannot be part of a unit or of a name.
  static func isNoUnit(_ word: String) -> Bool {
    notUnits.contains(word) || ActingWords.contains(word) || NumberWords.isNumber(word)
  }

  /// Characters of Chinese that make a sentence of what stands behind a number.
  private static let notChinese: Set<Character> = [
    "的", "是", "在", "于", "等", "差", "不", "到", "至", "比", "或", "和", "与", "约", "多", "少", "余", "半", "倍",
    "万", "亿", "千", "百", "错", "对", "吗", "呢", "吧", "否", "非", "没", "无", "假", "若", "折", "成", "分",
    "方", "次", "根",
  ]

  /// Whether a word is made of letters: a cross, a check mark or a sign of per mille is no unit.
  private static func isWritten(_ word: String) -> Bool {
    word.unicodeScalars.allSatisfy { scalar in
      scalar.properties.isAlphabetic || scalar == "'" || scalar == "\u{2019}" || scalar == "-"
        || (0x1F32D...0x1F43F).contains(scalar.value)
    }
  }

  /// The units of Chinese texts by their names in the table.
  static let chineseNames: [String: String] = [
    "毫米": "mm", "厘米": "cm", "分米": "dm", "米": "m", "千米": "km", "公里": "km", "克": "g", "千克": "kg",
    "公斤": "kg", "吨": "t", "秒": "s", "分钟": "min", "小时": "h", "天": "day", "周": "week", "升": "l",
    "毫升": "ml", "元": "¥", "美元": "$", "度": "°", "平方厘米": "cm^2", "平方米": "m^2", "平方千米": "km^2",
    "立方厘米": "cm^3", "立方米": "m^3",
  ]

  static func isChinese(_ token: AnswerToken) -> Bool {
    if case .word(let word) = token.kind { word.utf8.contains { $0 >= 0xE0 } } else { false }
  }

  private static func isChineseUnit(_ word: String) -> Bool {
    if ["千克", "千米", "分", "分钟", "分米", "平方分米", "成人", "次", "根"].contains(word) { return true }
    // "3平方米" is an area, "3平方" a square.
    for power in ["平方", "立方"] where word.hasPrefix(power) && word.count > 2 {
      return isChineseUnit(String(word.dropFirst(2)))
    }
    return word.count <= 6 && !word.contains { notChinese.contains($0) }
  }

  let tokens: [AnswerToken]

  /// The words of a unit that fills a range; throws with the words that are none.
  func words(_ range: Range<Int>, before: AnswerUnit?) throws(Unreadable) -> [String] {
    var out: [String] = []
    var plain = 0
    var open = 0
    var i = range.lowerBound
    func leftOver() -> Unreadable {
      var text = ""
      for token in tokens[range] { text += (text.isEmpty ? "" : " ") + token.spelling }
      return Unreadable(reason: "\"\(text)\" is left over behind the number")
    }
    while i < range.upperBound {
      let token = tokens[i]
      switch token.kind {
      case .word(let word):
        let isChinese = word.utf8.contains { $0 >= 0xE0 }
        // "m squared", "meters cubed"
        let isPower =
          (word == "squared" || word == "cubed") && out.count == 1
          && ["length", "time"].contains(Units.known(out[0])?.dimension)
        if Self.isNoUnit(word), Units.known(word) == nil || ActingWords.contains(word), !isPower {
          throw leftOver()
        }
        if isChinese, !Self.isChineseUnit(word) { throw leftOver() }
        if !Self.isWritten(word) { throw leftOver() }
        out.append(word)
        plain += 1
      case .letter("a") where !out.isEmpty && i + 1 < range.upperBound && isPlainWord(i + 1):
        // "540 meters a week"
        out.append("per")
      case .letter(let letter):
        // A letter is a unit behind a slash, or a known one in front of the rest.
        let isUnit =
          Units.letters.contains(letter) || before != nil && "CFK".contains(letter)
          || out.last == "/" && Units.known(letter) != nil
        // "gh" is a product, "N m" a unit.
        let isGlued = i > range.lowerBound && !token.spaceBefore && tokens[i - 1].isLetter
        guard isUnit && !isGlued || open > 0 else { throw leftOver() }
        out.append(letter)
        plain += 1
      case .currency(let sign): out.append(sign)
      case .symbol(.slash): out.append("/")
      case .symbol(.caret):
        guard !out.isEmpty else { throw leftOver() }
        out.append("^")
        guard let (digits, next) = exponent(i + 1, range.upperBound) else { throw leftOver() }
        out.append(digits)
        i = next
        continue
      case .number where !token.spaceBefore && (token.digits == "2" || token.digits == "3"):
        // "m2"
        guard out.count == 1, Units.known(out[0])?.dimension == "length" else { throw leftOver() }
        out += ["^", token.digits]
      case .symbol(.openParen), .symbol(.openBracket): open += 1
      case .symbol(.closeParen), .symbol(.closeBracket):
        open -= 1
        if open < 0 { throw leftOver() }
      case .symbol(.dot), .symbol(.apostrophe), .symbol(.openBrace), .symbol(.closeBrace): break
      case .symbol(.minus), .symbol(.star), .command("cdot"):
        guard !out.isEmpty, i + 1 < range.upperBound, isWord(i + 1) else { throw leftOver() }
      default: throw leftOver()
      }
      i += 1
    }
    // "12 in"
    if out == ["in"] { return ["inch"] }
    let endings: Set<String> = ["of", "per", "in", "for", "the", "a", "an", "/", "at", "on"]
    if open != 0 || plain > 7 || out.last.map(endings.contains) ?? false { throw leftOver() }
    // "5 per cent", "5 in base"
    if out.count > 1, out[0] == "per", ["cent", "hundred"].contains(out[1]) { throw leftOver() }
    return out
  }

  private func isPlainWord(_ i: Int) -> Bool {
    if case .word = tokens[i].kind { true } else { false }
  }

  private func isWord(_ i: Int) -> Bool {
    switch tokens[i].kind {
    case .word: true
    case .letter(let letter): Units.letters.contains(letter)
    default: false
    }
  }

  /// `2`, `{2}`, `{-1}` behind a caret; the exponents of units are small.
  private func exponent(_ start: Int, _ end: Int) -> (String, Int)? {
    var (i, sign) = (start, "")
    var open = false
    if i < end, tokens[i].isSymbol("{") { (i, open) = (i + 1, true) }
    if i < end, tokens[i].isSymbol("-") { (i, sign) = (i + 1, "-") }
    guard i < end, tokens[i].kind == .number, ["1", "2", "3", "4"].contains(tokens[i].digits) else {
      return nil
    }
    let digits = sign + tokens[i].digits
    i += 1
    if open {
      guard i < end, tokens[i].isSymbol("}") else { return nil }
      i += 1
    }
    return (digits, i)
  }

  /// The unit that words make, with the measure it is when it is a known one.
  static func unit(_ raw: [String], before: AnswerUnit?) -> AnswerUnit {
    var words = raw.map { chineseNames[$0] ?? $0 }
    if words.count == 1, words != raw, let area = words.first,
      area.hasSuffix("^2") || area.hasSuffix("^3")
    {
      words = [String(area.dropLast(2)), "^", String(area.suffix(1))]
    }
    if let before { words = before.words + words }
    var square = ""
    if let first = words.first, words.count > 1 {
      if first == "square" || first == "sq" || first == "平方" {
        square = "^2"
        words.removeFirst()
      } else if first == "cubic" || first == "cu" {
        square = "^3"
        words.removeFirst()
      }
    }
    if words.count == 3, words[1] == "^", words[2] == "2" || words[2] == "3" {
      square = "^" + words[2]
      words = [words[0]]
    } else if words.count == 2, words[1] == "squared" || words[1] == "cubed" {
      square = words[1] == "squared" ? "^2" : "^3"
      words = [words[0]]
    }
    if words.count == 1, let known = Units.known(words[0]) {
      guard !square.isEmpty else { return AnswerUnit(words: [known.name], known: known) }
      let power = square == "^2" ? 2 : 3
      let factor = known.factor.power(power) ?? known.factor
      let name = known.name + square
      return AnswerUnit(
        words: [name],
        known: KnownUnit(name: name, dimension: known.dimension + square, factor: factor))
    }
    let plain = words.filter { !fillers.contains($0) || $0 == "an" }.map { word in
      if let known = Units.known(word)?.name { return known }
      if word == "/" || word == "an" { return "per" }
      if word == "celsius" || word == "fahrenheit" { return word == "celsius" ? "C" : "F" }
      return word.utf8.count > 3 && word.hasSuffix("s") ? String(word.dropLast()) : word
    }
    return AnswerUnit(words: plain.isEmpty ? words : plain, known: nil)
  }
}

extension AnswerToken {
  fileprivate var isLetter: Bool { if case .letter = kind { true } else { false } }
}
