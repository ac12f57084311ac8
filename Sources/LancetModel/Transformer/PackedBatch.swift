// Token trees laid out as rows of one matrix: where each part lies, who sees whom, and which rows predict which scored tokens.

/// The trees of a forward pass, one token a row, without padding: each tree's shared part, then its branches.
struct PackedBatch {
  /// One token to be scored, and where its log-probability goes.
  struct Target {
    var token: Int32
    /// Index into the flat list of scores.
    var slot: Int
  }

  var tokens: [Int32] = []
  var positions: [Int32] = []
  /// Queries and their keys; the blocks of one tree are neighbours.
  var blocks: [QueryBlock] = []
  /// The blocks of each tree.
  var treeBlocks: [Range<Int>] = []
  /// The rows whose hidden states go through the head, ascending.
  var headRows: [Int] = []
  /// The targets of each head row.
  var headTargets: [Range<Int>] = []
  var targets: [Target] = []
  /// Scores of all trees behind one another: shared part, then branches.
  var scoreCount = 0
  var longestRow = 0
  private var trees: [TokenTree] = []

  var rows: Int { tokens.count }

  init(_ trees: [TokenTree], vocabulary: Int) throws(TransformerError) {
    self.trees = trees
    for (index, tree) in trees.enumerated() {
      if tree.scoreFrom < 0 { throw .badScoreFrom(tree: index, index: tree.scoreFrom) }
      for part in [tree.shared] + tree.branches {
        for id in part where id < 0 || Int(id) >= vocabulary {
          throw .tokenOutOfRange(tree: index, id: id, vocabulary: vocabulary)
        }
      }
      append(tree)
    }
  }

  private mutating func append(_ tree: TokenTree) {
    let firstBlock = blocks.count
    let start = tokens.count
    let shared = tree.shared.count
    appendPart(tree.shared, position: 0, shared: nil)
    // A token without a predecessor has no prediction: its score stays 0.
    for i in 0..<shared {
      let firstTarget = targets.count
      if i + 1 < shared, i + 1 >= tree.scoreFrom {
        targets.append(Target(token: tree.shared[i + 1], slot: scoreCount + i + 1 - tree.scoreFrom))
      }
      if i + 1 == shared {
        var slot = scoreCount + tree.scoredShared
        for (index, branch) in tree.branches.enumerated() {
          if let token = branch.first, shared >= tree.scoreFrom {
            targets.append(Target(token: token, slot: slot))
          }
          slot += branch.count - tree.scoreStart(inBranch: index)
        }
      }
      closeHeadRow(start + i, firstTarget)
    }
    scoreCount += tree.scoredShared
    longestRow = max(longestRow, shared)
    for (index, branch) in tree.branches.enumerated() {
      let branchStart = tokens.count
      appendPart(branch, position: shared, shared: shared == 0 ? nil : start..<start + shared)
      let scoreStart = tree.scoreStart(inBranch: index)
      for i in branch.indices.dropLast() {
        let firstTarget = targets.count
        if i + 1 >= scoreStart {
          targets.append(Target(token: branch[i + 1], slot: scoreCount + i + 1 - scoreStart))
        }
        closeHeadRow(branchStart + i, firstTarget)
      }
      scoreCount += branch.count - scoreStart
      longestRow = max(longestRow, shared + branch.count)
    }
    treeBlocks.append(firstBlock..<blocks.count)
  }

  private mutating func closeHeadRow(_ row: Int, _ firstTarget: Int) {
    guard targets.count > firstTarget else { return }
    headRows.append(row)
    headTargets.append(firstTarget..<targets.count)
  }

  /// Adds a shared part or a branch, cut into blocks of queries of even length.
  private mutating func appendPart(_ part: [Int32], position: Int, shared: Range<Int>?) {
    let start = tokens.count
    tokens += part
    positions += part.indices.map { Int32(truncatingIfNeeded: position + $0) }
    let count = (part.count + AttentionBlock.queries - 1) / AttentionBlock.queries
    for block in 0..<count {
      let from = block * part.count / count
      let to = (block + 1) * part.count / count
      blocks.append(
        QueryBlock(
          first: start + from, count: to - from,
          shared: shared.map { KeyRows(first: $0.lowerBound, count: $0.count, visible: $0.count) },
          own: KeyRows(first: start, count: part.count, visible: from + 1)))
    }
  }

  /// Flat scores as one record a tree.
  func unflatten(_ scores: [Float]) -> [TreeLogProbs] {
    var next = 0
    func take(_ count: Int) -> [Float] {
      defer { next += count }
      return Array(scores[next..<next + count])
    }
    return trees.map { tree in
      let shared = take(tree.scoredShared)
      return TreeLogProbs(
        shared: shared,
        branches: tree.branches.indices.map {
          take(tree.branches[$0].count - tree.scoreStart(inBranch: $0))
        })
    }
  }

  /// One record a tree as flat numbers.
  func flatten(_ values: [TreeLogProbs]) -> [Float] {
    precondition(values.count == trees.count, "one record a tree")
    var flat: [Float] = []
    flat.reserveCapacity(scoreCount)
    for (tree, value) in zip(trees, values) {
      precondition(
        value.shared.count == tree.scoredShared && value.branches.count == tree.branches.count,
        "coefficients have the shape of the log-probabilities")
      flat += value.shared
      for (index, branch) in value.branches.enumerated() {
        precondition(
          branch.count == tree.branches[index].count - tree.scoreStart(inBranch: index),
          "coefficients have the shape of the log-probabilities")
        flat += branch
      }
    }
    return flat
  }
}
