// Whether texts are the same.

extension AnswerComparison {
  private static let synonyms: [Set<String>] = [
    ["yes", "true", "correct", "right"], ["no", "false", "incorrect", "wrong"],
  ]

  static func texts(_ a: String, _ b: String) -> Comparison {
    if a == b { return .equal }
    let (x, y) = (strippedArticle(a), strippedArticle(b))
    if x == y || singular(x) == singular(y) { return .equal }
    if synonyms.contains(where: { $0.contains(x) && $0.contains(y) }) {
      return .unclear("perhaps the same in other words")
    }
    let one = !x.contains(" ") && !y.contains(" ")
    if one, !x.hasPrefix(y), !y.hasPrefix(x) { return .different("another word") }
    return .unclear("different texts")
  }

  /// "no solutions" as "no solution".
  private static func singular(_ text: String) -> String {
    text.split(separator: " ").map { word in
      word.utf8.count > 4 && word.hasSuffix("s") && !word.hasSuffix("ss") ? word.dropLast() : word
    }.joined(separator: " ")
  }

  private static func strippedArticle(_ text: String) -> String {
    for article in ["the ", "a ", "an "] where text.hasPrefix(article) {
      return String(text.dropFirst(article.count))
    }
    return text
  }
}
