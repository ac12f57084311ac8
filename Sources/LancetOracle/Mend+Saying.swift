// What the words beside a value say of it: arithmetic does not prove that it holds of the mended one.

import LancetCore

extension Mend {
  /// The first place to be changed beside which something is said that may not hold of the new value.
  func saidOf(_ changes: [(bytes: Range<Int>, replacement: String)]) -> Range<Int>? {
    changes.first { change in
      let behind = words(behind: change.bytes.upperBound)
      if change.replacement == "1", let next = behind.first, isPlural(next) { return true }
      if isCompared(change.bytes) { return true }
      guard let verb = behind.prefix(3).firstIndex(where: Self.verbs.contains) else { return false }
      return behind[verb...].dropFirst().prefix(3).contains(where: Self.properties.contains)
    }?.bytes
  }

  /// "44 > 40": beside a sign of order, which the new value may turn round.
  private func isCompared(_ range: Range<Int>) -> Bool {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low > 0, bytes[low - 1] == .space || bytes[low - 1] == .dollar { low -= 1 }
    while high < bytes.count, bytes[high] == .space { high += 1 }
    func isOrder(_ at: Int, _ next: Int) -> Bool {
      guard bytes.indices.contains(at), bytes[at] == .less || bytes[at] == .greater else {
        return false
      }
      return !bytes.indices.contains(next) || bytes[next] != bytes[at]
    }
    return isOrder(high, high + 1) || isOrder(low - 1, low - 2)
  }

  private static let verbs: Set<String> = ["is", "are", "was", "were", "isn't", "aren't"]
  private static let properties: Set<String> = [
    "even", "odd", "prime", "composite", "divisible", "multiple", "perfect", "enough", "more",
    "less", "greater", "larger", "smaller", "bigger", "fewer", "higher", "lower", "exactly",
    "positive", "negative", "square", "close", "closest", "between", "factor", "integer",
  ]

  private func isPlural(_ word: String) -> Bool {
    word.utf8.count > 3 && word.hasSuffix("s") && !word.hasSuffix("ss")
      && !["plus", "times", "minus", "equals", "gives", "makes", "means", "this"].contains(word)
  }

  /// The next words of the sentence, in lower case.
  private func words(behind start: Int) -> [String] {
    var out: [String] = []
    var i = start
    while i < bytes.count, i - start < 80, out.count < 7 {
      if bytes[i].isLetter || bytes[i] == .apostrophe {
        var j = i
        while j < bytes.count, bytes[j].isLetter || bytes[j] == .apostrophe { j += 1 }
        out.append(string(i..<j).lowercased())
        i = j
      } else if bytes[i] == .newline || bytes[i] == .dot || bytes[i].isDigit
        || bytes[i] == .equals
      {
        // "21. 21 is divisible by 4" says it of the next mention.
        break
      } else {
        i += 1
      }
    }
    return out
  }
}
