// Functions of formulas.

extension FormulaParser {
  mutating func apply(_ function: Formula.Function) -> Formula? {
    at += 1
    out.isIrrational = true
    out.hasTrigonometry = out.hasTrigonometry || function != .naturalLog
    var exponent: Formula?
    if kind() == .op(94) {
      at += 1
      guard let e = self.exponent(), let value = e.exact, !value.isNegative else { return nil }
      exponent = e
    }
    guard let inner = functionArgument() else { return nil }
    out.operators += 1
    let argument = function == .naturalLog ? inner.0 : radians(inner)
    let applied = Formula.function(function, argument)
    return exponent.map { .binary(.power, applied, $0) } ?? applied
  }

  /// Degrees become radians where a sine is taken.
  mutating func radians(_ inner: (Formula, Bool)) -> Formula {
    if !inner.1 {
      guard let value = inner.0.exact, !value.isZero else { return inner.0 }
      out.doubts.insert(.angleIsInDegrees)
      guard reading.contains(.angleIsInDegrees) else { return inner.0 }
    }
    return .binary(.divide, .binary(.multiply, inner.0, .pi), .number(Rational(180)))
  }

  mutating func logarithm() -> Formula? {
    at += 1
    out.isIrrational = true
    out.operators += 1
    if kind() == .subscripted {
      at += 1
      guard let base = argument(), let inner = functionArgument() else { return nil }
      return .logarithm(base: base, inner.0)
    }
    guard let inner = functionArgument() else { return nil }
    out.doubts.insert(.logIsNatural)
    return reading.contains(.logIsNatural)
      ? .function(.naturalLog, inner.0) : .logarithm(base: .number(Rational(10)), inner.0)
  }

  /// What a function is taken of, and whether it is written in degrees.
  mutating func functionArgument() -> (Formula, Bool)? {
    let before = out.hasDegrees
    out.hasDegrees = false
    defer { out.hasDegrees = before || out.hasDegrees }
    if case .open = kind() {
      guard let inner = power() else { return nil }
      return (inner, out.hasDegrees)
    }
    // \sin 2x, \sin \frac{\pi}{3}: up to the next sign or function.
    guard var inner = power() else { return nil }
    while true {
      switch kind() {
      case .letter, .pi, .frac:
        guard let next = power() else { return nil }
        inner = .binary(.multiply, inner, next)
      // \sin x (x + 1)
      case .open: return nil
      default: return (inner, out.hasDegrees)
      }
    }
  }

  mutating func joined(_ joint: Formula.Joint) -> Formula? {
    at += 1
    guard case .open(let bracket) = kind(), bracket == 40 || bracket == 91 || bracket == 123 else {
      return nil
    }
    at += 1
    var parts: [Formula] = []
    while let part = sum() {
      parts.append(part)
      guard kind() == .comma else { break }
      at += 1
    }
    guard parts.count >= 2, case .close = kind() else { return nil }
    at += 1
    out.operators += 1
    return .joint(joint, parts)
  }
}
