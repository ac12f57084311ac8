// An expression as it was written, for forms that have no exact normal form: it is evaluated at random points.

indirect enum Term: Sendable {
  case number(Rational)
  /// A whole number that does not fit 128 bits, by its digits.
  case digits(String)
  /// A variable, or the value of an unknown function such as f(0).
  case variable(String)
  case pi, euler
  case sum([Term])
  case product([Term])
  case negative(Term)
  case quotient(Term, Term)
  case power(Term, Term)
  /// A function of one argument, with the base of a logarithm.
  case call(String, Term, base: Term?)

  static func adding(_ a: Term, _ b: Term) -> Term {
    if case .sum(var parts) = a {
      parts.append(b)
      return .sum(parts)
    }
    return .sum([a, b])
  }

  static func multiplying(_ a: Term, _ b: Term) -> Term {
    if case .product(var parts) = a {
      parts.append(b)
      return .product(parts)
    }
    return .product([a, b])
  }

  /// Adds the names of the variables to a set.
  func collectVariables(_ names: inout Set<String>) {
    switch self {
    case .variable(let name): names.insert(name)
    case .number, .digits, .pi, .euler: break
    case .sum(let parts), .product(let parts):
      for part in parts { part.collectVariables(&names) }
    case .negative(let a): a.collectVariables(&names)
    case .quotient(let a, let b), .power(let a, let b):
      a.collectVariables(&names)
      b.collectVariables(&names)
    case .call(_, let a, let base):
      a.collectVariables(&names)
      base?.collectVariables(&names)
    }
  }

  /// How many parts it has.
  var size: Int {
    switch self {
    case .variable, .number, .digits, .pi, .euler: 1
    case .sum(let parts), .product(let parts): parts.reduce(1) { $0 + $1.size }
    case .negative(let a): a.size + 1
    case .quotient(let a, let b), .power(let a, let b): a.size + b.size + 1
    case .call(_, let a, let base): a.size + (base?.size ?? 0) + 1
    }
  }

  var variables: Set<String> {
    var names: Set<String> = []
    collectVariables(&names)
    return names
  }
}
