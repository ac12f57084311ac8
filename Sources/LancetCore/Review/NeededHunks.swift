// Which hunks the right answer needs: "hunks 2, 4 alone give 18; 1, 3 are style".

/// Which hunks are needed for the right answer.
public struct NeededHunks: Hashable, Sendable {
  /// Whether the correction reaches the known answer at all; without it nothing is said of single hunks.
  public var reachesAnswer: Bool
  /// The fewest hunks that alone, all others rejected, give the right answer.
  public var needed: [HunkKey]
  /// The other hunks that are part of the correction: style, or steps the final answer does not depend on.
  public var dispensable: [HunkKey]
  /// Whether every smaller subset was tried; above twelve hunks, or above the cap on trials, a greedy search is used.
  public var isExact: Bool

  /// A finding.
  public init(
    reachesAnswer: Bool, needed: [HunkKey], dispensable: [HunkKey], isExact: Bool
  ) {
    self.reachesAnswer = reachesAnswer
    self.needed = needed
    self.dispensable = dispensable
    self.isExact = isExact
  }
}

/// Searches the hunks that are needed for the right answer: every subset, smallest first, up to twelve hunks and 1,000
/// gradings; above that hunks are dropped one by one while the answer stays right.
public func neededHunks(_ review: Review) -> NeededHunks {
  let problem = review.input.problem
  let candidates = review.hunks.filter { $0.decision != .rejected }.map(\.key)
  func isRight(keeping kept: (Int) -> Bool) -> Bool {
    var overriding: [HunkKey: Decision] = [:]
    for (i, key) in candidates.enumerated() where !kept(i) { overriding[key] = .rejected }
    let text = review.correction(overriding: overriding)
    return Assessment.grade(text, of: problem).verdict == .right
  }
  func result(_ needed: [Int], exact: Bool) -> NeededHunks {
    NeededHunks(
      reachesAnswer: true, needed: needed.map { candidates[$0] },
      dispensable: candidates.indices.filter { !needed.contains($0) }.map { candidates[$0] },
      isExact: exact)
  }
  guard problem.answer != nil, isRight(keeping: { _ in true }) else {
    return NeededHunks(reachesAnswer: false, needed: [], dispensable: [], isExact: true)
  }
  if candidates.count <= 12 {
    var trials = 0
    search: for size in 0..<max(1, candidates.count) {
      var subset = Subset(size: size, of: candidates.count)
      while let mask = subset.next() {
        trials += 1
        if trials > 1000 { break search }
        if isRight(keeping: { mask & (1 << $0) != 0 }) {
          return result(candidates.indices.filter { mask & (1 << $0) != 0 }, exact: true)
        }
      }
    }
    if trials <= 1000 { return result(Array(candidates.indices), exact: true) }
  }
  var kept = Set(candidates.indices)
  for i in candidates.indices.prefix(400) {
    kept.remove(i)
    if !isRight(keeping: { kept.contains($0) }) { kept.insert(i) }
  }
  return result(kept.sorted(), exact: false)
}

/// The subsets of one size as bit masks, in increasing order (Gosper's hack).
private struct Subset {
  private var mask: Int
  private let end: Int
  private var isDone = false

  init(size: Int, of count: Int) {
    mask = (1 << size) - 1
    end = 1 << count
  }

  mutating func next() -> Int? {
    guard !isDone, mask < end else { return nil }
    let current = mask
    if mask == 0 {
      isDone = true
    } else {
      let low = mask & -mask
      let ripple = mask + low
      mask = ripple | ((mask ^ ripple) / low) >> 2
    }
    return current
  }
}
