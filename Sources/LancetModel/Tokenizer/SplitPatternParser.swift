// Reads a regular expression in Oniguruma's syntax, and writes the program that ``SplitPattern`` runs.

/// A part of an expression.
indirect enum SplitNode {
  case set(ScalarSet)
  case sequence([SplitNode])
  case choice([SplitNode])
  case repeated(SplitNode, least: Int, most: Int?, lazy: Bool)
  /// Takes all it can and gives nothing back.
  case kept(SplitNode, least: Int, most: Int?)
  case look(SplitNode, ahead: Bool, negated: Bool)
  case place(SplitPattern.Instruction)
}

struct SplitPatternParser {
  private let scalars: [UnicodeScalar]
  private var at = 0
  private var depth = 0
  private var foldsCase = false
  private static let depthLimit = 30
  private static let sizeLimit = 20_000

  init(_ expression: String) { scalars = Array(expression.unicodeScalars) }

  private func failure(_ reason: String) -> SplitPatternError { SplitPatternError(reason: reason) }
  private var next: UnicodeScalar? { at < scalars.count ? scalars[at] : nil }

  private mutating func take(_ text: String) -> Bool {
    let wanted = Array(text.unicodeScalars)
    guard at + wanted.count <= scalars.count,
      scalars[at..<at + wanted.count].elementsEqual(wanted)
    else { return false }
    at += wanted.count
    return true
  }

  mutating func whole() throws(SplitPatternError) -> SplitNode {
    guard scalars.count <= Self.sizeLimit else { throw failure("it is too long") }
    let node = try choice()
    guard at == scalars.count else { throw failure("a bracket closes nothing") }
    return node
  }

