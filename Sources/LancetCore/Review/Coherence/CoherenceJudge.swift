// Whether a correction holds together as a whole: no wrong check, no value that nothing derives any more, no quantity
// with two values, no answer that the last derivation contradicts. Found by following values from where y⁻ and the
// proposals state them; words are not understood, so what is said in words alone is not judged.

/// Judges the corrections of one trace; made once, asked after every decision.
public struct CoherenceJudge: Sendable {
  let input: ReviewInput
  let minus: ValueText
  let proposals: [ProposalID: ValueText]
  /// The values that need no derivation.
  let given: Set<Rational>

  /// A judge of the corrections of this trace.
  public init(_ input: ReviewInput) {
    self.input = input
    minus = ValueText(input.trace.text)
    var texts: [ProposalID: ValueText] = [:]
    for proposal in input.proposals { texts[proposal.id] = ValueText(proposal.text) }
    proposals = texts
    given = givenValues(of: input.problem.question)
  }

  /// The texts that are taken at their word: the proposals; y⁻, which may contradict itself, when there is none.
  var whole: [ValueText] { proposals.isEmpty ? [minus] : Array(proposals.values) }

  /// What contradicts itself in the correction, in the order of the text; empty when nothing was found.
  ///
  /// Undecided hunks count as the proposal has them; `decisions` stand in for those of the review.
  public func incoherences(
    _ review: Review, overriding decisions: [HunkKey: Decision] = [:]
  ) -> [Incoherence] {
    let plus = CorrectionText(
      review, minus: minus, known: proposals.values, overriding: decisions)
    var found: [Finding] = plus.text.wrong.map {
      Finding(
        kind: .wrongCheck(expression: $0.expression, computed: $0.computed),
        value: $0.stated, bytes: $0.statedBytes)
    }
    found += underived(plus)
    found += twoValues(review, plus, decisions)
    found += leftBehind(review, plus, decisions)
    found += contradictedAnswer(plus)
    found += falseMixtures(plus)
    found += statedTwice(plus)
    if !plus.isWrittenAnew { found += unknownsWithTwoValues(plus) }
    if !plus.isWrittenAnew, let open = openBracket(in: plus.text.bytes),
      whole.allSatisfy({ openBracket(in: $0.bytes) == nil })
    {
      found.append(
        Finding(
          kind: .openBracket, value: plus.text.string(open..<open + 1), bytes: open..<open + 1))
    }
    guard !found.isEmpty else { return [] }
    return placed(found, in: plus.text)
  }

  /// A fact before the steps are counted.
  struct Finding {
    var kind: Incoherence.Kind
    var value: String
    var bytes: Range<Int>
    /// Where the other value stands.
    var other: Int?
  }

  private func placed(_ found: [Finding], in text: ValueText) -> [Incoherence] {
    // Where steps lie, without reading their arithmetic once more.
    let steps = StepSplitter(text.bytes, spans: mathSpans(text.bytes)).ranges()
    func step(_ byte: Int) -> Int {
      let behind = steps.firstIndex { $0.upperBound > byte } ?? steps.count - 1
      return max(0, behind)
    }
    var taken: [Range<Int>] = []
    var out: [Incoherence] = []
    for finding in found where !taken.contains(finding.bytes) {
      taken.append(finding.bytes)
      var kind = finding.kind
      let other = finding.other.map(step) ?? 0
      switch kind {
      case .twoValues(let value, _): kind = .twoValues(other: value, step: other)
      case .contradictedAnswer(let value, _):
        kind = .contradictedAnswer(derived: value, step: other)
      case .unknownTwice(let name, let value, _):
        kind = .unknownTwice(name: name, other: value, step: other)
      case .leftBehind(let value, let proposed, _):
        kind = .leftBehind(other: value, proposed: proposed, step: other)
      case .wrongCheck, .underived, .openBracket: break
      }
      out.append(
        Incoherence(
          kind: kind, value: finding.value, bytes: finding.bytes,
          step: step(finding.bytes.lowerBound)))
    }
    return out.sorted { $0.bytes.lowerBound < $1.bytes.lowerBound }
  }

  // MARK: One quantity, two values

  /// One value changed into another by a proposal, signs apart: "of -2" and "are -2" are read differently.
  struct Exchange: Hashable {
    var old: Rational
    var new: Rational
  }

  private func twoValues(
    _ review: Review, _ plus: CorrectionText, _ decisions: [HunkKey: Decision]
  ) -> [Finding] {
    var seen: [Exchange: (isNew: Bool, at: Int, value: String)] = [:]
    var reported: Set<Exchange> = []
    var out: [Finding] = []
    for (exchange, hunk, index) in exchanges(review) {
      let now = review.hunks[hunk].text(
        for: decisions[review.hunks[hunk].key] ?? review.hunks[hunk].decision)
      let isOld = now.bytesEqual(review.hunks[hunk].minusText)
      guard isOld || now.bytesEqual(review.hunks[hunk].plusText),
        let place = place(ofHunk: hunk, number: index, in: plus, review, decisions)
      else { continue }
      let value = plus.text.string(plus.text.places[place].bytes)
      guard let first = seen[exchange] else {
        seen[exchange] = (!isOld, plus.text.places[place].bytes.lowerBound, value)
        continue
      }
      if first.isNew == isOld, reported.insert(exchange).inserted {
        out.append(
          Finding(
            kind: .twoValues(other: first.value, step: 0), value: value,
            bytes: plus.text.places[place].bytes, other: first.at))
      }
    }
    return out
  }

