// Checks of formulas: every chain of equations whose members are read whole.

/// What formulas say, and which bytes they speak for.
struct FormulaFindings {
  var checks: [Check] = []
  /// Bytes that were understood here: no other reader may judge them.
  var claimed: [Range<Int>] = []
  /// Bytes of mathematics that could not be read: nobody may call anything wrong there.
  var doubtful: [Range<Int>] = []
}

/// Checks the chains of a text.
struct FormulaChecker {
  let bytes: [UInt8]
  let chains: [FormulaChain]
  var reader: FormulaReader
  let context: ClaimContext
  var equations: EquationSteps
  var findings = FormulaFindings()
  var quantities: NamedQuantities

  var tokens: [FormulaToken] { reader.tokens }

  init(_ bytes: [UInt8], spans: [MathSpan], context: ClaimContext, effort: Effort) {
    self.bytes = bytes
    self.context = context
    let lexer = FormulaLexer(bytes, spans: spans)
    let parted = FormulaChains(lexer.tokens)
    chains = parted.chains
    reader = FormulaReader(tokens: parted.tokens, numbers: lexer.numbers, effort: effort)
    equations = EquationSteps(bytes: bytes, context: context)
    quantities = NamedQuantities(bytes)
  }

  /// All that formulas say.
  static func findings(
    _ bytes: [UInt8], spans: [MathSpan], context: ClaimContext, effort: Effort
  ) -> FormulaFindings {
    var checker = FormulaChecker(bytes, spans: spans, context: context, effort: effort)
    for chain in checker.chains where !effort.isSpent { checker.check(chain) }
    return checker.findings
  }

  func span(_ range: Range<Int>) -> Range<Int> {
    guard !range.isEmpty else {
      let at = range.lowerBound < tokens.count ? tokens[range.lowerBound].start : bytes.count
      return at..<at
    }
    return tokens[range.lowerBound].start..<tokens[range.upperBound - 1].end
  }

  func string(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  func isInMath(_ range: Range<Int>) -> Bool {
    !range.isEmpty && tokens[range].allSatisfy(\.inMath)
  }

  // MARK: One chain

  mutating func check(_ chain: FormulaChain) {
    let reads = reader.read(chain)
    named(chain, reads)
    for (i, relation) in chain.relations.enumerated() {
      let (left, right) = (chain.members[i], chain.members[i + 1])
      guard let l = reads[i], let r = reads[i + 1] else {
        doubt(left)
        doubt(right)
        continue
      }
      if relation == .otherRelation {
        claim(left, right, l, r)
        continue
      }
      if let modulus = chain.modulus {
        congruence(left, right, modulus, l, r)
      } else if relation == .congruent {
        claim(left, right, l, r)
      } else if l.unknowns.isEmpty, r.unknowns.isEmpty {
        numbers(chain, i, l, r)
      } else {
        identity(chain, i, l, r)
      }
    }
    let outcome = equations.follow(chain, reads, &reader)
    if let found = outcome { findings.checks.append(found) }
  }

  /// A member that cannot be read, though mathematics by its marks: doubtful, unless only words make it so.
  mutating func doubt(_ member: Range<Int>) {
    guard isInMath(member) else { return }
    let isWords = tokens[member].allSatisfy { token in
      switch token.kind {
      case .unreadable, .letter, .root, .function, .log, .bar, .congruent, .remainder, .modulus:
        false
      default: true
      }
    }
    if !isWords { findings.doubtful.append(span(member)) }
  }

  mutating func claim(
    _ left: Range<Int>, _ right: Range<Int>, _ l: ReadFormula, _ r: ReadFormula
  ) {
    // Plain sums outside mathematics are the prose reader's, which knows units.
    let isPlain =
      !(isInMath(left) && isInMath(right)) && l.unknowns.isEmpty && r.unknowns.isEmpty
    guard !isPlain, !isMeasured(right) || !l.unknowns.isEmpty else { return }
    // "x = 15/3 = 6": what x is said to be is prose again.
    let isProse = r.unknowns.isEmpty && !isInMath(right)
    findings.claimed.append(
      span(left).lowerBound..<(isProse ? span(left) : span(right)).upperBound)
  }

  /// "60 * 3 = 170 m.": outside mathematics a number and a letter of a unit, which is no unknown anywhere in the text.
  private func isMeasured(_ member: Range<Int>) -> Bool {
    guard member.count == 2, case .number = tokens[member.lowerBound].kind,
      case .letter(let name) = tokens[member.lowerBound + 1].kind, Units.letters.contains(name),
      tokens[member.lowerBound + 1].spaceBefore, !tokens[member.lowerBound].inMath
    else { return false }
    return !tokens.indices.contains { i in
      guard tokens[i].kind == .letter(name) else { return false }
      guard i > 0, case .number = tokens[i - 1].kind else { return true }
      return false
    }
  }

  mutating func add(
    _ left: Range<Int>, _ right: Range<Int>, _ verdict: CheckVerdict, computed: String?
  ) {
    reader.effort.spend(verdict == .wrong ? 150 : 30)
    let (expression, stated) = (span(left), statedSpan(right))
    findings.checks.append(
      Check(
        bytes: expression.lowerBound..<stated.upperBound, statedBytes: stated,
        expression: string(expression), stated: string(stated), computed: computed,
        verdict: verdict))
  }

  /// A stated value without its percent sign and the brackets around it.
  func statedSpan(_ member: Range<Int>) -> Range<Int> {
    var (low, high) = (member.lowerBound, member.upperBound)
    while high - low > 2, case .open(123) = tokens[low].kind,
      case .close(125) = tokens[high - 1].kind,
      matches(low, high - 1)
    {
      (low, high) = (low + 1, high - 1)
    }
    while high > low + 1, tokens[high - 1].kind == .percent { high -= 1 }
    return tokens[low].start..<tokens[high - 1].end
  }

  func matches(_ open: Int, _ close: Int) -> Bool {
    var depth = 0
    for i in open...close {
      if case .open = tokens[i].kind { depth += 1 }
      if case .close = tokens[i].kind {
        depth -= 1
        if depth == 0 { return i == close }
      }
    }
    return false
  }
}
