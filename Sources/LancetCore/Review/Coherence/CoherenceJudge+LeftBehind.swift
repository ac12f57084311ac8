// Values that were left as y⁻ has them in front of accepted ones that follow from them: "She has 22. After eating 6 she
// has 14": words derive here, so the two texts say themselves how one value goes with the other.

extension CoherenceJudge {
  /// One value that a proposal exchanges, as the correction has it.
  private struct Exchanged {
    var exchange: Exchange
    var hunk: Int
    var isOld: Bool
    /// Its place in the correction.
    var place: Int
  }

  /// Accepted values that go with a value which was not accepted.
  func leftBehind(
    _ review: Review, _ plus: CorrectionText, _ decisions: [HunkKey: Decision]
  ) -> [Finding] {
    let found = exchanged(review, plus, decisions)
    guard found.contains(where: \.isOld), found.contains(where: { !$0.isOld }) else { return [] }
    var out: [Finding] = []
    var reported: Set<Exchange> = []
    for (index, late) in found.enumerated()
    where !late.isOld && !reported.contains(late.exchange) {
      let place = plus.text.places[late.place]
      // What is computed on the spot goes with what stands there.
      guard !place.isComputed else { continue }
      let source = found[max(0, index - Self.reach)..<index].last { early in
        early.isOld && early.hunk != late.hunk && early.exchange.old != late.exchange.old
          && plus.text.places[early.place].isStated && follows(late.exchange, from: early.exchange)
          && !isSaidAnew(early.exchange.new, before: place.bytes.lowerBound, plus)
      }
      guard let source else { continue }
      reported.insert(late.exchange)
      let old = plus.text.places[source.place].bytes
      out.append(
        Finding(
          kind: .leftBehind(
            other: plus.text.string(old), proposed: source.exchange.new.spelling, step: 0),
          value: plus.text.string(place.bytes), bytes: place.bytes, other: old.lowerBound))
    }
    return out
  }

  /// How many exchanges back a source is looked for: a trace of thousands must not be compared all with all.
  private static let reach = 64

  private func exchanged(
    _ review: Review, _ plus: CorrectionText, _ decisions: [HunkKey: Decision]
  ) -> [Exchanged] {
    exchanges(review).compactMap { exchange, hunk, number in
      let key = review.hunks[hunk].key
      let now = review.hunks[hunk].text(for: decisions[key] ?? review.hunks[hunk].decision)
      let isOld = now.bytesEqual(review.hunks[hunk].minusText)
      guard isOld || now.bytesEqual(review.hunks[hunk].plusText),
        let place = place(ofHunk: hunk, number: number, in: plus, review, decisions)
      else { return nil }
      return Exchanged(exchange: exchange, hunk: hunk, isOld: isOld, place: place)
    }
  }

  /// Whether the text itself computes the value that was not accepted elsewhere, in front of a byte.
  private func isSaidAnew(_ value: Rational, before byte: Int, _ plus: CorrectionText) -> Bool {
    plus.text.places.contains {
      $0.isComputed && $0.bytes.upperBound <= byte && $0.names.contains(value)
    }
  }

  /// Whether the same operation leads from the first value to the second in both texts: so much more, so many times, what is
  /// left of a whole.
  private func follows(_ late: Exchange, from early: Exchange) -> Bool {
    let (a, b, c, d) = (early.old, late.old, early.new, late.new)
    if b.subtracting(a) == d.subtracting(c) || b.adding(a) == d.adding(c) { return true }
    if let ratio = b.divided(by: a), ratio == d.divided(by: c) { return true }
    if let product = a.multiplied(by: b), product == c.multiplied(by: d) { return true }
    // So many times and something more, by a number of the question.
    guard let change = d.subtracting(b), let cause = c.subtracting(a),
      let factor = change.divided(by: cause)?.magnitude
    else { return false }
    return given.contains(factor)
  }
}