  private mutating func choice() throws(SplitPatternError) -> SplitNode {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw failure("it is nested too deeply") }
    let folds = foldsCase
    defer { foldsCase = folds }
    var branches = [try sequence()]
    while take("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func sequence() throws(SplitPatternError) -> SplitNode {
    var parts: [SplitNode] = []
    while let scalar = next, scalar != "|", scalar != ")" {
      if take("(?i)") {
        foldsCase = true
        continue
      }
      parts.append(try quantified(try atom()))
    }
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private mutating func quantified(_ atom: SplitNode) throws(SplitPatternError) -> SplitNode {
    var node = atom
    while true {
      var bounds: (least: Int, most: Int?)?
      var isInterval = false
      if take("*") {
        bounds = (0, nil)
      } else if take("+") {
        bounds = (1, nil)
      } else if take("?") {
        bounds = (0, 1)
      } else if let interval = interval() {
        bounds = interval
        isInterval = true
      }
      guard let (least, most) = bounds else { return node }
      guard least <= 1000, (most ?? 0) <= 1000, most.map({ $0 >= least }) ?? true else {
        throw failure("it repeats a part too often")
      }
      if !isInterval, take("+") {
        node = .kept(node, least: least, most: most)
      } else if take("?") {
        // `{n}?` is an optional `{n}`, as in Ruby.
        node =
          isInterval && most == least
          ? .repeated(
            .repeated(node, least: least, most: most, lazy: false), least: 0, most: 1, lazy: false)
          : .repeated(node, least: least, most: most, lazy: true)
      } else {
        node = .repeated(node, least: least, most: most, lazy: false)
      }
    }
  }

  /// `{n}`, `{n,}`, `{n,m}` or `{,m}`; anything else is a brace.
  private mutating func interval() -> (least: Int, most: Int?)? {
    let start = at
    guard take("{") else { return nil }
    let low = number()
    var bounds: (Int, Int?)? = low.map { ($0, $0) }
    if take(",") {
      let high = number()
      bounds = low == nil && high == nil ? nil : (low ?? 0, high)
    }
    guard take("}"), let bounds else {
      at = start
      return nil
    }
    return bounds
  }

  private mutating func number() -> Int? {
    var digits = ""
    while let scalar = next, "0"..."9" ~= scalar, digits.count < 9 {
      digits.unicodeScalars.append(scalar)
      at += 1
    }
    return Int(digits)
  }

  private func folded(_ set: ScalarSet) -> SplitNode { .set(foldsCase ? set.foldingCase : set) }

  private mutating func atom() throws(SplitPatternError) -> SplitNode {
    guard let scalar = next else { throw failure("it ends too early") }
    switch scalar {
    case "(": return try group()
    case "[": return folded(try bracket())
    case ".":
      at += 1
      return .set(.not(.newline))
    case "^":
      at += 1
      return .place(.lineStart)
    case "$":
      at += 1
      return .place(.lineEnd)
    case "*", "+", "?": throw failure("‘\(scalar)’ repeats nothing")
    case "\\":
      if take("\\A") { return .place(.textStart) }
      if take("\\z") { return .place(.textEnd) }
      if take("\\b") { return .place(.wordBorder(negated: false)) }
      if take("\\B") { return .place(.wordBorder(negated: true)) }
      return folded(try escape())
    default:
      at += 1
      return folded(.ranges([scalar.value...scalar.value]))
    }
  }

  private mutating func group() throws(SplitPatternError) -> SplitNode {
    at += 1
    let folds = foldsCase
    defer { foldsCase = folds }
    var look: (ahead: Bool, negated: Bool)?
    var keeps = false
    if take("?:") {
    } else if take("?i:") {
      foldsCase = true
    } else if take("?-i:") {
      foldsCase = false
    } else if take("?=") {
      look = (true, false)
    } else if take("?!") {
      look = (true, true)
    } else if take("?<=") {
      look = (false, false)
    } else if take("?<!") {
      look = (false, true)
    } else if take("?>") {
      keeps = true
    } else if next == "?" {
      throw failure("it has a group of a kind that is not known here")
    }
    let inner = try choice()
    guard take(")") else { throw failure("a bracket is not closed") }
    if let look { return .look(inner, ahead: look.ahead, negated: look.negated) }
    return keeps ? .kept(inner, least: 1, most: 1) : inner
  }

  /// `\p{…}`, `\s`, `\n` and the like: a set.
  private mutating func escape() throws(SplitPatternError) -> ScalarSet {
    at += 1
    guard let kind = next else { throw failure("it ends with a backslash") }
    at += 1
    func one(_ value: UInt32) -> ScalarSet { .ranges([value...value]) }
    switch kind {
    case "d": return .digit
    case "D": return .not(.digit)
    case "s": return .space
    case "S": return .not(.space)
    case "w": return .word
    case "W": return .not(.word)
    case "h": return .hexadecimal
    case "H": return .not(.hexadecimal)
    case "n": return one(10)
    case "r": return one(13)
    case "t": return one(9)
    case "f": return one(12)
    case "v": return one(11)
    case "a": return one(7)
    case "e": return one(27)
    case "p", "P":
      guard take("{") else { throw failure("\\p without a name") }
      let negated = take("^")
      var name = ""
      while let scalar = next, scalar != "}", name.count < 40 {
        name.unicodeScalars.append(scalar)
        at += 1
      }
      guard take("}"), let set = ScalarSet.property(name) else {
        throw failure("the property ‘\(name)’ is not known here")
      }
      return negated != (kind == "P") ? .not(set) : set
    case "x", "u":
      let braced = kind == "x" && take("{")
      var value: UInt32 = 0
      var digits = 0
      while digits < (braced ? 8 : kind == "x" ? 2 : 4), let scalar = next,
        let digit = Character(scalar).hexDigitValue
      {
        value = value << 4 | UInt32(digit)
        digits += 1
        at += 1
      }
      guard digits > 0, !braced || take("}"), UnicodeScalar(value) != nil else {
        throw failure("a broken escape")
      }
      return one(value)
    default:
      let isWord = ScalarSet.word.contains(kind.value)
      guard !isWord else { throw failure("‘\\\(kind)’ is not known here") }
      return one(kind.value)
    }
  }

  /// `[…]`.
  private mutating func bracket() throws(SplitPatternError) -> ScalarSet {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw failure("it is nested too deeply") }
    at += 1
    let negated = take("^")
    var sides: [ScalarSet] = []
    var parts: [ScalarSet] = []
    var isFirst = true
    while true {
      guard let scalar = next else { throw failure("a character class is not closed") }
      if scalar == "]", !isFirst { break }
      isFirst = false
      if take("&&") {
        sides.append(.any(parts))
        parts = []
      } else if take("[:") {
        let isNegated = take("^")
        var name = ""
        while let scalar = next, scalar != ":", name.count < 20 {
          name.unicodeScalars.append(scalar)
          at += 1
        }
        guard take(":]"), let set = ScalarSet.property(name) else {
          throw failure("the class ‘[:\(name):]’ is not known here")
        }
        parts.append(isNegated ? .not(set) : set)
      } else if scalar == "[" {
        parts.append(try bracket())
      } else {
        parts.append(try classPart())
      }
    }
    at += 1
    var set = sides.reduce(ScalarSet.any(parts)) { .both($0, $1) }
    if foldsCase { set = set.foldingCase }
    return negated ? .not(set) : set
  }

