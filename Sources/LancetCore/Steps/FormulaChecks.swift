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
  private let bytes: [UInt8]
  private let chains: [FormulaChain]
  private var reader: FormulaReader
  private let context: ClaimContext
  private var equations: EquationSteps
  private var findings = FormulaFindings()
  private var quantities: NamedQuantities

  private var tokens: [FormulaToken] { reader.tokens }

  init(_ bytes: [UInt8], context: ClaimContext) {
    self.bytes = bytes
    self.context = context
    let lexer = FormulaLexer(bytes, spans: mathSpans(bytes))
    let parted = FormulaChains(lexer.tokens)
    chains = parted.chains
    reader = FormulaReader(tokens: parted.tokens, numbers: lexer.numbers)
    equations = EquationSteps(bytes: bytes, context: context)
    quantities = NamedQuantities(bytes)
  }

  /// All that formulas say.
  static func findings(_ bytes: [UInt8], context: ClaimContext) -> FormulaFindings {
    var checker = FormulaChecker(bytes, context: context)
    for chain in checker.chains { checker.check(chain) }
    return checker.findings
  }

  private func span(_ range: Range<Int>) -> Range<Int> {
    guard !range.isEmpty else {
      let at = range.lowerBound < tokens.count ? tokens[range.lowerBound].start : bytes.count
      return at..<at
    }
    return tokens[range.lowerBound].start..<tokens[range.upperBound - 1].end
  }

  private func string(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  private func isInMath(_ range: Range<Int>) -> Bool {
    !range.isEmpty && tokens[range].allSatisfy(\.inMath)
  }

  // MARK: One chain

  private mutating func check(_ chain: FormulaChain) {
    let reads = chain.members.map { reader.read($0) }
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
  private mutating func doubt(_ member: Range<Int>) {
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

  private mutating func claim(
    _ left: Range<Int>, _ right: Range<Int>, _ l: ReadFormula, _ r: ReadFormula
  ) {
    // Plain sums outside mathematics are the prose reader's, which knows units.
    let isPlain =
      !(isInMath(left) && isInMath(right)) && l.unknowns.isEmpty && r.unknowns.isEmpty
    if !isPlain { findings.claimed.append(span(left).lowerBound..<span(right).upperBound) }
  }

  private mutating func add(
    _ left: Range<Int>, _ right: Range<Int>, _ verdict: CheckVerdict, computed: String?
  ) {
    let (expression, stated) = (span(left), statedSpan(right))
    findings.checks.append(
      Check(
        bytes: expression.lowerBound..<stated.upperBound, statedBytes: stated,
        expression: string(expression), stated: string(stated), computed: computed,
        verdict: verdict))
  }

  /// A stated value without its percent sign and the brackets around it.
  private func statedSpan(_ member: Range<Int>) -> Range<Int> {
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

  private func matches(_ open: Int, _ close: Int) -> Bool {
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

  // MARK: Named quantities

  /// "Total = 20 + 23. Total = 42": two lines about one quantity, the second of which says the value.
  private mutating func named(_ chain: FormulaChain, _ reads: [ReadFormula?]) {
    guard let first = chain.members.first, chain.relations[0] == .equals,
      let member = chain.members.last, !member.isEmpty, let last = reads.last ?? nil
    else { return quantities.forget() }
    let relation = first.upperBound
    let end = span(member).upperBound
    let name = quantities.name(endingAt: tokens[relation].start)
    let before = quantities.last
    quantities.keep(name, member, end: end, isWhole: isWhole(chain))
    guard let before, let name, before.name == name, before.isWhole,
      quantities.adjoins(before.end, name), chain.members.count == 2,
      let l = reader.read(before.member), l.operators > 0
    else { return }
    // The numbers of a plain line end where a unit begins.
    guard isCleanOutside(chain, chain.relations.count - 1) || isInMath(member) else { return }
    let (left, right) = (before.member, member)
    if l.unknowns.isEmpty, last.unknowns.isEmpty, last.single != nil {
      let outcome = reader.compare(left, l, right, last, about: false)
      let whole = span(left).lowerBound..<span(right).upperBound
      guard outcome.verdict == .wrong, !context.isHedged(whole), !context.hasForeignArithmetic
      else { return }
      add(left, right, .wrong, computed: outcome.computed)
    } else if Identities.judge(l, last, inChain: true) == .wrong, !hasDecimals(l),
      !hasDecimals(last), l.doubts.isEmpty, last.doubts.isEmpty
    {
      add(left, right, .wrong, computed: l.formula.polynomial?.spelled)
    }
  }

  /// Whether a chain's last member ends where its line or formula does.
  private func isWhole(_ chain: FormulaChain) -> Bool {
    guard let next = chain.next else { return true }
    return tokens[next].kind != .word
  }

  // MARK: Numbers

  private mutating func numbers(
    _ chain: FormulaChain, _ i: Int, _ l: ReadFormula, _ r: ReadFormula
  ) {
    let (left, right) = (chain.members[i], chain.members[i + 1])
    let inMath = isInMath(left) && isInMath(right)
    // Outside mathematics only what the prose reader does not know.
    guard inMath || isBeyondProse(left) || isBeyondProse(right) else { return }
    findings.claimed.append(span(left).lowerBound..<span(right).upperBound)
    guard l.operators > 0 || (i > 0 && chain.relations[i - 1] == .equals) || r.operators > 0 else {
      return
    }
    if let value = l.formula.exact, r.operators > 0, r.formula.exact != value,
      r.formula.begins(with: value)
    {
      return  // "5 + 3 = 8 * 2": the calculation goes on from the result
    }
    let about = chain.relations[i] == .approximately
    if let found = quotient(left, l, right, r) {
      findings.checks.append(found)
      return
    }
    let outcome = reader.compare(left, l, right, r, about: about)
    var verdict = outcome.verdict
    if verdict == .wrong, !isCertain(chain, i, l, r, inMath: inMath) { verdict = .unknown }
    if verdict == .unknown, l.operators == 0 { return }
    add(left, right, verdict, computed: outcome.computed)
  }

  /// "706 ÷ 7 = 100 with a remainder of 6".
  private func quotient(
    _ left: Range<Int>, _ l: ReadFormula, _ right: Range<Int>, _ r: ReadFormula
  ) -> Check? {
    guard case .binary(.divide, let above, let below) = l.formula, r.single != nil,
      let a = above.exact, let b = below.exact, let q = r.formula.exact
    else { return nil }
    return Quotients(bytes).check(
      a, by: b, expression: span(left), quotient: statedSpan(right), stated: q)
  }

  private func isBeyondProse(_ member: Range<Int>) -> Bool {
    tokens[member].contains {
      switch $0.kind {
      case .pi, .bang, .binom, .joint, .bar, .function, .log, .plusMinus, .remainder: true
      case .number(let index): reader.numbers[index].isRepeating
      case .letter("C"): true
      case .root(let degree): degree != 2 || !$0.inMath
      default: false
      }
    }
  }

  private func isCertain(
    _ chain: FormulaChain, _ i: Int, _ l: ReadFormula, _ r: ReadFormula, inMath: Bool
  ) -> Bool {
    if context.hasForeignArithmetic, !l.hasRemainder, l.operators <= 3, !l.isIrrational,
      !l.hasDivision
    {
      return false
    }
    if context.definesOperation, l.hasAsterisk || r.hasAsterisk { return false }
    if l.hasDegrees != r.hasDegrees, l.hasTrigonometry || r.hasTrigonometry { return false }
    let whole = span(chain.members[i]).lowerBound..<span(chain.members[i + 1]).upperBound
    if context.isHedged(whole) { return false }
    return inMath || isCleanOutside(chain, i)
  }

  /// Outside mathematics a word behind the last number may change it ("5 million", "3 more").
  private func isCleanOutside(_ chain: FormulaChain, _ i: Int) -> Bool {
    if i == 0, let first = chain.members.first, first.lowerBound > 0,
      tokens[first.lowerBound - 1].kind == .word
    {
      let word = loweredText(
        bytes, tokens[first.lowerBound - 1].start..<tokens[first.lowerBound - 1].end)
      if !["is", "of", "so", "thus", "gives", "are", "then", "have", "get"].contains(word) {
        return false
      }
    }
    guard i == chain.relations.count - 1, let next = chain.next, tokens[next].kind == .word else {
      return true
    }
    return !ProseWords.changesNumber(loweredText(bytes, tokens[next].start..<tokens[next].end))
  }

  // MARK: Congruences

  private mutating func congruence(
    _ left: Range<Int>, _ right: Range<Int>, _ modulus: Range<Int>, _ l: ReadFormula,
    _ r: ReadFormula
  ) {
    findings.claimed.append(span(left).lowerBound..<span(right).upperBound)
    guard l.unknowns.isEmpty, r.unknowns.isEmpty,
      let m = modulusValue(modulus), m > 1, let a = l.formula.exact, let b = r.formula.exact,
      a.isInteger, b.isInteger, let difference = a.subtracting(b)
    else { return }
    let isRight = difference.numerator % Int128(m) == 0
    var verdict: CheckVerdict = isRight ? .right : .wrong
    let whole = span(left).lowerBound..<span(modulus).upperBound
    if !isRight, context.isHedged(whole) { verdict = .unknown }
    let rest = a.numerator % Int128(m)
    let computed = Rational(rest < 0 ? rest + Int128(m) : rest, over: 1)
    add(left, right, verdict, computed: isRight ? r.formula.exact?.spelling : computed?.spelling)
  }

  private func modulusValue(_ range: Range<Int>) -> Int? {
    for i in range {
      if case .number(let index) = tokens[i].kind { return reader.numbers[index].value?.int }
    }
    return nil
  }

  // MARK: Identities

  private mutating func identity(
    _ chain: FormulaChain, _ i: Int, _ l: ReadFormula, _ r: ReadFormula
  ) {
    let (left, right) = (chain.members[i], chain.members[i + 1])
    claim(left, right, l, r)
    guard isInMath(left) && isInMath(right) || isCleanOutside(chain, i), !l.isPair, !r.isPair,
      !l.unknowns.contains("i"), !r.unknowns.contains("i"), chain.relations[i] == .equals
    else { return }
    let verdict = Identities.judge(l, r, inChain: i > 0)
    guard verdict != .unknown, l.operators > 0 else { return }
    let whole = span(left).lowerBound..<span(right).upperBound
    if verdict == .wrong {
      guard !hasDecimals(l), !hasDecimals(r), !context.isHedged(whole), !context.definesOperation,
        !context.hasForeignArithmetic, l.doubts.isEmpty, r.doubts.isEmpty
      else { return }
    }
    add(left, right, verdict, computed: l.formula.polynomial?.spelled)
  }

  private func hasDecimals(_ read: ReadFormula) -> Bool {
    read.numbers.contains { reader.numbers[$0].hasPoint }
  }
}
