// How events change the hunks of a review. Each function says whether it could; one that cannot changes nothing.

extension Review {
  /// The hunks between y⁻ and a proposal, as keys.
  func keys(of proposal: ProposalID) -> [HunkKey] {
    guard let plus = plus[proposal] else { return [] }
    return TextDiff(minus: minus, plus: plus, mergeIslands: true).hunks.map {
      HunkKey(proposal: proposal, minus: $0.minus, plus: $0.plus)
    }
  }

  /// An undecided hunk with its texts.
  ///
  /// The key must be valid.
  func hunk(for key: HunkKey) -> ReviewHunk {
    ReviewHunk(
      key: key, minusText: String(decoding: minus[key.minus], as: UTF8.self),
      plusText: String(decoding: plus[key.proposal]?[key.plus] ?? [], as: UTF8.self))
  }

  /// Whether a key's bytes exist on both sides and cut no character.
  func isValid(_ key: HunkKey) -> Bool {
    guard !(key.minus.isEmpty && key.plus.isEmpty), isSpan(key.minus, of: minus) else {
      return false
    }
    guard let plus = plus[key.proposal] else { return false }
    return isSpan(key.plus, of: plus)
  }

  private func isSpan(_ range: Range<Int>, of bytes: [UInt8]) -> Bool {
    range.lowerBound >= 0 && range.upperBound <= bytes.count
      && isCharacterBorder(range.lowerBound, of: bytes)
      && isCharacterBorder(range.upperBound, of: bytes)
  }

  /// Applies `.decide`.
  mutating func decide(_ key: HunkKey, _ decision: Decision) -> Bool {
    guard let i = index(of: key) else { return writeByHand(key, decision) }
    guard key.isManual else {
      hunks[i].decision = decision
      return true
    }
    switch decision {
    case .undecided:
      let absorbed = hunks[i].absorbed
      hunks.replaceSubrange(i...i, with: absorbed)
    case .accepted: hunks[i].decision = .tweaked(hunks[i].plusText)
    case .rejected: hunks[i].decision = .rejected
    case .tweaked(let text):
      hunks[i].plusText = text
      hunks[i].decision = decision
    }
    return true
  }

  /// A new hunk by hand, in front of the hunks inside its bytes.
  private mutating func writeByHand(_ key: HunkKey, _ decision: Decision) -> Bool {
    guard key.isManual, key.plus == 0..<0, case .tweaked(let text) = decision,
      isSpan(key.minus, of: minus), !(key.minus.isEmpty && text.isEmpty)
    else { return false }
    let inside = hunks.indices.filter { Self.overlap(hunks[$0].key.minus, key.minus) }
    for i in inside {
      let range = hunks[i].key.minus
      guard key.minus.lowerBound <= range.lowerBound, range.upperBound <= key.minus.upperBound
      else { return false }
    }
    var hunk = ReviewHunk(
      key: key, minusText: String(decoding: minus[key.minus], as: UTF8.self), plusText: text,
      decision: decision)
    if let first = inside.first, let last = inside.last {
      hunk.absorbed = Array(hunks[first...last])
      hunks.replaceSubrange(first...last, with: [hunk])
    } else {
      // Before the first hunk that begins after it; an insertion at the same place stays in front.
      let place =
        hunks.firstIndex {
          $0.key.minus.lowerBound >= key.minus.upperBound
            && $0.key.minus != key.minus.lowerBound..<key.minus.lowerBound
        } ?? hunks.count
      hunks.insert(hunk, at: place)
    }
    return true
  }

  /// Applies `.split`.
  ///
  /// The pieces must be in order inside the hunk, and what they leave out must be the same on both sides.
  mutating func split(_ key: HunkKey, into pieces: [HunkKey]) -> Bool {
    guard let i = index(of: key), !key.isManual, pieces.count > 1, let plus = plus[key.proposal]
    else { return false }
    var (m, p) = (key.minus.lowerBound, key.plus.lowerBound)
    for piece in pieces {
      guard piece.proposal == key.proposal, isValid(piece), piece.minus.lowerBound >= m,
        piece.plus.lowerBound >= p,
        minus[m..<piece.minus.lowerBound].elementsEqual(plus[p..<piece.plus.lowerBound])
      else { return false }
      (m, p) = (piece.minus.upperBound, piece.plus.upperBound)
    }
    guard m <= key.minus.upperBound, p <= key.plus.upperBound,
      minus[m..<key.minus.upperBound].elementsEqual(plus[p..<key.plus.upperBound])
    else { return false }
    var replacement = pieces.map { hunk(for: $0) }
    replacement[0].comment = hunks[i].comment
    hunks.replaceSubrange(i...i, with: replacement)
    return true
  }

  /// Applies `.join`.
  ///
  /// The hunks must be neighbours of one proposal with the same text between them on both sides.
  mutating func join(_ keys: [HunkKey], into joined: HunkKey) -> Bool {
    guard keys.count > 1, let first = keys.first, let last = keys.last, !first.isManual,
      let i = index(of: first), i + keys.count <= hunks.count,
      hunks[i..<i + keys.count].map(\.key) == keys, let plus = plus[first.proposal],
      joined.proposal == first.proposal,
      joined.minus == first.minus.lowerBound..<last.minus.upperBound,
      first.plus.lowerBound <= last.plus.upperBound,
      joined.plus == first.plus.lowerBound..<last.plus.upperBound
    else { return false }
    for (a, b) in zip(keys, keys.dropFirst()) {
      guard a.proposal == b.proposal, a.plus.upperBound <= b.plus.lowerBound,
        minus[a.minus.upperBound..<b.minus.lowerBound]
          .elementsEqual(plus[a.plus.upperBound..<b.plus.lowerBound])
      else { return false }
    }
    let old = hunks[i..<i + keys.count]
    var hunk = hunk(for: joined)
    if let decision = old.first?.decision, old.allSatisfy({ $0.decision == decision }) {
      // A tweak replaced one hunk's text; it does not stand for several.
      if case .tweaked = decision { hunk.decision = .undecided } else { hunk.decision = decision }
    }
    let comments = old.compactMap(\.comment)
    hunk.comment = comments.isEmpty ? nil : comments.joined(separator: "\n")
    hunks.replaceSubrange(i..<i + keys.count, with: [hunk])
    return true
  }

  /// Applies `.choose`.
  ///
  /// The region must be neighbours; the replacement must be in order and overlap no hunk that stays.
  mutating func choose(_ region: [HunkKey], _ replacement: [HunkKey]) -> Bool {
    guard let first = region.first, let i = index(of: first), i + region.count <= hunks.count,
      hunks[i..<i + region.count].map(\.key) == region
    else { return false }
    var at = i > 0 ? hunks[i - 1].key.minus.upperBound : 0
    for key in replacement {
      guard isValid(key), key.minus.lowerBound >= at else { return false }
      at = key.minus.upperBound
    }
    let next = i + region.count
    if next < hunks.count, at > hunks[next].key.minus.lowerBound { return false }
    hunks.replaceSubrange(i..<next, with: replacement.map { hunk(for: $0) })
    return true
  }
}
