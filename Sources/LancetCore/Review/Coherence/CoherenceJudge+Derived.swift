// Values that a correction uses and no step derives any more.

extension CoherenceJudge {
  func underived(_ plus: CorrectionText) -> [Finding] {
    // A text of which nothing is y⁻'s own any more left nothing of y⁻ behind.
    guard !plus.isWrittenAnew else { return [] }
    var out: [Finding] = []
    var said = given
    // Words and the answer are looked for when a value is not known without them, which is rare.
    var spelled: Set<Rational>?
    var answer: Int??
    func isSpelled(_ names: [Rational]) -> Bool {
      let values = spelled ?? wordValues(of: String(decoding: plus.text.bytes, as: UTF8.self))
      spelled = values
      return names.contains(where: values.contains)
    }
    var solved: Set<Rational>?
    func isSolved(_ names: [Rational]) -> Bool {
      let values = solved ?? plus.text.solvedValues
      solved = values
      return names.contains(where: values.contains)
    }
    func isAnswer(_ index: Int) -> Bool {
      let place = answer ?? answerPlace(in: plus.text)
      answer = .some(place)
      return index == place
    }
    for (index, place) in plus.text.places.enumerated() {
      let names = place.names
      func isKnown(_ names: [Rational]) -> Bool {
        names.contains(where: said.contains) || plus.text.derives(names) || isSpelled(names)
      }
      func isExcused() -> Bool {
        let isShare = place.parts.count == 2 && place.parts.allSatisfy { isKnown([$0.magnitude]) }
        return (isShare || isSolved(names) || isFact(plus, index))
          && !isComputedAtSource(plus, index)
      }
      guard !place.isComputed, !isKnown(names), isLost(plus, index, isAnswer: isAnswer(index)),
        !isExcused()
      else {
        said.formUnion(names)
        continue
      }
      out.append(
        Finding(kind: .underived, value: plus.text.string(place.bytes), bytes: place.bytes))
    }
    return out
  }

  /// Whether a place repeats a value where it comes from: something stated or computed it there.
  private func isLost(_ plus: CorrectionText, _ index: Int, isAnswer: Bool) -> Bool {
    let names = plus.text.places[index].names
    if let old = plus.counterparts[index], minus.places[old].names == names,
      minus.announces(names, at: minus.places[old].bytes.lowerBound)
    {
      return true
    }
    switch plus.origins[index] {
    case .own(let at): return minus.announces(names, at: at)
    case .proposed(let id, let at):
      guard let text = proposals[id] else { return false }
      if text.announces(names, at: at) || text.computes(at: at) { return true }
      // A whole proposal may say anew what y⁻ seemed to repeat; its answer must still come from somewhere.
      return (isAnswer || !plus.isProposal) && repeatedBefore(plus, index, isAnswer: isAnswer)
    case .written:
      return repeatedBefore(plus, index, isAnswer: isAnswer)
        || plus.ends[index].map { minus.announces(names, at: $0) } ?? false
    }
  }

  /// Whether the place of y⁻ that this one stands for repeats a value stated before it: then something must derive
  /// what stands there now.
  private func repeatedBefore(_ plus: CorrectionText, _ index: Int, isAnswer: Bool) -> Bool {
    var old = plus.counterparts[index]
    if old == nil, isAnswer { old = answerPlace(in: minus) }
    guard let old else { return false }
    let place = minus.places[old]
    return place.value != plus.text.places[index].value && !place.isComputed
      && minus.announces(place.names, at: place.bytes.lowerBound)
  }

  /// The place that is the whole numeric answer of a text.
  func answerPlace(in text: ValueText) -> Int? {
    guard let range = extractAnswer(from: String(decoding: text.bytes, as: UTF8.self))?.bytes
    else { return nil }
    let inside = text.indices(meeting: range)
    return inside.count == 1 ? inside.lowerBound : nil
  }

  /// Whether a place says how many of one unit make another.
  private func isFact(_ plus: CorrectionText, _ index: Int) -> Bool {
    let facts = factsOfUnits(in: [Array(input.problem.question.utf8), plus.text.bytes])
    return plus.text.places[index].names.contains(where: facts.contains)
  }

  /// Whether the text a place comes from computes its value: a result that happens to be 60 is no fact, and a share
  /// that was worked out is not simply written down.
  private func isComputedAtSource(_ plus: CorrectionText, _ index: Int) -> Bool {
    let names = plus.text.places[index].names
    if case .proposed(let id, _) = plus.origins[index], let text = proposals[id] {
      return text.derives(names)
    }
    return minus.derives(names)
  }
}

extension ValueText {
  /// What solving an equation of the text gives that the equation does not say itself: 8 of "2s = 16".
  var solvedValues: Set<Rational> {
    Set(
      unknownValues(in: bytes).filter { found in
        !indices(meeting: found.bytes).contains {
          places[$0].names.contains(found.value.magnitude)
        }
      }.map(\.value.magnitude))
  }
}
