// Among alignments of the same length, one that leaves fewer and rounder edits.

/// Slides runs of unmatched units along equal ones.
enum Sliding {
  /// The same number of matches, moved so that a run of insertions or deletions that can slide touches its
  /// neighbour, or else begins where it may begin latest (after the equal beginning, as people read).
  static func settle(
    _ matches: [(a: Int, b: Int)], _ a: [Int32], _ b: [Int32]
  ) -> [(a: Int, b: Int)] {
    var matches = matches
    // A gap before match k on one side only may move over match k when the first unit of the gap equals it.
    // Moving right until the next gap is reached joins the two.
    var k = 0
    while k < matches.count {
      let previous = k > 0 ? matches[k - 1] : (a: -1, b: -1)
      let gapA = matches[k].a - previous.a - 1
      let gapB = matches[k].b - previous.b - 1
      if (gapA == 0) != (gapB == 0) {
        joinRight(&matches, from: k, gapA: gapA, gapB: gapB, a, b)
      }
      k += 1
    }
    return matches
  }

  /// Moves the one-sided gap before match `k` to the right as far as the next gap, if it gets that far.
  private static func joinRight(
    _ matches: inout [(a: Int, b: Int)], from k: Int, gapA: Int, gapB: Int, _ a: [Int32],
    _ b: [Int32]
  ) {
    var end = k
    // How far equal units allow the slide, and whether another gap waits there.
    while end < matches.count {
      if end > k {
        let step = (matches[end].a - matches[end - 1].a, matches[end].b - matches[end - 1].b)
        if step != (1, 1) { break }
      }
      let fits =
        gapA > 0
        ? a[matches[end].a - gapA] == a[matches[end].a]
        : b[matches[end].b - gapB] == b[matches[end].b]
      guard fits else { return }
      end += 1
      if end - k > 64 { return }
    }
    guard end < matches.count else { return }
    for i in k..<end {
      matches[i].a -= gapA
      matches[i].b -= gapB
    }
  }
}