  /// One character, a range or an escape of a class.
  private mutating func classPart() throws(SplitPatternError) -> ScalarSet {
    let first = try classScalar()
    guard case .ranges(let low) = first, low.count == 1, low[0].count == 1, next == "-",
      at + 1 < scalars.count, scalars[at + 1] != "]", scalars[at + 1] != "["
    else { return first }
    let dash = at
    at += 1
    let second = try classScalar()
    guard case .ranges(let high) = second, high.count == 1, high[0].count == 1 else {
      at = dash
      return first
    }
    guard low[0].lowerBound <= high[0].lowerBound else { throw failure("a range runs backwards") }
    return .ranges([low[0].lowerBound...high[0].lowerBound])
  }

  private mutating func classScalar() throws(SplitPatternError) -> ScalarSet {
    guard let scalar = next else { throw failure("a character class is not closed") }
    if scalar == "\\" {
      if take("\\b") { return .ranges([8...8]) }
      return try escape()
    }
    at += 1
    return .ranges([scalar.value...scalar.value])
  }
}

/// Writes the program of an expression.
struct SplitPatternCompiler {
  var program: [SplitPattern.Instruction] = []
  var sets: [ScalarSet] = []
  private static let sizeLimit = 4000

  private mutating func number(_ set: ScalarSet) -> Int {
    sets.append(set)
    return sets.count - 1
  }

  mutating func add(_ node: SplitNode) throws(SplitPatternError) {
    guard program.count < Self.sizeLimit else {
      throw SplitPatternError(reason: "it is too large")
    }
    switch node {
    case .set(let set): program.append(.one(number(set)))
    case .sequence(let parts): for part in parts { try add(part) }
    case .place(let instruction): program.append(instruction)
    case .choice(let branches):
      var jumps: [Int] = []
      for (index, branch) in branches.enumerated() {
        guard index < branches.count - 1 else {
          try add(branch)
          break
        }
        let fork = program.count
        program.append(.match)
        try add(branch)
        jumps.append(program.count)
        program.append(.match)
        program[fork] = .split(fork + 1, program.count)
      }
      for jump in jumps { program[jump] = .jump(program.count) }
    case .repeated(let inner, let least, let most, let lazy):
      for _ in 0..<least { try add(inner) }
      if let most {
        var forks: [Int] = []
        for _ in least..<most {
          forks.append(program.count)
          program.append(.match)
          try add(inner)
        }
        for fork in forks {
          program[fork] = lazy ? .split(program.count, fork + 1) : .split(fork + 1, program.count)
        }
      } else {
        let fork = program.count
        program.append(.match)
        try add(inner)
        program.append(.jump(fork))
        program[fork] = lazy ? .split(program.count, fork + 1) : .split(fork + 1, program.count)
      }
    case .kept(let inner, let least, let most): try add(kept: inner, least, most)
    case .look(let inner, let ahead, let negated):
      if case .set(let set) = inner {
        program.append(.look(number(set), ahead: ahead, negated: negated))
      } else {
        guard ahead, isBounded(inner) else {
          throw SplitPatternError(reason: "it looks around over a text without bound")
        }
        let outside = program
        program = []
        try add(inner)
        let inside = program + [.match]
        program = outside
        guard inside.count <= 40 else {
          throw SplitPatternError(reason: "it looks ahead over too long a text")
        }
        program.append(.lookAhead(inside, negated: negated))
      }
    }
  }

  /// Only what is one set can be kept whole: a run has one way to match.
  private mutating func add(kept inner: SplitNode, _ least: Int, _ most: Int?)
    throws(SplitPatternError)
  {
    if case .set(let set) = inner {
      program.append(.run(number(set), least: least, most: most ?? .max))
      return
    }
    guard least == 1, most == 1, case .repeated(.set(let set), let low, let high, false) = inner
    else { throw SplitPatternError(reason: "it keeps a group without giving back") }
    program.append(.run(number(set), least: low, most: high ?? .max))
  }

  private func isBounded(_ node: SplitNode) -> Bool {
    switch node {
    case .set, .place: true
    case .sequence(let parts), .choice(let parts): parts.allSatisfy(isBounded)
    case .repeated(let inner, _, let most, _), .kept(let inner, _, let most):
      most != nil && isBounded(inner)
    case .look: false
    }
  }
}
