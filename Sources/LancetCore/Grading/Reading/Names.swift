// The left side of `name = value`: what may stand there as a name.

extension AnswerParser {
  private static let nameCommands: Set<String> = [
    "angle", "overline", "triangle", "widehat", "hat", "vec", "mathcal", "Delta", "bar", "prime",
    "measuredangle", "overrightarrow",
  ]

  /// The left side of `name = value`: a variable, `f(x)`, `AB` or words.
  func name(_ range: Range<Int>) -> String? {
    guard let first = range.first, range.count <= 16 else { return nil }
    if tokens[first].isCommand("frac") { return quotientName(range) }
    if case .letter(let letter) = tokens[first].kind {
      if range.count == 1 { return letter == "e" || letter == "i" ? nil : letter }
      if let call = callName(range, letter) { return call }
    }
    var (letters, words, out) = ([String](), 0, [String]())
    var (commands, marks) = (0, 0)
    var i = first
    while i < range.upperBound {
      switch tokens[i].kind {
      case .word(let word):
        if UnitPhrase.isNoUnit(word), word != "of" { return nil }
        words += 1
        out.append(word)
      case .letter(let letter):
        letters.append(letter)
        out.append(letter)
      case .command(let name) where Self.nameCommands.contains(name): commands += 1
      case .symbol(.underscore):
        // A subscript, as far as it reaches.
        i += 1
        if i < range.upperBound, tokens[i].isSymbol("{") {
          i += 1
          while i < range.upperBound, !tokens[i].isSymbol("}") {
            out.append("_" + tokens[i].spelling)
            i += 1
          }
        } else if i < range.upperBound {
          out.append("_" + tokens[i].spelling)
        }
      case .symbol(.openBrace), .symbol(.closeBrace): break
      // "(x, y)", "|AB|", "A:B"
      case .symbol(.openParen), .symbol(.closeParen), .symbol(.comma), .symbol(.bar),
        .symbol(.colon):
        marks += 1
        out.append(tokens[i].spelling)
      case .symbol(.apostrophe): out.append("'")
      default: return nil
      }
      i += 1
    }
    if marks > 0, words == 0, !letters.isEmpty {
      // "x(y)" is a product.
      let isWrapped = tokens[first].isSymbol("(") || tokens[first].isSymbol("|")
      return isWrapped || out.contains(":") ? out.joined() : nil
    }
    if words == 0, commands == 0, letters.count > 1 {
      // "AB" is a segment, "ab" a product.
      guard letters.allSatisfy({ $0.utf8.count == 1 && $0.utf8.allSatisfy(\.isUpper) }) else {
        return nil
      }
      return out.joined()
    }
    guard words > 0 || commands > 0 || letters.count == 1 else { return nil }
    return words > 0 ? out.joined(separator: " ") : out.joined()
  }

  /// `\frac{NO}{BO}`: the quotient of two segments.
  private func quotientName(_ range: Range<Int>) -> String? {
    var (parts, open) = ([""], false)
    for token in tokens[range].dropFirst() {
      switch token.kind {
      case .symbol(.openBrace) where !open: open = true
      case .symbol(.closeBrace) where open:
        open = false
        parts.append("")
      case .letter(let letter) where open && letter.utf8.allSatisfy(\.isUpper),
        .word(let letter) where open && letter.utf8.count == 2:
        parts[parts.count - 1] += letter.lowercased()
      default: return nil
      }
    }
    guard parts.count == 3, parts[0].utf8.count == 2, parts[1].utf8.count == 2 else { return nil }
    return "frac \(parts[0]) \(parts[1])"
  }

  /// `f(x)`, `f(2)`, `P(A)`: a letter in front of a bracket of letters and numbers.
  private func callName(_ range: Range<Int>, _ letter: String) -> String? {
    var i = range.lowerBound + 1
    var name = letter
    // f^{-1}, f'
    while i < range.upperBound, !tokens[i].isSymbol("(") {
      switch tokens[i].kind {
      case .symbol(.caret), .symbol(.openBrace), .symbol(.closeBrace), .symbol(.minus),
        .symbol(.apostrophe), .number, .command("prime"), .symbol(.underscore):
        name += tokens[i].spelling
      default: return nil
      }
      i += 1
    }
    guard i < range.upperBound, tokens[range.upperBound - 1].isSymbol(")") else { return nil }
    var arguments = ""
    var hasNumber = false
    for token in tokens[(i + 1)..<(range.upperBound - 1)] {
      switch token.kind {
      case .letter(let name): arguments += name
      case .number:
        hasNumber = true
        arguments += token.digits
      case .symbol(.comma), .symbol(.minus): arguments += token.spelling
      default: return nil
      }
    }
    // "x(x-1)" is a product.
    guard !arguments.isEmpty, !arguments.contains(letter),
      ExpressionParser.isFunctionName(letter) || hasNumber || arguments.utf8.count == 1
    else { return nil }
    return hasNumber ? "\(name)(\(arguments))" : name
  }
}