  /// What the proposals' hunks exchange, with the hunk and the number of the value in it, in the order of the text.
  func exchanges(_ review: Review) -> [(exchange: Exchange, hunk: Int, number: Int)] {
    var out: [(exchange: Exchange, hunk: Int, number: Int)] = []
    for (index, hunk) in review.hunks.enumerated() where !hunk.key.isManual {
      guard let text = proposals[hunk.key.proposal] else { continue }
      let old = minus.indices(meeting: hunk.key.minus)
      let new = text.indices(meeting: hunk.key.plus)
      guard pairsUp(minus, old, hunk.key.minus, text, new, hunk.key.plus) else { continue }
      for (number, (a, b)) in zip(old, new).enumerated()
      where minus.places[a].value.magnitude != text.places[b].value.magnitude {
        out.append(
          (
            Exchange(
              old: minus.places[a].value.magnitude, new: text.places[b].value.magnitude),
            index, number
          ))
      }
    }
    return out
  }

  /// The place in the correction of a hunk's value.
  func place(
    ofHunk hunk: Int, number: Int, in plus: CorrectionText, _ review: Review,
    _ decisions: [HunkKey: Decision]
  ) -> Int? {
    var shift = 0
    for earlier in review.hunks[..<hunk] {
      shift += earlier.text(for: decisions[earlier.key] ?? earlier.decision).utf8.count
      shift -= earlier.key.minus.count
    }
    let key = review.hunks[hunk].key
    let length = review.hunks[hunk].text(for: decisions[key] ?? review.hunks[hunk].decision)
      .utf8.count
    let start = key.minus.lowerBound + shift
    let inside = plus.text.indices(meeting: start..<start + length)
    return number < inside.count ? inside.lowerBound + number : nil
  }

  // MARK: The answer against the last derivation

  private func contradictedAnswer(_ plus: CorrectionText) -> [Finding] {
    // Only a derivation of y⁻'s own can contradict a changed answer; without one the answers need not be looked for.
    guard !minus.derivations.isEmpty, keepsDerivation(plus),
      let old = answerPlace(in: minus), let new = answerPlace(in: plus.text),
      case let oldAnswer = minus.places[old], case let newAnswer = plus.text.places[new],
      oldAnswer.value != newAnswer.value,
      let oldLast = minus.lastDerived(before: oldAnswer.bytes.lowerBound),
      minus.places[oldLast].value == oldAnswer.value,
      let last = plus.text.lastDerived(before: newAnswer.bytes.lowerBound),
      plus.text.places[last].value != newAnswer.value,
      plus.origins[last] == .own(minus: minus.places[oldLast].bytes.lowerBound)
    else { return [] }
    let derived = plus.text.places[last].bytes
    return [
      Finding(
        kind: .contradictedAnswer(derived: plus.text.string(derived), step: 0),
        value: plus.text.string(newAnswer.bytes), bytes: newAnswer.bytes,
        other: derived.lowerBound)
    ]
  }

  /// Whether the correction still has a result that y⁻ derives.
  private func keepsDerivation(_ plus: CorrectionText) -> Bool {
    zip(plus.text.places, plus.origins).contains { place, origin in
      guard place.isComputed, case .own = origin else { return false }
      return true
    }
  }

  // MARK: Equations that contradict each other

  /// Unknowns with two values where neither y⁻ nor a proposal has both: the contradiction comes from mixing.
  private func unknownsWithTwoValues(_ plus: CorrectionText) -> [Finding] {
    let now = unknownValues(in: plus.text.bytes)
    guard now.count > 1 else { return [] }
    var out: [Finding] = []
    var reported: Set<UInt8> = []
    for (i, late) in now.enumerated() where !reported.contains(late.name) {
      for early in now[..<i] where early.name == late.name && early.value != late.value {
        let isInherited = whole.contains { parent in
          let equations = unknownValues(in: parent.bytes)
          let values = Set(equations.filter { $0.name == late.name }.map(\.value))
          return values.contains(early.value) && values.contains(late.value)
        }
        guard !isInherited else { continue }
        reported.insert(late.name)
        out.append(
          Finding(
            kind: .unknownTwice(
              name: String(UnicodeScalar(late.name)), other: early.value.spelling, step: 0),
            value: late.value.spelling, bytes: late.bytes, other: early.bytes.lowerBound))
        break
      }
    }
    return out
  }
}

extension ValueText {
  /// The place of the last derivation's result before a byte.
  func lastDerived(before byte: Int) -> Int? {
    guard let check = derivations.last(where: { $0.bytes.upperBound <= byte }) else { return nil }
    let inside = indices(meeting: check.statedBytes)
    return inside.count == 1 ? inside.lowerBound : nil
  }
}
