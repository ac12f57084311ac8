// A correction with the origin of each of its values: y⁻'s own bytes, a proposal's, or the person's.

/// Where a value of a correction comes from.
enum ValueOrigin: Hashable, Sendable {
  /// It stands in y⁻ too, beginning at this byte.
  case own(minus: Int)
  /// It is an accepted hunk's: where it begins in the proposal.
  case proposed(ProposalID, at: Int)
  /// A person wrote it, or it mixes several hunks.
  case written
}

/// y⁺ under some decisions, with its values and where they come from.
struct CorrectionText {
  let text: ValueText
  /// Whether it is one proposal, whole.
  let isProposal: Bool
  /// The origin of each place of the text.
  private(set) var origins: [ValueOrigin] = []
  /// For each place, the place of y⁻ it stands for, where the words around are the same.
  private(set) var counterparts: [Int: Int] = [:]
  /// For each place in changed text, where the hunk ends in y⁻.
  private(set) var ends: [Int: Int] = [:]
  /// Where the correction is not y⁻'s own.
  private(set) var changed: [Range<Int>] = []

  /// Whether a person wrote all of it: no value of y⁻ or of a proposal is left.
  var isWrittenAnew: Bool {
    !origins.isEmpty && origins.allSatisfy { $0 == .written } && changed.count == 1
  }

  /// Finds the origins; `known` are texts that were read before: most corrections are one of them.
  init(
    _ review: Review, minus: ValueText, known: some Collection<ValueText>,
    overriding decisions: [HunkKey: Decision]
  ) {
    let correction = review.correction(overriding: decisions)
    let proposal = known.first { $0.reads(correction) }
    isProposal = proposal != nil
    text = proposal ?? (minus.reads(correction) ? minus : nil) ?? ValueText(correction)
    let segments = Self.segments(review, overriding: decisions)
    var at = 0
    for (index, place) in text.places.enumerated() {
      while at < segments.count, segments[at].plus.upperBound <= place.bytes.lowerBound { at += 1 }
      var touched: [Segment] = []
      var next = at
      while next < segments.count, segments[next].plus.lowerBound < place.bytes.upperBound {
        if segments[next].isChanged, segments[next].plus.overlaps(place.bytes) {
          touched.append(segments[next])
        }
        next += 1
      }
      if let last = touched.last { ends[index] = last.minus.upperBound }
      if touched.isEmpty, at < segments.count {
        let shift = segments[at].minus.lowerBound - segments[at].plus.lowerBound
        origins.append(.own(minus: place.bytes.lowerBound + shift))
      } else if touched.count == 1, let key = touched[0].proposed {
        let shift = key.plus.lowerBound - touched[0].plus.lowerBound
        origins.append(.proposed(key.proposal, at: place.bytes.lowerBound + shift))
      } else {
        origins.append(.written)
      }
    }
    for segment in segments where segment.isChanged {
      changed.append(segment.plus)
      let here = text.indices(meeting: segment.plus)
      let there = minus.indices(meeting: segment.minus)
      if pairsUp(text, here, segment.plus, minus, there, segment.minus) {
        for (a, b) in zip(here, there) { counterparts[a] = b }
      }
    }
  }

  /// A stretch of the correction.
  private struct Segment {
    var minus: Range<Int>
    var plus: Range<Int>
    var isChanged: Bool
    /// The key, when the text is the proposal's.
    var proposed: HunkKey?
  }

  private static func segments(
    _ review: Review, overriding decisions: [HunkKey: Decision]
  ) -> [Segment] {
    var out: [Segment] = []
    var (at, plusAt) = (0, 0)
    func equal(upTo end: Int) {
      guard end > at else { return }
      out.append(
        Segment(minus: at..<end, plus: plusAt..<plusAt + end - at, isChanged: false))
      plusAt += end - at
    }
    for hunk in review.hunks {
      equal(upTo: hunk.key.minus.lowerBound)
      let current = hunk.text(for: decisions[hunk.key] ?? hunk.decision)
      let length = current.utf8.count
      let isProposed = !hunk.key.isManual && current.bytesEqual(hunk.plusText)
      out.append(
        Segment(
          minus: hunk.key.minus, plus: plusAt..<plusAt + length,
          isChanged: !current.bytesEqual(hunk.minusText), proposed: isProposed ? hunk.key : nil))
      plusAt += length
      at = hunk.key.minus.upperBound
    }
    equal(upTo: review.minus.count)
    return out
  }
}

/// Whether the values of two stretches correspond one to one: the same number of them, with the same words between.
///
/// Values cut by the stretch's border count as part of it; white space is passed over.
func pairsUp(
  _ a: ValueText, _ inA: Range<Int>, _ rangeA: Range<Int>, _ b: ValueText, _ inB: Range<Int>,
  _ rangeB: Range<Int>
) -> Bool {
  guard !inA.isEmpty, inA.count == inB.count else { return false }
  func words(_ text: ValueText, _ places: Range<Int>, _ range: Range<Int>) -> [UInt8] {
    var out: [UInt8] = []
    var at = min(range.lowerBound, text.places[places.lowerBound].bytes.lowerBound)
    let end = max(range.upperBound, text.places[places.upperBound - 1].bytes.upperBound)
    for index in places {
      let place = text.places[index].bytes
      out.append(contentsOf: text.bytes[at..<max(at, place.lowerBound)].filter { !$0.isBlank })
      out.append(0)
      at = max(at, place.upperBound)
    }
    out.append(contentsOf: text.bytes[at..<max(at, end)].filter { !$0.isBlank })
    return out
  }
  return words(a, inA, rangeA) == words(b, inB, rangeB)
}
