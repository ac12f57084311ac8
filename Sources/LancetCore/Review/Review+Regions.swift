// What can be done to a hunk besides deciding: cutting it into pieces, joining it with the next, taking another
// proposal's version. These only look; the events they suggest are applied by `apply`.

extension Review {
  /// The pieces a hunk can be cut into; nil when it cannot be cut further.
  ///
  /// Tried in this order: where equal words stand inside the hunk, at line ends, at sentence ends.
  public func splitPieces(of key: HunkKey) -> [HunkKey]? {
    guard index(of: key) != nil, !key.isManual, let plus = plus[key.proposal] else { return nil }
    let before = Array(minus[key.minus])
    let after = Array(plus[key.plus])
    func pieces(_ hunks: [DiffHunk]) -> [HunkKey]? {
      guard hunks.count > 1 else { return nil }
      return hunks.map {
        HunkKey(
          proposal: key.proposal,
          minus: $0.minus.lowerBound + key.minus.lowerBound..<$0.minus.upperBound
            + key.minus.lowerBound,
          plus: $0.plus.lowerBound + key.plus.lowerBound..<$0.plus.upperBound
            + key.plus.lowerBound)
      }
    }
    return pieces(TextDiff(minus: before, plus: after, mergeIslands: false).hunks)
      ?? pieces(Self.pieces(before, after, cuts: Self.lineEnds))
      ?? pieces(Self.pieces(before, after, cuts: Self.sentenceEnds))
  }

  /// This hunk and the next as one; nil when there is no next one of the same proposal, or text between them was
  /// decided otherwise.
  public func joined(_ key: HunkKey) -> (keys: [HunkKey], into: HunkKey)? {
    guard let i = index(of: key), i + 1 < hunks.count else { return nil }
    let next = hunks[i + 1].key
    guard key.plus.lowerBound <= next.plus.upperBound else { return nil }
    let into = HunkKey(
      proposal: key.proposal, minus: key.minus.lowerBound..<next.minus.upperBound,
      plus: key.plus.lowerBound..<next.plus.upperBound)
    var trial = self
    return trial.join([key, next], into: into) ? ([key, next], into) : nil
  }

  /// The other proposals' versions of the stretch around a hunk: which hunks would go, and which would come.
  ///
  /// The stretch grows until neither side's hunks cross its border. A proposal without an edit there is left out, since
  /// rejecting says the same; so is one with the same text.
  public func alternatives(
    at key: HunkKey
  ) -> [(proposal: ProposalID, region: [HunkKey], replacement: [HunkKey])] {
    guard let i = index(of: key) else { return [] }
    return input.proposals.compactMap { proposal in
      guard proposal.id != key.proposal else { return nil }
      let others = keys(of: proposal.id)
      var (first, last) = (i, i)
      var span = key.minus
      var inside: [HunkKey] = []
      var grown = true
      while grown {
        grown = false
        inside = others.filter { Self.meets($0.minus, span) }
        let reach = inside.reduce(span) { Self.hull($0, $1.minus) }
        while first > 0, Self.meets(hunks[first - 1].key.minus, reach) { first -= 1 }
        while last + 1 < hunks.count, Self.meets(hunks[last + 1].key.minus, reach) { last += 1 }
        let whole = hunks[first...last].reduce(reach) { Self.hull($0, $1.key.minus) }
        if whole != span {
          span = whole
          grown = true
        }
      }
      guard !inside.isEmpty else { return nil }
      let region = hunks[first...last].map(\.key)
      let mine = text(over: span, region)
      guard mine != text(over: span, inside) else { return nil }
      return (proposal.id, region, inside)
    }
  }

  /// The bytes the given hunks would put in place of a stretch of y⁻.
  private func text(over span: Range<Int>, _ keys: [HunkKey]) -> [UInt8] {
    var bytes: [UInt8] = []
    var at = span.lowerBound
    for key in keys {
      bytes.append(contentsOf: minus[at..<key.minus.lowerBound])
      if key.isManual, let i = index(of: key) {
        bytes.append(contentsOf: hunks[i].plusText.utf8)
      } else {
        bytes.append(contentsOf: plus[key.proposal]?[key.plus] ?? [])
      }
      at = key.minus.upperBound
    }
    bytes.append(contentsOf: minus[at..<span.upperBound])
    return bytes
  }

  /// Whether two ranges overlap or touch.
  private static func meets(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
    a.lowerBound <= b.upperBound && b.lowerBound <= a.upperBound
  }

  private static func hull(_ a: Range<Int>, _ b: Range<Int>) -> Range<Int> {
    min(a.lowerBound, b.lowerBound)..<max(a.upperBound, b.upperBound)
  }

  /// The two texts cut at their n-th ends and paired: what is left over goes to the last pair, and equal pairs vanish.
  private static func pieces(
    _ before: [UInt8], _ after: [UInt8], cuts: ([UInt8]) -> [Int]
  ) -> [DiffHunk] {
    let (beforeCuts, afterCuts) = (cuts(before), cuts(after))
    let count = max(beforeCuts.count, afterCuts.count)
    guard count > 0 else { return [] }
    var hunks: [DiffHunk] = []
    var (m, p) = (0, 0)
    for i in 0...count {
      let mEnd = i < beforeCuts.count ? beforeCuts[i] : i == count ? before.count : m
      let pEnd = i < afterCuts.count ? afterCuts[i] : i == count ? after.count : p
      // One side has no more ends: it keeps its rest for the last pair.
      if !before[m..<mEnd].elementsEqual(after[p..<pEnd]) {
        hunks.append(DiffHunk(minus: m..<mEnd, plus: p..<pEnd))
      }
      (m, p) = (mEnd, pEnd)
    }
    return hunks
  }

  /// The offsets after each line end, but not the end of the text.
  private static func lineEnds(_ bytes: [UInt8]) -> [Int] {
    bytes.indices.filter { bytes[$0] == 0x0A && $0 + 1 < bytes.count }.map { $0 + 1 }
  }

  /// The offsets after each sentence and the space behind it, but not the end of the text.
  private static func sentenceEnds(_ bytes: [UInt8]) -> [Int] {
    bytes.indices.dropFirst().filter {
      (bytes[$0] == 0x20 || bytes[$0] == 0x0A) && $0 + 1 < bytes.count
        && [UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?")].contains(bytes[$0 - 1])
    }.map { $0 + 1 }
  }
}
