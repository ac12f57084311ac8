// What a benchmark asks of the transformer: the arithmetic a batch takes, and where the time goes.

extension Transformer {
  /// The multiplications and additions of the matrix products that a batch of trees takes, forward and backward, without
  /// recomputation: what an update is measured against.
  public func matrixOperations(_ trees: [TokenTree], backward: Bool = true) -> Double {
    var rows = 0
    var pairs = 0.0
    var headRows = 0
    for tree in trees {
      rows += tree.tokenCount
      let shared = Double(tree.shared.count)
      pairs += shared * (shared + 1) / 2
      for branch in tree.branches {
        let own = Double(branch.count)
        pairs += own * shared + own * (own + 1) / 2
      }
      let scored = tree.branches.indices.reduce(tree.scoredShared) {
        $0 + tree.branches[$1].count - tree.scoreStart(inBranch: $1)
      }
      headRows += max(0, scored - max(0, tree.branches.count - 1))
    }
    let perRow =
      widths.hidden * (widths.qkv + 3 * widths.intermediate) + widths.queries * widths.hidden
    let products =
      2 * Double(rows) * Double(perRow) * Double(widths.layers)
      + 2 * Double(headRows) * Double(widths.hidden) * Double(widths.vocabulary)
    let attention = 4 * pairs * Double(widths.queries) * Double(widths.layers)
    return backward ? 3 * products + 3.5 * attention : products + attention
  }

  /// Runs `body` and returns the seconds that each kind of kernel took in it, summed over threads.
  public func profiled(_ body: () throws -> Void) rethrows -> [KernelKind: Double] {
    let profile = KernelProfile(slots: threads)
    self.profile = profile
    defer { self.profile = nil }
    try body()
    return profile.seconds
  }
}
