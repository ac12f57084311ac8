// Numbers, unknowns, brackets and the arguments of commands.

extension FormulaParser {
  mutating func primary() -> Formula? {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthLimit, let kind = kind() else { return nil }
    switch kind {
    case .number(let index): return number(index)
    case .letter(let name): return unknown(name)
    case .pi:
      at += 1
      out.isIrrational = true
      out.operators += 1
      return .pi
    case .open(let bracket): return bracketed(bracket)
    case .bar: return absolute()
    case .floorOpen: return enclosed(.floorClose, .floor)
    case .ceilingOpen: return enclosed(.ceilingClose, .ceiling)
    case .plusMinus:
      at += 1
      out.pairSigns += 1
      out.operators += 1
      return power().map { reading.contains(.lowerSign) ? .negated($0) : $0 }
    case .frac:
      at += 1
      guard let upper = argument(), let lower = argument() else { return nil }
      out.operators += 1
      out.hasDivision = true
      return .binary(.divide, upper, lower)
    case .binom:
      at += 1
      guard let upper = argument(), let lower = argument() else { return nil }
      out.operators += 1
      return .binomial(upper, lower)
    case .root(let degree):
      at += 1
      guard let inner = argument() else { return nil }
      out.operators += 1
      out.isIrrational = true
      return .root(inner, degree: degree)
    case .function(let function): return apply(function)
    case .log: return logarithm()
    case .joint(let joint): return joined(joint)
    default: return nil
    }
  }

  mutating func number(_ index: Int) -> Formula? {
    guard let value = numbers[index].value else { return nil }
    at += 1
    out.numbers.append(index)
    if numbers[index].isBased { out.operators += 1 }
    // "0.1(6)" may be a repeating decimal.
    if numbers[index].hasPoint, kind() == .open(40) { return nil }
    if let chosen = closeChoice(value) { return chosen }
    guard !numbers[index].hasPoint, value.isInteger, let (part, length) = plainFraction() else {
      return .number(value)
    }
    out.doubts.insert(.fractionIsFactor)
    at += length
    out.operators += 1
    return reading.contains(.fractionIsFactor)
      ? .binary(.multiply, .number(value), .number(part))
      : .binary(.add, .number(value), .number(part))
  }

  /// `\frac{1}{2}` of two whole numbers right behind a whole number.
  func plainFraction() -> (Rational, Int)? {
    guard kind() == .frac else { return nil }
    let (upper, lower, length) = kind(1) == .open(123) ? (2, 5, 7) : (1, 2, 3)
    guard case .number(let above)? = kind(upper), case .number(let below)? = kind(lower),
      length == 3 || kind(3) == .close(125) && kind(4) == .open(123) && kind(6) == .close(125),
      let a = numbers[above].value, let b = numbers[below].value, a.isInteger, b.isInteger,
      a.isLess(than: b), let value = a.divided(by: b)
    else { return nil }
    return (value, length)
  }

  mutating func unknown(_ name: String) -> Formula? {
    at += 1
    if case .open(let bracket) = kind(), bracket == 40 || bracket == 91 {
      if name == "C", let chosen = choice() { return chosen }
      // f(x), a(3): an application as likely as a product.
      if Self.functionLetters.contains(String(name.prefix(1))) { return nil }
      if case .number = kind(1), kind(2) == .close(41) { return nil }
    }
    if kind() == .bang { return nil }
    out.unknowns.insert(name)
    return .unknown(name)
  }

  /// The binomial coefficient that is written `C(9, 7)`.
  mutating func choice() -> Formula? {
    guard case .number(let n) = kind(1), kind(2) == .comma, case .number(let k) = kind(3),
      kind(4) == .close(41), let above = numbers[n].value, let below = numbers[k].value
    else { return nil }
    at += 5
    out.operators += 1
    return .binomial(.number(above), .number(below))
  }

  /// The binomial coefficient that is written `5C2`.
  mutating func closeChoice(_ above: Rational) -> Formula? {
    guard kind() == .letter("C"), !tokens[at].spaceBefore, case .number(let k) = kind(1),
      !tokens[at + 1].spaceBefore, let below = numbers[k].value
    else { return nil }
    at += 2
    out.operators += 1
    return .binomial(.number(above), .number(below))
  }

  mutating func bracketed(_ bracket: UInt8) -> Formula? {
    at += 1
    guard var inner = sum() else { return nil }
    if kind() == .choose {
      at += 1
      guard let lower = sum() else { return nil }
      out.operators += 1
      inner = .binomial(inner, lower)
    }
    guard case .close(let close) = kind() else { return nil }
    let pairs: [UInt8: UInt8] = [40: 41, 91: 93, 123: 125]
    guard pairs[bracket] == close else { return nil }
    at += 1
    return inner
  }

  mutating func absolute() -> Formula? { enclosed(.bar, .absolute) }

  mutating func enclosed(
    _ close: FormulaToken.Kind, _ function: Formula.Function
  ) -> Formula? {
    at += 1
    guard let inner = sum(), kind() == close else { return nil }
    at += 1
    out.operators += 1
    return .function(function, inner)
  }

  /// The argument of a command: one token or a group.
  mutating func argument() -> Formula? {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthLimit else { return nil }
    if case .number(let index) = kind() {
      // \frac12 takes single digits.
      let token = tokens[at]
      if token.end - token.start == 2, !numbers[index].hasPoint { return nil }
      guard let value = numbers[index].value else { return nil }
      at += 1
      out.numbers.append(index)
      return .number(value)
    }
    return primary()
  }
}
