// A comma that may be the decimal one: "2,74" is one number where such commas are written, and a list of two elsewhere.
// Both readings are kept, and the known answer decides: nobody lists 2 and 74 where 2.74 is asked for.

extension AnswerParser {
  /// `1000,99`, `-0,5`, `2,74 €` as one number; nil when the comma can only part the members of a list.
  ///
  /// No space stands around the comma, and the digits behind it are no group of thousands.
  func decimalComma(_ range: Range<Int>) -> AnswerValue? {
    let commas = range.filter { tokens[$0].isSymbol(",") || tokens[$0].isSymbol(";") }
    guard commas.count == 1, let comma = commas.first, comma > range.lowerBound,
      comma + 1 < range.upperBound, tokens[comma].isSymbol(","),
      isPlainNumber(comma - 1), isPlainNumber(comma + 1),
      !tokens[comma].spaceBefore, !tokens[comma + 1].spaceBefore,
      tokens[range.lowerBound..<(comma - 1)].allSatisfy(Self.standsBeforeNumber)
    else { return nil }
    let (whole, part) = (tokens[comma - 1].digits, tokens[comma + 1].digits)
    guard part.utf8.count != 3 || whole == "0" else { return nil }
    var merged = AnswerToken(.number, spaceBefore: tokens[comma - 1].spaceBefore)
    merged.digits = whole + "." + part
    merged.number = WrittenNumber(digits: merged.digits.utf8)
    let copy =
      tokens[range.lowerBound..<(comma - 1)] + [merged] + tokens[(comma + 2)..<range.upperBound]
    return try? AnswerParser(tokens: Array(copy)).quantity(0..<copy.count)
  }

  private func isPlainNumber(_ i: Int) -> Bool {
    tokens[i].kind == .number && !tokens[i].number.hasPoint && !tokens[i].hasPointBehind
  }

  private static func standsBeforeNumber(_ token: AnswerToken) -> Bool {
    if case .currency = token.kind { return true }
    return token.isSymbol("-") || token.isSymbol("+")
  }
}
