// Contradictions that come from mixing texts: an equation made of halves of two, one quantity that words give two values.

extension CoherenceJudge {
  /// Equations that are false and that neither y⁻ nor a proposal nor a person wrote: they mix bytes of several.
  ///
  /// Also where the words around say that nothing is claimed ("trying 6 * 12 = 60"): both halves were true elsewhere.
  func falseMixtures(_ plus: CorrectionText) -> [Finding] {
    plus.text.derivations.compactMap { check in
      guard check.verdict == .unknown, let computed = check.computed,
        let result = Rational(spelling: computed), let said = Rational(spelling: check.stated),
        result != said,
        !plus.changed.contains(where: {
          $0.lowerBound <= check.bytes.lowerBound && $0.upperBound >= check.bytes.upperBound
        }),
        !([minus] + proposals.values).contains(where: { parent in
          parent.derivations.contains {
            $0.expression == check.expression && $0.stated == check.stated
          }
        })
      else { return nil }
      return Finding(
        kind: .wrongCheck(expression: check.expression, computed: computed),
        value: check.stated, bytes: check.statedBytes)
    }
  }

  /// Quantities that words give two values where each text the correction is made of gives them one.
  func statedTwice(_ plus: CorrectionText) -> [Finding] {
    guard !plus.changed.isEmpty, !plus.isWrittenAnew else { return [] }
    let now = statedQuantities(in: plus.text)
    var first: [String: Int] = [:]
    var parents: [[String: Set<Rational>]]?
    var out: [Finding] = []
    for statement in now {
      let place = plus.text.places[statement.place]
      guard let earlier = first[statement.name] else {
        first[statement.name] = statement.place
        continue
      }
      let other = plus.text.places[earlier]
      guard other.value != place.value,
        plus.origins[earlier] != .written || plus.origins[statement.place] != .written
      else { continue }
      let known = parents ?? ([minus] + proposals.values).map(Self.values)
      parents = known
      // A text that itself gives the words two values speaks of two things, or of one that changes.
      let said = known.compactMap { $0[statement.name] }
      guard !said.isEmpty, said.allSatisfy({ $0.count == 1 }) else { continue }
      out.append(
        Finding(
          kind: .twoValues(other: plus.text.string(other.bytes), step: 0),
          value: plus.text.string(place.bytes), bytes: place.bytes,
          other: other.bytes.lowerBound))
    }
    return out
  }

  private static func values(of text: ValueText) -> [String: Set<Rational>] {
    var out: [String: Set<Rational>] = [:]
    for statement in statedQuantities(in: text) {
      out[statement.name, default: []].insert(text.places[statement.place].value)
    }
    return out
  }
}
