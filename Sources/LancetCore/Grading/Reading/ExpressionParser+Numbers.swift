// Numbers of an expression: repeating decimals and mixed numbers.

extension ExpressionParser {
  mutating func number(_ token: AnswerToken) throws(Unreadable) -> Quantity {
    let first = Quantity(token.number)
    if token.repeating > 0 {
      return try repeating(token, String(token.digits.suffix(token.repeating)))
    }
    // 0.1\overline{6}, 0.\dot{3}
    if here?.isCommand("overline") ?? false || here?.isCommand("dot") ?? false
      || here?.isCommand("bar") ?? false, token.number.hasPoint || token.hasPointBehind
    {
      return try repeating(token, try repeatingDigits())
    }
    // 0.(3); behind further digits it may be a product: 0.1(6)
    if at + 2 < end, tokens[at].isSymbol("("), !tokens[at].spaceBefore,
      tokens[at + 1].kind == .number, !tokens[at + 1].number.hasPoint,
      tokens[at + 2].isSymbol(")"), token.hasPointBehind || token.number.hasPoint && at + 3 == end
    {
      let digits = tokens[at + 1]
      at += 3
      let periodic = try repeating(token, digits.digits)
      if token.hasPointBehind { return periodic }
      var product = Self.multiply(first, Quantity(digits.number))
      product.periodic = periodic.exact?.rational
      return product
    }
    // 1 1/2
    if at + 2 < end, tokens[at].kind == .number, tokens[at].spaceBefore,
      tokens[at + 1].isSymbol("/"), tokens[at + 2].kind == .number,
      let value = WrittenNumber.mixed(
        token.number, tokens[at].number, over: tokens[at + 2].number)
    {
      at += 3
      return Quantity(value)
    }
    return first
  }

  /// The digits under a line.
  private mutating func repeatingDigits() throws(Unreadable) -> String {
    at += 1
    var digits = ""
    if take("{") {
      if let inner = here, inner.kind == .number {
        digits = inner.digits
        at += 1
      }
      guard take("}") else { throw Unreadable(reason: "a repeating decimal that is cut off") }
    } else if let inner = here, inner.kind == .number {
      digits = inner.digits
      at += 1
    }
    return digits
  }

  func repeating(_ token: AnswerToken, _ digits: String) throws(Unreadable) -> Quantity {
    let count = digits.utf8.count
    guard count > 0, count <= 12, let value = Int(digits), token.number.decimals <= 12,
      let nines = Rational(10).power(count)?.subtracting(.one),
      let scale = token.number.decimals == 0 ? .one : Rational(10).power(token.number.decimals),
      let below = nines.multiplied(by: scale), let part = Rational(value).divided(by: below),
      let sum = token.number.value?.adding(part)
    else { throw Unreadable(reason: "a repeating decimal that does not fit") }
    return Quantity(sum)
  }
}
