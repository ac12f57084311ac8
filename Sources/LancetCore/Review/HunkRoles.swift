// What each hunk does for a right and coherent correction: "hunks 1, 2, 6 are needed; 3 is optional".

/// What a hunk of a correction is there for.
public enum HunkRole: String, CaseIterable, Hashable, Sendable {
  /// It puts right a result that a check of y⁻ says is wrong.
  case fixes
  /// It writes a value that an earlier hunk changed.
  case propagates
  /// Without it the correction is wrong or contradicts itself, for another reason.
  case needed
  /// The correction is right and coherent without it; of one that is not: as much is wrong without it.
  case optional
  /// It contradicts what was decided: a contradiction stands in its text, or less is wrong without it.
  case breaks
}

/// The roles of the hunks that are part of a correction.
public struct HunkRoles: Hashable, Sendable {
  /// Whether the correction, undecided hunks as proposed, is right and coherent.
  public var isSound: Bool
  /// The role of each hunk that is not rejected.
  public var roles: [HunkKey: HunkRole]

  /// Roles.
  public init(isSound: Bool, roles: [HunkKey: HunkRole]) {
    self.isSound = isSound
    self.roles = roles
  }

  /// The hunks that the correction needs to be right and coherent, of those given, in their order.
  public func needed(of hunks: [ReviewHunk]) -> [HunkKey] {
    hunks.map(\.key).filter { roles[$0].map { $0 != .optional && $0 != .breaks } ?? false }
  }
}

extension CoherenceJudge {
  /// What each hunk is there for, found by leaving it out, all other decisions kept.
  ///
  /// While the correction is not sound, a hunk is judged by whether more or less is wrong without it. Hunks that exchange the same values are also left out together: a chain that as a whole changes nothing is optional.
  public func roles(of review: Review) -> HunkRoles {
    let candidates = review.hunks.filter { $0.decision != .rejected }
    func isSound(without keys: [HunkKey]) -> Bool {
      let decisions = Dictionary(uniqueKeysWithValues: keys.map { ($0, Decision.rejected) })
      let text = review.correction(overriding: decisions)
      guard Assessment.grade(text, of: input.problem).verdict == .right else { return false }
      return incoherences(review, overriding: decisions).isEmpty
    }
    guard input.problem.answer != nil, isSound(without: []) else {
      return HunkRoles(isSound: false, roles: unsoundRoles(candidates.map(\.key), of: review))
    }
    var needed = Set(candidates.map(\.key).filter { !isSound(without: [$0]) })
    for chain in chains(of: review) where chain.count > 1 {
      let members = chain.filter { key in candidates.contains { $0.key == key } }
      if members.count > 1, members.allSatisfy(needed.contains), isSound(without: members) {
        needed.subtract(members)
      }
    }
    let (fixing, following) = effects(of: review)
    var roles: [HunkKey: HunkRole] = [:]
    for key in candidates.map(\.key) {
      roles[key] =
        !needed.contains(key)
        ? .optional
        : fixing.contains(key) ? .fixes : following.contains(key) ? .propagates : .needed
    }
    return HunkRoles(isSound: true, roles: roles)
  }

  /// What the hunks do in a correction that is wrong or contradicts itself.
  private func unsoundRoles(_ keys: [HunkKey], of review: Review) -> [HunkKey: HunkRole] {
    func faults(_ decisions: [HunkKey: Decision]) -> Int {
      let found = incoherences(review, overriding: decisions).count
      guard input.problem.answer != nil else { return found }
      let text = review.correction(overriding: decisions)
      let isRight = Assessment.grade(text, of: input.problem).verdict == .right
      return found + (isRight ? 0 : 1)
    }
    let now = faults([:])
    let contradicting = contradictingHunks(review)
    let (fixing, following) = effects(of: review)
    var roles: [HunkKey: HunkRole] = [:]
    for key in keys {
      let without = faults([key: .rejected])
      let own: HunkRole? =
        fixing.contains(key) ? .fixes : following.contains(key) ? .propagates : nil
      let breaks = without < now || contradicting.contains(key)
      roles[key] = breaks ? .breaks : own ?? (without > now ? .needed : .optional)
    }
    return roles
  }

  /// The hunks in whose text something contradicts the rest of the correction.
  private func contradictingHunks(_ review: Review) -> Set<HunkKey> {
    let places = incoherences(review).filter { fact in
      switch fact.kind {
      case .underived, .twoValues, .contradictedAnswer, .unknownTwice, .leftBehind: true
      case .wrongCheck, .openBracket: false
      }
    }.map(\.bytes)
    var out: Set<HunkKey> = []
    for case .hunk(let index, _, let plus) in review.segments()
    where places.contains(where: plus.overlaps) {
      out.insert(review.hunks[index].key)
    }
    return out
  }

  /// The hunks that exchange the same values, chain by chain; a hunk with several values joins their chains.
  private func chains(of review: Review) -> [[HunkKey]] {
    var chain = Array(review.hunks.indices)
    var first: [Exchange: Int] = [:]
    func root(_ hunk: Int) -> Int {
      var at = hunk
      while chain[at] != at { at = chain[at] }
      return at
    }
    for found in exchanges(review) {
      if let other = first[found.exchange] {
        chain[root(found.hunk)] = root(other)
      } else {
        first[found.exchange] = found.hunk
      }
    }
    return Dictionary(grouping: review.hunks.indices, by: root).values
      .map { $0.map { review.hunks[$0].key } }
  }

  /// The hunks that mend a wrong result of y⁻, and those that write a value which an earlier hunk exchanged.
  private func effects(of review: Review) -> (fixing: Set<HunkKey>, following: Set<HunkKey>) {
    let fixing = review.hunks.map(\.key).filter { key in
      minus.wrong.contains {
        $0.statedBytes.overlaps(key.minus)
          || key.minus.isEmpty && $0.statedBytes.contains(key.minus.lowerBound)
      }
    }
    var seen: Set<Exchange> = []
    var following: Set<HunkKey> = []
    for found in exchanges(review) where !seen.insert(found.exchange).inserted {
      following.insert(review.hunks[found.hunk].key)
    }
    return (Set(fixing), following)
  }
}
