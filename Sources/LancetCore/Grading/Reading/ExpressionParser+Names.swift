// Letters of an expression: variables with their subscripts, values of unknown functions, marked letters and derivatives.

extension ExpressionParser {
  /// A variable, or anything unknown that equals only itself.
  static func named(_ name: String) -> Quantity {
    var out = Quantity(exact: ClosedForm(Polynomial(.variable(name))), approximate: nil)
    out.tree = .variable(name)
    return out
  }

  /// Letters that name functions whatever stands in the bracket behind them.
  static func isFunctionName(_ name: String) -> Bool {
    ["f", "g", "h", "F", "G", "H", "varphi", "phi", "psi"].contains(name)
  }

  /// `f(0)`, `g(x)`, `I(0)`: the value of an unknown function, which equals only itself; nil when the bracket makes a
  /// product.
  mutating func functionValue(_ name: String) throws(Unreadable) -> Quantity? {
    guard isSymbol("("), let token = here, !token.spaceBefore, name != "e", name != "i" else {
      return nil
    }
    // A single number in the bracket: nobody writes a product so.
    let isNumber =
      at + 2 < end && tokens[at + 1].kind == .number && tokens[at + 2].isSymbol(")")
    guard Self.isFunctionName(name) || isNumber else { return nil }
    at += 1
    var arguments: [String] = []
    repeat {
      guard let form = try sum().exact else { throw Unreadable(reason: "an unknown function") }
      arguments.append(form.spelling)
    } while take(",")
    guard take(")") else { throw Unreadable(reason: "a bracket is not closed") }
    return Self.named("\(name)(\(arguments.joined(separator: ",")))")
  }

  mutating func variable(_ name: String) throws(Unreadable) -> Quantity {
    if name == "e" {
      var out = Quantity(
        exact: ClosedForm(Polynomial(.euler)), approximate: 2.718_281_828_459_045)
      out.tree = .euler
      return out
    }
    if name == "i" {
      return Quantity(exact: ClosedForm(Polynomial(.imaginary)), approximate: nil)
    }
    guard isSymbol("_") else { return Self.named(name) }
    at += 1
    return Self.named(name + "_" + (try subscripted()))
  }

  /// What a subscript says, whole: `a_{n+1}` and `a_{n-1}` are two.
  mutating func subscripted() throws(Unreadable) -> String {
    guard take("{") else {
      guard let token = here else { throw Unreadable(reason: "a subscript that is cut off") }
      at += 1
      return token.spelling
    }
    // In its canonical form, so that `n+1` is `1+n`.
    var copy = self
    if let form = try? copy.sum().exact, copy.take("}") {
      let isOne = copy.at - at == 2
      let spelling = isOne ? tokens[at].spelling : form.spelling
      at = copy.at
      return spelling
    }
    var (open, text) = (1, "")
    while let token = here {
      at += 1
      if token.isSymbol("{") { open += 1 }
      if token.isSymbol("}") { open -= 1 }
      if open == 0 { return text }
      text += token.spelling + " "
    }
    throw Unreadable(reason: "a subscript that is cut off")
  }

  /// `\vec{v}`, `\hat i`: another variable than the letter alone.
  mutating func marked(_ name: String) throws(Unreadable) -> Quantity {
    let isBraced = take("{")
    guard case .letter(let letter)? = here?.kind else {
      throw Unreadable(reason: "\\\(name) is not understood")
    }
    at += 1
    if isBraced, !take("}") { throw Unreadable(reason: "a bracket is not closed") }
    return try variable("\(name) \(letter)")
  }

  /// `{dy}{dx}`, `{d}{dx}`, `{\partial f}{\partial x}`: no quotient of products; it equals only itself.
  mutating func derivative() -> Quantity? {
    var names: [String] = []
    var i = at
    for _ in 0..<2 {
      guard i + 2 < end, tokens[i].isSymbol("{"),
        tokens[i + 1].kind == .letter("d") || tokens[i + 1].isCommand("partial"),
        let close = tokens[i..<end].firstIndex(where: { $0.isSymbol("}") }), close - i <= 6
      else { return nil }
      let inner = tokens[(i + 1)..<close]
      let isPlain = inner.allSatisfy { token in
        switch token.kind {
        case .letter, .number, .symbol(.caret), .command("partial"): true
        default: false
        }
      }
      guard isPlain else { return nil }
      names.append(inner.map(\.spelling).joined())
      i = close + 1
    }
    // "d/dx" has a letter behind the second d.
    guard names[1].utf8.count > 1, names[1] != "partial" else { return nil }
    at = i
    return Self.named("\(names[0])/\(names[1])")
  }
}
